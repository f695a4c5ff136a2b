"""A critique that stands open on the stand-in, and the bot's database that knows it: what several measurements need."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.app import App, opened
from bot.settings import Settings
from rehearsal.member import Member

_LOOK = 0.01


def document(points: int) -> bytes:
    """A critique with so many points."""
    return "\n\n".join(
        ["Tea rooms", *(f"{n}. Reason {n} is a reason of its own." for n in range(1, points + 1))]
    ).encode()


def settings(api: str, gateway: str, token: str, database: Path) -> Settings:
    """The bot's settings for the stand-in, whatever the environment says."""
    return Settings(
        _env_file=None,  # pyright: ignore[reportCallIssue] - pydantic-settings' own argument
        discord_api_base=api,
        discord_gateway_url=gateway,
        discord_token=SecretStr(token),
        database_path=database,
    )


async def ready(app: App) -> None:
    """Returns when the bot serves, and owes nothing."""
    await app.ready()
    while not await app.idle():
        await asyncio.sleep(_LOOK)


async def opened_critique(discord: dict[str, Any], database: Path, points: int) -> list[int]:
    """A moderator opens a critique as members see it done; its points' messages, once all is posted and edited.

    `discord` is the stand-in's announcement. The bot is closed again, and its database whole.
    """
    given = settings(discord["api"], discord["gateway"], discord["bot_token"], database)
    async with opened(given, guild_wait=0.1) as app:
        await ready(app)
        await _confirm(discord, document(points))
        await ready(app)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return [row[0] for row in connection.execute("SELECT message_id FROM points ORDER BY position")]


async def _confirm(discord: dict[str, Any], written: bytes) -> None:
    person = discord["members"][0]
    general, home, guild = discord["channels"]["general"], discord["channels"]["critique"], discord["guild_id"]
    async with Member(discord["api"], discord["gateway"], person["token"], person["id"], person["name"]) as moderator:
        shown = await moderator.command("critique open", general, guild, document=("list.txt", written), channel=home)
        await moderator.press(shown, "Confirm", guild)
