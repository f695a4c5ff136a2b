"""Arguments and who backs them: what is typed once for each message, place in it and point."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, delete, func, or_, select, update

from bot.core.arguments import Argument, ArgumentStatus, Side
from bot.core.critiques import CritiqueStatus
from bot.core.ids import ArgumentId, CaseId, ChannelId, CritiqueId, GuildId, MemberId, MessageId, PointId
from bot.storage.database import Tx, insert
from bot.storage.tables import arguments, backings, critiques, points

_LIVE = arguments.c.status == ArgumentStatus.LIVE


def _select() -> Select[Any]:
    ups, downs = (
        func.count(case((backings.c.direction == direction, 1))).label(name)
        for direction, name in ((1, "ups"), (-1, "downs"))
    )
    return (
        select(arguments, points.c.thread_id, ups, downs)
        .join(points, points.c.id == arguments.c.point_id)
        .outerjoin(backings, backings.c.argument_id == arguments.c.id)
        .group_by(arguments.c.id)
        .order_by(arguments.c.id)
    )


async def save(tx: Tx, argument: Argument) -> ArgumentId | None:
    """Saves a new argument, whatever its id says; None where that message is filed under that point already."""
    row = insert(arguments).values(
        point_id=argument.point,
        author_id=argument.author,
        channel_id=argument.channel,
        message_id=argument.message,
        ordinal=argument.ordinal,
        side=argument.side,
        text=argument.text,
        quote=argument.quote,
        quoted_channel_id=argument.quoted_in,
        quoted_message_id=argument.quoted,
        status=argument.status,
        at=argument.at,
    )
    saved = (await tx.execute(row.on_conflict_do_nothing().returning(arguments.c.id))).scalar_one_or_none()
    return None if saved is None else ArgumentId(saved)


async def find(tx: Tx, which: ArgumentId) -> Argument | None:
    """The argument, where there is one of that number."""
    return next(iter(await _found(tx, arguments.c.id == which)), None)


async def of_point(tx: Tx, which: PointId) -> list[Argument]:
    """What stands about the point, oldest first."""
    return await _found(tx, arguments.c.point_id == which, _LIVE)


async def of_critique(tx: Tx, which: CritiqueId) -> dict[PointId, list[Argument]]:
    """What stands about each point of the critique that has arguments, oldest first."""
    found: dict[PointId, list[Argument]] = {}
    for each in await _found(tx, points.c.critique_id == which, _LIVE):
        found.setdefault(each.point, []).append(each)
    return found


async def of_message(tx: Tx, message: MessageId) -> list[Argument]:
    """What was typed in the message, in its order, taken away or not."""
    return sorted(await _found(tx, arguments.c.message_id == message), key=lambda each: (each.ordinal, each.id))


async def of_messages(tx: Tx, messages: Collection[MessageId]) -> list[Argument]:
    """What was typed in the messages, or is shown in them and nowhere else; taken away or not."""
    among = list(messages)
    shown = arguments.c.shown_id.in_(among) & arguments.c.message_id.is_(None)
    return await _found(tx, or_(arguments.c.message_id.in_(among), shown))


async def shown_in(tx: Tx, message: MessageId) -> Argument | None:
    """The argument that the bot's message shows."""
    return next(iter(await _found(tx, arguments.c.shown_id == message, _LIVE)), None)


async def of_author(tx: Tx, member: MemberId) -> list[Argument]:
    """What the member argues, on all servers."""
    return await _found(tx, arguments.c.author_id == member)


async def backed_by(tx: Tx, member: MemberId) -> list[PointId]:
    """The points of the arguments that the member backs, or votes down."""
    query = select(arguments.c.point_id).join(backings).where(backings.c.member_id == member).distinct()
    return [PointId(which) for which in (await tx.execute(query)).scalars()]


async def taken_away_by(tx: Tx, which: CaseId) -> Argument | None:
    """The argument that a moderator took away by that case, where it is still away."""
    gone = arguments.c.status == ArgumentStatus.GONE
    return next(iter(await _found(tx, arguments.c.case_id == which, gone)), None)


async def same(
    tx: Tx, point: PointId, author: MemberId, side: Side, text: str, quote: str, since: datetime
) -> Argument | None:
    """What the author sent in a form with these very words since then, where it stands."""
    said = (arguments.c.text == text, arguments.c.quote == quote, arguments.c.side == side)
    mine = (arguments.c.point_id == point, arguments.c.author_id == author, arguments.c.message_id.is_(None))
    return next(iter(await _found(tx, *mine, *said, arguments.c.at > since, _LIVE)), None)


async def read_before(tx: Tx, message: MessageId) -> bool:
    """Whether the message has been taken as an argument already."""
    return bool(await read_of(tx, [message]))


