"""A critique: a published list under debate in one server, and the draft it is before it is confirmed."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.core.edits import Edit, edited
from bot.core.ids import ChannelId, CritiqueId, DraftId, GuildId, MemberId, RoleId
from bot.core.outlines import Outline, OutlinePoint
from bot.core.policies import Policy


class CritiqueStatus(StrEnum):
    """Whether members may add and vote. A discarded critique was opened by mistake and stands nowhere."""

    OPEN = "open"
    CLOSED = "closed"
    DISCARDED = "discarded"


class HomeKind(StrEnum):
    """What holds the points: a text channel's messages, or a forum channel's posts."""

    TEXT = "text"
    FORUM = "forum"


@dataclass(frozen=True, slots=True)
class Critique:
    """A list under debate. `home` is the channel that holds its points.

    In a text home that channel and its threads are the lobby; in a forum home the threads of the points are, and
    `lobby`, the post "Add to this list" (None until it is posted). A digest whose channel is the forum itself
    stands in that post. `answerer` and whoever bears `answerer_role` may answer its points officially. In a `blind`
    critique only ballots count, and no figure is shown before its close. `released_at` is when ballots last joined the
    figures.
    """

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
    home_kind: HomeKind = HomeKind.TEXT
    lobby: ChannelId | None = None
    policy: Policy = Policy.OPEN
    answerer: MemberId | None = None
    answerer_role: RoleId | None = None
    blind: bool = False
    released_at: datetime | None = None

    @property
    def hides_figures(self) -> bool:
        """Whether nobody may see how many agree with what."""
        return self.blind and self.status is CritiqueStatus.OPEN


@dataclass(frozen=True, slots=True)
class ListName:
    """A list of a document, by how many points it has and the title of its first."""

    size: int
    first: str


@dataclass(frozen=True, slots=True)
class Draft:
    """An outline that a moderator has seen in a preview and not yet confirmed.

    `outline` is as it was read from `document`, `chosen` the list that was taken (1 is the longest) of all its
    `lists`. `edition` counts the changes, so that a button of an older preview is told from one of the newest.
    `beside` is how many critiques are open in its home already.
    """

    id: DraftId
    guild: GuildId
    home: ChannelId
    author: MemberId
    outline: Outline
    home_kind: HomeKind = HomeKind.TEXT
    document: bytes = b""
    name: str = ""
    chosen: int = 1
    edition: int = 0
    edits: tuple[Edit, ...] = ()
    lists: tuple[ListName, ...] = ()
    beside: int = 0
    blind: bool = False

    @property
    def edited(self) -> Outline:
        """The outline with all edits: what would be posted."""
        return edited(self.outline, self.edits)


def next_label(labels: Sequence[str]) -> int:
    """The first free whole number after `labels`: `*` and the like do not count on."""
    return max((int(label) for label in labels if label.isdecimal()), default=0) + 1


def numbered(points: Sequence[OutlinePoint]) -> Iterator[tuple[int, OutlinePoint]]:
    """Each point with how often its label stood before it: a document may write a number twice."""
    seen: Counter[str] = Counter()
    for point in points:
        yield seen[point.label], point
        seen[point.label] += 1
