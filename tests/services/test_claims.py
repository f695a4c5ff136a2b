"""What resembles a point, or is too much, is not recorded; its author is told once and may insist."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.acts import Actor
from bot.core.claims import OPEN_FOR, Claim
from bot.core.critiques import Critique
from bot.core.ids import ClaimId, MemberId
from bot.core.moderation import Reason, Rules
from bot.core.refusals import Code, Refusal
from bot.services import claims, moderation, submissions
from bot.storage import claims as stored
from bot.storage import servers as stored_servers
from tests.services.conftest import CHOICES, GUILD, MEMBER, MODERATOR, Room

OTHER = Actor(MemberId(7), GUILD, frozenset())
SAID = "They have no umbrella stand anywhere near the door."
LIKE = "Anywhere near the door, they have no umbrella stand!"


async def form(room: Room, critique: Critique, text: str, by: Actor = MEMBER) -> submissions.Recorded | Claim:
    return await submissions.by_form(room.desk, by, CHOICES, critique.id, text)


async def claim(room: Room, critique: Critique, by: Actor = OTHER) -> Claim:
    taken = await form(room, critique, LIKE, by)
    assert isinstance(taken, Claim)
    return taken


async def labels(room: Room, critique: Critique) -> list[str]:
    return [point.label for point in await room.additions(critique.id)]


async def test_a_form_that_resembles_a_point_names_it_and_is_recorded_once_its_author_insists(room: Room) -> None:
    critique = await room.open()
    await form(room, critique, SAID)
    kept = await claim(room, critique)
    assert (kept.reason, kept.label, kept.text) == (Reason.ALIKE, "11", LIKE)
    assert await labels(room, critique) == ["11"]
    first, second = await asyncio.gather(*(claims.insist(room.desk, OTHER, CHOICES, kept.id) for _ in range(2)))
    assert first[1].label == second[1].label == "12"
    assert await labels(room, critique) == ["11", "12"]


async def test_nobody_else_insists_and_nobody_after_an_hour(room: Room) -> None:
    critique = await room.open()
    await form(room, critique, SAID)
    kept = await claim(room, critique)
    for who in (MEMBER, MODERATOR, replace(OTHER, guild=type(GUILD)(99))):
        with pytest.raises(Refusal) as refused:
            await claims.insist(room.desk, who, CHOICES, kept.id)
        assert refused.value.code is Code.NOT_YOURS
    room.clock.move(OPEN_FOR.total_seconds())
    for which in (kept.id, ClaimId(99)):
        with pytest.raises(Refusal) as refused:
            await claims.insist(room.desk, OTHER, CHOICES, which)
        assert refused.value.code is Code.CLAIM_GONE
    assert await labels(room, critique) == ["11"]


async def test_a_typed_one_is_answered_once_however_often_it_is_read_and_takes_no_label(room: Room) -> None:
    critique = await room.open()
    await room.hear(room.said(f"11. {SAID}"))
    said = room.said(f"12. {LIKE}", by=OTHER.id)
    await room.hear(said)
    await room.hear(said)
    assert await labels(room, critique) == ["11"]
    (told,) = await room.owed("tell-claim")
    (cleared,) = await room.owed("clear-claim")
    assert cleared.due_at - told.due_at == OPEN_FOR // timedelta(microseconds=1)
    _critique, point = await claims.insist(room.desk, OTHER, CHOICES, ClaimId(told.claim_id))
    assert (point.label, point.text) == ("12", LIKE)
    assert [row.message_id for row in await room.owed("mark")][-1] == said.message
    (cleared,) = await room.owed("clear-claim")
    assert cleared.due_at == told.due_at


async def test_who_types_the_same_again_and_again_is_told_once_in_ten_minutes(room: Room) -> None:
    critique = await room.open()
    await room.hear(room.said(f"11. {SAID}"))
    for seconds in (200, 300, 600):
        await room.hear(room.said(f"12. {SAID}"))
        room.clock.move(seconds)
    assert await labels(room, critique) == ["11"]
    assert len(await room.owed("tell-claim")) == 1
    await room.hear(room.said(f"12. {SAID}"))
    assert len(await room.owed("tell-claim")) == 2


async def test_the_days_quota_is_earned_back_by_what_a_moderator_lets_in(room: Room) -> None:
    critique = await room.open()
    await moderation.choose(room.desk, MODERATOR, CHOICES, Rules(quota=2, account_age=timedelta()))
    for text in ("11. The doors are narrow.", "12. No place for umbrellas."):
        await room.hear(room.said(text, by=MEMBER.id))
    with pytest.raises(Refusal) as refused:
        await form(room, critique, "The music never ends.")
    assert refused.value.params == {"reason": "quota", "label": "", "limit": 2}
    assert await labels(room, critique) == ["11", "12"]
    room.clock.move(24 * 3600 + 600)
    assert isinstance(await form(room, critique, "The music never ends."), submissions.Recorded)


async def test_what_was_said_later_and_read_before_does_not_count_against_what_was_said_first(room: Room) -> None:
    critique = await room.open()
    later = [room.said(f"{label}. Chair {label} wobbles.", by=MEMBER.id) for label in range(11, 16)]
    first = replace(room.said("16. The doors are narrow.", by=MEMBER.id), at=later[0].at - timedelta(minutes=5))
    await room.hear(*later)
    await room.hear(first)
    assert await labels(room, critique) == ["11", "12", "13", "14", "15", "16"]


async def test_a_continuation_that_would_be_held_is_not_taken(room: Room) -> None:
    critique = await room.open()
    await room.hear(room.said("11. The doors " + "are narrow " * 178 + "and", by=MEMBER.id))
    (point,) = await room.additions(critique.id)
    await room.hear(room.said("come to discord.gg/abc all of you", by=MEMBER.id))
    (after,) = await room.additions(critique.id)
    assert after.text == point.text


async def test_what_the_rules_hold_waits_with_its_reason_where_moderators_have_a_channel(room: Room) -> None:
    critique = await room.open()
    await moderation.choose(room.desk, MODERATOR, CHOICES, Rules(words=frozenset({"teapot"})))
    await form(room, critique, "What a teapot they have.")
    async with room.desk.db.write() as tx:
        channel = replace(await stored_servers.choices(tx, GUILD), moderators_channel=type(critique.home)(77))
        await stored_servers.save_choices(tx, GUILD, channel, room.clock())
    await form(room, critique, "The other teapot leaks on everybody.")
    first, second = await room.additions(critique.id)
    assert (first.is_held, second.is_held, second.held_for) == (False, True, Reason.WORDS)


async def test_claims_are_forgotten_after_a_week(room: Room) -> None:
    critique = await room.open()
    await form(room, critique, SAID)
    old = await claim(room, critique)
    room.clock.move(7 * 24 * 3600 + 1)
    new = await claim(room, critique)
    async with room.desk.db.read() as tx:
        assert await stored.find(tx, old.id) is None and await stored.find(tx, new.id) is not None
