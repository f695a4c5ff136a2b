"""A critique: a published list under debate in one server, and the draft it is before it is confirmed."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.core.ids import ChannelId, CritiqueId, DraftId, GuildId, MemberId
from bot.core.outlines import Outline, OutlinePoint


class CritiqueStatus(StrEnum):
    """Whether members may add and vote."""

    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Critique:
    """A list under debate. `home` is the text channel that holds its points and is its lobby."""

    id: CritiqueId
    guild: GuildId
    home: ChannelId
    digest_channel: ChannelId
    title: str
    status: CritiqueStatus
    agree_emoji: str
    disagree_emoji: str
    next_label: int
    opened_by: MemberId
    opened_at: datetime
    digest_edited_at: datetime | None


@dataclass(frozen=True, slots=True)
class Draft:
    """An outline that a moderator has seen in a preview and not yet confirmed."""

    id: DraftId
    guild: GuildId
    home: ChannelId
    author: MemberId
    outline: Outline


def next_label(labels: Sequence[str]) -> int:
    """The first free whole number after `labels`: `*` and the like do not count on."""
    return max((int(label) for label in labels if label.isdecimal()), default=0) + 1


def numbered(points: Sequence[OutlinePoint]) -> Iterator[tuple[int, OutlinePoint]]:
    """Each point with how often its label stood before it: a document may write a number twice."""
    seen: Counter[str] = Counter()
    for point in points:
        yield seen[point.label], point
        seen[point.label] += 1
