"""`python -m bot doctor`: the same examination from the command line, without a gateway; it may run beside the bot.

1. It changes nothing: the database is read and no command is synced.
2. What cannot be had (no network, a wrong token) is a finding, and what does not depend on it is still looked at.
"""

import time
from contextlib import suppress
from email.utils import parsedate_to_datetime

import aiohttp
import discord
from discord.http import Route

from bot import clock
from bot.client import point_at, set_by_operator
from bot.compute import Worker
from bot.core import examinations
from bot.core.examinations import Finding, Found, Level
from bot.core.ids import GuildId
from bot.display import grounds
from bot.faults import sentence
from bot.services import examinations as service
from bot.services import servers
from bot.services.desk import Desk
from bot.settings import Settings
from bot.storage.database import Database, DatabaseUnusable


async def examine(settings: Settings) -> list[Finding]:
    """All findings, in the order in which they were looked for."""
    point_at(settings.discord_api_base, settings.discord_gateway_url)
    database = Database(settings.database_path) if settings.database_path.exists() else None
    worker = Worker()
    desk = None if database is None else Desk(database, clock.now, worker)
    try:
        return [*await _discord(settings, desk), *await _books(desk)]
    finally:
        await worker.close()
        if database is not None:
            await database.close()


async def _books(desk: Desk | None) -> list[Finding]:
    if desk is None:
        return [Finding(Level.WARNING, Found.DATABASE_NONE)]
    try:
        await service.sound(desk)
        return examinations.books(await service.books(desk), service.schema())
    except DatabaseUnusable as error:
        return [Finding(Level.FAULT, Found.DATABASE_UNUSABLE, {"fault": sentence(error)})]


async def _discord(settings: Settings, desk: Desk | None) -> list[Finding]:
    client = discord.Client(intents=discord.Intents.none())
    try:
        await client.login(settings.discord_token.get_secret_value())
        return await _logged_in(client, settings, desk)
    except discord.LoginFailure:
        return [Finding(Level.FAULT, Found.TOKEN_UNKNOWN)]
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        return [Finding(Level.FAULT, Found.DISCORD_UNREACHABLE, {"why": str(error) or type(error).__name__})]
    finally:
        await client.close()


async def _logged_in(client: discord.Client, settings: Settings, desk: Desk | None) -> list[Finding]:
    user, application = client.user, client.application
    if user is None or application is None:
        return [Finding(Level.FAULT, Found.TOKEN_UNKNOWN)]
    granted = application.flags.gateway_message_content or application.flags.gateway_message_content_limited
    found = [
        Finding(Level.FINE, Found.TOKEN_KNOWN, {"name": user.name}),
        *examinations.content(asked=settings.message_content_intent, granted=granted),
        *await _clock(settings),
    ]
    guilds = [guild async for guild in client.fetch_guilds(limit=None)]
    for guild in guilds:
        found += await _server(client, guild, user.id, settings, desk)
    return found if guilds else [*found, Finding(Level.WARNING, Found.NO_SERVER)]


async def _server(
    client: discord.Client, guild: discord.Guild, me: int, settings: Settings, desk: Desk | None
) -> list[Finding]:
    ground = await grounds.fetched(client, guild, me)
    choices = set_by_operator(ground, settings)
    if desk is not None:
        with suppress(DatabaseUnusable):  # said where the database is looked at
            choices = await servers.choices(desk, GuildId(guild.id), choices)
    found = grounds.examined(ground, choices)
    return [Finding(each.level, each.what, each.params, server=ground.name) for each in found]


async def _clock(settings: Settings) -> list[Finding]:
    """Our clock beside the Date header of one answer, which is right to a second."""
    base = settings.discord_api_base or Route.BASE
    async with aiohttp.ClientSession() as session, session.get(f"{base.rstrip('/')}/gateway") as answer:
        said = answer.headers.get("Date")
    if said is None:
        return []
    return examinations.clock(time.time() - parsedate_to_datetime(said).timestamp())
