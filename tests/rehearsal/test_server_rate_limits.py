"""The stand-in's rate limits against Discord's documentation, and against what those report who met them.

docs: topics/rate-limits. Time stands still here, except where a test moves it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import discord
import pytest

from rehearsal.referee import Referee
from rehearsal.server import Permission, StandIn
from rehearsal.server.rate_limits import Allowed, Book, Bucket, Limit, Refused
from tests.rehearsal.conftest import refereed

SEND = "POST /channels/{general}/messages"
FORTNIGHT = 14 * 86400


@pytest.fixture
async def stand_in(openapi: Referee | None) -> AsyncIterator[StandIn]:
    """A server with rate limits whose clock stands; what it answered is refereed, refusals too."""
    async with refereed(openapi, rate_limits=True) as server:
        server.world.clock.stop()
        yield server


async def ask(client: Any, line: str, body: Any = None, **ids: Any) -> tuple[int, Any, Any]:
    """Status, headers and JSON of a request."""
    method, path = line.format(general=client.stand_in.channels["general"], **ids).split(" ")
    token = f"Bot {client.token}" if client.bot else client.token
    url = client.stand_in.api + path
    async with client.session.request(method, url, json=body, headers={"Authorization": token}) as answer:
        return answer.status, answer.headers, await answer.json(content_type=None)


async def allowed(client: Any, line: str, body: Any = None, *, most: int = 60, **ids: Any) -> tuple[int, Any, Any]:
    """How many requests were allowed before one was refused; that one's headers and JSON."""
    for count in range(most):
        status, headers, answer = await ask(client, line, body, **ids)
        if status == 429:
            return count, headers, answer
        assert status < 300, answer
    raise AssertionError(f"{most} requests were allowed.")


def later(stand_in: StandIn, seconds: float) -> None:
    stand_in.world.clock.ahead += seconds


async def test_every_answer_tells_of_its_bucket_and_a_full_one_refuses_without_effect(stand_in, bot):
    """docs: #header-format, #exceeding-a-rate-limit; 5 in 5 s is what discord-api-docs #5646 reports"""
    for left in (4, 3, 2, 1, 0):
        status, headers, _ = await ask(bot, SEND, {"content": "x"})
        told = [headers[f"X-RateLimit-{each}"] for each in ("Limit", "Remaining", "Reset-After")]
        assert (status, told) == (200, ["5", str(left), "5.000"])
        assert "X-RateLimit-Scope" not in headers
    later(stand_in, 1.5)
    status, headers, body = await ask(bot, SEND, {"content": "x"})
    assert (status, headers["Retry-After"], headers["X-RateLimit-Scope"]) == (429, "4", "user")
    assert headers["X-RateLimit-Remaining"] == "0" and headers["Via"] and "X-RateLimit-Global" not in headers
    assert body.pop("code") == 0
    assert body == {"message": "You are being rate limited.", "retry_after": 3.5, "global": False}
    assert float(headers["X-RateLimit-Reset"]) == pytest.approx(stand_in.world.clock.seconds() + 3.5, abs=0.01)
    assert len(list(stand_in.world.messages(stand_in.channels["general"]))) == 5
    later(stand_in, 3.5)
    assert (await ask(bot, SEND, {"content": "x"}))[0] == 200


async def test_a_bucket_is_one_askers_in_one_channel(stand_in, bot, ada):
    """docs: topics/rate-limits: individuals by their authentication, top-level resources apart"""
    assert (await allowed(bot, SEND, {"content": "x"}))[0] == 5
    assert (await allowed(ada, SEND, {"content": "x"}))[0] == 5
    there = f"POST /channels/{stand_in.channels['critique']}/messages"
    assert (await allowed(bot, there, {"content": "x"}))[0] == 5


async def test_sending_and_editing_bear_one_bucket_and_are_counted_apart(stand_in, bot):
    """docs: discord-api-docs #1442, #8073"""
    _, sent, message = await ask(bot, SEND, {"content": "x"})
    path = "PATCH /channels/{general}/messages/{id}"
    _, edited, _ = await ask(bot, path, {"content": "y"}, id=message["id"])
    assert sent["X-RateLimit-Bucket"] == edited["X-RateLimit-Bucket"]
    count, _, _ = await allowed(bot, path, {"content": "y"}, id=message["id"])
    assert count == 4
    assert (await allowed(bot, SEND, {"content": "x"}))[0] == 4


