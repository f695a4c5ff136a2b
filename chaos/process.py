"""Promises the bot as a process of its own: started, watched, killed."""

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

from chaos import note
from chaos.launcher import told
from chaos.note import Noted
from chaos.places import Commit, Place
from rehearsal.server import StandIn

_ROOT = Path(__file__).parents[1]


class Process:
    """One bot."""

    def __init__(self, pid: int, end: asyncio.Task[int], folder: Path) -> None:
        self._pid = pid
        self._end = end
        self._folder = folder
        self.killed = False

    def kill(self) -> None:
        """kill -9."""
        self._send(signal.SIGKILL)

    def stop(self) -> None:
        """Asks it to stop in order."""
        self._send(signal.SIGTERM)

    def _send(self, number: signal.Signals) -> None:
        self.killed = True
        if not self._end.done():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, number)

    async def ended(self) -> int:
        """Returns the exit code once it is gone."""
        return await asyncio.shield(self._end)

    @property
    def noted(self) -> Noted:
        """What it is doing, or was when it ended."""
        return note.read(self._folder / "note")


class Nursery:
    """Where bots are born. One at a time."""

    def __init__(self, process: asyncio.subprocess.Process, discord: StandIn, folder: Path) -> None:
        self._process = process
        self._discord = discord
        self._folder = folder

    @classmethod
    @contextlib.asynccontextmanager
    async def opened(cls, discord: StandIn, folder: Path) -> "AsyncIterator[Nursery]":
        """A nursery for bots on the stand-in, with database, log and note in the folder; it closes with the last."""
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "chaos.nursery", cwd=_ROOT, stdin=pipe, stdout=pipe
        )
        try:
            yield cls(process, discord, folder)
        finally:
            assert process.stdin is not None  # noqa: S101 - it is a pipe
            process.stdin.close()
            await process.wait()

    async def start(self, place: Place | None = None) -> Process:
        """Starts a bot; `place` is where it kills itself, where that is a commit."""
        environment = {
            "DISCORD_TOKEN": self._discord.bot_token,
            "DATABASE_PATH": str(self._folder / "bot.sqlite3"),
            "DISCORD_API_BASE": self._discord.api,
            "DISCORD_GATEWAY_URL": self._discord.gateway,
            "CHAOS_NOTE": str(self._folder / "note"),
            "CHAOS_LOG": str(self._folder / "bot.log"),
            "CHAOS_KILL": told(place) if isinstance(place, Commit) else "",
        }
        (self._folder / "note").unlink(missing_ok=True)
        assert self._process.stdin is not None  # noqa: S101 - it is a pipe
        self._process.stdin.write(json.dumps(environment).encode() + b"\n")
        pid = await self._heard()
        return Process(pid, asyncio.create_task(self._heard()), self._folder)

    async def _heard(self) -> int:
        assert self._process.stdout is not None  # noqa: S101 - it is a pipe
        return int(await self._process.stdout.readline())
