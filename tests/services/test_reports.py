"""Members report what should not stand; moderators decide; nobody is named."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.acts import Actor
from bot.core.cases import CaseReason, Why
from bot.core.critiques import Critique
from bot.core.ids import ChannelId, GuildId, MemberId, MessageId
from bot.core.moderation import Rules
from bot.core.points import Point, PointStatus
from bot.core.refusals import Code, Refusal
from bot.core.reports import NAMED_FOR, Report, ReportStatus
from bot.core.votes import Reacted
from bot.services import merges, reports, retention, states, votes, withdrawals
from bot.services.reports import Target
from bot.storage import reminders as stored_reminders
from bot.storage import servers as stored_servers
from tests.services.conftest import CHOICES, GUILD, HOME, MODERATOR, Room

OFFICE = ChannelId(70)
OPEN_TO_REPORTS = replace(CHOICES, moderators_channel=OFFICE)
UNKIND = Why(CaseReason.UNKIND, "This is about my aunt.")
AUTHOR = 50


def member(number: int) -> Actor:
    return Actor(MemberId(number), GUILD, frozenset())


@pytest.fixture
async def added(room: Room) -> tuple[Critique, Point]:
    """A critique that is posted, with one addition, on a server with a moderators' channel."""
    async with room.desk.db.write() as tx:
        await stored_servers.save_choices(tx, GUILD, OPEN_TO_REPORTS, room.clock.now)
    critique = await room.open()
    await room.hear(room.said("11. They rattle the spoons.", by=AUTHOR))
    await room.post(critique)
    return critique, (await room.additions(critique.id))[0]


def reacted(message: int, by: int, emoji: str) -> Reacted:
    return Reacted(HOME, MessageId(message), MemberId(by), emoji, added=True)


def shown(point: Point) -> Target:
    """The bot's own message with the point."""
    return Target(MessageId(point.message or 0), HOME, None, None)


async def told(room: Room, target: Target, *who: int, why: Why = UNKIND) -> Report:
    """Some members report it, one after the other; what has become of it."""
    found = None
    for number in who:
        room.clock.move(1)
        found = await reports.report(room.desk, member(number), OPEN_TO_REPORTS, target, why)
    assert found is not None
    return found


async def status(room: Room, point: Point) -> PointStatus:
    return next(each.status for each in await room.points(point.critique) if each.id == point.id)


def refused(caught: pytest.ExceptionInfo[Refusal]) -> Code:
    return caught.value.code


async def test_enough_members_hold_an_addition_and_its_votes_count_no_more_until_it_is_dismissed(
    room: Room, added: tuple[Critique, Point]
) -> None:
    _critique, point = added
    await votes.record(room.desk, [reacted(point.message or 0, 61, "👍")])
    await told(room, shown(point), 51, 52)
    assert await status(room, point) is PointStatus.OPEN
    found = await told(room, shown(point), 53)
    assert await status(room, point) is PointStatus.REPORTED
    assert await room.rows("SELECT agree FROM tallies WHERE agree > 0") == []
    assert (found.reasons, found.before) == ([(CaseReason.UNKIND, 3)], PointStatus.OPEN)
    done = await reports.dismiss(room.desk, MODERATOR, OPEN_TO_REPORTS, found.id)
    assert (done.status, done.decided_by) == (ReportStatus.DISMISSED, MODERATOR.id)
    assert await status(room, point) is PointStatus.OPEN
    assert [row.agree for row in await room.rows("SELECT agree FROM tallies WHERE agree > 0")] == [1]
    assert [row.act for row in await room.rows("SELECT act FROM cases")] == ["dismiss"]


async def test_a_vote_only_point_that_was_held_is_vote_only_again(room: Room, added: tuple[Critique, Point]) -> None:
    _critique, point = added
    await states.lock(room.desk, MODERATOR, OPEN_TO_REPORTS, point.id)
    found = await told(room, shown(point), 51, 52, 53)
    assert await status(room, point) is PointStatus.REPORTED
    await reports.dismiss(room.desk, MODERATOR, OPEN_TO_REPORTS, found.id)
    assert await status(room, point) is PointStatus.VOTE_ONLY


