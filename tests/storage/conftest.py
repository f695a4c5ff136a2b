"""A database in a file of its own, and a critique of three points to store things about."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.critiques import Draft
from bot.core.ids import ChannelId, CritiqueId, DraftId, GuildId, MemberId
from bot.core.outlines import Outline, OutlinePoint
from bot.storage import critiques, points
from bot.storage.database import Database
from tests.conftest import new_database

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    path = tmp_path / "bot.db"
    path.write_bytes(new_database())
    database = await Database.open(path)
    yield database
    await database.close()


@pytest.fixture
async def critique(db: Database) -> CritiqueId:
    outline = Outline("Tea", "", tuple(OutlinePoint(str(n), f"Title {n}", f"Text {n}") for n in (1, 2, 3)))
    draft = Draft(DraftId(1), GuildId(1), ChannelId(10), MemberId(5), outline)
    async with db.write() as tx:
        saved = await critiques.save_critique(
            tx,
            draft,
            digest_channel=ChannelId(11),
            emoji=("👍", "👎"),
            next_label=4,
            opened_by=MemberId(5),
            at=NOON,
        )
        await points.save_originals(tx, saved, outline.points, NOON)
    return saved
