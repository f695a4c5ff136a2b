"""Private ballots: a member goes through the list point by point, and what was cast joins the figures in batches.

1. A ballot is recorded in one transaction with what follows from it: the reaction it replaces is to be taken away.
   No digest and no panel is owed for it, since no figure that anybody sees has changed.
2. Where a member stands in the list is in their votes and in the points that they passed over: going on needs nothing
   else, after a restart too.
3. A batch joins the figures point by point, as `core/ballots.py` says.
"""

from collections.abc import Mapping

from bot.core import ballots, votes
from bot.core import deliveries as owed
from bot.core.acts import Act, Actor
from bot.core.ballots import Cast, Paper
from bot.core.critiques import Critique, CritiqueStatus
from bot.core.digests import Line
from bot.core.ids import CritiqueId, GuildId, MemberId, PointId
from bot.core.points import Point, PointStatus
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices
from bot.core.sittings import Change, Key, Move, Votable
from bot.core.votes import Ballot, MemberVotes, Source, Stance
from bot.services import digests, privacy
from bot.services.critiques import Sight, check, check_open
from bot.services.desk import Desk
from bot.services.points import known
from bot.services.zones import zone_of
from bot.storage import ballots as stored
from bot.storage import critiques as stored_critiques
from bot.storage import deliveries as stored_deliveries
from bot.storage import marks as stored_marks
from bot.storage import merges as stored_merges
from bot.storage import points as stored_points
from bot.storage import votes as stored_votes
from bot.storage.database import Tx

_PIECE = 500  # ballots saved between two turns of the event loop
_TAKES = (PointStatus.OPEN, PointStatus.VOTE_ONLY)


async def ask(
    desk: Desk, actor: Actor, choices: Choices, which: CritiqueId, sees: Sight, *, anew: bool = False
) -> Paper:
    """The point that the actor is asked about next; `anew`: those passed over are asked about again. Raises Refusal."""
    check(actor, Act.VOTE_PRIVATELY, choices)
    if anew:
        async with desk.db.write() as tx:
            critique = await _usable(tx, actor.guild, which, sees)
            await stored.forget_skips(tx, actor.id, await stored.skipped(tx, actor.id, which))
            return await _next(tx, critique, actor.id)
    async with desk.db.read() as tx:
        return await _next(tx, await _usable(tx, actor.guild, which, sees), actor.id)


async def ask_about(desk: Desk, actor: Actor, choices: Choices, which: PointId, sees: Sight) -> Paper:
    """The point itself, whatever the actor has said of it before. Raises Refusal."""
    check(actor, Act.VOTE_PRIVATELY, choices)
    async with desk.db.read() as tx:
        point, critique = await _votable_point(tx, actor, which, sees)
        paper = await _next(tx, critique, actor.id)
        said = _said(await _held(tx, point, actor.id))
        return Paper(critique, point, paper.total, paper.voted, paper.skipped, said)


async def cast(
    desk: Desk, actor: Actor, choices: Choices, which: PointId, revision: int, stance: Stance, sees: Sight
) -> tuple[Cast, Paper]:
    """Records what the actor says of the point, and gives what they are asked next. Raises Refusal.

    `revision` is that of the words which the actor has seen.
    """
    check(actor, Act.VOTE_PRIVATELY, choices)
    async with desk.db.write() as tx:
        point, critique = await _votable_point(tx, actor, which, sees, revision)
        if await privacy.wants_no_votes(tx, actor.id):
            raise Refusal(Code.OPTED_OUT)
        votable = await stored_votes.votable(tx, which)
        if votable is None:
            raise Refusal(Code.STATE_CHANGED)
        replaced = await _save(desk, tx, votable, actor.id, stance)
        return Cast(point, stance, replaced), await _next(tx, critique, actor.id)


async def skip(desk: Desk, actor: Actor, choices: Choices, which: PointId, revision: int, sees: Sight) -> Paper:
    """The actor passes the point over for now, and is asked about the next. Raises Refusal."""
    check(actor, Act.VOTE_PRIVATELY, choices)
    async with desk.db.write() as tx:
        point, critique = await _votable_point(tx, actor, which, sees, revision)
        await stored.skip(tx, Key(point.id, point.revision, actor.id))
        return await _next(tx, critique, actor.id)


