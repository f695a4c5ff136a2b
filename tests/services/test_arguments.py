"""Arguments filed under their points: typed, by form, by pointing at a message; sides, backing, edits, removal."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.acts import Actor
from bot.core.additions import Gone, Heard, Retyped
from bot.core.arguments import Argument, ArgumentStatus, Side, TypedArgument
from bot.core.cases import CaseReason, Why
from bot.core.critiques import Critique
from bot.core.ids import ArgumentId, CaseId, ChannelId, MemberId, MessageId
from bot.core.pages import Page
from bot.core.points import Point
from bot.core.refusals import Code, Refusal
from bot.services import (
    appeals,
    arguments,
    backings,
    cases,
    digests,
    followups,
    lobby,
    merges,
    mutes,
    points,
    privacy,
    quotes,
    reports,
    states,
    withdrawals,
)
from bot.services.quotes import Said
from bot.services.reports import Target
from bot.storage import arguments as stored
from tests.services.conftest import CHOICES, GUILD, HOME, MEMBER, MODERATOR, Room

ADA, BEN = MEMBER, Actor(MemberId(7), GUILD, frozenset())
STRANGER = Actor(MemberId(8), type(GUILD)(99), frozenset())
WHY = Why(CaseReason.UNKIND, "Be kind.")


async def opened(room: Room) -> tuple[Critique, list[Point]]:
    critique = await room.open()
    return critique, await room.post(critique)


async def typed(room: Room, point: Point, text: str, by: Actor = ADA) -> Heard:
    """A message in the point's thread, heard."""
    said = room.said(text, by=by.id, channel=point.thread or 0, parent=HOME)
    await room.hear(said)
    return said


async def of(room: Room, point: Point) -> list[Argument]:
    async with room.desk.db.read() as tx:
        return await stored.of_point(tx, point.id)


async def one(room: Room, point: Point) -> Argument:
    (found,) = await of(room, point)
    return found


async def code(call: object) -> Code:
    with pytest.raises(Refusal) as refused:
        await call  # type: ignore[misc]
    return refused.value.code


async def kinds(room: Room) -> list[str]:
    rows = await room.rows("SELECT kind FROM deliveries WHERE ended_at IS NULL ORDER BY id")
    return [row.kind for row in rows if row.kind not in ("show-point", "show-digest")]


async def settle(room: Room) -> None:
    """As if Discord had been shown all that is due, or will be within the hour."""
    for _ in range(100):
        due = await room.ledger.due(())
        for delivery in due:
            await room.ledger.done(delivery)
        if not due:
            return


async def test_what_is_typed_with_its_side_is_filed_once_counted_as_a_reply_and_marked(room: Room) -> None:
    _critique, (first, *_) = await opened(room)
    said = await typed(room, first, "Disagree: they close at nine.")
    await room.hear(said)
    argument = await one(room, first)
    assert (argument.side, argument.text, argument.author) == (Side.REBUTTAL, "they close at nine.", ADA.id)
    assert (argument.message, argument.channel, argument.stands_elsewhere) == (said.message, first.thread, False)
    assert await kinds(room) == ["show-arguments", "mark"]
    assert (await points.line(room.desk, first.id)).point.replies == 1


async def test_plain_talk_is_no_argument_and_outside_the_threads_the_words_must_name_a_point(room: Room) -> None:
    _critique, (first, *_) = await opened(room)
    await typed(room, first, "They close at nine, as you know.")
    await room.hear(room.said("Disagree: they close at nine."))
    assert await room.rows("SELECT * FROM arguments") == []
    await room.hear(room.said("I disagree with #1: they close at nine."))
    argument = await one(room, first)
    assert (argument.side, argument.stands_elsewhere) == (Side.REBUTTAL, True)


