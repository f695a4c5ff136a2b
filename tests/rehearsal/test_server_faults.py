"""What befalls requests by the script of faults, against Discord's documentation and what clients meet in practice."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import aiohttp
import discord
import pytest
from discord.http import Route

from rehearsal.server import StandIn
from rehearsal.server.fault_lines import Fault
from rehearsal.server.mishaps import Answer, Limit, Reset
from rehearsal.server.permissions import Permission

MESSAGES = "/channels/{channel_id}/messages"
THREADS = "/channels/{channel_id}/messages/{message_id}/threads"


def said(stand_in: StandIn) -> list[str]:
    """What stands in the general channel."""
    return [each.content for each in stand_in.world.messages(stand_in.channels["general"])]


def last(stand_in: StandIn) -> dict[str, Any]:
    return [each for each in stand_in.record.entries if each["kind"] == "exchange"][-1]


async def speak(client: Any, content: str = "Hello") -> aiohttp.ClientResponse:
    """The answer to a message, with its text read."""
    where = f"{client.stand_in.api}/channels/{client.stand_in.channels['general']}/messages"
    token = f"Bot {client.token}" if client.bot else client.token
    async with client.session.post(where, json={"content": content}, headers={"Authorization": token}) as answer:
        await answer.text()
    return answer


@pytest.mark.parametrize(
    ("status", "kind"), [(500, "application/json"), (502, "text/html"), (503, "text/plain"), (504, "text/html")]
)
@pytest.mark.parametrize(("after", "standing"), [(False, []), (True, ["Hello"])])
async def test_a_server_error_comes_before_the_effect_or_after_it(stand_in, bot, status, kind, after, standing):
    """docs: topics/opcodes-and-status-codes#http"""
    stand_in.faults.answer(status, "POST", MESSAGES, after_effect=after)
    answer = await speak(bot)
    assert (answer.status, answer.content_type) == (status, kind)
    assert said(stand_in) == standing
    assert last(stand_in)["fault"] == f"answer {status}" + (" after" if after else "")
    assert (await speak(bot)).status == 200


async def test_a_fault_passes_over_some_befalls_some_and_is_spent(stand_in: StandIn, bot):
    stand_in.faults.answer(503, "POST", MESSAGES, skip=1, times=2)
    assert [(await speak(bot)).status for _ in range(5)] == [200, 503, 503, 200, 200]
    assert stand_in.faults.dealt == {"answer 503": 2}


async def test_a_fault_without_an_end_befalls_until_all_are_cleared(stand_in: StandIn, bot):
    stand_in.faults.answer(503, times=None)
    assert [(await speak(bot)).status for _ in range(3)] == [503] * 3
    stand_in.faults.clear()
    assert (await speak(bot)).status == 200


async def test_a_fault_meets_its_route_and_the_bot_alone_unless_told_otherwise(stand_in: StandIn, bot, ada):
    stand_in.faults.answer(503, "POST", MESSAGES)
    assert (await speak(ada)).status == 200
    await bot.do("GET", "/users/@me")
    assert (await speak(bot)).status == 503
    stand_in.faults.answer(503, "POST", MESSAGES, bot_only=False)
    assert (await speak(ada)).status == 503


async def test_an_answer_to_an_interaction_is_the_bots_by_its_token(stand_in: StandIn, session):
    """docs: interactions/receiving-and-responding, where no Authorization header is sent"""
    stand_in.faults.answer(503, "POST", "/interactions/{interaction_id}/{interaction_token}/callback")
    path = f"{stand_in.api}/interactions/1/token/callback"
    async with session.post(path, json={"type": 5}) as answer:
        assert answer.status == 503
    assert last(stand_in)["by"] == "bot"


async def test_of_two_faults_the_first_answers_and_the_second_waits_for_the_next_request(stand_in: StandIn, bot):
    stand_in.faults.answer(503, "POST", MESSAGES)
    stand_in.faults.answer(502, "POST", MESSAGES)
    assert [(await speak(bot)).status for _ in range(3)] == [503, 502, 200]


