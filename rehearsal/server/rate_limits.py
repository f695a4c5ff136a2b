"""Promises a book of rate limits: how often somebody may do something, and when once more.

docs: topics/rate-limits. Rules:
1. A window opens with a bucket's first request and closes `seconds` later, all at once.
2. What is refused takes nothing from the bucket.
3. A limit of the scope "shared" counts everybody's requests together, any other one those of one bot or user.
"""

from dataclasses import dataclass
from typing import Literal

Scope = Literal["user", "shared", "global"]
_SWEPT_ABOVE = 1000


@dataclass(frozen=True, slots=True)
class Limit:
    """`count` requests in `seconds`. `mark` is what its bucket is called in the header, its name unless told; `code`
    and `message` stand in the refusal's body.
    """

    name: str
    count: int
    seconds: float
    scope: Scope = "user"
    mark: str = ""
    code: int = 0
    message: str = "You are being rate limited."


@dataclass(frozen=True, slots=True)
class Bucket:
    """One limit for one asker (None: everybody, or whoever has the token in the path) in one place."""

    limit: Limit
    whose: int | None
    where: str


@dataclass(frozen=True, slots=True)
class Allowed:
    """How many more may follow until the bucket is full again, in `reset_after` seconds."""

    remaining: int
    reset_after: float


@dataclass(frozen=True, slots=True)
class Refused:
    """The next one is allowed in `retry_after` seconds."""

    retry_after: float
    scope: Scope


@dataclass(slots=True)
class _Window:
    end: float
    used: int = 0


class Book:
    """What was taken from every bucket. Times are seconds of one clock."""

    def __init__(self) -> None:
        self._windows: dict[Bucket, _Window] = {}
        self._sweep_above = _SWEPT_ABOVE

    def __len__(self) -> int:
        """How many windows are remembered."""
        return len(self._windows)

    def take(self, bucket: Bucket, now: float) -> Allowed | Refused:
        """Takes one request from the bucket, where there is one."""
        window = self._windows.get(bucket)
        if window is None or window.end <= now:
            window = self._windows[bucket] = _Window(now + bucket.limit.seconds)
            self._sweep(now)
        if window.used >= bucket.limit.count:
            return Refused(window.end - now, bucket.limit.scope)
        window.used += 1
        return Allowed(bucket.limit.count - window.used, window.end - now)

    def used(self, bucket: Bucket, now: float) -> int:
        """How many were taken in the window that is open."""
        window = self._windows.get(bucket)
        return window.used if window and window.end > now else 0

    def _sweep(self, now: float) -> None:
        """Forgets closed windows, whenever there are twice as many as were open last time."""
        if len(self._windows) > self._sweep_above:
            self._windows = {bucket: each for bucket, each in self._windows.items() if each.end > now}
            self._sweep_above = max(_SWEPT_ABOVE, 2 * len(self._windows))
