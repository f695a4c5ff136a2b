"""Promises what the bot's process was doing when it was killed: a few bytes that outlive it.

The file is mapped into memory, so that a note costs nothing and is there after `kill -9`. One byte says what kind of
transaction is open, eight how many were committed, one whether the bot is ready.
"""

import mmap
import struct
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

_SHAPE = struct.Struct("<BQ?")


class Doing(IntEnum):
    """What a write transaction has done so far: the last one that applies."""

    NOTHING = 0
    OPEN = 1
    DELIVERY = 2
    VOTES = 3


@dataclass(frozen=True, slots=True)
class Noted:
    """What was noted last."""

    doing: Doing
    commits: int
    ready: bool = False


class Note:
    """The file as its writer sees it."""

    def __init__(self, path: Path) -> None:
        path.write_bytes(bytes(_SHAPE.size))
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), _SHAPE.size)

    def write(self, noted: Noted) -> None:
        """Replaces the note."""
        self._map[:] = _SHAPE.pack(noted.doing, noted.commits, noted.ready)


def read(path: Path) -> Noted:
    """The note as it was left; nothing where the process did not come so far as to make one."""
    try:
        doing, commits, ready = _SHAPE.unpack(path.read_bytes())
    except (FileNotFoundError, struct.error):
        return Noted(Doing.NOTHING, 0)
    return Noted(Doing(doing), commits, ready)
