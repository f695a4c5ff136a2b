"""Who follows what, what has happened, and how far each follower is told."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    case,
    delete,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
    update,
)

from bot.core.arguments import ArgumentStatus
from bot.core.critiques import CritiqueStatus
from bot.core.deliveries import Kind
from bot.core.follows import Followed, Follower, Happening, What
from bot.core.ids import ChannelId, CritiqueId, GuildId, MemberId, PointId
from bot.core.points import PointStatus
from bot.core.votes import Stance
from bot.storage.database import Tx, insert
from bot.storage.tables import (
    arguments,
    critiques,
    deliveries,
    followers,
    follows,
    happenings,
    leads,
    points,
    replies,
    tallies,
    visits,
)


async def record(tx: Tx, what: Happening, at: datetime) -> None:
    """Records it once, in one statement whatever the followers; nothing where nobody follows the critique."""
    row = {
        "critique_id": what.critique,
        "point_id": None if what.point is None else what.point.id,
        "what": what.what,
        "member_id": what.member,
        "at": at,
    }
    columns = [literal(value, happenings.c[name].type) for name, value in row.items()]
    followed = exists().where(follows.c.critique_id == what.critique)
    await tx.execute(happenings.insert().from_select(list(row), select(*columns).where(followed)))


async def newest(tx: Tx) -> int:
    """The number of the last happening; 0 where there was none."""
    return (await tx.execute(select(func.coalesce(func.max(happenings.c.id), 0)))).scalar_one()


async def save(tx: Tx, critique: CritiqueId, member: MemberId, what: Followed, at: datetime) -> bool:
    """The member follows it from now on; False where they did already."""
    row = insert(follows).values(critique_id=critique, member_id=member, what=what, at=at)
    return bool((await tx.execute(row.on_conflict_do_nothing())).rowcount)


async def save_follower(tx: Tx, guild: GuildId, member: MemberId, quiet: tuple[int, int]) -> None:
    """How the member is told on that server; one who took no messages is tried again."""
    row = insert(followers).values(
        guild_id=guild, member_id=member, quiet_from=quiet[0], quiet_to=quiet[1], heard=await newest(tx)
    )
    again = {"quiet_from": quiet[0], "quiet_to": quiet[1], "closed_at": None}
    await tx.execute(row.on_conflict_do_update(index_elements=["guild_id", "member_id"], set_=again))


async def drop(tx: Tx, guild: GuildId, member: MemberId, which: Collection[tuple[CritiqueId, Followed]] | None) -> int:
    """The member follows these no more, or nothing on the server (None); how many that were."""
    its = select(critiques.c.id).where(critiques.c.guild_id == guild)
    among: ColumnElement[bool] = true()
    if which is not None:
        among = tuple_(follows.c.critique_id, follows.c.what).in_([(one, str(what)) for one, what in which])
    gone = delete(follows).where(follows.c.member_id == member, follows.c.critique_id.in_(its), among)
    count = (await tx.execute(gone)).rowcount
    left = exists().where(follows.c.member_id == member, follows.c.critique_id.in_(its))
    bare = delete(followers).where(followers.c.guild_id == guild, followers.c.member_id == member, ~left)
    await tx.execute(bare)
    return count


async def of_member(tx: Tx, guild: GuildId, member: MemberId) -> list[tuple[CritiqueId, Followed]]:
    """What the member follows on the server, oldest first."""
    query = select(follows.c.critique_id, follows.c.what).join(critiques, critiques.c.id == follows.c.critique_id)
    query = query.where(critiques.c.guild_id == guild, follows.c.member_id == member)
    found = await tx.execute(query.order_by(follows.c.at, follows.c.critique_id, follows.c.what))
    return [(CritiqueId(row.critique_id), Followed(row.what)) for row in found]


async def follower(tx: Tx, guild: GuildId, member: MemberId) -> Follower | None:
    """How the member is told; None where they follow nothing there."""
    query = select(followers).where(followers.c.guild_id == guild, followers.c.member_id == member)
    row = (await tx.execute(query)).one_or_none()
    return None if row is None else _follower(row)


async def servers_followed(tx: Tx) -> list[GuildId]:
    """The servers on which anybody follows anything."""
    return [GuildId(guild) for guild in (await tx.execute(select(followers.c.guild_id).distinct())).scalars()]


async def with_news(
    tx: Tx, between: tuple[datetime, datetime], hours: Mapping[int, Collection[GuildId]], most: int, *, opened: bool
) -> list[Follower]:
    """Followers with anything new to them, whom no message is on its way to and none was sent `between` those times.

    `hours`: on which servers it is which hour now; whose quiet hours it is are left out. `opened`: those whose direct
    message is open already, or those whose is not.
    """
    told = followers.c.told_at
    rested = or_(told.is_(None), told <= between[0], told > between[1])
    waits = and_(followers.c.telling.is_(None), followers.c.closed_at.is_(None), rested)
    awake = or_(false(), *(and_(followers.c.guild_id.in_(its), ~_is_quiet(hour)) for hour, its in hours.items()))
    known = followers.c.channel_id.is_not(None) if opened else followers.c.channel_id.is_(None)
    kinds = (
        _new_to_follower(select(happenings.c.id).select_from(happenings), kind).correlate(followers).exists()
        for kind in (_of_digest(), _of_critique())  # each for itself uses the index
    )
    query = select(followers).where(waits, known, awake, or_(*kinds))
    found = await tx.execute(query.order_by(told.nulls_first(), followers.c.member_id).limit(most))
    return [_follower(row) for row in found]


def _is_quiet(hour: int) -> ColumnElement[bool]:
    """What `core.follows.is_quiet` says, of every follower at once."""
    begin, end = followers.c.quiet_from, followers.c.quiet_to
    return or_(and_(begin <= end, begin <= hour, end > hour), and_(begin > end, or_(begin <= hour, end > hour)))


def _given_up() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Conditions that leave the followers who are being told something by no message that waits."""
    waits = (deliveries.c.kind == Kind.TELL_FOLLOWER, deliveries.c.member_id.is_not(None))
    on_their_way = select(deliveries.c.guild_id, deliveries.c.member_id).where(*waits, deliveries.c.ended_at.is_(None))
    return followers.c.telling.is_not(None), tuple_(followers.c.guild_id, followers.c.member_id).not_in(on_their_way)


