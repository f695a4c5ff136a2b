"""Promises the gateway events each change brings, with the fields Discord documents.

docs: events/gateway-events#receive-events
"""

from collections.abc import Iterable
from datetime import datetime

from rehearsal.server import intents, message_shapes, shapes
from rehearsal.server.gateway import Gateway, Notice
from rehearsal.server.model import AuditEntry, Channel, Guild, GuildMember, Message, Role
from rehearsal.server.permissions import Permission, base
from rehearsal.server.sessions import Session
from rehearsal.server.shapes import Shape


class Events:
    """One method per happening; each sends to whoever may know."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._world = gateway.world

    def publish(self, notice: Notice) -> None:
        self._gateway.publish(notice)

    def tell(self, user_id: int, name: str, data: Shape) -> None:
        """An event for one user alone."""
        self.publish(Notice(name, data, to=frozenset([user_id])))

    # --- messages -----------------------------------------------------------------------------------------
    def message_created(self, message: Message, nonce: object = None) -> None:
        data = self._message(message)
        if nonce is not None:
            data["nonce"] = nonce
        self._about_message("MESSAGE_CREATE", message, data)

    def message_updated(self, message: Message) -> None:
        self._about_message("MESSAGE_UPDATE", message, self._message(message))

    def message_deleted(self, message: Message, channel: Channel) -> None:
        data = _in_guild(channel, id=str(message.id), channel_id=str(channel.id))
        to = None if message.seen_only_by is None else frozenset([message.seen_only_by])
        self.publish(Notice("MESSAGE_DELETE", data, channel, to=to))

    def messages_deleted(self, ids: Iterable[int], channel: Channel) -> None:
        data = _in_guild(channel, ids=[str(each) for each in ids], channel_id=str(channel.id))
        self.publish(Notice("MESSAGE_DELETE_BULK", data, channel))

    def pins_changed(self, channel: Channel) -> None:
        data = _in_guild(channel, channel_id=str(channel.id), last_pin_timestamp=channel.last_pin_at)
        self.publish(Notice("CHANNEL_PINS_UPDATE", data, channel))

    def _message(self, message: Message) -> Shape:
        """A message with what events add to it: the guild, the author's member, the members mentioned. An
        ephemeral message names neither guild nor member, one by a webhook no member (docs: #message-create).
        """
        data = message_shapes.message(self._world, message)
        data.pop("reactions", None)
        channel = self._world.channels[message.channel_id]
        if channel.guild_id is None or message.seen_only_by is not None:
            return data
        data["guild_id"] = str(channel.guild_id)
        member = self._world.membership(channel.guild_id, message.author_id)
        if member and message.application_id is None:
            data["member"] = shapes.member_alone(member)
        for shape, user_id in zip(data["mentions"], message.mentions, strict=True):
            if member := self._world.membership(channel.guild_id, user_id):
                shape["member"] = shapes.member_alone(member)
        return data

    def _about_message(self, name: str, message: Message, data: Shape) -> None:
        to = None if message.seen_only_by is None else frozenset([message.seen_only_by])
        readers = frozenset([message.author_id, *message.mentions])
        channel = self._world.channels[message.channel_id]
        self.publish(Notice(name, data, channel, to=to, content_for=readers))

    # --- reactions ----------------------------------------------------------------------------------------
    def reaction_added(self, message: Message, channel: Channel, user_id: int, emoji: str) -> None:
        data = self._reaction(message, channel, user_id, emoji)
        data["message_author_id"] = str(message.author_id)
        if member := self._world.membership(channel.guild_id, user_id):
            data["member"] = shapes.member(self._world, member)
        self.publish(Notice("MESSAGE_REACTION_ADD", data, channel))

    def reaction_removed(self, message: Message, channel: Channel, user_id: int, emoji: str) -> None:
        data = self._reaction(message, channel, user_id, emoji)
        self.publish(Notice("MESSAGE_REACTION_REMOVE", data, channel))

    def reactions_cleared(self, message: Message, channel: Channel, emoji: str | None) -> None:
        data = _in_guild(channel, channel_id=str(channel.id), message_id=str(message.id))
        if emoji is None:
            self.publish(Notice("MESSAGE_REACTION_REMOVE_ALL", data, channel))
        else:
            data["emoji"] = message_shapes.emoji(emoji)
            self.publish(Notice("MESSAGE_REACTION_REMOVE_EMOJI", data, channel))

    def _reaction(self, message: Message, channel: Channel, user_id: int, emoji: str) -> Shape:
        return _in_guild(
            channel,
            user_id=str(user_id),
            channel_id=str(channel.id),
            message_id=str(message.id),
            emoji=message_shapes.emoji(emoji),
            burst=False,
            type=0,
        )

    # --- channels and threads -----------------------------------------------------------------------------
    def channel_changed(self, name: str, channel: Channel) -> None:
        """CHANNEL_CREATE, CHANNEL_UPDATE or CHANNEL_DELETE; who may not view the channel gets it obfuscated
        (docs: resources/channel#channel-object-obfuscated-channels).
        """

        def views(session: Session) -> bool:
            return self._world.sees(session.user_id, channel)

        def views_not(session: Session) -> bool:
            return not views(session)

        full, hidden = shapes.channel(self._world, channel), shapes.hidden_channel(self._world, channel)
        self.publish(Notice(name, full, guild_id=channel.guild_id, only=views))
        self.publish(Notice(name, hidden, guild_id=channel.guild_id, only=views_not))

    def channel_seen_anew(self, user_id: int, channel: Channel) -> None:
        """CHANNEL_UPDATE for one who views the channel from now on, or no longer."""
        seen = self._world.sees(user_id, channel)
        data = shapes.channel(self._world, channel) if seen else shapes.hidden_channel(self._world, channel)
        self.tell(user_id, "CHANNEL_UPDATE", data)

    def threads_seen(self, user_id: int, guild_id: int, parents: Iterable[int]) -> None:
        """THREAD_LIST_SYNC: the active threads of channels that the user views from now on."""
        listed = set(parents)
        active = [
            each
            for each in self._world.threads(guild_id)
            if each.parent_id in listed and each.thread and not each.thread.archived
        ]
        data = shapes.threads(self._world, active, user_id)
        told = {"guild_id": str(guild_id), "channel_ids": [str(each) for each in sorted(listed)]}
        self.tell(user_id, "THREAD_LIST_SYNC", {**told, "threads": data["threads"], "members": data["members"]})

    def thread_created(self, thread: Channel) -> None:
        data = {**shapes.channel(self._world, thread), "newly_created": True}
        self.publish(Notice("THREAD_CREATE", data, thread))

    def thread_updated(self, thread: Channel) -> None:
        self.publish(Notice("THREAD_UPDATE", shapes.channel(self._world, thread), thread))

    def thread_opened(self, thread: Channel) -> None:
        """An archived thread is active again: THREAD_UPDATE, then THREAD_MEMBER_UPDATE for each who is in it
        (docs: topics/threads).
        """
        self.thread_updated(thread)
        for user_id in thread.thread.members if thread.thread else ():
            data = {**shapes.thread_member(thread, user_id), "guild_id": str(thread.guild_id)}
            self.tell(user_id, "THREAD_MEMBER_UPDATE", data)

    def thread_deleted(self, thread: Channel) -> None:
        data = _in_guild(thread, id=str(thread.id), parent_id=str(thread.parent_id), type=int(thread.kind))
        self.publish(Notice("THREAD_DELETE", data, thread))

    def thread_joined(self, thread: Channel, user_ids: Iterable[int], announce: bool = True) -> None:
        """Members were added; each also gets THREAD_CREATE, since its client may not know the thread."""
        joined = list(user_ids)
        for user_id in joined if announce else ():
            self.tell(user_id, "THREAD_CREATE", shapes.channel(self._world, thread, user_id))
        self._thread_members(thread, joined, [])

    def thread_left(self, thread: Channel, user_id: int) -> None:
        self._thread_members(thread, [], [user_id])

    def _thread_members(self, thread: Channel, joined: list[int], left: list[int]) -> None:
        """Without the members intent a bot is told of itself only (docs: events/gateway#caveats)."""

        def knows_members(session: Session) -> bool:
            return session.intents is None or bool(session.intents & intents.GUILD_MEMBERS)

        def only_itself(session: Session) -> bool:
            return not knows_members(session)

        full = self._membership(thread, joined, left)
        self.publish(Notice("THREAD_MEMBERS_UPDATE", full, thread, only=knows_members))
        for user_id in (*joined, *left):
            own = self._membership(thread, [n for n in joined if n == user_id], [n for n in left if n == user_id])
            to = frozenset([user_id])
            self.publish(Notice("THREAD_MEMBERS_UPDATE", own, to=to, only=only_itself))

    def _membership(self, thread: Channel, joined: list[int], left: list[int]) -> Shape:
        count = len(thread.thread.members) if thread.thread else 0
        data = _in_guild(thread, id=str(thread.id), member_count=min(50, count))
        if joined:
            data["added_members"] = [self._thread_member(thread, each) for each in joined]
        if left:
            data["removed_member_ids"] = [str(each) for each in left]
        return data

    def _thread_member(self, thread: Channel, user_id: int) -> Shape:
        shape = {**shapes.thread_member(thread, user_id), "presence": None}
        if member := self._world.membership(thread.guild_id, user_id):
            shape["member"] = shapes.member(self._world, member)
        return shape

    # --- members and roles --------------------------------------------------------------------------------
    def member_added(self, guild_id: int, member: GuildMember) -> None:
        data = {**shapes.member(self._world, member), "guild_id": str(guild_id)}
        self.publish(Notice("GUILD_MEMBER_ADD", data, guild_id=guild_id))

    def member_updated(self, guild_id: int, member: GuildMember) -> None:
        """A bot is told of itself whatever its intents (docs: events/gateway#caveats)."""
        data = {**shapes.member(self._world, member), "guild_id": str(guild_id)}
        notice = Notice("GUILD_MEMBER_UPDATE", data, guild_id=guild_id)
        self.publish(notice)
        for session in self._gateway.sessions.values():
            untold = session.serves(guild_id) and not intents.asked(session.intents, notice.name, False)
            if untold and session.user_id == member.user_id:
                self._gateway.push(session, notice)

    def member_removed(self, guild_id: int, user_id: int) -> None:
        data = {"guild_id": str(guild_id), "user": shapes.user(self._world.users[user_id])}
        self.publish(Notice("GUILD_MEMBER_REMOVE", data, guild_id=guild_id))
        self.tell(user_id, "GUILD_DELETE", {"id": str(guild_id)})

    def ban_changed(self, name: str, guild_id: int, user_id: int) -> None:
        """GUILD_BAN_ADD or GUILD_BAN_REMOVE, for those with BAN_MEMBERS or VIEW_AUDIT_LOG. That they are needed is
        known from users' reports; the documentation names the intent alone.
        """
        data = {"guild_id": str(guild_id), "user": shapes.user(self._world.users[user_id])}
        self._to_who_may(name, data, guild_id, Permission.BAN_MEMBERS | Permission.VIEW_AUDIT_LOG)

    def audited(self, entry: AuditEntry) -> None:
        """GUILD_AUDIT_LOG_ENTRY_CREATE, for those with VIEW_AUDIT_LOG."""
        data = {**shapes.audit_entry(entry), "guild_id": str(entry.guild_id)}
        self._to_who_may("GUILD_AUDIT_LOG_ENTRY_CREATE", data, entry.guild_id, Permission.VIEW_AUDIT_LOG)

    def rule_changed(self, name: str, guild_id: int, rule: Shape) -> None:
        """AUTO_MODERATION_RULE_CREATE, _UPDATE or _DELETE, for those with MANAGE_GUILD."""
        self._to_who_may(name, rule, guild_id, Permission.MANAGE_GUILD)

    def _to_who_may(self, name: str, data: Shape, guild_id: int, needed: Permission) -> None:
        def may(session: Session) -> bool:
            return bool(base(self._world.guilds[guild_id], session.user_id) & needed)

        self.publish(Notice(name, data, guild_id=guild_id, only=may))

    def emojis_changed(self, guild: Guild) -> None:
        """GUILD_EMOJIS_UPDATE: all that there are now."""
        data = {"guild_id": str(guild.id), "emojis": [shapes.guild_emoji(each) for each in guild.emoji.values()]}
        self.publish(Notice("GUILD_EMOJIS_UPDATE", data, guild_id=guild.id))

    def role_changed(self, name: str, guild_id: int, role: Role) -> None:
        """GUILD_ROLE_CREATE or GUILD_ROLE_UPDATE."""
        data = {"guild_id": str(guild_id), "role": shapes.role(role)}
        self.publish(Notice(name, data, guild_id=guild_id))

    def role_deleted(self, guild_id: int, role_id: int) -> None:
        self.publish(
            Notice("GUILD_ROLE_DELETE", {"guild_id": str(guild_id), "role_id": str(role_id)}, guild_id=guild_id)
        )

    def guild_changed(self, guild: Guild) -> None:
        self.publish(Notice("GUILD_UPDATE", shapes.guild(guild), guild_id=guild.id))

    def typing(self, channel: Channel, user_id: int, moment: datetime) -> None:
        data = _in_guild(channel, channel_id=str(channel.id), user_id=str(user_id), timestamp=int(moment.timestamp()))
        if member := self._world.membership(channel.guild_id, user_id):
            data["member"] = shapes.member(self._world, member)
        self.publish(Notice("TYPING_START", data, channel))


def _in_guild(channel: Channel, **data: object) -> Shape:
    return {**data, "guild_id": str(channel.guild_id)} if channel.guild_id else data
