"""Promises to read what a client says of itself in IDENTIFY, or why it is turned away.

docs: events/gateway-events#identify. A member's own client has neither intents nor shards.
"""

from dataclasses import dataclass
from typing import Any

from rehearsal.server import intents, presences, shards
from rehearsal.server.closing import Closing, undecodable
from rehearsal.server.model import User
from rehearsal.server.shards import MOST_GUILDS, Shard
from rehearsal.server.world import World

LEAST_LARGE, MOST_LARGE = 50, 250


@dataclass(frozen=True, slots=True)
class Identity:
    """Who listens, to what. `large` is the number of members above which a guild comes without most of them;
    `shard` is None where the client named none, and then it listens to all guilds.
    """

    user_id: int
    intents: int | None = None
    shard: Shard | None = None
    large: int = LEAST_LARGE

    def serves(self, guild_id: int | None) -> bool:
        return self.shard is None or self.shard.serves(guild_id)


def read(world: World, data: Any) -> Identity:
    """Raises Closing."""
    if not isinstance(data, dict) or not isinstance(data.get("properties"), dict):
        raise undecodable()
    user = user_of(world, data)
    if not user.bot:
        return Identity(user.id)
    if data.get("presence") is not None:
        presences.check(data["presence"])
    found = Identity(user.id, _intents(world, data.get("intents")), _shard(data.get("shard")), _large(data))
    if sum(found.serves(each.id) for each in world.guilds_of(user.id)) > MOST_GUILDS:
        raise Closing(4011, "Sharding required.")
    return found


def user_of(world: World, data: dict[str, Any]) -> User:
    """Whose token it is."""
    user_id = world.by_token.get(str(data.get("token", "")).removeprefix("Bot "))
    if user_id is None:
        raise Closing(4004, "Authentication failed.")
    return world.users[user_id]


def _intents(world: World, asked: Any) -> int:
    if not isinstance(asked, int) or isinstance(asked, bool) or asked < 0 or asked & ~intents.KNOWN:
        raise Closing(4013, "Invalid intent(s).")
    for name, bit in intents.PRIVILEGED.items():
        if asked & bit and not world.portal[name]:
            raise Closing(4014, "Disallowed intent(s).")
    return asked


def _shard(asked: Any) -> Shard | None:
    if asked is None:
        return None
    shard = shards.read(asked)
    if shard is None:
        raise Closing(4010, "Invalid shard.")
    return shard


def _large(data: dict[str, Any]) -> int:
    asked = data.get("large_threshold", LEAST_LARGE)
    if type(asked) is not int or not LEAST_LARGE <= asked <= MOST_LARGE:
        raise undecodable()
    return asked
