"""Taking members' reports and tips, and deciding on them.

1. A voice, the hold that may follow, and what the moderators are shown are one transaction.
2. Nothing is reported where nobody would be told of it: without a moderators' channel it is refused.
3. Whoever decides second is told that it is decided. A dismissal brings back what the report holds, as it was.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from bot.core import deliveries as owed
from bot.core import reports as core
from bot.core.acts import Act, Actor
from bot.core.cases import CaseAct, Why
from bot.core.critiques import Critique
from bot.core.ids import ChannelId, MemberId, MessageId, PointId, ReportId
from bot.core.points import Origin, Point, PointStatus
from bot.core.refusals import Code, Refusal
from bot.core.reports import Report, ReportStatus
from bot.core.servers import Choices
from bot.services import cases, states
from bot.services.critiques import check, check_open
from bot.services.desk import Desk
from bot.storage import additions as stored_additions
from bot.storage import arguments as stored_arguments
from bot.storage import critiques as stored_critiques
from bot.storage import deliveries as stored_deliveries
from bot.storage import lobbies as stored_lobbies
from bot.storage import points as stored_points
from bot.storage import reports as stored
from bot.storage import servers as stored_servers
from bot.storage.database import Tx

_STANDING = (PointStatus.OPEN, PointStatus.VOTE_ONLY)


@dataclass(frozen=True, slots=True)
class Target:
    """The message that a member reports: where it stands, and who wrote it; None where the bot did."""

    message: MessageId
    channel: ChannelId
    parent: ChannelId | None
    author: MemberId | None


@dataclass(frozen=True, slots=True)
class _Reported:
    """What is really meant: the point that the message shows or adds, else the message; and its critique."""

    critique: Critique
    point: Point | None
    author: MemberId | None


async def to_report(desk: Desk, actor: Actor, choices: Choices, target: Target) -> None:
    """Raises Refusal where the actor may not report the message now."""
    async with desk.db.read() as tx:
        await _reportable(desk, tx, actor, choices, target)


async def report(desk: Desk, actor: Actor, choices: Choices, target: Target, why: Why) -> Report:
    """Adds the actor's voice, and gives back what it belongs to. Raises Refusal."""
    now = desk.clock()
    async with desk.db.write() as tx:
        what = await _reportable(desk, tx, actor, choices, target)
        which = await _report_about(desk, tx, what, target)
        await stored.save_voice(tx, which, actor.id, why.reason, why.words, now)
        await _weigh(desk, tx, which, what)
        found = await _known(tx, actor, which)
        await owe_shown(desk, tx, found)
        return found


async def to_tip(desk: Desk, actor: Actor, choices: Choices) -> None:
    """Raises Refusal where the actor may not tip the moderators off now."""
    async with desk.db.read() as tx:
        await _check_tip(desk, tx, actor, choices)


async def tip(desk: Desk, actor: Actor, choices: Choices, words: str) -> None:
    """A private word to the moderators. Raises Refusal."""
    now = desk.clock()
    async with desk.db.write() as tx:
        await _check_tip(desk, tx, actor, choices)
        if not words.strip():
            raise Refusal(Code.NOTHING_SAID)
        which = await stored.save(tx, actor.guild, now)
        await stored.save_voice(tx, which, actor.id, None, words.strip(), now)
        await owe_shown(desk, tx, await _known(tx, actor, which))


async def shown(desk: Desk, which: ReportId) -> tuple[Report, Point | None, Critique | None] | None:
    """A report with what it is about; None where it is forgotten."""
    async with desk.db.read() as tx:
        found = await stored.find(tx, which)
        if found is None:
            return None
        point = None if found.point is None else await stored_points.point(tx, found.point)
        critique = None if found.critique is None else await stored_critiques.critique(tx, found.critique)
        return found, point, critique


async def waiting(desk: Desk, actor: Actor, choices: Choices) -> list[Report]:
    """The server's reports that wait, oldest first. Raises Refusal."""
    check(actor, Act.SEE_QUEUE, choices)
    async with desk.db.read() as tx:
        return await stored.open_of(tx, actor.guild)


