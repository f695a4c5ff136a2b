"""The conductor: starts the stand-in, the bot and the cast, and compares at the end."""

import asyncio
import json
import signal
import tempfile
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from rich.console import Console

from bot.app import App, opened
from bot.core import outlines
from bot.core.critiques import HomeKind
from bot.core.digests import Digest
from bot.core.ids import ChannelId, CritiqueId, GuildId, MemberId, PointId
from bot.core.outlines import Outline
from bot.core.votes import Stance
from bot.display.deliveries import digest_pages, point_pages
from bot.display.outlines import sentence
from bot.rehearse import discussions, moderating, promises, writing
from bot.rehearse import findings as found
from bot.rehearse import report as reports
from bot.rehearse.findings import Findings
from bot.rehearse.progress import bars, shown_on
from bot.services import cases as case_service
from bot.services import critiques, digests
from bot.services import votes as vote_service
from bot.services.deliveries import Ledger
from bot.services.desk import Pace
from bot.settings import Settings
from bot.texts import _
from rehearsal.cast import Deeds, play
from rehearsal.member import MemberError
from rehearsal.moderation import Moderation
from rehearsal.referee import find_openapi, load
from rehearsal.script import Script
from rehearsal.server import StandIn

_ROOT = Path(__file__).parents[2]
_HOME = "critique"
_GUILD_WAIT = 0.1  # the stand-in has one server
_LOOK = 0.02  # seconds between two looks at whether the bot is done
_PATIENCE = 120.0
_SOON = timedelta(minutes=1)


class RehearsalFailed(Exception):
    """Why a rehearsal could not be played to its end, in one sentence."""


async def rehearse(
    document: Path,
    content: bytes,
    *,
    seed: int,
    kind: HomeKind = HomeKind.TEXT,
    message_content: bool = True,
    moderated: bool = False,
    pace: Pace | None = None,
    report: Path | None = None,
    picture: Path | None = None,
    keep: bool = False,
) -> None:
    """Plays the document and prints the report; writes it as JSON and as an SVG picture where asked.

    `kind` is what holds the points. Without `message_content` the bot asks for no such intent, the application has
    none, and the cast mentions the bot in whatever it types. Where it is `moderated`, additions wait for the cast's
    moderator, who does with them what `moderating` says.

    Raises RehearsalFailed, also where the bot recorded anything but what was done.
    """
    try:
        outline = outlines.read(content, name=document.name)
    except outlines.Unreadable as error:
        raise RehearsalFailed(sentence(error)) from None
    console = Console()
    with tempfile.TemporaryDirectory(prefix="point-eleven-") as folder:
        settings = Path(folder) / "bot.sqlite3"
        async with AsyncExitStack() as stack:
            play = _Play(document, content, outline, seed, kind, message_content, moderated, pace)
            stage = await _Stage.set(stack, play, settings)
            result = await stage.play(console)
            reports.show(console, result)
            if report is not None:
                as_json = json.dumps(result.as_json(), ensure_ascii=False, indent=2)
                await _write(report, as_json + "\n")
            if picture is not None:
                await _write(picture, reports.picture(result))
            if keep:
                await _stay(console, stage.discord)
    if result.broken:
        raise RehearsalFailed(_("The rehearsal found a promise that was not kept; see above."))
    if not result.is_sound:
        raise RehearsalFailed(_("The rehearsal found a drift, a mismatch or a lost addition; see above."))


@dataclass(frozen=True, slots=True)
class _Play:
    """What is to be rehearsed, and under which conditions."""

    document: Path
    content: bytes
    outline: Outline
    seed: int
    kind: HomeKind
    message_content: bool
    moderated: bool
    pace: Pace | None

    def moderation(self) -> Moderation | None:
        """What the cast's moderator is to do, if anything. Raises RehearsalFailed."""
        if not self.moderated:
            return None
        said = writing.comments(self.outline, mention=not self.message_content)
        typed = writing.additions(self.outline, said)
        planned = moderating.plan(self.outline, typed, self.seed)
        if planned is None:
            sentence = _("A moderated rehearsal needs {least} additions, one to refuse and one to merge; here are {n}.")
            raise RehearsalFailed(sentence.format(least=moderating.FEWEST, n=len(typed)))
        return planned


