"""Promises to read a presence as a client sends it. Nobody is shown it: the stand-in models no presences.

docs: events/gateway-events#update-presence
"""

from typing import Any

from rehearsal.server.closing import undecodable

_STATUSES = ("online", "dnd", "idle", "invisible", "offline")


def check(asked: Any) -> None:
    """Raises Closing when it is not a presence."""
    if not isinstance(asked, dict) or asked.get("status") not in _STATUSES:
        raise undecodable()
    since, activities = asked.get("since"), asked.get("activities")
    if not isinstance(activities, list) or not all(_is_activity(each) for each in activities):
        raise undecodable()
    if not isinstance(asked.get("afk"), bool) or not (since is None or isinstance(since, int | float)):
        raise undecodable()


def _is_activity(asked: Any) -> bool:
    return isinstance(asked, dict) and isinstance(asked.get("name"), str) and isinstance(asked.get("type"), int)
