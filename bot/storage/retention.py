"""For how long each server keeps what, and what is older."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, delete, func, or_, select, update

from bot.core.ids import GuildId
from bot.core.retention import Retention
from bot.storage.database import Tx, insert
from bot.storage.tables import cases, critiques, history, points, servers

_WORDS = ("words", "appeal", "answer")


async def of(tx: Tx, guild: GuildId) -> Retention:
    """What the server has chosen."""
    query = select(servers.c.retention).where(servers.c.guild_id == guild)
    return _retention((await tx.execute(query)).scalar_one_or_none())


async def all_of(tx: Tx) -> list[tuple[GuildId, Retention]]:
    """The servers that have chosen anything."""
    query = select(servers.c.guild_id, servers.c.retention)
    found = [(GuildId(row.guild_id), _retention(row.retention)) for row in await tx.execute(query)]
    return [(guild, chosen) for guild, chosen in found if chosen.chosen_at is not None]


async def save(tx: Tx, guild: GuildId, chosen: Retention, at: datetime) -> None:
    """Saves the choice; `at` is when it was made, and when a server that was not known was joined."""
    values = {"retention": {"history": chosen.history, "cases": chosen.cases, "at": at.isoformat()}}
    row = insert(servers).values(guild_id=guild, joined_at=at, **values)
    await tx.execute(row.on_conflict_do_update(index_elements=["guild_id"], set_=values))


async def any_history_before(tx: Tx, guild: GuildId, before: datetime) -> bool:
    """Whether any change of a vote on the server is older."""
    return (await tx.execute(_history(guild, before).limit(1))).scalar_one_or_none() is not None


async def drop_history_before(tx: Tx, guild: GuildId, before: datetime, limit: int) -> bool:
    """Forgets so many changes of votes that are older; whether there was none more."""
    its = _history(guild, before).limit(limit)
    return (await tx.execute(delete(history).where(history.c.id.in_(its)))).rowcount < limit


async def any_words_before(tx: Tx, guild: GuildId, before: datetime) -> bool:
    """Whether anything is written in a case of the server's that is older."""
    query = select(cases.c.id).where(*_worded(guild, before)).limit(1)
    return (await tx.execute(query)).scalar_one_or_none() is not None


async def drop_words_before(tx: Tx, guild: GuildId, before: datetime) -> None:
    """Empties what is written in older cases; that somebody appealed, and what became of it, stays."""
    emptied = {name: case((cases.c[name].is_not(None), ""), else_=None) for name in _WORDS}
    await tx.execute(update(cases).where(*_worded(guild, before)).values(emptied))


def _history(guild: GuildId, before: datetime) -> Select[Any]:
    its = select(points.c.id).join(critiques, critiques.c.id == points.c.critique_id)
    its = its.where(critiques.c.guild_id == guild)
    return select(history.c.id).where(history.c.point_id.in_(its), history.c.at < before)


def _worded(guild: GuildId, before: datetime) -> tuple[ColumnElement[bool], ...]:
    """Cases with words in them that are over: nobody waits for an answer."""
    waits = and_(cases.c.appeal.is_not(None), cases.c.answered_at.is_(None))
    anything = or_(*(func.coalesce(cases.c[name], "") != "" for name in _WORDS))
    return cases.c.guild_id == guild, func.coalesce(cases.c.answered_at, cases.c.at) < before, ~waits, anything


def _retention(stored: dict[str, Any] | None) -> Retention:
    if not stored:
        return Retention()
    return Retention(stored["history"], stored["cases"], datetime.fromisoformat(stored["at"]))
