"""Moderators are reminded of their stakes in what they decide."""

from bot.core.asides import Stake
from bot.core.cases import CaseAct, Why
from bot.core.critiques import Critique
from bot.core.ids import MessageId
from bot.core.points import Point
from bot.core.votes import Reacted
from bot.services import asides, merges, states, votes
from tests.services.conftest import CHOICES, HOME, MODERATOR, Room


async def opened(room: Room) -> tuple[Critique, list[Point]]:
    critique = await room.open()
    await room.hear(room.said("11. They rattle the spoons.", by=MODERATOR.id))
    return critique, await room.post(critique)


async def vote(room: Room, point: Point) -> None:
    await votes.record(room.desk, [Reacted(HOME, MessageId(point.message or 0), MODERATOR.id, "👍", added=True)])


async def lock(room: Room, point: Point) -> tuple[Stake, ...]:
    await states.lock(room.desk, MODERATOR, CHOICES, point.id)
    return (await asides.of(room.desk, MODERATOR, CaseAct.LOCK, point.id)).stakes


async def test_who_has_nothing_to_do_with_a_point_is_not_reminded(room: Room) -> None:
    _critique, (one, *_) = await opened(room)
    assert await lock(room, one) == ()


async def test_who_wrote_or_voted_on_a_point_is_reminded(room: Room) -> None:
    _critique, (one, *_, own) = await opened(room)
    await vote(room, one)
    assert await lock(room, one) == (Stake.VOTED,)
    assert await lock(room, own) == (Stake.WROTE,)


async def test_who_decided_the_same_before_is_reminded(room: Room) -> None:
    _critique, (one, *_) = await opened(room)
    await lock(room, one)
    await states.unlock(room.desk, MODERATOR, CHOICES, one.id)
    assert await lock(room, one) == (Stake.DECIDED,)


async def test_a_merge_is_about_both_points(room: Room) -> None:
    _critique, (one, two, *_) = await opened(room)
    await vote(room, two)
    await merges.merge(room.desk, MODERATOR, CHOICES, one.id, two.id, Why())
    aside = await asides.of(room.desk, MODERATOR, CaseAct.MERGE, one.id, two.id)
    assert aside.stakes == (Stake.VOTED,) and aside.undo is not None
