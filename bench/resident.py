"""How much memory a process and its children hold, read from Linux's /proc."""

import asyncio
import os
import time
from pathlib import Path

_PROC = Path("/proc")
_LOOK = 0.25
_AT_REST = 0.05  # of a processor
_FOR = 1.0
_AT_MOST = 60.0


class NotLinux(Exception):
    """There is no /proc here."""


def check() -> None:
    """Raises NotLinux where memory cannot be measured."""
    if not (_PROC / "self" / "statm").exists():
        raise NotLinux("memory is measured on Linux only: it is read from /proc")


def megabytes(pid: int) -> float:
    """What the process and its children have in memory now, in millions of bytes; shared libraries count."""
    pages = sum(int((_PROC / str(each) / "statm").read_text().split()[1]) for each in _family(pid))
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def seconds(pid: int) -> float:
    """How long the process has worked so far."""
    # The name, in brackets, may hold anything; user and system time are the 14th and 15th field (proc(5)).
    fields = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def at_rest(pid: int) -> None:
    """Returns once the process has done next to nothing for a second, or has not come to rest for a minute."""
    begun = since = time.monotonic()
    worked = seconds(pid)
    while time.monotonic() - since < _FOR and time.monotonic() - begun < _AT_MOST:
        await asyncio.sleep(_LOOK)
        now = seconds(pid)
        if now - worked > _AT_REST * _FOR:
            worked, since = now, time.monotonic()


def _family(pid: int) -> list[int]:
    found = [pid]
    for each in found:
        for thread in (_PROC / str(each) / "task").iterdir():
            found += [int(child) for child in (thread / "children").read_text().split()]
    return found