async def read_of(tx: Tx, messages: Collection[MessageId]) -> set[MessageId]:
    """Which of the messages have been taken as arguments."""
    query = select(arguments.c.message_id).where(arguments.c.message_id.in_(list(messages)))
    return {MessageId(message) for message in (await tx.execute(query)).scalars()}


async def typed_since(tx: Tx, guild: GuildId, since: datetime) -> list[tuple[ChannelId, MessageId]]:
    """The messages written since then in which arguments about points of the server's open critiques stand."""
    query = (
        select(arguments.c.channel_id, arguments.c.message_id)
        .distinct()
        .join(points, points.c.id == arguments.c.point_id)
        .join(critiques, critiques.c.id == points.c.critique_id)
        .where(critiques.c.guild_id == guild, critiques.c.status == CritiqueStatus.OPEN)
        .where(arguments.c.message_id.is_not(None), arguments.c.at >= since, _LIVE)
    )
    return [(ChannelId(channel), MessageId(message)) for channel, message in await tx.execute(query)]


async def any_of(tx: Tx, messages: Sequence[MessageId]) -> bool:
    """Whether any argument is typed or shown in the messages."""
    among = list(messages)
    concerned = or_(arguments.c.message_id.in_(among), arguments.c.shown_id.in_(among))
    return (await tx.execute(select(arguments.c.id).where(concerned).limit(1))).first() is not None


async def save_side(tx: Tx, which: ArgumentId, side: Side) -> None:
    """The argument has this side."""
    await tx.execute(update(arguments).where(arguments.c.id == which).values(side=side))


async def save_text(tx: Tx, which: ArgumentId, text: str, at: datetime) -> None:
    """The argument says this since then."""
    await tx.execute(update(arguments).where(arguments.c.id == which).values(text=text, edited_at=at))


async def edited_at(tx: Tx, which: ArgumentId) -> datetime | None:
    """When its author last changed it; None: never."""
    return (await tx.execute(select(arguments.c.edited_at).where(arguments.c.id == which))).scalar_one()


async def save_status(tx: Tx, which: ArgumentId, status: ArgumentStatus) -> None:
    """The argument stands, or is gone."""
    await tx.execute(update(arguments).where(arguments.c.id == which).values(status=status))


async def save_case(tx: Tx, which: ArgumentId, by: CaseId | None) -> None:
    """The case by which a moderator took the argument away last; None: it can be brought back by none."""
    await tx.execute(update(arguments).where(arguments.c.id == which).values(case_id=by))


async def drop_backings(tx: Tx, which: ArgumentId) -> None:
    """Nobody backs the argument any more."""
    await tx.execute(delete(backings).where(backings.c.argument_id == which))


async def save_shown(tx: Tx, which: ArgumentId, message: MessageId | None) -> None:
    """The bot's message about the argument stands there, or nowhere."""
    await tx.execute(update(arguments).where(arguments.c.id == which).values(shown_id=message))


async def back(tx: Tx, which: ArgumentId, member: MemberId, direction: int, at: datetime) -> bool:
    """The member backs the argument (+1) or votes it down (-1); the same once more takes it back.

    Whether they do now.
    """
    mine = (backings.c.argument_id == which, backings.c.member_id == member)
    if (await tx.execute(delete(backings).where(*mine, backings.c.direction == direction))).rowcount:
        return False
    row = insert(backings).values(argument_id=which, member_id=member, direction=direction, at=at)
    changed = {"direction": row.excluded.direction, "at": row.excluded.at}
    await tx.execute(row.on_conflict_do_update(index_elements=["argument_id", "member_id"], set_=changed))
    return True


async def _found(tx: Tx, *which: ColumnElement[bool]) -> list[Argument]:
    return [_argument(row) for row in await tx.execute(_select().where(*which))]


def _argument(row: Row[Any]) -> Argument:
    return Argument(
        id=ArgumentId(row.id),
        point=PointId(row.point_id),
        author=None if row.author_id is None else MemberId(row.author_id),
        message=None if row.message_id is None else MessageId(row.message_id),
        channel=None if row.channel_id is None else ChannelId(row.channel_id),
        side=None if row.side is None else Side(row.side),
        text=row.text,
        quote=row.quote,
        ordinal=row.ordinal,
        at=row.at,
        ups=row.ups,
        downs=row.downs,
        status=ArgumentStatus(row.status),
        shown=None if row.shown_id is None else MessageId(row.shown_id),
        thread=None if row.thread_id is None else ChannelId(row.thread_id),
        quoted=None if row.quoted_message_id is None else MessageId(row.quoted_message_id),
        quoted_in=None if row.quoted_channel_id is None else ChannelId(row.quoted_channel_id),
        case=None if row.case_id is None else CaseId(row.case_id),
    )
