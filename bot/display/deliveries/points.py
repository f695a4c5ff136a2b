"""How a point is shown: its message or post, its thread and that thread's state, its seeded reactions, its pages."""

import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

import discord

from bot.core import deliveries as owed
from bot.core import losses
from bot.core.critiques import Critique, HomeKind
from bot.core.ids import ChannelId, GuildId, MessageId, PointId
from bot.core.pages import Page, fingerprint
from bot.core.points import Point, PointStatus
from bot.core.revisions import Clearing
from bot.core.threads import thread_state
from bot.display import points, posts, tags, threads
from bot.display.deliveries.tries import Try, known, salt
from bot.display.inert import thread_name
from bot.display.posts import Opening
from bot.display.threads import Post

log = logging.getLogger(__name__)

_KNOWN_BY = 100  # characters of a page that tell it from others, whatever its text goes on with


async def show_point(it: Try) -> None:
    """The point's message or post, thread, seeded reactions, and the pages that did not fit the message."""
    point, critique = await it.ledger.point(known(it.delivery.owed.point))
    if point.is_gone and point.message is None and await left_of_point(it, point, critique) is None:
        return  # nobody has seen it
    if await _is_gone(it, point, critique):
        await show_thread(it)
        return
    texts = [points.adopted(point, critique)] if point.adopted else points.pages(point, critique, it.call)
    if critique.home_kind is HomeKind.TEXT:
        thread = await _stand_in_channel(it, point, critique, texts[0])
    else:
        thread = await _stand_in_forum(it, point, critique, texts[0])
    await threads.awake(it.client, critique.guild, thread, lambda: _fill(it, point, critique, thread, texts))
    if not _is_plain(point, critique):
        await _bring_after_all(it, point, critique)


async def _bring_after_all(it: Try, point: Point, critique: Critique) -> None:
    """The state of the point's thread, with the rest of it. Where that is forbidden and owed by itself, it waits."""
    try:
        await show_thread(it)
    except discord.Forbidden:
        if not await it.ledger.is_owed(owed.show_thread(critique.guild, point.id, critique.home)):
            raise


async def _is_gone(it: Try, point: Point, critique: Critique) -> bool:
    """Whether its message was deleted, or all that it stood in."""
    message = [] if point.message is None else [losses.message(point.message)]
    return await it.ledger.gone(losses.channel(critique.home), losses.channel(point.channel), *message)


def first_post(it: Try, point: Point, critique: Critique, first: str) -> Post:
    """The point's message in its text home; one that was posted before the point was gone is found too."""
    known_by = first
    if point.is_gone:
        known_by = points.pages(replace(point, status=PointStatus.OPEN), critique, it.call)[0]
    return Post(f"p{point.id}.{salt(point.created_at)}", content=first, begins=known_by[:_KNOWN_BY])


async def left_of_point(it: Try, point: Point, critique: Critique) -> MessageId | None:
    """What an earlier try has posted of a point whose message is not known; None where that is nothing."""
    if it.delivery.begun_at is None:
        return None
    first = points.pages(point, critique, it.call)[0]
    if critique.home_kind is HomeKind.TEXT:
        return await it.left(it.channel(critique.guild, critique.home), first_post(it, point, critique, first))
    with suppress(discord.NotFound):
        forum = await posts.forum(it.client, critique.guild, critique.home)
        post = await it.left_post(forum, Opening(thread_name(point.name, point.title), first))
        return None if post is None else MessageId(post)
    return None


async def _stand_in_channel(it: Try, point: Point, critique: Critique, first: str) -> ChannelId:
    """The point's message in its text home, and its thread."""
    home = it.channel(critique.guild, critique.home)
    message = point.message
    if message is None:
        posted = await it.stand(home, first_post(it, point, critique, first))
        message = posted.message
        page = Page(0, critique.home, message, fingerprint(first))
        await it.ledger.save_first_message(point.id, point_pages(point.id), page, new=posted.new)
    if point.thread is not None:
        return point.thread
    thread = await threads.start_thread(home, message, thread_name(point.name, points.title(point)))
    await it.ledger.save_thread(point.id, thread)
    return thread


async def _stand_in_forum(it: Try, point: Point, critique: Critique, first: str) -> ChannelId:
    """The point's post in its forum, whose id its first message has; what members opened themselves gets its name."""
    post = point.message if point.thread is None else point.thread
    if post is None:
        forum = await posts.forum(it.client, critique.guild, critique.home)
        chosen = tags.beside([], await tags.known(forum), tags.names(point, critique))
        what = Opening(thread_name(point.name, point.title), first, tags.required(forum, chosen))
        opened = await it.open_post(forum, what)
        post = opened.post
        page = Page(0, post, MessageId(post), fingerprint(first) if opened.new else "")
        await it.ledger.save_first_message(point.id, point_pages(point.id), page, new=opened.new)
    if point.thread is None:
        await it.ledger.save_thread(point.id, ChannelId(post))
    elif point.adopted and not point.seeded:
        await _name(it, point, critique)
    return ChannelId(post)


async def _name(it: Try, point: Point, critique: Critique) -> None:
    """Names and tags a member's own post, where the bot may."""
    try:
        await _bring(it, point, critique, name=thread_name(point.name, point.title))
    except discord.Forbidden as error:
        log.warning("post %s keeps its name and its tags: %s", point.thread, error)


