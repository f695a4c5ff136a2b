"""Promises how often an application may identify, and what it is told of that.

docs: events/gateway#session-start-limit-object, #max-concurrency. Rules:
1. `TOTAL` starts in a day, counted from the first; a resume is none. Who goes beyond loses all sessions and the
   token.
2. Of the shards that share a key, their number modulo `max_concurrency`, one may identify in `seconds`. Discord's
   figure is `SECONDS`; 0 leaves the rule out, for tests that start a bot again and again.
"""

from rehearsal.server.clock import Clock

TOTAL = 1000
SECONDS = 5.0
_DAY = 86_400.0


class Starts:
    """The session starts of the one application. `shards` is the number it is recommended."""

    def __init__(self, clock: Clock, shards: int = 1, max_concurrency: int = 1, seconds: float = 0.0) -> None:
        self.shards = shards
        self.max_concurrency = max_concurrency
        self.seconds = seconds
        self._clock = clock
        self._latest: dict[int, float] = {}
        self._first = 0.0
        self._used = 0

    def begin(self, shard: int) -> bool:
        """Counts a start; False when it comes too soon after another of the same key."""
        now, key = self._clock.seconds(), shard % self.max_concurrency
        if now - self._latest.get(key, -_DAY) < self.seconds:
            return False
        self._latest[key] = now
        if now - self._first >= _DAY:
            self._first, self._used = now, 0
        self._used += 1
        return True

    @property
    def spent(self) -> bool:
        """No start is left today."""
        return self.limit()["remaining"] == 0

    def limit(self) -> dict[str, int]:
        """The session start limit object."""
        left = self._first + _DAY - self._clock.seconds()
        fresh = left <= 0
        return {
            "total": TOTAL,
            "remaining": TOTAL if fresh else max(0, TOTAL - self._used),
            "reset_after": 0 if fresh else int(left * 1000),
            "max_concurrency": self.max_concurrency,
        }
