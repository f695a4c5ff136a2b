"""`/follow` and `/unfollow`: a point, a critique or its weekly digest."""

import re
from collections.abc import Awaitable, Callable
from typing import Any, Self

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Client
from bot.core.acts import Act
from bot.core.critiques import Critique
from bot.core.follows import Followed
from bot.core.ids import ChannelId, CritiqueId, GuildId, MemberId
from bot.core.points import Point
from bot.core.refusals import Code, Refusal
from bot.display import follows as display
from bot.display import limits
from bot.display.actors import actor, place, server, sight
from bot.display.errors import show
from bot.display.points import choice
from bot.display.threads import awake, find
from bot.services import critiques, follows, points

_WHAT = re.compile(r"v1:follow:(?P<critique>\d{1,18}):(?P<what>critique|digest)")
_EVERYTHING = "v1:follow:everything"
_Hour = app_commands.Range[int, 0, 23]
_Change = Callable[[discord.Thread, discord.abc.Snowflake], Awaitable[None]]


class StopButton(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=r"v1:follows:(?P<guild>\d{1,20}):stop",
):
    """Ends all messages from one server to whoever presses. It stands in direct messages."""

    def __init__(self, guild: GuildId) -> None:
        super().__init__(discord.ui.Button(custom_id=display.stop_id(guild)))
        self.guild = guild

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: discord.ui.Item[discord.ui.View], match: re.Match[str], /
    ) -> Self:
        """Parses the id; nothing else."""
        return cls(GuildId(int(match["guild"])))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Whoever presses follows nothing there any more."""
        try:
            client: Client = interaction.client
            if client.get_guild(self.guild) is None:  # left, or a number of nobody's
                raise Refusal(Code.NOT_FOLLOWED)
            count = await follows.unfollow(client.desk, self.guild, MemberId(interaction.user.id), None)
            await interaction.response.send_message(display.stopped(count), ephemeral=True)
        except Exception as error:
            await show(interaction, error)


class Follow(commands.Cog):
    """`/follow` and `/unfollow`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @app_commands.command(description="Follow a point, a critique, or its weekly digest")
    @app_commands.describe(
        what="A point joins you to its thread; a critique and a digest come as direct messages",
        quiet_from="No message from this hour of the server's time on: 22 unless you change it",
        quiet_to="Up to this hour: 8 unless you change it",
    )
    @app_commands.rename(quiet_from="quiet-from", quiet_to="quiet-to")
    @app_commands.guild_only()
    async def follow(
        self,
        interaction: discord.Interaction[Client],
        what: app_commands.Range[str, 1, 100],
        quiet_from: _Hour | None = None,
        quiet_to: _Hour | None = None,
    ) -> None:
        """Follows what was chosen."""
        choices = await self._client.choices(server(interaction))
        meant = await self._meant(interaction, what)
        if isinstance(meant, Point):
            critiques.check(actor(interaction), Act.FOLLOW, choices)
            await _join(interaction, meant)
            return
        which, followed = meant
        quiet = (quiet_from, quiet_to)
        critique, hours = await follows.follow(
            self._client.desk, actor(interaction), choices, which, followed, sight(interaction), quiet
        )
        await interaction.response.send_message(display.followed(critique, followed, hours), ephemeral=True)

    @app_commands.command(description="Follow something no more")
    @app_commands.describe(what="What you follow, or everything")
    @app_commands.guild_only()
    async def unfollow(self, interaction: discord.Interaction[Client], what: app_commands.Range[str, 1, 100]) -> None:
        """Follows it no more."""
        who = actor(interaction)
        if what == _EVERYTHING:
            count = await follows.unfollow(self._client.desk, who.guild, who.id, None)
        elif isinstance(meant := await self._meant(interaction, what), Point):
            await _leave(interaction, meant)
            return
        else:
            count = await follows.unfollow(self._client.desk, who.guild, who.id, [meant])
        await interaction.response.send_message(display.stopped(count), ephemeral=True)

    @follow.autocomplete("what")
    async def _offered(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        open_ones = await self._open(interaction)
        every = [(critique, what) for critique in open_ones for what in Followed]
        found = [(display.option(*each), _value(*each)) for each in every]
        try:
            near = await points.find(self._client.desk, *place(interaction), typed, sees=sight(interaction))
        except Refusal:
            near = []
        listed = [(name, value) for name, value in found if typed.strip().casefold() in name.casefold()]
        listed += [(choice(point), points.reference(point.id)) for point in near]
        return [app_commands.Choice(name=name, value=value) for name, value in listed[: limits.CHOICES]]

    @unfollow.autocomplete("what")
    async def _of_mine(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        mine = await follows.followed(self._client.desk, actor(interaction))
        found = [(display.option(*each), _value(*each)) for each in mine]
        listed = [(name, value) for name, value in found if typed.strip().casefold() in name.casefold()]
        everything = [(display.everything(), _EVERYTHING)] if found else []
        return [app_commands.Choice(name=name, value=value) for name, value in (everything + listed)[: limits.CHOICES]]

    async def _open(self, interaction: discord.Interaction) -> list[Critique]:
        return await critiques.spoken_of(self._client.desk, *place(interaction), sight(interaction))

    async def _meant(self, interaction: discord.Interaction, what: str) -> Point | tuple[CritiqueId, Followed]:
        """What was chosen, or typed: a critique's title, else a point. Raises Refusal."""
        if chosen := _WHAT.fullmatch(what):
            return CritiqueId(int(chosen["critique"])), Followed(chosen["what"])
        for critique in await self._open(interaction):
            if what.casefold().strip() == critique.title.casefold():
                return critique.id, Followed.CRITIQUE
        found = await points.find(self._client.desk, *place(interaction), what, sees=sight(interaction))
        if not found:
            raise Refusal(Code.NO_POINT, asked=what)
        return found[0]


def _value(critique: Critique, what: Followed) -> str:
    return f"v1:follow:{critique.id}:{what}"


async def _join(interaction: discord.Interaction[Client], point: Point) -> None:
    """Adds the member to the point's thread, which Discord then tells them of."""
    await _change_members(interaction, point, discord.Thread.add_user)
    await interaction.followup.send(display.joined(point), ephemeral=True)


async def _leave(interaction: discord.Interaction[Client], point: Point) -> None:
    await _change_members(interaction, point, discord.Thread.remove_user)
    await interaction.followup.send(display.left(point), ephemeral=True)


async def _change_members(interaction: discord.Interaction[Client], point: Point, change: _Change) -> None:
    """Does so in the point's thread, which is woken where it sleeps; it is answered afterwards, since that may wait."""
    await interaction.response.defer(ephemeral=True)
    guild, member = GuildId(server(interaction).id), discord.Object(interaction.user.id)
    try:
        found = None if point.thread is None else await find(interaction.client, guild, point.thread)
        if found is None:
            raise Refusal(Code.CANNOT_JOIN_THREAD, label=point.name)
        thread = found.thread
        await awake(interaction.client, guild, ChannelId(thread.id), lambda: change(thread, member))
    except discord.Forbidden as error:
        raise Refusal(Code.CANNOT_JOIN_THREAD, label=point.name) from error


async def setup(client: Client) -> None:
    """Called by discord.py."""
    client.add_dynamic_items(StopButton)
    await client.add_cog(Follow(client))
