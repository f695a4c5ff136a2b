"""Promises to read a rule of AutoMod from a request, with Discord's limits; faults are noted on the form.

docs: resources/auto-moderation#auto-moderation-rule-object and following.
"""

from collections.abc import Collection
from typing import Any

from rehearsal.server import snowflakes
from rehearsal.server.forms import Form

Rule = dict[str, Any]
KEYWORD, SPAM, PRESET, MENTIONS, PROFILE = TRIGGERS = (1, 3, 4, 5, 6)
MESSAGE_SEND, MEMBER_UPDATE = _EVENTS = (1, 2)
BLOCK, ALERT, TIME_OUT, BLOCK_MEMBER = _ACTIONS = (1, 2, 3, 4)
_LONGEST_TIME_OUT = 2419200
# How many texts a field of the trigger holds, and how long one may be.
_TEXTS = {"keyword_filter": (1000, 60), "regex_patterns": (10, 260), "allow_list": (100, 60)}


def settings(form: Form, kind: int, channels: Collection[int], *, new: bool) -> Rule:
    """The fields a rule has whatever triggers it, those that the form names."""
    read: Rule = {
        "name": form.text("name", least=1, most=100, required=new),
        "event_type": form.choice("event_type", _EVENTS, required=new),
        "enabled": form.boolean("enabled"),
        "exempt_roles": _ids(form, "exempt_roles", 20),
        "exempt_channels": _ids(form, "exempt_channels", 50),
    }
    if new or "actions" in form:
        listed = form.forms("actions", least=1, most=5, required=True)
        read["actions"] = [_action(each, kind, channels) for each in listed]
    if read["event_type"] and (read["event_type"] == MEMBER_UPDATE) != (kind == PROFILE):
        form.wrong("event_type", "BASE_TYPE_CHOICES", "This event does not go with this trigger.")
    return {name: value for name, value in read.items() if value is not None and name in form}


def _ids(form: Form, name: str, most: int) -> list[str]:
    found = form.list(name, most=most)
    if any(snowflakes.read(each) is None for each in found):
        form.wrong(name, "NUMBER_TYPE_COERCE", "Not all of these are snowflakes.")
    return [str(each) for each in found]


def _action(form: Form, kind: int, channels: Collection[int]) -> Rule:
    action = form.choice("type", _ACTIONS, required=True)
    given = form.child("metadata", required=action in (ALERT, TIME_OUT)) or Form({}, form.path, form.faults)
    read: Rule = {}
    if action == BLOCK and (words := given.text("custom_message", most=150)) is not None:
        read["custom_message"] = words
    if action == ALERT:
        channel_id = given.snowflake("channel_id", required=True)
        if channel_id is not None and channel_id not in channels:
            given.wrong("channel_id", "AUTO_MODERATION_INVALID_CHANNEL", "There is no such channel.")
        read["channel_id"] = str(channel_id)
    if action == TIME_OUT:
        read["duration_seconds"] = given.integer("duration_seconds", least=0, most=_LONGEST_TIME_OUT, required=True)
        if kind not in (KEYWORD, MENTIONS):
            form.wrong("type", "AUTO_MODERATION_INVALID_ACTION_TYPE", "This action does not go with this trigger.")
    return {"type": action, "metadata": read}


def metadata(form: Form, kind: int) -> Rule:
    """What the trigger consists of; every field that goes with it, also those that were not given."""
    given = form.child("trigger_metadata", required=kind in (KEYWORD, PRESET, MENTIONS, PROFILE))
    if given is None or kind == SPAM:
        return {}
    if kind == MENTIONS:
        return {
            "mention_total_limit": given.integer("mention_total_limit", least=0, most=50) or 0,
            "mention_raid_protection_enabled": given.boolean("mention_raid_protection_enabled") or False,
        }
    if kind == PRESET:
        presets = given.list("presets", most=3)
        if any(each not in (1, 2, 3) for each in presets):
            given.wrong("presets", "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3}.")
        return {"presets": presets, "allow_list": _texts(given, "allow_list", 1000, 60)}
    return {name: _texts(given, name, most, longest) for name, (most, longest) in _TEXTS.items()}


def _texts(form: Form, name: str, most: int, longest: int) -> list[str]:
    found = form.list(name, most=most)
    for place, each in enumerate(found):
        if not isinstance(each, str) or not 1 <= len(each) <= longest:
            form.wrong(f"{name}.{place}", "BASE_TYPE_BAD_LENGTH", f"Must be between 1 and {longest} in length.")
    return found
