"""The cast plays whole scripts on the real stand-in, with a tiny bot of stock discord.py at the other end.

What the cast says it did is held against the stand-in's own books; the record of it all against the referee.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote

import pytest

from rehearsal.cast import Deeds, Missing, play, stage
from rehearsal.cast.votes import OTHER_EMOJI
from rehearsal.member import Member
from rehearsal.script import Comment, Document, Script
from tests.rehearsal.stub_bot import AGREE, DISAGREE, Place, place

COMMENTS = (
    Comment("Ada Byron", ("11. First part,", "and its second part.")),
    Comment(None, ("Just chatting.",)),
    Comment("Ada Byron", ("12. Another.",)),
)
Steps = list[tuple[str, int, int]]


@pytest.fixture
async def here() -> AsyncIterator[Place]:
    async with place(members=14) as found:
        yield found


def script(here: Place, **changes: Any) -> Script:
    parts: dict[str, Any] = {
        "document": Document("list.txt", b"1. A.\n2. B.\n3. C."),
        "comments": COMMENTS,
        "home": here.home_name,
        "seed": 5,
        "voters": 12,
        "points_expected": 3,
        "agree": AGREE,
        "disagree": DISAGREE,
    }
    return Script(**(parts | changes))


async def played(here: Place, **changes: Any) -> tuple[Deeds, Steps]:
    steps: Steps = []
    async with here.bot():
        deeds = await play(script(here, **changes), here.announcement, lambda *step: steps.append(step))
    return deeds, steps


async def holders(member: Member, here: Place, message_id: str, emoji: str) -> set[str]:
    """Who holds an emoji, by the stand-in's own books, but for the bot."""
    path = f"/channels/{here.home}/messages/{message_id}/reactions/{quote(emoji)}"
    return {user["id"] for user in await member.api.request("GET", path, limit="100") if not user.get("bot")}


async def test_what_the_cast_says_it_did_is_what_discord_holds(here: Place) -> None:
    deeds, _ = await played(here)
    assert deeds.opened
    assert deeds.preview["content"] == "3 points."
    assert len(deeds.points) == 5  # three of the document, two that members added
    async with here.member(0, eyes=False) as ada:
        for point in deeds.points:
            for emoji in (AGREE, DISAGREE, OTHER_EMOJI):
                held = {who for (where, who), mine in deeds.held.items() if where == point and emoji in mine}
                assert await holders(ada, here, point, emoji) == held
    assert len(deeds.held) > 30


async def test_in_a_forum_the_cast_adds_in_the_pinned_post_and_votes_on_posts() -> None:
    """docs: topics/threads#forums; a post's first message has the post's own id"""
    async with place(members=14, home="forum") as here:
        deeds, _ = await played(here, home_kind="forum", mention=True)
        assert len(deeds.points) == 5
        threads = here.discord.world.threads()
        [lobby] = [each for each in threads if each.name == "Add here"]
        bot = f"<@{here.discord.bot_id}> "
        said = [each.content for each in here.discord.world.messages(lobby.id)[1:]]
        assert said == [bot + text for each in COMMENTS for text in each.messages]
        assert set(deeds.points) == {str(each.id) for each in threads} - {str(lobby.id)}
        assert {act.channel_id for act in deeds.votes} == set(deeds.points)


async def test_a_forum_without_a_pinned_post_is_said_to_have_none() -> None:
    async with place(members=14, home="forum") as here, here.bot() as bot:
        bot.pins = False
        with pytest.raises(Missing, match="no pinned post"):
            await play(script(here, home_kind="forum"), here.announcement, lambda *_: None)


async def test_comments_are_said_in_order_by_one_member_for_each_author(here: Place) -> None:
    deeds, _ = await played(here, voters=0)
    assert [said.content for said in deeds.said] == [text for each in COMMENTS for text in each.messages]
    assert [said.comment for said in deeds.said] == [1, 1, 2, 3]
    first, second, chatting, last = [said.member_id for said in deeds.said]
    assert first == second == last != chatting
    assert deeds.names[first] == "Ada Byron"
    assert deeds.invented == (deeds.names[chatting],)
    async with here.member(0, eyes=False) as ada:
        shown = await ada.api.request("GET", f"/guilds/{here.guild}/members/{first}")
        assert shown["nick"] == "Ada Byron"
        stored = await ada.api.request("GET", f"/channels/{here.home}/messages", limit="100")
        by_id = {message["id"]: message for message in stored}
        for said in deeds.said:
            assert by_id[said.message_id]["author"]["id"] == said.member_id


async def test_progress_is_told_stage_by_stage(here: Place) -> None:
    deeds, steps = await played(here)
    assert list(dict.fromkeys(name for name, _, _ in steps)) == ["open", "points", "comments", "votes"]
    last = {name: (done, total) for name, done, total in steps}
    acts = len(deeds.votes)
    assert last == {"open": (1, 1), "points": (3, 3), "comments": (3, 3), "votes": (acts, acts)}


async def test_each_member_votes_in_an_order_of_their_own(here: Place) -> None:
    deeds, _ = await played(here)
    for voter in {act.member_id for act in deeds.votes}:
        held: set[tuple[str, str]] = set()
        for act in deeds.votes:
            if act.member_id == voter:
                assert ((act.message_id, act.emoji) in held) is (act.act == "remove")
                held ^= {(act.message_id, act.emoji)}


async def test_the_cast_waits_after_each_comment_for_whoever_it_is_told_to(here: Place) -> None:
    waits: list[int] = []

    async def quiet() -> None:
        waits.append(len(waits))

    async with here.bot():
        await play(script(here, voters=0), here.announcement, lambda *_: None, quiet)
    assert len(waits) == len(COMMENTS)


async def test_points_that_do_not_come_are_said_to_be_missing(here: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage, "NEXT_POINT_WITHIN", 0.5)
    with pytest.raises(Missing, match=r"4 points with both emoji .* were awaited .*, and 3 came"):
        await played(here, points_expected=4)


async def test_points_without_both_emoji_are_no_points(here: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage, "NEXT_POINT_WITHIN", 0.5)
    async with here.bot() as bot:
        bot.seeds = (AGREE,)
        with pytest.raises(Missing, match="and 0 came"):
            await play(script(here), here.announcement, lambda *_: None)


async def test_a_home_that_is_not_there_is_said_not_to_be_there(here: Place) -> None:
    with pytest.raises(Missing, match="no channel 'attic'"):
        await play(script(here, home="attic"), here.announcement, lambda *_: None)