async def test_a_route_that_nobody_answers_and_a_limit_with_an_effect_are_refused(stand_in: StandIn):
    for wrong in (
        lambda: stand_in.faults.answer(503, "POST", "/channels/{id}/messages"),
        lambda: stand_in.faults.answer(418),
        lambda: stand_in.faults.limit(1, after_effect=True),
        lambda: stand_in.faults.limit(1, scope="mine"),
    ):
        with pytest.raises(ValueError):
            wrong()


@pytest.mark.parametrize("scope", ["user", "shared", "global"])
async def test_a_limited_request_says_so_in_its_body_and_its_headers(stand_in: StandIn, bot, scope):
    """docs: topics/rate-limits#exceeding-a-rate-limit-rate-limit-response-structure, #header-format"""
    stand_in.faults.limit(1.25, "POST", MESSAGES, scope=scope)
    answer = await speak(bot)
    assert answer.status == 429 and "Via" in answer.headers and said(stand_in) == []
    assert last(stand_in)["response"]["retry_after"] == 1.25
    assert last(stand_in)["response"]["global"] is (scope == "global")
    assert answer.headers["Retry-After"] == "2" and answer.headers["X-RateLimit-Scope"] == scope
    assert ("X-RateLimit-Bucket" in answer.headers) is (scope != "global")
    assert answer.headers.get("X-RateLimit-Global") == ("true" if scope == "global" else None)


@pytest.mark.parametrize("scope", ["user", "shared", "global"])
async def test_stock_discord_py_waits_out_a_limit_and_tries_again(stand_in: StandIn, scope, monkeypatch):
    monkeypatch.setattr(Route, "BASE", stand_in.api)
    stand_in.faults.limit(0.01, "POST", MESSAGES, scope=scope)
    async with discord.Client(intents=discord.Intents.none()) as client:
        await client.login(stand_in.bot_token)
        await client.get_partial_messageable(stand_in.channels["general"]).send("Hello")
    assert said(stand_in) == ["Hello"] and stand_in.faults.dealt == {f"limit {scope}": 1}


async def test_a_refusal_is_discords_own_under_its_code(stand_in: StandIn, bot):
    """docs: topics/opcodes-and-status-codes#json-json-error-codes; bots report 40003 with the status 403"""
    stand_in.faults.refuse(40003, "POST", "/users/@me/channels")
    other = {"recipient_id": str(stand_in.members[0].id)}
    assert await bot.refused("POST", "/users/@me/channels", other) == (403, 40003)
    await bot.do("POST", "/users/@me/channels", other)
    with pytest.raises(KeyError):
        stand_in.faults.refuse(12345)


@pytest.mark.parametrize(("after", "standing"), [(False, []), (True, ["Hello"])])
async def test_a_reset_cuts_the_line_before_the_effect_or_after_it(stand_in: StandIn, bot, after, standing):
    stand_in.faults.reset("POST", MESSAGES, after_effect=after)
    with pytest.raises(aiohttp.ClientOSError, match="reset"):
        await speak(bot)
    assert said(stand_in) == standing
    assert last(stand_in)["status"] is None and last(stand_in)["response"] is None
    assert (await speak(bot)).status == 200


async def test_a_slow_answer_comes_late(stand_in: StandIn, bot):
    stand_in.faults.slow(0.05, "POST", MESSAGES, after_effect=True)
    asked = asyncio.get_running_loop().time()
    assert (await speak(bot)).status == 200
    assert asyncio.get_running_loop().time() - asked >= 0.05


@pytest.mark.parametrize(("after", "standing"), [(False, []), (True, ["Hello"])])
async def test_what_hangs_is_answered_once_it_is_released(stand_in: StandIn, bot, after, standing):
    stand_in.faults.hang("POST", MESSAGES, after_effect=after)
    waiting = asyncio.create_task(speak(bot))
    while not stand_in.faults.dealt:
        await asyncio.sleep(0)
    assert said(stand_in) == standing and not waiting.done()
    stand_in.faults.release()
    assert (await waiting).status == 200 and said(stand_in) == ["Hello"]