async def test_a_message_about_several_points_is_filed_under_each_and_listed_where_it_does_not_stand(
    room: Room,
) -> None:
    critique, (first, second, third, *_) = await opened(room)
    await withdrawals_of(room, third)
    said = room.said("1. Yes. 2. and 3. No.", channel=first.thread or 0, parent=HOME)
    readings = (
        TypedArgument((first.label,), Side.SUPPORT, "Yes.", "They close early."),
        TypedArgument((second.label, third.label, "99"), Side.REBUTTAL, "No."),
    )
    async with room.desk.db.write() as tx:
        await arguments.hear(room.desk, tx, said, critique, readings)
        await arguments.hear(room.desk, tx, said, critique, readings)
    assert [(each.text, each.quote, each.ordinal) for each in await of(room, first)] == [
        ("Yes.", "They close early.", 0)
    ]
    other = await one(room, second)
    assert (other.text, other.ordinal, other.stands_elsewhere) == ("No.", 1, True)
    assert await of(room, third) == []
    assert [row.argument_id for row in await room.owed("show-argument")] == [other.id]


async def withdrawals_of(room: Room, point: Point) -> None:
    await states.hide(room.desk, MODERATOR, CHOICES, point.id, WHY)


async def test_an_open_side_is_asked_once_and_chosen_by_its_author_or_a_moderator_alone(room: Room) -> None:
    _critique, (first, second, *_) = await opened(room)
    said = await typed(room, first, "Response: well.")
    argument = await one(room, first)
    assert argument.side is None
    (asks,), (clears,) = await room.owed("ask-side"), await room.owed("clear-side")
    assert (asks.message_id, asks.argument_id) == (said.message, argument.id)
    assert clears.due_at - asks.due_at == timedelta(hours=1) // timedelta(microseconds=1)
    assert await code(followups.choose_side(room.desk, BEN, CHOICES, argument.id, Side.SUPPORT)) in (
        Code.NOT_A_MODERATOR,
    )
    await followups.choose_side(room.desk, ADA, CHOICES, argument.id, Side.SUPPORT)
    assert (await one(room, first)).side is Side.SUPPORT
    (clears,) = await room.owed("clear-side")
    assert clears.due_at == asks.due_at, "the question goes at once"
    assert await code(followups.choose_side(room.desk, ADA, CHOICES, argument.id, Side.REBUTTAL)) is Code.DECIDED
    await typed(room, second, "Response: hm.")
    await followups.choose_side(room.desk, MODERATOR, CHOICES, (await one(room, second)).id, Side.REBUTTAL)
    assert [(row.act, row.member_id) for row in await room.rows("SELECT * FROM cases")] == [("side", ADA.id)]


async def test_neither_makes_it_an_ordinary_reply_again(room: Room) -> None:
    _critique, (first, *_) = await opened(room)
    said = await typed(room, first, "Response: well.")
    gone, _point = await followups.choose_side(room.desk, ADA, CHOICES, (await one(room, first)).id, None)
    assert gone.status is ArgumentStatus.GONE and await of(room, first) == []
    assert [row.message_id for row in await room.owed("unmark")] == [said.message]
    assert (await points.line(room.desk, first.id)).point.replies == 1
    await room.hear(said)
    assert await of(room, first) == [], "reading it again brings nothing back"


async def test_a_form_that_is_sent_again_is_the_same_argument_for_ten_minutes(room: Room) -> None:
    _critique, (first, *_) = await opened(room)

    async def send() -> ArgumentId:
        return (await arguments.argue(room.desk, ADA, CHOICES, first.id, Side.SUPPORT, " So it is. ")).argument.id

    once, twice = await asyncio.gather(send(), send())
    assert once == twice and await kinds(room) == ["show-argument", "show-arguments"]
    room.clock.move(601)
    assert await send() != once


async def test_a_kill_between_record_and_delivery_leaves_it_owed_and_nothing_is_doubled(room: Room) -> None:
    _critique, (first, *_) = await opened(room)
    await arguments.argue(room.desk, ADA, CHOICES, first.id, Side.SUPPORT, "So it is.")
    (delivery,) = [each for each in await room.ledger.due(()) if each.owed.kind == "show-argument"] or [None]
    assert delivery is not None
    await room.ledger.begin(delivery)
    (owed,) = await room.owed("show-argument")
    assert owed.begun_at is not None
    shown = Page(0, ChannelId(first.thread or 0), MessageId(900), "x")
    await room.ledger.save_argument_shown((await one(room, first)).id, "argument:1", shown)
    await room.ledger.done(delivery)
    assert (await one(room, first)).shown == 900 and await room.owed("show-argument") == []


