"""How each kind of delivery is carried out: one function a kind, in `HOW`.

Each step is recorded as soon as Discord has answered, so that a kill between two steps repeats neither.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

import discord

from bot.core.critiques import Critique
from bot.core.deliveries import Delivery, Kind
from bot.core.digests import Digest
from bot.core.ids import ChannelId, CritiqueId, GuildId, MessageId, PointId
from bot.core.pages import Page, fingerprint
from bot.core.points import Point
from bot.core.votes import Stance
from bot.display import digests, points, threads
from bot.display.inert import thread_name
from bot.display.permissions import may_manage_messages
from bot.display.threads import Post
from bot.texts import _

MARK = "📌"

_KNOWN_BY = 100  # characters of a page that tell it from others, whatever its text goes on with

T = TypeVar("T")


class NotYet(Exception):
    """The delivery's turn has not come."""


class Ledger(Protocol):
    """The books that the carrier works from; `bot.services.deliveries` keeps them."""

    async def due(self, busy: Collection[ChannelId]) -> list[Delivery]: ...
    def listen(self) -> None: ...
    async def changed(self) -> None: ...
    async def pause(self, busy: Collection[ChannelId]) -> timedelta | None: ...
    async def waiting(self) -> int: ...
    async def begin(self, delivery: Delivery) -> None: ...
    async def done(self, delivery: Delivery) -> None: ...
    async def failed(self, delivery: Delivery, fault: str, *, final: bool) -> bool: ...
    async def wait(self, delivery: Delivery, by: timedelta) -> None: ...
    async def put_off(self, delivery: Delivery, by: timedelta) -> None: ...
    async def point(self, which: PointId) -> tuple[Point, Critique]: ...
    async def digest(self, critique: CritiqueId) -> Digest: ...
    async def unposted(self, critique: CritiqueId) -> int: ...
    async def superseded(self, delivery: Delivery) -> Stance | None: ...
    async def pages(self, target: str) -> list[Page]: ...
    async def stands(self, message: MessageId) -> bool: ...
    async def save_page(self, target: str, page: Page) -> None: ...
    async def drop_pages(self, target: str, number: int) -> None: ...
    async def save_first_message(self, which: PointId, target: str, page: Page) -> None: ...
    async def save_thread(self, which: PointId, thread: ChannelId) -> None: ...
    async def save_seeded(self, which: PointId, delivery: Delivery) -> None: ...


@dataclass(frozen=True, slots=True)
class Try:
    """One try at a delivery."""

    client: discord.Client
    ledger: Ledger
    delivery: Delivery

    def channel(self, guild: GuildId, which: ChannelId) -> discord.PartialMessageable:
        """A channel or thread."""
        return threads.channel(self.client, guild, which)

    async def post(self, where: discord.PartialMessageable, what: Post) -> MessageId:
        """Posts a message once over all tries; what an earlier try has posted is brought up to date."""
        posted = await threads.post(
            self.client, where, what, tried_since=self.delivery.begun_at, stands=self.ledger.stands
        )
        if not posted.whole:
            shown = where.get_partial_message(posted.message)
            await (shown.edit(content=what.content) if what.embed is None else shown.edit(embed=what.embed))
        return posted.message


async def show_point(it: Try) -> None:
    """The point's message, thread, seeded reactions, and the pages that did not fit the message."""
    point, critique = await it.ledger.point(_known(it.delivery.owed.point))
    first, *rest = points.pages(point, critique)
    home = it.channel(critique.guild, critique.home)
    message = point.message
    if message is None:
        message = await it.post(
            home, Post(f"p{point.id}.{_salt(point.created_at)}", content=first, begins=first[:_KNOWN_BY])
        )
        page = Page(0, critique.home, message, fingerprint(first))
        await it.ledger.save_first_message(point.id, point_pages(point.id), page)
    thread = point.thread
    if thread is None:
        thread = await threads.start_thread(home, message, thread_name(point.name, point.title))
        await it.ledger.save_thread(point.id, thread)
    if not point.seeded:
        await threads.react(home, message, critique.agree_emoji, critique.disagree_emoji)
        await it.ledger.save_seeded(point.id, it.delivery)
    await _show_pages(it, point, critique.guild, thread, [first, *rest])


async def _show_pages(it: Try, point: Point, guild: GuildId, thread: ChannelId, texts: list[str]) -> None:
    target = point_pages(point.id)
    stand = {page.number: page for page in await it.ledger.pages(target)}
    for number, text in enumerate(texts):
        page = stand.get(number)
        if page is None:
            nonce = f"p{point.id}.{number}.{_salt(point.created_at)}"
            what = Post(nonce, content=text, begins=text[:_KNOWN_BY])
            page = Page(number, thread, await it.post(it.channel(guild, thread), what), fingerprint(text))
        elif page.shown != fingerprint(text):
            await it.channel(guild, page.channel).get_partial_message(page.message).edit(content=text)
            page = Page(number, page.channel, page.message, fingerprint(text))
        else:
            continue
        await it.ledger.save_page(target, page)
        stand[number] = page


