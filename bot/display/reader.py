"""The reader: reads each server after a gap, and single points whole in turn, and lets their events in afterwards.

1. Servers are read side by side, some at a time; each as often as it is lost.
2. A fault that may pass is tried again with a growing pause, and the server's events wait. What the bot may not read
   is left out and logged: the doctor tells who may mend it.
3. What a reading finds is absolute. It is played after all that came before, and before all that waited.
"""

import asyncio
import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Protocol

import aiohttp
import discord

from bot.core import readings as core
from bot.core.additions import Gone, Heard, LobbyEvent, Retyped
from bot.core.critiques import Critique, HomeKind
from bot.core.ids import ChannelId, GuildId, MemberId, MessageId, PointId
from bot.core.readings import Standing
from bot.core.refusals import Unavailable
from bot.core.sittings import Votable
from bot.core.votes import Deleted, Event, Stance, Unseeded
from bot.display import readings

log = logging.getLogger(__name__)

_SIDE_BY_SIDE = 4
_LONGEST_PAUSE = 60.0
_BREATH = 0.2  # seconds until the next point, where none could be read
_PASSING = (
    aiohttp.ClientError,
    OSError,
    asyncio.TimeoutError,
    discord.DiscordServerError,
    discord.RateLimited,
    Unavailable,
)


class Books(Protocol):
    """What the reader works from; `bot.services.readings` keeps it."""

    async def next(self) -> GuildId: ...
    def turn(self, guild: GuildId) -> int: ...
    async def settled(self) -> None: ...
    async def standings(self, guild: GuildId) -> list[Standing]: ...
    async def holders(self, votable: Votable, side: Stance) -> set[MemberId]: ...
    async def critiques(self, guild: GuildId) -> list[Critique]: ...
    async def heard(self, channels: Collection[ChannelId]) -> dict[ChannelId, MessageId]: ...
    async def typed(self, guild: GuildId) -> dict[ChannelId, list[MessageId]]: ...
    async def close(
        self, guild: GuildId, turn: int, votes: Iterable[Event] = (), said: Iterable[LobbyEvent] = ()
    ) -> bool: ...
    async def finish(self, guild: GuildId, heard: Mapping[ChannelId, MessageId], whole: Sequence[PointId]) -> None: ...
    async def gone(self, channels: Collection[ChannelId]) -> None: ...
    async def audit(self, guilds: Collection[GuildId]) -> tuple[Standing, int] | None: ...
    def read_whole(self, which: PointId) -> None: ...
    async def next_audit(self, every: float) -> None: ...
    def was_read(self, which: PointId) -> None: ...
    async def audited(self, which: PointId) -> None: ...


