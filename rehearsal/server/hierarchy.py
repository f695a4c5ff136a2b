"""Promises who stands above whom on a guild (docs: topics/permissions#permission-hierarchy).

Rules:
1. Somebody's rank is their highest role; of two roles in the same position the one with the lower id is higher.
2. The owner stands above everybody, and nobody above the owner.
"""

from rehearsal.server.model import Guild, Role

Rank = tuple[float, int]
_OWNER: Rank = (float("inf"), 0)


def rank(guild: Guild, user_id: int) -> Rank:
    """How high a user stands; one who is not a member stands with @everyone."""
    if user_id == guild.owner_id:
        return _OWNER
    member = guild.members.get(user_id)
    roles = [guild.id, *(member.roles if member else ())]
    return max(_rank_of(guild.roles[each]) for each in roles)


def over_role(guild: Guild, user_id: int, role: Role) -> bool:
    """Whether the user stands above this role."""
    return rank(guild, user_id) > _rank_of(role)


def over_user(guild: Guild, user_id: int, other_id: int) -> bool:
    """Whether the user stands above this other one."""
    return rank(guild, user_id) > rank(guild, other_id)


def _rank_of(role: Role) -> Rank:
    return role.position, -role.id
