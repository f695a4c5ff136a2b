"""Promises the Discord every rehearsal begins with, and the ways to make special cases of it.

One guild, "Rehearsal". @everyone has what a new server gives; "Moderators" add MANAGE_MESSAGES and MANAGE_THREADS;
the bot's own role has exactly `permissions.BOT`. Text channels: general, critique (or a forum of that name), and
moderators, which @everyone does not see. One member has the role Moderators, the others none.
"""

import base64
from dataclasses import dataclass
from random import Random

from rehearsal.server import audit, greetings, names, permissions
from rehearsal.server.audit import Action
from rehearsal.server.model import Channel, ChannelKind, Emoji, ForumState, Guild, GuildMember, Overwrite, Role, User
from rehearsal.server.stage import Stage
from rehearsal.server.world import World

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
    owner = _user(world, random, *names.invent(random, taken))
    bot = _user(world, random, BOT_NAME, BOT_NAME, bot=True)
    guild = Guild(world.ids.next(), "Rehearsal", owner.id)
    world.guilds[guild.id] = guild
    guild.roles[guild.id] = Role(guild.id, "@everyone", int(permissions.EVERYONE), 0)
    moderators = _role(world, guild, "Moderators", int(permissions.MODERATORS), mentionable=True)
    own = _role(world, guild, BOT_NAME, int(permissions.BOT), managed=True, bot_id=bot.id)
    for user, roles in ((owner, []), (bot, [own.id])):
        guild.members[user.id] = GuildMember(user.id, world.stamp(), roles)
    for place, name in enumerate(("general", "critique", "moderators")):
        _channel(world, guild, name, place, forum=home == "forum" and name == "critique")
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
        user = _user(world, random, *names.invent(random, taken))
        guild.members[user.id] = GuildMember(user.id, world.stamp(), [moderators.id] if number == 0 else [])
        world.facts["members"].append(user.id)
    for thing in (guild, *world.channels.values()):
        world.save(thing)
    world.save_facts()


def found_another(world: World, name: str, invited_by: int) -> Guild:
    """One more guild of somebody's, with the bot on it and one text channel, which is its system channel."""
    guild = Guild(world.ids.next(), name, invited_by)
    world.guilds[guild.id] = guild
    guild.roles[guild.id] = Role(guild.id, "@everyone", int(permissions.EVERYONE), 0)
    own = _role(world, guild, BOT_NAME, int(permissions.BOT), managed=True, bot_id=world.bot.id)
    for user_id, roles in ((invited_by, []), (world.bot.id, [own.id])):
        guild.members[user_id] = GuildMember(user_id, world.stamp(), roles)
    guild.system_channel_id = _channel(world, guild, "general", 0).id
    audit.note(world, Action.BOT_ADD, guild.id, world.bot.id, invited_by)
    world.save(guild)
    world.forget_permissions()
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


def _user(world: World, random: Random, name: str, display: str, bot: bool = False) -> User:
    number = world.ids.next()
    first = base64.urlsafe_b64encode(str(number).encode()).decode().rstrip("=")
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789-_"
    parts = ["".join(random.choices(letters, k=length)) for length in (6, 38)]
    user = User(number, name, display, ".".join([first, *parts]), bot)
    world.users[user.id] = user
    world.by_token[user.token] = user.id
    world.save(user)
    return user


