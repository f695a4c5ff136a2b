"""How arguments are shown in their points' threads: the bot's message about one, the panel, the question for a side."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

import discord

from bot.core import deliveries as owed
from bot.core import losses
from bot.core.critiques import Critique
from bot.core.ids import ChannelId, MessageId
from bot.core.pages import Page, fingerprint
from bot.core.points import Point
from bot.display import arguments as display
from bot.display.deliveries.answers import typed_in, under
from bot.display.deliveries.tries import NotYet, Try, known, salt
from bot.display.threads import Post, awake


async def show_argument(it: Try) -> None:
    """Brings the bot's message about an argument to what it says; where that is taken away, deletes the message."""
    found = await it.ledger.argument(known(it.delivery.owed.argument))
    if found is None:
        return
    argument, point, critique = found
    target, text = f"argument:{argument.id}", display.message(argument, critique)
    what = Post(f"a{argument.id}.{salt(argument.at)}", content=text, begins=display.begins(argument))

    async def bring(thread: ChannelId) -> None:
        page = await _page(it, target)
        if not argument.is_live:
            await _take_away(it, critique, page or await _left(it, critique, thread, what))
            await it.ledger.save_argument_shown(argument.id, target, None)
        elif page is None or page.shown != fingerprint(text):
            shown = await _brought(it, critique, page or _missing(thread), what)
            await it.ledger.save_argument_shown(argument.id, target, replace(shown, shown=fingerprint(text)))

    await _in_thread(it, point, critique, bring)


async def show_arguments(it: Try) -> None:
    """Brings the panel to what is argued: posted with the first argument, edited, deleted with the last."""
    point, critique = await it.ledger.point(known(it.delivery.owed.point))
    panel, target = await it.ledger.argued(point.id), f"arguments:{point.id}"
    text, view = display.panel(panel, critique.guild), display.panel_view(panel, point.id)
    best = [each.id for each in (panel.best.support, panel.best.rebuttal) if each is not None]
    shown_now = fingerprint(f"{text}\n{best}")
    what = Post(f"g{point.id}.{salt(point.created_at)}", content=text, begins=display.head(), view=view)

    async def bring(thread: ChannelId) -> None:
        page = await _page(it, target)
        if not panel.count:
            await _take_away(it, critique, page or await _left(it, critique, thread, what))
            await it.ledger.drop_pages(target, 0)
        elif page is None or page.shown != shown_now:
            shown = await _brought(it, critique, page or _missing(thread), what)
            await it.ledger.save_page(target, replace(shown, shown=shown_now))

    await _in_thread(it, point, critique, bring)


async def ask_side(it: Try) -> None:
    """The reply that asks for a side; none once it is answered."""
    found = await it.ledger.argument(known(it.delivery.owed.argument))
    if found is None:
        return
    argument, _point, _critique = found
    text, view = display.question(argument), display.sides_view(argument)
    where, message = await typed_in(it)
    what = Post(f"q{argument.id}.{salt(argument.at)}", content=text, begins=text, reply_to=message, view=view)
    if argument.is_live and argument.side is None:
        reply = await it.post(where, what)
        await it.ledger.save_page(_question(it), Page(0, it.delivery.owed.lane, reply, fingerprint(text)))
    elif (reply := await it.left(where, what)) is not None:
        await where.get_partial_message(reply).delete()


async def clear_side(it: Try) -> None:
    """Takes that reply away, where it stands."""

    async def clear() -> None:
        for page in await it.ledger.pages(_question(it)):
            with suppress(discord.NotFound):
                await it.channel(it.delivery.owed.guild, page.channel).get_partial_message(page.message).delete()

    await under(it, clear)
    await it.ledger.drop_pages(_question(it), 0)


async def tell_unargued(it: Try) -> None:
    """Tells whoever typed an argument that it is not recorded."""
    text = display.unargued()
    where, message = await typed_in(it)
    await it.post(where, Post(f"n{message}", content=text, begins=text, reply_to=message))


def _question(it: Try) -> str:
    return f"side:{it.delivery.owed.argument}"


async def _in_thread(it: Try, point: Point, critique: Critique, bring: Callable[[ChannelId], Awaitable[None]]) -> None:
    """Does it in the point's thread, once that stands; not at all where somebody deleted the thread."""
    thread = point.thread
    if thread is None:
        if await it.ledger.on_its_way(owed.show_point(critique.guild, point.id, critique.home)):
            raise NotYet
        return
    if not await it.ledger.gone(losses.channel(thread)):
        await awake(it.client, critique.guild, thread, lambda: bring(thread), back=True)


async def _page(it: Try, target: str) -> Page | None:
    return next(iter(await it.ledger.pages(target)), None)


def _missing(thread: ChannelId) -> Page:
    return Page(0, thread, MessageId(0), "")


async def _left(it: Try, critique: Critique, thread: ChannelId, what: Post) -> Page | None:
    """What an earlier try has posted, where it could not be recorded."""
    message = await it.left(it.channel(critique.guild, thread), what)
    return None if message is None else Page(0, thread, message, "")


async def _take_away(it: Try, critique: Critique, page: Page | None) -> None:
    if page is not None:
        with suppress(discord.NotFound):
            await it.channel(critique.guild, page.channel).get_partial_message(page.message).delete()


async def _brought(it: Try, critique: Critique, page: Page, what: Post) -> Page:
    """The message as it should be; where none stands (0), or somebody deleted it, it is posted."""
    where = it.channel(critique.guild, page.channel)
    if page.message:
        with suppress(discord.NotFound):
            await where.get_partial_message(page.message).edit(content=what.content, view=what.view)
            return page
        what = replace(what, nonce=f"{what.nonce[0]}{page.message}")
    posted = await it.stand(where, what)
    if not posted.new:
        await where.get_partial_message(posted.message).edit(content=what.content, view=what.view)
    return replace(page, message=posted.message)
