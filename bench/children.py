"""A side of a measurement in a process of its own, so that no side meets what another one left behind.

A child is a module of this package. It is spoken with in lines of JSON: on its standard input, and from its standard
output; what it writes to standard error is kept, and told where it ends too early.
"""

import asyncio
import json
import sys
import tempfile
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import IO, Any

_LONGEST_LINE = 2**24
_LAST_WORDS = 4000
_PATIENCE = 10.0
_LONGEST_SILENCE = 300.0


class Failed(Exception):
    """The child did not say what it was to say; its last words."""


class Child:
    """A running child."""

    def __init__(self, process: Process, errors: IO[bytes]) -> None:
        if process.stdin is None or process.stdout is None:
            raise ValueError("a child needs both pipes")
        self._process, self._errors = process, errors
        self._stdin, self._stdout = process.stdin, process.stdout

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self._process.pid

    async def say(self, value: Any) -> None:
        """Gives it a line on its standard input."""
        self._stdin.write(json.dumps(value).encode() + b"\n")
        await self._stdin.drain()

    async def hear(self) -> Any:
        """The next line that it says. Raises Failed, also where it says nothing for long."""
        try:
            line = await asyncio.wait_for(self._stdout.readline(), _LONGEST_SILENCE)
        except TimeoutError:
            line = b""
        if not line:
            self._errors.seek(0)
            raise Failed(self._errors.read().decode(errors="replace")[-_LAST_WORDS:])
        return json.loads(line)

    def kill(self) -> None:
        """Ends it at once."""
        self._process.kill()

    async def end(self) -> None:
        """Closes its standard input, and waits until it is over; one that goes on for long is killed."""
        self._stdin.close()
        try:
            await asyncio.wait_for(self._process.communicate(), _PATIENCE)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()


@asynccontextmanager
async def child(module: str, *arguments: str) -> AsyncGenerator[Child]:
    """`python -m module arguments`, ended with the block."""
    with tempfile.TemporaryFile() as errors:
        command = (sys.executable, "-u", "-m", module, *arguments)
        process = await asyncio.create_subprocess_exec(
            *command, stdin=PIPE, stdout=PIPE, stderr=errors, limit=_LONGEST_LINE
        )
        spoken = Child(process, errors)
        try:
            yield spoken
        finally:
            await spoken.end()