async def test_what_cannot_be_argued_about_is_refused_in_one_sentence_each(room: Room) -> None:
    critique, (first, second, third, fourth, fifth, *_) = await opened(room)
    await states.lock(room.desk, MODERATOR, CHOICES, first.id)
    await states.hide(room.desk, MODERATOR, CHOICES, second.id, WHY)
    await merges.merge(room.desk, MODERATOR, CHOICES, third.id, fourth.id, WHY)

    def about(point: Point, who: Actor = ADA) -> object:
        return arguments.argue(room.desk, who, CHOICES, point.id, Side.SUPPORT, "So it is.")

    assert await code(about(first)) is Code.VOTE_ONLY
    assert await code(about(second)) is Code.NOT_ARGUABLE
    assert await code(about(fifth, STRANGER)) is Code.STATE_CHANGED
    filed = await arguments.argue(room.desk, ADA, CHOICES, third.id, Side.SUPPORT, "So it is.")
    assert (filed.point.id, filed.named and filed.named.id) == (fourth.id, third.id)
    assert await code(arguments.argue(room.desk, ADA, CHOICES, fifth.id, Side.SUPPORT, "  ")) is Code.NO_WORDS
    await states.close(room.desk, MODERATOR, CHOICES, critique.id)
    assert await code(about(fifth)) is Code.CRITIQUE_CLOSED


async def test_words_that_would_have_to_wait_and_muted_members_are_refused_and_told_once(room: Room) -> None:
    _critique, (first, *_) = await opened(room)
    for text in ("Support: @everyone look", "Support: @everyone look again"):
        await typed(room, first, text)
    assert await of(room, first) == [] and len(await room.owed("tell-unargued")) == 1
    held = arguments.argue(room.desk, ADA, CHOICES, first.id, Side.SUPPORT, "@everyone look")
    assert await code(held) is Code.ARGUMENT_HELD
    await mutes.mute(room.desk, MODERATOR, CHOICES, ADA.id, timedelta(hours=1), WHY)
    await typed(room, first, "Support: so it is.")
    assert await of(room, first) == []
    muted = arguments.argue(room.desk, ADA, CHOICES, first.id, Side.SUPPORT, "So it is.")
    assert await code(muted) is Code.MUTED


async def test_a_message_is_filed_by_its_author_alone_once_and_its_side_can_be_corrected(room: Room) -> None:
    _critique, (first, *_) = await opened(room)
    said = room.said("They close at nine.", by=ADA.id)
    await arguments.by_message(room.desk, ADA, CHOICES, said, first.id, Side.REBUTTAL)
    await arguments.by_message(room.desk, ADA, CHOICES, said, first.id, Side.SUPPORT)
    argument = await one(room, first)
    assert (argument.side, argument.text, argument.stands_elsewhere) == (Side.SUPPORT, "They close at nine.", True)
    for who in (BEN, MODERATOR):
        other = arguments.by_message(room.desk, who, CHOICES, said, first.id, Side.SUPPORT)
        assert await code(other) is Code.NOT_YOUR_ARGUMENT


async def test_others_back_an_argument_once_each_and_take_it_back_by_pressing_again(room: Room) -> None:
    _critique, (first, *_) = await opened(room)
    await typed(room, first, "Agree: yes.")
    which = (await one(room, first)).id
    assert await code(backings.back(room.desk, ADA, CHOICES, which, +1)) is Code.YOUR_OWN
    await asyncio.gather(*(backings.back(room.desk, who, CHOICES, which, +1) for who in (BEN, MODERATOR)))
    assert (await one(room, first)).ups == 2
    argument, counts = await backings.back(room.desk, BEN, CHOICES, which, -1)
    assert (argument.ups, argument.downs, counts) == (1, 1, True)
    argument, counts = await backings.back(room.desk, BEN, CHOICES, which, -1)
    assert (argument.ups, argument.downs, counts) == (1, 0, False)
    assert await code(backings.back(room.desk, STRANGER, CHOICES, which, +1)) is Code.STATE_CHANGED


