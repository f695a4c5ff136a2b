"""Reactions come in: each is taken at once, in the order in which the gateway gave it."""

import discord
from discord.ext import commands

from bot.client import Client
from bot.core.ids import ChannelId, GuildId, MemberId, MessageId
from bot.core.votes import Cleared, Deleted, Event, Reacted, Unseeded


class Votes(commands.Cog):
    """Raw events only: they come whether a message is in a cache or not."""

    def __init__(self, client: Client) -> None:
        self._client = client
        client.take("raw_reaction_add", self.added)
        client.take("raw_reaction_remove", self.removed)
        client.take("raw_reaction_clear", self.cleared)
        client.take("raw_reaction_clear_emoji", self.emoji_cleared)
        client.take("raw_message_delete", self.deleted)
        client.take("raw_bulk_message_delete", self.bulk_deleted)

    def added(self, payload: discord.RawReactionActionEvent) -> None:
        """A reaction was added. Bots never count."""
        if not (payload.member is not None and payload.member.bot):
            self._put(payload.guild_id, _reacted(payload, added=True))

    def removed(self, payload: discord.RawReactionActionEvent) -> None:
        """A reaction was removed, by its member or by somebody else."""
        if self._client.user is not None and payload.user_id == self._client.user.id:
            self._put(payload.guild_id, Unseeded(ChannelId(payload.channel_id), MessageId(payload.message_id)))
        else:
            self._put(payload.guild_id, _reacted(payload, added=False))

    def cleared(self, payload: discord.RawReactionClearEvent) -> None:
        """All reactions of a message were cleared."""
        self._put(payload.guild_id, Cleared(ChannelId(payload.channel_id), MessageId(payload.message_id), None))

    def emoji_cleared(self, payload: discord.RawReactionClearEmojiEvent) -> None:
        """All reactions with one emoji were cleared."""
        message = MessageId(payload.message_id)
        self._put(payload.guild_id, Cleared(ChannelId(payload.channel_id), message, str(payload.emoji)))

    def deleted(self, payload: discord.RawMessageDeleteEvent) -> None:
        """A message is gone."""
        self._put(payload.guild_id, Deleted(ChannelId(payload.channel_id), MessageId(payload.message_id)))

    def bulk_deleted(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Messages are gone."""
        for message in sorted(payload.message_ids):
            self._put(payload.guild_id, Deleted(ChannelId(payload.channel_id), MessageId(message)))

    def _put(self, guild: int | None, event: Event) -> None:
        """Nobody votes outside a server."""
        if guild is not None:
            self._client.books.gate.put(self._client.votes, GuildId(guild), event)


def _reacted(payload: discord.RawReactionActionEvent, *, added: bool) -> Reacted:
    return Reacted(
        channel=ChannelId(payload.channel_id),
        message=MessageId(payload.message_id),
        member=MemberId(payload.user_id),
        emoji=str(payload.emoji),
        added=added,
    )


async def setup(client: Client) -> None:
    """Called by discord.py."""
    await client.add_cog(Votes(client))
