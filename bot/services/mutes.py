"""Muting: a member adds nothing for a time. Their votes count, they may appeal, and it ends by itself."""

from datetime import timedelta

from bot.core.acts import Act, Actor
from bot.core.cases import Case, CaseAct, CaseReason, Why
from bot.core.ids import CaseId, MemberId
from bot.core.mutes import LONGEST, Mute
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices
from bot.services import additions, cases
from bot.services.critiques import check as check_act
from bot.services.desk import Desk
from bot.storage import cases as stored_cases
from bot.storage import critiques as stored_critiques
from bot.storage import marks as stored_marks
from bot.storage import mutes as stored
from bot.storage import points as stored_points
from bot.storage.database import Tx


async def mute(desk: Desk, actor: Actor, choices: Choices, member: MemberId, span: timedelta | None, why: Why) -> Case:
    """Mutes the member for so long, in place of a mute before. Raises Refusal."""
    check_act(actor, Act.MUTE_MEMBER, choices, own=member == actor.id)
    async with desk.db.write() as tx:
        return await _save(desk, tx, actor, member, span, why)


async def mute_once(desk: Desk, tx: Tx, actor: Actor, member: MemberId, span: timedelta | None, why: Why) -> Case:
    """The same in the caller's transaction, unless another moderator has muted the member. Raises Refusal."""
    found = await stored.of(tx, actor.guild, member, desk.clock())
    if found is not None:
        raise Refusal(Code.MUTED_ALREADY, until=int(found.until.timestamp()))
    return await _save(desk, tx, actor, member, span, why)


async def unmute(desk: Desk, actor: Actor, choices: Choices, member: MemberId, why: Why) -> Case:
    """Ends the member's mute now. Raises Refusal."""
    check_act(actor, Act.MUTE_MEMBER, choices, own=member == actor.id)
    async with desk.db.write() as tx:
        found = await stored.of(tx, actor.guild, member, desk.clock())
        return await _lift(desk, tx, actor, found, member, why)


async def lift_case(desk: Desk, tx: Tx, actor: Actor, case: Case, why: Why) -> Case:
    """Ends the mute of that case, in the caller's transaction. Raises Refusal where it is over, or another's."""
    found = None
    if case.member is not None:
        found = await stored.of(tx, actor.guild, case.member, desk.clock())
    ours = found if found is not None and found.case == case.id else None
    return await _lift(desk, tx, actor, ours, case.member, why)


async def check(desk: Desk, tx: Tx, actor: Actor) -> None:
    """Raises Refusal, which says until when and why, where the actor is muted."""
    found = await stored.of(tx, actor.guild, actor.id, desk.clock())
    if found is not None:
        why = found.why.words or found.why.reason or CaseReason.OTHER
        raise Refusal(Code.MUTED, until=int(found.until.timestamp()), why=why)


async def _save(desk: Desk, tx: Tx, actor: Actor, member: MemberId, span: timedelta | None, why: Why) -> Case:
    if span is None or span > LONGEST:
        raise Refusal(Code.NO_SPAN)
    until = desk.clock() + span
    case = await cases.record_about(desk, tx, actor, CaseAct.MUTE, why, member, until=until)
    await stored.save(tx, actor.guild, await stored_marks.made(tx, member), until, case)
    await _show(desk, tx, actor, member)
    return await _known(tx, case)


async def _show(desk: Desk, tx: Tx, actor: Actor, member: MemberId) -> None:
    """What waits of the member's says whether they are muted."""
    for point in await stored_points.held_of(tx, actor.guild):
        if point.author == member:
            await additions.owe_held(desk, tx, await stored_critiques.critique(tx, point.critique), point)


async def _lift(desk: Desk, tx: Tx, actor: Actor, found: Mute | None, member: MemberId | None, why: Why) -> Case:
    if found is None:
        raise Refusal(Code.NOT_MUTED)
    await stored.drop(tx, actor.guild, found.case)
    if member is not None:
        await _show(desk, tx, actor, member)
    return await _known(tx, await cases.record_about(desk, tx, actor, CaseAct.UNMUTE, why, member))


async def _known(tx: Tx, which: CaseId) -> Case:
    found = await stored_cases.find(tx, which)
    if found is None:
        raise Refusal(Code.NO_CASE)
    return found
