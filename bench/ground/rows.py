"""What the bot has stored of critiques that stand: the same rows as if it had posted and counted them itself."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Table

from bench.ground.critiques import Posted
from bot.core.critiques import Critique
from bot.core.pages import fingerprint
from bot.core.points import Point
from bot.core.votes import Source
from bot.display.deliveries import digest_pages, lobby_pages, point_pages
from bot.storage import tables
from bot.storage.database import Database, Tx
from bot.storage.facts import VOTE_ORDER, save_fact

Row = dict[str, Any]


async def save(database: Database, every: Sequence[Posted], now: datetime) -> None:
    """Saves the critiques into a database that has none yet; the bot has joined their servers by `now`."""
    async with database.write() as tx:
        servers = {posted.critique.guild: None for posted in every}
        await _insert(tx, tables.servers, [{"guild_id": guild, "joined_at": now} for guild in servers])
        await _insert(tx, tables.critiques, [_critique(posted.critique) for posted in every])
        await _insert(tx, tables.points, [_point(point) for posted in every for point in posted.points])
        await _insert(tx, tables.pages, [page for posted in every for page in _pages(posted)])
        await _save_votes(tx, every)


async def _save_votes(tx: Tx, every: Sequence[Posted]) -> None:
    held = [(each, posted.critique.opened_at) for posted in every for each in _holds(posted)]
    for order, (hold, _) in enumerate(held, 1):
        hold["seen"] = order
    await _insert(tx, tables.holds, [hold for hold, _ in held])
    await _insert(tx, tables.history, [_moved(hold, at) for hold, at in held])
    tallies = [(which, tally) for posted in every for which, tally in posted.tallies.items()]
    await _insert(
        tx,
        tables.tallies,
        [{"point_id": which, "agree": it.agree, "disagree": it.disagree, "unsure": 0} for which, it in tallies],
    )
    await _insert(tx, tables.voters, [voter for posted in every for voter in _voters(posted)])
    await save_fact(tx, VOTE_ORDER, str(len(held)))


async def _insert(tx: Tx, table: Table, rows: Sequence[Row]) -> None:
    if rows:
        await tx.execute(table.insert(), rows)


def _critique(it: Critique) -> Row:
    row = asdict(it)
    renamed = {"guild": "guild_id", "home": "home_channel_id", "digest_channel": "digest_channel_id"}
    for name, column in {**renamed, "lobby": "lobby_id"}.items():
        row[column] = row.pop(name)
    return {**row, "introduction": "", "closing": ""}


def _point(it: Point) -> Row:
    row = asdict(it)
    for name in ("critique", "author", "message", "thread"):
        row[f"{name}_id"] = row.pop(name)
    del row["channel"]
    return row


def _pages(posted: Posted) -> Iterator[Row]:
    critique = posted.critique
    if critique.lobby is not None:
        yield _page(lobby_pages(critique.id), 0, critique.lobby, critique.lobby, posted.lobby)
    for point in posted.points:
        yield _page(point_pages(point.id), 0, point.channel, point.message or 0, posted.texts[point.id])
    where = critique.lobby or critique.digest_channel
    for number, (message, text) in enumerate(posted.digest):
        yield _page(digest_pages(critique.id), number, where, message, text)


def _page(target: str, number: int, channel: int, message: int, text: str) -> Row:
    return {
        "target": target,
        "page": number,
        "channel_id": channel,
        "message_id": message,
        "shown": fingerprint(text),
    }


def _holds(posted: Posted) -> Iterator[Row]:
    for which, votes in posted.votes.items():
        for member, side in votes.items():
            yield {"point_id": which, "revision": 1, "member_id": member, "side": side, "eligible": True}


def _moved(hold: Row, at: datetime) -> Row:
    whose = {name: hold[name] for name in ("point_id", "revision", "member_id")}
    return {**whose, "before": None, "after": hold["side"], "source": Source.REACTION, "at": at}


def _voters(posted: Posted) -> Iterator[Row]:
    stances: dict[int, int] = {}
    for votes in posted.votes.values():
        for member in votes:
            stances[member] = stances.get(member, 0) + 1
    for member, count in stances.items():
        yield {"critique_id": posted.critique.id, "member_id": member, "stances": count}
