"""Promises that the state outlives the process: one SQLite file, written a quarter of a second behind at most and
at close, never on the event loop.

Rules:
1. A change only marks a thing; its row is made when it is flushed, so that many changes cost one row.
2. Reactions are rows of their own, added and removed in order.
3. Without a path nothing is kept.
"""

import asyncio
import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rehearsal.server.interaction_model import Interaction
from rehearsal.server.model import (
    AuditEntry,
    Channel,
    Command,
    Guild,
    Message,
    Upload,
    User,
    as_row,
    channel_from,
    guild_from,
)

FLUSH_SECONDS = 0.25
SCHEMA = 1
_TABLES = """
CREATE TABLE IF NOT EXISTS things (kind TEXT, id INTEGER, body TEXT, PRIMARY KEY (kind, id));
CREATE TABLE IF NOT EXISTS reactions (
    place INTEGER PRIMARY KEY AUTOINCREMENT, message_id INTEGER, emoji TEXT, user_id INTEGER,
    UNIQUE (message_id, emoji, user_id));
CREATE TABLE IF NOT EXISTS uploads (id INTEGER PRIMARY KEY, filename TEXT, content_type TEXT, data BLOB);
"""
Statement = tuple[str, tuple[Any, ...]]


class BadState(Exception):
    """The state file cannot be used."""


@dataclass
class Loaded:
    facts: dict[str, Any]
    users: list[User] = field(default_factory=list)
    guilds: list[Guild] = field(default_factory=list)
    channels: list[Channel] = field(default_factory=list)
    commands: list[Command] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    interactions: list[Interaction] = field(default_factory=list)
    audit: list[AuditEntry] = field(default_factory=list)
    uploads: list[Upload] = field(default_factory=list)
    reactions: list[tuple[int, str, int]] = field(default_factory=list)


class Store:
    """Keeps things by kind and id. The public methods are called on the event loop."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._dirty: dict[tuple[str, int], Any] = {}
        self._statements: list[Statement] = []
        self._facts: dict[str, Any] | None = None
        self._writer: ThreadPoolExecutor | None = None
        self._file: sqlite3.Connection | None = None
        self._flushing: asyncio.Task[None] | None = None

    def save(self, thing: Any) -> None:
        if self.path:
            self._dirty[(type(thing).__name__, thing.id)] = thing

    def save_facts(self, facts: dict[str, Any]) -> None:
        self._facts = facts if self.path else None

    def drop(self, thing: Any) -> None:
        if self.path:
            kind = type(thing).__name__
            self._dirty.pop((kind, thing.id), None)
            self._note("DELETE FROM things WHERE kind = ? AND id = ?", kind, thing.id)

    def react(self, message_id: int, emoji: str, user_id: int) -> None:
        self._note(
            "INSERT OR IGNORE INTO reactions (message_id, emoji, user_id) VALUES (?, ?, ?)",
            message_id,
            emoji,
            user_id,
        )

    def unreact(self, message_id: int, emoji: str | None, user_id: int | None) -> None:
        """Forgets one reaction; with None for emoji or user, all of them."""
        self._note(
            "DELETE FROM reactions WHERE message_id = ? AND emoji = ifnull(?, emoji) AND user_id = ifnull(?, user_id)",
            message_id,
            emoji,
            user_id,
        )

    def load(self) -> Loaded | None:
        """Opens the file; what it holds, or None when there is nothing yet."""
        if self.path is None:
            return None
        self._writer = ThreadPoolExecutor(1, "state")
        try:
            return self._writer.submit(self._open, self.path).result()
        except (sqlite3.Error, OSError, ValueError, TypeError, KeyError) as fault:
            raise BadState(f"{self.path} is not a state file of the stand-in: {fault}") from fault

    def start(self) -> None:
        if self.path:
            self._flushing = asyncio.create_task(self._flush_often())

    async def close(self) -> None:
        if self._flushing:
            self._flushing.cancel()
            with suppress(asyncio.CancelledError):
                await self._flushing
        if self._writer:
            if self._file:
                await self._flush()
                await asyncio.get_running_loop().run_in_executor(self._writer, self._file.close)
            self._writer.shutdown()

    async def _flush_often(self) -> None:
        while True:
            await asyncio.sleep(FLUSH_SECONDS)
            await asyncio.shield(self._flush())

    async def _flush(self) -> None:
        if not (self._dirty or self._statements or self._facts):
            return
        statements, self._statements = self._statements, []
        dirty, self._dirty = self._dirty, {}
        statements += [_statement(thing) for thing in dirty.values()]
        if self._facts:
            statements.append(_thing_row("facts", 0, self._facts))
            self._facts = None
        await asyncio.get_running_loop().run_in_executor(self._writer, self._write, statements)

    def _note(self, sql: str, *values: Any) -> None:
        if self.path:
            self._statements.append((sql, values))

    # --- in the writer's thread ---------------------------------------------------------------------------
    def _write(self, statements: list[Statement]) -> None:
        assert self._file is not None  # noqa: S101 - `load` opened it
        with self._file:
            for sql, values in statements:
                self._file.execute(sql, values)

    def _open(self, path: Path) -> Loaded | None:
        file = sqlite3.connect(path)
        try:
            version = file.execute("PRAGMA user_version").fetchone()[0]
            if version not in (0, SCHEMA):
                raise ValueError(f"its schema is {version}, this one knows {SCHEMA}")
            if version == 0 and file.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                raise ValueError("it holds something else")
            file.execute("PRAGMA journal_mode = WAL")
            file.executescript(_TABLES)
            file.execute(f"PRAGMA user_version = {SCHEMA}")
            loaded = _read(file)
        except BaseException:
            file.close()
            raise
        self._file = file
        return loaded


def _statement(thing: Any) -> Statement:
    if isinstance(thing, Upload):
        row = (thing.id, thing.filename, thing.content_type, thing.data)
        return "INSERT OR REPLACE INTO uploads VALUES (?, ?, ?, ?)", row
    return _thing_row(type(thing).__name__, thing.id, thing)


def _thing_row(kind: str, thing_id: int, thing: Any) -> Statement:
    return "INSERT OR REPLACE INTO things VALUES (?, ?, ?)", (kind, thing_id, json.dumps(thing, default=as_row))


def _read(file: sqlite3.Connection) -> Loaded | None:
    def rows(kind: str) -> list[dict[str, Any]]:
        found = file.execute("SELECT body FROM things WHERE kind = ? ORDER BY id", (kind,))
        return [json.loads(body) for (body,) in found]

    facts = rows("facts")
    if not facts:
        return None
    return Loaded(
        facts=facts[0],
        users=[User(**row) for row in rows("User")],
        guilds=[guild_from(row) for row in rows("Guild")],
        channels=[channel_from(row) for row in rows("Channel")],
        commands=[Command(**row) for row in rows("Command")],
        messages=[Message(**row) for row in rows("Message")],
        interactions=[Interaction(**row) for row in rows("Interaction")],
        audit=[AuditEntry(**row) for row in rows("AuditEntry")],
        uploads=[Upload(*row) for row in file.execute("SELECT * FROM uploads")],
        reactions=file.execute("SELECT message_id, emoji, user_id FROM reactions ORDER BY place").fetchall(),
    )
