"""What authors change where they typed it: a message that an addition stands in, edited in Discord.

1. The point says what the message says under the same number; that is a change of words like any other, which is kept,
   and asks voters again where it says something else. What waits for moderators is changed as it waits.
2. Nothing is added by an edit, and nothing taken back: a number that is new or gone changes nothing.
3. Where the words cannot be taken (the phases that look at words say no; the addition goes on over messages, or
   moderators changed its words), the point stays as it is, and its author is told so once.
4. An edit older than the point's last change is over: it may be read again after a gap.
"""

from collections.abc import Sequence

from bot.core import deliveries as owed
from bot.core.additions import Heard, Retyped
from bot.core.critiques import Critique, CritiqueStatus
from bot.core.ids import PointId
from bot.core.messages import Labels, read_additions
from bot.core.points import Point, PointStatus
from bot.core.titles import title_of
from bot.services import additions, moderation, revisions
from bot.services.critiques import LONGEST_POINT
from bot.services.desk import Desk
from bot.storage import additions as stored
from bot.storage import critiques as stored_critiques
from bot.storage import deliveries as stored_deliveries
from bot.storage import points as stored_points
from bot.storage import revisions as stored_revisions
from bot.storage.database import Tx

_STANDING = (PointStatus.OPEN, PointStatus.VOTE_ONLY, PointStatus.HELD)


async def hear(desk: Desk, tx: Tx, retyped: Retyped) -> None:
    """Takes up what a message says now, where additions stand in it."""
    said = retyped.said
    found = [await stored_points.point(tx, which) for which in await stored.points_of(tx, said.message)]
    points = [point for point in found if point.author == said.author and point.status in _STANDING]
    if not points:
        return
    critique = await stored_critiques.critique(tx, points[0].critique)
    if critique.status is not CritiqueStatus.OPEN:
        return
    for which, text in (await _texts(tx, critique, said, points)).items():
        point = await stored_points.point(tx, which)
        changed = await stored_revisions.last(tx, which)
        if text != point.text and (changed is None or changed < retyped.at):
            await _take(desk, tx, critique, point, retyped, text)


async def _texts(tx: Tx, critique: Critique, said: Heard, points: Sequence[Point]) -> dict[PointId, str]:
    """What the message says now of each point that it still speaks of."""
    numbers = [int(point.claimed_label or point.label) for point in points]
    originals, _recent = await stored.labels(tx, critique.id, said.at)
    found = list(read_additions(said.text, Labels(originals, min(numbers), frozenset(numbers))))
    if said.title:  # a post's number is its title's
        return {points[0].id: found[0].text if len(found) == 1 else said.text.strip()}
    texts: dict[PointId, str] = {}
    for point, number in zip(points, numbers, strict=True):
        meant = next((each for each in found if each.written == number), None)
        if meant is not None:
            found.remove(meant)
            texts[point.id] = meant.text
    return texts


async def _take(desk: Desk, tx: Tx, critique: Critique, point: Point, retyped: Retyped, text: str) -> None:
    said = retyped.said
    if not await _may_say(desk, tx, critique, point, said, text):
        keeps = owed.tell_kept(said.guild, said.message, said.channel, point.id)
        await stored_deliveries.owe(tx, keeps, desk.clock())
        return
    title = point.title if point.adopted else title_of(text)
    if point.is_held:  # kept, so that a moderator's form that was shown before is known to be older
        await stored_revisions.save(tx, point, said.author, retyped.at, by_moderator=False, asked_again=False)
        await stored_points.save_text(tx, point.id, text, title)
        await additions.owe_shown(desk, tx, critique, point)
    else:
        await revisions.change_own(desk, tx, critique, point, (title, text), said.author, retyped.at)


async def _may_say(desk: Desk, tx: Tx, critique: Critique, point: Point, said: Heard, text: str) -> bool:
    if point.reworded or not title_of(text) or len(text) > LONGEST_POINT:
        return False
    if len(await stored.messages_of(tx, point.id)) > 1:
        return False
    words = await moderation.judge_words(tx, critique, said.author, text, joined_at=said.joined_at, at=said.at)
    return not words.refuses and (not words.holds or point.is_held)