def point_pages(point: PointId) -> str:
    """What a point's pages are stored under."""
    return f"point:{point}"


def digest_pages(critique: CritiqueId) -> str:
    """What the running digest's pages are stored under."""
    return f"digest:{critique}"


async def show_digest(it: Try) -> None:
    """The running digest's messages: at first only when every point that is being posted stands, to come after."""
    critique = _known(it.delivery.owed.critique)
    target = digest_pages(critique)
    stand = {page.number: page for page in await it.ledger.pages(target)}
    if not stand and await it.ledger.unposted(critique):
        raise NotYet
    digest = await it.ledger.digest(critique)
    texts = digests.pages(digest)
    for number, embed in enumerate(digests.embeds(digest, texts)):
        page = stand.get(number)
        if page is None or page.shown != fingerprint(texts[number]):
            page = await _show_digest_page(it, digest, number, embed, page)
            await it.ledger.save_page(target, page)
    for number in sorted(number for number in stand if number >= len(texts)):
        page = stand[number]
        with suppress(discord.NotFound):
            await it.channel(digest.critique.guild, page.channel).get_partial_message(page.message).delete()
    await it.ledger.drop_pages(target, len(texts))


async def _show_digest_page(it: Try, digest: Digest, number: int, embed: discord.Embed, page: Page | None) -> Page:
    channel = page.channel if page else digest.critique.digest_channel
    where = it.channel(digest.critique.guild, channel)
    shown = fingerprint(embed.description or "")
    nonce = f"d{digest.critique.id}.{number}.{_salt(digest.critique.opened_at)}"
    if page is not None:
        try:
            await where.get_partial_message(page.message).edit(embed=embed)
        except discord.NotFound:  # somebody deleted it: it is posted again, under a nonce of its own
            nonce = f"d{page.message}"
        else:
            return Page(number, channel, page.message, shown)
    message = await it.post(where, Post(nonce, embed=embed, begins=digests.first_link(embed)))
    if number == 0:
        await threads.pin(where, message)
    return Page(number, channel, message, shown)


async def mark(it: Try) -> None:
    """The bot's mark on the message that an addition was typed in."""
    where, message = await _typed_in(it)
    await threads.react(where, message, MARK)


async def tell_label(it: Try) -> None:
    """Tells the author that the addition took another label than the one written."""
    point, _critique = await it.ledger.point(_known(it.delivery.owed.point))
    told = points.other_label(point)
    text = told if point.thread is None else f"{told} <#{point.thread}>"
    where, message = await _typed_in(it)
    nonce = f"l{point.id}.{_salt(point.created_at)}"
    await it.post(where, Post(nonce, content=text, begins=told, reply_to=message))


async def ask_which(it: Try) -> None:
    """Asks which of two critiques an addition is for."""
    text = _(
        "More than one critique is open in this channel, so I cannot tell which one you add to. "
        "Type your addition in a thread of the one you mean."
    )
    where, message = await _typed_in(it)
    await it.post(where, Post(f"w{message}", content=text, reply_to=message))


async def take_away(it: Try) -> None:
    """Takes away the older of two vote emoji, where the member still holds both."""
    owed = it.delivery.owed
    side = await it.ledger.superseded(it.delivery)
    if side is None or side is not owed.side:
        return
    point, critique = await it.ledger.point(_known(owed.point))
    if not may_manage_messages(it.client, critique.guild, critique.home):
        return
    emoji = critique.agree_emoji if side is Stance.AGREE else critique.disagree_emoji
    home = it.channel(critique.guild, critique.home)
    await threads.unreact(home, _known(point.message), emoji, _known(owed.member))


async def _typed_in(it: Try) -> tuple[discord.PartialMessageable, MessageId]:
    owed = it.delivery.owed
    return it.channel(owed.guild, owed.lane), _known(owed.message)


def _salt(moment: datetime) -> int:
    """What tells the nonces of one database from those of another that counts its points from 1 as well."""
    return int(moment.timestamp() * 1_000_000) % 10**9


def _known(value: T | None) -> T:
    if value is None:
        raise ValueError("the delivery does not say what it is about")
    return value


HOW: Mapping[Kind, Callable[[Try], Awaitable[None]]] = {
    Kind.SHOW_POINT: show_point,
    Kind.SHOW_DIGEST: show_digest,
    Kind.MARK: mark,
    Kind.TELL_LABEL: tell_label,
    Kind.ASK_WHICH: ask_which,
    Kind.TAKE_AWAY: take_away,
}
