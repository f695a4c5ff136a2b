"""All that is stored about one member: found, handed out, and taken away."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Table, Text, and_, cast, delete, func, or_, select, update

from bot.core.critiques import CritiqueStatus
from bot.core.ids import ChannelId, CritiqueId, GuildId, MemberId, PointId
from bot.core.privacy import Holdings, Json
from bot.core.sittings import Key
from bot.core.votes import Stance
from bot.storage.database import Tx
from bot.storage.points import channel_of
from bot.storage.reports import drop_empty_tips
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
    followers,
    follows,
    happenings,
    history,
    holds,
    kept,
    member_notes,
    notices,
    officials,
    points,
    replies,
    reports,
    revisions,
    skips,
    sources,
    visits,
    voices,
    voters,
)

NOBODY = MemberId(0)  # where a column must name somebody
_VOTES = (holds, kept, ballots)
_WORDS = (
    points.c.title,
    points.c.text,
    cases.c.words,
    cases.c.appeal,
    cases.c.answer,
    member_notes.c.text,
    notices.c.detail,
    claims.c.text,
    claims.c.title,
    revisions.c.title,
    revisions.c.text,
    officials.c.text,
    voices.c.words,
    arguments.c.text,
    arguments.c.quote,
)


async def holdings(tx: Tx, member: MemberId, *, opted_out: bool) -> Holdings:
    """How much of each is stored about the member."""
    votes = {key for table in _VOTES for key in await _keys(tx, table, member)}
    guilds = select(critiques.c.guild_id).join(points, points.c.critique_id == critiques.c.id)
    of_votes = guilds.where(points.c.id.in_([key.point for key in votes]) | (points.c.author_id == member))
    return Holdings(
        points=await _count(tx, points, points.c.author_id == member),
        votes=len(votes),
        changes=await _count(tx, history, history.c.member_id == member),
        replies=await _count(tx, replies, replies.c.member_id == member),
        cases=await _count(tx, cases, cases.c.member_id == member),
        notes=await _count(tx, member_notes, member_notes.c.member_id == member),
        acts=await _count(tx, cases, cases.c.by_id == member),
        reports=await _count(tx, voices, voices.c.member_id == member),
        answers=await _count(tx, officials, officials.c.by_id == member),
        claims=await _count(tx, claims, claims.c.author_id == member),
        arguments=await _count(tx, arguments, arguments.c.author_id == member),
        backings=await _count(tx, backings, backings.c.member_id == member),
        follows=await _count(tx, follows, follows.c.member_id == member),
        visits=await _count(tx, visits, visits.c.member_id == member),
        skips=await _count(tx, skips, skips.c.member_id == member),
        servers=len(set((await tx.execute(of_votes.distinct())).scalars())),
        opted_out=opted_out,
    )


async def _count(tx: Tx, table: Table, which: ColumnElement[bool]) -> int:
    return (await tx.execute(select(func.count()).select_from(table).where(which))).scalar_one()


async def _keys(tx: Tx, table: Table, member: MemberId) -> list[Key]:
    query = select(table.c.point_id, table.c.revision).where(table.c.member_id == member).distinct()
    return [Key(PointId(row.point_id), row.revision, member) for row in await tx.execute(query)]


async def voted(tx: Tx, member: MemberId) -> dict[Key, CritiqueId]:
    """Every point and revision on which the member has anything, and its critique."""
    keys = {key for table in _VOTES for key in await _keys(tx, table, member)}
    query = select(points.c.id, points.c.critique_id).where(points.c.id.in_([key.point for key in keys]))
    where = {row.id: CritiqueId(row.critique_id) for row in await tx.execute(query)}
    return {key: where[key.point] for key in sorted(keys)}


async def held(tx: Tx, member: MemberId) -> list[tuple[GuildId, PointId, ChannelId, Stance]]:
    """The emoji that the member holds in Discord as far as is known, and where."""
    query = (
        select(
            critiques.c.guild_id,
            critiques.c.home_kind,
            critiques.c.home_channel_id,
            points.c.id,
            points.c.message_id,
            holds.c.side,
        )
        .join(points, points.c.id == holds.c.point_id)
        .join(critiques, critiques.c.id == points.c.critique_id)
        .where(holds.c.member_id == member, holds.c.revision == points.c.revision, points.c.message_id.is_not(None))
        .where(critiques.c.status != CritiqueStatus.DISCARDED)
    )
    return [
        (
            GuildId(row.guild_id),
            PointId(row.id),
            channel_of(row.home_kind, row.home_channel_id, row.message_id),
            Stance(row.side),
        )
        for row in await tx.execute(query)
    ]


async def authored(tx: Tx, member: MemberId) -> list[PointId]:
    """The member's points, in any state."""
    return [PointId(which) for which in (await tx.execute(_authored(member))).scalars()]