async def test_an_edit_changes_the_words_and_the_side_where_they_name_one_and_older_edits_nothing(room: Room) -> None:
    _critique, (first, *_) = await opened(room)
    said = await typed(room, first, "Agree: yes.")

    async def edit(text: str, after: float) -> Argument:
        at = room.clock.now + timedelta(seconds=after)
        assert await lobby.hear(room.desk, [Retyped(replace(said, text=text), at)]) == ()
        return await one(room, first)

    changed = await edit("Disagree: no.", 10)
    assert (changed.side, changed.text) == (Side.REBUTTAL, "no.")
    assert (await edit("Agree: older.", 5)).text == "no."
    bare = await edit("Not at all.", 20)
    assert (bare.side, bare.text) == (Side.REBUTTAL, "Not at all.")
    assert (await edit("Agree: @everyone", 30)).text == "Not at all."


async def test_a_deleted_message_takes_its_arguments_and_their_backing_along(room: Room) -> None:
    critique, (first, *_) = await opened(room)
    said = await typed(room, first, "Agree: yes.")
    await backings.back(room.desk, BEN, CHOICES, (await one(room, first)).id, +1)
    assert (await digests.read(room.desk, critique.id)).lines[0].argued is not None
    assert await lobby.hear(room.desk, [Gone((said.message,))]) == ()
    assert await of(room, first) == [] and await room.rows("SELECT * FROM backings") == []
    assert (await digests.read(room.desk, critique.id)).lines[0].argued is None


async def test_an_author_takes_their_argument_away_and_a_moderator_others_with_a_case(room: Room) -> None:
    _critique, (first, second, *_) = await opened(room)
    await typed(room, first, "Agree: yes.")
    mine = (await one(room, first)).id
    assert await code(followups.remove(room.desk, BEN, CHOICES, mine, Why())) is Code.NOT_A_MODERATOR
    await followups.remove(room.desk, ADA, CHOICES, mine, Why())
    assert await room.rows("SELECT * FROM cases") == []
    assert await code(followups.remove(room.desk, ADA, CHOICES, mine, Why())) is Code.ARGUMENT_GONE
    await typed(room, second, "Agree: indeed.")
    theirs = await one(room, second)
    await backings.back(room.desk, BEN, CHOICES, theirs.id, +1)
    await followups.remove(room.desk, MODERATOR, CHOICES, theirs.id, WHY)
    (case,) = await cases.untold(room.desk, GUILD, ADA.id)
    assert (case.act, case.text, case.label, case.may_appeal) == ("unargue", "indeed.", "2", True)
    await cases.appeal(room.desk, ADA.id, case.id, "Why?")
    await appeals.answer(room.desk, MODERATOR, CHOICES, case.id, "Sorry.", granted=True)
    back = await one(room, second)
    assert (back.id, back.ups) == (theirs.id, 1)


async def test_an_appeal_is_not_granted_where_the_message_is_gone_meanwhile(room: Room) -> None:
    _critique, (first, *_) = await opened(room)
    said = await typed(room, first, "Agree: yes.")
    await followups.remove(room.desk, MODERATOR, CHOICES, (await one(room, first)).id, WHY)
    (case,) = await cases.untold(room.desk, GUILD, ADA.id)
    await cases.appeal(room.desk, ADA.id, case.id, "Why?")
    assert await lobby.hear(room.desk, [Gone((said.message,))]) == ()
    granted = appeals.answer(room.desk, MODERATOR, CHOICES, CaseId(case.id), "Sorry.", granted=True)
    assert await code(granted) is Code.CANNOT_GRANT


def pointed(point: Point, text: str = "", *, message: int = 700, channel: int = 0, ours: bool = False) -> Said:
    return Said(MessageId(message), ChannelId(channel or point.thread or 0), HOME, text, is_ours=ours)


