"""Members' messages come in: additions may be typed, and replies stand in points' threads."""

import discord
from discord.ext import commands

from bot.client import Client
from bot.core.additions import Gone, LobbyEvent
from bot.core.ids import GuildId, MessageId
from bot.display.messages import heard, retyped


class Lobby(commands.Cog):
    """Takes messages at once, so that labels go to who was first."""

    def __init__(self, client: Client) -> None:
        self._client = client
        client.take("message", self.said)
        client.take("raw_message_edit", self.edited)
        client.take("raw_message_delete", self.deleted)
        client.take("raw_bulk_message_delete", self.bulk_deleted)

    def said(self, message: discord.Message) -> None:
        """A message was written: by a member, not by a bot, a webhook or Discord itself."""
        me = self._client.application_id
        said = None if me is None else heard(message, me)
        if said is not None:
            self._put(said.guild, said)

    def edited(self, payload: discord.RawMessageUpdateEvent) -> None:
        """A message was edited, or Discord shows more of it."""
        me = self._client.application_id
        found = None if me is None else retyped(payload.message, me)
        if found is not None:
            self._put(found.said.guild, found)

    def deleted(self, payload: discord.RawMessageDeleteEvent) -> None:
        """A message is gone."""
        self._put(payload.guild_id, Gone((MessageId(payload.message_id),)))

    def bulk_deleted(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Messages are gone."""
        self._put(payload.guild_id, Gone(tuple(MessageId(message) for message in sorted(payload.message_ids))))

    def _put(self, guild: int | None, event: LobbyEvent) -> None:
        if guild is not None:
            self._client.books.gate.put(self._client.lobby, GuildId(guild), event)


async def setup(client: Client) -> None:
    """Called by discord.py."""
    await client.add_cog(Lobby(client))
