"""Arguments on record: typed, sent in a form, or pointed at; filed under their points in one transaction with what
they owe Discord.

1. A message is filed once under a point, whoever reads it again; a form that is sent again within ten minutes is the
   argument that stands.
2. What is argued about a merged point is filed under the one it was merged into.
3. Nothing waits for a moderator: words that would have to are not recorded, and whoever said them is told.
4. What is typed bears the bot's mark. Where its side is open its author is asked, once for each message.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core import deliveries as owed
from bot.core.acts import Act, Actor
from bot.core.additions import SAME_WITHIN, Heard
from bot.core.arguments import (
    ASKED_FOR,
    TOLD_EVERY,
    Argument,
    ArgumentPage,
    ArgumentStatus,
    Side,
    TypedArgument,
    page,
    typed_side,
)
from bot.core.critiques import Critique
from bot.core.follows import What
from bot.core.ids import ArgumentId, ChannelId, CritiqueId, MemberId, MessageId, PointId
from bot.core.messages import says_something
from bot.core.points import Point, PointStatus
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices
from bot.services import digests, happenings, moderation, mutes
from bot.services.critiques import check, check_open
from bot.services.desk import Desk
from bot.services.points import known
from bot.storage import arguments as stored
from bot.storage import deliveries as stored_deliveries
from bot.storage import points as stored_points
from bot.storage.database import Tx


@dataclass(frozen=True, slots=True)
class Filed:
    """An argument on record, the point it is filed under, and the one that was named, where that is merged into it."""

    argument: Argument
    point: Point
    critique: Critique
    named: Point | None = None


@dataclass(frozen=True, slots=True)
class Arguable:
    """A point that may be argued about, its critique, and the point that was named, where that is merged into it."""

    point: Point
    critique: Critique
    named: Point | None


async def to_argue(desk: Desk, actor: Actor, choices: Choices, which: PointId) -> Arguable:
    """The point that the actor may argue about now. Raises Refusal."""
    async with desk.db.read() as tx:
        return await arguable(desk, tx, actor, choices, which)


async def arguable(desk: Desk, tx: Tx, actor: Actor, choices: Choices, which: PointId) -> Arguable:
    """The same in the caller's transaction. Raises Refusal."""
    check(actor, Act.ARGUE, choices)
    named, critique = await known(tx, actor.guild, which)
    check_open(critique, Act.ARGUE)
    await mutes.check(desk, tx, actor)
    point = await _counted(tx, named)
    if not point.is_listed:
        raise Refusal(Code.STATE_CHANGED)
    if point.is_gone:
        raise Refusal(Code.NOT_ARGUABLE, label=point.name)
    if point.status is PointStatus.VOTE_ONLY:
        raise Refusal(Code.VOTE_ONLY, label=point.name)
    return Arguable(point, critique, None if named.id == point.id else named)


async def _counted(tx: Tx, point: Point) -> Point:
    """The point that this one counts to: itself, unless it is merged (rule 2)."""
    while point.into is not None:
        point = await stored_points.point(tx, point.into.id)
    return point


async def argue(desk: Desk, actor: Actor, choices: Choices, which: PointId, side: Side, text: str) -> Filed:
    """Records what the actor sent in a form, once (rule 1). Raises Refusal."""
    async with desk.db.write() as tx:
        about = await arguable(desk, tx, actor, choices, which)
        return await by_form(desk, tx, actor, about, side, text)


async def by_form(
    desk: Desk,
    tx: Tx,
    actor: Actor,
    about: Arguable,
    side: Side,
    text: str,
    *,
    quote: str = "",
    quoted: tuple[MessageId, ChannelId] | None = None,
) -> Filed:
    """The same in the caller's transaction; `quote` is what it answers, out of the message `quoted`. Raises Refusal."""
    said, now = text.strip(), desk.clock()
    await _check_words(tx, about.critique, actor, said, now)
    same = await stored.same(tx, about.point.id, actor.id, side, said, quote, now - SAME_WITHIN)
    if same is not None:
        return Filed(same, about.point, about.critique, about.named)
    message, channel = quoted or (None, None)
    new = _new(about.point, actor.id, side, said, now, quote=quote, quoted=message, quoted_in=channel)
    argument = await _save(desk, tx, about.critique, new)
    return Filed(argument, about.point, about.critique, about.named)


