"""Promises what a member may do where, computed as Discord documents it.

docs: topics/permissions. Rules:
1. The owner and administrators may do everything.
2. Base permissions are @everyone's with all the member's roles'; a channel's overwrites then apply in the order
   @everyone, roles together, member.
3. A thread has its parent's permissions.
4. Without VIEW_CHANNEL a member has nothing else in a channel; without SEND_MESSAGES (in a
   thread SEND_MESSAGES_IN_THREADS) nothing that goes with a message.
5. A member in time-out keeps VIEW_CHANNEL and READ_MESSAGE_HISTORY only.
"""

from enum import IntFlag

from rehearsal.server import clock
from rehearsal.server.model import Channel, Guild


class Permission(IntFlag):
    CREATE_INSTANT_INVITE = 1 << 0
    KICK_MEMBERS = 1 << 1
    BAN_MEMBERS = 1 << 2
    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_AUDIT_LOG = 1 << 7
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    SEND_TTS_MESSAGES = 1 << 12
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    CHANGE_NICKNAME = 1 << 26
    MANAGE_NICKNAMES = 1 << 27
    MANAGE_ROLES = 1 << 28
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38
    MODERATE_MEMBERS = 1 << 40
    PIN_MESSAGES = 1 << 51
    BYPASS_SLOWMODE = 1 << 52


ALL = (1 << 53) - 1
TIMED_OUT = Permission.VIEW_CHANNEL | Permission.READ_MESSAGE_HISTORY
_WITH_A_MESSAGE = (
    Permission.SEND_TTS_MESSAGES | Permission.EMBED_LINKS | Permission.ATTACH_FILES | Permission.MENTION_EVERYONE
)

EVERYONE = (
    Permission.CREATE_INSTANT_INVITE
    | Permission.ADD_REACTIONS
    | Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.CHANGE_NICKNAME
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.CREATE_PUBLIC_THREADS
    | Permission.SEND_MESSAGES_IN_THREADS
)
MODERATORS = Permission.MANAGE_MESSAGES | Permission.MANAGE_THREADS
BOT = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.SEND_MESSAGES_IN_THREADS
    | Permission.CREATE_PUBLIC_THREADS
    | Permission.MANAGE_THREADS
    | Permission.MANAGE_MESSAGES
    | Permission.PIN_MESSAGES
    | Permission.ADD_REACTIONS
    | Permission.READ_MESSAGE_HISTORY
    | Permission.ATTACH_FILES
    | Permission.EMBED_LINKS
    | Permission.USE_APPLICATION_COMMANDS
)
# In a direct message both sides may do what needs no server.
DIRECT = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.ADD_REACTIONS
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.PIN_MESSAGES
    | Permission.USE_APPLICATION_COMMANDS
)


def base(guild: Guild, user_id: int) -> int:
    """What the roles alone give; nothing to somebody who is not a member."""
    member = guild.members.get(user_id)
    if member is None:
        return 0
    if guild.owner_id == user_id:
        return ALL
    granted = guild.roles[guild.id].permissions
    for role_id in member.roles:
        granted |= guild.roles[role_id].permissions
    return ALL if granted & Permission.ADMINISTRATOR else granted


def within(guild: Guild, user_id: int, channel: Channel, thread: bool = False) -> int:
    """What the member may do in this channel, or in a thread of it."""
    granted = base(guild, user_id)
    if granted == ALL or user_id not in guild.members:
        return granted
    granted = _overwritten(granted, guild, user_id, channel)
    if not granted & Permission.VIEW_CHANNEL:
        return 0
    speaking = Permission.SEND_MESSAGES_IN_THREADS if thread else Permission.SEND_MESSAGES
    if not granted & speaking:
        granted &= ~_WITH_A_MESSAGE
    return granted


def _overwritten(granted: int, guild: Guild, user_id: int, channel: Channel) -> int:
    everyone = channel.overwrites.get(guild.id)
    if everyone:
        granted = granted & ~everyone.deny | everyone.allow
    allow = deny = 0
    for role_id in guild.members[user_id].roles:
        if overwrite := channel.overwrites.get(role_id):
            allow |= overwrite.allow
            deny |= overwrite.deny
    granted = granted & ~deny | allow
    if own := channel.overwrites.get(user_id):
        granted = granted & ~own.deny | own.allow
    return granted


def timed_out(guild: Guild, user_id: int, now: float) -> bool:
    member = guild.members.get(user_id)
    until = clock.parse(member.timed_out_until) if member and member.timed_out_until else None
    return until is not None and until.timestamp() > now
