"""The Discord client: intents, no caches it does not need, events handed on in the order in which they came."""

import asyncio
import json
import logging
import re
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from hashlib import sha256
from importlib import import_module
from typing import Any

import discord
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from bot.core import votes
from bot.core.acts import Act, allowed
from bot.core.additions import LobbyEvent
from bot.core.ids import GuildId
from bot.core.losses import Loss
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices, Joined, Left
from bot.display.actors import actor, server
from bot.display.errors import show
from bot.display.forms import Forms
from bot.display.reader import Reader
from bot.display.repeats import never_blindly
from bot.display.servers import Server, defaults, present
from bot.services import losses, servers
from bot.services.desk import Desk
from bot.services.gate import Gate
from bot.services.intake import Intake
from bot.services.lobby import hear
from bot.services.readings import Books
from bot.services.votes import record as record_votes
from bot.settings import Settings
from bot.socket import read_in_turns

log = logging.getLogger(__name__)

_FAREWELL = 1.5  # seconds
# discord.py 2.7.1 gives each interaction a task with one of these names, and no other handle on it.
_ANSWERING = ("CommandTree-invoker", "discord-ui-", "discord.py: on_interaction")


def point_at(api_base: str | None, gateway_url: str | None) -> None:
    """Points discord.py at another REST base or gateway: a proxy, or the stand-in. None leaves Discord's own.

    discord.py has no setting for either, so its class attributes are set; they hold for the whole process.
    """
    if api_base is not None:
        Route.BASE = api_base.rstrip("/")
    if gateway_url is not None:
        DiscordWebSocket.DEFAULT_GATEWAY = URL(gateway_url)


def intents(*, message_content: bool) -> discord.Intents:
    """What the bot asks to be told: servers, messages, reactions, and what messages say where it may."""
    asked = discord.Intents.none()
    asked.guilds = True
    asked.guild_messages = True
    asked.guild_reactions = True
    asked.message_content = message_content
    return asked


def set_by_operator(guild: Server, settings: Settings) -> Choices:
    """What the operator's settings stand for on a server."""
    return defaults(
        guild,
        home=settings.home_channel,
        digest=settings.digest_channel,
        moderator_role=settings.moderator_role,
        agree=settings.agree_emoji,
        disagree=settings.disagree_emoji,
    )