def _authored(member: MemberId) -> Any:
    return select(points.c.id).where(or_(points.c.author_id == member, points.c.decided_by == member))


async def drop_votes(tx: Tx, member: MemberId) -> None:
    """All votes of the member go, and all that is known of how they came; their ballots are nobody's already."""
    for table in (*_VOTES, history, voters, excluded_votes, backings):
        await tx.execute(delete(table).where(table.c.member_id == member))
    await tx.execute(delete(deliveries).where(deliveries.c.member_id == member, deliveries.c.side.is_not(None)))


async def drop_name(tx: Tx, member: MemberId) -> None:
    """Nothing that stays says that it was the member's, or about them; what is only about them goes."""
    for table, columns in _NAMED.items():
        for column, instead in columns.items():
            await tx.execute(update(table).where(table.c[column] == member).values({column: instead}))
    await tx.execute(delete(member_notes).where(member_notes.c.member_id == member))
    for table in (follows, followers, visits):
        await tx.execute(delete(table).where(table.c.member_id == member))
    await tx.execute(delete(drafts).where(drafts.c.author_id == member))
    await tx.execute(delete(claims).where(claims.c.author_id == member))
    await tx.execute(delete(voices).where(voices.c.member_id == member))
    await drop_empty_tips(tx)
    await tx.execute(delete(deliveries).where(deliveries.c.member_id == member))
    await tx.execute(delete(notices).where(notices.c.channel_id == member))  # of a direct message that failed
    for words in _WORDS:
        await _drop_mentions(tx, words, member)


async def _drop_mentions(tx: Tx, words: Any, member: MemberId) -> None:
    """What others wrote stays, without the number that names the member."""
    number = str(int(member))
    cleared: ColumnElement[str] = cast(words, Text)
    for written in (f"<@{number}>", f"<@!{number}>", number):
        cleared = func.replace(cleared, written, "[…]")
    table = words.table
    await tx.execute(update(table).where(words.contains(number)).values({words.name: cleared}))


_NAMED: dict[Table, dict[str, Any]] = {
    points: {"author_id": None, "decided_by": None},
    sources: {"author_id": NOBODY},
    replies: {"member_id": NOBODY},
    critiques: {"opened_by": NOBODY, "answerer_id": None},
    revisions: {"by_id": NOBODY},
    officials: {"by_id": NOBODY},
    cases: {"member_id": None, "by_id": NOBODY, "answered_by": None},
    member_notes: {"by_id": NOBODY},
    reports: {"author_id": None, "decided_by": None},
    arguments: {"author_id": None},
    happenings: {"member_id": None},
}


async def export(tx: Tx, member: MemberId) -> Json:
    """All that is stored about the member, in words and ids, ready to be written as JSON.

    Of moderators' notes only when they were written: they are the moderators' own working papers, may name others
    who reported something, and the operator can weigh that when asked. Who acted as a moderator is left out.
    """
    return {
        "points": await _listed(tx, _POINTS.where(points.c.author_id == member)),
        "earlier_words": await _listed(tx, _EARLIER.where(_worded_by(member)).order_by(revisions.c.id)),
        "official_answers": await _listed(tx, _OFFICIALS.where(officials.c.by_id == member)),
        "claims": await _listed(tx, _CLAIMS.where(claims.c.author_id == member).order_by(claims.c.id)),
        "votes": [
            row | {"kind": kind}
            for kind, table in (("reaction", holds), ("kept", kept), ("ballot", ballots))
            for row in await _listed(tx, _votes(table, member))
        ],
        "changes": await _listed(tx, _CHANGES.where(history.c.member_id == member).order_by(history.c.id)),
        "skipped": await _listed(tx, _SKIPS.where(skips.c.member_id == member)),
        "replies": await _listed(tx, _REPLIES.where(replies.c.member_id == member)),
        "cases": await _listed(tx, _CASES.where(cases.c.member_id == member).order_by(cases.c.id)),
        "notes": await _listed(tx, _NOTES.where(member_notes.c.member_id == member)),
        "reports": await _listed(tx, _REPORTS.where(voices.c.member_id == member).order_by(voices.c.at)),
        "arguments": await _listed(tx, _ARGUMENTS.where(arguments.c.author_id == member).order_by(arguments.c.id)),
        "backings": await _listed(tx, _BACKINGS.where(backings.c.member_id == member).order_by(backings.c.at)),
        "follows": await _listed(tx, _FOLLOWS.where(follows.c.member_id == member).order_by(follows.c.at)),
        "told": await _listed(tx, _FOLLOWERS.where(followers.c.member_id == member)),
        "visits": await _listed(tx, _VISITS.where(visits.c.member_id == member).order_by(visits.c.at)),
        "acts": await _listed(tx, _ACTS.where(cases.c.by_id == member).order_by(cases.c.id)),
    }


