"""A point: one entry of a critique, and how it is found by what a person types."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.core.ids import ChannelId, CritiqueId, MemberId, MessageId, PointId
from bot.core.moderation.values import Reason

_SEARCHED = 1_000  # characters of a point that are searched: finding stays quick on long texts
_SHORTEST_WORD = 3  # letters: shorter words stand in any text
_ALIKE = 80.0  # RapidFuzz's partial ratio: below it, words are not the point's


class Origin(StrEnum):
    """Where a point came from."""

    ORIGINAL = "original"
    ADDITION = "addition"


class PointStatus(StrEnum):
    """What may be done with a point: all; vote, but not write; nothing, since its author or a moderator took it away,
    or it was moved to another critique.

    An addition may wait for a moderator first, and be refused; neither is shown to members. One that enough members
    reported is out of sight until a moderator decides.
    """

    OPEN = "open"
    VOTE_ONLY = "vote-only"
    WITHDRAWN = "withdrawn"
    HIDDEN = "hidden"
    HELD = "held"
    REFUSED = "refused"
    MOVED = "moved"
    REPORTED = "reported"


GONE = frozenset({PointStatus.WITHDRAWN, PointStatus.HIDDEN, PointStatus.MOVED, PointStatus.REPORTED})


@dataclass(frozen=True, slots=True)
class Target:
    """The point that another was merged into, or has become elsewhere, by its name and thread."""

    id: PointId
    name: str
    thread: ChannelId | None


@dataclass(frozen=True, slots=True)
class Moved:
    """Where a point was moved: what it is there, and the title of that critique."""

    to: Target
    title: str


@dataclass(frozen=True, slots=True)
class Official:
    """What whoever was named for the critique answers to a point; `message` is where it stands."""

    text: str
    by: MemberId
    at: datetime
    message: MessageId | None


@dataclass(frozen=True, slots=True)
class Point:
    """One entry of a critique.

    `label` is a permanent name. `repeat` tells apart labels that the document itself wrote twice (0 for the
    first). `claimed_label` is the number its author wrote where that differs. `message` and `thread` are None
    until the point is posted; `channel` is where the message stands: the text home, or its own post in a forum.
    An `adopted` point's first message is its author's own, which the bot cannot edit. A post in a forum may be
    `asleep`: archived, so that nobody can vote there; `woken_at` is when the bot last woke it.
    `decided_by` is the moderator who approved or refused an addition that waited; `held_for` is why it did.
    `into` is what it was merged into, `merged_at` when. A point is `reworded` where a moderator changed its words.
    `slowmode` is how many seconds each member waits between two messages in its thread. `moved` is where it went.
    """

    id: PointId
    critique: CritiqueId
    position: int
    label: str
    repeat: int
    claimed_label: str | None
    origin: Origin
    title: str
    text: str
    author: MemberId | None
    status: PointStatus
    revision: int
    channel: ChannelId
    message: MessageId | None
    thread: ChannelId | None
    seeded: bool
    replies: int
    created_at: datetime
    adopted: bool = False
    asleep: bool = False
    woken_at: datetime | None = None
    decided_by: MemberId | None = None
    held_for: Reason | None = None
    into: Target | None = None
    merged_at: datetime | None = None
    reworded: bool = False
    official: Official | None = None
    slowmode: int = 0
    moved: Moved | None = None

    @property
    def is_held(self) -> bool:
        """Whether it waits for a moderator."""
        return self.status is PointStatus.HELD

    @property
    def is_listed(self) -> bool:
        """Whether members see it in the list, if only that it is gone."""
        return self.status not in (PointStatus.HELD, PointStatus.REFUSED)

    @property
    def is_gone(self) -> bool:
        """Whether its author withdrew it, a moderator hid or moved it, or members' reports hold it.

        Its label stays, its text is shown to nobody, and its votes do not count.
        """
        return self.status in GONE

    @property
    def name(self) -> str:
        """The label as shown: the second "3" of a document is "3 (2)"."""
        return name_of(self.label, self.repeat)


def name_of(label: str, repeat: int) -> str:
    """A label as shown, where the document wrote it `repeat` times before."""
    return f"{label} ({repeat + 1})" if repeat else label


def labelled(points: Sequence[Point], labels: Collection[str]) -> list[Point]:
    """The points of these labels, in their order; a claimed label finds its point where no other bears that number."""
    borne = {point.label for point in points}
    return [
        point
        for point in points
        if point.repeat == 0
        and (point.label in labels or (point.claimed_label in labels and point.claimed_label not in borne))
    ]


def find(points: Sequence[Point], asked: str, *, limit: int = 25) -> list[Point]:
    """The points that `asked` may mean, best first: by label, by claimed label, by words.

    A label is found with or without `#`. A claimed label finds its point only while no other point bears that
    label. A point that is gone is found by its label alone. Nothing typed gives the list from its beginning.
    """
    wanted = asked.strip().removeprefix("#").strip().casefold()
    if not wanted:
        return list(points[:limit])
    exact = [point for point in points if wanted in (point.label.casefold(), point.name.casefold())]
    if not exact:
        exact = [point for point in points if point.claimed_label == wanted]
    begun = [point for point in points if point.label.casefold().startswith(wanted) and point not in exact]
    worded = _by_words(points, wanted, limit)
    return [*exact, *begun, *(point for point in worded if point not in exact and point not in begun)][:limit]


def _by_words(points: Sequence[Point], wanted: str, limit: int) -> list[Point]:
    from rapidfuzz import utils  # two megabytes, needed where somebody searches

    words = [word for word in utils.default_process(wanted).split() if len(word) >= _SHORTEST_WORD]
    if not words:
        return []
    shown = [point for point in points if not point.is_gone]
    plain = [utils.default_process(f"{point.title}\n{point.text}"[:_SEARCHED]) for point in shown]
    scored = [(_alike(words, text), point) for text, point in zip(plain, shown, strict=True)]
    found = [(score, point) for score, point in scored if score >= _ALIKE]
    return [point for _, point in sorted(found, key=lambda each: -each[0])[:limit]]


def _alike(words: Sequence[str], plain: str) -> float:
    """How much of what was typed stands in the text, misspelt or not: the mean over the words, 0 to 100."""
    from rapidfuzz import fuzz

    return sum(fuzz.partial_ratio(word, plain) for word in words) / len(words)
