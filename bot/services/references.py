"""References: taken with the message that makes them, told in the points' threads, followed when it changes.

1. What is referred to and what is owed for it are one transaction with the reading of the message.
2. A point's own thread refers to nothing there: what is said in it is said about the point already.
"""

from collections.abc import Collection

from bot.core import deliveries as owed
from bot.core import points
from bot.core.additions import Heard
from bot.core.critiques import Critique
from bot.core.ids import CritiqueId, MessageId, PointId
from bot.core.references import Reference, batch_for
from bot.services.desk import Desk
from bot.storage import critiques as stored_critiques
from bot.storage import deliveries as stored_deliveries
from bot.storage import points as stored_points
from bot.storage import references as stored
from bot.storage.database import Tx


async def take(desk: Desk, tx: Tx, heard: Heard, critique: Critique, labels: Collection[str]) -> None:
    """The message refers to these labels of the critique now, and to no others."""
    now, before = desk.clock(), await stored.of_message(tx, heard.message)
    wanted = await _points(tx, critique, labels, heard) if labels else set[PointId]()
    for point in sorted(wanted - before.keys()):
        batch = batch_for(point, await stored.last(tx, point), now, desk.pace.digest_gathers)
        await stored.save(tx, batch, Reference(heard.message, heard.channel))
        tell = owed.show_references(critique.guild, point, batch.number, critique.home)
        await stored_deliveries.owe(tx, tell, batch.due_at)
    for point in sorted(before.keys() - wanted):
        await _drop(desk, tx, point, heard.message)


async def drop(desk: Desk, tx: Tx, messages: Collection[MessageId]) -> None:
    """The messages are gone."""
    for message in sorted(await stored.any_of(tx, messages)):
        for point in await stored.of_message(tx, message):
            await _drop(desk, tx, point, message)


async def _drop(desk: Desk, tx: Tx, which: PointId, message: MessageId) -> None:
    batch = (await stored.of_message(tx, message))[which]
    await stored.drop(tx, which, message)
    point = await stored_points.point(tx, which)
    critique = await stored_critiques.critique(tx, point.critique)
    shown = owed.show_references(critique.guild, which, batch.number, critique.home)
    await stored_deliveries.owe(tx, shown, max(desk.clock(), batch.due_at))


async def _points(tx: Tx, critique: Critique, labels: Collection[str], heard: Heard) -> set[PointId]:
    found = points.labelled(await stored_points.of_critique(tx, critique.id), labels)
    return {point.id for point in found if not point.is_gone and point.is_listed and point.thread != heard.channel}


async def of_critique(desk: Desk, which: CritiqueId) -> list[tuple[MessageId, PointId]]:
    """Which messages refer to which points of the critique."""
    async with desk.db.read() as tx:
        return await stored.of_critique(tx, which)
