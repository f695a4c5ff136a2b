"""How members are answered under what they did: a mark, a reply, an emoji taken away."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

import discord

from bot.core import deliveries as owed
from bot.core.ids import MemberId, MessageId
from bot.core.points import PointStatus
from bot.core.votes import Stance
from bot.display import points, threads
from bot.display.deliveries.tries import NotYet, Try, known, salt
from bot.display.permissions import may_manage_messages
from bot.display.repeats import Overtaken, only_while
from bot.display.threads import Post
from bot.texts import _

MARK = "📌"
WAITS = "⏳"
_WHILE_ARCHIVED = timedelta(minutes=10)


async def mark(it: Try) -> None:
    """The bot's mark on the message that an addition was typed in, or its sign that the addition waits."""
    point, _critique = await it.ledger.point(known(it.delivery.owed.point))
    if point.is_gone or point.status is PointStatus.REFUSED:
        return
    where, message = await typed_in(it)
    await under(it, lambda: threads.react(where, message, WAITS if point.is_held else MARK))


async def unmark(it: Try) -> None:
    """Takes the mark off a message again; where it is gone already, or the message is, nothing is left to do."""
    where, message = await typed_in(it)
    with suppress(discord.NotFound):
        await under(it, lambda: threads.unreact(where, message, MARK, MemberId(known(it.client.user).id)))


async def tell_label(it: Try) -> None:
    """Tells the author that the addition took another label than the one written."""
    point, critique = await it.ledger.point(known(it.delivery.owed.point))
    shown = owed.show_point(critique.guild, point.id, critique.home)
    if point.is_gone:
        return
    if point.thread is None and await it.ledger.on_its_way(shown):
        raise NotYet
    told = points.other_label(point)
    text = told if point.thread is None else f"{told} <#{point.thread}>"
    where, message = await typed_in(it)
    nonce = f"l{point.id}.{salt(point.created_at)}"
    await it.post(where, Post(nonce, content=text, begins=told, reply_to=message))


async def tell_kept(it: Try) -> None:
    """Tells the author that the point keeps its words, whatever the message says now."""
    point, _critique = await it.ledger.point(known(it.delivery.owed.point))
    if point.is_gone:
        return
    text = points.kept(point)
    where, message = await typed_in(it)
    await it.post(where, Post(f"k{point.id}.{salt(point.created_at)}", content=text, begins=text, reply_to=message))


async def ask_which(it: Try) -> None:
    """Asks which of two critiques an addition is for."""
    text = _(
        "More than one critique is open in this channel, so I cannot tell which one you add to. "
        "Type your addition in a thread of the one you mean."
    )
    where, message = await typed_in(it)
    await it.post(where, Post(f"w{message}", content=text, reply_to=message))


async def take_away(it: Try) -> None:
    """Takes away the older of two vote emoji, where the member still holds both, or what a ballot has replaced.

    While the server is still to be read, or is being read, the member may have done something since. Whoever does it
    while the request waits its turn is seen right before it is sent. What comes after that nobody can know: Discord's
    removal takes no condition.

    Under a post that is archived (the point is hidden, asleep, or the critique closed) nothing can be taken away: that
    waits until it is active again, as the votes wait.
    """
    owed = it.delivery.owed

    async def is_the_older() -> bool:
        if not it.ledger.is_known(owed.guild):
            raise NotYet
        return await it.ledger.superseded(it.delivery)

    point, critique = await it.ledger.point(known(owed.point))
    if not await is_the_older() or not may_manage_messages(it.client, critique.guild, critique.home):
        return
    emoji = critique.agree_emoji if owed.side is Stance.AGREE else critique.disagree_emoji
    where = it.channel(critique.guild, point.channel)
    try:
        with only_while(is_the_older):
            await threads.unreact(where, known(point.message), emoji, known(owed.member))
    except Overtaken:
        return
    except discord.HTTPException as error:
        if error.code == threads.ARCHIVED:
            raise NotYet(_WHILE_ARCHIVED) from error
        raise
    await it.ledger.save_taken_away(it.delivery)


async def take_vote(it: Try) -> None:
    """Takes away the vote emoji of a member who wants no votes stored, where the bot may, and they still want that."""
    owed = it.delivery.owed
    point, critique = await it.ledger.point(known(owed.point))
    if point.message is None or not may_manage_messages(it.client, critique.guild, critique.home):
        return
    if not await it.ledger.is_opted_out(known(owed.member)):
        return
    emoji = critique.agree_emoji if owed.side is Stance.AGREE else critique.disagree_emoji
    where, message, member = it.channel(critique.guild, point.channel), point.message, known(owed.member)
    with suppress(discord.NotFound):
        await under(it, lambda: threads.unreact(where, message, emoji, member))


async def under(it: Try, work: Callable[[], Awaitable[None]]) -> None:
    """Does work under the message, in a thread that is archived too, which it leaves so."""
    owed = it.delivery.owed
    await threads.awake(it.client, owed.guild, owed.lane, work, back=True)


async def typed_in(it: Try) -> tuple[discord.PartialMessageable, MessageId]:
    """The message that the delivery is about, and its channel."""
    owed = it.delivery.owed
    return it.channel(owed.guild, owed.lane), known(owed.message)
