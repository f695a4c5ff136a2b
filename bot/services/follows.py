"""Following: what happens is recorded once, and followers are told in batches by direct message.

1. What happens is recorded by `happenings`, at one statement's cost, however many follow.
2. A look now and then finds whom to tell, and owes each one message: a delivery, which is carried out once. One that
   is given up may have been sent, so that what it told is not told again.
3. Whoever takes no direct messages is told nothing more, loses nothing, and finds it with `/catchup`.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.core import deliveries as owed
from bot.core import follows
from bot.core.acts import Act, Actor
from bot.core.critiques import Critique, CritiqueStatus
from bot.core.follows import Bulletin, CatchUp, Followed, Follower, Happening, News, What
from bot.core.ids import ChannelId, CritiqueId, GuildId, MemberId, PointId
from bot.core.points import Point
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices
from bot.services import ballots
from bot.services.critiques import Sight, check, check_open
from bot.services.desk import Desk
from bot.services.zones import zone_of
from bot.storage import critiques as stored_critiques
from bot.storage import deliveries as stored_deliveries
from bot.storage import follows as stored
from bot.storage import points as stored_points
from bot.storage.database import Tx

_AT_ONCE = 200  # followers told in one look: the next one is a minute later
_FIRST_LOOK = timedelta(days=7)  # what somebody is shown who never caught up before


async def follow(
    desk: Desk,
    actor: Actor,
    choices: Choices,
    which: CritiqueId,
    what: Followed,
    sees: Sight,
    quiet: tuple[int | None, int | None] = (None, None),
) -> tuple[Critique, tuple[int, int]]:
    """The actor follows it from now on; hours that are not given stay as they are. Gives both. Raises Refusal."""
    check(actor, Act.FOLLOW, choices)
    async with desk.db.write() as tx:
        critique = await stored_critiques.find(tx, actor.guild, which)
        if critique is None or not sees(critique.home):
            raise Refusal(Code.NO_CRITIQUE)
        check_open(critique, Act.FOLLOW)
        before = await stored.follower(tx, actor.guild, actor.id)
        known = follows.QUIET if before is None else before.quiet
        begin, end = (old if new is None else new for old, new in zip(known, quiet, strict=True))
        await stored.save_follower(tx, actor.guild, actor.id, (begin, end))
        await stored.save(tx, which, actor.id, what, desk.clock())
        return critique, (begin, end)


async def unfollow(
    desk: Desk, guild: GuildId, member: MemberId, which: Collection[tuple[CritiqueId, Followed]] | None
) -> int:
    """The member follows these no more, or nothing on the server (None). How many that were; Refusal where none."""
    async with desk.db.write() as tx:
        count = await stored.drop(tx, guild, member, which)
        if not count:
            raise Refusal(Code.NOT_FOLLOWED)
        return count


async def followed(desk: Desk, actor: Actor) -> list[tuple[Critique, Followed]]:
    """What the actor follows on the server."""
    async with desk.db.read() as tx:
        found = await stored.of_member(tx, actor.guild, actor.id)
        return [(await stored_critiques.critique(tx, which), what) for which, what in found]


async def look(desk: Desk) -> int:
    """Notes which leads turned, and owes messages to those who may be told something new; to how many."""
    now = desk.clock()
    async with desk.db.read() as tx:
        moved = await stored.sides(tx)
        may = await _to_be_told(tx, now)
        given_up = await stored.any_given_up(tx)
        old = await stored.any_before(tx, now - follows.KEPT)
    if not (moved or may or given_up or old):
        return 0
    async with desk.db.write() as tx:
        await stored.pass_over_given_up(tx)
        for critique, point, before, side in moved:
            await stored.save_lead(tx, point, side, None if before is None else now)
            if before is not None:
                shown = await stored_points.point(tx, point)
                await stored.record(tx, Happening(critique, What.LEAD, shown), now)
        newest = await stored.newest(tx)
        for each in may:
            await stored.save_telling(tx, each, newest)
            tell = owed.tell_follower(each.guild, each.member, newest)
            await stored_deliveries.owe(tx, tell, now)
        await stored.forget(tx, now - follows.KEPT)
    return len(may)


async def _to_be_told(tx: Tx, now: datetime) -> list[Follower]:
    """Those who may be told something new now, and of those whose direct message is not open as many as may be."""
    hours: dict[int, list[GuildId]] = {}
    for guild in await stored.servers_followed(tx):
        hours.setdefault(now.astimezone(await zone_of(tx, guild)).hour, []).append(guild)
    lately = (now - follows.EVERY, now)
    found = await stored.with_news(tx, lately, hours, _AT_ONCE, opened=True)
    opened = len(await stored.opened_since(tx, now - follows.OPENED_WITHIN)) + await stored.opening(tx)
    room = max(0, follows.OPENED_AT_MOST - opened)
    return found + await stored.with_news(tx, lately, hours, room, opened=False)


async def to_tell(desk: Desk, guild: GuildId, member: MemberId) -> tuple[Follower, list[Bulletin]] | None:
    """What a message on its way tells the follower; None where they follow nothing any more."""
    async with desk.db.read() as tx:
        whom = await stored.follower(tx, guild, member)
        if whom is None or whom.telling is None:
            return None
        return whom, await _bulletins(tx, whom, whom.telling)


async def _bulletins(tx: Tx, whom: Follower, up_to: int) -> list[Bulletin]:
    by_critique: dict[CritiqueId, list[News]] = {}
    found = await stored.news(tx, whom, up_to)
    sides = await stored.leading(tx, [point for _, what, point, _ in found if what is What.LEAD and point is not None])
    for critique, what, which, count in found:
        point = None if which is None else await stored_points.point(tx, which)
        if point is None or (point.is_listed and not point.is_gone):
            side = None if which is None else sides.get(which)
            by_critique.setdefault(critique, []).append(News(what, count, point, side))
    return [Bulletin(await stored_critiques.critique(tx, which), news) for which, news in by_critique.items()]


async def rest(desk: Desk, whom: Follower) -> timedelta | None:
    """For how long they may not be told: their quiet hours, or until another direct message may be opened; None where
    they may be told now.
    """
    now = desk.clock()
    async with desk.db.read() as tx:
        local = now.astimezone(await zone_of(tx, whom.guild))
        opened = await stored.opened_since(tx, now - follows.OPENED_WITHIN)
    quiet = follows.quiet_for(local, whom.quiet)
    if quiet is not None or whom.channel is not None or len(opened) < follows.OPENED_AT_MOST:
        return quiet
    return opened[-follows.OPENED_AT_MOST] + follows.OPENED_WITHIN - now


async def save_opened(desk: Desk, whom: Follower, channel: ChannelId) -> None:
    """The direct message with them is this one."""
    async with desk.db.write() as tx:
        await stored.save_opened(tx, whom, channel, desk.clock())


async def save_told(desk: Desk, whom: Follower) -> None:
    """They were told."""
    async with desk.db.write() as tx:
        await stored.save_told(tx, whom, desk.clock())


async def save_closed(desk: Desk, whom: Follower) -> None:
    """They take no direct messages (rule 3)."""
    async with desk.db.write() as tx:
        await stored.save_closed(tx, whom, desk.clock())


async def catch_up(desk: Desk, actor: Actor, choices: Choices, which: CritiqueId, sees: Sight) -> CatchUp:
    """What changed since the actor's last look, which this is from now on. Raises Refusal."""
    check(actor, Act.CATCH_UP, choices)
    now = desk.clock()
    async with desk.db.write() as tx:
        critique = await stored_critiques.find(tx, actor.guild, which)
        if critique is None or not sees(critique.home) or critique.status is CritiqueStatus.DISCARDED:
            raise Refusal(Code.NO_CRITIQUE)
        last = await stored.last_visit(tx, which, actor.id)
        since = now - _FIRST_LOOK if last is None else last
        points = [each for each in await stored_points.of_critique(tx, which) if each.is_listed and not each.is_gone]
        await stored.visit(tx, which, actor.id, now)
        return CatchUp(
            critique,
            last,
            [each for each in points if each.created_at > since and each.author != actor.id and each.author],
            await _turned(tx, critique, points, since),
            await _answers(tx, points, actor.id, since),
            await ballots.unvoted(tx, critique, actor.id),
        )


async def _turned(tx: Tx, critique: Critique, points: Collection[Point], since: datetime) -> list[News]:
    if critique.hides_figures:
        return []
    known: dict[PointId, Point] = {each.id: each for each in points}
    turned = await stored.turned_since(tx, critique.id, since)
    return [News(What.LEAD, 1, known[point], side) for point, side in turned if point in known]


async def _answers(tx: Tx, points: Collection[Point], member: MemberId, since: datetime) -> list[News]:
    own = {each.id: each for each in points if each.author == member}
    found = await stored.answers(tx, list(own), member, since)
    return [News(what, count, own[point]) for what, point, count in found]
