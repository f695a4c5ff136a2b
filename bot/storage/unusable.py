"""What keeps a database from being used: the exception, and whether an error of SQLite's is one.

What is the file's or the disk's fault is DatabaseUnusable and may pass; all else is the statement's fault.
"""

import errno
import sqlite3
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from bot.core.refusals import Unavailable

_CODES = {
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_READONLY: "readonly",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
    sqlite3.SQLITE_IOERR: "unreachable",
    sqlite3.SQLITE_CANTOPEN: "unreachable",
}
_SYSTEM = {errno.ENOSPC: "full", errno.EDQUOT: "full", errno.EACCES: "readonly", errno.EROFS: "readonly"}


class DatabaseUnusable(Unavailable):
    """The file cannot be used, with SQLite's or the system's own word as `detail`.

    `code`: newer, damaged, locked, full, readonly, unreachable, vanished (it was there a moment ago), taken (another
    bot runs on it) or linked (it has a second name).
    """

    def __init__(self, code: str, path: Path, detail: str = "") -> None:
        super().__init__(code, path, detail)
        self.code = code
        self.path = path
        self.detail = detail


def blamed(error: DatabaseError | sqlite3.Error | OSError, path: Path) -> DatabaseUnusable | None:
    """The same error as the file's fault; None where it is the statement's."""
    if isinstance(error, OSError):
        return DatabaseUnusable(_SYSTEM.get(error.errno or 0, "unreachable"), path, error.strerror or str(error))
    cause = error.orig if isinstance(error, DatabaseError) else error
    primary = getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    return DatabaseUnusable(_CODES[primary], path, str(cause)) if primary in _CODES else None
