"""Examinations: what is looked at, and what is found. Facts come in, findings go out; the words are display's.

1. A finding is *fine*, a *warning* (it works, but not as it could) or a *fault* (something that is asked for cannot
   work).
2. A fact that could not be had is None, and nothing is found about it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.core.ids import ChannelId


class Level(StrEnum):
    """How bad it is."""

    FINE = "ok"
    WARNING = "warning"
    FAULT = "fault"


class Use(StrEnum):
    """What a server uses a channel for."""

    HOME = "home"
    DIGEST = "digest"
    MODERATORS = "moderators"


class Found(StrEnum):
    """What was found."""

    TOKEN_KNOWN = "token-known"  # noqa: S105 - no password
    TOKEN_UNKNOWN = "token-unknown"  # noqa: S105 - as above
    DISCORD_UNREACHABLE = "discord-unreachable"
    SETTING_WRONG = "setting-wrong"
    CONTENT_READ = "content-read"
    CONTENT_NOT_ASKED = "content-not-asked"
    CONTENT_NOT_GRANTED = "content-not-granted"
    LATENCY = "latency"
    LATENCY_HIGH = "latency-high"
    CHANNEL_FIT = "channel-fit"
    CHANNEL_NOT_CHOSEN = "channel-not-chosen"
    CHANNEL_GONE = "channel-gone"
    PERMISSION_LACKING = "permission-lacking"
    ROLES_KNOWN = "roles-known"
    ROLES_NONE = "roles-none"
    ROLES_GONE = "roles-gone"
    EMOJI_USABLE = "emoji-usable"
    EMOJI_GONE = "emoji-gone"
    COMMANDS_KNOWN = "commands-known"
    COMMANDS_UNKNOWN = "commands-unknown"
    DATABASE_FIT = "database-fit"
    DATABASE_NONE = "database-none"
    DATABASE_OLDER = "database-older"
    DATABASE_UNUSABLE = "database-unusable"
    DISK = "disk"
    DISK_LOW = "disk-low"
    CLOCK_RIGHT = "clock-right"
    CLOCK_WRONG = "clock-wrong"
    DELIVERIES_WAIT = "deliveries-wait"
    DELIVERIES_LATE = "deliveries-late"
    DELIVERIES_STUCK = "deliveries-stuck"
    DELIVERIES_GIVEN_UP = "deliveries-given-up"
    CRITIQUES_OPEN = "critiques-open"
    NO_SERVER = "no-server"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found; `params` are what its sentence needs, `server` a name where several are looked at."""

    level: Level
    what: Found
    params: Mapping[str, str | int] = field(default_factory=dict[str, str | int])
    server: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A channel that a server uses, as it is. `lacking`: permissions that the bot needs there and does not hold,
    `wished`: those it can do without. Both by discord.py's names. `name` None: the channel is gone.
    """

    use: Use
    channel: ChannelId | None
    name: str | None = None
    lacking: Sequence[str] = ()
    wished: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class GivenUp:
    """How many deliveries of a kind were given up, and Discord's word for the last one's fault."""

    kind: str
    count: int
    fault: str


@dataclass(frozen=True, slots=True)
class Books:
    """What the database says of itself. Sizes in bytes."""

    size: int
    free: int
    revision: str
    waiting: int
    late: int
    stuck: int
    given_up: Sequence[GivenUp]
    critiques: int


SLOW = 1.0  # seconds from a heartbeat to its answer
SKEW = 5.0  # seconds by which the clock may be wrong
LOW_DISK = 500_000_000


def content(*, asked: bool, granted: bool | None) -> list[Finding]:
    """Whether what members type can be read."""
    if not asked:
        return [Finding(Level.WARNING, Found.CONTENT_NOT_ASKED)]
    if granted is False:
        return [Finding(Level.FAULT, Found.CONTENT_NOT_GRANTED)]
    return [Finding(Level.FINE, Found.CONTENT_READ)]


def latency(seconds: float) -> list[Finding]:
    """How long Discord takes to answer a heartbeat; a connection without an answer yet has no figure (not a number)."""
    if seconds != seconds or seconds == float("inf"):
        return []
    params = {"milliseconds": round(seconds * 1000)}
    slow = seconds > SLOW
    return [Finding(Level.WARNING if slow else Level.FINE, Found.LATENCY_HIGH if slow else Found.LATENCY, params)]


def place(it: Place) -> list[Finding]:
    """Whether a channel can be used for what it was chosen for."""
    if it.channel is None:
        missed = it.use is Use.HOME
        return [Finding(Level.WARNING if missed else Level.FINE, Found.CHANNEL_NOT_CHOSEN, {"use": it.use})]
    if it.name is None:
        return [Finding(Level.FAULT, Found.CHANNEL_GONE, {"use": it.use, "channel": it.channel})]
    about = {"use": it.use, "channel": it.channel, "name": it.name}
    lacking = [(Level.FAULT, each) for each in it.lacking] + [(Level.WARNING, each) for each in it.wished]
    if not lacking:
        return [Finding(Level.FINE, Found.CHANNEL_FIT, about)]
    return [Finding(level, Found.PERMISSION_LACKING, {**about, "permission": each}) for level, each in lacking]


def roles(names: Sequence[str], gone: int) -> list[Finding]:
    """Whether the moderators' roles are there; `gone` counts those chosen that are not."""
    found = [Finding(Level.WARNING, Found.ROLES_GONE, {"count": gone})] if gone else []
    if names:
        return [*found, Finding(Level.FINE, Found.ROLES_KNOWN, {"roles": ", ".join(names)})]
    return [*found, Finding(Level.WARNING, Found.ROLES_NONE)]


