"""Promises which events a shard of an application is sent (docs: events/gateway#sharding)."""

from dataclasses import dataclass
from typing import Any

from rehearsal.server import snowflakes

MOST_GUILDS = 2500
# These events are about the guild itself, whose id is their `id`.
_GUILDS_OWN = ("GUILD_CREATE", "GUILD_UPDATE", "GUILD_DELETE")


@dataclass(frozen=True, slots=True)
class Shard:
    """The shard with this number, counted from 0, of so many."""

    number: int
    count: int

    def serves(self, guild_id: int | None) -> bool:
        """What belongs to no guild goes to the first shard."""
        return (guild_id >> 22) % self.count == self.number if guild_id else self.number == 0


def read(asked: Any) -> Shard | None:
    """IDENTIFY's `shard`; None when there is no such shard."""
    if not isinstance(asked, list) or len(asked) != 2 or not all(type(each) is int for each in asked):
        return None
    number, count = asked
    return Shard(number, count) if 0 <= number < count else None


def home(name: str, data: dict[str, Any]) -> int | None:
    """The guild an event belongs to, as its data tells it."""
    told = data.get("guild_id") or (data.get("id") if name in _GUILDS_OWN else None)
    return snowflakes.read(told) if told else None
