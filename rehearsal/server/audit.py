"""Promises the audit log: who changed what on a guild, with the reason given, for those who may see it.

docs: resources/audit-log. Rules:
1. Entries come newest first, or oldest first after a given one; 50 unless told; they are kept for 45 days.
2. A reason has 512 characters at most.
3. An update that changed nothing is no entry.
"""

from collections.abc import Iterable
from datetime import timedelta
from enum import IntEnum

from rehearsal.server import shapes
from rehearsal.server.errors import refusal
from rehearsal.server.forms import Form
from rehearsal.server.model import AuditEntry, Json
from rehearsal.server.permissions import Permission, base
from rehearsal.server.snowflakes import moment_of
from rehearsal.server.world import World

MOST_KEPT = 2000
KEPT = timedelta(days=45)
LONGEST_REASON = 512


class Action(IntEnum):
    """docs: resources/audit-log#audit-log-entry-object-audit-log-events"""

    CHANNEL_CREATE = 10
    CHANNEL_UPDATE = 11
    CHANNEL_DELETE = 12
    OVERWRITE_CREATE = 13
    OVERWRITE_UPDATE = 14
    OVERWRITE_DELETE = 15
    MEMBER_KICK = 20
    MEMBER_BAN_ADD = 22
    MEMBER_BAN_REMOVE = 23
    MEMBER_UPDATE = 24
    MEMBER_ROLE_UPDATE = 25
    BOT_ADD = 28
    ROLE_CREATE = 30
    ROLE_UPDATE = 31
    ROLE_DELETE = 32
    MESSAGE_DELETE = 72
    MESSAGE_BULK_DELETE = 73
    MESSAGE_PIN = 74
    MESSAGE_UNPIN = 75
    THREAD_CREATE = 110
    THREAD_UPDATE = 111
    THREAD_DELETE = 112
    AUTO_MODERATION_RULE_CREATE = 140
    AUTO_MODERATION_RULE_UPDATE = 141
    AUTO_MODERATION_RULE_DELETE = 142


def note(
    world: World,
    action: Action,
    guild_id: int,
    target_id: int,
    by: int,
    reason: str | None = None,
    options: dict[str, str] | None = None,
    changes: list[Json] | None = None,
) -> AuditEntry:
    """Adds an entry and gives it back."""
    reason = reason[:LONGEST_REASON] if reason else None
    entry = AuditEntry(world.ids.next(), guild_id, int(action), target_id, by, reason, options, changes)
    world.add_entry(entry, MOST_KEPT)
    return entry


# What stands on an object but is no setting of it.
_NO_SETTING = frozenset(
    {"id", "guild_id", "last_message_id", "last_pin_timestamp", "member", "member_count", "message_count", "message"}
    | {"total_message_sent", "archive_timestamp", "create_timestamp", "permission_overwrites", "user", "roles"}
)


def changes(before: shapes.Shape, after: shapes.Shape) -> list[Json]:
    """What differs between an object's shapes; {} stands for one that was not there, or is there no more."""
    old, new = _settings(before), _settings(after)
    found: list[Json] = []
    for key in sorted(old.keys() | new.keys()):
        if old.get(key) != new.get(key):
            both = {"old_value": old.get(key), "new_value": new.get(key)}
            found.append({"key": key} | {name: value for name, value in both.items() if value is not None})
    return found


def _settings(shape: shapes.Shape) -> shapes.Shape:
    """A thread's metadata counts as the thread's own."""
    flat = {**shape, **shape.get("thread_metadata", {})}
    return {key: value for key, value in flat.items() if key not in _NO_SETTING and key != "thread_metadata"}


def read(world: World, guild_id: int, reader: int, form: Form) -> shapes.Shape:
    """The page that the query asks for (docs: #get-guild-audit-log)."""
    if not base(world.guilds[guild_id], reader) & Permission.VIEW_AUDIT_LOG:
        raise refusal(50013)
    limit = form.integer("limit", least=1, most=100)
    before, after = form.snowflake("before"), form.snowflake("after")
    wanted = {
        "user_id": form.snowflake("user_id"),
        "target_id": form.snowflake("target_id"),
        "action": form.integer("action_type"),
    }
    form.check()
    oldest = world.clock.now() - KEPT
    found = [
        each
        for each in world.audit.get(guild_id, [])
        if moment_of(each.id) >= oldest
        and (before is None or each.id < before)
        and (after is None or each.id > after)
        and all(value is None or getattr(each, name) == value for name, value in wanted.items())
    ]
    ordered = found if after is not None else found[::-1]
    return _page(world, guild_id, ordered[: 50 if limit is None else limit], reader)


def _page(world: World, guild_id: int, entries: list[AuditEntry], reader: int) -> shapes.Shape:
    named = {each.user_id for each in entries} | {each.target_id for each in entries}
    threads = [each for each in map(world.channels.get, sorted(named)) if each and each.thread]
    return {
        "audit_log_entries": [shapes.audit_entry(each) for each in entries],
        "users": [shapes.user(world.users[each]) for each in sorted(named) if each in world.users],
        "threads": [shapes.channel(world, each, reader) for each in threads],
        "auto_moderation_rules": [each for key, each in world.guilds[guild_id].rules.items() if key in named],
        **_none_of("application_commands", "guild_scheduled_events"),
        **_none_of("integrations", "webhooks"),
    }


def _none_of(*names: str) -> dict[str, Iterable[Json]]:
    return {name: [] for name in names}