async def by_message(desk: Desk, actor: Actor, choices: Choices, heard: Heard, which: PointId, side: Side) -> Filed:
    """Files the actor's own message under the point, with that side from now on. Raises Refusal."""
    if heard.author != actor.id:
        raise Refusal(Code.NOT_YOUR_ARGUMENT)
    async with desk.db.write() as tx:
        about = await arguable(desk, tx, actor, choices, which)
        typed = typed_side(heard.text)
        text = heard.text.strip() if typed is None else typed.text
        await _check_words(tx, about.critique, actor, text, desk.clock())
        before = [each for each in await stored.of_message(tx, heard.message) if each.point == about.point.id]
        if not before:
            new = _new(about.point, actor.id, side, text, heard.at, message=heard.message, channel=heard.channel)
            argument = await _save(desk, tx, about.critique, new)
        else:
            argument = await _file_again(desk, tx, about.critique, before[0], side)
        await _mark(desk, tx, heard, about.point)
        await clear_question(desk, tx, about.critique, argument)
        return Filed(argument, about.point, about.critique, about.named)


async def _file_again(desk: Desk, tx: Tx, critique: Critique, before: Argument, side: Side) -> Argument:
    if before.case is not None and not before.is_live:
        raise Refusal(Code.ARGUMENT_GONE)
    await stored.save_status(tx, before.id, ArgumentStatus.LIVE)
    await stored.save_side(tx, before.id, side)
    await owe_shown(desk, tx, critique, before)
    return await found(tx, before.id)


async def hear(desk: Desk, tx: Tx, heard: Heard, critique: Critique, readings: Sequence[TypedArgument]) -> None:
    """Files what a message argues, as it was read, under each of its points that takes arguments now."""
    if not readings or await stored.read_before(tx, heard.message):
        return
    words = await moderation.judge_words(tx, critique, heard.author, heard.text, joined_at=heard.joined_at, at=heard.at)
    if words.holds or words.refuses:
        await _tell_unargued(desk, tx, heard)
        return
    filed: list[Argument] = []
    for ordinal, reading in enumerate(readings):
        for point in await _meant(tx, critique, heard.channel, reading.points):
            new = _new(
                point,
                heard.author,
                reading.side,
                reading.text,
                heard.at,
                message=heard.message,
                channel=heard.channel,
                ordinal=ordinal,
                quote=reading.quote,
            )
            filed.append(await _save(desk, tx, critique, new))
    if filed:
        await _mark(desk, tx, heard, await stored_points.point(tx, filed[0].point))
    await _ask(desk, tx, heard, filed)


async def _meant(tx: Tx, critique: Critique, thread: ChannelId, labels: Sequence[str]) -> list[Point]:
    """The points of those labels, or the thread's own where there are none, that may be argued about; each once."""
    if labels:
        all_of_them = await stored_points.of_critique(tx, critique.id)
        named = [point for label in labels for point in all_of_them if label in (point.label, point.name)]
    else:
        under = await stored_points.by_thread(tx, thread)
        named = [] if under is None else [under]
    counted = {point.id: point for point in [await _counted(tx, point) for point in named]}
    return [point for point in counted.values() if point.status is PointStatus.OPEN]


async def pages(desk: Desk, actor: Actor, which: PointId, number: int) -> tuple[ArgumentPage, Point, Critique]:
    """A page of all that is argued about the point. Raises Refusal."""
    async with desk.db.read() as tx:
        point, critique = await known(tx, actor.guild, which)
        return page(which, await stored.of_point(tx, which), number), point, critique


async def found(tx: Tx, which: ArgumentId) -> Argument:
    """The argument. Raises Refusal where there is none of that number."""
    argument = await stored.find(tx, which)
    if argument is None:
        raise Refusal(Code.ARGUMENT_GONE)
    return argument


