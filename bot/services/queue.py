"""The moderators' queue: additions that wait, decided by one moderator, once.

1. Approved, an addition is shown to members under the label that it has had since it was made.
2. Refused, its label stays taken, and it is shown to nobody but the moderators.
3. Nothing joins a closed list: what still waits there can be refused alone.
4. Two moderators at once make one decision; the second is told which.
5. Merged, an addition is approved and merged in one: its label stands, its text with it, and its votes count to the
   other point. Undoing the merge leaves a point of the list.
6. Its words may be changed while it waits, and its author muted; it waits all the same.
7. A refusal that is taken back leaves the addition waiting, as it was.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.core import points
from bot.core.acts import Act, Actor
from bot.core.cases import CaseAct, Why
from bot.core.critiques import Critique, CritiqueStatus
from bot.core.follows import What
from bot.core.ids import MemberId, PointId
from bot.core.moderation import Said, Standing
from bot.core.moderation.likeness import likeliest
from bot.core.points import Point, PointStatus
from bot.core.queue import QueuePage, in_order
from bot.core.queue import page as paged
from bot.core.refusals import Code, Refusal
from bot.core.revisions import LONGEST
from bot.core.servers import Choices
from bot.services import additions, cases, happenings, merges, mutes, reports, revisions
from bot.services.critiques import check, check_open
from bot.services.desk import Desk
from bot.services.points import already, known, named
from bot.storage import additions as stored_additions
from bot.storage import critiques as stored_critiques
from bot.storage import members as stored_members
from bot.storage import mutes as stored_mutes
from bot.storage import pages as stored_pages
from bot.storage import points as stored_points
from bot.storage import revisions as stored_revisions
from bot.storage.database import Tx

OFFERED = 25  # points to merge into: as many as a choice in Discord holds


async def waiting(desk: Desk, actor: Actor, choices: Choices) -> list[Point]:
    """The server's additions that wait, oldest first. Raises Refusal."""
    check(actor, Act.SEE_QUEUE, choices)
    async with desk.db.read() as tx:
        return await stored_points.held_of(tx, actor.guild)


async def wanted(desk: Desk, actor: Actor, choices: Choices, asked: str) -> Point:
    """The addition that waits and that `asked` means. Raises Refusal, which says if that was decided already."""
    found = await find(desk, actor, choices, asked)
    if found:
        return found[0]
    async with desk.db.read() as tx:
        for critique in await stored_critiques.open_of(tx, actor.guild):
            known = [point for point in await stored_points.of_critique(tx, critique.id) if point.decided_by]
            for point in named(known, asked) or points.find(known, asked):
                raise already(point, Code.DECIDED)
    raise Refusal(Code.NO_POINT, asked=asked)


async def page(desk: Desk, actor: Actor, choices: Choices, number: int) -> QueuePage:
    """A page of what waits, additions, appeals and reports, from 1. Raises Refusal."""
    appeals = await cases.unanswered(desk, actor, choices)
    reported = await reports.waiting(desk, actor, choices)
    found = paged(in_order(await waiting(desk, actor, choices), appeals, reported), number)
    async with desk.db.read() as tx:
        shown = [await stored_pages.of_target(tx, each.target) for each in found.items]
    items = (replace(each, page=next(iter(pages), None)) for each, pages in zip(found.items, shown, strict=True))
    return replace(found, items=tuple(items))


async def find(desk: Desk, actor: Actor, choices: Choices, asked: str) -> list[Point]:
    """The server's additions that wait and that `asked` may mean, best first. Raises Refusal."""
    held = await waiting(desk, actor, choices)
    return named(held, asked) or points.find(held, asked)


async def held(desk: Desk, actor: Actor, choices: Choices, which: PointId, act: Act) -> Point:
    """The addition, of which the actor may do that now. Raises Refusal."""
    check(actor, act, choices)
    async with desk.db.read() as tx:
        return (await _held(tx, actor, which))[0]


