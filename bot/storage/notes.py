"""What moderators have written down about members."""

from datetime import datetime

from sqlalchemy import select

from bot.core.ids import GuildId, MemberId
from bot.core.notes import Note
from bot.storage.database import Tx
from bot.storage.tables import member_notes


async def save(tx: Tx, guild: GuildId, member: MemberId, text: str, by: MemberId, at: datetime) -> None:
    """Saves a note."""
    await tx.execute(member_notes.insert().values(guild_id=guild, member_id=member, text=text, by_id=by, at=at))


async def of_member(tx: Tx, guild: GuildId, member: MemberId) -> list[Note]:
    """The notes about a member on a server."""
    query = select(member_notes).where(member_notes.c.guild_id == guild, member_notes.c.member_id == member)
    return [Note(row.text, MemberId(row.by_id), row.at) for row in await tx.execute(query.order_by(member_notes.c.id))]
