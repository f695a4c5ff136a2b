"""What the database says of itself, for whoever asks how the bot is."""

from bot.core.examinations import Books
from bot.services.desk import Desk
from bot.storage import examinations as stored


async def books(desk: Desk) -> Books:
    """Its size, what waits in it, and so on. Raises DatabaseUnusable where it cannot be read."""
    async with desk.db.read() as tx:
        return await stored.books(desk.db, tx, desk.clock())


async def writable(desk: Desk) -> None:
    """Returns where the database can be written to. Raises DatabaseUnusable where it cannot."""
    async with desk.db.write():
        pass


def schema() -> str:
    """The schema of the database that this version works with."""
    return stored.schema()
