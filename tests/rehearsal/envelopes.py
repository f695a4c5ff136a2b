"""The table of gateway envelopes: which fields an event must have, which it may have, and of what type.

Each row cites the section of Discord's documentation that it was read from. A type is a word: `id` is a
snowflake in text, `time` an ISO 8601 timestamp, `?` before a word lets it be null, `[…]` is an array.
Objects that Discord's OpenAPI file has a schema for are held against that by the referee; here they need only
be objects. Rows marked OBJECT have the whole object as their payload; their row names its documented extra
fields and the few fields that the stand-in's clients rest on.
Source: Discord's documentation, events/gateway-events, "Receive Events".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

OBJECT = "the whole object"


@dataclass(frozen=True)
class Envelope:
    """One event's row. `rest` is OBJECT where further fields belong to the object itself."""

    cites: str
    required: dict[str, str]
    optional: dict[str, str]
    rest: str = ""


def _row(cites: str, required: str, optional: str = "", rest: str = "") -> Envelope:
    return Envelope(f"events/gateway-events#{cites}", _fields(required), _fields(optional), rest)


def _fields(text: str) -> dict[str, str]:
    return dict(pair.split(":") for pair in text.split())


_THREAD = "id:id type:integer guild_id:id parent_id:id"
_CHANNEL = "id:id type:integer guild_id:id name:string"
_MESSAGE = "id:id channel_id:id author:object content:string timestamp:time edited_timestamp:?time mentions:[object]"
_MESSAGE_EXTRA = "guild_id:id member:object"
_REACTION = "channel_id:id message_id:id"
_MEMBER = "user:object roles:[id] joined_at:time nick:?string guild_id:id"
_RULE = (
    "id:id guild_id:id name:string creator_id:id event_type:integer trigger_type:integer trigger_metadata:object"
    " actions:[object] enabled:boolean exempt_roles:[id] exempt_channels:[id]"
)

