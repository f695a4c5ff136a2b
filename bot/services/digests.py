"""The running digest: what it shows, and when it is shown anew."""

from collections.abc import Iterable
from dataclasses import replace

from bot.core import deliveries as owed
from bot.core import digests
from bot.core.arguments import panel
from bot.core.digests import Digest, Line
from bot.core.ids import CritiqueId
from bot.services.desk import Desk
from bot.storage import arguments as stored_arguments
from bot.storage import critiques as stored_critiques
from bot.storage import deliveries as stored_deliveries
from bot.storage import points as stored_points
from bot.storage.database import Tx


async def read(desk: Desk, critique: CritiqueId) -> Digest:
    """Where the debate stands now."""
    async with desk.db.read() as tx:
        which = await stored_critiques.critique(tx, critique)
        return Digest(
            critique=which,
            lines=digests.in_order(await _argued(tx, critique, await stored_points.lines(tx, critique))),
            people=0 if which.hides_figures else await stored_critiques.people(tx, critique),
        )


async def _argued(tx: Tx, critique: CritiqueId, lines: Iterable[Line]) -> list[Line]:
    """Those that members see, with what is argued about each."""
    said = await stored_arguments.of_critique(tx, critique)
    listed = [line for line in lines if line.point.is_listed]
    return [replace(line, argued=panel(said[line.point.id])) if line.point.id in said else line for line in listed]


async def owe(desk: Desk, tx: Tx, critique: CritiqueId) -> None:
    """What the digest shows has changed: it is edited soon, and no sooner after the last time than it may."""
    which = await stored_critiques.critique(tx, critique)
    due = desk.clock() + desk.pace.digest_gathers
    if which.digest_edited_at is not None:
        due = max(due, which.digest_edited_at + desk.pace.digest_every)
    await stored_deliveries.owe(tx, owed.show_digest(which.guild, critique), due)
