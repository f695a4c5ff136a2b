"""What members wanted to add and what is not recorded."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, delete, func, select, update

from bot.core.claims import Choice, Claim
from bot.core.ids import ChannelId, ClaimId, CritiqueId, MemberId, MessageId, PointId
from bot.core.moderation import Reason
from bot.core.points import name_of
from bot.storage.database import Tx
from bot.storage.tables import claims, points


async def save(tx: Tx, claim: Claim) -> ClaimId:
    """Saves a new claim, whatever its id says; the id that it has from now on."""
    row = claims.insert().values(
        critique_id=claim.critique,
        author_id=claim.author,
        text=claim.text,
        title=claim.title,
        written=claim.written,
        reason=claim.reason,
        limit=claim.limit,
        like_id=claim.like,
        channel_id=claim.channel,
        message_id=claim.message,
        ordinal=claim.ordinal,
        answered=claim.answered,
        answers_id=claim.answers,
        at=claim.at,
    )
    return ClaimId((await tx.execute(row.returning(claims.c.id))).scalar_one())


async def find(tx: Tx, which: ClaimId) -> Claim | None:
    """The claim, where there is one of that number."""
    row = (await tx.execute(_select().where(claims.c.id == which))).one_or_none()
    return None if row is None else _claim(row)


async def of_message(tx: Tx, message: MessageId, since: datetime) -> Claim | None:
    """The claim that was made of the message since then and is not on record."""
    query = _select().where(claims.c.message_id == message, claims.c.at > since, claims.c.point_id.is_(None))
    row = (await tx.execute(query.order_by(claims.c.ordinal).limit(1))).one_or_none()
    return None if row is None else _claim(row)


async def read_before(tx: Tx, message: MessageId) -> bool:
    """Whether the message has been taken as a claim already."""
    query = select(func.count()).select_from(claims).where(claims.c.message_id == message)
    return (await tx.execute(query)).scalar_one() > 0


async def told_since(tx: Tx, author: MemberId, reason: Reason, like: PointId | None, since: datetime) -> bool:
    """Whether the author was told of that reason, and that point, since then."""
    query = (
        select(func.count())
        .select_from(claims)
        .where(
            claims.c.author_id == author,
            claims.c.reason == reason,
            claims.c.like_id.is_(like) if like is None else claims.c.like_id == like,
            claims.c.answered,
            claims.c.at > since,
        )
    )
    return (await tx.execute(query)).scalar_one() > 0


async def asked_since(tx: Tx, author: MemberId, since: datetime) -> bool:
    """Whether the author was asked what something is, since then."""
    query = (
        select(func.count())
        .select_from(claims)
        .where(claims.c.author_id == author, claims.c.reason == Reason.UNCLEAR, claims.c.answered, claims.c.at > since)
    )
    return (await tx.execute(query)).scalar_one() > 0


async def unclear_of(tx: Tx, messages: Collection[MessageId]) -> list[Claim]:
    """The claims of the messages of which it was asked what they are."""
    query = _select().where(claims.c.message_id.in_(list(messages)), claims.c.reason == Reason.UNCLEAR)
    return [_claim(row) for row in await tx.execute(query.order_by(claims.c.id))]


async def unclear_in(tx: Tx, critique: CritiqueId) -> list[Claim]:
    """The claims of a critique of which it was asked what they are."""
    query = _select().where(claims.c.critique_id == critique, claims.c.reason == Reason.UNCLEAR)
    return [_claim(row) for row in await tx.execute(query.order_by(claims.c.id))]


async def save_chosen(tx: Tx, which: ClaimId, chosen: Collection[Choice]) -> None:
    """What the claim is said to be."""
    await tx.execute(update(claims).where(claims.c.id == which).values(chosen=",".join(sorted(chosen))))


async def save_text(tx: Tx, which: ClaimId, text: str) -> None:
    """The claim says this now."""
    await tx.execute(update(claims).where(claims.c.id == which).values(text=text))


async def save_point(tx: Tx, which: ClaimId, point: PointId) -> None:
    """The claim was recorded as this point."""
    await tx.execute(update(claims).where(claims.c.id == which).values(point_id=point))


async def drop_before(tx: Tx, moment: datetime) -> None:
    """Forgets the claims that were made before then."""
    await tx.execute(delete(claims).where(claims.c.at < moment))


def _select() -> Select[Any]:
    like = points.alias()
    return select(claims, like.c.label.label("like_label"), like.c.repeat.label("like_repeat")).outerjoin(
        like, like.c.id == claims.c.like_id
    )


def _claim(row: Row[Any]) -> Claim:
    return Claim(
        id=ClaimId(row.id),
        critique=CritiqueId(row.critique_id),
        author=MemberId(row.author_id),
        text=row.text,
        written=row.written,
        reason=Reason(row.reason),
        at=row.at,
        title=row.title,
        like=None if row.like_id is None else PointId(row.like_id),
        label="" if row.like_label is None else name_of(row.like_label, row.like_repeat),
        limit=row.limit,
        channel=None if row.channel_id is None else ChannelId(row.channel_id),
        message=None if row.message_id is None else MessageId(row.message_id),
        ordinal=row.ordinal,
        answered=row.answered,
        point=None if row.point_id is None else PointId(row.point_id),
        answers=None if row.answers_id is None else PointId(row.answers_id),
        chosen=frozenset(Choice(each) for each in row.chosen.split(",") if each),
    )