async def release(desk: Desk, tx: Tx, critique: Critique) -> int:
    """Lets ballots join the figures of each point of the critique, where they are enough; how many did.

    For the close, where it is one transaction with that.
    """
    released = 0
    for which in await stored.with_batch(tx, critique.id, ballots.BATCH):
        released += await _release(desk, tx, critique, await stored_points.point(tx, which))
    await stored_critiques.save_released(tx, critique.id, desk.clock())
    return released


async def release_due(desk: Desk) -> int:
    """Does so in every open critique that is not blind, once in each ISO week of its server; how many joined.

    Point by point, so that nobody's vote waits for all of them: what joined before a kill is no batch afterwards.
    """
    async with desk.db.read() as tx:
        due = [each for each in await stored_critiques.open_everywhere(tx) if await _is_due(desk, tx, each)]
    return sum([await _release_weekly(desk, critique.id) for critique in due])


async def _release_weekly(desk: Desk, which: CritiqueId) -> int:
    released = 0
    async with desk.db.read() as tx:
        points = await stored.with_batch(tx, which, ballots.BATCH)
    for point in points:
        async with desk.db.write() as tx:
            critique = await stored_critiques.critique(tx, which)
            if critique.status is CritiqueStatus.OPEN:
                released += await _release(desk, tx, critique, await stored_points.point(tx, point))
    async with desk.db.write() as tx:
        await stored_critiques.save_released(tx, which, desk.clock())
    return released


async def _is_due(desk: Desk, tx: Tx, critique: Critique) -> bool:
    last = critique.released_at or critique.opened_at
    return not critique.blind and ballots.is_due(last, desk.clock(), await zone_of(tx, critique.guild))


async def _usable(tx: Tx, guild: GuildId, which: CritiqueId, sees: Sight) -> Critique:
    critique = await stored_critiques.find(tx, guild, which)
    if critique is None or not sees(critique.home):
        raise Refusal(Code.NO_CRITIQUE)
    check_open(critique, Act.VOTE_PRIVATELY)
    return critique


async def _votable_point(
    tx: Tx, actor: Actor, which: PointId, sees: Sight, revision: int | None = None
) -> tuple[Point, Critique]:
    point, critique = await known(tx, actor.guild, which)
    await _usable(tx, actor.guild, critique.id, sees)
    if point.into is not None:
        raise Refusal(Code.VOTE_ELSEWHERE, label=point.name, into=point.into.name)
    if not _takes_ballots(point):
        raise Refusal(Code.STATE_CHANGED)
    if revision not in (None, point.revision):
        raise Refusal(Code.REWORDED, label=point.name)
    return point, critique


def _takes_ballots(point: Point) -> bool:
    return point.status in _TAKES and point.into is None and point.message is not None


async def unvoted(tx: Tx, critique: Critique, member: MemberId, most: int = 3) -> list[Point]:
    """Points that the member has not voted on, the least heard first; none of a critique that is closed."""
    if critique.status is not CritiqueStatus.OPEN:
        return []
    lines, voted = await _voted(tx, critique, member)
    left = {which: line.tally.people for which, line in lines.items() if which not in voted}
    return [lines[which].point for which in ballots.walk(left, f"{critique.id}:{member}")[:most]]


async def _next(tx: Tx, critique: Critique, member: MemberId) -> Paper:
    lines, voted = await _voted(tx, critique, member)
    skipped = await stored.skipped(tx, member, critique.id) & lines.keys() - voted
    left = {which: line.tally.people for which, line in lines.items() if which not in voted | skipped}
    order = ballots.walk(left, f"{critique.id}:{member}")
    asked = lines[order[0]].point if order else None
    return Paper(critique, asked, len(lines), len(voted), len(skipped))


