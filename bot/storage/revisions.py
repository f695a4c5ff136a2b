"""What points said before, and how far the bot is with asking their voters again."""

from datetime import datetime

from sqlalchemy import Update, func, select, update

from bot.core.ids import CritiqueId, GuildId, MemberId, PointId
from bot.core.points import Point
from bot.core.revisions import Clearing, Revision
from bot.core.votes import Tally
from bot.storage import merges
from bot.storage.database import Tx
from bot.storage.tables import critiques, points, revisions
from bot.storage.votes import figures


async def save(tx: Tx, point: Point, by: MemberId, at: datetime, *, by_moderator: bool, asked_again: bool) -> None:
    """Keeps what the point says now, with its votes, before it is changed."""
    tally = await figures(tx, point.id, point.revision)
    row = revisions.insert().values(
        point_id=point.id,
        revision=point.revision,
        by_id=by,
        by_moderator=by_moderator,
        asked_again=asked_again,
        at=at,
        title=point.title,
        text=point.text,
        agree=tally.agree,
        disagree=tally.disagree,
        unsure=tally.unsure,
    )
    await tx.execute(row)


async def save_words(tx: Tx, which: PointId, title: str, text: str, *, by_moderator: bool) -> None:
    """The point's words are these now; once a moderator has changed them, that is said of it for good."""
    marked = {"reworded": True} if by_moderator else {}
    await tx.execute(update(points).where(points.c.id == which).values(title=title, text=text, **marked))


async def ask_again(tx: Tx, critique: CritiqueId, point: Point) -> None:
    """The point's votes begin anew, and the reactions that stand are to be cleared."""
    raised = {"revision": point.revision + 1, "clears": Clearing.ASKED, "seeded": False}
    await tx.execute(update(points).where(points.c.id == point.id).values(raised))
    await merges.count_anew(tx, critique, point.id, point.revision)


async def of_point(tx: Tx, which: PointId) -> list[Revision]:
    """What the point said before, newest first."""
    query = select(revisions).where(revisions.c.point_id == which).order_by(revisions.c.id.desc())
    return [
        Revision(
            point=PointId(row.point_id),
            revision=row.revision,
            by=MemberId(row.by_id),
            by_moderator=row.by_moderator,
            asked_again=row.asked_again,
            at=row.at,
            title=row.title,
            text=row.text,
            tally=Tally(row.agree, row.disagree, row.unsure),
        )
        for row in await tx.execute(query)
    ]


async def last(tx: Tx, which: PointId) -> datetime | None:
    """When the point's words were last changed."""
    query = select(revisions.c.at).where(revisions.c.point_id == which).order_by(revisions.c.id.desc()).limit(1)
    return (await tx.execute(query)).scalar_one_or_none()


async def count(tx: Tx, which: PointId) -> int:
    """How often the point's words were changed."""
    query = select(func.count()).select_from(revisions).where(revisions.c.point_id == which)
    return (await tx.execute(query)).scalar_one()


async def clearing(tx: Tx, which: PointId) -> Clearing:
    """How far the bot is with the point."""
    return Clearing((await tx.execute(select(points.c.clears).where(points.c.id == which))).scalar_one())


async def save_clearing(tx: Tx, which: PointId, state: Clearing) -> None:
    """So far it is."""
    await tx.execute(update(points).where(points.c.id == which).values(clears=state))


async def end_clearings(tx: Tx, guild: GuildId) -> None:
    """The server was read: what was cleared before is known, heard of or not."""
    its = select(critiques.c.id).where(critiques.c.guild_id == guild)
    await tx.execute(_ended().where(points.c.critique_id.in_(its)))


async def end_clearing(tx: Tx, which: PointId) -> None:
    """The point was read."""
    await tx.execute(_ended().where(points.c.id == which))


def _ended() -> Update:
    return update(points).where(points.c.clears == Clearing.ANSWERED).values(clears=Clearing.NONE)
