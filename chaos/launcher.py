"""Promises the bot as operators run it, at a quicker pace, with a note of what it does and a hand on its own throat.

The bot's settings come from the environment as always. `CHAOS_NOTE` is the file of the
note; `CHAOS_KILL` is empty, or "before 7", "after 7" or "before 2 votes": around which commit it kills itself.
SQLAlchemy's own events tell of commits: "commit" comes before the database is told to, "checkin" after it has.
"""

import asyncio
import logging
import os
import re
import signal
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.pool import Pool

from bot import app, faults
from bot.services.desk import Pace
from bot.settings import Settings
from chaos.note import Doing, Note, Noted
from chaos.places import Commit

PACE = Pace(
    digest_every=timedelta(milliseconds=400),
    digest_gathers=timedelta(milliseconds=50),
    progress_every=timedelta(seconds=1),
    audit_every=timedelta(milliseconds=20),
)
GUILD_WAIT = 0.05
_WRITES = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+(\w+)", re.IGNORECASE)
_TABLES = {"holds": Doing.VOTES, "history": Doing.VOTES, "tallies": Doing.VOTES, "deliveries": Doing.DELIVERY}


class Watch:
    """Counts commits, notes what is under way, and kills the process where it was told to."""

    def __init__(self, note: Note, kill: Commit | None) -> None:
        self._note = note
        self._kill = kill
        self._doing = Doing.NOTHING
        self._commits = 0
        self._votes = 0
        self._writing: Any = None
        self._ready = False
        self._committed = False

    def told(self, connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        """A statement is about to be carried out."""
        if statement == "BEGIN IMMEDIATE":
            self._writing, self._committed = connection.connection.dbapi_connection, False
            self._say(Doing.OPEN)
        elif found := _WRITES.match(statement):
            self._say(max(self._doing, _TABLES.get(found[1], Doing.OPEN)))

    def commits(self, _connection: Any) -> None:
        """A commit is about to be made."""
        self._commits += 1
        self._votes += self._doing is Doing.VOTES
        self._committed = True
        self._perhaps(after=False)

    def returned(self, connection: Any, _record: Any) -> None:
        """A connection is given back: what it was to commit is committed. Readers come and go meanwhile."""
        if connection is not self._writing:
            return
        if self._committed:
            self._perhaps(after=True)
        self._say(Doing.NOTHING)

    def is_ready(self) -> None:
        """The bot serves members."""
        self._ready = True
        self._say(self._doing)

    def _perhaps(self, *, after: bool) -> None:
        kill = self._kill
        if kill is None or kill.after is not after or (kill.votes and self._doing is not Doing.VOTES):
            return
        if (self._votes if kill.votes else self._commits) == kill.number:
            os.kill(os.getpid(), signal.SIGKILL)

    def _say(self, doing: Doing) -> None:
        self._doing = doing
        self._note.write(Noted(doing, self._commits, self._ready))


def told(place: Commit) -> str:
    """The place as `CHAOS_KILL` says it."""
    return f"{'after' if place.after else 'before'} {place.number}{' votes' if place.votes else ''}"


def _read(told: str) -> Commit | None:
    if not told:
        return None
    side, number, *votes = told.split()
    return Commit(int(number), after=side == "after", votes=bool(votes))


class _Readiness(logging.Handler):
    """Notes when the bot says that it is ready."""

    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._watch = watch

    def emit(self, record: logging.LogRecord) -> None:
        if str(record.msg).startswith("ready as "):
            self._watch.is_ready()


def main() -> int:
    """Runs the bot until a signal; gives back its exit code."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s", force=True)
    watch = Watch(Note(Path(os.environ["CHAOS_NOTE"])), _read(os.environ["CHAOS_KILL"]))
    logging.getLogger("bot.app").addHandler(_Readiness(watch))
    event.listen(Engine, "before_cursor_execute", watch.told)
    event.listen(Engine, "commit", watch.commits)
    event.listen(Pool, "checkin", watch.returned)
    settings = Settings(_env_file=None)  # pyright: ignore[reportCallIssue] - the values come from the environment
    try:
        asyncio.run(app.run(settings, PACE, guild_wait=GUILD_WAIT))
    except faults.EXPECTED as error:
        sys.stderr.write(faults.sentence(error) + "\n")
        return 1
    return 0
