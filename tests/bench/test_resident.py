"""The memory and the work of a process are read as they are."""

import os
import subprocess
import sys

from bench import resident
from bench.children import child


def test_what_a_process_holds_grows_by_what_it_takes() -> None:
    before = resident.megabytes(os.getpid())
    taken = bytearray(os.urandom(64_000_000))
    after = resident.megabytes(os.getpid())
    assert 60 < after - before < 80
    assert len(taken) == 64_000_000


def test_children_count() -> None:
    alone = resident.megabytes(os.getpid())
    with subprocess.Popen([sys.executable, "-c", "print(flush=True); input()"], stdin=-1, stdout=-1) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert resident.megabytes(os.getpid()) - alone > resident.megabytes(process.pid) / 2
        process.communicate(b"\n")


def test_work_is_counted() -> None:
    before = resident.seconds(os.getpid())
    while resident.seconds(os.getpid()) == before:
        sum(range(10_000))
    assert resident.seconds(os.getpid()) > before


async def test_a_process_that_waits_is_at_rest() -> None:
    async with child("json.tool", "--json-lines") as waiting:
        await resident.at_rest(waiting.pid)