async def to_decide(desk: Desk, actor: Actor, choices: Choices, which: ReportId) -> Report:
    """The report, whose point the actor may hide now. Raises Refusal."""
    check(actor, Act.HIDE_POINT, choices)
    async with desk.db.read() as tx:
        found = await _open(tx, actor, which)
        _point, critique = await _about(tx, found)
        if critique is not None:
            check_open(critique, Act.HIDE_POINT)
        return found


async def dismiss(desk: Desk, actor: Actor, choices: Choices, which: ReportId) -> Report:
    """Nothing is wrong: what the report holds is as it was. Such a point is to be read whole. Raises Refusal."""
    check(actor, Act.REFUSE, choices)
    async with desk.db.write() as tx:
        found = await _open(tx, actor, which)
        point, critique = await _about(tx, found)
        if critique is not None and point is not None:
            if point.status is PointStatus.REPORTED:
                check_open(critique, Act.HIDE_POINT)
            await cases.record(desk, tx, critique, actor, CaseAct.DISMISS, Why(), point)
            await _back(desk, tx, found, critique, point)
        else:
            await cases.record_about(desk, tx, actor, CaseAct.DISMISS, Why(), None, critique=found.critique)
        return await _decide(desk, tx, actor, which, ReportStatus.DISMISSED)


async def hide(desk: Desk, actor: Actor, choices: Choices, which: ReportId, why: Why) -> Report:
    """The point that was reported is hidden, and its author told why. Raises Refusal."""
    check(actor, Act.HIDE_POINT, choices)
    async with desk.db.write() as tx:
        found = await _open(tx, actor, which)
        point, critique = await _about(tx, found)
        if point is None or critique is None:
            raise Refusal(Code.STATE_CHANGED)
        check_open(critique, Act.HIDE_POINT)
        point = await _back(desk, tx, found, critique, point)
        if point.status not in _STANDING:
            raise Refusal(Code.STATE_CHANGED)
        await cases.record(desk, tx, critique, actor, CaseAct.HIDE, why, point)
        await states.take_out_of_sight(desk, tx, critique, point, PointStatus.HIDDEN)
        return await _decide(desk, tx, actor, which, ReportStatus.UPHELD)


async def hide_point(desk: Desk, actor: Actor, choices: Choices, point: Point, why: Why) -> Point:
    """Hides a point; where a report about it waits, that is decided with it. Raises Refusal."""
    which = await waiting_about(desk, actor, choices, point.id)
    if which is None:
        return await states.hide(desk, actor, choices, point.id, why)
    await hide(desk, actor, choices, which, why)
    return point


async def waiting_about(desk: Desk, actor: Actor, choices: Choices, point: PointId) -> ReportId | None:
    """The report about the point that waits. Raises Refusal."""
    found = await waiting(desk, actor, choices)
    return next((each.id for each in found if each.point == point), None)


async def _reportable(desk: Desk, tx: Tx, actor: Actor, choices: Choices, target: Target) -> _Reported:
    if choices.moderators_channel is None:
        raise Refusal(Code.NOBODY_TO_TELL)
    what = await _meant(tx, actor, target)
    check(actor, Act.REPORT, choices, own=what.author == actor.id)
    check_open(what.critique, Act.REPORT)
    if what.point is not None and what.point.status not in (*_STANDING, PointStatus.REPORTED):
        raise Refusal(Code.STATE_CHANGED)
    known = await stored.about(tx, None if what.point is None else what.point.id, target.message)
    if known is not None and await stored.has_said(tx, known.id, actor.id):
        raise Refusal(Code.REPORTED_ALREADY)
    if await stored.said_since(tx, actor.guild, actor.id, desk.clock() - timedelta(hours=1)) >= core.MOST_AN_HOUR:
        raise Refusal(Code.TOO_MANY_REPORTS, limit=core.MOST_AN_HOUR)
    return what


async def _meant(tx: Tx, actor: Actor, target: Target) -> _Reported:
    argued = await stored_arguments.shown_in(tx, target.message) if target.author is None else None
    if argued is not None:  # the bot posted it, and a member wrote it
        target = replace(target, author=argued.author)
    point = await _point_of(tx, target)
    if point is not None:
        critique = await stored_critiques.critique(tx, point.critique)
        if critique.guild != actor.guild:
            raise Refusal(Code.NOT_REPORTABLE)
        return _Reported(critique, point, point.author)
    under = await stored_points.by_thread(tx, target.channel)
    if under is not None:
        found = [await stored_critiques.critique(tx, under.critique)]
    else:
        found = await stored_lobbies.critiques_of(tx, target.channel, target.parent)
    its = [critique for critique in found if critique.guild == actor.guild]
    if not its or target.author is None:
        raise Refusal(Code.NOT_REPORTABLE)
    return _Reported(its[0], None, target.author)


