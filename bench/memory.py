"""How much memory the bot takes with 1, 100 and 1,000 servers, beside a bare discord.py client with its settings.

1. A server has 30 channels, 30 roles and one critique of 11 points. Both sides are on the same stand-in.
2. The bot is started as its operator does, on a database that knows all critiques. Each side is a fresh process in
   every run, and is looked at once it is ready and has come to rest.
3. All of a run are there at the same time: how fast they are makes no difference to what they hold.
"""

import asyncio
import os
import shutil
import sys
import tempfile
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import resident
from bench.children import Failed, child
from bench.figures import Aim, Figure, Found
from bench.ground.plans import Ground
from bench.runs import Plan, over

_SIZES = (1, 100, 1000)
_QUICK_RUNS = 2
_LAST_WORDS = 4000


@dataclass(frozen=True, slots=True)
class _Town:
    """A stand-in with so many servers, the bot's database of them, and what each side held in each run."""

    servers: int
    discord: dict[str, Any]
    database: Path
    held: dict[str, list[float]] = field(default_factory=lambda: {"bare": [], "bot": []})


def measure(plan: Plan) -> Found:
    """Starts both sides beside each other, again and again."""
    resident.check()
    runs = _QUICK_RUNS if plan.quick else plan.runs
    with tempfile.TemporaryDirectory() as folder:
        towns = asyncio.run(_measured(plan, runs, Path(folder)))
    remarks = [f"Millions of bytes resident, shared libraries among them; {runs} runs."]
    if plan.quick:
        remarks.append(f"Quick: {runs} runs instead of {plan.runs}, since in each three bots and three clients begin.")
    return Found(_figures(towns), _ratios(towns), tuple(remarks))


async def _measured(plan: Plan, runs: int, folder: Path) -> list[_Town]:
    plan.expect(1 + runs)
    plan.step("founding the servers")
    async with AsyncExitStack() as stack:
        towns = await asyncio.gather(*(_founded(stack, folder, servers) for servers in _SIZES))
        for run in range(runs):
            plan.step(f"run {run + 1} of {runs}")
            await asyncio.gather(*(_run(town) for town in towns))
    return towns


async def _founded(stack: AsyncExitStack, folder: Path, servers: int) -> _Town:
    database = folder / f"{servers}.sqlite3"
    ground = Ground(str(database), servers=servers, channels=30, roles=30, points=11)
    town = await stack.enter_async_context(child("bench.ground.town", ground.written()))
    return _Town(servers, await town.hear(), database)


async def _run(town: _Town) -> None:
    database = Path(shutil.copy(town.database, town.database.with_name(f"bot-{town.servers}.sqlite3")))
    api, gateway, token = (town.discord[key] for key in ("api", "gateway", "bot_token"))
    settings = {
        "DISCORD_TOKEN": token,
        "DATABASE_PATH": str(database),
        "DISCORD_API_BASE": api,
        "DISCORD_GATEWAY_URL": gateway,
    }
    bare, bot = await asyncio.gather(_held({}, "bench.ground.bare", api, gateway, token), _held(settings, "bot", "run"))
    town.held["bare"].append(bare)
    town.held["bot"].append(bot)
    for left in database.parent.glob(f"{database.name}*"):
        left.unlink()


async def _held(environment: dict[str, str], *module: str) -> float:
    """What `python -m module` holds when it is ready and has come to rest."""
    async with _ready(environment, module) as pid:
        await resident.at_rest(pid)
        return resident.megabytes(pid)


@asynccontextmanager
async def _ready(environment: dict[str, str], module: tuple[str, ...]) -> AsyncGenerator[int]:
    """The process once it has said that it is ready; it is asked to end with the block. Raises Failed."""
    command, env = (sys.executable, "-m", *module), {**os.environ, **environment}
    process = await asyncio.create_subprocess_exec(*command, stderr=PIPE, env=env)
    try:
        await _said_so(process)
        reading = asyncio.create_task(_read_on(process))
        yield process.pid
        process.terminate()
        await asyncio.gather(process.wait(), reading)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _said_so(process: Process) -> None:
    words = ""
    while "ready as" not in words:
        line = await process.stderr.readline() if process.stderr else b""
        if not line:
            raise Failed(words[-_LAST_WORDS:])
        words += line.decode(errors="replace")


async def _read_on(process: Process) -> None:
    """Reads what it goes on to write, so that it need not wait."""
    while process.stderr and await process.stderr.read(2**16):
        pass


def _figures(towns: list[_Town]) -> tuple[Figure, ...]:
    return tuple(
        Figure(f"{side}_{town.servers}_mb", tuple(held), f"{says}, servers: {town.servers:,}", "MB")
        for side, says in (("bot", "the bot"), ("bare", "a bare client"))
        for town in towns
        for held in (town.held[side],)
    )


def _ratios(towns: list[_Town]) -> tuple[Figure, ...]:
    aims = {1000: Aim(most=1.6)}
    return tuple(
        Figure(
            f"over_bare_client_{town.servers}",
            over(town.held["bot"], town.held["bare"]),
            f"the bot over a bare client, servers: {town.servers:,}",
            aim=aims.get(town.servers),
        )
        for town in towns
    )
