"""Promises one time for the whole server: aware, in UTC, and never running backwards within a millisecond."""

import time
from datetime import UTC, datetime


class Clock:
    """What time it is in this Discord. `ahead` moves it."""

    def __init__(self) -> None:
        self.ahead = 0.0
        self._start = time.monotonic()
        self._stopped: float | None = None

    def stop(self) -> None:
        """From now on nothing but `ahead` moves it."""
        self._stopped = time.time()

    def go_on(self) -> None:
        """From where it stopped it runs again."""
        if self._stopped is not None:
            self.ahead += self._stopped - time.time()
            self._stopped = None

    def seconds(self) -> float:
        """Seconds since 1970."""
        return (time.time() if self._stopped is None else self._stopped) + self.ahead

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.seconds(), UTC)

    def since_start(self) -> float:
        """Seconds since the server started, for the record."""
        return time.monotonic() - self._start


def stamp(moment: datetime) -> str:
    """A time as Discord prints it: ISO 8601 with microseconds and the offset."""
    return moment.isoformat(timespec="microseconds")


def parse(text: str) -> datetime | None:
    """A time as a client sends it, or None when it is not one."""
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
