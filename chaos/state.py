"""Promises quick looks into the bot's database while it runs, or as a kill has left it."""

import time
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import OperationalError
from typing import Any

from chaos.checks.stored import opened


@dataclass(frozen=True, slots=True)
class Standing:
    """A point as a moderator finds it: `into` is what it was merged into."""

    id: int
    critique: int
    status: str
    into: int | None
    addition: bool
    revision: int
    message: int | None


@dataclass(frozen=True, slots=True)
class Listed:
    """An open critique: what its next free label is, and where members add in a forum."""

    next_label: int
    lobby: int | None


class State:
    """The database file; empty answers as long as there is none."""

    def __init__(self, database: Path) -> None:
        self._database = database

    def _rows(self, query: str, *values: Any) -> list[Any]:
        try:
            with opened(self._database) as connection:
                return list(connection.execute(query, values))
        except OperationalError:  # not there yet, or without its tables
            return []

    def listed(self, home: int) -> Listed | None:
        """The critique that is open in a home."""
        rows = self._rows("SELECT next_label, lobby_id FROM critiques WHERE home_channel_id = ?", home)
        return Listed(rows[0]["next_label"], rows[0]["lobby_id"]) if rows else None

    def is_open(self, title: str) -> bool:
        """Whether there is a critique of that title."""
        return bool(self._rows("SELECT id FROM critiques WHERE title = ?", title))

    def standing(self) -> list[Standing]:
        """Every point that there is."""
        rows = self._rows("SELECT * FROM points ORDER BY id")
        return [
            Standing(
                row["id"],
                row["critique_id"],
                row["status"],
                row["root"],
                row["origin"] == "addition",
                row["revision"],
                row["message_id"],
            )
            for row in rows
        ]

    def read(self, message: int) -> bool:
        """Whether an addition was read in the message."""
        return bool(self._rows("SELECT 1 FROM sources WHERE message_id = ?", message))

    def holds(self, point: int, member: int) -> bool:
        """Whether a vote emoji of the member under the point is on record."""
        return bool(self._rows("SELECT 1 FROM holds WHERE point_id = ? AND member_id = ?", point, member))

    def takes_away(self, message: int, member: int) -> bool:
        """Whether the bot is about to take an emoji of the member away from the message."""
        query = """
            SELECT 1 FROM deliveries JOIN points ON points.id = point_id
            WHERE kind = 'take-away' AND ended_at IS NULL AND points.message_id = ? AND member_id = ?
        """
        return bool(self._rows(query, message, member))

    def posting(self, title: str) -> bool:
        """Whether points of the critique are still to be posted."""
        query = """
            SELECT 1 FROM points JOIN critiques ON critiques.id = critique_id
            WHERE critiques.title = ? AND thread_id IS NULL
        """
        return bool(self._rows(query, title))

    def under_way(self) -> int:
        """How many deliveries have been begun and neither ended nor put off."""
        query = "SELECT 1 FROM deliveries WHERE begun_at IS NOT NULL AND ended_at IS NULL AND due_at <= ?"
        return len(self._rows(query, int(time.time() * 1_000_000)))

    def read_since(self, moment: float) -> bool:
        """Whether the bot has read its server after a gap since that time, in seconds since 1970."""
        return bool(self._rows("SELECT 1 FROM servers WHERE reconciled_at > ?", int(moment * 1_000_000)))

    def owed(self) -> int:
        """How many deliveries wait; a question that stands for its hour is not one of them."""
        waiting = "SELECT 1 FROM deliveries WHERE ended_at IS NULL AND (kind != 'clear-claim' OR due_at <= ?)"
        return len(self._rows(waiting, int(time.time() * 1_000_000)))