class Client(commands.AutoShardedBot):
    """A client whose cogs may take some events synchronously.

    discord.py gives each event a task of its own, and two tasks can overtake each other; where the order
    matters, `take` registers a plain function that is called at once instead. `cogs` are loaded, and the commands
    synced where they have changed, as it logs in. `guild_wait` is how many seconds after one server's data the
    next one's may come before the client counts as ready.
    """

    def __init__(self, desk: Desk, settings: Settings, cogs: Sequence[str] = (), *, guild_wait: float) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=intents(message_content=settings.message_content_intent),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            guild_ready_timeout=guild_wait,
            max_ratelimit_timeout=60.0,
            http_trace=never_blindly(),
        )
        self.desk = desk
        self.settings = settings
        self.started_at = desk.clock()
        self.commands_known = False
        self._cogs = cogs
        self.votes: Intake[votes.Event] = Intake("votes", partial(record_votes, desk))
        gate = Gate()
        self.lobby: Intake[LobbyEvent] = Intake("lobby", partial(hear, desk, is_known=gate.is_open))
        self.books = Books(desk, gate, self.votes, self.lobby)
        self.reader = Reader(self, self.books, audit_every=desk.pace.audit_every.total_seconds())
        self.servers: Intake[Joined | Left] = Intake("servers", partial(servers.come_and_gone, desk))
        self.losses: Intake[Loss] = Intake("losses", partial(losses.record, desk))
        # Told of each frame's name, and nobody listens.
        self._takers: dict[str, list[Callable[..., None]]] = {"socket_event_type": []}
        self.forms = Forms()
        self._templates: set[re.Pattern[str]] = set()
        self.tree.error(show)
        self._asides: set[asyncio.Task[None]] = set()

    async def setup_hook(self) -> None:
        """Loads the cogs and tells Discord the commands where it does not know them yet."""
        read_in_turns(self, self.votes)
        for cog in self._cogs:
            await import_module(cog).setup(self)  # `load_extension` would run the file again for each client
        commands = [command.to_dict(self.tree) for command in self.tree.get_commands()]
        fingerprint = sha256(json.dumps([self.application_id, commands], sort_keys=True).encode()).hexdigest()
        self.commands_known = await servers.synced_commands(self.desk) == fingerprint
        if self.commands_known:
            return
        try:
            await self.tree.sync()
        except (discord.HTTPException, discord.RateLimited) as error:
            log.error("Discord did not take the commands, and is asked again at the next start: %s", error)
        else:
            await servers.save_synced_commands(self.desk, fingerprint)
            self.commands_known = True

    def aside(self, work: Coroutine[Any, Any, None]) -> None:
        """Does something of no lasting worth beside all else; closing the client cuts it off."""
        task = asyncio.create_task(_logged(work))
        self._asides.add(task)
        task.add_done_callback(self._asides.discard)

    async def let_go(self) -> None:
        """Closes the connection to the gateway, and nothing more is read. Requests can be made all the same."""
        leaving = [asyncio.create_task(shard.disconnect()) for shard in self.shards.values() if not shard.is_closed()]
        if leaving:
            _, left = await asyncio.wait(leaving, timeout=_FAREWELL)
            for task in left:
                task.cancel()  # whoever does not answer a farewell is left without

    async def take_up(self) -> None:
        """Connects again, in new sessions, what was let go."""
        for shard in self.shards.values():
            await shard.connect()

    def answering(self) -> set[asyncio.Task[Any]]:
        """What is being done for members who wait for an answer: commands, buttons and forms."""
        return {task for task in asyncio.all_tasks() if task.get_name().startswith(_ANSWERING)}

    async def close(self) -> None:
        """Closes the connection, and cuts off what is done beside."""
        asides = list(self._asides)
        for task in asides:
            task.cancel()
        await asyncio.gather(*asides, return_exceptions=True)
        await super().close()

    async def chosen(self, guild: discord.Guild) -> Choices:
        """What the server has chosen, or else the operator; a channel or role among it may be gone."""
        return await servers.choices(self.desk, GuildId(guild.id), set_by_operator(guild, self.settings))

    async def choices(self, guild: discord.Guild) -> Choices:
        """The same without the channels and roles that are gone: what can be worked with."""
        return present(guild, await self.chosen(guild))

    async def may(self, interaction: discord.Interaction[Any], act: Act) -> bool:
        """Whether whoever is behind the interaction may do `act` on what is others': what suggestions ask."""
        choices = await self.choices(server(interaction))
        return allowed(actor(interaction), act, choices.moderator_roles)

    @property
    def intakes(self) -> tuple[Intake[Any], ...]:
        """All ways in for events, in the order in which they are drained."""
        return self.votes, self.lobby, self.servers, self.losses

    def sequences(self) -> dict[int, int | None]:
        """The number of the last gateway event that each shard has read."""
        return {shard: self._get_websocket(shard_id=shard).sequence for shard in self.shards}

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Hands a form's submission to whoever takes it, and answers what nobody takes; discord.py sees to the rest."""
        found = self.forms.find(interaction)
        try:
            if found is None:
                self._check_taken(interaction)
                return
            taker, submission = found
            await taker(interaction, submission)
        except Exception as error:
            await show(interaction, error)

    def _check_taken(self, interaction: discord.Interaction[Any]) -> None:
        """Raises Refusal where nobody takes what was pressed, chosen or sent: an earlier version's, or a forged one."""
        sent: Any = interaction.data
        match interaction.type:
            case discord.InteractionType.modal_submit:
                raise Refusal(Code.UNKNOWN_ID)
            case discord.InteractionType.component:
                if not any(template.fullmatch(sent["custom_id"]) for template in self._templates):
                    raise Refusal(Code.UNKNOWN_ID)
            case _:
                return

    def add_dynamic_items(self, *items: type[discord.ui.DynamicItem[Any]]) -> None:
        """From now on these take what is pressed and chosen; nobody else does."""
        super().add_dynamic_items(*items)
        self._templates.update(item.__discord_ui_compiled_template__ for item in items)

    def take(self, event: str, taker: Callable[..., None]) -> None:
        """From now on only takers get `event` (named as discord.py dispatches it, without `on_`)."""
        self._takers.setdefault(event, []).append(taker)

    def take_data(self, event: str, taker: Callable[[dict[str, Any]], None]) -> bool:
        """From now on `taker` alone gets the data of a gateway event (MESSAGE_REACTION_ADD), as the gateway sent it.

        Nothing is made of it before, which is most of what an event costs. False, and nothing is taken, where
        discord.py does not keep its readers of events as 2.7 does.
        """
        readers = getattr(self._connection, "parsers", None)
        if not isinstance(readers, dict) or event not in readers:
            return False

        def take(data: dict[str, Any]) -> None:
            try:
                taker(data)
            except Exception:
                log.exception("an event of kind %s was left out", event)

        readers[event] = take
        return True

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        """Hands an event on: to its takers at once, else as discord.py does."""
        takers = self._takers.get(event)
        if takers is None:
            super().dispatch(event, *args, **kwargs)
            return
        for taker in takers:
            try:
                taker(*args, **kwargs)
            except Exception:
                log.exception("an event of kind %s was left out", event)


async def _logged(work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except Exception:
        log.exception("something that was done beside broke")