async def any_given_up(tx: Tx) -> bool:
    """Whether any message that was on its way to a follower was given up."""
    query = select(followers.c.member_id).where(*_given_up()).limit(1)
    return (await tx.execute(query)).first() is not None


async def pass_over_given_up(tx: Tx) -> None:
    """What a message told that was given up is told no more, since it may have been sent; what comes after it is, in a
    direct message that is opened anew.
    """
    gone = update(followers).where(*_given_up())
    await tx.execute(gone.values(heard=followers.c.telling, telling=None, channel_id=None))


async def opening(tx: Tx) -> int:
    """To how many followers a message is on its way for which a direct message is still to be opened."""
    waits = (followers.c.telling.is_not(None), followers.c.channel_id.is_(None))
    return (await tx.execute(select(func.count()).select_from(followers).where(*waits))).scalar_one()


def _of_digest() -> ColumnElement[bool]:
    return and_(follows.c.what == Followed.DIGEST, happenings.c.what == What.DIGEST)


def _of_critique() -> ColumnElement[bool]:
    others = [each for each in What if each is not What.DIGEST]
    return and_(follows.c.what == Followed.CRITIQUE, happenings.c.what.in_(others))


def _new_to_follower(query: Select[Any], kind: ColumnElement[bool]) -> Select[Any]:
    """Happenings of the kind that are new to the followers of the query."""
    others = or_(happenings.c.member_id.is_(None), happenings.c.member_id != followers.c.member_id)
    theirs = (follows.c.member_id == followers.c.member_id, critiques.c.guild_id == followers.c.guild_id)
    query = query.join(follows, follows.c.critique_id == happenings.c.critique_id)
    query = query.join(critiques, critiques.c.id == happenings.c.critique_id)
    since = (happenings.c.id > followers.c.heard, happenings.c.at >= follows.c.at)
    return query.where(*since, kind, others, *theirs)


async def save_telling(tx: Tx, whom: Follower, up_to: int) -> None:
    """A message on its way tells them all up to there."""
    await tx.execute(_of(whom).values(telling=up_to))


async def save_told(tx: Tx, whom: Follower, at: datetime) -> None:
    """The message was sent."""
    told = case((followers.c.telling.is_(None), followers.c.heard), else_=followers.c.telling)
    await tx.execute(_of(whom).values(heard=told, telling=None, told_at=at))


async def save_closed(tx: Tx, whom: Follower, at: datetime) -> None:
    """They take no direct messages; what they were to be told stays new to them."""
    await tx.execute(_of(whom).values(closed_at=at, telling=None))


async def save_opened(tx: Tx, whom: Follower, channel: ChannelId, at: datetime) -> None:
    """The direct message with them is this one."""
    await tx.execute(_of(whom).values(channel_id=channel, opened_at=at))


async def opened_since(tx: Tx, since: datetime) -> list[datetime]:
    """When direct messages were opened since then, oldest first."""
    query = select(followers.c.opened_at).where(followers.c.opened_at > since).order_by(followers.c.opened_at)
    return list((await tx.execute(query)).scalars())


async def news(tx: Tx, whom: Follower, up_to: int) -> list[tuple[CritiqueId, What, PointId | None, int]]:
    """What is new to the follower up to there: of which critique, of what kind, on which point, how often."""
    key = (happenings.c.critique_id, happenings.c.what, happenings.c.point_id)
    mine = (followers.c.guild_id == whom.guild, followers.c.member_id == whom.member, happenings.c.id <= up_to)
    counted: Any = select(*key, func.count().label("times"))
    query = _new_to_follower(counted.select_from(happenings).join(followers, true()), or_(_of_digest(), _of_critique()))
    query = query.where(*mine).group_by(*key).order_by(happenings.c.critique_id, func.min(happenings.c.id))
    return [
        (
            CritiqueId(row.critique_id),
            What(row.what),
            None if row.point_id is None else PointId(row.point_id),
            row.times,
        )
        for row in await tx.execute(query)
    ]


