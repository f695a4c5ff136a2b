"""All that is stored of one server, taken away piece by piece."""

from typing import Any

from sqlalchemy import Select, delete, or_, select, update

from bot.core.ids import CritiqueId, GuildId
from bot.storage.database import Tx
from bot.storage.tables import (
    arguments,
    backings,
    ballots,
    cases,
    claims,
    critiques,
    deliveries,
    drafts,
    excluded_votes,
    exclusions,
    followers,
    followings,
    follows,
    happenings,
    heard,
    history,
    holds,
    kept,
    leads,
    losses,
    member_notes,
    mutes,
    notices,
    officials,
    pages,
    point_references,
    points,
    replies,
    reports,
    revisions,
    servers,
    skips,
    sources,
    tallies,
    visits,
    voices,
    voters,
)


async def critiques_of(tx: Tx, guild: GuildId) -> list[CritiqueId]:
    """The server's critiques, in any state."""
    query = select(critiques.c.id).where(critiques.c.guild_id == guild)
    return [CritiqueId(which) for which in (await tx.execute(query)).scalars()]


async def drop_votes(tx: Tx, which: CritiqueId) -> None:
    """All votes in a critique: the most there is of it."""
    its = select(points.c.id).where(points.c.critique_id == which)
    for table in (excluded_votes, holds, ballots, skips, kept, history, tallies, leads):
        await tx.execute(delete(table).where(table.c.point_id.in_(its)))
    await tx.execute(delete(voters).where(voters.c.critique_id == which))


async def drop_rest(tx: Tx, guild: GuildId) -> None:
    """The server, and all that is left of it once its votes are gone."""
    its = select(critiques.c.id).where(critiques.c.guild_id == guild)
    of_points = select(points.c.id).where(points.c.critique_id.in_(its))
    await _drop_places(tx, guild, its)
    argued = select(arguments.c.id).where(arguments.c.point_id.in_(of_points))
    await tx.execute(delete(backings).where(backings.c.argument_id.in_(argued)))
    for table in (sources, replies, revisions, officials, arguments, point_references):
        await tx.execute(delete(table).where(table.c.point_id.in_(of_points)))
    told = select(reports.c.id).where(reports.c.guild_id == guild)
    await tx.execute(delete(voices).where(voices.c.report_id.in_(told)))
    for table in (followers, reports, deliveries, notices, mutes, exclusions, cases, member_notes):
        await tx.execute(delete(table).where(table.c.guild_id == guild))
    for table in (follows, happenings, visits):
        await tx.execute(delete(table).where(table.c.critique_id.in_(its)))
    await tx.execute(delete(followings).where(followings.c.critique_id.in_(its)))
    await tx.execute(delete(claims).where(claims.c.critique_id.in_(its)))
    await tx.execute(update(points).where(points.c.critique_id.in_(its)).values(root=None, group_id=None))
    await tx.execute(delete(points).where(points.c.critique_id.in_(its)))
    for table in (critiques, drafts, servers):
        await tx.execute(delete(table).where(table.c.guild_id == guild))


async def _drop_places(tx: Tx, guild: GuildId, its: Select[Any]) -> None:
    """The messages and channels: of what a page shows only its channel says whose it is."""
    of_points = points.c.critique_id.in_(its)
    places = [
        select(critiques.c.home_channel_id).where(critiques.c.guild_id == guild),
        select(critiques.c.digest_channel_id).where(critiques.c.guild_id == guild),
        select(critiques.c.lobby_id).where(critiques.c.guild_id == guild),
        select(points.c.thread_id).where(of_points),
        select(points.c.message_id).where(of_points),
        select(servers.c.moderators_channel_id).where(servers.c.guild_id == guild),
    ]
    for table, column in ((pages, pages.c.channel_id), (heard, heard.c.channel_id), (losses, losses.c.id)):
        await tx.execute(delete(table).where(or_(*(column.in_(place) for place in places))))
