"""A server's time zone."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.core.ids import GuildId
from bot.storage import servers as stored
from bot.storage.database import Tx

_UTC = "UTC"


async def zone_of(tx: Tx, guild: GuildId) -> ZoneInfo:
    """The zone that the server has chosen; where it has not, or that is known no more, UTC."""
    try:
        return ZoneInfo((await stored.choices(tx, guild)).time_zone or _UTC)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(_UTC)