def _worded_by(member: MemberId) -> ColumnElement[bool]:
    """What a point of the member's said before, or what they changed themselves."""
    return or_(points.c.author_id == member, and_(revisions.c.by_id == member, ~revisions.c.by_moderator))


async def _listed(tx: Tx, query: Any) -> list[Json]:
    found = (await tx.execute(query)).mappings()
    return [{name: _plain(name, value) for name, value in row.items()} for row in found]


def _plain(name: str, value: Any) -> Any:
    """Moments as ISO 8601; Discord's ids as texts, since a JSON number may lose digits."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return str(value) if name in ("server", "message") and value is not None else value


def _of_point(*more: ColumnElement[Any]) -> Any:
    about = (critiques.c.guild_id.label("server"), critiques.c.title.label("critique"), points.c.label.label("point"))
    return select(*about, *more).join(critiques, critiques.c.id == points.c.critique_id)


def _votes(table: Table, member: MemberId) -> Any:
    side: ColumnElement[Any] = table.c.side if "side" in table.c else table.c.stance
    private = _columns(table, ("shown", "at")) if "shown" in table.c else []
    query = _of_point(side.label("stance"), table.c.revision, table.c.eligible, table.c.excluded, *private)
    return query.join(table, table.c.point_id == points.c.id).where(table.c.member_id == member)


def _columns(table: Table, names: Iterable[str]) -> list[ColumnElement[Any]]:
    return [table.c[name] for name in names]


_POINTS = _of_point(*_columns(points, ("title", "text", "status", "created_at")))
_CHANGES = _of_point(*_columns(history, ("before", "after", "source", "at"))).join(
    history, history.c.point_id == points.c.id
)
_REPLIES = _of_point(replies.c.message_id.label("message"), replies.c.created_at).join(
    replies, replies.c.point_id == points.c.id
)
_SKIPS = _of_point(skips.c.revision).join(skips, skips.c.point_id == points.c.id)
_EARLIER = _of_point(*_columns(revisions, ("title", "text", "at"))).join(revisions, revisions.c.point_id == points.c.id)
_OFFICIALS = _of_point(officials.c.text, officials.c.at).join(officials, officials.c.point_id == points.c.id)
_CLAIMS = select(*_columns(claims, ("text", "reason", "at")))
_CASE = ("act", "reason", "words", "votes", "until", "at", "appeal", "appealed_at", "answer", "answered_at", "granted")
_CASES = select(cases.c.id.label("case"), cases.c.guild_id.label("server"), *_columns(cases, _CASE))
_NOTES = select(member_notes.c.guild_id.label("server"), member_notes.c.at)
_REPORTS = select(reports.c.guild_id.label("server"), *_columns(voices, ("reason", "words", "at"))).join(
    voices, voices.c.report_id == reports.c.id
)
_ACTS = select(cases.c.id.label("case"), cases.c.guild_id.label("server"), cases.c.act, cases.c.at)
_LIST = (critiques.c.guild_id.label("server"), critiques.c.title.label("critique"))
_FOLLOWS = select(*_LIST, follows.c.what, follows.c.at).join(critiques, critiques.c.id == follows.c.critique_id)
_VISITS = select(*_LIST, visits.c.at).join(critiques, critiques.c.id == visits.c.critique_id)
_TOLD = ("quiet_from", "quiet_to", "told_at", "closed_at")
_FOLLOWERS = select(followers.c.guild_id.label("server"), *_columns(followers, _TOLD))
_ARGUMENT = ("side", "text", "quote", "status", "at", "edited_at")
_ARGUMENTS = _of_point(arguments.c.message_id.label("message"), *_columns(arguments, _ARGUMENT)).join(
    arguments, arguments.c.point_id == points.c.id
)
_BACKINGS = (
    _of_point(arguments.c.message_id.label("message"), arguments.c.side, backings.c.direction, backings.c.at)
    .join(arguments, arguments.c.point_id == points.c.id)
    .join(backings, backings.c.argument_id == arguments.c.id)
)
