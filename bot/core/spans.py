"""Spans of time as people type them: "30m", "2h", "1 day", "1h 30m"."""

import re
from datetime import timedelta

_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_PART = r"(\d{1,4})\s*(m|min|mins|minutes?|h|hours?|d|days?|w|weeks?)"
_PARTS = re.compile(_PART)
_WHOLE = re.compile(rf"(?:{_PART}[\s,]*)+")


def span(typed: str) -> timedelta | None:
    """The span that was typed; None where it is none, or is nothing."""
    text = typed.strip().casefold()
    if _WHOLE.fullmatch(text) is None:
        return None
    found = sum((int(number) * _UNITS[unit[0]] for number, unit in _PARTS.findall(text)), timedelta())
    return found or None