def _of(whom: Follower) -> Any:
    return update(followers).where(followers.c.guild_id == whom.guild, followers.c.member_id == whom.member)


def _follower(row: Row[Any]) -> Follower:
    return Follower(
        guild=GuildId(row.guild_id),
        member=MemberId(row.member_id),
        quiet=(row.quiet_from, row.quiet_to),
        heard=row.heard,
        telling=row.telling,
        told_at=row.told_at,
        channel=None if row.channel_id is None else ChannelId(row.channel_id),
        closed_at=row.closed_at,
    )


async def any_before(tx: Tx, before: datetime) -> bool:
    """Whether anything is kept that happened before then."""
    return (await tx.execute(select(happenings.c.id).where(happenings.c.at < before).limit(1))).first() is not None


async def forget(tx: Tx, before: datetime) -> None:
    """What happened before then is told to nobody any more."""
    await tx.execute(delete(happenings).where(happenings.c.at < before))


async def sides(tx: Tx) -> list[tuple[CritiqueId, PointId, Stance | None, Stance]]:
    """Points of open critiques whose leading side is another than when it was last looked at, or was never looked at:
    which led then (None: never looked at) and which does now.
    """
    now = case((tallies.c.agree > tallies.c.disagree, int(Stance.AGREE)), else_=int(Stance.DISAGREE))
    query = (
        select(points.c.critique_id, points.c.id, leads.c.side.label("before"), now.label("now"))
        .join(critiques, critiques.c.id == points.c.critique_id)
        .join(tallies, tallies.c.point_id == points.c.id)
        .outerjoin(leads, leads.c.point_id == points.c.id)
        .where(
            critiques.c.status == CritiqueStatus.OPEN,
            ~critiques.c.blind,
            points.c.status.in_([PointStatus.OPEN, PointStatus.VOTE_ONLY]),
            tallies.c.agree != tallies.c.disagree,
            or_(leads.c.side.is_(None), leads.c.side != now),
        )
    )
    return [
        (
            CritiqueId(row.critique_id),
            PointId(row.id),
            None if row.before is None else Stance(row.before),
            Stance(row.now),
        )
        for row in await tx.execute(query.order_by(points.c.id))
    ]


async def save_lead(tx: Tx, point: PointId, side: Stance, turned_at: datetime | None) -> None:
    """That side leads on the point; `turned_at`: since then, where the other did before."""
    row = insert(leads).values(point_id=point, side=int(side), turned_at=turned_at)
    new = {"side": int(side), "turned_at": turned_at}
    await tx.execute(row.on_conflict_do_update(index_elements=["point_id"], set_=new))


async def leading(tx: Tx, among: Collection[PointId]) -> Mapping[PointId, Stance]:
    """Which side leads on these points, as it was last looked at."""
    query = select(leads.c.point_id, leads.c.side).where(leads.c.point_id.in_(list(among)))
    return {PointId(row.point_id): Stance(row.side) for row in await tx.execute(query)}


async def turned_since(tx: Tx, critique: CritiqueId, since: datetime) -> Sequence[tuple[PointId, Stance]]:
    """The points of the critique on which another side leads since then."""
    query = select(leads.c.point_id, leads.c.side).join(points, points.c.id == leads.c.point_id)
    query = query.where(points.c.critique_id == critique, leads.c.turned_at > since).order_by(points.c.position)
    return [(PointId(row.point_id), Stance(row.side)) for row in await tx.execute(query)]


async def visit(tx: Tx, critique: CritiqueId, member: MemberId, at: datetime) -> None:
    """The member has caught up now."""
    row = insert(visits).values(critique_id=critique, member_id=member, at=at)
    await tx.execute(row.on_conflict_do_update(index_elements=["critique_id", "member_id"], set_={"at": at}))


async def last_visit(tx: Tx, critique: CritiqueId, member: MemberId) -> datetime | None:
    """When the member last caught up; None: never."""
    query = select(visits.c.at).where(visits.c.critique_id == critique, visits.c.member_id == member)
    return (await tx.execute(query)).scalar_one_or_none()


async def answers(
    tx: Tx, among: Collection[PointId], member: MemberId, since: datetime
) -> list[tuple[What, PointId, int]]:
    """How many arguments and replies of others stand under these points since then."""
    said = (
        (What.ARGUMENT, arguments, arguments.c.author_id, arguments.c.at, arguments.c.status == ArgumentStatus.LIVE),
        (What.REPLY, replies, replies.c.member_id, replies.c.created_at, true()),
    )
    found: list[tuple[What, PointId, int]] = []
    for what, table, by, at, stands in said:
        its = (table.c.point_id.in_(list(among)), at > since, or_(by.is_(None), by != member), stands)
        query = select(table.c.point_id, func.count()).where(*its).group_by(table.c.point_id)
        found += [(what, PointId(row[0]), row[1]) for row in await tx.execute(query.order_by(table.c.point_id))]
    return found
