"""Bursts of votes: a sender that lives through all runs, and a fresh process for each side that takes what it sends."""

import asyncio
import shutil
import sqlite3
from bisect import bisect_left
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.children import Child, child
from bench.frames import AGREE, Votes
from bench.stage import opened_critique

Mark = tuple[int, float]
"""How many had been sent, or recorded, and when."""


class Wrong(Exception):
    """What was measured did not do its work, so that its figures would say nothing."""


@dataclass(frozen=True, slots=True)
class Burst:
    """What became of one burst: votes a second, the share of its time in which the sender was idle, and the
    processor's seconds that the side took for a vote. `late` is, vote by vote, the seconds from the wire to the disk.
    """

    rate: float
    idle: float
    busy: float
    late: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """The sender, what the stand-in announced, the messages to vote under, and the bot's database before each run."""

    sender: Child
    discord: dict[str, Any]
    messages: list[int]
    database: Path

    @asynccontextmanager
    async def side(self, name: str, seed: int) -> AsyncGenerator["Side"]:
        """A side of that name, ready to take bursts. It is killed in the end: what it has on record is on the disk."""
        database = self.database.with_name(f"{name}.sqlite3")
        for left in database.parent.glob(f"{database.name}*"):
            left.unlink()
        if name == "bot":
            shutil.copy(self.database, database)
        given = [str(self.discord[key]) for key in ("api", "gateway", "bot_token")]
        more = {"bot": [str(database)], "plain": [self.discord["edits"], str(database)], "listener": []}
        await self.sender.say({"messages": self.messages, "seed": seed})
        async with child(f"bench.sides.{name}", *given, *more[name]) as process:
            await process.hear()
            yield Side(self.sender, process, database, Votes(self.messages, seed))
            process.kill()


@dataclass(frozen=True, slots=True)
class Side:
    """One side in its process. `sent` is the same sequence of votes that the sender sends."""

    sender: Child
    process: Child
    database: Path
    sent: Votes

    async def burst(self, votes: int, rate: float | None = None, *, ends: bool = True) -> Burst:
        """Sends so many votes, at that rate a second or all at once, and returns when the side is through.

        `ends` says whether the side counts the event that ends a burst, too.
        """
        await self.sender.say({"send": votes, "rate": rate})
        self.sent.take(votes)
        await self.sender.hear()
        await self.process.say({"count": votes + ends})
        await self.process.hear()
        await self.sender.say({"go": True})
        sent, taken = await asyncio.gather(self.sender.hear(), self.process.hear())
        late = lateness(votes, sent["marks"], taken["marks"]) if "marks" in taken else ()
        return Burst(votes / (taken["ended"] - sent["began"]), sent["idle"], taken["busy"] / votes, late)


def lateness(count: int, sent: Sequence[Mark], recorded: Sequence[Mark]) -> tuple[float, ...]:
    """For each of the votes, how long after it was sent it was on record."""
    sent_at, recorded_at = [many for many, _ in sent], [many for many, _ in recorded]
    return tuple(
        recorded[bisect_left(recorded_at, vote)][1] - sent[bisect_left(sent_at, vote)][1]
        for vote in range(1, count + 1)
    )


def check(database: Path, sent: Votes) -> None:
    """Raises Wrong unless the bot's database holds exactly the votes that stand after all that was sent."""
    query = "SELECT message_id, member_id, side FROM holds JOIN points ON points.id = point_id"
    with closing(sqlite3.connect(database)) as connection:
        held = {(message, member): side for message, member, side in connection.execute(query)}
        ((counted,),) = connection.execute("SELECT sum(agree + disagree) FROM tallies")
    expected = {whose: 1 if emoji == AGREE else -1 for whose, emoji in sent.held.items()}
    if held != expected or counted != len(expected):
        raise Wrong(f"{len(expected)} votes stand, the bot has {len(held)} on record and counts {counted}")


@asynccontextmanager
async def field(folder: Path, points: int) -> AsyncGenerator[Field]:
    """A sender, and a critique of so many points that was opened before it."""
    database = folder / "opened.sqlite3"
    async with child("bench.sides.sender") as sender:
        discord = await sender.hear()
        yield Field(sender, discord, await opened_critique(discord, database, points), database)
