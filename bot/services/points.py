"""Finding points by what a person types."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.core import points
from bot.core.arguments import panel
from bot.core.critiques import Critique
from bot.core.digests import Line
from bot.core.ids import ChannelId, GuildId, PointId
from bot.core.points import PointStatus
from bot.core.refusals import Code, Refusal
from bot.services import critiques
from bot.services.critiques import Sight, everywhere
from bot.services.desk import Desk
from bot.storage import arguments as stored_arguments
from bot.storage import critiques as stored_critiques
from bot.storage import points as stored
from bot.storage.database import Tx

_REFERENCE = re.compile(r"v1:point:(\d{1,18})")


def reference(point: PointId) -> str:
    """What names a point beyond doubt, for `show`: two critiques may have the same labels."""
    return f"v1:point:{point}"


async def find(
    desk: Desk,
    guild: GuildId,
    lobby: ChannelId,
    asked: str,
    *,
    among: Collection[PointStatus] = (),
    sees: Sight = everywhere,
) -> list[points.Point]:
    """The points that `asked` may mean, best first, 25 at most: all that are listed, or those `among` statuses.

    Raises Refusal where no critique is open that whoever asks `sees`.
    """
    meant = await critiques.spoken_of(desk, guild, lobby, sees)
    if not meant:
        raise Refusal(Code.NO_CRITIQUE)
    async with desk.db.read() as tx:
        known = [point for critique in meant for point in await stored.of_critique(tx, critique.id)]
    known = [point for point in known if point.is_listed and (not among or point.status in among)]
    return named(known, asked) or points.find(known, asked)


async def known(tx: Tx, guild: GuildId, which: PointId) -> tuple[points.Point, Critique]:
    """The server's point that an id from outside names, and its critique. Raises Refusal."""
    point = await stored.find(tx, which)
    critique = None if point is None else await stored_critiques.find(tx, guild, point.critique)
    if point is None or critique is None:
        raise Refusal(Code.STATE_CHANGED)
    return point, critique


def named(known: Sequence[points.Point], asked: str) -> list[points.Point]:
    """The one of the points that `asked` names beyond doubt; none where it is no reference, or to none of them."""
    found = _REFERENCE.fullmatch(asked)
    return [point for point in known if found and point.id == int(found[1])]


def already(point: points.Point, otherwise: Code) -> Refusal:
    """What a moderator is told who comes after another: what was decided of the point, or `otherwise`."""
    if point.into is not None:
        return Refusal(Code.MERGED, label=point.name, into=point.into.name)
    match point.status:
        case PointStatus.REFUSED:
            return Refusal(Code.REFUSED_ALREADY, label=point.name)
        case PointStatus.HIDDEN:
            return Refusal(Code.HIDDEN_ALREADY, label=point.name)
        case PointStatus.WITHDRAWN:
            return Refusal(Code.WITHDRAWN, label=point.name)
        case PointStatus.OPEN | PointStatus.VOTE_ONLY if point.decided_by is not None:
            return Refusal(Code.APPROVED_ALREADY, label=point.name)
        case _:
            return Refusal(otherwise, label=point.name)


async def show(desk: Desk, guild: GuildId, lobby: ChannelId, asked: str, *, sees: Sight = everywhere) -> Line:
    """The point that `asked` means best, with its tally. Raises Refusal where there is none."""
    found = await find(desk, guild, lobby, asked, sees=sees)
    if not found:
        raise Refusal(Code.NO_POINT, asked=asked)
    return await line(desk, found[0].id)


async def line(desk: Desk, which: PointId) -> Line:
    """The point with its tally, and what is argued about it."""
    async with desk.db.read() as tx:
        point = await stored.point(tx, which)
        lines = await stored.lines(tx, point.critique)
        said = await stored_arguments.of_point(tx, which)
    found = next(line for line in lines if line.point.id == which)
    return replace(found, argued=panel(said)) if said else found


async def again(desk: Desk, known: Sequence[points.Point]) -> tuple[points.Point, ...]:
    """The points as they are now."""
    async with desk.db.read() as tx:
        return tuple([await stored.point(tx, point.id) for point in known])