def _role(
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


def _channel(world: World, guild: Guild, name: str, position: int, *, forum: bool = False) -> Channel:
    kind = ChannelKind.FORUM if forum else ChannelKind.TEXT
    channel = Channel(world.ids.next(), kind, name, guild.id, position=position)
    channel.forum = ForumState() if forum else None
    world.add_channel(channel)
    return channel


class Backstage:
    """What a person does in Discord's own settings: members, roles, channels, permissions, the portal.
    Each change sends the events Discord would send.
    """

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._world = stage.world
        self._random = Random(f"{stage.world.facts['seed']} {len(stage.world.users)}")  # noqa: S311 - as above

    @property
    def guild(self) -> Guild:
        return self._world.guilds[self._world.facts["guild_id"]]

    def add_member(self, name: str | None = None, roles: list[str] | None = None) -> Member:
        """A new member with the named roles."""
        taken = {each.name for each in self._world.users.values()}
        invented = names.invent(self._random, taken)
        user = _user(self._world, self._random, name or invented[0], name or invented[1])
        ids = [each.id for each in self.guild.roles.values() if each.name in (roles or [])]
        member = GuildMember(user.id, self._world.stamp(), ids)
        self.guild.members[user.id] = member
        self._world.facts["members"].append(user.id)
        self._world.save_facts()
        self._changed()
        self._stage.events.member_added(self.guild.id, member)
        return cast(self._world)[-1]

    def remove_member(self, user_id: int) -> None:
        del self.guild.members[user_id]
        self._changed()
        self._stage.events.member_removed(self.guild.id, user_id)

    def add_role(self, name: str, granted: int = 0, mentionable: bool = False) -> int:
        role = _role(self._world, self.guild, name, granted, mentionable=mentionable)
        self._changed()
        self._stage.events.role_changed("GUILD_ROLE_CREATE", self.guild.id, role)
        return role.id

    def permit_role(self, role_id: int, granted: int) -> None:
        """Replaces what the role grants."""
        role = self.guild.roles[role_id]
        role.permissions = granted
        self._changed()
        self._stage.events.role_changed("GUILD_ROLE_UPDATE", self.guild.id, role)

    def permit_bot(self, granted: int) -> None:
        """Replaces what the bot's own role grants; @everyone's permissions still add to it."""
        own = next(each for each in self.guild.roles.values() if each.bot_id)
        self.permit_role(own.id, granted)

    def give_roles(self, user_id: int, role_ids: list[int]) -> None:
        """Replaces the member's roles."""
        member = self.guild.members[user_id]
        member.roles = role_ids
        self._changed()
        self._stage.events.member_updated(self.guild.id, member)

    def time_out(self, user_id: int, until: str | None) -> None:
        member = self.guild.members[user_id]
        member.timed_out_until = until
        self._changed()
        self._stage.events.member_updated(self.guild.id, member)

    def add_channel(self, name: str, *, forum: bool = False) -> int:
        place = len(self._world.channels_of(self.guild.id))
        channel = _channel(self._world, self.guild, name, place, forum=forum)
        self._stage.events.channel_changed("CHANNEL_CREATE", channel)
        return channel.id

    def add_guild(self, name: str, invited_by: int) -> int:
        """A guild of `invited_by`, who invites the bot there; its id."""
        guild = found_another(self._world, name, invited_by)
        for session in list(self._stage.gateway.sessions.values()):
            if session.user_id in guild.members and session.serves(guild.id):
                greetings.offer(self._stage.gateway, session, guild)
        return guild.id

    def remove_bot(self, guild_id: int) -> None:
        """The bot is thrown out of a guild (docs: events/gateway-events#guild-delete, without `unavailable`)."""
        guild = self._world.guilds[guild_id]
        del guild.members[self._world.bot.id]
        self._world.save(guild)
        self._world.forget_permissions()
        self._stage.events.member_removed(guild_id, self._world.bot.id)

    def add_emoji(self, name: str) -> int:
        """An emoji of the guild's own; its id."""
        emoji = Emoji(self._world.ids.next(), name)
        self.guild.emoji[emoji.id] = emoji
        self._changed()
        self._stage.events.emojis_changed(self.guild)
        return emoji.id

    def remove_emoji(self, emoji_id: int) -> None:
        del self.guild.emoji[emoji_id]
        self._changed()
        self._stage.events.emojis_changed(self.guild)

    def overwrite(self, channel_id: int, target_id: int, allow: int = 0, deny: int = 0) -> None:
        """Sets a role's or a member's overwrite in a channel."""
        channel = self._world.channels[channel_id]
        kind = 0 if target_id in self.guild.roles else 1
        channel.overwrites[target_id] = Overwrite(target_id, kind, allow, deny)
        self._world.save(channel)
        self._world.forget_permissions()
        self._stage.events.channel_changed("CHANNEL_UPDATE", channel)

    def switch_intent(self, name: str, on: bool) -> None:
        """A privileged intent in the portal: "members", "presences" or "message_content"."""
        self._world.portal[name] = on
        self._world.save_facts()

    def close_direct_messages(self, user_id: int) -> None:
        user = self._world.users[user_id]
        user.accepts_direct = False
        self._world.save(user)

    def _changed(self) -> None:
        self._world.save(self.guild)
        self._world.forget_permissions()
