"""What becomes of arguments once they stand: a side chosen, words edited, taken away, brought back.

1. A side is chosen once, by the author or a moderator, for all that is undecided of one message; "neither" takes those
   away.
2. An edit of the message changes what the argument says, and its side where the words name one; never that it is one.
   Words that would have to wait for a moderator change nothing.
3. An argument goes with its message, and who backed it with it. One that a moderator took away keeps its backing: an
   appeal that is granted brings back the very same.
"""

from collections.abc import Sequence

from bot.core import deliveries as owed
from bot.core.acts import Act, Actor
from bot.core.additions import Retyped
from bot.core.arguments import Argument, ArgumentStatus, Side, TypedArgument
from bot.core.cases import Case, CaseAct, Why
from bot.core.critiques import Critique, CritiqueStatus
from bot.core.ids import ArgumentId, CaseId, MessageId
from bot.core.points import Point
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices
from bot.services import cases, moderation
from bot.services.arguments import clear_question, found, owe_shown
from bot.services.critiques import check, check_open
from bot.services.desk import Desk
from bot.services.points import known
from bot.storage import additions as stored_additions
from bot.storage import arguments as stored
from bot.storage import critiques as stored_critiques
from bot.storage import deliveries as stored_deliveries
from bot.storage import points as stored_points
from bot.storage.database import Tx


async def choose_side(
    desk: Desk, actor: Actor, choices: Choices, which: ArgumentId, side: Side | None
) -> tuple[Argument, Point]:
    """Gives the argument, and what else is undecided of its message, the side; None: it is none. Raises Refusal."""
    async with desk.db.write() as tx:
        argument, point, critique = await _removable(tx, actor, choices, which)
        if argument.side is not None:
            raise Refusal(Code.DECIDED)
        for each in await _undecided(tx, argument):
            if argument.author != actor.id:
                case = await _write_case(desk, tx, actor, CaseAct.SIDE if side else CaseAct.UNARGUE, Why(), each)
                await stored.save_case(tx, each.id, None if side else case)
            if side is None:
                await _take_away(desk, tx, critique, each)
            else:
                await stored.save_side(tx, each.id, side)
                await owe_shown(desk, tx, critique, each)
        await clear_question(desk, tx, critique, argument)
        return await found(tx, which), point


async def to_remove(desk: Desk, actor: Actor, choices: Choices, which: ArgumentId) -> tuple[Argument, Point]:
    """The argument, which the actor may take away now. Raises Refusal."""
    async with desk.db.read() as tx:
        argument, point, _critique = await _removable(tx, actor, choices, which)
        return argument, point


async def remove(desk: Desk, actor: Actor, choices: Choices, which: ArgumentId, why: Why) -> tuple[Argument, Point]:
    """Takes the argument away: its author's own act, or a moderator's, which is a case. Raises Refusal."""
    async with desk.db.write() as tx:
        argument, point, critique = await _removable(tx, actor, choices, which)
        if argument.author == actor.id:
            await stored.drop_backings(tx, which)
        else:
            await stored.save_case(tx, which, await _write_case(desk, tx, actor, CaseAct.UNARGUE, why, argument))
        await _take_away(desk, tx, critique, argument)
        return argument, point


async def restore(desk: Desk, tx: Tx, case: Case) -> None:
    """Brings back the argument that the case took away. Raises Refusal where it cannot be."""
    argument = await stored.taken_away_by(tx, case.id)
    if argument is None:
        raise Refusal(Code.CANNOT_GRANT)
    point = await stored_points.point(tx, argument.point)
    critique = await stored_critiques.critique(tx, point.critique)
    if critique.status is not CritiqueStatus.OPEN:
        raise Refusal(Code.CANNOT_GRANT)
    await stored.save_status(tx, argument.id, ArgumentStatus.LIVE)
    await owe_shown(desk, tx, critique, argument)


