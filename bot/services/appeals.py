"""Appeals answered: the answer and, where it is granted, the undoing of the act are one transaction.

Only the very act is undone that was appealed against: one that was undone before, or done anew, can be answered alone.
"""

from bot.core.acts import Act, Actor
from bot.core.asides import line_of
from bot.core.cases import Case, CaseAct, Why
from bot.core.critiques import CritiqueStatus
from bot.core.ids import CaseId, PointId
from bot.core.points import PointStatus
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices
from bot.services import cases, exclusions, followups, merges, mutes, queue, states
from bot.services.critiques import check
from bot.services.desk import Desk
from bot.storage import cases as stored_cases
from bot.storage import critiques as stored_critiques
from bot.storage import points as stored_points
from bot.storage.database import Tx

_LEFT = {CaseAct.HIDE: PointStatus.HIDDEN, CaseAct.WITHDRAW: PointStatus.WITHDRAWN}  # as the act has left the point


async def answer(desk: Desk, actor: Actor, choices: Choices, which: CaseId, text: str, *, granted: bool) -> Case:
    """Closes an appeal with a written answer, and undoes the act where it is granted. Raises Refusal."""
    check(actor, Act.ANSWER_APPEAL, choices)
    async with desk.db.write() as tx:
        case = await cases.save_answer(desk, tx, actor, which, text, granted=granted)
        if granted and case.act.is_about_a_member:
            await _lift(desk, tx, actor, case)
        elif granted and case.act is CaseAct.UNARGUE:
            await followups.restore(desk, tx, case)
        elif granted and case.point is not None:
            await _check_last(tx, case)
            await _undo(desk, tx, actor, case.act, case.point)
        return case


async def _check_last(tx: Tx, case: Case) -> None:
    """Raises Refusal where the act was undone, or done anew: what stands then is another case's."""
    newest = await stored_cases.newest_of(tx, case, line_of(case.act))
    if newest is None or newest.id != case.id:
        raise Refusal(Code.CANNOT_GRANT)


async def _lift(desk: Desk, tx: Tx, actor: Actor, case: Case) -> None:
    try:
        if case.act is CaseAct.EXCLUDE:
            await exclusions.lift_case(desk, tx, actor, case, Why())
        else:
            await mutes.lift_case(desk, tx, actor, case, Why())
    except Refusal:
        raise Refusal(Code.CANNOT_GRANT) from None


async def _undo(desk: Desk, tx: Tx, actor: Actor, act: CaseAct, which: PointId) -> None:
    if act is CaseAct.REFUSE:
        await queue.accept_after_all(desk, tx, actor, which)
        return
    point = await stored_points.point(tx, which)
    critique = await stored_critiques.critique(tx, point.critique)
    if act is CaseAct.MERGE:
        await merges.undo(desk, tx, critique, point)
        return
    if point.status is not _LEFT[act] or critique.status is not CritiqueStatus.OPEN:
        raise Refusal(Code.CANNOT_GRANT)
    await states.show_again(desk, tx, critique, point, act)