def _is_plain(point: Point, critique: Critique) -> bool:
    """Whether a thread is as it should be when it is new."""
    state = thread_state(critique.status, point.status, critique.home_kind, merged=point.into is not None)
    return not state.locked and not state.archived


async def _fill(it: Try, point: Point, critique: Critique, thread: ChannelId, texts: list[str]) -> None:
    """The seeded reactions, and what the messages show."""
    if not point.seeded and not point.is_gone and not critique.blind:
        current, _critique = await it.ledger.point(point.id)
        where = it.channel(critique.guild, current.channel)
        try:
            await _clear(it, point.id, where, known(current.message))
        except discord.Forbidden:  # what it says now is shown all the same
            await _show_pages(it, point, critique.guild, thread, texts)
            raise
        await threads.react(where, known(current.message), critique.agree_emoji, critique.disagree_emoji)
        await it.ledger.save_seeded(point.id, it.delivery)
    await _show_pages(it, point, critique.guild, thread, texts)


async def _clear(it: Try, which: PointId, where: discord.PartialMessageable, message: MessageId) -> None:
    """Takes away the reactions of an earlier revision. Where the bot's own are gone, an earlier try has done it."""
    state = await it.ledger.clearing(which)
    if state is Clearing.ASKED:
        await it.ledger.save_cleared(which, asked=await threads.unreact_all(where, message))
    elif state is Clearing.HEARD:
        await it.ledger.save_cleared(which, asked=False)


async def _show_pages(it: Try, point: Point, guild: GuildId, thread: ChannelId, texts: list[str]) -> None:
    target = point_pages(point.id)
    if await it.ledger.gone(losses.channel(thread)):
        texts = texts[:1]  # the rest stood in it
    stand = {page.number: page for page in await it.ledger.pages(target)}
    await _drop_pages(it, target, [page for number, page in stand.items() if number >= len(texts)], guild)
    for number, text in enumerate(texts):
        page = stand.get(number)
        if page is None:
            nonce = f"p{point.id}.{number}.{salt(point.created_at)}"
            what = Post(nonce, content=text, begins=text[:_KNOWN_BY])
            page = Page(number, thread, await it.post(it.channel(guild, thread), what), fingerprint(text))
        elif page.shown != fingerprint(text):
            await it.channel(guild, page.channel).get_partial_message(page.message).edit(content=text)
            page = Page(number, page.channel, page.message, fingerprint(text))
        else:
            continue
        await it.ledger.save_page(target, page)
        stand[number] = page


async def _drop_pages(it: Try, target: str, pages: Sequence[Page], guild: GuildId) -> None:
    """Deletes pages that are no longer needed, the last first."""
    for page in sorted(pages, key=lambda page: page.number, reverse=True):
        with suppress(discord.NotFound):
            await it.channel(guild, page.channel).get_partial_message(page.message).delete()
        await it.ledger.drop_pages(target, page.number)


def point_pages(point: PointId) -> str:
    """What a point's pages are stored under."""
    return f"point:{point}"


async def show_thread(it: Try) -> None:
    """The state of the point's thread; nothing where it has none yet, which `show_point` will see to."""
    point, critique = await it.ledger.point(known(it.delivery.owed.point))
    if point.thread is not None and not await it.ledger.gone(losses.channel(point.thread)):
        name = thread_name(point.name, points.title(point)) if point.is_gone else None
        await _bring(it, point, critique, name=name)


async def _bring(it: Try, point: Point, critique: Critique, *, name: str | None = None) -> None:
    """Brings the point's thread to its state, tags and name."""
    found = await threads.find(it.client, critique.guild, known(point.thread))
    if found is None:
        return
    chosen = None
    if critique.home_kind is HomeKind.FORUM:
        ours = await tags.known(await posts.forum(it.client, critique.guild, critique.home))
        chosen = tags.beside(found.thread.applied_tags, ours, tags.names(point, critique))
    state = thread_state(critique.status, point.status, critique.home_kind, merged=point.into is not None)
    name = name or _own_name(point, found.thread.name)
    try:
        if await threads.bring_to(found, state, tags=chosen, name=name):
            it.ledger.read_anew(critique.guild)  # what was said in a gap is read in active threads alone
    except discord.Forbidden:
        await _rename(found.thread, name)
        raise


async def _rename(thread: discord.Thread, name: str | None) -> None:
    """Names a thread of the bot's own, which takes no permission: the title of a point that is gone goes at least."""
    if name not in (None, thread.name) and not thread.locked and not thread.archived:
        with suppress(discord.Forbidden):
            await thread.edit(name=name)


def _own_name(point: Point, shown: str) -> str | None:
    """The name of a point that is back, whose thread is still named as one that is gone; else the thread keeps its."""
    if point.is_gone or shown not in {thread_name(point.name, each) for each in points.no_titles()}:
        return None
    return thread_name(point.name, point.title)


async def wake_thread(it: Try) -> None:
    """The point's post active again, where it fell asleep for silence and the server has room for it."""
    point, critique = await it.ledger.point(known(it.delivery.owed.point))
    state = thread_state(critique.status, point.status, critique.home_kind, merged=point.into is not None)
    found = await threads.find(it.client, critique.guild, known(point.thread))
    if state.archived is not False or found is None or not found.thread.archived:
        return
    if posts.is_to_be_woken(found.thread, state, point.woken_at):
        awake = await found.thread.edit(archived=False)
        await it.ledger.save_woken(point.id, awake.archive_timestamp)
    else:
        await it.ledger.save_asleep(point.id)
