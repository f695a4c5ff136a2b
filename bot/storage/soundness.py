"""Whether the file of a database is sound: its pages and rows hang together.

A file of a million votes (118 MB, 2 million rows) takes about half a second once it is in the system's cache; a limit
in seconds keeps a larger one from holding up whoever asks. SQLite looks at the clock between rows, not within a page.
"""

import asyncio
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from bot.storage.unusable import DatabaseUnusable, blamed

_BUSY_TIMEOUT_S = 1.5
_STEPS = 10_000  # of SQLite's between two looks at the clock


async def check(path: Path, seconds: float) -> bool:
    """Whether all of the file was looked through within so many seconds. Raises DatabaseUnusable where it is damaged
    or cannot be read."""
    return await asyncio.to_thread(_check, path, seconds)


def _check(path: Path, seconds: float) -> bool:
    end = time.monotonic() + seconds
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", _BUSY_TIMEOUT_S, uri=True)) as connection:
            connection.execute("PRAGMA query_only = ON")
            connection.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
            (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            return False
        raise blamed(error, path) or DatabaseUnusable("damaged", path, str(error)) from error
    if found != "ok":
        raise DatabaseUnusable("damaged", path, " ".join(found.split()))
    return True