async def test_a_quote_keeps_the_words_it_answers_which_must_stand_in_the_message(room: Room) -> None:
    _critique, (first, second, *_) = await opened(room)
    shown = pointed(first, "**1)** Reason a …", message=first.message or 0, channel=HOME, ours=True)
    found = await quotes.about(room.desk, ADA, CHOICES, shown)
    assert (found.text, [each.id for each in found.points], found.is_certain) == (first.text, [first.id], True)
    said = pointed(first, "They close at nine, mostly.")

    async def quote(passage: str, at: Said = said) -> Argument:
        done = await quotes.quote(room.desk, ADA, CHOICES, at, second.id, Side.REBUTTAL, passage, "Never.")
        return done.argument

    argument = await quote("close at  nine")
    assert (argument.point, argument.quote, argument.quoted) == (first.id, "close at  nine", 700)
    assert await code(quote("close at ten")) is Code.QUOTE_NOT_FOUND
    elsewhere = pointed(first, "They close at nine, mostly.", channel=HOME, message=701)
    assert len((await quotes.about(room.desk, ADA, CHOICES, elsewhere)).points) == 10
    assert (await quote("at nine", elsewhere)).point == second.id
    assert await code(quote("x", pointed(first, "x", ours=True))) is Code.NOT_QUOTABLE


async def test_erasing_takes_the_name_off_and_the_backing_away_and_opting_out_the_backing_alone(room: Room) -> None:
    _critique, (first, *_) = await opened(room)
    await arguments.argue(room.desk, ADA, CHOICES, first.id, Side.SUPPORT, f"So says <@{BEN.id}>.")
    which = (await one(room, first)).id
    await backings.back(room.desk, BEN, CHOICES, which, +1)
    assert (await privacy.show(room.desk, BEN, CHOICES)).backings == 1
    exported = await privacy.export(room.desk, ADA, CHOICES)
    assert [each["text"] for each in exported["arguments"]] == [f"So says <@{BEN.id}>."]
    await privacy.opt_out(room.desk, BEN, CHOICES)
    assert (await one(room, first)).ups == 0
    assert await code(backings.back(room.desk, BEN, CHOICES, which, +1)) is Code.OPTED_OUT_ALREADY
    await settle(room)
    await privacy.erase(room.desk, ADA, CHOICES)
    assert (await one(room, first)).author is None
    assert "show-argument" in await kinds(room), "its message is shown without the name"


async def test_a_withdrawn_addition_takes_no_arguments(room: Room) -> None:
    critique, _points = await opened(room)
    await room.hear(room.said("11. They rattle the spoons.", by=ADA.id))
    (added,) = await room.additions(critique.id)
    await withdrawals.withdraw(room.desk, ADA, added.id)
    refused = arguments.argue(room.desk, BEN, CHOICES, added.id, Side.SUPPORT, "So it is.")
    assert await code(refused) is Code.NOT_ARGUABLE


async def test_who_reports_the_bots_message_of_an_argument_reports_its_author_and_not_the_point(room: Room) -> None:
    _critique, (first, *_) = await opened(room)
    done = await arguments.argue(room.desk, ADA, CHOICES, first.id, Side.SUPPORT, "So it is.")
    shown = Page(0, ChannelId(first.thread or 0), MessageId(900), "x")
    await room.ledger.save_argument_shown(done.argument.id, "argument:1", shown)
    with_office = replace(CHOICES, moderators_channel=ChannelId(77))
    target = Target(MessageId(900), ChannelId(first.thread or 0), HOME, None)
    found = await reports.report(room.desk, BEN, with_office, target, WHY)
    assert (found.point, found.author, found.message) == (None, ADA.id, 900)
    assert await code(reports.report(room.desk, ADA, with_office, target, WHY)) is Code.YOUR_OWN


async def test_an_edit_that_names_the_side_answers_the_question_for_it(room: Room) -> None:
    _critique, (first, *_) = await opened(room)
    said = await typed(room, first, "Response: well.")
    edit = Retyped(replace(said, text="Agree: well."), room.clock.now + timedelta(seconds=5))
    assert await lobby.hear(room.desk, [edit]) == ()
    assert (await one(room, first)).side is Side.SUPPORT
    (clears,) = await room.owed("clear-side")
    assert clears.due_at == room.clock.now.timestamp() * 1_000_000