async def test_who_hung_up_meanwhile_is_recorded_as_having_seen_nothing(stand_in: StandIn, bot):
    stand_in.faults.hang("POST", MESSAGES)
    waiting = asyncio.create_task(speak(bot))
    while not stand_in.faults.dealt:
        await asyncio.sleep(0)
    waiting.cancel()
    await bot.do("GET", "/users/@me")
    stand_in.faults.release()
    await bot.do("GET", "/users/@me")
    assert said(stand_in) == ["Hello"]
    seen = next(each for each in stand_in.record.entries if each.get("fault") == "hang")
    assert seen["status"] is None and seen["request"] == {"content": "Hello"}


@pytest.mark.parametrize(
    ("skip", "after", "codes"),
    [(0, False, [50083, 50083]), (0, True, [0, 50083]), (1, False, [0, 50083]), (1, True, [0, 0])],
)
async def test_a_thread_is_archived_right_before_or_after_a_request(stand_in: StandIn, bot, skip, after, codes):
    """docs: topics/threads#active-archived-threads; JSON error 50083"""
    thread = await bot.start_thread()
    message = await bot.say("Vote here", thread["id"])
    route = "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me"
    stand_in.faults.archive("PUT", route, skip=skip, after_effect=after)
    found = []
    for emoji in ("👍", "👎"):
        _, answer = await bot.ask("PUT", f"/channels/{thread['id']}/messages/{message['id']}/reactions/{emoji}/@me")
        found.append(answer["code"] if answer else 0)
    assert found == codes


async def test_a_thread_is_archived_as_soon_as_it_is_made(stand_in: StandIn, bot):
    stand_in.faults.archive("POST", THREADS, after_effect=True)
    thread = await bot.start_thread()
    assert thread["thread_metadata"]["archived"] is False
    assert (await bot.do("GET", f"/channels/{thread['id']}"))["thread_metadata"]["archived"] is True


@pytest.mark.parametrize("how", ["overwrite", "backstage"])
async def test_permissions_are_taken_midway_and_given_back(stand_in: StandIn, bot, how):
    """docs: topics/permissions#permission-overwrites; JSON error 50013"""
    general, denied = stand_in.channels["general"], int(Permission.SEND_MESSAGES)

    def change(deny: int, skip: int) -> None:
        if how == "overwrite":
            stand_in.faults.overwrite(general, "POST", MESSAGES, deny=deny, skip=skip)
        else:
            deed: Callable[[], object] = lambda: stand_in.backstage.overwrite(general, bot.id, deny=deny)  # noqa: E731
            stand_in.faults.do(deed, "POST", MESSAGES, skip=skip)

    change(denied, skip=1)
    change(0, skip=2)
    assert [(await speak(bot)).status for _ in range(3)] == [200, 403, 200]


async def test_faults_at_random_are_the_same_for_the_same_seed_and_meet_about_their_part(stand_in: StandIn, bot):
    def dealt() -> list[str | None]:
        found = [each.get("fault") for each in stand_in.record.entries if each["kind"] == "exchange"]
        stand_in.record.clear()
        return found

    kinds = [Fault(Answer(500)), Fault(Limit(0.1)), Fault(Reset(), route=MESSAGES)]
    runs = []
    for seed in (1, 1, 2):
        stand_in.faults.at_random(seed, 0.3, kinds)
        for _ in range(60):
            await bot.ask("GET", "/users/@me")
        runs.append(dealt())
    assert runs[0] == runs[1] != runs[2]
    assert set(runs[0]) == {None, "answer 500", "limit user"}
    assert 8 < sum(1 for each in runs[0] if each) < 28
    stand_in.faults.clear()
    await bot.do("GET", "/users/@me")


async def test_faults_at_random_leave_members_alone(stand_in: StandIn, ada):
    stand_in.faults.at_random(1, 1.0)
    await ada.do("GET", "/users/@me")
    assert not stand_in.faults.dealt