async def owe_shown(desk: Desk, tx: Tx, critique: Critique, argument: Argument) -> None:
    """The argument is new, or has changed: its point's thread, its panel and the digest show it."""
    point, now = await stored_points.point(tx, argument.point), desk.clock()
    if argument.stands_elsewhere:
        lane = point.thread or critique.home
        await stored_deliveries.owe(tx, owed.show_argument(critique.guild, argument.id, point.id, lane), now)
    await owe_panel(desk, tx, critique, point)


async def owe_panel(desk: Desk, tx: Tx, critique: Critique, point: Point) -> None:
    """What is argued about the point, or how it is backed, has changed: the panel and the digest show it soon."""
    panel = owed.show_arguments(critique.guild, point.id, point.thread or critique.home)
    await stored_deliveries.owe(tx, panel, desk.clock() + desk.pace.digest_gathers)
    await digests.owe(desk, tx, critique.id)


def _new(
    point: Point,
    author: MemberId,
    side: Side | None,
    text: str,
    at: datetime,
    *,
    message: MessageId | None = None,
    channel: ChannelId | None = None,
    ordinal: int = 0,
    quote: str = "",
    quoted: MessageId | None = None,
    quoted_in: ChannelId | None = None,
) -> Argument:
    return Argument(
        id=ArgumentId(0),
        point=point.id,
        author=author,
        message=message,
        channel=channel,
        side=side,
        text=text,
        quote=quote,
        ordinal=ordinal,
        at=at,
        quoted=quoted,
        quoted_in=quoted_in,
    )


async def _save(desk: Desk, tx: Tx, critique: Critique, new: Argument) -> Argument:
    which = await stored.save(tx, new)
    if which is None:
        raise ValueError("the message is filed under the point already")
    argument = await found(tx, which)
    await owe_shown(desk, tx, critique, argument)
    point = await stored_points.point(tx, argument.point)
    await happenings.happened(desk, tx, point, What.ARGUMENT, argument.author)
    return argument


async def _check_words(tx: Tx, critique: Critique, actor: Actor, text: str, at: datetime) -> None:
    if not says_something(text):
        raise Refusal(Code.NO_WORDS)
    words = await moderation.judge_words(tx, critique, actor.id, text, joined_at=actor.joined_at, at=at)
    if words.holds or words.refuses:
        raise Refusal(Code.ARGUMENT_HELD)


async def _mark(desk: Desk, tx: Tx, heard: Heard, point: Point) -> None:
    mark = owed.mark(heard.guild, heard.message, heard.channel, point.id)
    await stored_deliveries.owe(tx, mark, desk.clock())


async def _ask(desk: Desk, tx: Tx, heard: Heard, filed: Sequence[Argument]) -> None:
    """Asks for the side, once for all of the message's arguments that have none; the question goes after an hour."""
    undecided = [each for each in filed if each.side is None]
    if undecided:
        now, which = desk.clock(), undecided[0].id
        asks = owed.ask_side(heard.guild, which, heard.message, heard.channel)
        await stored_deliveries.owe(tx, asks, now)
        clears = owed.clear_side(heard.guild, which, heard.message, heard.channel)
        await stored_deliveries.owe(tx, clears, now + ASKED_FOR)


async def clear_question(desk: Desk, tx: Tx, critique: Critique, argument: Argument) -> None:
    """Takes the question for the side away, where one stands and nothing of the message is undecided any more."""
    if argument.message is None or argument.channel is None:
        return
    filed = await stored.of_message(tx, argument.message)
    asked = owed.clear_side(critique.guild, filed[0].id, argument.message, argument.channel)
    if any(each.is_live and each.side is None for each in filed) or not await stored_deliveries.is_owed(tx, asked):
        return
    await stored_deliveries.owe_now(tx, asked, desk.clock())


async def _tell_unargued(desk: Desk, tx: Tx, heard: Heard) -> None:
    turn = int(desk.clock().timestamp() // TOLD_EVERY.total_seconds())
    tells = owed.tell_unargued(heard.guild, heard.message, heard.channel, heard.author, turn)
    await stored_deliveries.owe(tx, tells, desk.clock())


async def of_critique(desk: Desk, which: CritiqueId) -> list[Argument]:
    """All that stands of what is argued in the critique."""
    async with desk.db.read() as tx:
        found = await stored.of_critique(tx, which)
    return [each for arguments in found.values() for each in arguments if each.is_live]
