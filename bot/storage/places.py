"""Where a database stands: which file its path leads to, and which one beside it holds what is not yet written in.

On most systems a file can be deleted or moved away under whoever has it open; what is written then is lost without
an error. So the place is looked at before each commit. It costs two looks at the file system, some microseconds.
"""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Place:
    """A file's identity, and that of the write-ahead log beside it."""

    file: tuple[int, int]
    log: tuple[int, int] | None


def log_of(path: Path) -> Path:
    """The write-ahead log: SQLite keeps it beside the file itself, and not beside a link to it."""
    real = path.resolve()
    return real.with_name(real.name + "-wal")


def place_of(path: Path, log: Path) -> Place | None:
    """What stands at the path; None where there is nothing, or nothing that can be looked at."""
    file = _identity(path)
    return None if file is None else Place(file, _identity(log))


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
