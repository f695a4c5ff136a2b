"""Promises ids as Discord makes them (docs: reference#snowflakes): unique, rising, and telling their own time."""

from datetime import UTC, datetime, timedelta

from rehearsal.server.clock import Clock

DISCORD_EPOCH_MS = 1_420_070_400_000


class Snowflakes:
    """Hands out ids. Two ids of one server are never equal, and a later one is always greater."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.last = 0

    def next(self) -> int:
        moment = (int(self._clock.seconds() * 1000) - DISCORD_EPOCH_MS) << 22
        self.last = max(self.last + 1, moment)
        return self.last

    def earlier(self, by: timedelta) -> int:
        """An id that says it is so much older, for what was made before anybody looked. Later ones are greater."""
        return self.next() - (int(by.total_seconds() * 1000) << 22)


def moment_of(snowflake: int) -> datetime:
    """When the thing with this id was made."""
    return datetime.fromtimestamp(((snowflake >> 22) + DISCORD_EPOCH_MS) / 1000, UTC)


def read(value: object) -> int | None:
    """A snowflake as a client writes it, or None when it is not one."""
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 20 else None
