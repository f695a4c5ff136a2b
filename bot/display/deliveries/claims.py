"""How an author is told, in reply to what they typed, why it is not recorded; and how that reply goes again."""

from contextlib import suppress

import discord

from bot.core.pages import Page, fingerprint
from bot.display import claims
from bot.display.deliveries.answers import typed_in
from bot.display.deliveries.tries import Try, known, salt
from bot.display.threads import Post


async def tell_claim(it: Try) -> None:
    """The reply, with what can be done; none once it is answered."""
    asked = await it.ledger.claim(known(it.delivery.owed.claim))
    claim = asked.claim
    where, message = await typed_in(it)
    text, view = claims.text(asked), claims.view(asked)
    what = Post(f"k{claim.id}.{salt(claim.at)}", content=text, begins=text, reply_to=message, view=view)
    if claim.offers if claim.is_unclear else claim.point is None:
        reply = await it.post(where, what)
        await it.ledger.save_page(_pages(it), Page(0, it.delivery.owed.lane, reply, fingerprint(text)))
    elif (reply := await it.left(where, what)) is not None:
        await where.get_partial_message(reply).delete()


async def clear_claim(it: Try) -> None:
    """Takes the reply away, where it stands."""
    for page in await it.ledger.pages(_pages(it)):
        with suppress(discord.NotFound):
            await it.channel(it.delivery.owed.guild, page.channel).get_partial_message(page.message).delete()
    await it.ledger.drop_pages(_pages(it), 0)


def _pages(it: Try) -> str:
    return f"claim:{it.delivery.owed.claim}"
