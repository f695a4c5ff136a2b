"""The claim desk: what may be an addition is asked about once, and recorded as its author or a moderator says."""

import asyncio
from datetime import timedelta

import pytest

from bot.core.acts import Actor
from bot.core.additions import Gone, Retyped
from bot.core.claims import OPEN_FOR, Choice, Claim
from bot.core.ids import ClaimId, MemberId
from bot.core.refusals import Code, Refusal
from bot.services import asking, claims, lobby
from tests.services.conftest import CHOICES, GUILD, MEMBER, MODERATOR, Room

SAID = "An addition: they lock the umbrella stand at noon."
OTHER = Actor(MemberId(7), GUILD, frozenset())


async def asked(room: Room, text: str = SAID) -> Claim:
    """The claim that a message of a member's makes, who is asked what it is."""
    await room.hear(room.said(text, by=MEMBER.id))
    told = await room.owed("tell-claim")
    return (await claims.read(room.desk, ClaimId(told[-1].claim_id))).claim


async def choose(room: Room, claim: Claim, choice: Choice, who: Actor = MEMBER) -> str | None:
    """The label that it is recorded under then."""
    point = (await asking.choose(room.desk, who, CHOICES, claim.id, choice))[2]
    return None if point is None else point.label


@pytest.mark.parametrize(
    "text", [SAID, "#40 – they lock the umbrella stand at noon.", "One more from me: they lock the umbrella stand."]
)
async def test_what_is_unclear_is_asked_about_and_recorded_once_however_often_it_is_pressed(
    room: Room, text: str
) -> None:
    critique = await room.open()
    claim = await asked(room, text)
    assert await room.additions(critique.id) == []
    labels = await asyncio.gather(*(choose(room, claim, Choice.RECORD) for _ in range(3)))
    assert labels == ["11", "11", "11"]
    (point,) = await room.additions(critique.id)
    assert point.text.startswith("they lock the umbrella stand")
    assert point.author == MEMBER.id


async def test_a_message_is_asked_about_once_and_an_author_once_in_ten_minutes(room: Room) -> None:
    await room.open()
    said = room.said(SAID, by=MEMBER.id)
    await room.hear(said)
    await room.hear(said)
    await room.hear(room.said("Another one: the lamps hum.", by=MEMBER.id))
    assert len(await room.owed("tell-claim")) == 1
    await room.hear(room.said("Another one: the lamps hum.", by=OTHER.id))
    assert len(await room.owed("tell-claim")) == 2
    room.clock.now += timedelta(minutes=11)
    await room.hear(room.said("Another one: the chairs rock.", by=MEMBER.id))
    assert len(await room.owed("tell-claim")) == 3


async def test_its_author_and_moderators_choose_and_nobody_else_and_nobody_after_an_hour(room: Room) -> None:
    await room.open()
    claim = await asked(room)
    with pytest.raises(Refusal) as refused:
        await choose(room, claim, Choice.RECORD, OTHER)
    assert refused.value.code is Code.NOT_YOURS
    room.clock.now += OPEN_FOR
    with pytest.raises(Refusal) as refused:
        await choose(room, claim, Choice.RECORD)
    assert refused.value.code is Code.CLAIM_GONE


async def test_a_moderator_records_it_in_its_authors_name(room: Room) -> None:
    critique = await room.open()
    assert await choose(room, await asked(room), Choice.RECORD, MODERATOR) == "11"
    (point,) = await room.additions(critique.id)
    assert point.author == MEMBER.id


async def test_it_goes_once_it_is_said_to_be_no_point(room: Room) -> None:
    critique = await room.open()
    claim = await asked(room)
    assert await choose(room, claim, Choice.NOTHING) is None
    (cleared,) = await room.owed("clear-claim")
    assert cleared.due_at == int(room.clock.now.timestamp() * 1_000_000)
    with pytest.raises(Refusal):
        await choose(room, claim, Choice.RECORD)
    assert await room.additions(critique.id) == []


async def test_what_may_answer_a_point_or_say_it_again_names_that_point_and_both_may_hold(room: Room) -> None:
    critique = await room.open()
    claim = await asked(room, "An addition, since #2 says half of it: they lock the umbrella stand at noon.")
    points = {point.label: point.id for point in await room.points(critique.id)}
    assert (claim.answers, claim.offers) == (points["2"], (Choice.RECORD, Choice.ANSWERS, Choice.NOTHING))
    assert await choose(room, claim, Choice.RECORD) == "11"
    assert await choose(room, claim, Choice.ANSWERS) == "11"
    claim = (await claims.read(room.desk, claim.id)).claim
    assert claim.offers == ()


async def test_it_follows_edits_and_goes_with_its_message(room: Room) -> None:
    critique = await room.open()
    said = room.said(SAID, by=MEMBER.id)
    await room.hear(said)
    (told,) = await room.owed("tell-claim")
    edited = type(said)(
        **{name: getattr(said, name) for name in said.__slots__} | {"text": SAID.replace("noon", "six")}
    )
    await lobby.hear(room.desk, [Retyped(edited, room.clock.now)])
    claim = (await claims.read(room.desk, ClaimId(told.claim_id))).claim
    assert claim.text == "they lock the umbrella stand at six."
    await lobby.hear(room.desk, [Gone((said.message,))])
    with pytest.raises(Refusal):
        await choose(room, claim, Choice.RECORD)
    assert await room.additions(critique.id) == []
