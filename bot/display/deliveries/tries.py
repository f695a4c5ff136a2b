"""One try at a delivery, the books it works from, and what all kinds need."""

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

import discord

from bot.core.arguments import Argument, Panel
from bot.core.cases import Case
from bot.core.claims import Asked
from bot.core.critiques import Critique
from bot.core.deliveries import Delivery, Outcome, Owed
from bot.core.digests import Digest
from bot.core.ids import (
    ArgumentId,
    CaseId,
    ChannelId,
    ClaimId,
    CritiqueId,
    GuildId,
    MemberId,
    MessageId,
    PointId,
    ReportId,
)
from bot.core.losses import Loss
from bot.core.moderation import Standing
from bot.core.notices import Notice
from bot.core.pages import Page
from bot.core.points import Point
from bot.core.references import Reference
from bot.core.reminders import Reminder
from bot.core.reports import Report
from bot.core.revisions import Clearing
from bot.core.votes import Stance
from bot.display import posts, threads
from bot.display.actors import call
from bot.display.posts import Opened, Opening
from bot.display.threads import Earlier, Post, Posted

T = TypeVar("T")


class NotYet(Exception):
    """The delivery's turn has not come; it is looked at again after so long, or soon."""

    def __init__(self, after: timedelta | None = None) -> None:
        super().__init__()
        self.after = after


class Ledger(Protocol):
    """The books that the carrier works from; `bot.services.deliveries` keeps them."""

    @property
    def is_known(self) -> Callable[[GuildId], bool]: ...

    async def due(self, busy: Collection[ChannelId]) -> list[Delivery]: ...
    def listen(self) -> None: ...
    async def changed(self) -> None: ...
    async def pause(self, busy: Collection[ChannelId]) -> timedelta | None: ...
    async def waiting(self) -> int: ...
    async def begin(self, delivery: Delivery) -> None: ...
    async def searched(self, delivery: Delivery) -> None: ...
    async def done(self, delivery: Delivery) -> None: ...
    async def failed(self, delivery: Delivery, fault: str, *, final: bool, forbidden: bool = False) -> Outcome: ...
    async def lost(self, delivery: Delivery, loss: Loss | None) -> None: ...
    async def gone(self, *which: Loss) -> bool: ...
    async def wait(self, delivery: Delivery, by: timedelta) -> None: ...
    async def put_off(self, delivery: Delivery, by: timedelta | None) -> None: ...
    async def point(self, which: PointId) -> tuple[Point, Critique]: ...
    async def critique(self, which: CritiqueId) -> Critique: ...
    async def on_its_way(self, what: Owed) -> bool: ...
    async def is_owed(self, what: Owed) -> bool: ...
    async def digest(self, critique: CritiqueId) -> Digest: ...
    async def unposted(self, critique: CritiqueId) -> int: ...
    async def superseded(self, delivery: Delivery) -> Stance | None: ...
    async def save_taken_away(self, delivery: Delivery) -> None: ...
    async def pages(self, target: str) -> list[Page]: ...
    async def stands(self, message: MessageId) -> bool: ...
    async def save_page(self, target: str, page: Page) -> None: ...
    async def drop_pages(self, target: str, number: int) -> None: ...
    async def save_first_message(self, which: PointId, target: str, page: Page, *, new: bool) -> None: ...
    async def save_thread(self, which: PointId, thread: ChannelId) -> None: ...
    async def save_lobby(self, which: CritiqueId, target: str, page: Page) -> None: ...
    async def save_asleep(self, which: PointId) -> None: ...
    async def save_woken(self, which: PointId, at: datetime) -> None: ...
    async def save_seeded(self, which: PointId, delivery: Delivery) -> None: ...
    async def clearing(self, which: PointId) -> Clearing: ...
    async def save_cleared(self, which: PointId, *, asked: bool) -> None: ...
    async def official_message(self, which: PointId) -> MessageId | None: ...
    async def save_official_message(self, which: PointId, message: MessageId | None) -> None: ...
    async def reactions(self, guild: GuildId) -> tuple[ChannelId | None, ChannelId | None]: ...
    async def save_reactions_held_in(self, guild: GuildId, channel: ChannelId | None) -> None: ...
    async def notices(self, guild: GuildId) -> tuple[ChannelId | None, list[Notice]]: ...
    async def save_told(self, told: Sequence[Notice], page: Page | None) -> None: ...
    async def case(self, which: CaseId) -> Case: ...
    async def report(self, which: ReportId) -> tuple[Report, Point | None, Critique | None] | None: ...
    async def claim(self, which: ClaimId) -> Asked: ...
    async def standing(self, point: Point, critique: Critique) -> Standing | None: ...
    async def save_case_told(self, which: CaseId) -> None: ...
    async def is_opted_out(self, member: MemberId) -> bool: ...
    async def references(self, point: PointId, batch: int) -> list[Reference]: ...
    async def reminder(self, delivery: Delivery) -> Reminder | None: ...
    async def argument(self, which: ArgumentId) -> tuple[Argument, Point, Critique] | None: ...
    async def argued(self, which: PointId) -> Panel: ...
    async def save_argument_shown(self, which: ArgumentId, target: str, page: Page | None) -> None: ...


@dataclass(frozen=True, slots=True)
class Try:
    """One try at a delivery."""

    client: discord.Client
    ledger: Ledger
    delivery: Delivery

    @property
    def call(self) -> str:
        """The mention of the bot that typed additions must begin with; empty where none is needed."""
        return call(self.client)

    def channel(self, guild: GuildId, which: ChannelId) -> discord.PartialMessageable:
        """A channel or thread."""
        return threads.channel(self.client, guild, which)

    @property
    def _earlier(self) -> Earlier:
        return Earlier(self.delivery.begun_at, self.ledger.stands, lambda: self.ledger.searched(self.delivery))

    async def post(self, where: discord.PartialMessageable, what: Post) -> MessageId:
        """Posts a message once over all tries; what an earlier try has posted is brought up to date."""
        return (await self.stand(where, what)).message

    async def stand(self, where: discord.PartialMessageable, what: Post) -> Posted:
        """The same, and whether it was this try that posted it."""
        posted = await threads.post(self.client, where, what, self._earlier)
        if not posted.whole:
            shown = where.get_partial_message(posted.message)
            await (shown.edit(content=what.content) if what.embed is None else shown.edit(embed=what.embed))
        return posted

    async def open_post(self, forum: discord.ForumChannel, what: Opening) -> Opened:
        """Opens a post once over all tries."""
        return await posts.open_post(forum, what, self._earlier)

    async def left(self, where: discord.PartialMessageable, what: Post) -> MessageId | None:
        """What an earlier try has posted; None where there was none, or the channel is gone."""
        with suppress(discord.NotFound):
            found = await threads.left(self.client, where, what, self._earlier)
            return None if found is None else MessageId(found.id)
        return None

    async def left_post(self, forum: discord.ForumChannel, what: Opening) -> ChannelId | None:
        """The post that an earlier try has opened; None where there was none."""
        return await posts.left(forum, what, self._earlier)


def salt(moment: datetime) -> int:
    """What tells the nonces of one database from those of another that counts its points from 1 as well."""
    return int(moment.timestamp() * 1_000_000) % 10**9


def known(value: T | None) -> T:
    """The value, which this kind of delivery always bears."""
    if value is None:
        raise ValueError("the delivery does not say what it is about")
    return value
