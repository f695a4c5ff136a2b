"""What followers are told of: recorded with what happened, in its transaction, in one statement however many follow."""

from bot.core.follows import Happening, What
from bot.core.ids import CritiqueId, MemberId
from bot.core.points import Point
from bot.services.desk import Desk
from bot.storage import follows as stored
from bot.storage.database import Tx


async def happened(desk: Desk, tx: Tx, point: Point, what: What, member: MemberId | None) -> None:
    """Something has happened on the point; `member` is who did it, and is not told."""
    await stored.record(tx, Happening(point.critique, what, point, member), desk.clock())


async def digest_posted(desk: Desk, tx: Tx, critique: CritiqueId) -> None:
    """The critique's weekly digest was posted."""
    await stored.record(tx, Happening(critique, What.DIGEST), desk.clock())
