"""What a measurement was made on."""

import os
import platform
import sqlite3
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypedDict


class Machine(TypedDict):
    """The machine and the libraries that matter; None where a library is not installed.

    `load` is how many processes wanted to run in the last minute before the measurement began.
    """

    cpu: str
    cores: int
    load: float
    python: str
    sqlite: str
    discord_py: str | None
    uvloop: str | None
    orjson: str | None


def machine() -> Machine:
    """This machine, now."""
    return Machine(
        cpu=_cpu(),
        cores=_cores(),
        load=round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else 0.0,
        python=f"{platform.python_implementation()} {platform.python_version()}",
        sqlite=sqlite3.sqlite_version,
        discord_py=_version("discord.py"),
        uvloop=_version("uvloop"),
        orjson=_version("orjson"),
    )


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _cpu() -> str:
    known = Path("/proc/cpuinfo")
    if known.exists():
        for line in known.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