class _Stage:
    """A stand-in with a bot on it, and the script that is to be played there."""

    def __init__(self, discord: StandIn, app: App, play: _Play, script: Script) -> None:
        self.discord = discord
        self._app = app
        self._outline = play.outline
        self._script = script
        self._document = play.document
        self._began = time.monotonic()
        self._ledger = Ledger(app.desk, app.client.books.read_whole, app.client.books.read_anew)

    @classmethod
    async def set(cls, stack: AsyncExitStack, play: _Play, database: Path) -> "_Stage":
        """Starts the stand-in and the bot on it."""
        moderation = play.moderation()
        members = max(writing.VOTERS, len(play.outline.comments)) + 1
        discord = await stack.enter_async_context(StandIn(members=members, seed=play.seed, home=play.kind.value))
        discord.backstage.switch_intent("message_content", on=play.message_content)
        settings = Settings(
            _env_file=None,  # pyright: ignore[reportCallIssue] - pydantic-settings' own argument
            discord_token=discord.bot_token,  # pyright: ignore[reportArgumentType] - validated into a secret
            database_path=database,
            message_content_intent=play.message_content,
            discord_api_base=discord.api,
            discord_gateway_url=discord.gateway,
            moderator_role="Moderators",
            home_channel=None,
            digest_channel=None,
        )
        emoji = (settings.agree_emoji, settings.disagree_emoji)
        script = writing.write(
            play.outline,
            document=play.document,
            content=play.content,
            home=_HOME,
            kind=play.kind,
            mention=not play.message_content,
            seed=play.seed,
            emoji=emoji,
            moderation=moderation,
        )
        app = await stack.enter_async_context(opened(settings, play.pace, guild_wait=_GUILD_WAIT))
        await app.ready()
        return cls(discord, app, play, script)

    async def play(self, console: Console) -> Findings:
        """The cast plays; then the bot is given the time it needs, and everything is compared."""
        with shown_on(console) as progress:
            try:
                deeds = await play(self._script, self.discord.announcement, bars(progress), self._quiet)
            except MemberError as error:
                raise RehearsalFailed(str(error)) from error
            last = progress.add_task(_("Waiting for the digest"), total=None)
            await self._until(self._finished, _("the bot to finish"))
            progress.remove_task(last)
        return await self._compare(deeds)

    async def _finished(self) -> bool:
        """Whether nothing is due within a minute: a second batch of references waits for longer."""
        if not await self._app.quiet():
            return False
        pause = await self._ledger.pause(())
        return pause is None or pause > _SOON

    async def _quiet(self) -> None:
        await self._until(self._app.quiet, _("the bot to answer"))

    async def _until(self, done: Callable[[], Any], what: str) -> None:
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            if self._heard_all() and await done() and self._heard_all():
                return
            await asyncio.sleep(_LOOK)
        raise RehearsalFailed(_("Waited {seconds:.0f} s for {what}.").format(seconds=_PATIENCE, what=what))

    def _heard_all(self) -> bool:
        """Whether the bot has read every event that was sent to it."""
        entries = reversed(self.discord.record.entries)
        sent = next((entry["seq"] for entry in entries if entry["kind"] == "event" and entry["to"] == "bot"), None)
        return self._app.client.sequences().get(0) == sent

    async def _compare(self, deeds: Deeds) -> Findings:
        desk = self._app.desk
        home = ChannelId(int(self.discord.channels[_HOME]))
        (critique,) = await critiques.spoken_of(desk, GuildId(int(self.discord.guild_id)), home)
        digest = await digests.read(desk, critique.id)
        stances = await self._stances(digest)
        cases = tuple(await case_service.on_record(desk, critique.guild))
        typed = writing.additions(self._outline, self._script.comments)
        said = await discussions.read(desk, critique.id, digest.lines, deeds.said)
        entries = self.discord.record.entries
        requests = found.requests_of_bot(entries)
        texts = await self._digest_texts(critique.id)
        checked, mismatches = self._check_openapi(entries)
        return Findings(
            critique=critique,
            lines=digest.lines,
            names=deeds.names,
            votes=self._compare_votes(digest, stances),
            additions_typed=len(typed),
            requests=requests,
            fewest_requests=found.fewest_requests(
                digest.lines,
                critique.home_kind,
                cases,
                further_pages=await self._further_pages(digest),
                digest_messages=len(texts),
                taken_away=requests.get(found.TAKEN_AWAY, 0),
                answers=found.interactions(entries),
                told=sum(each.label != each.written for each in typed),
                discussed=said,
                questions=requests.get(found.CLEARED, 0),
            ),
            openapi=checked,
            mismatches=mismatches,
            digest=tuple(texts),
            comments_found=len(self._outline.comments),
            comments_announced=self._outline.comments_announced,
            seconds=time.monotonic() - self._began,
            seed=self._script.seed,
            voters=self._script.voters,
            cases=cases,
            discussed=said,
            broken=promises.broken(digest.lines, stances, self._thread, cases, deeds.rulings),
        )

    async def _stances(self, digest: Digest) -> dict[PointId, dict[MemberId, Stance]]:
        points = [line.point for line in digest.lines]
        return {point.id: await vote_service.stances(self._app.desk, point.id, point.revision) for point in points}

    def _compare_votes(self, digest: Digest, recorded: promises.Stances) -> found.VoteFindings:
        agree, disagree = digest.critique.agree_emoji, digest.critique.disagree_emoji
        shown = {}
        for point in (line.point for line in digest.lines):
            reactions = self.discord.world.reactions(point.message or 0)
            shown[point.id] = found.stances_shown(reactions, agree, disagree, {self.discord.bot_id})
        return found.compare(shown, recorded)

    def _thread(self, which: ChannelId) -> promises.Thread | None:
        there = self.discord.world.channels.get(which)
        if there is None or there.thread is None:
            return None
        return promises.Thread(there.name, there.thread.locked)

    async def _further_pages(self, digest: Digest) -> int:
        ledger = self._ledger
        return sum([len(await ledger.pages(point_pages(line.point.id))) - 1 for line in digest.lines])

    async def _digest_texts(self, critique: CritiqueId) -> list[str]:
        messages = []
        for page in await self._ledger.pages(digest_pages(critique)):
            message = self.discord.world.message(page.message)
            messages += [embed["description"] for embed in message.embeds] if message is not None else []
        return messages

    def _check_openapi(self, entries: list[dict[str, Any]]) -> tuple[tuple[int, int, int, int] | None, tuple[str, ...]]:
        file = find_openapi(_ROOT, self._document)
        if file is None:
            return None, ()
        verdict = load(file).check(entries)
        figures = (verdict.checked, len(verdict.mismatches), verdict.exchanges, verdict.events)
        return figures, tuple(str(mismatch) for mismatch in verdict.mismatches)


async def _write(path: Path, text: str) -> None:
    try:
        await asyncio.to_thread(path.write_text, text, encoding="utf-8")
    except OSError as error:
        raise RehearsalFailed(_("{path} cannot be written: {why}.").format(path=path, why=error.strerror)) from error


async def _stay(console: Console, discord: StandIn) -> None:
    """Leaves both running until Ctrl-C or SIGTERM."""
    console.print(_("Bot and stand-in are running; members may go on by its REST API. Ctrl-C ends both."))
    console.print_json(json.dumps(discord.announcement))
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await stop.wait()
