"""Promises the things this Discord consists of, as plain values that can be written down as JSON and read back."""

from dataclasses import dataclass, field, fields
from enum import IntEnum
from typing import Any

Json = Any


class ChannelKind(IntEnum):
    """docs: resources/channel#channel-object-channel-types"""

    TEXT = 0
    DIRECT = 1
    PUBLIC_THREAD = 11
    FORUM = 15


class ChannelFlag(IntEnum):
    """docs: resources/channel#channel-object-channel-flags"""

    PINNED = 1 << 1
    REQUIRE_TAG = 1 << 4
    OBFUSCATED = 1 << 17


class MessageKind(IntEnum):
    """docs: resources/message#message-object-message-types"""

    DEFAULT = 0
    CHANNEL_NAME_CHANGE = 4
    CHANNEL_PINNED_MESSAGE = 6
    RECIPIENT_ADD = 1
    RECIPIENT_REMOVE = 2
    THREAD_CREATED = 18
    REPLY = 19
    CHAT_INPUT_COMMAND = 20
    THREAD_STARTER_MESSAGE = 21
    CONTEXT_MENU_COMMAND = 23


class MessageFlag(IntEnum):
    """docs: resources/message#message-object-message-flags"""

    SUPPRESS_EMBEDS = 1 << 2
    HAS_THREAD = 1 << 5
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    SUPPRESS_NOTIFICATIONS = 1 << 12
    IS_COMPONENTS_V2 = 1 << 15


@dataclass(slots=True)
class User:
    id: int
    name: str
    display: str
    token: str
    bot: bool = False
    accepts_direct: bool = True


@dataclass(slots=True)
class Role:
    id: int
    name: str
    permissions: int
    position: int
    managed: bool = False
    mentionable: bool = False
    bot_id: int | None = None
    colour: int = 0
    hoist: bool = False


@dataclass(slots=True)
class GuildMember:
    user_id: int
    joined_at: str
    roles: list[int] = field(default_factory=list)
    nick: str | None = None
    timed_out_until: str | None = None


@dataclass(slots=True)
class Emoji:
    """A guild's own emoji; reactions name it `name:id`."""

    id: int
    name: str
    animated: bool = False


@dataclass(slots=True)
class Guild:
    id: int
    name: str
    owner_id: int
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, GuildMember] = field(default_factory=dict)
    emoji: dict[int, Emoji] = field(default_factory=dict)
    system_channel_id: int | None = None
    bans: dict[int, str | None] = field(default_factory=dict)  # who is banned, and why
    rules: dict[int, dict[str, Json]] = field(default_factory=dict)  # of AutoMod, as Discord prints them


@dataclass(slots=True)
class Overwrite:
    id: int
    kind: int  # 0 role, 1 member
    allow: int
    deny: int


@dataclass(slots=True)
class ThreadState:
    """What a thread has beyond a channel (docs: topics/threads#thread-fields)."""

    owner_id: int
    created_at: str
    archive_changed_at: str
    auto_archive_minutes: int
    archived: bool = False
    locked: bool = False
    message_count: int = 0
    total_sent: int = 0
    members: dict[int, str] = field(default_factory=dict)


@dataclass(slots=True)
class Tag:
    """docs: resources/channel#forum-tag-object"""

    id: int
    name: str
    moderated: bool = False
    emoji_id: int | None = None
    emoji_name: str | None = None


@dataclass(slots=True)
class ForumState:
    """What a forum has beyond a channel (docs: topics/threads#forums)."""

    tags: list[Tag] = field(default_factory=list)
    reaction: dict[str, Json] | None = None
    sort_order: int | None = None
    layout: int = 0
    thread_slowmode: int = 0


@dataclass(slots=True)
class Channel:
    """A text channel, a forum (`forum` is set), a thread (`thread` is set) or a direct message (`recipients` is)."""

    id: int
    kind: int
    name: str = ""
    guild_id: int | None = None
    parent_id: int | None = None
    topic: str | None = None
    position: int = 0
    nsfw: bool = False
    slowmode: int = 0
    default_auto_archive: int | None = None
    overwrites: dict[int, Overwrite] = field(default_factory=dict)
    recipients: list[int] = field(default_factory=list)
    last_message_id: int | None = None
    last_pin_at: str | None = None
    thread: ThreadState | None = None
    forum: ForumState | None = None
    flags: int = 0
    applied_tags: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Message:
    id: int
    channel_id: int
    author_id: int
    kind: int = MessageKind.DEFAULT
    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    mentions: list[int] = field(default_factory=list)
    mention_roles: list[int] = field(default_factory=list)
    mention_everyone: bool = False
    flags: int = 0
    tts: bool = False
    edited_at: str | None = None
    pinned_at: str | None = None
    reference: dict[str, Json] | None = None
    position: int | None = None
    application_id: int | None = None
    interaction: dict[str, Json] | None = None
    seen_only_by: int | None = None


@dataclass(slots=True)
class Command:
    id: int
    application_id: int
    guild_id: int | None
    version: int
    body: dict[str, Json]


@dataclass(slots=True)
class AuditEntry:
    """docs: resources/audit-log#audit-log-entry-object"""

    id: int
    guild_id: int
    action: int
    target_id: int
    user_id: int
    reason: str | None = None
    options: dict[str, str] | None = None
    changes: list[Json] | None = None


@dataclass(slots=True)
class Upload:
    """A file somebody sent, kept to be fetched again from the content delivery path."""

    id: int
    filename: str
    content_type: str
    data: bytes


def as_row(thing: object) -> dict[str, Json]:
    """A value's fields, for json.dumps to go on with."""
    return {each.name: getattr(thing, each.name) for each in fields(thing)}  # type: ignore[arg-type]


def _by_id(rows: dict[str, Json], make: type) -> dict[int, Any]:
    return {int(key): make(**row) for key, row in rows.items()}


def guild_from(row: dict[str, Json]) -> Guild:
    row["roles"] = _by_id(row["roles"], Role)
    row["members"] = _by_id(row["members"], GuildMember)
    row["emoji"] = _by_id(row.get("emoji", {}), Emoji)
    row["bans"] = {int(user_id): reason for user_id, reason in row.get("bans", {}).items()}
    row["rules"] = {int(rule_id): rule for rule_id, rule in row.get("rules", {}).items()}
    return Guild(**row)


def channel_from(row: dict[str, Json]) -> Channel:
    row["overwrites"] = _by_id(row["overwrites"], Overwrite)
    if row["thread"] is not None:
        state = row["thread"]
        state["members"] = {int(key): joined for key, joined in state["members"].items()}
        row["thread"] = ThreadState(**state)
    if row.get("forum") is not None:
        forum = row["forum"]
        forum["tags"] = [Tag(**each) for each in forum["tags"]]
        row["forum"] = ForumState(**forum)
    return Channel(**row)
