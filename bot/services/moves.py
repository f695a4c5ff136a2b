"""Moving an addition to another open critique of the server.

1. It takes the next label there, and a thread of its own. Its old label stays, and leads there.
2. Votes are not taken along: who voted saw another list. They stay stored where they were cast, and count no more.
3. Author, words, what the words were before, when they were said, and what members reported of them go along.
"""

from bot.core import deliveries as owed
from bot.core import points
from bot.core.acts import Act, Actor
from bot.core.cases import CaseAct, Why
from bot.core.critiques import Critique
from bot.core.ids import ChannelId, CritiqueId, GuildId, PointId
from bot.core.points import Origin, Point
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices
from bot.services import additions, cases, critiques, digests
from bot.services.critiques import check, check_open
from bot.services.desk import Desk
from bot.services.merges import STANDING
from bot.services.points import named
from bot.storage import critiques as stored_critiques
from bot.storage import deliveries as stored_deliveries
from bot.storage import merges as stored_merges
from bot.storage import moves as stored
from bot.storage import points as stored_points
from bot.storage.database import Tx


async def find(desk: Desk, guild: GuildId, lobby: ChannelId, asked: str) -> list[Point]:
    """The additions that can be moved and that `asked` may mean, best first."""
    meant = await critiques.spoken_of(desk, guild, lobby)
    async with desk.db.read() as tx:
        known = [point for critique in meant for point in await stored_points.of_critique(tx, critique.id)]
    known = [point for point in known if point.origin is Origin.ADDITION and point.status in STANDING]
    known = [point for point in known if point.into is None]
    return named(known, asked) or points.find(known, asked)


async def move(
    desk: Desk, actor: Actor, choices: Choices, which: PointId, to: CritiqueId, why: Why
) -> tuple[Point, Critique]:
    """Moves the addition, and gives back what it has become, and where. Raises Refusal."""
    check(actor, Act.MOVE_POINT, choices)
    async with desk.db.write() as tx:
        point, critique = await _movable(tx, actor, which)
        there = await _open(tx, actor, to)
        if there.id == critique.id:
            raise Refusal(Code.SAME_CRITIQUE, label=point.name)
        await cases.record(desk, tx, critique, actor, CaseAct.MOVE, why, point)
        now = await additions.record(desk, tx, there, point.author, point.text, at=point.created_at, title=point.title)
        await stored.move(tx, point, now.id, there.id)
        await stored_merges.count_no_more(tx, critique.id, which)
        await _owe(desk, tx, critique, which)
        return await stored_points.point(tx, now.id), there


async def owe_way(desk: Desk, tx: Tx, which: PointId) -> None:
    """The point's thread stands now: what was moved to it leads there."""
    for old in await stored.moved_into(tx, which):
        point = await stored_points.point(tx, old)
        await _owe(desk, tx, await stored_critiques.critique(tx, point.critique), old)


async def _owe(desk: Desk, tx: Tx, critique: Critique, which: PointId) -> None:
    await stored_deliveries.owe(tx, owed.show_point(critique.guild, which, critique.home), desk.clock())
    await digests.owe(desk, tx, critique.id)


async def _movable(tx: Tx, actor: Actor, which: PointId) -> tuple[Point, Critique]:
    point = await stored_points.point(tx, which)
    critique = await stored_critiques.critique(tx, point.critique)
    if critique.guild != actor.guild or point.status not in STANDING:
        raise Refusal(Code.STATE_CHANGED)
    check_open(critique, Act.MOVE_POINT)
    if point.origin is not Origin.ADDITION:
        raise Refusal(Code.ORIGINAL, label=point.name)
    if point.into is not None:
        raise Refusal(Code.MERGED, label=point.name, into=point.into.name)
    if len((await stored_merges.groups_of(tx, [which]))[which]) > 1:
        raise Refusal(Code.MERGED_INTO, label=point.name)
    return point, critique


async def _open(tx: Tx, actor: Actor, which: CritiqueId) -> Critique:
    found = await stored_critiques.find(tx, actor.guild, which)
    if found is None:
        raise Refusal(Code.NO_CRITIQUE)
    check_open(found, Act.MOVE_POINT)
    return found
