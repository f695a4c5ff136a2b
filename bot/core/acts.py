"""Who may what."""

from dataclasses import dataclass
from enum import StrEnum

from bot.core.ids import GuildId, MemberId, RoleId


class Act(StrEnum):
    """What somebody can ask of the bot."""

    OPEN_CRITIQUE = "open-critique"
    READ = "read"


@dataclass(frozen=True, slots=True)
class Actor:
    """The member who acts, as Discord names them in the interaction itself."""

    id: MemberId
    guild: GuildId
    roles: frozenset[RoleId]
    administrator: bool = False


def allowed(actor: Actor, act: Act, moderator_roles: frozenset[RoleId]) -> bool:
    """Whether `actor` may do `act` in a server whose moderators bear one of `moderator_roles`."""
    if act is Act.READ:
        return True
    return actor.administrator or bool(actor.roles & moderator_roles)
