"""Discarding a critique: while nobody has taken part, once, by moderators."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.core.acts import Actor
from bot.core.arguments import Side
from bot.core.cases import Why
from bot.core.critiques import Critique
from bot.core.ids import CritiqueId, GuildId, MessageId
from bot.core.refusals import Code, Refusal
from bot.core.votes import Reacted
from bot.services import arguments, critiques, discards, followups, states
from bot.services.votes import record
from tests.services.conftest import CHOICES, GUILD, HOME, MEMBER, MODERATOR, Room


async def refusal(room: Room, which: CritiqueId, actor: Actor = MODERATOR) -> Refusal:
    with pytest.raises(Refusal) as refused:
        await discards.discard(room.desk, actor, CHOICES, which)
    return refused.value


async def vote(room: Room, critique: Critique, emoji: str, *, added: bool = True) -> None:
    first = (await room.points(critique.id))[0]
    await record(room.desk, [Reacted(HOME, first.message or MessageId(0), MEMBER.id, emoji, added=added)])


async def add(room: Room, _critique: Critique) -> None:
    await room.hear(room.said("11. They have no umbrella stand."))


async def reply(room: Room, critique: Critique) -> None:
    first = (await room.points(critique.id))[0]
    await room.hear(room.said("I doubt that.", channel=first.thread or 0, parent=HOME))


async def agree(room: Room, critique: Critique) -> None:
    await vote(room, critique, "👍")


async def test_every_point_and_the_digest_are_owed_anew_and_nobody_speaks_of_it(room: Room) -> None:
    critique = await room.open()
    gone = await discards.discard(room.desk, MODERATOR, CHOICES, critique.id)
    assert (gone.critique.title, gone.originals) == ("Tea rooms", 10)
    assert len(await room.owed("show-point")) == 10
    assert [row.version for row in await room.owed("show-point")] == [2] * 10
    assert len(await room.owed("show-digest")) == 1
    assert await critiques.spoken_of(room.desk, GUILD, HOME) == []
    assert await discards.find(room.desk, GUILD, "", limit=25) == []


@pytest.mark.parametrize(
    ("took_part", "what"),
    [
        (agree, {"voters": 1, "additions": 0, "replies": 0}),
        (add, {"voters": 0, "additions": 1, "replies": 0}),
        (reply, {"voters": 0, "additions": 0, "replies": 1}),
    ],
)
async def test_it_is_refused_once_somebody_took_part_and_the_refusal_says_how_many(
    room: Room, took_part: Callable[[Room, Critique], Awaitable[None]], what: dict[str, int]
) -> None:
    critique = await room.open()
    await room.post(critique)
    await took_part(room, critique)
    refused = await refusal(room, critique.id)
    assert refused.code is Code.NOT_UNTOUCHED
    assert refused.params == {"title": "Tea rooms", "arguments": 0, **what}
    with pytest.raises(Refusal):
        await discards.ask(room.desk, MODERATOR, CHOICES, critique.id)
    assert await critiques.count_open(room.desk) == 1


async def test_a_vote_that_was_taken_back_does_not_stand_in_the_way(room: Room) -> None:
    critique = await room.open()
    await room.post(critique)
    await vote(room, critique, "👍")
    await vote(room, critique, "👍", added=False)
    await discards.discard(room.desk, MODERATOR, CHOICES, critique.id)


async def test_many_presses_at_once_discard_it_once(room: Room) -> None:
    critique = await room.open()
    presses = [discards.discard(room.desk, MODERATOR, CHOICES, critique.id) for _ in range(5)]
    results = await asyncio.gather(*presses, return_exceptions=True)
    codes = [result.code for result in results if isinstance(result, Refusal)]
    assert codes == [Code.STATE_CHANGED] * 4


async def test_a_closed_one_may_be_discarded_and_a_discarded_one_is_not_reopened(room: Room) -> None:
    critique = await room.open()
    await states.close(room.desk, MODERATOR, CHOICES, critique.id)
    await discards.discard(room.desk, MODERATOR, CHOICES, critique.id)
    with pytest.raises(Refusal):
        await states.reopen(room.desk, MODERATOR, CHOICES, critique.id)


async def test_members_and_other_servers_moderators_discard_nothing(room: Room) -> None:
    critique = await room.open()
    assert (await refusal(room, critique.id, MEMBER)).code is Code.NOT_A_MODERATOR
    stranger = Actor(MODERATOR.id, GuildId(2), MODERATOR.roles)
    assert (await refusal(room, critique.id, stranger)).code is Code.STATE_CHANGED


async def test_it_is_found_by_its_id_or_words_of_its_title(room: Room) -> None:
    tea = await room.open()
    other = await room.open("Bread\n\n1. One thing.\n2. Another thing.\n")
    assert [one.critique.id for one in await discards.find(room.desk, GUILD, "", limit=25)] == [other.id, tea.id]
    assert [one.critique.id for one in await discards.find(room.desk, GUILD, " TEA ", limit=25)] == [tea.id]
    assert [one.critique.id for one in await discards.find(room.desk, GUILD, str(other.id), limit=1)] == [other.id]
    assert await discards.find(room.desk, GuildId(2), "", limit=25) == []


async def test_an_argument_sent_in_a_form_stands_in_the_way_until_it_is_taken_away(room: Room) -> None:
    critique = await room.open()
    (first, *_) = await room.post(critique)
    done = await arguments.argue(room.desk, MEMBER, CHOICES, first.id, Side.SUPPORT, "So it is.")
    assert (await refusal(room, critique.id)).params["arguments"] == 1
    await followups.remove(room.desk, MEMBER, CHOICES, done.argument.id, Why())
    await discards.discard(room.desk, MODERATOR, CHOICES, critique.id)
