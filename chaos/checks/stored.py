"""Promises what the bot's database says, as plain values, read with SQL of its own.

Stances are derived by the bot's own rule (`bot.core.votes`) from the rows; tallies are read as they are stored.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.core.votes import NOTHING, Hold, Kept, MemberVotes, Stance, stance

AGREE, DISAGREE = int(Stance.AGREE), int(Stance.DISAGREE)


@dataclass(frozen=True, slots=True)
class Critique:
    """A critique; `lobby` is the post in which members add, in a forum."""

    id: int
    title: str
    home: int
    forum: bool
    lobby: int | None
    next_label: int


@dataclass(frozen=True, slots=True)
class Point:
    """A point, with its stored tally and the stance of each member, None where undecided."""

    id: int
    critique: int
    label: str
    addition: bool
    claimed: str | None
    text: str
    author: int | None
    message: int | None
    thread: int | None
    adopted: bool
    replies: int
    tally: tuple[int, int]
    stances: Mapping[int, int | None]

    @property
    def name(self) -> str:
        """How findings call it."""
        return f"point {self.label} of critique {self.critique}"


@dataclass(frozen=True, slots=True)
class Stored:
    """All of it. `sources` are the points that each message was typed for; `pages` the messages of each target."""

    critiques: tuple[Critique, ...]
    points: tuple[Point, ...]
    sources: Mapping[int, tuple[int, ...]]
    pages: Mapping[str, tuple[int, ...]]
    waiting: tuple[str, ...]
    given_up: tuple[str, ...]


@contextmanager
def opened(database: Path) -> Iterator[sqlite3.Connection]:
    """The file for reading, while the bot may be writing it."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def read(database: Path) -> Stored:
    """The whole database, in one view of it."""
    with opened(database) as connection:
        connection.execute("BEGIN")
        stances = _stances(connection)
        points = [_point(row, stances) for row in connection.execute(_POINTS)]
        sources: dict[int, tuple[int, ...]] = {}
        for row in connection.execute("SELECT message_id, point_id FROM sources ORDER BY message_id, ordinal"):
            sources[row["message_id"]] = (*sources.get(row["message_id"], ()), row["point_id"])
        pages: dict[str, tuple[int, ...]] = {}
        for row in connection.execute("SELECT target, message_id FROM pages ORDER BY target, page"):
            pages[row["target"]] = (*pages.get(row["target"], ()), row["message_id"])
        return Stored(
            tuple(_critique(row) for row in connection.execute("SELECT * FROM critiques ORDER BY id")),
            tuple(points),
            sources,
            pages,
            tuple(_owed(connection, "ended_at IS NULL")),
            tuple(_owed(connection, "ended_at IS NOT NULL AND fault IS NOT NULL")),
        )


_POINTS = """
    SELECT points.*, coalesce(agree, 0) AS agree, coalesce(disagree, 0) AS disagree
    FROM points LEFT JOIN tallies ON tallies.point_id = points.id ORDER BY critique_id, position
"""


def _critique(row: Any) -> Critique:
    forum = row["home_kind"] == "forum"
    return Critique(row["id"], row["title"], row["home_channel_id"], forum, row["lobby_id"], row["next_label"])


def _point(row: Any, stances: Mapping[tuple[int, int], Mapping[int, int | None]]) -> Point:
    return Point(
        row["id"],
        row["critique_id"],
        row["label"],
        row["origin"] == "addition",
        row["claimed_label"],
        row["text"],
        row["author_id"],
        row["message_id"],
        row["thread_id"],
        bool(row["adopted"]),
        row["replies"],
        (row["agree"], row["disagree"]),
        stances.get((row["id"], row["revision"]), {}),
    )


def _stances(connection: sqlite3.Connection) -> dict[tuple[int, int], dict[int, int | None]]:
    """By point and revision, each member's stance."""
    votes: dict[tuple[int, int, int], MemberVotes] = {}
    for row in connection.execute("SELECT * FROM holds"):
        key = row["point_id"], row["revision"], row["member_id"]
        hold = Hold(row["seen"], bool(row["eligible"]))
        votes[key] = votes.get(key, NOTHING).with_hold(Stance(row["side"]), hold)
    for row in connection.execute("SELECT * FROM kept"):
        key = row["point_id"], row["revision"], row["member_id"]
        found = votes.get(key, NOTHING)
        kept = Kept(Stance(row["stance"]), bool(row["eligible"]))
        votes[key] = MemberVotes(found.agree, found.disagree, found.ballot, kept)
    stances: dict[tuple[int, int], dict[int, int | None]] = {}
    for (point, revision, member), held in votes.items():
        derived = stance(held)
        stances.setdefault((point, revision), {})[member] = None if derived is None else int(derived)
    return stances


def _owed(connection: sqlite3.Connection, which: str) -> Iterator[str]:
    for row in connection.execute(f"SELECT key, attempts, fault FROM deliveries WHERE {which}"):  # noqa: S608 - ours
        yield f"{row['key']}, tried {row['attempts']} times" + (f": {row['fault']}" if row["fault"] else "")
