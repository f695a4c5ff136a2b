"""Threads that are archived or made active come in: posts in a forum are kept awake."""

import logging

import discord
from discord.ext import commands

from bot.client import Client
from bot.core.ids import ChannelId
from bot.services import threads

log = logging.getLogger(__name__)


class Threads(commands.Cog):
    """Raw events only: an archived thread is in no cache."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @commands.Cog.listener()
    async def on_raw_thread_update(self, payload: discord.RawThreadUpdateEvent) -> None:
        """A thread was archived, woken, renamed or locked."""
        guild = self._client.get_guild(payload.guild_id)
        if guild is not None and isinstance(guild.get_channel(payload.parent_id), discord.ForumChannel):
            archived = payload.data["thread_metadata"]["archived"]
            await threads.seen(self._client.desk, ChannelId(payload.thread_id), archived=archived)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """A session began: what fell asleep before it is found by one request a server."""
        for which in await threads.servers(self._client.desk):
            guild = self._client.get_guild(which)
            if guild is None:
                continue
            try:
                active = {ChannelId(thread.id) for thread in await guild.active_threads()}
            except discord.HTTPException as error:
                log.warning("server %d: its active threads cannot be read: %s", which, error)
            else:
                await threads.compare(self._client.desk, which, active)


async def setup(client: Client) -> None:
    """Called by discord.py."""
    await client.add_cog(Threads(client))