async def test_what_is_hidden_on_a_report_can_be_restored_as_it_was_before_the_report(
    room: Room, added: tuple[Critique, Point]
) -> None:
    _critique, point = added
    await votes.record(room.desk, [reacted(point.message or 0, 61, "👍")])
    found = await told(room, shown(point), 51, 52, 53)
    await reports.hide(room.desk, MODERATOR, OPEN_TO_REPORTS, found.id, Why(CaseReason.UNKIND))
    assert await status(room, point) is PointStatus.HIDDEN
    (case,) = await room.rows("SELECT * FROM cases")
    assert (case.act, case.before, case.member_id, case.owes_word) == ("hide", "open", AUTHOR, True)
    await states.restore(room.desk, MODERATOR, OPEN_TO_REPORTS, point.id, Why())
    assert await status(room, point) is PointStatus.OPEN
    assert [row.agree for row in await room.rows("SELECT agree FROM tallies WHERE agree > 0")] == [1]


async def test_a_dismissed_report_opens_once_more_and_never_twice(room: Room, added: tuple[Critique, Point]) -> None:
    _critique, point = added
    found = await told(room, shown(point), 51, 52, 53)
    await reports.dismiss(room.desk, MODERATOR, OPEN_TO_REPORTS, found.id)
    found = await told(room, shown(point), 54, 55)
    assert not found.is_open and await status(room, point) is PointStatus.OPEN
    found = await told(room, shown(point), 56)
    assert found.is_open and await status(room, point) is PointStatus.REPORTED
    await reports.dismiss(room.desk, MODERATOR, OPEN_TO_REPORTS, found.id)
    found = await told(room, shown(point), 57, 58, 59, 60)
    assert not found.is_open and await status(room, point) is PointStatus.OPEN
    assert len(found.voices) == 10


async def test_a_server_says_how_many_are_enough(room: Room, added: tuple[Critique, Point]) -> None:
    _critique, point = added
    async with room.desk.db.write() as tx:
        await stored_servers.save_rules(tx, GUILD, Rules(reports=1), room.clock.now)
    await told(room, shown(point), 51)
    assert await status(room, point) is PointStatus.REPORTED


async def test_a_point_of_the_document_is_shown_to_the_moderators_and_never_held(
    room: Room, added: tuple[Critique, Point]
) -> None:
    critique, _point = added
    first = (await room.points(critique.id))[0]
    found = await told(room, shown(first), 51, 52, 53, 54)
    assert await status(room, first) is PointStatus.OPEN and found.is_open
    assert [row.report_id for row in await room.owed("show-report")] == [found.id]


async def test_a_typed_addition_its_point_and_what_the_bot_says_in_its_thread_are_one_report(
    room: Room, added: tuple[Critique, Point]
) -> None:
    _critique, point = added
    (typed,) = await room.rows("SELECT message_id FROM sources")
    first = await told(room, Target(MessageId(typed.message_id), HOME, None, MemberId(AUTHOR)), 51)
    page = Target(MessageId(9_999), ChannelId(point.thread or 0), HOME, None)
    assert (await told(room, page, 52)).id == first.id
    found = await told(room, shown(point), 53)
    assert (found.id, len(found.voices), found.author) == (first.id, 3, AUTHOR)


async def test_a_message_in_a_points_thread_is_shown_with_its_place_and_nothing_is_held(
    room: Room, added: tuple[Critique, Point]
) -> None:
    _critique, point = added
    said = Target(MessageId(5_000), ChannelId(point.thread or 0), HOME, MemberId(80))
    found = await told(room, said, 51, 52, 53)
    assert (found.point, found.message, found.channel, found.author) == (None, 5_000, point.thread, 80)
    assert await status(room, point) is PointStatus.OPEN
    with pytest.raises(Refusal) as caught:
        await reports.hide(room.desk, MODERATOR, OPEN_TO_REPORTS, found.id, Why())
    assert refused(caught) is Code.STATE_CHANGED


