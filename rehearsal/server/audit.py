"""Promises the audit log: who changed what on a guild, with the reason given, for those who may see it.

docs: resources/audit-log. Entries come newest first, 50 unless told; a reason has 512 characters at most.
"""

from enum import IntEnum
from typing import Any

from rehearsal.server import shapes
from rehearsal.server.errors import refusal
from rehearsal.server.forms import Form
from rehearsal.server.model import Json
from rehearsal.server.permissions import Permission, base
from rehearsal.server.world import World

MOST_KEPT = 1000
LONGEST_REASON = 512


class Action(IntEnum):
    """docs: resources/audit-log#audit-log-entry-object-audit-log-events"""

    CHANNEL_CREATE = 10
    CHANNEL_UPDATE = 11
    CHANNEL_DELETE = 12
    OVERWRITE_CREATE = 13
    OVERWRITE_UPDATE = 14
    OVERWRITE_DELETE = 15
    BOT_ADD = 28
    THREAD_UPDATE = 111
    THREAD_DELETE = 112


def note(
    world: World,
    action: Action,
    guild_id: int,
    target_id: int,
    by: int,
    reason: str | None = None,
    options: Json | None = None,
) -> Json:
    """Adds an entry and gives it back."""
    entry: dict[str, Any] = {
        "id": str(world.ids.next()),
        "action_type": int(action),
        "target_id": str(target_id),
        "user_id": str(by),
    }
    if reason:
        entry["reason"] = reason[:LONGEST_REASON]
    if options:
        entry["options"] = options
    kept: list[Json] = world.facts.setdefault("audit", {}).setdefault(str(guild_id), [])
    kept.append(entry)
    del kept[:-MOST_KEPT]
    return entry


def read(world: World, guild_id: int, reader: int, form: Form) -> shapes.Shape:
    """The page that the query asks for (docs: #get-guild-audit-log)."""
    if not base(world.guilds[guild_id], reader) & Permission.VIEW_AUDIT_LOG:
        raise refusal(50013)
    limit = form.integer("limit", least=1, most=100) or 50
    before, after = form.snowflake("before"), form.snowflake("after")
    user, action = form.snowflake("user_id"), form.integer("action_type")
    form.check()
    entries = world.facts.get("audit", {}).get(str(guild_id), [])
    found = [
        each
        for each in entries
        if (before is None or int(each["id"]) < before)
        and (after is None or int(each["id"]) > after)
        and (user is None or int(each["user_id"]) == user)
        and (action is None or each["action_type"] == action)
    ]
    page = found[:limit] if after is not None else found[::-1][:limit]
    people = {int(each["user_id"]) for each in page} | {int(each["target_id"]) for each in page}
    return {
        "audit_log_entries": page,
        "users": [shapes.user(world.users[each]) for each in sorted(people) if each in world.users],
        **{name: [] for name in _LISTS},
    }


_LISTS = (
    "application_commands",
    "auto_moderation_rules",
    "guild_scheduled_events",
    "integrations",
    "threads",
    "webhooks",
)