async def targets(desk: Desk, actor: Actor, choices: Choices, which: PointId) -> tuple[Point, list[Point]]:
    """The addition, and the points that it may say again, the likeliest first. Raises Refusal."""
    check(actor, Act.MERGE_POINT, choices)
    async with desk.db.read() as tx:
        point, critique = await _held(tx, actor, which)
        check_open(critique, Act.MERGE_POINT)
        standing = {one.id: one for one in await _mergeable(tx, critique)}
    said = [Said(one.id, one.name, one.author, one.title, one.text, len(one.text)) for one in standing.values()]
    return point, [standing[one.id] for one in likeliest(point.text, said, OFFERED)]


async def to_reword(desk: Desk, actor: Actor, choices: Choices, which: PointId) -> tuple[Point, int]:
    """The addition whose words the actor may change, and how often they were changed. Raises Refusal."""
    async with desk.db.read() as tx:
        point, _critique = await _rewordable(tx, actor, choices, which)
        return point, await stored_revisions.count(tx, which)


async def approve(desk: Desk, actor: Actor, choices: Choices, which: PointId) -> tuple[Point, Critique]:
    """The addition joins the list. Raises Refusal."""
    check(actor, Act.APPROVE, choices)
    async with desk.db.write() as tx:
        return await _decide(desk, tx, actor, which, PointStatus.OPEN, Why())


async def refuse(desk: Desk, actor: Actor, choices: Choices, which: PointId, why: Why) -> tuple[Point, Critique]:
    """The addition does not join the list, and its author is told why. Raises Refusal."""
    check(actor, Act.REFUSE, choices)
    async with desk.db.write() as tx:
        return await _decide(desk, tx, actor, which, PointStatus.REFUSED, why)


async def merge(
    desk: Desk, actor: Actor, choices: Choices, which: PointId, asked: str, why: Why
) -> tuple[Point, Critique]:
    """The addition joins the list, merged into the point that is `asked` for. Raises Refusal."""
    check(actor, Act.APPROVE, choices)
    check(actor, Act.MERGE_POINT, choices)
    async with desk.db.write() as tx:
        _point, critique = await _held(tx, actor, which)
        check_open(critique, Act.MERGE_POINT)
        target = _asked_for(await _mergeable(tx, critique), asked)
        await stored_points.save_decision(tx, which, PointStatus.OPEN, actor.id)
        approved = await stored_points.point(tx, which)
        merged = await merges.join(desk, tx, actor, critique, approved, target, why)
        await _owe_decided(desk, tx, critique, merged)
        return merged, critique


async def reword(
    desk: Desk, actor: Actor, choices: Choices, which: PointId, title: str, text: str, *, edition: int
) -> tuple[Point, Critique, Standing | None]:
    """Changes the addition's words; it waits all the same. Raises Refusal."""
    async with desk.db.write() as tx:
        point, critique = await _rewordable(tx, actor, choices, which)
        if await stored_revisions.count(tx, which) != edition:
            raise Refusal(Code.EDITED_MEANWHILE, label=point.name)
        title, text = revisions.worded(title, text)
        if (title, text) != (point.title, point.text):
            await revisions.save(desk, tx, actor, critique, point, title, text, asks=False)
            await additions.owe_held(desk, tx, critique, point)
        changed = await stored_points.point(tx, which)
        return changed, critique, await standing(desk, tx, changed, critique)


async def mute_author(
    desk: Desk, actor: Actor, choices: Choices, which: PointId, span: timedelta | None, why: Why
) -> tuple[Point, Critique, Standing | None]:
    """Mutes whoever wrote the addition, which waits all the same. Raises Refusal."""
    check(actor, Act.MUTE_MEMBER, choices)
    async with desk.db.write() as tx:
        point, critique = await _held(tx, actor, which)
        if point.author is None:
            raise Refusal(Code.NOBODY_TO_MUTE)
        await mutes.mute_once(desk, tx, actor, point.author, span, why)
        return point, critique, await standing(desk, tx, point, critique)


