"""The bot's database with a critique open and any number of votes stored, without a Discord: what its services cost.

`fill` writes in bulk what the services would have written vote by vote; a test holds one against the other.
"""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import ParamSpec, TypeVar

from bench.stage import document
from bot.core.acts import Actor
from bot.core.ids import ChannelId, GuildId, MemberId, MessageId, RoleId
from bot.core.points import Point
from bot.core.servers import AGREE, DISAGREE, Choices
from bot.core.votes import Reacted
from bot.services import critiques, drafts
from bot.services.desk import Desk
from bot.storage import critiques as stored_critiques
from bot.storage import points as stored_points
from bot.storage.database import Database

P = ParamSpec("P")
T = TypeVar("T")

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
GUILD, HOME = GuildId(1), ChannelId(10)
_CHOICES = Choices(moderator_roles=frozenset({RoleId(3)}))
_MODERATOR = Actor(MemberId(5), GUILD, frozenset({RoleId(3)}))
_FIRST_MESSAGE = 100
# Members' ids lie all over, as those of accounts of all ages do: a prime's multiples modulo a power of two.
_FIRST_MEMBER, _PRIME, _SPAN = 900_000_000_000_000_000, 2_654_435_761, 2**32


async def _at_once(work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    return work(*args, **kwargs)


@dataclass(frozen=True, slots=True)
class Books:
    """An open database, and the points of its one critique."""

    desk: Desk
    points: list[Point]

    def vote(self, number: int) -> Reacted:
        """The vote of that number, counted from 0: members come one after the other, and each votes on every point."""
        member, place = divmod(number, len(self.points))
        return Reacted(
            channel=HOME,
            message=MessageId(_FIRST_MESSAGE + self.points[place].id),
            member=MemberId(_FIRST_MEMBER + member * _PRIME % _SPAN),
            emoji=DISAGREE if number % 3 == 2 else AGREE,
            added=True,
        )

    async def close(self) -> None:
        """Closes the database."""
        await self.desk.db.close()


async def opened(path: Path, points: int) -> Books:
    """The books at the path; where there are none, a critique of so many points is opened in them, as if all stood."""
    desk = Desk(await Database.open(path), lambda: NOON, _at_once)
    if not await critiques.count_open(desk):
        draft = await drafts.read(desk, _MODERATOR, _CHOICES, home=HOME, document=document(points))
        await critiques.confirm(desk, _MODERATOR, _CHOICES, draft.id, 0)
    async with desk.db.write() as tx:
        (critique,) = await stored_critiques.open_in(tx, HOME)
        for point in await stored_points.of_critique(tx, critique.id):
            await stored_points.save_message(tx, point.id, MessageId(_FIRST_MESSAGE + point.id))
        return Books(desk, await stored_points.of_critique(tx, critique.id))


_FILL = """
CREATE TEMP TABLE cast_votes AS
WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < :votes)
SELECT n, p.id AS point_id, p.critique_id, :first + n / :points * :prime % :span AS member_id,
       iif(n % 3 = 2, -1, 1) AS side
FROM numbers JOIN points p ON p.position = n % :points;

INSERT INTO holds (point_id, revision, member_id, side, seen, eligible)
SELECT point_id, 1, member_id, side, n + 1, 1 FROM cast_votes ORDER BY n;

INSERT INTO history (point_id, revision, member_id, before, after, source, at)
SELECT point_id, 1, member_id, NULL, side, 'reaction', :at FROM cast_votes ORDER BY n;

INSERT INTO tallies (point_id, agree, disagree, unsure)
SELECT point_id, sum(side = 1), sum(side = -1), 0 FROM cast_votes GROUP BY point_id;

INSERT INTO voters (critique_id, member_id, stances)
SELECT critique_id, member_id, count(*) FROM cast_votes GROUP BY critique_id, member_id ORDER BY min(n);

INSERT INTO facts (name, value) VALUES ('vote-order', :votes);
"""


def fill(path: Path, votes: int, points: Sequence[Point]) -> None:
    """Stores votes 0 to `votes` in books that are closed, and hold none."""
    given = {
        "votes": votes,
        "points": len(points),
        "first": _FIRST_MEMBER,
        "prime": _PRIME,
        "span": _SPAN,
        "at": int(NOON.timestamp()) * 1_000_000,
    }
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA cache_size = -200000")
        for statement in _FILL.split(";\n"):
            connection.execute(statement, given)
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
