"""What is known of a member who adds: how often, how lately, how much of it was accepted."""

from datetime import datetime, timedelta

from sqlalchemy import and_, case, func, or_, select

from bot.core.ids import GuildId, MemberId, moment_of
from bot.core.moderation import Standing
from bot.core.points import Origin, PointStatus
from bot.storage.database import Tx
from bot.storage.tables import critiques, points, tallies

_LATELY = timedelta(minutes=1)
_TODAY = timedelta(days=1)
_SKEW = timedelta(seconds=30)  # by which our clock and Discord's may differ; what was said later is no matter
# A moderator let it join the list, or more members agree with it than disagree.
_ACCEPTED = and_(
    points.c.status.in_([PointStatus.OPEN, PointStatus.VOTE_ONLY]),
    or_(points.c.decided_by.is_not(None), tallies.c.agree > tallies.c.disagree),
)


async def standing(tx: Tx, guild: GuildId, author: MemberId, joined_at: datetime | None, at: datetime) -> Standing:
    """What the author's additions on the server come to; `at` is when the one in question was said."""
    lately, today = (points.c.created_at.between(at - span, at + _SKEW) for span in (_LATELY, _TODAY))
    counted = (lately, today, _ACCEPTED, and_(today, _ACCEPTED))
    query = (
        select(func.count(), *(func.coalesce(func.sum(case((each, 1), else_=0)), 0) for each in counted))
        .select_from(points)
        .join(critiques, critiques.c.id == points.c.critique_id)
        .outerjoin(tallies, tallies.c.point_id == points.c.id)
        .where(
            points.c.author_id == author,
            points.c.origin == Origin.ADDITION,
            points.c.status != PointStatus.MOVED,  # it is counted where it is now
            critiques.c.guild_id == guild,
        )
    )
    added, *counts = (await tx.execute(query)).one()
    return Standing(moment_of(author), joined_at, *counts, added=added)