async def test_old_messages_are_edited_three_times_in_six_seconds_and_no_header_says_so(stand_in, bot):
    """docs: JSON error 30046; discord-api-docs #4413; the figure: discord-userdoccers #551"""
    message = await bot.say("x")
    later(stand_in, 3601)
    path = "PATCH /channels/{general}/messages/{id}"
    count, headers, body = await allowed(bot, path, {"content": "y"}, id=message["id"])
    assert (count, body["code"], body["retry_after"]) == (3, 30046, 6.0)
    assert headers["X-RateLimit-Remaining"] == "1"
    later(stand_in, 6)
    assert (await ask(bot, path, {"content": "y"}, id=message["id"]))[0] == 200


@pytest.mark.parametrize(("age", "limit"), [(0, "5"), (11, "3"), (FORTNIGHT + 1, "30")])
async def test_how_fast_messages_are_deleted_depends_on_their_age(stand_in, bot, age, limit):
    """docs: discord-api-docs #8330"""
    message = await bot.say("x")
    later(stand_in, age)
    _, headers, _ = await ask(bot, "DELETE /channels/{general}/messages/{id}", id=message["id"])
    assert headers["X-RateLimit-Limit"] == limit
    status, headers, _ = await ask(bot, "DELETE /channels/{general}/messages/{id}", id=message["id"])
    assert (status, headers["X-RateLimit-Limit"]) == (404, "5")


async def test_reactions_come_and_go_one_in_a_quarter_second(stand_in, bot, ada):
    """docs: discord-api-docs #182; one bucket for both: #981"""
    message = await bot.say("x")
    path = "{} /channels/{{general}}/messages/{{id}}/reactions/👍/@me"
    assert (await ask(bot, path.format("PUT"), id=message["id"]))[0] == 204
    status, headers, body = await ask(bot, path.format("DELETE"), id=message["id"])
    assert (status, body["retry_after"], headers["Retry-After"]) == (429, 0.25, "1")
    assert (await ask(ada, path.format("PUT"), id=message["id"]))[0] == 204
    later(stand_in, 0.25)
    assert (await ask(bot, path.format("DELETE"), id=message["id"]))[0] == 204


@pytest.mark.parametrize("home", ["text", "forum"])
async def test_everybody_together_starts_fifty_threads_in_five_minutes(stand_in, bot, ada, home):
    """docs: discord-api-docs #7816: the scope is shared, and such 429s are not invalid requests (topics/rate-limits)"""
    channel = stand_in.backstage.add_channel("debate", forum=home == "forum")
    body = {"name": "x", "message": {"content": "x"}} if home == "forum" else {"name": "x", "type": 11}
    for _ in range(2):
        assert (await ask(ada, f"POST /channels/{channel}/threads", body))[0] == 201
    count = 0
    while (await ask(bot, f"POST /channels/{channel}/threads", body))[0] == 201:
        count += 1
        later(stand_in, 1)
    _, headers, answer = await ask(bot, f"POST /channels/{channel}/threads", body)
    assert (count, headers["X-RateLimit-Scope"], answer["retry_after"]) == (48, "shared", 252.0)
    assert stand_in.limiting.invalid(bot.id) == 0
    later(stand_in, 252)
    assert (await ask(bot, f"POST /channels/{channel}/threads", body))[0] == 201


async def test_a_thread_is_renamed_twice_in_ten_minutes_and_changed_otherwise_more_often(stand_in, bot):
    """docs: discord-api-docs #2761, #1900, #2208: the headers tell of the other limit"""
    thread = await bot.start_thread()
    path = f"PATCH /channels/{thread['id']}"
    count, headers, body = await allowed(bot, path, {"name": "y"})
    assert (count, body["retry_after"]) == (2, 600.0)
    assert (headers["X-RateLimit-Limit"], headers["X-RateLimit-Remaining"]) == ("10", "7")
    assert (await allowed(bot, path, {"auto_archive_duration": 60}))[0] == 7
    later(stand_in, 599.9)
    assert (await ask(bot, path, {"name": "z"}))[0] == 429
    later(stand_in, 0.1)
    assert (await ask(bot, path, {"name": "z"}))[0] == 200


