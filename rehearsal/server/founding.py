"""Promises the Discord every rehearsal begins with, and what a guild is made of.

One guild, "Rehearsal". @everyone has what a new server gives; "Moderators" add MANAGE_MESSAGES and MANAGE_THREADS;
the bot's own role has exactly `permissions.BOT`. Text channels: general, critique (or a forum of that name), and
moderators, which @everyone does not see. One member has the role Moderators, the others none.
"""

import base64
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from rehearsal.server import audit, names, permissions
from rehearsal.server.audit import Action
from rehearsal.server.model import Channel, ChannelKind, ForumState, Guild, GuildMember, Overwrite, Role, User
from rehearsal.server.world import World

_ACCOUNT_AGE = timedelta(days=365)

BOT_NAME = "point-eleven"


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the guild, as a driver plays them."""

    id: int
    name: str
    token: str
    roles: list[str]


def found(world: World, members: int, seed: int, home: str = "text") -> None:
    """Makes the default server in an empty world; `home` says what the channel "critique" is."""
    random = Random(seed)  # noqa: S311 - invented people, the same for the same seed
    taken: set[str] = set()
    world.facts = {"seed": seed, "portal": {"members": True, "presences": True, "message_content": True}}
    owner = add_user(world, random, *names.invent(random, taken))
    bot = add_user(world, random, BOT_NAME, BOT_NAME, bot=True)
    guild = Guild(world.ids.next(), "Rehearsal", owner.id)
    world.guilds[guild.id] = guild
    guild.roles[guild.id] = Role(guild.id, "@everyone", int(permissions.EVERYONE), 0)
    moderators = add_role(world, guild, "Moderators", int(permissions.MODERATORS), mentionable=True)
    own = add_role(world, guild, BOT_NAME, int(permissions.BOT), managed=True, bot_id=bot.id)
    for user, roles in ((owner, []), (bot, [own.id])):
        guild.members[user.id] = GuildMember(user.id, world.stamp(), roles)
    for place, name in enumerate(("general", "critique", "moderators")):
        add_channel(world, guild, name, place, forum=home == "forum" and name == "critique")
    guild.system_channel_id = next(iter(world.channels))
    audit.note(world, Action.BOT_ADD, guild.id, bot.id, owner.id)
    hidden = next(each for each in world.channels.values() if each.name == "moderators")
    view = int(permissions.Permission.VIEW_CHANNEL)
    hidden.overwrites[guild.id] = Overwrite(guild.id, 0, 0, view)
    hidden.overwrites[moderators.id] = Overwrite(moderators.id, 0, view, 0)
    hidden.overwrites[own.id] = Overwrite(own.id, 0, view, 0)
    world.facts |= {"bot_id": bot.id, "owner_id": owner.id, "application_id": bot.id, "guild_id": guild.id}
    world.facts["members"] = []
    for number in range(members + 1):
        user = add_user(world, random, *names.invent(random, taken))
        guild.members[user.id] = GuildMember(user.id, world.stamp(), [moderators.id] if number == 0 else [])
        world.facts["members"].append(user.id)
    for thing in (guild, *world.channels.values()):
        world.save(thing)
    world.save_facts()


def found_another(world: World, name: str, owner_id: int) -> Guild:
    """One more guild of somebody's, with one text channel, which is its system channel."""
    guild = Guild(world.ids.next(), name, owner_id)
    world.guilds[guild.id] = guild
    guild.roles[guild.id] = Role(guild.id, "@everyone", int(permissions.EVERYONE), 0)
    guild.members[owner_id] = GuildMember(owner_id, world.stamp())
    guild.system_channel_id = add_channel(world, guild, "general", 0).id
    world.save(guild)
    return guild


def cast(world: World) -> list[Member]:
    """The members a driver may play, moderators first."""
    guild = world.guilds[world.facts["guild_id"]]
    listed = []
    for user_id in world.facts["members"]:
        if member := guild.members.get(user_id):
            user = world.users[user_id]
            roles = [guild.roles[each].name for each in member.roles]
            listed.append(Member(user.id, user.name, user.token, roles))
    return listed


def add_user(world: World, random: Random, name: str, display: str, bot: bool = False) -> User:
    """Somebody new, with a token, on no guild yet. Their account was made a year before."""
    number = world.ids.earlier(_ACCOUNT_AGE)
    first = base64.urlsafe_b64encode(str(number).encode()).decode().rstrip("=")
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789-_"
    parts = ["".join(random.choices(letters, k=length)) for length in (6, 38)]
    user = User(number, name, display, ".".join([first, *parts]), bot)
    world.users[user.id] = user
    world.by_token[user.token] = user.id
    world.save(user)
    return user


def add_role(
    world: World,
    guild: Guild,
    name: str,
    granted: int,
    *,
    managed: bool = False,
    mentionable: bool = False,
    bot_id: int | None = None,
) -> Role:
    role = Role(world.ids.next(), name, granted, len(guild.roles), managed, mentionable, bot_id)
    guild.roles[role.id] = role
    return role


def add_channel(world: World, guild: Guild, name: str, position: int, *, forum: bool = False) -> Channel:
    kind = ChannelKind.FORUM if forum else ChannelKind.TEXT
    channel = Channel(world.ids.next(), kind, name, guild.id, position=position)
    channel.forum = ForumState() if forum else None
    world.add_channel(channel)
    return channel