async def standing(desk: Desk, tx: Tx, point: Point, critique: Critique) -> Standing | None:
    """What moderators see of whoever wrote the addition; None where nobody has written it here."""
    if point.author is None:
        return None
    known = await stored_members.standing(tx, critique.guild, point.author, None, point.created_at)
    mute = await stored_mutes.of(tx, critique.guild, point.author, desk.clock())
    return known if mute is None else replace(known, muted_until=mute.until)


async def take_back(desk: Desk, actor: Actor, choices: Choices, which: PointId) -> Point:
    """A refused addition waits again, and its author is told. Raises Refusal."""
    check(actor, Act.REFUSE, choices)
    async with desk.db.write() as tx:
        point, critique = await known(tx, actor.guild, which)
        if point.status is not PointStatus.REFUSED:
            raise Refusal(Code.DECIDED)
        await cases.record(desk, tx, critique, actor, CaseAct.UNREFUSE, Why(), point)
        return await _save(desk, tx, None, critique, point, PointStatus.HELD)


async def accept_after_all(desk: Desk, tx: Tx, actor: Actor, which: PointId) -> None:
    """A refused addition joins the list: its author's appeal was granted. Raises Refusal."""
    point = await stored_points.point(tx, which)
    critique = await stored_critiques.critique(tx, point.critique)
    if point.status is not PointStatus.REFUSED or critique.status is not CritiqueStatus.OPEN:
        raise Refusal(Code.CANNOT_GRANT)
    await _save(desk, tx, actor.id, critique, point, PointStatus.OPEN)


async def _held(tx: Tx, actor: Actor, which: PointId) -> tuple[Point, Critique]:
    point, critique = await known(tx, actor.guild, which)
    if not point.is_held:
        raise already(point, Code.DECIDED)
    return point, critique


async def _rewordable(tx: Tx, actor: Actor, choices: Choices, which: PointId) -> tuple[Point, Critique]:
    check(actor, Act.SEE_QUEUE, choices)
    point, critique = await _held(tx, actor, which)
    check(actor, Act.EDIT_POINT, choices, own=revisions.is_own(actor, point))
    check_open(critique, Act.EDIT_POINT)
    if len(point.text) > LONGEST:
        raise Refusal(Code.TOO_LONG_TO_EDIT, label=point.name, size=len(point.text), limit=LONGEST)
    return point, critique


async def _mergeable(tx: Tx, critique: Critique) -> list[Point]:
    known = await stored_points.of_critique(tx, critique.id)
    return [point for point in known if point.status in merges.STANDING and point.into is None]


def _asked_for(known: Sequence[Point], asked: str) -> Point:
    if not asked.strip():
        raise Refusal(Code.NO_TARGET)
    found = named(known, asked) or points.find(known, asked)
    if not found:
        raise Refusal(Code.NO_POINT, asked=asked)
    return found[0]


async def _decide(
    desk: Desk, tx: Tx, actor: Actor, which: PointId, status: PointStatus, why: Why
) -> tuple[Point, Critique]:
    point, critique = await _held(tx, actor, which)
    if status is PointStatus.OPEN and critique.status is not CritiqueStatus.OPEN:
        raise Refusal(Code.CRITIQUE_CLOSED)
    act = CaseAct.APPROVE if status is PointStatus.OPEN else CaseAct.REFUSE
    await cases.record(desk, tx, critique, actor, act, why, point)
    return await _save(desk, tx, actor.id, critique, point, status), critique


async def _save(
    desk: Desk, tx: Tx, by: MemberId | None, critique: Critique, point: Point, status: PointStatus
) -> Point:
    await stored_points.save_decision(tx, point.id, status, by)
    decided = await stored_points.point(tx, point.id)
    await _owe_decided(desk, tx, critique, decided)
    return decided


async def _owe_decided(desk: Desk, tx: Tx, critique: Critique, decided: Point) -> None:
    await additions.owe_held(desk, tx, critique, decided)
    if decided.is_listed:
        await additions.owe_shown(desk, tx, critique, decided)
        await happenings.happened(desk, tx, decided, What.POINT, decided.author)
    await additions.owe_remarks(desk, tx, critique, decided.id, await stored_additions.messages_of(tx, decided.id))
