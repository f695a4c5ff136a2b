"""Critiques."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, update

from bot.core.critiques import Critique, CritiqueStatus, Draft, HomeKind
from bot.core.ids import ChannelId, CritiqueId, GuildId, MemberId, RoleId
from bot.core.policies import Policy
from bot.storage.database import Tx
from bot.storage.tables import critiques, voters


async def save_critique(
    tx: Tx,
    draft: Draft,
    *,
    digest_channel: ChannelId,
    emoji: tuple[str, str],
    policy: Policy = Policy.OPEN,
    next_label: int,
    opened_by: MemberId,
    at: datetime,
) -> CritiqueId:
    """Saves a critique; its points are saved beside it."""
    statement = critiques.insert().values(
        guild_id=draft.guild,
        home_channel_id=draft.home,
        home_kind=draft.home_kind,
        digest_channel_id=digest_channel,
        title=draft.outline.title,
        introduction=draft.outline.introduction,
        closing=draft.outline.closing,
        status=CritiqueStatus.OPEN,
        agree_emoji=emoji[0],
        disagree_emoji=emoji[1],
        policy=policy,
        next_label=next_label,
        opened_by=opened_by,
        opened_at=at,
        blind=draft.blind,
    )
    return CritiqueId((await tx.execute(statement.returning(critiques.c.id))).scalar_one())


async def critique(tx: Tx, which: CritiqueId) -> Critique:
    """The critique. It exists: rows are never deleted."""
    return critique_of((await tx.execute(select(critiques).where(critiques.c.id == which))).one())


async def find(tx: Tx, guild: GuildId, which: CritiqueId) -> Critique | None:
    """The critique, where it is the server's."""
    query = select(critiques).where(critiques.c.id == which, critiques.c.guild_id == guild)
    row = (await tx.execute(query)).one_or_none()
    return None if row is None else critique_of(row)


async def open_in(tx: Tx, home: ChannelId) -> list[Critique]:
    """The open critiques whose home the channel is, oldest first."""
    query = select(critiques).where(critiques.c.home_channel_id == home, critiques.c.status == CritiqueStatus.OPEN)
    return [critique_of(row) for row in await tx.execute(query.order_by(critiques.c.id))]


async def open_of(tx: Tx, guild: GuildId) -> list[Critique]:
    """The server's open critiques, oldest first."""
    query = select(critiques).where(critiques.c.guild_id == guild, critiques.c.status == CritiqueStatus.OPEN)
    return [critique_of(row) for row in await tx.execute(query.order_by(critiques.c.id))]


async def count_open(tx: Tx) -> int:
    """Open critiques on all servers."""
    query = select(func.count()).select_from(critiques).where(critiques.c.status == CritiqueStatus.OPEN)
    return (await tx.execute(query)).scalar_one()


async def of_server(tx: Tx, guild: GuildId, status: CritiqueStatus) -> list[Critique]:
    """The server's critiques of one status, newest first."""
    query = select(critiques).where(critiques.c.guild_id == guild, critiques.c.status == status)
    return [critique_of(row) for row in await tx.execute(query.order_by(critiques.c.id.desc()))]


async def in_forums(tx: Tx) -> list[Critique]:
    """The open critiques of all servers whose home is a forum."""
    query = select(critiques).where(critiques.c.home_kind == HomeKind.FORUM, critiques.c.status == CritiqueStatus.OPEN)
    return [critique_of(row) for row in await tx.execute(query)]


async def save_status(tx: Tx, which: CritiqueId, status: CritiqueStatus) -> None:
    """It is closed, or open again."""
    await tx.execute(update(critiques).where(critiques.c.id == which).values(status=status))


async def save_lobby(tx: Tx, which: CritiqueId, lobby: ChannelId) -> None:
    """Its post "Add to this list" stands in Discord."""
    await tx.execute(update(critiques).where(critiques.c.id == which).values(lobby_id=lobby))


async def claim_label(tx: Tx, which: CritiqueId) -> int:
    """Takes the next free label: nobody else gets it, and a transaction that fails gives it back."""
    statement = (
        update(critiques)
        .where(critiques.c.id == which)
        .values(next_label=critiques.c.next_label + 1)
        .returning(critiques.c.next_label)
    )
    return (await tx.execute(statement)).scalar_one() - 1


async def save_policy(tx: Tx, which: CritiqueId, policy: Policy) -> None:
    """What becomes of additions has changed."""
    await tx.execute(update(critiques).where(critiques.c.id == which).values(policy=policy))


async def save_digest_edited(tx: Tx, which: CritiqueId, at: datetime) -> None:
    """The running digest was last edited `at`."""
    await tx.execute(update(critiques).where(critiques.c.id == which).values(digest_edited_at=at))


async def save_released(tx: Tx, which: CritiqueId, at: datetime) -> None:
    """Ballots joined the figures, where they were enough."""
    await tx.execute(update(critiques).where(critiques.c.id == which).values(released_at=at))


async def open_everywhere(tx: Tx) -> list[Critique]:
    """The open critiques of all servers."""
    query = select(critiques).where(critiques.c.status == CritiqueStatus.OPEN)
    return [critique_of(row) for row in await tx.execute(query.order_by(critiques.c.id))]


async def people(tx: Tx, which: CritiqueId) -> int:
    """How many members have a stance on any of the critique's points."""
    query = select(func.count()).select_from(voters).where(voters.c.critique_id == which)
    return (await tx.execute(query)).scalar_one()


def critique_of(row: Row[Any]) -> Critique:
    """A row of the table as a value."""
    return Critique(
        id=CritiqueId(row.id),
        guild=GuildId(row.guild_id),
        home=ChannelId(row.home_channel_id),
        digest_channel=ChannelId(row.digest_channel_id),
        title=row.title,
        status=CritiqueStatus(row.status),
        agree_emoji=row.agree_emoji,
        disagree_emoji=row.disagree_emoji,
        next_label=row.next_label,
        opened_by=MemberId(row.opened_by),
        opened_at=row.opened_at,
        digest_edited_at=row.digest_edited_at,
        home_kind=HomeKind(row.home_kind),
        lobby=None if row.lobby_id is None else ChannelId(row.lobby_id),
        policy=Policy(row.policy),
        answerer=None if row.answerer_id is None else MemberId(row.answerer_id),
        answerer_role=None if row.answerer_role_id is None else RoleId(row.answerer_role_id),
        blind=row.blind,
        released_at=row.released_at,
    )
