"""The running digest: what it shows, and when it is shown anew."""

from bot.core import deliveries as owed
from bot.core import digests
from bot.core.digests import Digest
from bot.core.ids import CritiqueId
from bot.services.desk import Desk
from bot.storage import critiques as stored_critiques
from bot.storage import deliveries as stored_deliveries
from bot.storage import points as stored_points
from bot.storage.database import Tx


async def read(desk: Desk, critique: CritiqueId) -> Digest:
    """Where the debate stands now."""
    async with desk.db.read() as tx:
        return Digest(
            critique=await stored_critiques.critique(tx, critique),
            lines=digests.in_order([line for line in await stored_points.lines(tx, critique) if line.point.is_listed]),
            people=await stored_critiques.people(tx, critique),
        )


async def owe(desk: Desk, tx: Tx, critique: CritiqueId) -> None:
    """What the digest shows has changed: it is edited soon, and no sooner after the last time than it may."""
    which = await stored_critiques.critique(tx, critique)
    due = desk.clock() + desk.pace.digest_gathers
    if which.digest_edited_at is not None:
        due = max(due, which.digest_edited_at + desk.pace.digest_every)
    await stored_deliveries.owe(tx, owed.show_digest(which.guild, critique), due)