ENVELOPES = {
    "READY": _row(
        "ready",
        "v:integer user:object guilds:[object] session_id:string resume_gateway_url:string application:object",
        "shard:[integer]",
    ),
    "RESUMED": _row("resumed", "", "_trace:[string]"),
    "GUILD_CREATE": _row(
        "guild-create",
        "id:id name:string owner_id:id roles:[object] joined_at:time large:boolean member_count:integer"
        " voice_states:[object] members:[object] channels:[object] threads:[object] presences:[object]"
        " stage_instances:[object] guild_scheduled_events:[object] soundboard_sounds:[object]",
        "unavailable:boolean",
        OBJECT,
    ),
    "GUILD_DELETE": _row("guild-delete", "id:id", "unavailable:boolean"),
    "CHANNEL_CREATE": _row("channel-create", _CHANNEL, rest=OBJECT),
    "CHANNEL_UPDATE": _row("channel-update", _CHANNEL, rest=OBJECT),
    "CHANNEL_DELETE": _row("channel-delete", _CHANNEL, rest=OBJECT),
    "CHANNEL_PINS_UPDATE": _row("channel-pins-update", "channel_id:id", "guild_id:id last_pin_timestamp:?time"),
    "THREAD_CREATE": _row(
        "thread-create",
        f"{_THREAD} name:string thread_metadata:object",
        "newly_created:boolean member:object",
        OBJECT,
    ),
    "THREAD_UPDATE": _row("thread-update", f"{_THREAD} name:string thread_metadata:object", rest=OBJECT),
    "THREAD_DELETE": _row("thread-delete", _THREAD),
    "THREAD_LIST_SYNC": _row("thread-list-sync", "guild_id:id threads:[object] members:[object]", "channel_ids:[id]"),
    "THREAD_MEMBER_UPDATE": _row(
        "thread-member-update", "id:id user_id:id join_timestamp:time flags:integer guild_id:id", rest=OBJECT
    ),
    "THREAD_MEMBERS_UPDATE": _row(
        "thread-members-update",
        "id:id guild_id:id member_count:integer",
        "added_members:[object] removed_member_ids:[id]",
    ),
    "GUILD_MEMBER_ADD": _row("guild-member-add", _MEMBER, rest=OBJECT),
    "GUILD_MEMBER_REMOVE": _row("guild-member-remove", "guild_id:id user:object"),
    "GUILD_MEMBER_UPDATE": _row(
        "guild-member-update",
        "guild_id:id roles:[id] user:object avatar:?string banner:?string joined_at:?time",
        "nick:?string premium_since:?time deaf:boolean mute:boolean pending:boolean"
        " communication_disabled_until:?time avatar_decoration_data:?object collectibles:?object"
        " flags:integer",
    ),
    "GUILD_MEMBERS_CHUNK": _row(
        "guild-members-chunk",
        "guild_id:id members:[object] chunk_index:integer chunk_count:integer",
        "not_found:[string] presences:[object] nonce:string",
    ),
    "RATE_LIMITED": _row("rate-limited", "opcode:integer retry_after:number meta:object"),
    "SOUNDBOARD_SOUNDS": _row("soundboard-sounds", "guild_id:id soundboard_sounds:[object]"),
    "GUILD_UPDATE": _row("guild-update", "id:id name:string owner_id:id roles:[object]", rest=OBJECT),
    "AUTO_MODERATION_RULE_CREATE": _row("auto-moderation-rule-create", _RULE),
    "AUTO_MODERATION_RULE_UPDATE": _row("auto-moderation-rule-update", _RULE),
    "AUTO_MODERATION_RULE_DELETE": _row("auto-moderation-rule-delete", _RULE),
    "GUILD_AUDIT_LOG_ENTRY_CREATE": _row(
        "guild-audit-log-entry-create",
        "id:id target_id:?id user_id:?id action_type:integer guild_id:id",
        "changes:[object] options:object reason:string",
    ),
    "GUILD_BAN_ADD": _row("guild-ban-add", "guild_id:id user:object"),
    "GUILD_BAN_REMOVE": _row("guild-ban-remove", "guild_id:id user:object"),
    "GUILD_EMOJIS_UPDATE": _row("guild-emojis-update", "guild_id:id emojis:[object]"),
    "GUILD_ROLE_CREATE": _row("guild-role-create", "guild_id:id role:object"),
    "GUILD_ROLE_UPDATE": _row("guild-role-update", "guild_id:id role:object"),
    "GUILD_ROLE_DELETE": _row("guild-role-delete", "guild_id:id role_id:id"),
    "TYPING_START": _row("typing-start", "channel_id:id user_id:id timestamp:integer", "guild_id:id member:object"),
    "MESSAGE_CREATE": _row("message-create", _MESSAGE, _MESSAGE_EXTRA, OBJECT),
    "MESSAGE_UPDATE": _row("message-update", _MESSAGE, _MESSAGE_EXTRA, OBJECT),
    "MESSAGE_DELETE": _row("message-delete", "id:id channel_id:id", "guild_id:id"),
    "MESSAGE_DELETE_BULK": _row("message-delete-bulk", "ids:[id] channel_id:id", "guild_id:id"),
    "MESSAGE_REACTION_ADD": _row(
        "message-reaction-add",
        f"user_id:id {_REACTION} emoji:object burst:boolean type:integer",
        "guild_id:id member:object message_author_id:id burst_colors:[string]",
    ),
    "MESSAGE_REACTION_REMOVE": _row(
        "message-reaction-remove",
        f"user_id:id {_REACTION} emoji:object burst:boolean type:integer",
        "guild_id:id",
    ),
    "MESSAGE_REACTION_REMOVE_ALL": _row("message-reaction-remove-all", _REACTION, "guild_id:id"),
    "MESSAGE_REACTION_REMOVE_EMOJI": _row("message-reaction-remove-emoji", f"{_REACTION} emoji:object", "guild_id:id"),
    # interactions/receiving-and-responding#interaction-object-interaction-structure
    "INTERACTION_CREATE": _row(
        "interaction-create",
        "id:id application_id:id type:integer token:string version:integer entitlements:[object]"
        " authorizing_integration_owners:object app_permissions:string attachment_size_limit:integer",
        "data:object guild:object guild_id:id channel:object channel_id:id member:object user:object"
        " message:object locale:string guild_locale:string context:integer",
    ),
}

_SNOWFLAKE = re.compile(r"0|[1-9][0-9]*")


def faults(entries: Iterable[dict[str, Any]]) -> list[str]:
    """What is wrong with the envelopes of the recorded events to the bot, one sentence each.

    Events to members are left out: Discord documents no gateway for its own client.
    """
    found: list[str] = []
    for entry in entries:
        if entry["kind"] != "event" or entry["to"] != "bot":
            continue
        row = ENVELOPES.get(entry["name"])
        if row is None:
            found.append(f"{entry['name']}: the table has no row for it")
        else:
            found += [f"{entry['name']}: {fault}" for fault in _faults(row, entry["data"])]
    return found


def _faults(row: Envelope, data: dict[str, Any]) -> Iterable[str]:
    for name in row.required.keys() - data.keys():
        yield f"lacks {name}"
    for name, value in data.items():
        kind = row.required.get(name) or row.optional.get(name)
        if kind is None:
            if row.rest != OBJECT:
                yield f"has the undocumented field {name}"
        elif not _is(kind, value):
            yield f"{name} is not of the type {kind}"


def _is(kind: str, value: Any) -> bool:
    if kind.startswith("?"):
        return value is None or _is(kind[1:], value)
    if kind.startswith("["):
        return isinstance(value, list) and all(_is(kind[1:-1], item) for item in value)
    if kind == "id":
        return isinstance(value, str) and _SNOWFLAKE.fullmatch(value) is not None
    if kind == "time":
        return isinstance(value, str) and _is_time(value)
    if kind == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, {"string": str, "boolean": bool, "object": dict, "number": float}[kind])


def _is_time(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