def emoji(pair: Sequence[str], gone: Iterable[str]) -> list[Finding]:
    """Whether the two vote emoji can be used."""
    missing = [Finding(Level.FAULT, Found.EMOJI_GONE, {"emoji": each}) for each in gone]
    return missing or [Finding(Level.FINE, Found.EMOJI_USABLE, {"agree": pair[0], "disagree": pair[1]})]


def commands(*, known: bool) -> list[Finding]:
    """Whether Discord knows the commands as they are now."""
    return [
        Finding(Level.FINE, Found.COMMANDS_KNOWN) if known else Finding(Level.WARNING, Found.COMMANDS_UNKNOWN),
    ]


def clock(skew: float) -> list[Finding]:
    """Whether our clock goes as Discord's does; `skew` is in seconds, above 0 where ours is ahead."""
    wrong = abs(skew) > SKEW
    params = {"seconds": round(skew)}
    return [Finding(Level.WARNING if wrong else Level.FINE, Found.CLOCK_WRONG if wrong else Found.CLOCK_RIGHT, params)]


def books(it: Books, newest: str) -> list[Finding]:
    """How the database is, and what it holds that Discord has not got. `newest` is the schema of this version."""
    about = {"size": it.size, "revision": it.revision, "newest": newest}
    older = it.revision != newest
    low = it.free < LOW_DISK
    return [
        Finding(Level.WARNING if older else Level.FINE, Found.DATABASE_OLDER if older else Found.DATABASE_FIT, about),
        Finding(Level.WARNING if low else Level.FINE, Found.DISK_LOW if low else Found.DISK, {"free": it.free}),
        *_deliveries(it),
        Finding(Level.FINE, Found.CRITIQUES_OPEN, {"count": it.critiques}),
    ]


def _deliveries(it: Books) -> list[Finding]:
    late = Finding(Level.WARNING, Found.DELIVERIES_LATE, {"count": it.late, "waiting": it.waiting})
    wait = Finding(Level.FINE, Found.DELIVERIES_WAIT, {"count": it.waiting})
    given_up = [
        Finding(Level.WARNING, Found.DELIVERIES_GIVEN_UP, {"kind": each.kind, "count": each.count, "fault": each.fault})
        for each in it.given_up
    ]
    stuck = [Finding(Level.WARNING, Found.DELIVERIES_STUCK, {"count": it.stuck})] if it.stuck else []
    return [late if it.late else wait, *stuck, *given_up]


def unfit(findings: Iterable[Finding]) -> bool:
    """Whether any of them is a fault."""
    return any(finding.level is Level.FAULT for finding in findings)
