"""The lock that lets one bot alone work on a database.

1. It is the operating system's, on a file beside the database, so that it is free again once its holder has ended,
   however it ended. The file stays: if it were deleted, two bots could each lock one of that name.
2. Whichever path is given, it is the same lock: links are followed. A second name (a hard link) cannot be followed,
   and SQLite would write beside each name; it is refused.
3. Reading needs no lock.
"""

import os
import sys
from pathlib import Path

from bot.storage.unusable import DatabaseUnusable, blamed

if sys.platform == "win32":
    import msvcrt

    def _hold(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _hold(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


_HELD = (BlockingIOError, PermissionError)  # what an attempt on a held lock raises: POSIX, Windows


class Lock:
    """The lock of the database at `path`; free until it is taken."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def take(self) -> None:
        """Takes it for as long as the process runs, or until it is freed. Raises DatabaseUnusable."""
        if self._file is not None:
            return
        try:
            real = self._path.resolve()
            real.parent.mkdir(parents=True, exist_ok=True)
            if real.is_file() and real.stat().st_nlink > 1:
                raise DatabaseUnusable("linked", self._path)
            file = os.open(real.with_name(real.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o644)
        except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle
            raise _fault(error, self._path) from error
        try:
            _hold(file)
        except _HELD:
            os.close(file)
            raise DatabaseUnusable("taken", self._path) from None
        except OSError as error:
            os.close(file)
            raise _fault(error, self._path) from error
        self._file = file

    def free(self) -> None:
        """Frees it, if it is held."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _fault(error: OSError | RuntimeError, path: Path) -> DatabaseUnusable:
    found = blamed(error, path) if isinstance(error, OSError) else None
    return found or DatabaseUnusable("unreachable", path, str(error))
