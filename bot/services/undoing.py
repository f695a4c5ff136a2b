"""Undoing what a moderator did, by the case that it made: whoever is a moderator then, and once.

1. An act is undone where it stands: nothing of its line came after it, and what it was done to is as it left it.
2. Undoing writes a case of its own, and whoever was told of the act is told of that.
"""

from dataclasses import dataclass

from bot.core.acts import Actor
from bot.core.asides import act_of, ends_with_appeal, line_of, offer
from bot.core.cases import Case, CaseAct, Why
from bot.core.ids import CaseId, CritiqueId, PointId
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices
from bot.services import merges, queue, states, withdrawals
from bot.services.critiques import check
from bot.services.desk import Desk
from bot.storage import cases as stored

_DONE = frozenset({Code.STATE_CHANGED, Code.DECIDED})


@dataclass(frozen=True, slots=True)
class _Undoing:
    desk: Desk
    actor: Actor
    choices: Choices

    async def of_point(self, act: CaseAct, which: PointId) -> None:
        match act:
            case CaseAct.HIDE:
                await states.restore(self.desk, self.actor, self.choices, which, Why())
            case CaseAct.LOCK:
                await states.unlock(self.desk, self.actor, self.choices, which)
            case CaseAct.REFUSE:
                await queue.take_back(self.desk, self.actor, self.choices, which)
            case CaseAct.WITHDRAW:
                await withdrawals.put_back(self.desk, self.actor, self.choices, which)
            case _:
                await merges.unmerge(self.desk, self.actor, self.choices, which, Why())

    async def of_critique(self, which: CritiqueId) -> None:
        await states.reopen(self.desk, self.actor, self.choices, which)


async def undo(desk: Desk, actor: Actor, choices: Choices, act: CaseAct, which: CaseId) -> Case:
    """Undoes the act of the case, and gives the case back. Raises Refusal.

    What was voted meanwhile on a point that is shown again, or in a critique that is open again, is to be read.
    """
    case = await _undoable(desk, actor, choices, act, which)
    undoing = _Undoing(desk, actor, choices)
    try:
        if case.point is not None:
            await undoing.of_point(case.act, case.point)
        elif case.critique is not None:
            await undoing.of_critique(case.critique)
    except Refusal as refusal:
        raise (Refusal(Code.UNDONE) if refusal.code in _DONE else refusal) from None
    return case


async def _undoable(desk: Desk, actor: Actor, choices: Choices, act: CaseAct, which: CaseId) -> Case:
    async with desk.db.read() as tx:
        case = await stored.find(tx, which)
        undo = None if case is None else offer(case)
        if case is None or undo is None or (case.guild, case.act) != (actor.guild, act):
            raise Refusal(Code.UNDONE)
        check(actor, act_of(act), choices)
        newest = await stored.newest_of(tx, case, line_of(act))
    if newest is None or newest.id != case.id:
        raise Refusal(Code.UNDONE)
    if case.appeal is not None and ends_with_appeal(act):
        raise Refusal(Code.UNDO_APPEALED)
    if undo.until is not None and desk.clock() > undo.until:
        raise Refusal(Code.UNDO_OVER)
    return case
