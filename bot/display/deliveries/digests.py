"""How the running digest is shown."""

from contextlib import suppress

import discord

from bot.core.digests import Digest
from bot.core.ids import CritiqueId
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
    nonce = f"d{digest.critique.id}.{number}.{salt(digest.critique.opened_at)}"
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
