"""What discord.py does not ask for twice by itself."""

import errno
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.display.repeats import Overtaken, Uncertain, never_blindly, only_while

POSTS, MESSAGES = "/api/v10/channels/1/threads", "/api/v10/channels/1/messages"


@pytest.fixture
async def base() -> AsyncIterator[str]:
    """A server that always fails."""

    async def fail(_: web.Request) -> web.Response:
        return web.Response(status=502)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", fail)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def ask(base: str, method: str, path: str, **session: Any) -> int:
    async with (
        aiohttp.ClientSession(trace_configs=[never_blindly()], **session) as client,
        client.request(method, base + path) as answer,
    ):
        return answer.status


async def test_a_post_that_failed_is_uncertain_at_once_and_its_connection_is_given_back(base: str) -> None:
    connector = aiohttp.TCPConnector()
    for path in (POSTS, "/api/v10/guilds/1/channels"):
        with pytest.raises(Uncertain, match="which may have been done"):
            await ask(base, "POST", path, connector=connector, connector_owner=False)
    assert not connector._acquired
    await connector.close()


@pytest.mark.parametrize(("method", "path"), [("POST", MESSAGES), ("GET", POSTS), ("POST", MESSAGES + "/2/threads")])
async def test_what_may_be_repeated_is_left_to_discord_py(base: str, method: str, path: str) -> None:
    assert await ask(base, method, path) == 502


@pytest.mark.parametrize("number", [54, 10054, errno.ECONNRESET])
async def test_a_reset_is_uncertain_whatever_number_the_system_has_for_it(number: int) -> None:
    """discord.py looks for 54 and 10054 in an OSError; this one has neither."""

    class Cut(aiohttp.TCPConnector):
        async def connect(self, *_: Any, **__: Any) -> Any:
            raise aiohttp.ClientOSError(number, "Connection reset by peer")

    for path, kind in ((POSTS, Uncertain), (MESSAGES, aiohttp.ClientOSError)):
        with pytest.raises(kind) as caught:
            await ask("http://127.0.0.1:9", "POST", path, connector=Cut())
        assert isinstance(caught.value, OSError) is (kind is aiohttp.ClientOSError)


async def test_what_is_wanted_no_longer_is_not_sent(base: str) -> None:
    wanted = [True, False]

    async def holds() -> bool:
        return wanted.pop(0)

    with only_while(holds):
        assert await ask(base, "DELETE", MESSAGES) == 502
        with pytest.raises(Overtaken):
            await ask(base, "DELETE", MESSAGES)
    assert await ask(base, "DELETE", MESSAGES) == 502
    assert wanted == []
