"""Who may what: one table. `docs/acts.md` prints it.

1. An administrator (who may manage the server) may do what a moderator may; a moderator, what a member may.
2. Where a server has named no moderators' role, its administrators are its moderators.
3. *Own* is what somebody wrote, or what concerns them: their point, their message, the case about it.
4. The bot's operator has the command line and the files; on a server, what their roles there give them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from bot.core.ids import GuildId, MemberId, RoleId


class Rank(IntEnum):
    """What somebody is on a server."""

    MEMBER = 0
    MODERATOR = 1
    ADMINISTRATOR = 2


class Act(StrEnum):
    """What somebody can ask of the bot."""

    VOTE_PRIVATELY = "vote-privately"
    FOLLOW = "follow"
    CATCH_UP = "catch-up"
    ADD_POINT = "add-point"
    ADD_MESSAGE = "add-message"
    EDIT_POINT = "edit-point"
    WITHDRAW_POINT = "withdraw-point"
    REPORT = "report"
    TIP = "tip"
    SEE_OWN_CASES = "see-own-cases"
    APPEAL = "appeal"
    SEE_LEDGER = "see-ledger"
    SEE_OWN_DATA = "see-own-data"
    ERASE_OWN_DATA = "erase-own-data"
    ANSWER_OFFICIALLY = "answer-officially"
    OPEN_CRITIQUE = "open-critique"
    LIST_CRITIQUES = "list-critiques"
    DISCARD_CRITIQUE = "discard-critique"
    CLOSE_CRITIQUE = "close-critique"
    REOPEN_CRITIQUE = "reopen-critique"
    LOCK_POINT = "lock-point"
    HIDE_POINT = "hide-point"
    MERGE_POINT = "merge-point"
    MOVE_POINT = "move-point"
    SLOW_THREAD = "slow-thread"
    SEE_QUEUE = "see-queue"
    APPROVE = "approve"
    REFUSE = "refuse"
    ANSWER_APPEAL = "answer-appeal"
    MUTE_MEMBER = "mute-member"
    EXCLUDE_VOTES = "exclude-votes"
    NOTE_MEMBER = "note-member"
    SEE_HISTORY = "see-history"
    NAME_AUTHOR = "name-author"
    SET_UP = "set-up"
    NAME_MODERATORS = "name-moderators"
    DIAGNOSE = "diagnose"
    SET_RETENTION = "set-retention"
    ARGUE = "argue"
    BACK_ARGUMENT = "back-argument"
    REMOVE_ARGUMENT = "remove-argument"


@dataclass(frozen=True, slots=True)
class Rule:
    """The least rank for an act on what is one's `own`, and on what is `others`'; None: nobody may.

    `closed`: in a closed critique too. `is_reminded`: a moderator who wrote the point or voted on it is told so.
    """

    own: Rank | None
    others: Rank | None
    closed: bool = False
    is_reminded: bool = False


def _from(rank: Rank, *, closed: bool = False, is_reminded: bool = False) -> Rule:
    return Rule(rank, rank, closed, is_reminded)


_MODERATORS = _from(Rank.MODERATOR)
_ALWAYS = _from(Rank.MODERATOR, closed=True)
_DECISION = _from(Rank.MODERATOR, is_reminded=True)

TABLE: Mapping[Act, Rule] = {
    Act.VOTE_PRIVATELY: _from(Rank.MEMBER),
    Act.FOLLOW: _from(Rank.MEMBER),
    Act.CATCH_UP: _from(Rank.MEMBER, closed=True),
    Act.ADD_POINT: _from(Rank.MEMBER),
    Act.ADD_MESSAGE: Rule(Rank.MEMBER, Rank.MODERATOR),
    Act.EDIT_POINT: Rule(Rank.MEMBER, Rank.MODERATOR, is_reminded=True),
    Act.WITHDRAW_POINT: Rule(Rank.MEMBER, Rank.MODERATOR, is_reminded=True),
    Act.REPORT: Rule(None, Rank.MEMBER),
    Act.TIP: _from(Rank.MEMBER, closed=True),
    Act.SEE_OWN_CASES: Rule(Rank.MEMBER, None, closed=True),
    Act.APPEAL: Rule(Rank.MEMBER, None, closed=True),
    Act.SEE_LEDGER: _from(Rank.MEMBER, closed=True),
    Act.SEE_OWN_DATA: Rule(Rank.MEMBER, None, closed=True),
    Act.ERASE_OWN_DATA: Rule(Rank.MEMBER, None, closed=True),
    Act.ANSWER_OFFICIALLY: Rule(Rank.MEMBER, None),
    Act.OPEN_CRITIQUE: _MODERATORS,
    Act.LIST_CRITIQUES: _ALWAYS,
    Act.DISCARD_CRITIQUE: _ALWAYS,
    Act.CLOSE_CRITIQUE: _MODERATORS,
    Act.REOPEN_CRITIQUE: _ALWAYS,
    Act.LOCK_POINT: _DECISION,
    Act.HIDE_POINT: _DECISION,
    Act.MERGE_POINT: _DECISION,
    Act.MOVE_POINT: _DECISION,
    Act.SLOW_THREAD: _MODERATORS,
    Act.SEE_QUEUE: _ALWAYS,
    Act.APPROVE: _DECISION,
    Act.REFUSE: _from(Rank.MODERATOR, closed=True, is_reminded=True),
    Act.ANSWER_APPEAL: _ALWAYS,
    Act.MUTE_MEMBER: _ALWAYS,
    Act.EXCLUDE_VOTES: _MODERATORS,
    Act.NOTE_MEMBER: _ALWAYS,
    Act.SEE_HISTORY: _ALWAYS,
    Act.NAME_AUTHOR: _MODERATORS,
    Act.SET_UP: _ALWAYS,
    Act.NAME_MODERATORS: _from(Rank.ADMINISTRATOR, closed=True),
    Act.DIAGNOSE: _ALWAYS,
    Act.SET_RETENTION: _from(Rank.ADMINISTRATOR, closed=True),
    Act.ARGUE: _from(Rank.MEMBER),
    Act.BACK_ARGUMENT: Rule(None, Rank.MEMBER),
    Act.REMOVE_ARGUMENT: Rule(Rank.MEMBER, Rank.MODERATOR),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """The member who acts, as Discord names them in the interaction itself."""

    id: MemberId
    guild: GuildId
    roles: frozenset[RoleId]
    administrator: bool = False
    joined_at: datetime | None = None


def rank(actor: Actor, moderator_roles: frozenset[RoleId]) -> Rank:
    """What `actor` is in a server whose moderators bear one of `moderator_roles`."""
    if actor.administrator:
        return Rank.ADMINISTRATOR
    return Rank.MODERATOR if actor.roles & moderator_roles else Rank.MEMBER


def needed(act: Act, *, own: bool = False) -> Rank | None:
    """The least rank for the act on what is one's own, or others'; None where nobody may."""
    rule = TABLE[act]
    return rule.own if own else rule.others


def allowed(actor: Actor, act: Act, moderator_roles: frozenset[RoleId], *, own: bool = False) -> bool:
    """Whether `actor` may do `act` in a server whose moderators bear one of `moderator_roles`."""
    least = needed(act, own=own)
    return least is not None and rank(actor, moderator_roles) >= least