@pytest.mark.parametrize(
    ("who", "channel", "author", "code"),
    [
        (AUTHOR, HOME, None, Code.YOUR_OWN),
        (51, ChannelId(999), MemberId(80), Code.NOT_REPORTABLE),
        (51, HOME, MemberId(51), Code.YOUR_OWN),
    ],
    ids=["own point", "elsewhere", "own message"],
)
async def test_what_cannot_be_reported_is_refused_before_the_form_and_after_it(
    room: Room, added: tuple[Critique, Point], who: int, channel: ChannelId, author: MemberId | None, code: Code
) -> None:
    _critique, point = added
    target = shown(point) if author is None else Target(MessageId(5_000), channel, None, author)
    for attempt in (
        reports.to_report(room.desk, member(who), OPEN_TO_REPORTS, target),
        reports.report(room.desk, member(who), OPEN_TO_REPORTS, target, UNKIND),
    ):
        with pytest.raises(Refusal) as caught:
            await attempt
        assert refused(caught) is code
    assert await room.rows("SELECT * FROM reports") == []


async def test_nobody_reports_a_thing_twice_nor_more_than_so_many_an_hour(
    room: Room, added: tuple[Critique, Point]
) -> None:
    _critique, point = added
    await told(room, shown(point), 51)
    with pytest.raises(Refusal) as twice:
        await told(room, shown(point), 51)
    for number in range(9):
        await told(room, Target(MessageId(5_000 + number), HOME, None, MemberId(80)), 51)
    with pytest.raises(Refusal) as many:
        await told(room, Target(MessageId(6_000), HOME, None, MemberId(80)), 51)
    assert (refused(twice), refused(many)) == (Code.REPORTED_ALREADY, Code.TOO_MANY_REPORTS)
    room.clock.move(3_600)
    await told(room, Target(MessageId(6_000), HOME, None, MemberId(80)), 51)


async def test_a_report_of_another_server_is_known_to_nobody_here(room: Room, added: tuple[Critique, Point]) -> None:
    _critique, point = added
    found = await told(room, shown(point), 51)
    elsewhere = replace(MODERATOR, guild=GuildId(2))
    with pytest.raises(Refusal) as decided:
        await reports.dismiss(room.desk, elsewhere, OPEN_TO_REPORTS, found.id)
    with pytest.raises(Refusal) as reported:
        await reports.report(room.desk, replace(member(52), guild=GuildId(2)), OPEN_TO_REPORTS, shown(point), UNKIND)
    with pytest.raises(Refusal) as plain:
        await reports.dismiss(room.desk, member(52), OPEN_TO_REPORTS, found.id)
    assert [refused(each) for each in (decided, reported, plain)] == [
        Code.REPORT_DECIDED,
        Code.NOT_REPORTABLE,
        Code.NOT_A_MODERATOR,
    ]


async def test_two_moderators_decide_once(room: Room, added: tuple[Critique, Point]) -> None:
    _critique, point = added
    found = await told(room, shown(point), 51, 52, 53)
    await reports.dismiss(room.desk, MODERATOR, OPEN_TO_REPORTS, found.id)
    with pytest.raises(Refusal) as caught:
        await reports.hide(room.desk, MODERATOR, OPEN_TO_REPORTS, found.id, Why())
    assert refused(caught) is Code.REPORT_DECIDED
    assert len(await room.rows("SELECT * FROM cases")) == 1


async def test_without_a_moderators_channel_nothing_is_taken(room: Room) -> None:
    with pytest.raises(Refusal) as caught:
        await reports.tip(room.desk, member(51), CHOICES, "Somebody is unkind.")
    assert refused(caught) is Code.NOBODY_TO_TELL
    assert await room.rows("SELECT * FROM reports") == []


async def test_a_tip_waits_for_the_moderators_and_the_next_one_for_ten_minutes(
    room: Room, added: tuple[Critique, Point]
) -> None:
    await reports.tip(room.desk, member(51), OPEN_TO_REPORTS, " Somebody is unkind. ")
    with pytest.raises(Refusal) as soon:
        await reports.tip(room.desk, member(51), OPEN_TO_REPORTS, "And again.")
    with pytest.raises(Refusal) as empty:
        await reports.tip(room.desk, member(52), OPEN_TO_REPORTS, " \n ")
    assert (refused(soon), refused(empty)) == (Code.TIPPED_ALREADY, Code.NOTHING_SAID)
    (found,) = await reports.waiting(room.desk, MODERATOR, OPEN_TO_REPORTS)
    assert found.is_tip and [voice.words for voice in found.voices] == ["Somebody is unkind."]
    room.clock.move(601)
    await reports.tip(room.desk, member(51), OPEN_TO_REPORTS, "And again.")


