"""Changing a point's words: its author's own addition, or any point by a moderator.

1. What it said before is kept, with its votes. A moderator's change is a case, and is marked at the point.
2. A material change asks voters again: the point's revision is raised, and its reactions are cleared and seeded anew.
3. A form knows how often the point was changed when it was shown; one that is older is refused, so that nobody
   overwrites what they have not read.
"""

from dataclasses import replace
from datetime import datetime

from bot.core import deliveries as owed
from bot.core.acts import Act, Actor
from bot.core.cases import CaseAct, Why
from bot.core.critiques import Critique
from bot.core.ids import MemberId, PointId
from bot.core.points import Origin, Point, PointStatus
from bot.core.refusals import Code, Refusal
from bot.core.revisions import LONGEST, Asking, Revision, is_material
from bot.core.servers import Choices
from bot.core.titles import title_of
from bot.core.votes import Tally
from bot.services import cases, claims, digests, moderation, mutes
from bot.services.critiques import check, check_open
from bot.services.desk import Desk
from bot.services.points import known
from bot.storage import cases as stored_cases
from bot.storage import critiques as stored_critiques
from bot.storage import deliveries as stored_deliveries
from bot.storage import points as stored_points
from bot.storage import revisions as stored
from bot.storage.database import Tx

_STANDING = (PointStatus.OPEN, PointStatus.VOTE_ONLY)


async def to_edit(desk: Desk, actor: Actor, choices: Choices, which: PointId) -> tuple[Point, int]:
    """The point whose words the actor may change now, and how often they were changed. Raises Refusal."""
    async with desk.db.read() as tx:
        point, _critique = await _editable(tx, actor, choices, which)
        return point, await stored.count(tx, which)


async def edit(
    desk: Desk,
    actor: Actor,
    choices: Choices,
    which: PointId,
    title: str,
    text: str,
    *,
    edition: int,
    asking: Asking = Asking.BY_ITSELF,
) -> tuple[Point, bool]:
    """Changes the point's words, and gives it back, with whether its voters are asked again. Raises Refusal."""
    async with desk.db.write() as tx:
        point, critique = await _editable(tx, actor, choices, which)
        if await stored.count(tx, which) != edition:
            raise Refusal(Code.EDITED_MEANWHILE, label=point.name)
        title, text = worded(title, text)
        if (title, text) == (point.title, point.text):
            return point, False
        if is_own(actor, point):
            await _check_own(desk, tx, actor, critique, text)
            return await change_own(desk, tx, critique, point, (title, text), actor.id, desk.clock())
        asks = _asks(point, title, text, asking)
        await save(desk, tx, actor, critique, point, title, text, asks=asks)
        await _owe(desk, tx, critique, point, asks=asks)
        return await stored_points.point(tx, which), asks


async def change_own(
    desk: Desk, tx: Tx, critique: Critique, point: Point, words: tuple[str, str], author: MemberId, at: datetime
) -> tuple[Point, bool]:
    """The author's new title and text are the point's; gives it back, with whether its voters are asked again."""
    title, text = words
    asks = _asks(point, title, text, Asking.BY_ITSELF)
    await stored.save(tx, point, author, at, by_moderator=False, asked_again=asks)
    await stored.save_words(tx, point.id, title, text, by_moderator=False)
    await _owe(desk, tx, critique, point, asks=asks)
    return await stored_points.point(tx, point.id), asks


def worded(title: str, text: str) -> tuple[str, str]:
    """The title and text that were typed, as they are stored. Raises Refusal where there are no words."""
    text = text.strip()
    if not title_of(text):
        raise Refusal(Code.NO_WORDS)
    return title.strip() or title_of(text), text


async def save(
    desk: Desk, tx: Tx, actor: Actor, critique: Critique, point: Point, title: str, text: str, *, asks: bool
) -> None:
    """Keeps what the point said before; its words are these now. Somebody else's change is a case, and is marked."""
    own = is_own(actor, point)
    await stored.save(tx, point, actor.id, desk.clock(), by_moderator=not own, asked_again=asks)
    if not own:
        await cases.record(desk, tx, critique, actor, CaseAct.REWORD, Why(), point)
    await stored.save_words(tx, point.id, title, text, by_moderator=not own)


async def _check_own(desk: Desk, tx: Tx, actor: Actor, critique: Critique, text: str) -> None:
    """An author's new words go through the phases that look at words; what these would hold, a moderator changes."""
    await mutes.check(desk, tx, actor)
    verdict = await moderation.judge_words(tx, critique, actor.id, text, joined_at=actor.joined_at, at=desk.clock())
    if verdict.refuses:
        raise claims.refusal(verdict)
    if verdict.holds:
        raise Refusal(Code.EDIT_HELD)


def is_own(actor: Actor, point: Point) -> bool:
    """Whether the point is the actor's own addition."""
    return point.origin is Origin.ADDITION and point.author == actor.id


async def history(desk: Desk, which: PointId) -> tuple[Point, list[Revision]]:
    """The point, and what it said before since it is public, newest first; with no votes in a blind critique.

    Raises Refusal where its words are not to be shown.
    """
    async with desk.db.read() as tx:
        point = await stored_points.point(tx, which)
        if point.is_gone or not point.is_listed:
            raise Refusal(Code.STATE_CHANGED)
        public = await stored_cases.last_at(tx, which, CaseAct.APPROVE)
        known = [each for each in await stored.of_point(tx, which) if public is None or each.at > public]
        blind = (await stored_critiques.critique(tx, point.critique)).blind
        return point, [replace(each, tally=Tally()) for each in known] if blind else known


def _asks(point: Point, title: str, text: str, asking: Asking) -> bool:
    if point.message is None or asking is Asking.NOBODY:  # nobody has seen it
        return False
    return asking is Asking.AGAIN or is_material(f"{point.title}\n{point.text}", f"{title}\n{text}")


async def _owe(desk: Desk, tx: Tx, critique: Critique, point: Point, *, asks: bool) -> None:
    now = desk.clock()
    if asks:
        await stored.ask_again(tx, critique.id, point)
    await stored_deliveries.owe(tx, owed.show_point(critique.guild, point.id, critique.home), now)
    if asks and point.thread is not None:
        told = owed.tell_reworded(critique.guild, point.id, point.thread, point.revision + 1)
        await stored_deliveries.owe(tx, told, now)
    await digests.owe(desk, tx, critique.id)


async def _editable(tx: Tx, actor: Actor, choices: Choices, which: PointId) -> tuple[Point, Critique]:
    point, critique = await known(tx, actor.guild, which)
    if point.status not in _STANDING:
        raise Refusal(Code.STATE_CHANGED)
    check(actor, Act.EDIT_POINT, choices, own=is_own(actor, point))
    check_open(critique, Act.EDIT_POINT)
    if len(point.text) > LONGEST:
        raise Refusal(Code.TOO_LONG_TO_EDIT, label=point.name, size=len(point.text), limit=LONGEST)
    return point, critique
