"""How each kind of delivery is carried out: one function a kind, in `HOW`.

Each step is recorded as soon as Discord has answered, so that a kill between two steps repeats neither.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
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
from bot.display.threads import Post
from bot.texts import _

MARK = "📌"

_KNOWN_BY = 100  # characters of a point's first message that tell it from others, whatever its text goes on with

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
    async def put_off(self, delivery: Delivery, by: timedelta) -> None: ...
    async def point(self, which: PointId) -> tuple[Point, Critique]: ...
    async def digest(self, critique: CritiqueId) -> Digest: ...
    async def unposted(self, critique: CritiqueId) -> int: ...
    async def superseded(self, delivery: Delivery) -> Stance | None: ...
    async def pages(self, target: str) -> list[Page]: ...
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
        """Posts a message once over all tries."""
        return await threads.post(self.client, where, what, tried_since=self.delivery.begun_at)


async def show_point(it: Try) -> None:
    """The point's message, thread, seeded reactions, and the pages that did not fit the message."""
    point, critique = await it.ledger.point(_known(it.delivery.owed.point))
    first, *rest = points.pages(point, critique)
    home = it.channel(critique.guild, critique.home)
    message = point.message
    if message is None:
        message = await it.post(home, Post(f"p{point.id}", content=first, begins=first[:_KNOWN_BY]))
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
            others = frozenset(page.message for page in stand.values())
            what = Post(f"p{point.id}.{number}", content=text, others=others)
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
    """The running digest's messages, once every point that is being posted stands."""
    critique = _known(it.delivery.owed.critique)
    if await it.ledger.unposted(critique):
        raise NotYet
    digest = await it.ledger.digest(critique)
    target = digest_pages(critique)
    stand = {page.number: page for page in await it.ledger.pages(target)}
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
    nonce = f"d{digest.critique.id}.{number}"
    if page is not None:
        try:
            await where.get_partial_message(page.message).edit(embed=embed)
        except discord.NotFound:  # somebody deleted it: it is posted anew, under a nonce of its own
            nonce += f".{page.message % 1_000_000}"
        else:
            return Page(number, channel, page.message, shown)
    message = await it.post(where, Post(nonce, embed=embed))
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
    text = _("Recorded as **{label}**, because {written} was taken or not the next. You find it under either number.")
    text = text.format(label=point.label, written=point.claimed_label)
    if point.thread is not None:
        text += f" <#{point.thread}>"
    where, message = await _typed_in(it)
    await it.post(where, Post(f"l{point.id}", content=text, reply_to=message))


async def ask_which(it: Try) -> None:
    """Asks which of two critiques an addition is for."""
    text = _(
        "Two critiques are open in this channel, so I cannot tell which one you add to. "
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
    emoji = critique.agree_emoji if side is Stance.AGREE else critique.disagree_emoji
    home = it.channel(critique.guild, critique.home)
    await threads.unreact(home, _known(point.message), emoji, _known(owed.member))


async def _typed_in(it: Try) -> tuple[discord.PartialMessageable, MessageId]:
    owed = it.delivery.owed
    return it.channel(owed.guild, owed.lane), _known(owed.message)


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
