"""Notices: what a server's moderators are told once, because it happened without them or goes wrong without end.

1. A notice has a key, so that the same occasion is told once; another occasion is another key.
2. What is told is a cause and what it is about, never rendered text, and never a member's words.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.core.ids import ChannelId, CritiqueId, GuildId, NoticeId, PointId


class Cause(StrEnum):
    """Why moderators are told something."""

    REACTIONS_CLEARED = "reactions-cleared"
    MESSAGE_DELETED = "message-deleted"
    THREAD_DELETED = "thread-deleted"
    HOME_DELETED = "home-deleted"
    DIGEST_DELETED = "digest-deleted"
    LOBBY_DELETED = "lobby-deleted"
    GIVEN_UP = "given-up"
    STUCK = "stuck"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a notice is about, as far as it is about that. `detail` is a word of ours or Discord's, not a member's."""

    point: PointId | None = None
    critique: CritiqueId | None = None
    channel: ChannelId | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice as stored. `label` is its point's, `title` its critique's; empty where it is about none."""

    id: NoticeId
    guild: GuildId
    cause: Cause
    about: Subject
    label: str
    title: str
    at: datetime


def key(cause: Cause, guild: GuildId, about: Subject, occasion: str = "") -> str:
    """What is told once. `occasion` tells one time from another where the same may happen again."""
    named = (about.point, about.critique, about.channel)
    return ":".join([cause, str(guild), *("" if each is None else str(each) for each in named), occasion])
