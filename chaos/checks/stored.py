"""Promises what the bot's database says, as plain values, read with SQL of its own.

Stances are derived by the bot's own rules (`bot.core.votes`, `bot.core.merges`) from the rows; tallies are read as
they are stored.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.core import merges
from bot.core.ids import PointId
from bot.core.votes import NOTHING, Hold, Kept, MemberVotes, Stance, stance

_FIRST_REVISION = 1
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
    """A point, with its stored tally and what each member has on it.

    `into` is what it was merged into; `asked_anew` is how often its voters were asked again.
    """

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
    votes: Mapping[int, MemberVotes]
    status: str = "open"
    into: int | None = None
    asked_anew: int = 0

    @property
    def stances(self) -> dict[int, int | None]:
        """The stance of each member on this point alone, None where undecided."""
        derived = {member: stance(votes) for member, votes in self.votes.items()}
        return {member: None if side is None else int(side) for member, side in derived.items()}

    @property
    def stands(self) -> bool:
        """Whether members see it and vote on it."""
        return self.status in ("open", "vote-only")

    @property
    def is_listed(self) -> bool:
        """Whether members see it, if only that it is gone."""
        return self.status not in ("held", "refused")

    @property
    def name(self) -> str:
        """How findings call it."""
        return f"point {self.label} of critique {self.critique}"


@dataclass(frozen=True, slots=True)
class Case:
    """A moderator's act; `member` is whom it concerns, `owed` whether they have still to be told."""

    act: str
    point: int | None
    member: int | None
    owed: bool


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument that stands, where it was typed."""

    message: int
    point: int
    text: str
    side: str | None


@dataclass(frozen=True, slots=True)
class Stored:
    """All of it. `sources` are the points that each message was typed for; `pages` the messages of each target.

    `ballots` are the stances cast, by point, revision and member; `claims` the messages that are asked about.
    """

    critiques: tuple[Critique, ...]
    points: tuple[Point, ...]
    sources: Mapping[int, tuple[int, ...]]
    pages: Mapping[str, tuple[int, ...]]
    waiting: tuple[str, ...]
    given_up: tuple[str, ...]
    cases: tuple[Case, ...] = ()
    arguments: tuple[Argument, ...] = ()
    ballots: Mapping[tuple[int, int, int], int | None] = field(default_factory=dict[tuple[int, int, int], int | None])
    claims: tuple[int, ...] = ()

    def counted(self, point: Point) -> dict[int, int]:
        """The stance of each member who counts on the point: over all that was merged into it, nobody twice."""
        parts = [_part(each) for each in self.points if each.critique == point.critique]
        group = merges.groups(parts).get(PointId(point.id))
        if group is None:  # it counts to another
            return {}
        by_id = {each.id: each for each in self.points}
        its = [by_id[part.point] for part in merges.counting(group)]
        members = {member for each in its for member in each.votes}
        joined = {member: merges.joined([each.votes.get(member, NOTHING) for each in its]) for member in members}
        return {member: int(side) for member, side in joined.items() if side is not None}


def _part(point: Point) -> merges.Part:
    into = None if point.into is None else PointId(point.into)
    return merges.Part(PointId(point.id), 0, into, gone=point.status in ("hidden", "withdrawn"))


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
        votes = _votes(connection)
        points = [_point(row, votes) for row in connection.execute(_POINTS)]
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
            tuple(_owed(connection, f"ended_at IS NULL AND {_NO_QUESTION}")),
            tuple(_owed(connection, "ended_at IS NOT NULL AND fault IS NOT NULL")),
            tuple(_case(row) for row in connection.execute("SELECT * FROM cases ORDER BY id")),
            tuple(Argument(*row) for row in connection.execute(_ARGUMENTS)),
            {tuple(row)[:3]: row["stance"] for row in connection.execute(_BALLOTS)},
            tuple(row["message_id"] for row in connection.execute(_CLAIMS)),
        )


_ARGUMENTS = """
    SELECT message_id, point_id, text, side FROM arguments
    WHERE status = 'live' AND message_id IS NOT NULL ORDER BY message_id, ordinal
"""

# What the bot asks about an unclear addition stands for an hour.
_NO_QUESTION = "(kind != 'clear-claim' OR due_at <= unixepoch() * 1000000)"
_BALLOTS = "SELECT point_id, revision, member_id, stance FROM ballots"
_CLAIMS = "SELECT message_id FROM claims WHERE reason = 'unclear'"

_POINTS = """
    SELECT points.*, coalesce(agree, 0) AS agree, coalesce(disagree, 0) AS disagree
    FROM points LEFT JOIN tallies ON tallies.point_id = points.id ORDER BY critique_id, position
"""


def _critique(row: Any) -> Critique:
    forum = row["home_kind"] == "forum"
    return Critique(row["id"], row["title"], row["home_channel_id"], forum, row["lobby_id"], row["next_label"])


def _point(row: Any, votes: Mapping[tuple[int, int], Mapping[int, MemberVotes]]) -> Point:
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
        votes.get((row["id"], row["revision"]), {}),
        row["status"],
        row["root"],
        row["revision"] - _FIRST_REVISION,
    )


def _case(row: Any) -> Case:
    owed = bool(row["owes_word"]) and row["told_at"] is None
    return Case(row["act"], row["point_id"], row["member_id"], owed)


def _votes(connection: sqlite3.Connection) -> dict[tuple[int, int], dict[int, MemberVotes]]:
    """By point and revision, what each member has."""
    found: defaultdict[tuple[int, int], dict[int, MemberVotes]] = defaultdict(dict)
    for row in connection.execute("SELECT * FROM holds"):
        its, member = found[row["point_id"], row["revision"]], row["member_id"]
        hold = Hold(row["seen"], bool(row["eligible"]))
        its[member] = its.get(member, NOTHING).with_hold(Stance(row["side"]), hold)
    for row in connection.execute("SELECT * FROM kept"):
        its, member = found[row["point_id"], row["revision"]], row["member_id"]
        kept = Kept(Stance(row["stance"]), bool(row["eligible"]))
        its[member] = its.get(member, NOTHING)._replace(kept=kept)
    return found


def _owed(connection: sqlite3.Connection, which: str) -> Iterator[str]:
    for row in connection.execute(f"SELECT key, attempts, fault FROM deliveries WHERE {which}"):  # noqa: S608 - ours
        yield f"{row['key']}, tried {row['attempts']} times" + (f": {row['fault']}" if row["fault"] else "")
