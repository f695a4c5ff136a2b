"""Which objects inside a gateway event are held against which schema of the file.

The file describes REST only, but Discord documents each event's payload as one of the same objects, some with
extra fields. `extra` names these documented fields; they are taken off before the object is checked, and
checked as parts of their own where the file knows them. What an event leaves out of an object is a
deviation, in `deviations`, not here. The envelopes themselves are held by a table among the tests.
Source: Discord's documentation, Gateway Events, "Receive Events"; Receiving and Responding, "Interaction
Object".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from rehearsal.referee.document import Document, component, pointer
from rehearsal.referee.findings import findings
from rehearsal.referee.verdict import Finding

_THREAD_TYPES = (10, 11, 12)
_DIRECT, _DIRECT_TYPE = "PrivateChannelResponse", 1
_CHANNEL = "GuildChannelResponse"
_THREAD = "ThreadResponse"
_RULES = {
    1: "KeywordRuleResponse",
    3: "MLSpamRuleResponse",
    4: "DefaultKeywordRuleResponse",
    5: "MentionSpamRuleResponse",
    6: "UserProfileRuleResponse",
}


@dataclass(frozen=True, slots=True)
class Part:
    """An object within an event: where it stands ("*" is each item or value), its schema, its extra fields.

    The schema "channel" stands for one of a thread, a direct message or a server, by the object's own `type`; "rule"
    for the one of AutoMod's rules that its `trigger_type` says.
    """

    path: tuple[str, ...]
    schema: str
    extra: frozenset[str] = field(default_factory=frozenset)


def _part(path: str, schema: str, *extra: str) -> Part:
    return Part(tuple(path.split("/")) if path else (), schema, frozenset(extra))


_MESSAGE = (
    _part("", "MessageResponse", "guild_id", "member"),
    _part("member", "GuildMemberResponse"),
    _part("mentions/*/member", "GuildMemberResponse"),
)
_CHANNEL_EVENT = (_part("", _CHANNEL),)
_MEMBER_EVENT = (_part("", "GuildMemberResponse", "guild_id"),)
_ROLE_EVENT = (_part("role", "GuildRoleResponse"),)
_USER_EVENT = (_part("user", "UserResponse"),)
_RULE_EVENT = (_part("", "rule"),)
_EMOJI = _part("emoji", "MessageReactionEmojiResponse")

PARTS: dict[str, tuple[Part, ...]] = {
    "READY": (_part("user", "UserPIIResponse"), _part("application", "PrivateApplicationResponse")),
    "GUILD_CREATE": (
        _part(
            "", "GuildResponse",
            "joined_at", "large", "unavailable", "member_count", "voice_states", "members", "channels",
            "threads", "presences", "stage_instances", "guild_scheduled_events", "soundboard_sounds",
        ),
        _part("members/*", "GuildMemberResponse"),
        _part("channels/*", _CHANNEL),
        _part("threads/*", _THREAD),
    ),
    "GUILD_UPDATE": (_part("", "GuildResponse"),),
    "CHANNEL_CREATE": _CHANNEL_EVENT,
    "CHANNEL_UPDATE": _CHANNEL_EVENT,
    "CHANNEL_DELETE": _CHANNEL_EVENT,
    "THREAD_CREATE": (_part("", _THREAD, "newly_created"),),
    "THREAD_UPDATE": (_part("", _THREAD),),
    "THREAD_DELETE": (_part("", _THREAD),),
    "THREAD_LIST_SYNC": (_part("threads/*", _THREAD), _part("members/*", "ThreadMemberResponse")),
    "THREAD_MEMBER_UPDATE": (_part("", "ThreadMemberResponse", "guild_id"),),
    "THREAD_MEMBERS_UPDATE": (_part("added_members/*", "ThreadMemberResponse", "presence"),),
    "GUILD_MEMBER_ADD": _MEMBER_EVENT,
    "GUILD_MEMBER_UPDATE": _MEMBER_EVENT,
    "GUILD_MEMBER_REMOVE": _USER_EVENT,
    "GUILD_AUDIT_LOG_ENTRY_CREATE": (_part("", "AuditLogEntryResponse", "guild_id"),),
    "AUTO_MODERATION_RULE_CREATE": _RULE_EVENT,
    "AUTO_MODERATION_RULE_UPDATE": _RULE_EVENT,
    "AUTO_MODERATION_RULE_DELETE": _RULE_EVENT,
    "GUILD_BAN_ADD": _USER_EVENT,
    "GUILD_BAN_REMOVE": _USER_EVENT,
    "GUILD_MEMBERS_CHUNK": (_part("members/*", "GuildMemberResponse"),),
    "GUILD_EMOJIS_UPDATE": (_part("emojis/*", "EmojiResponse"),),
    "GUILD_ROLE_CREATE": _ROLE_EVENT,
    "GUILD_ROLE_UPDATE": _ROLE_EVENT,
    "MESSAGE_CREATE": _MESSAGE,
    "MESSAGE_UPDATE": _MESSAGE,
    "TYPING_START": (_part("member", "GuildMemberResponse"),),
    "MESSAGE_REACTION_ADD": (_part("member", "GuildMemberResponse"), _EMOJI),
    "MESSAGE_REACTION_REMOVE": (_EMOJI,),
    "MESSAGE_REACTION_REMOVE_EMOJI": (_EMOJI,),
    "INTERACTION_CREATE": (
        _part("member", "PrivateGuildMemberResponse"),
        _part("user", "UserResponse"),
        _part("message", "MessageResponse"),
        _part("channel", "channel"),
        _part("data/resolved/users/*", "UserResponse"),
        _part("data/resolved/members/*", "PrivateGuildMemberResponse"),
        _part("data/resolved/roles/*", "GuildRoleResponse"),
        _part("data/resolved/channels/*", "channel"),
        _part("data/resolved/messages/*", "MessageResponse"),
        _part("data/resolved/attachments/*", "MessageAttachmentResponse"),
    ),
}  # fmt: skip

_IDS_ONLY = "only ids, no object of the file"
UNCOVERED = {
    "RESUMED": "no object in it",
    "MESSAGE_DELETE": _IDS_ONLY,
    "MESSAGE_DELETE_BULK": _IDS_ONLY,
    "MESSAGE_REACTION_REMOVE_ALL": _IDS_ONLY,
    "GUILD_DELETE": _IDS_ONLY,
    "GUILD_ROLE_DELETE": _IDS_ONLY,
    "CHANNEL_PINS_UPDATE": _IDS_ONLY,
    "RATE_LIMITED": "no object in it",
    "SOUNDBOARD_SOUNDS": "no sounds in it",
    "INTERACTION_SUCCESS": "for Discord's own client, documented nowhere",
    "INTERACTION_FAILURE": "for Discord's own client, documented nowhere",
}


def uncovered(entry: dict[str, Any]) -> str | None:
    """Why nothing in this event can be held against the file, or None when something may be."""
    name = entry["name"]
    if name in PARTS:
        return None
    return f"{name} ({UNCOVERED.get(name, 'an event the referee does not know')})"


def check(document: Document, entry: dict[str, Any]) -> Iterator[list[Finding]]:
    """One list of findings for each object of the event that the file has a schema for."""
    where = f"event {entry['name']}"
    for part in PARTS[entry["name"]]:
        for at, found in _each(entry["data"], part.path, ""):
            value = _without(found, part.extra) if part.extra and isinstance(found, dict) else found
            yield findings(document.validator(component(_schema(part, value))), value, where, at)


def _each(value: Any, path: tuple[str, ...], at: str) -> Iterator[tuple[str, Any]]:
    """The values that stand at a path, each with its pointer; none where the path leads nowhere."""
    if not path:
        yield at, value
        return
    key, rest = path[0], path[1:]
    if key != "*":
        if isinstance(value, dict) and key in value:
            yield from _each(value[key], rest, at + pointer(key))
        return
    items = value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ())
    for name, item in items:
        yield from _each(item, rest, at + pointer(name))


def _schema(part: Part, value: Any) -> str:
    if part.schema == "rule":
        return _RULES[value["trigger_type"]]
    if part.schema != "channel":
        return part.schema
    kind = value.get("type") if isinstance(value, dict) else None
    return _DIRECT if kind == _DIRECT_TYPE else _THREAD if kind in _THREAD_TYPES else _CHANNEL


def _without(value: dict[str, Any], extra: frozenset[str]) -> dict[str, Any]:
    """The object without its documented extra fields, also within the users it mentions."""
    kept = {key: item for key, item in value.items() if key not in extra}
    if "mentions" in kept:
        kept["mentions"] = [{k: v for k, v in user.items() if k != "member"} for user in kept["mentions"]]
    return kept
