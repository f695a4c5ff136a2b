"""Threads that are archived, made active or deleted come in: posts in a forum are kept awake, losses are told."""

import discord
from discord.ext import commands

from bot.client import Client
from bot.core.ids import ChannelId, MessageId
from bot.core.losses import channel
from bot.core.votes import Deleted
from bot.services import threads


class Threads(commands.Cog):
    """Raw events only: an archived thread is in no cache."""

    def __init__(self, client: Client) -> None:
        self._client = client
        client.take("raw_thread_delete", self.deleted)
        client.take("guild_channel_delete", self.channel_deleted)

    @commands.Cog.listener()
    async def on_raw_thread_update(self, payload: discord.RawThreadUpdateEvent) -> None:
        """A thread was archived, woken, renamed or locked."""
        guild = self._client.get_guild(payload.guild_id)
        if guild is not None and isinstance(guild.get_channel(payload.parent_id), discord.ForumChannel):
            archived = payload.data["thread_metadata"]["archived"]
            await threads.seen(self._client.desk, ChannelId(payload.thread_id), archived=archived)

    def deleted(self, payload: discord.RawThreadDeleteEvent) -> None:
        """A thread was deleted, or the channel that it was in: then that is in no cache any more.

        What was voted on a post goes with it, and is kept; in a text home the message stands in the channel.
        """
        guild = self._client.get_guild(payload.guild_id)
        parent = None if guild is None else guild.get_channel(payload.parent_id)
        if parent is None or isinstance(parent, discord.ForumChannel):
            post = payload.thread_id
            self._client.votes.put(Deleted(ChannelId(post), MessageId(post), with_thread=True))
        self._client.losses.put(channel(ChannelId(payload.thread_id)))

    def channel_deleted(self, gone: discord.abc.GuildChannel) -> None:
        """A channel was deleted: a home, or a digest's. Those of its threads that are known follow."""
        self._client.losses.put(channel(ChannelId(gone.id)))

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """A session began: what fell asleep before it is found, since each server comes with its active threads."""
        for which in await threads.servers(self._client.desk):
            guild = self._client.get_guild(which)
            if guild is not None and not guild.unavailable:
                active = {ChannelId(thread.id) for thread in guild.threads}
                await threads.compare(self._client.desk, which, active)


async def setup(client: Client) -> None:
    """Called by discord.py."""
    await client.add_cog(Threads(client))
