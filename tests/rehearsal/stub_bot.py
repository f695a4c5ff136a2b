"""A tiny bot on stock discord.py, for tests of the stand-in's members and cast: it does the least they rely on.

`/critique open` shows a preview with a button "Confirm", and then posts one message per line of the document,
with a thread on it and both emoji; a message that starts like "11." becomes a point too. Where it is given a forum,
each point is a post there, beside a pinned post to add in. `/stub …` answers in the ways in which an answer can come.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import discord
import pytest
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from rehearsal.member import Member
from rehearsal.server import StandIn

AGREE, DISAGREE = "👍", "👎"
NUMBERED = re.compile(r"\d+\.")


class StubBot(discord.Client):
    """Set `seeds` to () to have it post points without any emoji, `pins` to False to have it pin nothing."""

    def __init__(self) -> None:
        intents = discord.Intents.none()
        intents.guilds = intents.guild_messages = intents.guild_reactions = intents.message_content = True
        # One guild, sent at once: no need to wait two seconds in case more should come.
        super().__init__(
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            guild_ready_timeout=0.05,
        )
        self.tree = app_commands.CommandTree(self)
        self.tree.add_command(_critique())
        self.tree.add_command(_stub())
        self.seeds: tuple[str, ...] = (AGREE, DISAGREE)
        self.pins = True
        self.votes: list[discord.RawReactionActionEvent] = []
        self.ready = asyncio.Event()

    async def on_ready(self) -> None:
        await self.tree.sync()
        self.ready.set()

    async def on_message(self, message: discord.Message) -> None:
        words = message.content.removeprefix(f"<@{self.application_id}>").strip()
        if message.author.bot or not NUMBERED.match(words):
            return
        where = message.channel
        await self.post(where.parent if isinstance(where, discord.Thread) else where, words)

    async def on_raw_reaction_add(self, event: discord.RawReactionActionEvent) -> None:
        self.votes.append(event)

    async def on_raw_reaction_remove(self, event: discord.RawReactionActionEvent) -> None:
        self.votes.append(event)

    async def post(self, channel: Any, text: str) -> None:
        if isinstance(channel, discord.ForumChannel):
            point = (await channel.create_thread(name=text[:90], content=text)).message
        else:
            point = await channel.send(text)
            await point.create_thread(name=text[:90])
        for emoji in self.seeds:
            await point.add_reaction(emoji)


class Preview(discord.ui.View):
    """The preview's buttons."""

    def __init__(self, lines: list[str], forum: discord.ForumChannel | None) -> None:
        super().__init__(timeout=60)
        self.lines, self.forum = lines, forum

    @discord.ui.button(label="Confirm", style=discord.ButtonStyle.success, custom_id="stub:confirm")
    async def confirm(self, interaction: discord.Interaction[StubBot], button: discord.ui.Button[Any]) -> None:
        await interaction.response.edit_message(content="Posting.", view=None)
        if self.forum is not None:
            await (await self.forum.create_thread(name="Add here", content="Add here.")).thread.edit(
                pinned=interaction.client.pins
            )
        for line in self.lines:
            await interaction.client.post(self.forum or interaction.channel, line)

    @discord.ui.button(label="Think", custom_id="stub:think")
    async def think(self, interaction: discord.Interaction[StubBot], button: discord.ui.Button[Any]) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(content="Thought about it.")

    @discord.ui.button(label="Say", custom_id="stub:say")
    async def say(self, interaction: discord.Interaction[StubBot], button: discord.ui.Button[Any]) -> None:
        await interaction.response.send_message("Said anew.", ephemeral=True)


class Home(discord.ui.View):
    """A select of channels."""

    @discord.ui.select(cls=discord.ui.ChannelSelect, placeholder="A channel", custom_id="stub:home")
    async def chosen(self, interaction: discord.Interaction[StubBot], select: discord.ui.ChannelSelect[Any]) -> None:
        await interaction.response.edit_message(content=f"So #{select.values[0].name}.", view=None)


