"""Promises the state of this Discord, and plain questions to it. It sends nothing and refuses nothing.

Rules:
1. Every change goes through `save` or one of the methods here, so that the store sees it.
2. A reaction costs the same however many there are: ordered dicts, no lists.
3. Permissions are computed once per member and channel, and forgotten when any role, overwrite or member changes.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator
from typing import Any

from rehearsal.server import permissions
from rehearsal.server.clock import Clock, stamp
from rehearsal.server.interaction_model import Interaction
from rehearsal.server.model import AuditEntry, Channel, Command, Guild, GuildMember, Message, Upload, User
from rehearsal.server.snowflakes import Snowflakes
from rehearsal.server.store import Store

Thing = User | Guild | Channel | Message | Command | Interaction | Upload | AuditEntry
Reactions = dict[str, dict[int, None]]


class World:
    """Who and what there is. Ids are ints throughout."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store = store
        self.clock = clock
        self.ids = Snowflakes(clock)
        self.origin = ""
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self._in_guild: dict[int | None, dict[int, Channel]] = {}
        self.commands: dict[int, Command] = {}
        self.interactions: dict[int, Interaction] = {}
        self.uploads: dict[int, Upload] = {}
        self.facts: dict[str, Any] = {}
        self.audit: dict[int, list[AuditEntry]] = {}
        self.by_token: dict[str, int] = {}
        self._messages: dict[int, Message] = {}
        self._order: dict[int, list[int]] = {}
        self._reactions: dict[int, Reactions] = {}
        self._nonces: dict[tuple[int, str], tuple[int, float]] = {}
        self._granted: dict[tuple[int, int], int] = {}

    # --- who there is -------------------------------------------------------------------------------------
    @property
    def bot(self) -> User:
        return self.users[self.facts["bot_id"]]

    @property
    def application_id(self) -> int:
        return self.facts["application_id"]

    @property
    def portal(self) -> dict[str, bool]:
        """The switches of the developer portal: which privileged intents the application may ask for."""
        return self.facts["portal"]

    def guilds_of(self, user_id: int) -> list[Guild]:
        return [guild for guild in self.guilds.values() if user_id in guild.members]

    def membership(self, guild_id: int | None, user_id: int) -> GuildMember | None:
        guild = self.guilds.get(guild_id) if guild_id else None
        return guild.members.get(user_id) if guild else None

    def replace_token(self, user: User, token: str) -> None:
        """From now on only this token is the user's."""
        self.by_token.pop(user.token, None)
        user.token = token
        self.by_token[token] = user.id
        self.save(user)

    def own_emoji(self, asked: str) -> str | None:
        """The guild's own emoji that `name:id` means, under its present name."""
        _, colon, emoji_id = asked.rpartition(":")
        for guild in self.guilds.values() if colon and emoji_id.isdecimal() else ():
            if found := guild.emoji.get(int(emoji_id)):
                return f"{found.name}:{found.id}"
        return None

    # --- what was done on a guild -------------------------------------------------------------------------
    def add_entry(self, entry: AuditEntry, most: int) -> None:
        """The guild keeps this many at most, and lets the oldest go."""
        kept = self.audit.setdefault(entry.guild_id, [])
        kept.append(entry)
        self.save(entry)
        for old in kept[:-most]:
            self.store.drop(old)
        del kept[:-most]

    # --- who may what -------------------------------------------------------------------------------------
    def granted(self, user_id: int, channel: Channel) -> int:
        """The member's permissions in a channel, thread or direct message (docs: topics/permissions)."""
        if channel.guild_id is None:
            return permissions.DIRECT if user_id in channel.recipients else 0
        key = (user_id, channel.id)
        if key not in self._granted:
            place = self.channels.get(channel.parent_id or 0, channel) if channel.thread else channel
            guild = self.guilds[channel.guild_id]
            self._granted[key] = permissions.within(guild, user_id, place, thread=channel.thread is not None)
        granted = self._granted[key]
        if granted != permissions.ALL and permissions.timed_out(
            self.guilds[channel.guild_id], user_id, self.clock.seconds()
        ):
            granted &= permissions.TIMED_OUT
        return granted

    def sees(self, user_id: int, channel: Channel) -> bool:
        return bool(self.granted(user_id, channel) & permissions.Permission.VIEW_CHANNEL)

    def forget_permissions(self) -> None:
        self._granted.clear()

    # --- channels and threads -----------------------------------------------------------------------------
    def add_channel(self, channel: Channel) -> None:
        self.channels[channel.id] = channel
        self._in_guild.setdefault(channel.guild_id, {})[channel.id] = channel
        self._order.setdefault(channel.id, [])
        self.save(channel)

    def remove_channel(self, channel: Channel) -> None:
        """The channel goes with its messages and its threads."""
        for thread in [each for each in self.threads() if each.parent_id == channel.id]:
            self.remove_channel(thread)
        for message_id in list(self._order.get(channel.id, ())):
            self.remove_message(self._messages[message_id])
        del self.channels[channel.id]
        del self._in_guild[channel.guild_id][channel.id]
        self._order.pop(channel.id, None)
        self.store.drop(channel)

    def threads(self, guild_id: int | None = None) -> list[Channel]:
        among = self.channels if guild_id is None else self._in_guild.get(guild_id, {})
        return [each for each in among.values() if each.thread]

    def channels_of(self, guild_id: int) -> list[Channel]:
        """The guild's channels without its threads."""
        return [each for each in self._in_guild.get(guild_id, {}).values() if not each.thread]

    def direct_channel(self, one: int, other: int) -> Channel | None:
        pair = {one, other}
        for channel in self.channels.values():
            if channel.recipients and set(channel.recipients) == pair:
                return channel
        return None

    # --- messages -----------------------------------------------------------------------------------------
    def add_message(self, message: Message) -> None:
        self._messages[message.id] = message
        if message.seen_only_by is None:
            insort(self._order.setdefault(message.channel_id, []), message.id)
        self.save(message)

    def remove_message(self, message: Message) -> None:
        self._messages.pop(message.id, None)
        self.clear_reactions(message.id)
        order = self._order.get(message.channel_id, [])
        place = bisect_left(order, message.id)
        if place < len(order) and order[place] == message.id:
            del order[place]
        self.store.drop(message)

    def message(self, message_id: int) -> Message | None:
        return self._messages.get(message_id)

    def messages(self, channel_id: int) -> list[Message]:
        """Every message of a channel that its members can see, oldest first; no ephemeral ones."""
        return [self._messages[each] for each in self._order.get(channel_id, ())]

    def every_message(self) -> Iterator[Message]:
        """All messages, also ephemeral ones."""
        return iter(self._messages.values())

    def page(self, channel_id: int, *, before: int | None, after: int | None, limit: int) -> list[Message]:
        """At most `limit` messages next to the given id, oldest first."""
        order = self._order.get(channel_id, [])
        if after is not None:
            start = bisect_right(order, after)
            found = order[start : start + limit]
        else:
            end = bisect_left(order, before) if before is not None else len(order)
            found = order[max(0, end - limit) : end]
        return [self._messages[each] for each in found]

    def pinned(self, channel_id: int) -> list[Message]:
        """The pinned messages, the one pinned last first."""
        found = [each for each in self.messages(channel_id) if each.pinned_at]
        return sorted(found, key=lambda each: each.pinned_at or "", reverse=True)

    def nonced(self, author_id: int, nonce: str, seconds: float) -> Message | None:
        """The author's message that was sent with this nonce within the last seconds."""
        message_id, sent = self._nonces.get((author_id, nonce), (0, 0.0))
        return self._messages.get(message_id) if self.clock.seconds() - sent <= seconds else None

    def remember_nonce(self, author_id: int, nonce: str, message_id: int) -> None:
        self._nonces[(author_id, nonce)] = (message_id, self.clock.seconds())

    # --- reactions ----------------------------------------------------------------------------------------
    def reactions(self, message_id: int) -> Reactions:
        """{emoji: {user id: None}}, each in the order it came."""
        return self._reactions.get(message_id, {})

    def add_reaction(self, message_id: int, emoji: str, user_id: int) -> bool:
        """True when it was not there already."""
        users = self._reactions.setdefault(message_id, {}).setdefault(emoji, {})
        if user_id in users:
            return False
        users[user_id] = None
        self.store.react(message_id, emoji, user_id)
        return True

    def remove_reaction(self, message_id: int, emoji: str, user_id: int) -> bool:
        """True when it was there; the last one takes the emoji with it."""
        found = self._reactions.get(message_id, {})
        users = found.get(emoji, {})
        if user_id not in users:
            return False
        del users[user_id]
        if not users:
            del found[emoji]
        self.store.unreact(message_id, emoji, user_id)
        return True

    def clear_reactions(self, message_id: int, emoji: str | None = None) -> bool:
        found = self._reactions.get(message_id, {})
        gone = [each for each in found if emoji in (None, each)]
        for each in gone:
            del found[each]
        if gone:
            self.store.unreact(message_id, emoji, None)
        return bool(gone)

    # --- keeping ------------------------------------------------------------------------------------------
    def save(self, thing: Thing) -> None:
        self.store.save(thing)

    def save_facts(self) -> None:
        self.store.save_facts({**self.facts, "last_id": self.ids.last})

    def stamp(self) -> str:
        return stamp(self.clock.now())

    def load(self) -> bool:
        """Reads what the store holds; False when it is new."""
        loaded = self.store.load()
        if loaded is None:
            return False
        self.facts = loaded.facts
        self.ids.last = self.facts.pop("last_id", 0)
        self.users = {each.id: each for each in loaded.users}
        self.by_token = {each.token: each.id for each in loaded.users}
        self.guilds = {each.id: each for each in loaded.guilds}
        for channel in loaded.channels:
            self.channels[channel.id] = self._in_guild.setdefault(channel.guild_id, {})[channel.id] = channel
        self.commands = {each.id: each for each in loaded.commands}
        self.interactions = {each.id: each for each in loaded.interactions}
        self.uploads = {each.id: each for each in loaded.uploads}
        for entry in loaded.audit:
            self.audit.setdefault(entry.guild_id, []).append(entry)
        self._load_messages(loaded.messages)
        for message_id, emoji, user_id in loaded.reactions:
            self._reactions.setdefault(message_id, {}).setdefault(emoji, {})[user_id] = None
        return True

    def _load_messages(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self._messages[message.id] = message
            self.ids.last = max(self.ids.last, message.id)
            if message.seen_only_by is None:
                self._order.setdefault(message.channel_id, []).append(message.id)
        for order in self._order.values():
            order.sort()