async def _voted(tx: Tx, critique: Critique, member: MemberId) -> tuple[dict[PointId, Line], set[PointId]]:
    """The points that take ballots, and those of them that the member has voted on, in public or in private."""
    lines = {line.point.id: line for line in await stored_points.lines(tx, critique.id) if _takes_ballots(line.point)}
    keys = {Key(line.point.id, line.point.revision, member): which for which, line in lines.items()}
    held = await stored_votes.member_votes(tx, list(keys))
    voted = {keys[key] for key, each in held.items() if each.agree or each.disagree or _said(each) is not None}
    return lines, voted


def _said(each: MemberVotes) -> Stance | None:
    """What the member says, whether or not it counts: nobody learns here that moderators exclude their votes."""
    if each.ballot is not None and each.ballot.stance is not None:
        return each.ballot.stance
    return votes.stance(votes.marked(each, excluded=False))


async def _held(tx: Tx, point: Point, member: MemberId) -> MemberVotes:
    key = Key(point.id, point.revision, member)
    return (await stored_votes.member_votes(tx, [key]))[key]


async def _save(desk: Desk, tx: Tx, votable: Votable, member: MemberId, stance: Stance) -> bool:
    """Saves the ballot, and owes that the reaction beneath it is taken away; whether there is one."""
    key = Key(votable.point, votable.revision, member)
    before = (await stored_votes.member_votes(tx, [key]))[key]
    if before.ballot is not None and before.ballot.stance is stance:  # said again
        return bool(votes.superseded(before))
    marks = await stored_marks.of(tx, [member]) if votable.excluded else {}
    order = await stored_votes.take_orders(tx, 1)
    after = votes.cast(before, stance, order, excluded=marks.get(member) in votable.excluded)
    await stored_votes.save(tx, [Change(key, before, after)], [], desk.clock())
    for side in votes.superseded(after):
        away = owed.take_away(votable.guild, votable.point, votable.channel, member, side, order)
        await stored_deliveries.owe(tx, away, desk.clock())
    return bool(votes.superseded(after))


async def _release(desk: Desk, tx: Tx, critique: Critique, point: Point) -> int:
    if point.is_gone or point.message is None:
        return 0
    keys = [Key(point.id, point.revision, each) for each in await stored.voters_of(tx, point.id, point.revision)]
    every = {key.member: each for key, each in (await stored_votes.member_votes(tx, keys)).items()}
    joining = ballots.batch(every)
    for start in range(0, len(joining), _PIECE):
        piece = {member: every[member] for member in joining[start : start + _PIECE]}
        await _join(desk, tx, critique, point, piece)
    if joining:
        await digests.owe(desk, tx, critique.id)
    return len(joining)


async def _join(desk: Desk, tx: Tx, critique: Critique, point: Point, members: Mapping[MemberId, MemberVotes]) -> None:
    """These members' ballots are in the figures as they are now; a kept vote beneath one is no more."""
    changes = [
        Change(Key(point.id, point.revision, member), before, _joined(before)) for member, before in members.items()
    ]
    counts = await stored_merges.counts_of(tx, {change.key: critique.id for change in changes})
    moves = [move for change in changes for move in _moves(critique.id, change)]
    await stored_votes.save(tx, changes, moves, desk.clock(), counts=False)
    await stored_merges.save_since(tx, counts)


def _joined(before: MemberVotes) -> MemberVotes:
    shown, ballot = ballots.to_show(before), before.ballot
    if ballot is None or (shown is None and ballot.stance is None):
        return before._replace(ballot=None)
    after = Ballot(ballot.stance, ballot.order, ballot.eligible, ballot.excluded, shown)
    return before._replace(ballot=after, kept=None if ballot.stance is not None else before.kept)


def _moves(critique: CritiqueId, change: Change) -> list[Move]:
    key, before, after = change
    was, now = before.ballot and before.ballot.shown, after.ballot and after.ballot.shown
    seen = (votes.visible(before), votes.visible(after))
    return [Move(key, critique, old, new, Source.BALLOT) for old, new in ((was, now), seen) if old is not new]
