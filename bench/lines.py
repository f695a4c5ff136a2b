"""A child's end of the talk with whoever measures: a line of JSON each way."""

import asyncio
import json
import sys
from collections.abc import AsyncGenerator
from typing import Any

_LONGEST_LINE = 2**24


async def heard() -> AsyncGenerator[Any]:
    """What is said on standard input, until that is closed."""
    reader = asyncio.StreamReader(limit=_LONGEST_LINE)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        yield json.loads(line)


def say(value: Any) -> None:
    """Writes a line to standard output."""
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()
