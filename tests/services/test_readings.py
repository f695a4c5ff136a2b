"""The books of the reader: which point is to be read whole, and when."""

from bot.core.ids import PointId
from bot.services.gate import Gate
from bot.services.intake import Intake
from bot.services.readings import Books
from tests.services.conftest import GUILD, Room


async def _nothing(_events: object) -> tuple[()]:
    return ()


async def _audited(books: Books) -> list[PointId]:
    """The points whose turn it is to be read whole, one after the other, until none is due."""
    had: list[PointId] = []
    while (due := await books.audit([GUILD])) is not None:
        standing, turn = due
        await books.close(GUILD, turn)
        await books.audited(standing.votable.point)
        had.append(standing.votable.point)
    return had


async def test_after_a_reading_each_point_has_its_turn_anew_but_those_just_read_whole(room: Room) -> None:
    books = Books(room.desk, Gate(), Intake("votes", _nothing), Intake("lobby", _nothing))
    first, *others = [point.id for point in await room.post(await room.open())]
    await books.close(GUILD, books.turn(GUILD))
    assert await _audited(books) == [first, *others]
    await books.finish(GUILD, {}, [first])
    assert await _audited(books) == others
