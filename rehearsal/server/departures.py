"""Promises what happens when somebody leaves a guild, of their own accord or not.

docs: events/gateway-events#guild-member-remove, #guild-delete (without `unavailable`), #guild-role-delete. A bot takes
along the role that came with it.
"""

from rehearsal.server.model import Guild
from rehearsal.server.stage import Stage


def leave(stage: Stage, guild: Guild, user_id: int) -> None:
    """The member goes; the guild and they are told."""
    world = stage.world
    del guild.members[user_id]
    for role in [each for each in guild.roles.values() if each.bot_id == user_id]:
        drop_role(stage, guild, role.id)
    world.save(guild)
    world.forget_permissions()
    stage.events.member_removed(guild.id, user_id)


def drop_role(stage: Stage, guild: Guild, role_id: int) -> None:
    """The role goes from the guild, its members and the channels' overwrites; the guild is told."""
    world = stage.world
    del guild.roles[role_id]
    for member in guild.members.values():
        member.roles = [each for each in member.roles if each != role_id]
    for channel in world.channels_of(guild.id):
        if channel.overwrites.pop(role_id, None):
            world.save(channel)
    world.save(guild)
    world.forget_permissions()
    stage.events.role_deleted(guild.id, role_id)