async def _point_of(tx: Tx, target: Target) -> Point | None:
    """The point that the message shows, or that was typed in it; of what the bot says in a thread, the thread's."""
    which = await stored_additions.typed_in(tx, target.message)
    if which is not None:
        return await stored_points.point(tx, which)
    shown = await stored_points.by_message(tx, target.message)
    if shown is None and target.author is None and await stored_arguments.shown_in(tx, target.message) is None:
        return await stored_points.by_thread(tx, target.channel)
    return shown


async def _report_about(desk: Desk, tx: Tx, what: _Reported, target: Target) -> ReportId:
    known = await stored.about(tx, None if what.point is None else what.point.id, target.message)
    if known is not None:
        return known.id
    is_point = what.point is not None
    return await stored.save(
        tx,
        what.critique.guild,
        desk.clock(),
        critique=what.critique.id,
        point=None if what.point is None else what.point.id,
        channel=None if is_point else target.channel,
        message=None if is_point else target.message,
        author=what.author,
    )


async def _weigh(desk: Desk, tx: Tx, which: ReportId, what: _Reported) -> None:
    """Opens a decided report anew, and holds the addition, where there are enough voices."""
    enough = (await stored_servers.rules(tx, what.critique.guild)).reports
    found = await stored.find(tx, which)
    if found is not None and core.opens_anew(found, enough):
        await stored.save_reopened(tx, which)
        found = await stored.find(tx, which)
    point = what.point
    if found is None or point is None or not core.holds(found, enough):
        return
    if point.origin is Origin.ADDITION and point.status in _STANDING:
        await stored.save_hold(tx, which, point.status)
        await states.take_out_of_sight(desk, tx, what.critique, point, PointStatus.REPORTED)


async def _check_tip(desk: Desk, tx: Tx, actor: Actor, choices: Choices) -> None:
    check(actor, Act.TIP, choices)
    if choices.moderators_channel is None:
        raise Refusal(Code.NOBODY_TO_TELL)
    if await stored.said_since(tx, actor.guild, actor.id, desk.clock() - core.TIP_EVERY, tips=True):
        raise Refusal(Code.TIPPED_ALREADY, minutes=core.TIP_EVERY // timedelta(minutes=1))


async def _back(desk: Desk, tx: Tx, found: Report, critique: Critique, point: Point) -> Point:
    if point.status is not PointStatus.REPORTED:
        return point
    return await states.bring_back(desk, tx, critique, point, found.before or PointStatus.OPEN)


async def _about(tx: Tx, found: Report) -> tuple[Point | None, Critique | None]:
    point = None if found.point is None else await stored_points.point(tx, found.point)
    return point, None if found.critique is None else await stored_critiques.critique(tx, found.critique)


async def _decide(desk: Desk, tx: Tx, actor: Actor, which: ReportId, status: ReportStatus) -> Report:
    await stored.save_decision(tx, which, status, actor.id, desk.clock())
    found = await _known(tx, actor, which)
    await owe_shown(desk, tx, found)
    return found


async def owe_shown(desk: Desk, tx: Tx, report: Report) -> None:
    """The report has changed: the moderators' channel shows it."""
    channel = (await stored_servers.choices(tx, report.guild)).moderators_channel
    if channel is not None:
        await stored_deliveries.owe(tx, owed.show_report(report.guild, report.id, channel), desk.clock())


async def _open(tx: Tx, actor: Actor, which: ReportId) -> Report:
    found = await _known(tx, actor, which)
    if not found.is_open:
        raise Refusal(Code.REPORT_DECIDED)
    return found


async def _known(tx: Tx, actor: Actor, which: ReportId) -> Report:
    found = await stored.find(tx, which)
    if found is None or found.guild != actor.guild:
        raise Refusal(Code.REPORT_DECIDED)
    return found
