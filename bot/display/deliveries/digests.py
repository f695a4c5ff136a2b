"""How the running digest is shown."""

from contextlib import suppress
from dataclasses import replace

import discord

from bot.core import deliveries as owed
from bot.core import losses
from bot.core.critiques import Critique, HomeKind
from bot.core.digests import Digest
from bot.core.ids import ChannelId, CritiqueId, MessageId
from bot.core.pages import Page, fingerprint
from bot.display import digests, threads
from bot.display.deliveries.tries import NotYet, Try, known, salt
from bot.display.threads import Post


def digest_pages(critique: CritiqueId) -> str:
    """What the running digest's pages are stored under."""
    return f"digest:{critique}"


async def show_digest(it: Try) -> None:
    """The running digest's messages: at first only when every point that is being posted stands, to come after."""
    critique = known(it.delivery.owed.critique)
    target = digest_pages(critique)
    stand = {page.number: page for page in await it.ledger.pages(target)}
    if not stand and await it.ledger.unposted(critique):
        raise NotYet
    digest = await it.ledger.digest(critique)
    channel = await _channel(it, digest.critique)
    if channel is not None and not await it.ledger.gone(losses.channel(channel)):
        await threads.awake(it.client, digest.critique.guild, channel, lambda: _show(it, digest, channel))


async def _channel(it: Try, critique: Critique) -> ChannelId | None:
    """Where the digest stands: not in a forum itself, but in its post "Add to this list". None where that failed."""
    if critique.home_kind is HomeKind.TEXT or critique.digest_channel != critique.home:
        return critique.digest_channel
    lobby = owed.show_lobby(critique.guild, critique.id, critique.home)
    if critique.lobby is None and await it.ledger.on_its_way(lobby):
        raise NotYet
    return critique.lobby


async def _show(it: Try, digest: Digest, channel: ChannelId) -> None:
    target = digest_pages(digest.critique.id)
    stand = {page.number: page for page in await it.ledger.pages(target)}
    texts = digests.pages(digest, it.call)
    for number, embed in enumerate(digests.embeds(digest, texts)):
        page = stand.get(number)
        if page is None or page.shown != fingerprint(texts[number]):
            shown = page or Page(number, channel, MessageId(0), "")
            page = await _show_digest_page(it, digest, shown, embed)
            await it.ledger.save_page(target, page)
    for number in sorted(number for number in stand if number >= len(texts)):
        page = stand[number]
        with suppress(discord.NotFound):
            await it.channel(digest.critique.guild, page.channel).get_partial_message(page.message).delete()
    await it.ledger.drop_pages(target, len(texts))


async def _show_digest_page(it: Try, digest: Digest, page: Page, embed: discord.Embed) -> Page:
    """One page as it should be; where no message shows it (0), or that is gone, it is posted."""
    where = it.channel(digest.critique.guild, page.channel)
    what = digest_post(digest.critique, page.number, embed)
    shown = fingerprint(embed.description or "")
    if page.message:
        try:
            await where.get_partial_message(page.message).edit(
                embed=embed, view=digests.view(digest.critique, page.number)
            )
        except discord.NotFound:  # somebody deleted it: it is posted again, under a nonce of its own
            what = replace(what, nonce=f"d{page.message}")
        else:
            return replace(page, shown=shown)
    message = await it.post(where, what)
    if page.number == 0:
        await threads.pin(where, message)
    return replace(page, message=message, shown=shown)


def digest_post(critique: Critique, number: int, embed: discord.Embed) -> Post:
    """The message of one page, counted from 0."""
    nonce = f"d{critique.id}.{number}.{salt(critique.opened_at)}"
    view = digests.view(critique, number)
    return Post(nonce, embed=embed, view=view, begins=digests.first_link(embed))
