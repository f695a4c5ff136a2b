"""Promises starts that cost no imports: one process has loaded everything, and forks a bot for each line it reads.

`python -m chaos.nursery`. A line on standard input is the environment of a bot in JSON; the answers are its process
id, and later its exit code, as the kernel gives it. One bot at a time. Nothing runs here that a fork could break:
no thread, no event loop, no open database.
"""

import importlib
import json
import os
import random
import sys
from pathlib import Path

from bot.app import COGS
from chaos import launcher


def main() -> None:
    """Forks until the input ends."""
    for module in (*COGS, "bot.storage.migrations", "aiosqlite", "sqlalchemy.dialects.sqlite.aiosqlite"):
        importlib.import_module(module)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _be_born(json.loads(line))
        _say(child)
        _, status = os.waitpid(child, 0)
        _say(os.waitstatus_to_exitcode(status))


def _be_born(environment: dict[str, str]) -> None:
    """The child: a bot with a log of its own and its own chance. Never returns."""
    code = 1
    try:
        os.environ.update(environment)
        log = os.open(Path(environment["CHAOS_LOG"]), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        for stream in (1, 2):
            os.dup2(log, stream)
        random.seed()
        code = launcher.main()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
