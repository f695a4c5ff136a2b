"""Who may what: one table.

1. An administrator (who may manage the server) may do what a moderator may; a moderator, what a member may.
2. Where a server has named no moderators' role, its administrators are its moderators.
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

    ADD_POINT = "add-point"
    ADD_FOR_AUTHOR = "add-for-author"
    OPEN_CRITIQUE = "open-critique"
    LIST_CRITIQUES = "list-critiques"
    DISCARD_CRITIQUE = "discard-critique"
    CLOSE_CRITIQUE = "close-critique"
    LOCK_POINT = "lock-point"
    HIDE_POINT = "hide-point"
    DECIDE = "decide"
    APPEAL = "appeal"
    ANSWER_APPEAL = "answer-appeal"
    SEE_LEDGER = "see-ledger"
    SET_UP = "set-up"
    NAME_MODERATORS = "name-moderators"
    DIAGNOSE = "diagnose"


NEEDS: Mapping[Act, Rank] = {
    Act.ADD_POINT: Rank.MEMBER,
    Act.ADD_FOR_AUTHOR: Rank.MODERATOR,
    Act.OPEN_CRITIQUE: Rank.MODERATOR,
    Act.LIST_CRITIQUES: Rank.MODERATOR,
    Act.DISCARD_CRITIQUE: Rank.MODERATOR,
    Act.CLOSE_CRITIQUE: Rank.MODERATOR,
    Act.LOCK_POINT: Rank.MODERATOR,
    Act.HIDE_POINT: Rank.MODERATOR,
    Act.DECIDE: Rank.MODERATOR,
    Act.APPEAL: Rank.MEMBER,
    Act.ANSWER_APPEAL: Rank.MODERATOR,
    Act.SEE_LEDGER: Rank.MEMBER,
    Act.SET_UP: Rank.MODERATOR,
    Act.NAME_MODERATORS: Rank.ADMINISTRATOR,
    Act.DIAGNOSE: Rank.MODERATOR,
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


def allowed(actor: Actor, act: Act, moderator_roles: frozenset[RoleId]) -> bool:
    """Whether `actor` may do `act` in a server whose moderators bear one of `moderator_roles`."""
    return rank(actor, moderator_roles) >= NEEDS[act]
