"""Reactions come in: each is taken at once, in the order in which the gateway gave it.

Those that are put on or taken away come in storms, so they are read from the gateway's own data where discord.py
lets them be, and else from what it makes of that; both come to the same.
"""

from typing import Any

import discord
from discord.ext import commands

from bot.client import Client
from bot.core import losses
from bot.core.ids import ChannelId, GuildId, MemberId, MessageId
from bot.core.votes import Cleared, Deleted, Event, Reacted, Unseeded


class Votes(commands.Cog):
    """Raw events only: they come whether a message is in a cache or not."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._gate, self._votes = client.books.gate, client.votes
        if not client.take_data("MESSAGE_REACTION_ADD", self.put_on):
            client.take("raw_reaction_add", self.added)
        if not client.take_data("MESSAGE_REACTION_REMOVE", self.taken_away):
            client.take("raw_reaction_remove", self.removed)
        client.take("raw_reaction_clear", self.cleared)
        client.take("raw_reaction_clear_emoji", self.emoji_cleared)
        client.take("raw_message_delete", self.deleted)
        client.take("raw_bulk_message_delete", self.bulk_deleted)

    def put_on(self, data: dict[str, Any]) -> None:
        """The gateway's data of a reaction that was added. Bots never count."""
        member = data.get("member")
        if not (member and member["user"].get("bot")):
            self._put(data.get("guild_id"), _reacted(data, added=True))

    def taken_away(self, data: dict[str, Any]) -> None:
        """The gateway's data of a reaction that was removed, by its member or by somebody else."""
        self._put(data.get("guild_id"), self._gone(_reacted(data, added=False)))

    def added(self, payload: discord.RawReactionActionEvent) -> None:
        """A reaction was added. Bots never count."""
        if not (payload.member is not None and payload.member.bot):
            self._put(payload.guild_id, _made(payload, added=True))

    def removed(self, payload: discord.RawReactionActionEvent) -> None:
        """A reaction was removed, by its member or by somebody else."""
        self._put(payload.guild_id, self._gone(_made(payload, added=False)))

    def cleared(self, payload: discord.RawReactionClearEvent) -> None:
        """All reactions of a message were cleared."""
        self._put(payload.guild_id, Cleared(ChannelId(payload.channel_id), MessageId(payload.message_id), None))

    def emoji_cleared(self, payload: discord.RawReactionClearEmojiEvent) -> None:
        """All reactions with one emoji were cleared."""
        message = MessageId(payload.message_id)
        self._put(payload.guild_id, Cleared(ChannelId(payload.channel_id), message, str(payload.emoji)))

    def deleted(self, payload: discord.RawMessageDeleteEvent) -> None:
        """A message is gone."""
        self._deleted(payload.guild_id, ChannelId(payload.channel_id), MessageId(payload.message_id))

    def bulk_deleted(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Messages are gone."""
        for message in sorted(payload.message_ids):
            self._deleted(payload.guild_id, ChannelId(payload.channel_id), MessageId(message))

    def _deleted(self, guild: int | None, channel: ChannelId, which: MessageId) -> None:
        """What was voted there is kept; of a point that takes no reactions the loss is told all the same."""
        self._put(guild, Deleted(channel, which))
        if guild is not None:
            self._client.losses.put(losses.message(which))

    def _put(self, guild: int | str | None, event: Event) -> None:
        """Nobody votes outside a server."""
        if guild is not None:
            self._gate.put(self._votes, GuildId(int(guild)), event, found_anew=isinstance(event, Reacted))

    def _gone(self, event: Reacted) -> Event:
        """A reaction that was taken away; the bot's own are those that it seeds."""
        user = self._client.user
        return Unseeded(event.channel, event.message) if user is not None and event.member == user.id else event


def _reacted(data: dict[str, Any], *, added: bool) -> Reacted:
    ids = int(data["channel_id"]), int(data["message_id"]), int(data["user_id"])
    return _event(ids, _written(data["emoji"]), added)


def _made(payload: discord.RawReactionActionEvent, *, added: bool) -> Reacted:
    return _event((payload.channel_id, payload.message_id, payload.user_id), str(payload.emoji), added)


def _event(ids: tuple[int, int, int], emoji: str, added: bool) -> Reacted:
    channel, message, member = ids
    return Reacted(ChannelId(channel), MessageId(message), MemberId(member), emoji, added)


def _written(emoji: dict[str, Any]) -> str:
    """An emoji of the gateway's as messages write it; one that the server has deleted may have lost its name."""
    if emoji["id"] is None:
        return emoji["name"]
    return f"<{'a' if emoji.get('animated') else ''}:{emoji['name'] or '_'}:{emoji['id']}>"


async def setup(client: Client) -> None:
    """Called by discord.py."""
    await client.add_cog(Votes(client))
