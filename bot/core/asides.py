"""Asides: what a moderator is told beside the answer to what they did.

1. Whoever wrote a point, voted on it or decided the same about it before may decide on it, and is reminded of that.
2. What can be undone is offered to be undone, as the case that it made. A refusal and a withdrawal can be for ten
   minutes and while nobody has appealed, a merge for seven days, all else for as long as nothing came after it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core import merges
from bot.core.acts import TABLE, Act
from bot.core.cases import Case, CaseAct
from bot.core.ids import CaseId

UNDO_WITHIN = timedelta(minutes=10)

_OF: Mapping[CaseAct, Act] = {
    CaseAct.APPROVE: Act.APPROVE,
    CaseAct.REFUSE: Act.REFUSE,
    CaseAct.HIDE: Act.HIDE_POINT,
    CaseAct.RESTORE: Act.HIDE_POINT,
    CaseAct.DISMISS: Act.REFUSE,
    CaseAct.WITHDRAW: Act.WITHDRAW_POINT,
    CaseAct.LOCK: Act.LOCK_POINT,
    CaseAct.UNLOCK: Act.LOCK_POINT,
    CaseAct.CLOSE: Act.CLOSE_CRITIQUE,
    CaseAct.MERGE: Act.MERGE_POINT,
    CaseAct.UNMERGE: Act.MERGE_POINT,
    CaseAct.REWORD: Act.EDIT_POINT,
    CaseAct.MOVE: Act.MOVE_POINT,
}
# What undoes each act that can be undone, and whatever else comes after it where it stands no more.
_AFTER: Mapping[CaseAct, tuple[CaseAct, ...]] = {
    CaseAct.HIDE: (CaseAct.RESTORE,),
    CaseAct.LOCK: (CaseAct.UNLOCK,),
    CaseAct.CLOSE: (CaseAct.REOPEN,),
    CaseAct.REFUSE: (CaseAct.UNREFUSE, CaseAct.APPROVE),
    CaseAct.WITHDRAW: (CaseAct.RESTORE,),
    CaseAct.MERGE: (CaseAct.UNMERGE,),
}
_WITHIN: Mapping[CaseAct, timedelta] = {
    CaseAct.REFUSE: UNDO_WITHIN,
    CaseAct.WITHDRAW: UNDO_WITHIN,
    CaseAct.MERGE: merges.UNDO_WITHIN,
}


class Stake(StrEnum):
    """What somebody has to do with a point, beside deciding on it."""

    WROTE = "wrote"
    VOTED = "voted"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Undo:
    """What can be undone, and until when where that is not for good."""

    case: CaseId
    act: CaseAct
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Aside:
    """What a moderator is told beside the answer."""

    stakes: tuple[Stake, ...] = ()
    undo: Undo | None = None


NOTHING = Aside()


def act_of(done: CaseAct) -> Act:
    """What somebody must be allowed to do it, or to undo it."""
    return _OF[done]


def is_reminded(done: CaseAct) -> bool:
    """Whether a moderator who did it is reminded of their stakes."""
    return done in _OF and TABLE[_OF[done]].is_reminded


def offer(case: Case) -> Undo | None:
    """How the act can be undone; None where it cannot be."""
    if case.act not in _AFTER:
        return None
    within = _WITHIN.get(case.act)
    return Undo(case.id, case.act, None if within is None else case.at + within)


def ends_with_appeal(done: CaseAct) -> bool:
    """Whether an appeal ends the time for undoing it: it is for the answer to say what becomes of it."""
    return _WITHIN.get(done) == UNDO_WITHIN


def line_of(done: CaseAct) -> tuple[CaseAct, ...]:
    """The acts of which the newest says how things stand: it, what undoes it and what else may come after it."""
    return (done, *_AFTER[done])
