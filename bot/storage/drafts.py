"""Drafts: outlines that wait for their confirmation, and what was changed in them."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select, update

from bot.core.critiques import Draft, HomeKind, ListName
from bot.core.edits import Edit, EditKind
from bot.core.ids import ChannelId, DraftId, GuildId, MemberId
from bot.core.outlines import Comment, Notice, Outline, OutlinePoint
from bot.storage.database import Tx
from bot.storage.tables import drafts


async def save(tx: Tx, draft: Draft, at: datetime) -> DraftId:
    """Saves a new draft under an id of its own. Of the lists that were not taken, only their names are kept."""
    statement = drafts.insert().values(
        guild_id=draft.guild,
        home_channel_id=draft.home,
        home_kind=draft.home_kind,
        author_id=draft.author,
        document=draft.document,
        name=draft.name,
        created_at=at,
        blind=draft.blind,
        **_content(draft),
    )
    return DraftId((await tx.execute(statement.returning(drafts.c.id))).scalar_one())


async def find(tx: Tx, guild: GuildId, which: DraftId, since: datetime) -> Draft | None:
    """The draft, where it is there and no older than `since`."""
    query = select(drafts).where(drafts.c.id == which, drafts.c.guild_id == guild, drafts.c.created_at >= since)
    row = (await tx.execute(query)).one_or_none()
    return None if row is None else _draft(row)


async def change(tx: Tx, draft: Draft) -> None:
    """Saves its outline, its choice of list, its edits and its edition; all else about a draft never changes."""
    await tx.execute(update(drafts).where(drafts.c.id == draft.id).values(_content(draft)))


async def save_edits(tx: Tx, draft: Draft) -> None:
    """Saves its edits and its edition."""
    statement = update(drafts).where(drafts.c.id == draft.id)
    await tx.execute(statement.values(edits=_edits(draft), edition=draft.edition))


async def drop(tx: Tx, which: DraftId) -> None:
    """The draft is confirmed or cancelled."""
    await tx.execute(delete(drafts).where(drafts.c.id == which))


async def drop_old(tx: Tx, before: datetime) -> None:
    """Drops drafts that nobody confirmed."""
    await tx.execute(delete(drafts).where(drafts.c.created_at < before))


def _content(draft: Draft) -> dict[str, Any]:
    outline = draft.outline
    kept = {
        "title": outline.title,
        "introduction": outline.introduction,
        "points": [asdict(point) for point in outline.points],
        "closing": outline.closing,
        "comments": [asdict(comment) for comment in outline.comments],
        "comments_announced": outline.comments_announced,
        "warnings": [{"code": notice.code, "params": dict(notice.params)} for notice in outline.warnings],
        "lists": [asdict(one) for one in draft.lists],
    }
    return {"outline": kept, "chosen": draft.chosen, "edits": _edits(draft), "edition": draft.edition}


def _edits(draft: Draft) -> list[dict[str, Any]]:
    return [asdict(edit) for edit in draft.edits]


def _draft(row: Row[Any]) -> Draft:
    kept = row.outline
    return Draft(
        id=DraftId(row.id),
        guild=GuildId(row.guild_id),
        home=ChannelId(row.home_channel_id),
        author=MemberId(row.author_id),
        outline=_outline(kept),
        home_kind=HomeKind(row.home_kind),
        document=row.document,
        name=row.name,
        chosen=row.chosen,
        edition=row.edition,
        edits=tuple(Edit(EditKind(edit["kind"]), edit["at"], edit["title"]) for edit in row.edits),
        lists=tuple(ListName(**one) for one in kept.get("lists", ())),
        blind=row.blind,
    )


def _outline(kept: dict[str, Any]) -> Outline:
    return Outline(
        title=kept["title"],
        introduction=kept["introduction"],
        points=tuple(OutlinePoint(**point) for point in kept["points"]),
        closing=kept["closing"],
        comments=tuple(Comment(**comment) for comment in kept.get("comments", ())),
        comments_announced=kept.get("comments_announced"),
        warnings=tuple(Notice(**notice) for notice in kept.get("warnings", ())),
    )
