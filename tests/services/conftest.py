"""A desk whose clock stands still until it is moved, and a critique opened on it."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event, text

from bot.core.acts import Actor
from bot.core.additions import Heard
from bot.core.critiques import Critique, CritiqueStatus, HomeKind
from bot.core.ids import ChannelId, CritiqueId, DraftId, GuildId, MemberId, MessageId, PointId, RoleId
from bot.core.points import Point
from bot.core.servers import Choices
from bot.services import critiques, drafts, lobby
from bot.services.deliveries import Ledger
from bot.services.desk import Desk
from bot.storage import critiques as stored_critiques
from bot.storage import points as stored_points
from bot.storage.database import Database
from tests.conftest import new_database

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
GUILD, HOME = GuildId(1), ChannelId(10)
MODERATORS = RoleId(3)
CHOICES = Choices(moderator_roles=frozenset({MODERATORS}))
MODERATOR = Actor(MemberId(5), GUILD, frozenset({MODERATORS}))
MEMBER = Actor(MemberId(6), GUILD, frozenset())
TEN = "Tea rooms\n\n" + "\n\n".join(f"{n}. Reason {'abcdefghij'[n - 1]} is a reason of its own." for n in range(1, 11))


class Clock:
    """The time, moved by hand."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def move(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class Compute:
    """Runs the work at once, and counts it."""

    def __init__(self) -> None:
        self.calls = 0

    async def __call__(self, work: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        self.calls += 1
        return work(*args, **kwargs)


class Room:
    """A desk, and short words for what the tests do and look at."""

    def __init__(self, db: Database) -> None:
        self.clock = Clock()
        self.compute = Compute()
        self.desk = Desk(db, self.clock, self.compute)
        self.to_read: list[PointId] = []
        self.to_read_anew: list[GuildId] = []
        self.ledger = Ledger(self.desk, self.to_read.append, self.to_read_anew.append)
        self._messages = 1000
        self.commits = 0
        event.listen(db._writer.sync_engine, "commit", self._count)

    def _count(self, _connection: Connection) -> None:
        self.commits += 1

    async def draft(self, text: str = TEN, *, home: ChannelId = HOME, kind: HomeKind = HomeKind.TEXT) -> DraftId:
        return (await drafts.read(self.desk, MODERATOR, CHOICES, home=home, kind=kind, document=text)).id

    async def open(self, text: str = TEN, *, home: ChannelId = HOME, kind: HomeKind = HomeKind.TEXT) -> Critique:
        """A confirmed critique, whose words are those of no other that is open there."""
        async with self.desk.db.read() as tx:
            text += "!" * len(await stored_critiques.open_in(tx, home))
        await critiques.confirm(self.desk, MODERATOR, CHOICES, await self.draft(text, home=home, kind=kind), 0)
        async with self.desk.db.read() as tx:
            return (await stored_critiques.open_in(tx, home))[-1]

    async def post_in_forum(self, critique: Critique) -> list[Point]:
        """Its points as if all were posted in a forum: post 200 + id; the post to add in is 199."""
        async with self.desk.db.write() as tx:
            await stored_critiques.save_lobby(tx, critique.id, ChannelId(199))
            for point in await stored_points.of_critique(tx, critique.id):
                await stored_points.save_message(tx, point.id, MessageId(200 + point.id))
                await stored_points.save_thread(tx, point.id, ChannelId(200 + point.id))
        return await self.points(critique.id)

    async def close(self, critique: Critique) -> None:
        """The critique is closed."""
        async with self.desk.db.write() as tx:
            await stored_critiques.save_status(tx, critique.id, CritiqueStatus.CLOSED)

    async def only(self) -> Critique:
        """The critique that is open in the home."""
        async with self.desk.db.read() as tx:
            (critique,) = await stored_critiques.open_in(tx, HOME)
        return critique

    async def post(self, critique: Critique) -> list[Point]:
        """Its points as if all were posted: message 100 + id, thread 200 + id."""
        async with self.desk.db.write() as tx:
            for point in await stored_points.of_critique(tx, critique.id):
                await stored_points.save_message(tx, point.id, MessageId(100 + point.id))
                await stored_points.save_thread(tx, point.id, ChannelId(200 + point.id))
        return await self.points(critique.id)

    def said(
        self,
        text: str,
        *,
        by: int = 50,
        channel: int = HOME,
        parent: int | None = None,
        message: int | None = None,
        after: float = 0,
        title: str = "",
    ) -> Heard:
        """A message, `after` seconds from now."""
        self._messages += 1
        return Heard(
            guild=GUILD,
            channel=ChannelId(channel),
            parent=None if parent is None else ChannelId(parent),
            message=MessageId(message or self._messages),
            author=MemberId(by),
            text=text,
            at=self.clock.now + timedelta(seconds=after),
            title=title,
        )

    async def hear(self, *events: Heard) -> None:
        assert await lobby.hear(self.desk, events) == ()

    async def points(self, critique: CritiqueId) -> list[Point]:
        async with self.desk.db.read() as tx:
            return await stored_points.of_critique(tx, critique)

    async def additions(self, critique: CritiqueId) -> list[Point]:
        return [point for point in await self.points(critique) if point.origin == "addition"]

    async def rows(self, query: str) -> list[Any]:
        async with self.desk.db.read() as tx:
            return list((await tx.execute(text(query))).all())

    async def owed(self, kind: str) -> list[Any]:
        """What waits of one kind, oldest first: the rows."""
        waiting = await self.rows("SELECT * FROM deliveries WHERE ended_at IS NULL ORDER BY id")
        return [row for row in waiting if row.kind == kind]


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    path = tmp_path / "bot.db"
    path.write_bytes(new_database())
    database = await Database.open(path)
    yield Room(database)
    await database.close()