async def test_fifty_requests_in_a_second_are_all_whatever_they_ask(stand_in, bot, ada):
    """docs: #global-rate-limit"""
    count, headers, body = await allowed(bot, "GET /users/@me")
    assert (count, body["global"], body["retry_after"]) == (50, True, 1.0)
    assert (headers["X-RateLimit-Global"], headers["X-RateLimit-Scope"]) == ("true", "global")
    assert "X-RateLimit-Bucket" not in headers
    assert (await ask(bot, SEND, {"content": "x"}))[0] == 429
    assert (await ask(ada, "GET /users/@me"))[0] == 200
    later(stand_in, 1)
    assert (await ask(bot, SEND, {"content": "x"}))[0] == 200


async def test_interactions_are_free_of_the_global_limit_and_limited_one_by_one(stand_in, bot, session):
    """docs: #global-rate-limit, the note on interaction endpoints; the figure: discord-api-docs #2701"""
    await allowed(bot, "GET /users/@me")
    for token in ("one", "two"):
        path = f"{stand_in.api}/webhooks/{stand_in.application_id}/{token}"
        statuses = [(await session.post(path, json={"content": "x"})).status for _ in range(6)]
        assert statuses[5] == 429 and 429 not in statuses[:5]
    answers = f"{stand_in.api}/interactions/1/x/callback"
    assert [(await session.post(answers, json={"type": 4})).status for _ in range(60)] == [404] * 60


async def test_invalid_requests_are_counted_for_ten_minutes(stand_in, bot):
    """docs: #invalid-request-limit-aka-cloudflare-bans: 401, 403, and 429 unless shared"""
    stand_in.backstage.overwrite(stand_in.channels["general"], bot.id, deny=Permission.SEND_MESSAGES)
    for _ in range(7):
        await ask(bot, SEND, {"content": "x"})
    await ask(bot, "GET /users/1")
    assert stand_in.limiting.invalid(bot.id) == 7
    later(stand_in, 600)
    assert stand_in.limiting.invalid(bot.id) == 0


async def test_without_rate_limits_nobody_is_refused_and_the_bucket_is_endless(session: aiohttp.ClientSession):
    async with StandIn(members=1) as server:
        head = {"Authorization": f"Bot {server.bot_token}"}
        found = [await session.get(f"{server.api}/users/@me", headers=head) for _ in range(60)]
    assert {each.status for each in found} == {200}
    assert found[-1].headers["X-RateLimit-Remaining"] == "9999"


async def test_stock_discord_py_spreads_a_burst_and_meets_no_refusal(stand_in, bot, monkeypatch):
    """The burst finds a window of which four requests and one second are left."""
    monkeypatch.setattr(discord.http.Route, "BASE", stand_in.api)
    await bot.say("before")
    later(stand_in, 4)
    stand_in.world.clock.go_on()
    async with discord.Client(intents=discord.Intents.none()) as client:
        await client.login(stand_in.bot_token)
        general = client.get_partial_messageable(stand_in.channels["general"])
        await asyncio.gather(*(general.send("x") for _ in range(6)))
    exchanges = [each for each in stand_in.record.entries if each["kind"] == "exchange"]
    sent = [each["at"] for each in exchanges if each["method"] == "POST"]
    assert [each["status"] for each in exchanges if each["status"] != 200] == []
    assert len(sent) == 7 and sent[5] - sent[0] > 0.9


# --- the book -----------------------------------------------------------------------------------------------------
def test_a_window_opens_with_the_first_request_and_closes_whole():
    book, bucket = Book(), Bucket(Limit("x", 2, 10.0), 1, "")
    found = [book.take(bucket, now) for now in (100.0, 109.0, 109.5, 110.0, 111.0)]
    assert found == [Allowed(1, 10.0), Allowed(0, 1.0), Refused(0.5, "user"), Allowed(1, 10.0), Allowed(0, 9.0)]


def test_the_book_forgets_what_is_over_and_nothing_else():
    book, limit = Book(), Limit("x", 1, 10.0)
    for number in range(3000):
        book.take(Bucket(limit, number, ""), float(number))
    assert len(book) <= 1001
    assert isinstance(book.take(Bucket(limit, 2995, ""), 3000.0), Refused)