async def retype(desk: Desk, tx: Tx, retyped: Retyped, readings: Sequence[TypedArgument]) -> None:
    """Takes up what a message says now, where arguments stand in it (rule 2)."""
    said = retyped.said
    filed = [each for each in await stored.of_message(tx, said.message) if each.is_live and each.author == said.author]
    if not filed or not said.text.strip():
        return
    point = await stored_points.point(tx, filed[0].point)
    critique = await stored_critiques.critique(tx, point.critique)
    words = await moderation.judge_words(tx, critique, said.author, said.text, joined_at=said.joined_at, at=said.at)
    if critique.status is not CritiqueStatus.OPEN or words.holds or words.refuses:
        return
    read = _read_anew(filed, said.text, readings)
    for each in filed:
        if each.ordinal in read:
            await _say(desk, tx, critique, each, read[each.ordinal], retyped)
    await clear_question(desk, tx, critique, filed[0])


def _read_anew(filed: Sequence[Argument], text: str, readings: Sequence[TypedArgument]) -> dict[int, TypedArgument]:
    """What the message says now of each of its arguments, by their place in it; nothing where that cannot be told."""
    ordinals = sorted({each.ordinal for each in filed})
    if len(readings) == len(ordinals):
        return dict(zip(ordinals, readings, strict=True))
    return {ordinals[0]: TypedArgument((), None, text.strip())} if len(ordinals) == 1 else {}


async def _say(
    desk: Desk, tx: Tx, critique: Critique, argument: Argument, now: TypedArgument, retyped: Retyped
) -> None:
    changed = await stored.edited_at(tx, argument.id)
    if changed is not None and changed >= retyped.at:
        return
    side = now.side or argument.side
    if (now.text, side) == (argument.text, argument.side):
        return
    await stored.save_text(tx, argument.id, now.text, retyped.at)
    if side is not None:
        await stored.save_side(tx, argument.id, side)
    await owe_shown(desk, tx, critique, argument)


async def drop(desk: Desk, tx: Tx, messages: Sequence[MessageId]) -> None:
    """The messages are gone, and what was argued in them with them (rule 3)."""
    for each in await stored.of_messages(tx, messages):
        if each.message is not None:
            await stored.save_case(tx, each.id, None)
        if each.is_live:
            await stored.drop_backings(tx, each.id)
            point = await stored_points.point(tx, each.point)
            await _take_away(desk, tx, await stored_critiques.critique(tx, point.critique), each)


async def _removable(tx: Tx, actor: Actor, choices: Choices, which: ArgumentId) -> tuple[Argument, Point, Critique]:
    argument = await found(tx, which)
    point, critique = await known(tx, actor.guild, argument.point)
    check(actor, Act.REMOVE_ARGUMENT, choices, own=argument.author == actor.id)
    check_open(critique, Act.REMOVE_ARGUMENT)
    if not argument.is_live:
        raise Refusal(Code.ARGUMENT_GONE)
    return argument, point, critique


async def _undecided(tx: Tx, argument: Argument) -> list[Argument]:
    if argument.message is None:
        return [argument]
    return [each for each in await stored.of_message(tx, argument.message) if each.is_live and each.side is None]


async def _write_case(desk: Desk, tx: Tx, actor: Actor, act: CaseAct, why: Why, argument: Argument) -> CaseId:
    point = await stored_points.point(tx, argument.point)
    return await cases.record_about(
        desk, tx, actor, act, why, argument.author, critique=point.critique, point=argument.point
    )


async def _take_away(desk: Desk, tx: Tx, critique: Critique, argument: Argument) -> None:
    """It is shown no more; the message loses the bot's mark where nothing of it is on record any more."""
    await stored.save_status(tx, argument.id, ArgumentStatus.GONE)
    await owe_shown(desk, tx, critique, argument)
    if argument.message is None or argument.channel is None:
        return
    standing = [each for each in await stored.of_message(tx, argument.message) if each.is_live]
    if not standing and not await stored_additions.read_before(tx, argument.message):
        unmark = owed.unmark(critique.guild, argument.message, argument.channel)
        await stored_deliveries.owe(tx, unmark, desk.clock())
    await clear_question(desk, tx, critique, argument)
