"""Promises the ways to make special cases of a Discord: what a person does in its settings and its portal.

Each change sends the events Discord would send.
"""

from random import Random
from typing import Any, Self

from rehearsal.server import audit, departures, forging, founding, greetings, names, permissions
from rehearsal.server.audit import Action
from rehearsal.server.founding import Member
from rehearsal.server.interaction_model import Interaction
from rehearsal.server.model import Emoji, Guild, GuildMember, Overwrite, User
from rehearsal.server.stage import Stage
from rehearsal.server.visibility import watched


class Backstage:
    """One guild's settings, the first one's unless told; `at` gives another's."""

    def __init__(self, stage: Stage, guild_id: int | None = None) -> None:
        self._stage = stage
        self._world = stage.world
        self._guild_id = guild_id or stage.world.facts["guild_id"]
        self._random = Random(f"{stage.world.facts['seed']} {len(stage.world.users)}")  # noqa: S311 - invented people

    def at(self, guild_id: int) -> Self:
        """The same for another guild."""
        return type(self)(self._stage, guild_id)

    @property
    def guild(self) -> Guild:
        return self._world.guilds[self._guild_id]

    # --- members and roles --------------------------------------------------------------------------------
    def add_member(self, name: str | None = None, roles: list[str] | None = None) -> Member:
        """A new member with the named roles."""
        user = self._somebody(name)
        ids = [each.id for each in self.guild.roles.values() if each.name in (roles or [])]
        member = GuildMember(user.id, self._world.stamp(), ids)
        self.guild.members[user.id] = member
        self._world.facts["members"].append(user.id)
        self._world.save_facts()
        self._changed()
        self._stage.events.member_added(self.guild.id, member)
        return Member(user.id, user.name, user.token, [self.guild.roles[each].name for each in ids])

    def _somebody(self, name: str | None = None) -> User:
        invented = names.invent(self._random, {each.name for each in self._world.users.values()})
        return founding.add_user(self._world, self._random, name or invented[0], name or invented[1])

    def remove_member(self, user_id: int) -> None:
        departures.leave(self._stage, self.guild, user_id)

    def add_role(self, name: str, granted: int = 0, mentionable: bool = False, position: int | None = None) -> int:
        """A new role above all others, unless a position is given; its id."""
        role = founding.add_role(self._world, self.guild, name, granted, mentionable=mentionable)
        role.position = role.position if position is None else position
        self._changed()
        self._stage.events.role_changed("GUILD_ROLE_CREATE", self.guild.id, role)
        return role.id

    def permit_role(self, role_id: int, granted: int) -> None:
        """Replaces what the role grants."""
        role = self.guild.roles[role_id]
        with watched(self._stage, self.guild):
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
        with watched(self._stage, self.guild):
            member.roles = role_ids
            self._changed()
            self._stage.events.member_updated(self.guild.id, member)

    def time_out(self, user_id: int, until: str | None) -> None:
        member = self.guild.members[user_id]
        member.timed_out_until = until
        self._changed()
        self._stage.events.member_updated(self.guild.id, member)

    # --- the guild ----------------------------------------------------------------------------------------
    def add_channel(self, name: str, *, forum: bool = False) -> int:
        place = len(self._world.channels_of(self.guild.id))
        channel = founding.add_channel(self._world, self.guild, name, place, forum=forum)
        self._stage.events.channel_changed("CHANNEL_CREATE", channel)
        return channel.id

    def overwrite(self, channel_id: int, target_id: int, allow: int = 0, deny: int = 0) -> None:
        """Sets a role's or a member's overwrite in a channel."""
        channel = self._world.channels[channel_id]
        kind = 0 if target_id in self.guild.roles else 1
        with watched(self._stage, self.guild, channel):
            channel.overwrites[target_id] = Overwrite(target_id, kind, allow, deny)
            self._world.save(channel)

    def set_system_channel(self, channel_id: int | None) -> None:
        self.guild.system_channel_id = channel_id
        self._world.save(self.guild)
        self._stage.events.guild_changed(self.guild)

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

    # --- the bot on guilds --------------------------------------------------------------------------------
    def add_guild(self, name: str, invited_by: int | None = None, *, bot: bool = True) -> int:
        """A guild of `invited_by`, or of somebody new; with `bot` the owner invites the bot there; its id."""
        owner_id = self._somebody().id if invited_by is None else invited_by
        guild = founding.found_another(self._world, name, owner_id)
        self._arrived(guild, owner_id)
        if bot:
            self.at(guild.id).invite_bot(owner_id)
        return guild.id

    def invite_bot(self, by: int) -> None:
        """A member brings the bot to the guild, with a role of its own and what the invitation asks for."""
        bot, guild = self._world.bot, self.guild
        granted = int(permissions.BOT)
        own = founding.add_role(self._world, guild, founding.BOT_NAME, granted, managed=True, bot_id=bot.id)
        member = GuildMember(bot.id, self._world.stamp(), [own.id])
        self._stage.events.role_changed("GUILD_ROLE_CREATE", guild.id, own)
        self._stage.events.member_added(guild.id, member)
        guild.members[bot.id] = member
        self._changed()
        self._arrived(guild, bot.id)
        self._stage.events.audited(audit.note(self._world, Action.BOT_ADD, guild.id, bot.id, by))

    def _arrived(self, guild: Guild, user_id: int) -> None:
        for session in list(self._stage.gateway.sessions.values()):
            if session.user_id == user_id and session.serves(guild.id):
                greetings.offer(self._stage.gateway, session, guild)

    def remove_bot(self, guild_id: int | None = None) -> None:
        """The bot is thrown out of a guild (docs: events/gateway-events#guild-delete, without `unavailable`)."""
        departures.leave(self._stage, self._world.guilds[guild_id or self._guild_id], self._world.bot.id)

    # --- what no client of Discord sends --------------------------------------------------------------------
    def forge(self, user_id: int, channel_id: int, kind: int, data: dict[str, Any], message_id: int = 0) -> Interaction:
        """The bot gets an interaction of the user's that Discord would not let through; see `forging`."""
        return forging.forge(self._stage, user_id, channel_id, kind, data, message_id)

    # --- the portal, and people ---------------------------------------------------------------------------
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