class Reader:
    """Reads servers until it is stopped. `run` it once the client is ready to make requests."""

    def __init__(self, client: discord.Client, books: Books, *, audit_every: float) -> None:
        self._client = client
        self._books = books
        self._audit_every = audit_every
        self._under_way: dict[GuildId, asyncio.Task[None]] = {}
        self._slots = asyncio.Semaphore(_SIDE_BY_SIDE)
        self._read_at: dict[GuildId, int] = {}

    @property
    def idle(self) -> bool:
        """Whether no server is being read."""
        return not self._under_way

    async def run(self) -> None:
        """Reads server after server until cancelled."""
        try:
            while True:
                guild = await self._books.next()
                before = self._under_way.get(guild)
                task = asyncio.create_task(self._read_after(before, guild), name=f"reading of server {guild}")
                self._under_way[guild] = task
                task.add_done_callback(lambda done, guild=guild: self._done(guild, done))
        finally:
            tasks = list(self._under_way.values())
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _done(self, guild: GuildId, task: "asyncio.Task[None]") -> None:
        if self._under_way.get(guild) is task:
            del self._under_way[guild]

    async def _read_after(self, before: "asyncio.Task[None] | None", guild: GuildId) -> None:
        if before is not None:
            await asyncio.wait({before})
        turn = self._books.turn(guild)
        pause = 1.0
        async with self._slots:
            # What has been read is open, and newer than a second reading would be played.
            while self._read_at.get(guild) != turn and not await self._tried(guild, turn):
                if self._books.turn(guild) != turn:
                    return
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)

    async def _tried(self, guild: GuildId, turn: int) -> bool:
        try:
            await self._read(guild, turn)
        except _PASSING as error:
            log.warning("server %d cannot be read now, and its events wait: %s", guild, error)
        except Exception:
            log.exception("the reading of server %d broke; its events wait", guild)
        else:
            return True
        return False

    async def _read(self, guild: GuildId, turn: int) -> None:
        server = self._client.get_guild(guild)
        if server is None or server.unavailable:
            return
        await self._books.settled()
        gone = await self._gone(guild)
        await self._books.gone(gone)
        standings = await self._books.standings(guild)
        votes = await self._votes(guild, standings, gone)
        said, heard = await self._said(server)
        if await self._books.close(guild, turn, votes, [*said, *await self._edited(server)]):
            self._read_at[guild] = turn
            await self._books.finish(guild, heard, [each.votable.point for each in standings if each.near])
            await self._read_new(guild, {each.message for each in said if each.title})

    async def _read_new(self, guild: GuildId, posts: Collection[MessageId]) -> None:
        """Posts that members opened in the gap, and that are points from now on: who voted on them before is read."""
        for each in await self._books.standings(guild) if posts else ():
            if each.votable.message in posts:
                self._books.read_whole(each.votable.point)

    async def _gone(self, guild: GuildId) -> set[ChannelId]:
        """The homes and digests' channels of the server that are there no more."""
        used = {which for each in await self._books.critiques(guild) for which in (each.home, each.digest_channel)}
        return {which for which in sorted(used) if await readings.is_gone(self._client, guild, which)}

    async def _votes(
        self, guild: GuildId, standings: Sequence[Standing], gone: Collection[ChannelId] = (), *, whole: bool = False
    ) -> list[Event]:
        """What differs from what is stored."""
        events: list[Event] = []
        for some in core.by_home(standings):
            if some[0].home in gone:
                events.extend(readings.gone(each, with_thread=True) for each in some)
                continue
            try:
                async for standing, message in readings.messages(self._client, guild, some):
                    events.extend(await self._compared(standing, message, whole=whole))
            except discord.Forbidden as error:
                log.warning("server %d: points are not read: %s", guild, error)
        return events

    async def _compared(self, standing: Standing, message: readings.Message, *, whole: bool) -> list[Event]:
        votable = standing.votable
        if isinstance(message, Deleted):
            return [message]
        shown = readings.shown(votable, message)
        sides = core.to_read(standing, shown, whole=whole)
        stored = {side: await self._books.holders(votable, side) for side in sides}
        read = await readings.holders(votable, message, stored) if sides else {}
        found: list[Event] = [*core.found(votable, stored, read)]
        if not all(each.own for each in shown.values()):
            found.append(Unseeded(votable.channel, votable.message))
        return found

    async def _edited(self, guild: discord.Guild) -> list[Retyped | Gone]:
        """What authors have edited or deleted where they typed additions and arguments."""
        found: list[Retyped | Gone] = []
        for channel, messages in (await self._books.typed(GuildId(guild.id))).items():
            try:
                found.extend(await readings.edited(self._client, guild, channel, messages))
            except (discord.Forbidden, discord.NotFound) as error:
                log.warning("server %d: what was edited in channel %d is not read: %s", guild.id, channel, error)
        return found

    async def _said(self, guild: discord.Guild) -> tuple[list[Heard], dict[ChannelId, MessageId]]:
        """What was said in the server's lobbies in the gap, in the order in which it was said."""
        found: list[Heard] = []
        up_to: dict[ChannelId, MessageId] = {}
        for critique in await self._books.critiques(GuildId(guild.id)):
            try:
                await self._said_of(guild, critique, found, up_to)
            except discord.Forbidden as error:
                log.warning("server %d: what was said in channel %d is not read: %s", guild.id, critique.home, error)
        return sorted(found, key=lambda each: each.message), up_to

    async def _said_of(
        self, guild: discord.Guild, critique: Critique, found: list[Heard], up_to: dict[ChannelId, MessageId]
    ) -> None:
        channels = readings.spoken_in(guild, critique)
        known = await self._books.heard([critique.home, *(ChannelId(each.id) for each in channels)])
        for channel in channels:
            if channel.id in up_to:
                continue  # two critiques in one home
            since = readings.up_to(known, critique, channel)
            said, last = await readings.said(self._client, channel, since)
            found.extend(said)
            if last > since:
                up_to[ChannelId(channel.id)] = last
        forum = guild.get_channel(critique.home)
        if critique.home_kind is HomeKind.FORUM and isinstance(forum, discord.ForumChannel):
            since = readings.up_to(known, critique, forum)
            opened, last = await readings.opened(self._client, guild, critique, since)
            found.extend(opened)
            if last > since:
                up_to[critique.home] = last

    async def audit(self) -> None:
        """Reads one point whole, again and again, until cancelled."""
        while True:
            await self._books.next_audit(self._audit_every)
            due = await self._books.audit([GuildId(guild.id) for guild in self._client.guilds if not guild.unavailable])
            if due is None or not await self._audit(*due):
                await asyncio.sleep(_BREATH)

    async def _audit(self, standing: Standing, turn: int) -> bool:
        """Whether it was read; if not, the server's events go on all the same, and it has its turn again later."""
        guild, point = standing.votable.guild, standing.votable.point
        votes: list[Any] | None = None
        try:
            await self._books.settled()
            votes = await self._votes(guild, [standing], whole=True)
        except _PASSING as error:
            log.warning("point %d cannot be read whole now: %s", point, error)
        finally:
            await self._books.close(guild, turn, votes or ())
            await self._books.audited(point)
        if votes is not None:
            self._books.was_read(point)
        return votes is not None
