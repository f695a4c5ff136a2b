"""Official answers: whom moderators name for a critique says once, with each point, what they have to say to it.

The answer is revised by answering again, and removed by answering with nothing. It stands in the point's thread.
"""

from collections.abc import Iterable

from bot.core import deliveries as owed
from bot.core.acts import Act, Actor
from bot.core.cases import CaseAct, Why
from bot.core.critiques import Critique
from bot.core.ids import CritiqueId, MemberId, PointId, RoleId
from bot.core.points import Point, PointStatus
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices
from bot.services import cases, digests
from bot.services.critiques import check, check_open
from bot.services.desk import Desk
from bot.services.points import known
from bot.storage import critiques as stored_critiques
from bot.storage import deliveries as stored_deliveries
from bot.storage import officials as stored
from bot.storage import points as stored_points
from bot.storage.database import Tx

STANDING = (PointStatus.OPEN, PointStatus.VOTE_ONLY)


async def name(
    desk: Desk, actor: Actor, choices: Choices, which: CritiqueId, member: MemberId | None, role: RoleId | None
) -> Critique:
    """Names who may answer the critique's points: a member, a team, both or nobody. Raises Refusal."""
    check(actor, Act.NAME_AUTHOR, choices)
    async with desk.db.write() as tx:
        critique = await stored_critiques.critique(tx, which)
        if critique.guild != actor.guild:
            raise Refusal(Code.STATE_CHANGED)
        check_open(critique, Act.NAME_AUTHOR)
        await stored.name(tx, which, member, role)
        await cases.record(desk, tx, critique, actor, CaseAct.NAME_AUTHOR, Why())
        return await stored_critiques.critique(tx, which)


async def to_answer(desk: Desk, actor: Actor, choices: Choices, which: PointId) -> Point:
    """The point that the actor may answer officially now. Raises Refusal."""
    async with desk.db.read() as tx:
        point, _critique = await _answerable(tx, actor, choices, which)
        return point


async def open_to(desk: Desk, actor: Actor, found: Iterable[Point]) -> list[Point]:
    """Those of the points that the actor was named to answer."""
    async with desk.db.read() as tx:
        return [point for point in found if _is_named(actor, await stored_critiques.critique(tx, point.critique))]


def _is_named(actor: Actor, critique: Critique) -> bool:
    return critique.answerer == actor.id or critique.answerer_role in actor.roles


async def answer(desk: Desk, actor: Actor, choices: Choices, which: PointId, text: str) -> Point:
    """Answers the point officially, in place of an earlier answer; with nothing, removes that. Raises Refusal."""
    async with desk.db.write() as tx:
        point, critique = await _answerable(tx, actor, choices, which)
        said = text.strip()
        if not said and point.official is None:
            raise Refusal(Code.NO_WORDS)
        await stored.save(tx, which, said, actor.id, desk.clock())
        shown = owed.show_official(critique.guild, which, critique.home)
        await stored_deliveries.owe(tx, shown, desk.clock())
        await digests.owe(desk, tx, critique.id)
        return await stored_points.point(tx, which)


async def _answerable(tx: Tx, actor: Actor, choices: Choices, which: PointId) -> tuple[Point, Critique]:
    point, critique = await known(tx, actor.guild, which)
    if point.status not in STANDING:
        raise Refusal(Code.STATE_CHANGED)
    check(actor, Act.ANSWER_OFFICIALLY, choices, own=_is_named(actor, critique))
    check_open(critique, Act.ANSWER_OFFICIALLY)
    return point, critique
