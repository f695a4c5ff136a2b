"""A database of critiques on which so many members have voted, as the bot would have stored it, written in bulk.

1. Every member has voted on every point of every critique.
2. Members' ids are spread over a range that is the same at every size, with room for others among them.
3. One critique among the others, the middle one, is there to be voted on.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import delete, func, select, update

from bot.core.critiques import CritiqueStatus
from bot.core.ids import CritiqueId, MessageId
from bot.core.points import Origin, PointStatus
from bot.core.votes import Source
from bot.storage import tables
from bot.storage.database import Database, Tx
from bot.storage.facts import VOTE_ORDER, save_fact

POINTS = 20
HOME = 10
AGREE, DISAGREE = "👍", "👎"
FIRST_MESSAGE = 1_000
FIRST_MEMBER = 10**17
RANGE = 10**18
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
_AT = int(NOON.timestamp()) * 1_000_000  # as the tables store it

# A statement for each table, run where the members are known: as rows from Python a million would take a minute.
_MEMBERS = """
CREATE TEMP TABLE members AS WITH RECURSIVE them(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM them WHERE n + 1 < :count)
SELECT n, :first + n * :apart AS id FROM them
"""
_HOLDS = """
INSERT INTO holds (point_id, revision, member_id, side, seen, eligible)
SELECT points.id, 1, members.id, CASE WHEN (n + points.id) % 3 THEN 1 ELSE -1 END, n * :points + points.id, 1
FROM points CROSS JOIN members
"""
_HISTORY = """
INSERT INTO history (point_id, revision, member_id, after, source, at)
SELECT point_id, 1, member_id, side, :source, :at FROM holds ORDER BY seen
"""
_TALLIES = """
INSERT INTO tallies (point_id, agree, disagree, unsure)
SELECT point_id, sum(side = 1), sum(side = -1), 0 FROM holds GROUP BY point_id
"""
_VOTERS = """
INSERT INTO voters (critique_id, member_id, stances)
SELECT critiques.id, members.id, :points FROM critiques CROSS JOIN members
"""


@dataclass(frozen=True, slots=True)
class Size:
    """So many critiques, and on each of their points the votes of so many members."""

    critiques: int
    members: int

    @property
    def votes(self) -> int:
        """How many votes that is."""
        return self.critiques * POINTS * self.members

    @property
    def middle(self) -> CritiqueId:
        """The critique to be voted on."""
        return CritiqueId(self.critiques // 2 + 1)

    @property
    def messages(self) -> list[MessageId]:
        """The messages of its points."""
        return [MessageId(FIRST_MESSAGE + (self.middle - 1) * POINTS + number) for number in range(1, POINTS + 1)]


async def write(path: Path, size: Size) -> Database:
    """The database, made and opened."""
    database = await Database.open(path)
    numbers = range(1, size.critiques + 1)
    given = {"count": size.members, "first": FIRST_MEMBER, "apart": RANGE // size.members, "points": POINTS}
    async with database.write() as tx:
        await tx.execute(tables.servers.insert(), {"guild_id": 1, "joined_at": NOON})
        await tx.execute(tables.critiques.insert(), [_critique(number) for number in numbers])
        points = [_point(critique, number) for critique in numbers for number in range(1, POINTS + 1)]
        await tx.execute(tables.points.insert(), points)
        await _votes(tx, given | {"source": Source.REACTION, "at": _AT})
        await save_fact(tx, VOTE_ORDER, str(size.votes))
    return database


@dataclass(frozen=True, slots=True)
class Mark:
    """Where the rows that were there end: what comes later can be forgotten."""

    moves: int
    points: int


async def mark(tx: Tx) -> Mark:
    """The end of the rows as they are."""
    moves = (await tx.execute(select(func.max(tables.history.c.id)))).scalar_one()
    return Mark(moves, (await tx.execute(select(func.max(tables.points.c.id)))).scalar_one())


async def back_to(tx: Tx, mark: Mark) -> None:
    """Forgets the additions made since, all that is owed, and what history says since; votes are to be gone before."""
    await tx.execute(delete(tables.deliveries))
    await tx.execute(delete(tables.history).where(tables.history.c.id > mark.moves))
    await tx.execute(delete(tables.points).where(tables.points.c.id > mark.points))
    await tx.execute(update(tables.critiques).values(next_label=POINTS + 1))


async def _votes(tx: Tx, given: dict[str, Any]) -> None:
    for statement in (_MEMBERS, _HOLDS, _HISTORY, _TALLIES, _VOTERS, "DROP TABLE members"):
        await tx.exec_driver_sql(statement, given)


def _critique(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "guild_id": 1,
        "home_channel_id": HOME + number,
        "digest_channel_id": HOME + number,
        "title": "Tea rooms",
        "introduction": "",
        "closing": "",
        "status": CritiqueStatus.OPEN,
        "agree_emoji": AGREE,
        "disagree_emoji": DISAGREE,
        "next_label": POINTS + 1,
        "opened_by": 1,
        "opened_at": NOON,
        "digest_edited_at": NOON,
    }


def _point(critique: int, number: int) -> dict[str, Any]:
    message = FIRST_MESSAGE + (critique - 1) * POINTS + number
    text = f"Reason {number} is a reason of its own, and it is told in as many words as a reason needs."
    return {
        "id": message - FIRST_MESSAGE,
        "critique_id": critique,
        "position": number - 1,
        "label": str(number),
        "repeat": 0,
        "origin": Origin.ORIGINAL,
        "title": text,
        "text": text,
        "status": PointStatus.OPEN,
        "revision": 1,
        "message_id": message,
        "thread_id": message,
        "seeded": True,
        "replies": 0,
        "created_at": NOON + timedelta(seconds=number),
    }
