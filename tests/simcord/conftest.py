"""The bot, unmodified, on simcord: a second Discord, written by others, that runs inside the test's process.

The stand-in in `rehearsal/` is ours, and could share our mistakes; simcord reads Discord's documentation for itself.
It replaces discord.py's HTTP client and feeds its gateway parsers, so it sees commands, components, modals,
permissions and events, and nothing below them: no sockets, no compression, no reconnects.

What is asserted here is what simcord does truthfully. It does not, so nothing here rests on:

1. forums (it gives a post and its first message two ids), archiving and locking of threads, rate limits;
2. nonces: it ignores `enforce_nonce`, so a message sent twice stands twice;
3. the notice that a thread was begun: it posts one for a thread on a message too, where Discord posts none;
   `me` of a reaction in what it gives as a channel's history is never set;
4. what a slash command refuses: it records the refusal as an error of the bot beside the answer that the member gets
   (`Scene.refused` tells the two apart);
5. line breaks in a slash command's text, which it keeps where Discord's clients make spaces of them;
6. time: its clock is its own, and stands still unless it is moved on.

The loops that the bot keeps running are started by the test, so simcord does not wait for them: `Scene.idle` does.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

import discord
import pytest
from simcord import Env, InteractionResult, MemberActor, ResponseMessage

from bot.app import built, working
from bot.client import Client
from bot.core.critiques import Critique
from bot.core.digests import Digest, Line
from bot.core.ids import ChannelId, GuildId
from bot.core.refusals import Code, Refusal
from bot.display.carrier import Carrier
from bot.services import critiques, digests
from bot.services.desk import Pace
from bot.settings import Settings
from tests.conftest import new_database

Parts = tuple[Client, Carrier]
PACE = Pace(
    digest_every=timedelta(milliseconds=200),
    digest_gathers=timedelta(milliseconds=20),
    progress_every=timedelta(milliseconds=200),
    look_again=timedelta(milliseconds=50),
)

# Each file of tests is marked so. The time is what a busy machine may need until the bot has answered.
ONE_SHARD = pytest.mark.simcord(shard_count=1, settle_timeout=30)

LIST = """What's the problem with tea rooms? A starter

1. They close before anybody is thirsty.
2. They call a biscuit a dessert.
3. They have never met a full-size cup.

*) They do not sell coffee.
"""


class Scene:
    """One server with a home, a moderator and the bot, whose loops run."""

    def __init__(self, env: Env, parts: Parts, ground: AsyncExitStack, folder: Path) -> None:
        self.env = env
        self.client, self._carrier = parts
        self._ground = ground
        self._folder = folder
        self._loops = AsyncExitStack()
        self.guild = env.create_guild()
        self._moderators = self.guild.create_role("Moderators", permissions=discord.Permissions(manage_messages=True))
        self.home = self.guild.create_text_channel("critique")
        self.moderator = self.member("Mo", moderator=True)

    def member(self, name: str, *, moderator: bool = False, bot: bool = False) -> MemberActor:
        """Somebody new on the server."""
        roles = [self._moderators] if moderator else []
        return self.guild.add_member(self.env.create_user(name, bot=bot), roles=roles)

    async def start(self) -> None:
        """Starts the loops of the bot, which simcord has logged in."""
        await self._loops.enter_async_context(working(self.client, self._carrier))

    async def stop(self) -> None:
        """Takes the bot down in order, but for its connection, which is simcord's."""
        await self._loops.aclose()

    async def restart(self) -> None:
        """Takes the bot down, and starts another on the same database."""
        await self.stop()
        await self._ground.aclose()
        another = built(_settings(self._folder), PACE, guild_wait=0)
        self.client, self._carrier = await self._ground.enter_async_context(another)
        await self.env.restart_bot(self.client)
        await self.start()

    async def preview(self, document: str = LIST) -> ResponseMessage:
        """The moderator asks for a critique; what only they see."""
        file = ("list.txt", document.encode())
        return answer(await self.moderator.slash(self.home, "critique open", document=file))

    async def open(self) -> Critique:
        """The moderator opens a critique and confirms it; returns when all is posted."""
        await self.moderator.click(await self.preview(), label="Confirm")
        await self.idle()
        return await self.critique()

    async def critique(self) -> Critique:
        found = await critiques.spoken_of(self.client.desk, GuildId(self.guild.id), ChannelId(self.home.id))
        return found[-1]

    async def digest(self) -> Digest:
        """Where the debate stands, as stored."""
        return await digests.read(self.client.desk, (await self.critique()).id)

    async def line(self, label: str) -> Line:
        return next(line for line in (await self.digest()).lines if line.point.label == label)

    async def tally(self, label: str) -> tuple[int, int]:
        """Who agrees and who disagrees, as stored."""
        tally = (await self.line(label)).tally
        return tally.agree, tally.disagree

    async def message_of(self, label: str) -> discord.Message:
        """The first message of a point, as it stands in the home."""
        wanted = (await self.line(label)).point.message
        return next(message for message in self.home.history() if message.id == wanted)

    def posts(self) -> list[discord.Message]:
        """What the bot wrote in the home, without Discord's own notices."""
        return [message for message in self.home.history() if message.author.bot and not message.is_system()]

    async def idle(self) -> None:
        """Returns when the bot has stored all that it read and done all that it owes."""
        end = time.monotonic() + 20
        while not (self.client.votes.idle and self.client.lobby.idle and await self._carrier.idle()):
            assert time.monotonic() < end, "the bot did not come to rest"
            await asyncio.sleep(0.01)

    def refused(self) -> list[Code]:
        """Why commands were refused until now; anything else that went wrong in them is raised."""
        return [_code(error) for error in self.env.errors]


def answer(result: InteractionResult) -> ResponseMessage:
    """The bot's first answer, which only who asked can see."""
    assert result.response is not None and result.response.ephemeral
    return result.response


def _code(error: BaseException) -> Code:
    cause = getattr(error, "original", error)
    if not isinstance(cause, Refusal):
        raise error
    return cause.code


def _settings(folder: Path) -> Settings:
    return Settings(_env_file=None, discord_token="simcord", database_path=folder / "bot.sqlite3")


@pytest.fixture
async def ground() -> AsyncIterator[AsyncExitStack]:
    """What the bot stands on: its database, held by it alone, and its worker process."""
    async with AsyncExitStack() as stack:
        yield stack


@pytest.fixture
async def parts(ground: AsyncExitStack, tmp_path: Path) -> Parts:
    """The bot as it is built for Discord, not yet logged in."""
    settings = _settings(tmp_path)
    settings.database_path.write_bytes(new_database())
    return await ground.enter_async_context(built(settings, PACE, guild_wait=0))


@pytest.fixture
def simcord_bot(parts: Parts) -> Client:
    """What simcord logs in."""
    return parts[0]


@pytest.fixture
async def scene(simcord_env: Env, parts: Parts, ground: AsyncExitStack, tmp_path: Path) -> AsyncIterator[Scene]:
    """A server with the bot at work on it; the test fails where the bot broke and nobody looked."""
    scene = Scene(simcord_env, parts, ground, tmp_path)
    await scene.start()
    yield scene
    await scene.stop()
