"""Who may add nothing for a time, by mark."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select

from bot.core.cases import CaseReason, Why
from bot.core.ids import CaseId, GuildId, MemberId
from bot.core.marks import Mark
from bot.core.mutes import Mute
from bot.storage import marks
from bot.storage.database import Tx, insert
from bot.storage.tables import cases, mutes


async def of(tx: Tx, guild: GuildId, member: MemberId, now: datetime) -> Mute | None:
    """The member's mute on the server; None where there is none, or it is over."""
    mark = (await marks.of(tx, [member])).get(member)
    query = select(mutes.c.until, mutes.c.case_id, cases.c.reason, cases.c.words)
    query = query.join(cases, cases.c.id == mutes.c.case_id)
    query = query.where(mutes.c.guild_id == guild, mutes.c.mark == mark, mutes.c.until > now)
    row = (await tx.execute(query)).one_or_none()
    if row is None:
        return None
    why = Why(None if row.reason is None else CaseReason(row.reason), row.words)
    return Mute(row.until, CaseId(row.case_id), why)


async def muted(tx: Tx, among: Collection[tuple[GuildId, MemberId]], now: datetime) -> set[tuple[GuildId, MemberId]]:
    """Which of the members are muted now, each on a server; one query for all, and no more while nobody is."""
    found = {(row.guild_id, row.mark) for row in await tx.execute(select(mutes).where(mutes.c.until > now))}
    if not found:
        return set()
    known = await marks.of(tx, {member for _, member in among})
    return {(guild, member) for guild, member in among if (guild, known[member]) in found}


async def save(tx: Tx, guild: GuildId, member: Mark, until: datetime, case: CaseId) -> None:
    """The member is muted from now on; a new mute takes the place of the one before."""
    values = {"until": until, "case_id": case}
    row = insert(mutes).values(guild_id=guild, mark=member, **values)
    await tx.execute(row.on_conflict_do_update(index_elements=["guild_id", "mark"], set_=values))


async def drop(tx: Tx, guild: GuildId, case: CaseId) -> bool:
    """The mute of that case is over; False where it was not that, or another has taken its place."""
    statement = delete(mutes).where(mutes.c.guild_id == guild, mutes.c.case_id == case)
    return bool((await tx.execute(statement)).rowcount)


async def any_past(tx: Tx, now: datetime) -> bool:
    """Whether any mute is over."""
    return (await tx.execute(select(mutes.c.guild_id).where(mutes.c.until <= now).limit(1))).first() is not None


async def drop_past(tx: Tx, now: datetime) -> None:
    """Mutes that are over are forgotten; their cases stay."""
    await tx.execute(delete(mutes).where(mutes.c.until <= now))