_KINDS = [
    discord.RadioGroupOption(label="New", value="new"),
    discord.RadioGroupOption(label="Old", value="old", default=True),
]


class Form(discord.ui.Modal, title="Form"):
    """Inputs of several kinds, each with something in it already."""

    words: discord.ui.Label[Any] = discord.ui.Label(
        text="Words", component=discord.ui.TextInput(default="As before", style=discord.TextStyle.long)
    )
    kind: discord.ui.Label[Any] = discord.ui.Label(text="Kind", component=discord.ui.RadioGroup(options=_KINDS))
    sure: discord.ui.Label[Any] = discord.ui.Label(text="Sure", component=discord.ui.Checkbox(default=True))
    file: discord.ui.Label[Any] = discord.ui.Label(text="File", component=discord.ui.FileUpload(required=False))

    async def on_submit(self, interaction: discord.Interaction, /) -> None:
        words, kind, sure, file = (each.component for each in (self.words, self.kind, self.sure, self.file))
        files = [(await each.read()).decode() for each in file.values]
        said = f"{words.value!r} {kind.value} {sure.value} {files}"
        await interaction.response.send_message(said, ephemeral=True)


def _critique() -> app_commands.Group:
    group = app_commands.Group(name="critique", description="Critiques.")

    @group.command(name="open", description="Open a critique.")
    async def open_critique(
        interaction: discord.Interaction, document: discord.Attachment, channel: discord.ForumChannel | None = None
    ) -> None:
        lines = (await document.read()).decode().splitlines()
        preview = Preview(lines, channel)
        await interaction.response.send_message(f"{len(lines)} points.", view=preview, ephemeral=True)

    return group


def _stub() -> app_commands.Group:
    group = app_commands.Group(name="stub", description="Ways to answer.")

    @group.command(name="now", description="Answers at once, for all to see.")
    async def now(interaction: discord.Interaction, word: str, times: int = 1) -> None:
        await interaction.response.send_message(word * times)

    @group.command(name="later", description="Defers, then answers.")
    async def later(interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True)
        await interaction.followup.send("At last.")

    @group.command(name="never", description="Does not answer.")
    async def never(interaction: discord.Interaction) -> None:
        return

    @group.command(name="form", description="Shows a form.")
    async def form(interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Form())

    @group.command(name="home", description="Asks for a channel.")
    async def home(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("Which?", view=Home(), ephemeral=True)

    @now.autocomplete("word")
    async def words(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"{typed}!", value=typed)]

    return group


@asynccontextmanager
async def running(api: str, gateway: str, token: str) -> AsyncIterator[StubBot]:
    """The stub bot, logged in, its commands registered."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Route, "BASE", api)
        patch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(gateway))
        async with StubBot() as bot:
            task = asyncio.create_task(bot.start(token))
            try:
                await asyncio.wait_for(bot.ready.wait(), 10)
                yield bot
            finally:
                await bot.close()
                await asyncio.gather(task, return_exceptions=True)


class Place:
    """A stand-in, with what the tests ask of it."""

    def __init__(self, discord: StandIn) -> None:
        self.discord = discord
        self.announcement = discord.announcement
        self.guild: str = self.announcement["guild_id"]
        self.home_name = "critique"
        self.home: str = self.announcement["channels"][self.home_name]

    @property
    def entries(self) -> list[dict[str, Any]]:
        return self.discord.record.entries

    def member(self, number: int, eyes: bool = True) -> Member:
        """The first member is a moderator. Without eyes a member has no gateway session."""
        person = self.announcement["members"][number]
        gateway = self.announcement["gateway"] if eyes else None
        return Member(self.announcement["api"], gateway, person["token"], person["id"], person["name"])

    def bot(self) -> AbstractAsyncContextManager[StubBot]:
        there = self.announcement
        return running(there["api"], there["gateway"], there["bot_token"])


@asynccontextmanager
async def place(members: int = 3, home: str = "text") -> AsyncIterator[Place]:
    async with StandIn(members=members, home=home) as discord:
        yield Place(discord)