async def test_who_reported_is_forgotten_some_time_after_the_decision_and_tips_go_whole(
    room: Room, added: tuple[Critique, Point]
) -> None:
    _critique, point = added
    found = await told(room, shown(point), 51)
    await reports.tip(room.desk, member(51), OPEN_TO_REPORTS, "Somebody is unkind.")
    open_one = await told(room, Target(MessageId(5_000), HOME, None, MemberId(80)), 52)
    await reports.dismiss(room.desk, MODERATOR, OPEN_TO_REPORTS, found.id)
    room.clock.move((NAMED_FOR + timedelta(seconds=5)).total_seconds())
    await retention.look(room.desk)
    assert [row.id for row in await room.rows("SELECT id FROM reports ORDER BY id")] == [found.id, open_one.id]
    assert [row.member_id for row in await room.rows("SELECT member_id FROM voices")] == [52]


async def test_reports_of_a_merged_points_group_leave_the_figures_exact(
    room: Room, added: tuple[Critique, Point]
) -> None:
    critique, point = added
    first = (await room.points(critique.id))[0]
    await votes.record(room.desk, [reacted(point.message or 0, 61, "👍"), reacted(first.message or 0, 62, "👎")])
    await merges.merge(room.desk, MODERATOR, OPEN_TO_REPORTS, point.id, first.id, UNKIND)

    async def figures() -> Sequence[tuple[int, int, int]]:
        rows = await room.rows("SELECT * FROM tallies WHERE agree + disagree > 0")
        return [(row.point_id, row.agree, row.disagree) for row in rows]

    assert await figures() == [(first.id, 1, 1)]
    found = await told(room, shown(point), 51, 52, 53)
    assert await figures() == [(first.id, 0, 1)]
    await reports.dismiss(room.desk, MODERATOR, OPEN_TO_REPORTS, found.id)
    assert await figures() == [(first.id, 1, 1)]


async def test_hiding_a_point_by_command_decides_the_report_about_it_too(
    room: Room, added: tuple[Critique, Point]
) -> None:
    _critique, point = added
    found = await told(room, shown(point), 51)
    await reports.hide_point(room.desk, MODERATOR, OPEN_TO_REPORTS, point, UNKIND)
    assert await status(room, point) is PointStatus.HIDDEN
    assert await reports.waiting(room.desk, MODERATOR, OPEN_TO_REPORTS) == []
    decided = await reports.shown(room.desk, found.id)
    assert decided is not None
    assert (decided[0].status, decided[0].decided_by) == (ReportStatus.UPHELD, MODERATOR.id)
    assert [row.act for row in await room.rows("SELECT act FROM cases")] == ["hide"]


async def test_an_author_whose_point_is_held_by_reports_is_not_told_that_it_was_withdrawn(
    room: Room, added: tuple[Critique, Point]
) -> None:
    _critique, point = added
    await told(room, shown(point), 51, 52, 53)
    with pytest.raises(Refusal) as caught:
        await withdrawals.withdraw(room.desk, member(AUTHOR), point.id)
    assert refused(caught) is Code.REPORTED
    assert await status(room, point) is PointStatus.REPORTED


async def test_one_that_holds_a_point_of_a_closed_critique_is_reminded_of_once_that_is_open_again(
    room: Room, added: tuple[Critique, Point]
) -> None:
    critique, point = added
    await told(room, shown(point), 51, 52, 53)
    async with room.desk.db.read() as tx:
        assert await stored_reminders.waiting(tx, GUILD) is not None
    await room.close(critique)
    async with room.desk.db.read() as tx:
        assert await stored_reminders.waiting(tx, GUILD) is None
        assert await stored_reminders.servers_where_anything_waits(tx) == []
