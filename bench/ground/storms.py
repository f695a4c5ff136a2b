"""A storm of votes, raised on the stand-in itself: so many a second, each put into its books and sent as an event.

Most members put on an emoji, some take theirs off again, and a few put on the other emoji beside it, which the bot
is to take the older one from.
"""

import asyncio
import time
from collections.abc import Sequence
from random import Random
from typing import Any

from bench.ground.critiques import AGREE, DISAGREE, Posted
from rehearsal.server import StandIn
from rehearsal.server.model import Channel, Message

_TICK = 0.005
_OTHER, _OFF = 0.02, 0.08
_AGREE = 2 / 3


class Storm:
    """Votes by all members on all points."""

    def __init__(self, discord: StandIn, posted: Sequence[Posted], seed: int) -> None:
        self._discord = discord
        self._random = Random(seed)  # noqa: S311 - invented votes
        world = discord.world
        self._members = [member.id for member in discord.members]
        self._points: list[tuple[Message, Channel]] = []
        for each in posted:
            for point in each.points:
                message = world.message(point.message or 0)
                if message is not None:
                    self._points.append((message, world.channels[message.channel_id]))
        self._cast: list[tuple[int, int]] = []

    async def rage(self, rate: int, seconds: float) -> dict[str, Any]:
        """So many votes a second for so long; when it began and ended, and how many there were."""
        began, sent = time.monotonic(), 0
        while (now := time.monotonic()) < began + seconds:
            for _ in range(int((now - began) * rate) - sent):
                self._vote()
                sent += 1
            await asyncio.sleep(_TICK)
        return {"began": began, "ended": time.monotonic(), "sent": sent}

    def _vote(self) -> None:
        """One event. What nobody would be told of, such as an emoji that is held already, is not tried."""
        kind = self._random.random()
        while not (self._change(off=kind < _OFF) if self._cast and kind < _OFF + _OTHER else self._put_on()):
            kind = 1.0

    def _put_on(self) -> bool:
        place, member = self._random.randrange(len(self._points)), self._random.choice(self._members)
        if self._held(place, member):
            return False
        self._cast.append((place, member))
        return self._add(place, member, AGREE if self._random.random() < _AGREE else DISAGREE)

    def _change(self, *, off: bool) -> bool:
        place, member = self._random.choice(self._cast)
        held = self._held(place, member)
        if len(held) != 1:
            return False
        if not off:
            return self._add(place, member, DISAGREE if held[0] == AGREE else AGREE)
        message, channel = self._points[place]
        self._discord.world.remove_reaction(message.id, held[0], member)
        self._discord.stage.events.reaction_removed(message, channel, member, held[0])
        return True

    def _add(self, place: int, member: int, emoji: str) -> bool:
        message, channel = self._points[place]
        self._discord.world.add_reaction(message.id, emoji, member)
        self._discord.stage.events.reaction_added(message, channel, member, emoji)
        return True

    def _held(self, place: int, member: int) -> list[str]:
        found = self._discord.world.reactions(self._points[place][0].id)
        return [emoji for emoji in (AGREE, DISAGREE) if member in found.get(emoji, {})]
