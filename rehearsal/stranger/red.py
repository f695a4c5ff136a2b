"""Red as a process of its own, on an instance of its own in a folder that goes when it ends.

Promises that nothing of the user's own Red is read or written: home and configuration lie in that folder.
"""

from __future__ import annotations

import asyncio
from asyncio.subprocess import PIPE, STDOUT, Process
from pathlib import Path
from types import TracebackType
from typing import Self

from rehearsal.stranger.launch import REFUSED

INSTANCE, PREFIX = "stranger", "!"
STOPS_WITHIN = 30.0
_LAUNCHER = Path(__file__).with_name("launch.py")


class RedFailed(Exception):
    """Red could not be started, in one sentence and the end of what it said."""


class Red:
    """One run of Red. `said` is what it wrote, line by line."""

    def __init__(self, python: Path, folder: Path, addresses: tuple[str, str], token: str, owner: str) -> None:
        self._python, self._folder, self._addresses = python, folder, addresses
        self._arguments = ["--token", token, "--owner", owner]
        self._process: Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self.said: list[str] = []

    async def __aenter__(self) -> Self:
        """Raises RedFailed, or OSError when there is no such Python."""
        if not (self._folder / "data").exists():
            await self._set_up()
        command = [str(_LAUNCHER), *self._addresses, INSTANCE, "--no-prompt", "--prefix", PREFIX]
        self._process = await self._start(*command, *self._arguments, "--force-disable-rich-logging")
        self._reading = asyncio.create_task(self._read(self._process))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    @property
    def runs(self) -> bool:
        return self._process is not None and self._process.returncode is None

    @property
    def refused(self) -> list[str]:
        """The other machines whose names it wanted to know."""
        return [line.removeprefix(REFUSED) for line in self.said if line.startswith(REFUSED)]

    async def stop(self) -> int | None:
        """Asks it to end, as a service manager does; its exit code."""
        if self._process is None or self._reading is None:
            return None
        if self._process.returncode is None:
            self._process.terminate()
        try:
            async with asyncio.timeout(STOPS_WITHIN):
                await self._process.wait()
        except TimeoutError:
            self._process.kill()
            await self._process.wait()
        await self._reading
        return self._process.returncode

    async def _set_up(self) -> None:
        """Red's own command for a new instance, without questions."""
        data = self._folder / "data"
        data.mkdir(parents=True)
        setup = ["-m", "redbot.setup", "--no-prompt", "--instance-name", INSTANCE, "--backend", "json"]
        process = await self._start(*setup, "--data-path", str(data))
        said, _ = await process.communicate()
        if process.returncode:
            raise RedFailed(f"Red's own set-up failed:\n{said.decode(errors='replace')[-2000:]}")

    async def _start(self, *arguments: str) -> Process:
        home = str(self._folder)
        places = {"HOME": home, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home, "TMPDIR": home}
        environment = {**places, "PATH": f"{self._python.parent}:/usr/bin:/bin", "PYTHONUNBUFFERED": "1"}
        return await asyncio.create_subprocess_exec(
            str(self._python), *arguments, stdout=PIPE, stderr=STDOUT, env=environment
        )

    async def _read(self, process: Process) -> None:
        assert process.stdout is not None  # noqa: S101 - it was asked for
        async for line in process.stdout:
            self.said.append(line.decode(errors="replace").rstrip())
