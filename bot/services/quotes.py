"""Inline comments: a passage of a point, an argument or a member's message, and the answer to it.

1. What is quoted must stand in the message as it is when the form comes back; the argument keeps those words.
2. It is filed as an argument sent in a form is, under the point that the message shows or in whose thread it stands;
   elsewhere under the point that the member chooses.
"""

from dataclasses import dataclass

from bot.core.acts import Act, Actor
from bot.core.arguments import LONGEST_QUOTE, Side, occurs
from bot.core.ids import ChannelId, MessageId, PointId
from bot.core.moderation import Said as Known
from bot.core.moderation.likeness import likeliest
from bot.core.points import Point, PointStatus
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices
from bot.services import arguments, mutes, submissions
from bot.services.arguments import Filed
from bot.services.critiques import Sight, check, everywhere
from bot.services.desk import Desk
from bot.storage import arguments as stored_arguments
from bot.storage import points as stored_points
from bot.storage.database import Tx

_SHOWN = 25  # choices of one select


@dataclass(frozen=True, slots=True)
class Said:
    """A message that a member points at. `is_ours`: the bot wrote it."""

    message: MessageId
    channel: ChannelId
    parent: ChannelId | None
    text: str
    is_ours: bool


@dataclass(frozen=True, slots=True)
class About:
    """What a message may be about: the words in it that may be quoted, and its point, or those it may be meant for."""

    text: str
    points: tuple[Point, ...]
    is_certain: bool


async def about(desk: Desk, actor: Actor, choices: Choices, said: Said, sees: Sight = everywhere) -> About:
    """What the message that the actor points at may be about. Raises Refusal."""
    check(actor, Act.ARGUE, choices)
    async with desk.db.read() as tx:
        await mutes.check(desk, tx, actor)
        certain = await _certain(tx, said)
        if certain is not None:
            text, point = certain
            await arguments.arguable(desk, tx, actor, choices, point.id)
            return About(text, (point,), is_certain=True)
    return About(said.text, await _likely(desk, actor, said, sees), is_certain=False)


async def _certain(tx: Tx, said: Said) -> tuple[str, Point] | None:
    shown = await stored_points.by_message(tx, said.message)
    if shown is not None:
        return (shown.text if said.is_ours else said.text), shown
    argument = await stored_arguments.shown_in(tx, said.message)
    if argument is not None:
        return argument.text, await stored_points.point(tx, argument.point)
    if said.is_ours or not said.text.strip():
        raise Refusal(Code.NOT_QUOTABLE)
    under = await stored_points.by_thread(tx, said.channel)
    return None if under is None else (said.text, under)


async def _likely(desk: Desk, actor: Actor, said: Said, sees: Sight) -> tuple[Point, ...]:
    """The points that may be meant, the likeliest first."""
    meant = await submissions.meant(desk, actor.guild, said.channel, said.parent)
    async with desk.db.read() as tx:
        among = [
            point
            for critique in meant
            if sees(critique.home)
            for point in await stored_points.of_critique(tx, critique.id)
            if point.status is PointStatus.OPEN and point.into is None
        ]
    if not among:
        raise Refusal(Code.NO_CRITIQUE)
    known = [Known(one.id, one.name, one.author, one.title, one.text, len(one.text)) for one in among]
    standing = {point.id: point for point in among}
    return tuple(standing[one.id] for one in likeliest(said.text, known, _SHOWN))


async def quote(
    desk: Desk,
    actor: Actor,
    choices: Choices,
    said: Said,
    which: PointId,
    side: Side,
    passage: str,
    answer: str,
    sees: Sight = everywhere,
) -> Filed:
    """Records the answer to a passage of the message. Raises Refusal."""
    check(actor, Act.ARGUE, choices)
    passage = passage.strip()
    async with desk.db.write() as tx:
        await mutes.check(desk, tx, actor)
        certain = await _certain(tx, said)
        text, point = (said.text, which) if certain is None else (certain[0], certain[1].id)
        about = await arguments.arguable(desk, tx, actor, choices, point)
        if not sees(about.critique.home):
            raise Refusal(Code.NO_CRITIQUE)
        if not passage or len(passage) > LONGEST_QUOTE or not occurs(passage, text):
            raise Refusal(Code.QUOTE_NOT_FOUND)
        quoted = (said.message, said.channel)
        return await arguments.by_form(desk, tx, actor, about, side, answer, quote=passage, quoted=quoted)
