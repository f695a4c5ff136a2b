"""Promises where kills fall: at random moments, around every commit and every request, each in turn.

Rules:
1. One seed gives one endless list. `at(seed, n)` is its n-th place, so that one kill can be repeated alone.
2. Commits and requests are counted from the process's start; the counts go up from kill to kill, both sides in turn.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, cycle, islice
from random import Random

# The requests in which something is made, changed or taken away, or which look for it: each is met by name.
ROUTES = (
    ("POST", "/channels/{channel_id}/messages"),
    ("POST", "/channels/{channel_id}/messages/{message_id}/threads"),
    ("POST", "/channels/{channel_id}/threads"),
    ("PUT", "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me"),
    ("PATCH", "/channels/{channel_id}/messages/{message_id}"),
    ("DELETE", "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/{user_id}"),
    ("DELETE", "/channels/{channel_id}/messages/{message_id}/reactions"),
    ("PATCH", "/channels/{channel_id}"),
    ("POST", "/interactions/{interaction_id}/{interaction_token}/callback"),
    ("GET", "/channels/{channel_id}/messages"),
    ("GET", "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}"),
)
_LATEST = 4.0  # seconds after the process was started, which takes about one
_COMMITS = 40
_REQUESTS = 40


@dataclass(frozen=True, slots=True)
class Moment:
    """So many seconds after the process was started."""

    seconds: float

    @property
    def name(self) -> str:
        """The kind of place, for the table."""
        return "at a random moment"

    def __str__(self) -> str:
        return f"{self.seconds:.2f} s after the start"


@dataclass(frozen=True, slots=True)
class Commit:
    """Around the n-th commit; of those alone that write votes, with `votes`."""

    number: int
    after: bool
    votes: bool = False

    @property
    def name(self) -> str:
        """The kind of place, for the table."""
        return f"{_side(self.after)} a commit{' of votes' if self.votes else ''}"

    def __str__(self) -> str:
        return f"{_side(self.after)} commit {self.number}{' that writes votes' if self.votes else ''}"


@dataclass(frozen=True, slots=True)
class Request:
    """Around the n-th request: before it has an effect, or after and before it is answered."""

    number: int
    after: bool
    method: str | None = None
    route: str | None = None

    @property
    def name(self) -> str:
        """The kind of place, for the table."""
        return "after a request's effect, before its answer" if self.after else "before a request arrives"

    def __str__(self) -> str:
        which = "any" if self.route is None else f"{self.method} {self.route}"
        return f"{_side(self.after)} request {self.number} of {which}"


Place = Moment | Commit | Request


def _side(after: bool) -> str:
    return "after" if after else "before"


def at(seed: int, number: int) -> Place:
    """The place of the kill of that number, counted from 1."""
    return next(islice(places(seed), number - 1, None))


def places(seed: int) -> Iterator[Place]:
    """All places in order, without end."""
    random = Random(f"places {seed}")  # noqa: S311 - seeded on purpose
    kinds = (_moments(random), _commits(), _requests(), _votes(), _routes(random))
    for kind in cycle(kinds):
        yield next(kind)


def _moments(random: Random) -> Iterator[Place]:
    while True:
        yield Moment(random.uniform(0.2, _LATEST))


def _commits() -> Iterator[Place]:
    for number in cycle(range(1, _COMMITS + 1)):
        yield Commit(number, after=False)
        yield Commit(number, after=True)


def _votes() -> Iterator[Place]:
    for number in count():
        yield Commit(1 + number // 2 % 3, after=bool(number % 2), votes=True)


def _requests() -> Iterator[Place]:
    for number in cycle(range(1, _REQUESTS + 1)):
        yield Request(number, after=True)
        yield Request(number, after=False)


def _routes(random: Random) -> Iterator[Place]:
    for number in count():
        method, route = ROUTES[number // 2 % len(ROUTES)]
        yield Request(random.randint(1, 3), bool(number % 2), method, route)
