"""What the database says of itself, for whoever asks how the bot is."""

from bot.core.examinations import Books
from bot.services.desk import Desk
from bot.storage import examinations as stored
from bot.storage import soundness
from bot.storage.database import DatabaseUnusable as DatabaseUnusable

_LOOKED_THROUGH = 5.0  # seconds


async def books(desk: Desk) -> Books:
    """Its size, what waits in it, and so on. Raises DatabaseUnusable where it cannot be read."""
    async with desk.db.read() as tx:
        return await stored.books(desk.db, tx, desk.clock())


async def writable(desk: Desk) -> None:
    """Returns where the database can be written to. Raises DatabaseUnusable where it cannot."""
    async with desk.db.write():
        pass


async def sound(desk: Desk) -> None:
    """Returns where the file hangs together, as far as a few seconds show. Raises DatabaseUnusable."""
    await soundness.check(desk.db.path, _LOOKED_THROUGH)


def ailment(desk: Desk) -> DatabaseUnusable | None:
    """What keeps the database from being written to now."""
    return desk.db.ailment


def schema() -> str:
    """The schema of the database that this version works with."""
    return stored.schema()
