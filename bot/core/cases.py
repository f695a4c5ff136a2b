"""Cases: the record of each act of a moderator, its reason, and the one appeal against it.

1. A case says what was done, to what, why and when. Who did it is stored and shown as a role alone.
2. Whoever the act concerns is told once, and may appeal once. A written answer closes the appeal.
3. An answer that grants the appeal undoes the act where it can be undone.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.ids import CaseId, CritiqueId, GuildId, MemberId, PointId
from bot.core.points import Moved

LONGEST_WORDS = 500  # characters of a moderator's own words
LONGEST_APPEAL = 1_000
LONGEST_ANSWER = 1_000


class CaseAct(StrEnum):
    """What a moderator did."""

    APPROVE = "approve"
    REFUSE = "refuse"
    HIDE = "hide"
    RESTORE = "restore"
    WITHDRAW = "withdraw"
    LOCK = "lock"
    UNLOCK = "unlock"
    CLOSE = "close"
    REOPEN = "reopen"
    EXCLUDE = "exclude"
    INCLUDE = "include"
    MUTE = "mute"
    UNMUTE = "unmute"
    MERGE = "merge"
    UNMERGE = "unmerge"
    REWORD = "reword"
    NAME_AUTHOR = "name-author"
    UNREFUSE = "unrefuse"
    SLOW = "slow"
    UNSLOW = "unslow"
    MOVE = "move"
    DISMISS = "dismiss"
    UNARGUE = "unargue"
    SIDE = "side"

    @property
    def is_told(self) -> bool:
        """Whether whoever it concerns is told; what else is done to a point can be seen at the point."""
        return self in _TOLD or self.is_about_a_member

    @property
    def is_open_to_appeal(self) -> bool:
        """Whether whoever it concerns may appeal."""
        return self in _OPEN_TO_APPEAL

    @property
    def is_about_a_member(self) -> bool:
        """Whether it is done to a member, or to votes, and not to a point."""
        return self in (CaseAct.EXCLUDE, CaseAct.INCLUDE, CaseAct.MUTE, CaseAct.UNMUTE)


_TOLD = frozenset(
    {
        CaseAct.REFUSE,
        CaseAct.HIDE,
        CaseAct.RESTORE,
        CaseAct.WITHDRAW,
        CaseAct.MERGE,
        CaseAct.UNMERGE,
        CaseAct.REWORD,
        CaseAct.UNREFUSE,
        CaseAct.MOVE,
        CaseAct.UNARGUE,
    }
)
_OPEN_TO_APPEAL = frozenset(
    {CaseAct.REFUSE, CaseAct.HIDE, CaseAct.WITHDRAW, CaseAct.MERGE, CaseAct.EXCLUDE, CaseAct.MUTE, CaseAct.UNARGUE}
)


class CaseReason(StrEnum):
    """Why: the reasons that are counted."""

    OFF_TOPIC = "off-topic"
    NOT_A_POINT = "not-a-point"
    DUPLICATE = "duplicate"
    UNKIND = "unkind"
    SPAM = "spam"
    PERSONAL = "personal"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Why:
    """A moderator's reason, and words to go with it, which may be empty."""

    reason: CaseReason | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Appeal:
    """What whoever the act concerns says against it. `granted` is None until it is answered."""

    text: str
    at: datetime
    answer: str = ""
    answered_at: datetime | None = None
    granted: bool | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A case as stored. `label` and `text` are its point's, `title` is its critique's, where it is about one.

    `votes` is how many votes it took out of the figures or brought back; `until` is when it ends by itself; `moved` is
    where its point is now, where that was moved.

    `member` is who it concerns, and `told` whether they have been told all there is to tell.
    """

    id: CaseId
    guild: GuildId
    act: CaseAct
    why: Why
    at: datetime
    by: MemberId
    member: MemberId | None
    critique: CritiqueId | None
    title: str
    point: PointId | None = None
    label: str = ""
    text: str = ""
    appeal: Appeal | None = None
    told: bool = False
    votes: int | None = None
    until: datetime | None = None
    moved: Moved | None = None

    @property
    def may_appeal(self) -> bool:
        """Whether whoever it concerns may still appeal."""
        return self.act.is_open_to_appeal and self.member is not None and self.appeal is None


@dataclass(frozen=True, slots=True)
class Ledger:
    """What everybody may know: how often each act was done for each reason, and how appeals went. No names."""

    acts: tuple[tuple[CaseAct, CaseReason | None, int], ...]
    appeals: int
    granted: int
    waiting: int
    half_answered_within: timedelta | None

    @property
    def cases(self) -> int:
        """Cases in all."""
        return sum(count for _, _, count in self.acts)


def ledger(cases: Iterable[Case]) -> Ledger:
    """The public part of the cases, the commonest first; half of the appeals were answered within the time given."""
    known = list(cases)
    counted = Counter((case.act, case.why.reason) for case in known)
    appeals = [case.appeal for case in known if case.appeal is not None]
    took = sorted(appeal.answered_at - appeal.at for appeal in appeals if appeal.answered_at is not None)
    return Ledger(
        acts=tuple((act, reason, count) for (act, reason), count in counted.most_common()),
        appeals=len(appeals),
        granted=sum(appeal.granted is True for appeal in appeals),
        waiting=sum(appeal.granted is None for appeal in appeals),
        half_answered_within=took[(len(took) - 1) // 2] if took else None,
    )
