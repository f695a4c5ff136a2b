"""How a point is shown: its message or post, its thread and that thread's state, its seeded reactions, its pages."""

from bot.core.ids import ChannelId, GuildId, PointId
from bot.core.pages import Page, fingerprint
from bot.core.points import Point
from bot.core.threads import thread_state
from bot.display import points, threads
from bot.display.deliveries.tries import Try, known, salt
from bot.display.inert import thread_name
from bot.display.threads import Post

_KNOWN_BY = 100  # characters of a page that tell it from others, whatever its text goes on with


async def show_point(it: Try) -> None:
    """The point's message, thread, seeded reactions, and the pages that did not fit the message."""
    point, critique = await it.ledger.point(known(it.delivery.owed.point))
    first, *rest = points.pages(point, critique)
    home = it.channel(critique.guild, critique.home)
    message = point.message
    if message is None:
        message = await it.post(
            home, Post(f"p{point.id}.{salt(point.created_at)}", content=first, begins=first[:_KNOWN_BY])
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


def point_pages(point: PointId) -> str:
    """What a point's pages are stored under."""
    return f"point:{point}"


async def show_thread(it: Try) -> None:
    """The state of the point's thread; nothing where it has none yet, which `show_point` will see to."""
    point, critique = await it.ledger.point(known(it.delivery.owed.point))
    if point.thread is not None:
        state = thread_state(critique.status, point.status, critique.home_kind)
        await threads.bring_to(it.client, critique.guild, point.thread, state)
