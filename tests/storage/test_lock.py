"""One bot alone works on a file, by whatever path; whoever ends frees it, however it ends."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.storage.database import Database, DatabaseUnusable
from bot.storage.lock import Lock
from tests.conftest import ROOT

HOLDER = """
import sys, time, pathlib
from bot.storage.lock import Lock
Lock(pathlib.Path(sys.argv[1])).take()
print("held", flush=True)
time.sleep(60)
"""


def _as_it_is(file: Path) -> Path:
    return file


def _by_a_link(file: Path) -> Path:
    link = file.with_name("link.db")
    link.symlink_to(file)
    return link


def _by_a_linked_folder(file: Path) -> Path:
    link = file.parent.with_name(file.parent.name + "-link")
    link.symlink_to(file.parent)
    return link / file.name


def _by_a_detour(file: Path) -> Path:
    return file.parent / "detour" / ".." / file.name


def _from_here(file: Path) -> Path:
    return Path(os.path.relpath(file))


@pytest.mark.parametrize("path_of", [_as_it_is, _by_a_link, _by_a_linked_folder, _by_a_detour, _from_here])
async def test_a_second_bot_is_refused_by_whatever_path(tmp_path: Path, path_of: Callable[[Path], Path]) -> None:
    (tmp_path / "detour").mkdir()
    file = tmp_path / "bot.db"
    path = path_of(file)
    first = await Database.open(file)
    with pytest.raises(DatabaseUnusable) as refused:
        await Database.open(path)
    assert (refused.value.code, refused.value.path) == ("taken", path)
    reader = Database(path)  # the doctor takes no lock
    async with reader.read():
        pass
    await reader.close()
    await first.close()
    await (await Database.open(path)).close()


async def test_a_second_name_of_the_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "bot.db"
    await (await Database.open(file)).close()
    (tmp_path / "other.db").hardlink_to(file)
    for path in (file, tmp_path / "other.db"):
        with pytest.raises(DatabaseUnusable) as refused:
            await Database.open(path)
        assert refused.value.code == "linked"


async def test_whoever_is_killed_frees_it(tmp_path: Path) -> None:
    file = tmp_path / "bot.db"
    holder = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HOLDER, str(file), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert holder.stdout is not None
    assert await holder.stdout.readline() == b"held\n"
    lock = Lock(file)
    with pytest.raises(DatabaseUnusable):
        lock.take()
    holder.send_signal(signal.SIGKILL)
    await holder.wait()
    lock.take()
    lock.free()


async def test_links_in_a_circle_are_unreachable(tmp_path: Path) -> None:
    (tmp_path / "a.db").symlink_to(tmp_path / "b.db")
    (tmp_path / "b.db").symlink_to(tmp_path / "a.db")
    with pytest.raises(DatabaseUnusable) as refused:
        await Database.open(tmp_path / "a.db")
    assert refused.value.code == "unreachable"
