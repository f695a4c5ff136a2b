"""What a member may know and have done about what is stored of them, over all servers that the bot is on.

1. Erasing and opting out take effect in one transaction: the votes, the figures, the names and the wish itself.
2. The wish is stored as a mark, so that neither a reading after a gap nor an event on its way takes votes in again.
3. What was deleted is gone from the file's bytes soon afterwards: `retention` sees to that.
4. What a mute or an exclusion bears is a mark, and outlives an erasure: nobody is freed of either by it.
"""

from bot.core import deliveries as owed
from bot.core.acts import Act, Actor
from bot.core.ids import CritiqueId, MemberId
from bot.core.privacy import Holdings, Json, Left
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices
from bot.services import additions, arguments, cases, digests, reports
from bot.services.critiques import check
from bot.services.desk import Desk
from bot.storage import arguments as stored_arguments
from bot.storage import ballots as stored_ballots
from bot.storage import cases as stored_cases
from bot.storage import critiques as stored_critiques
from bot.storage import deliveries as stored_deliveries
from bot.storage import marks as stored_marks
from bot.storage import merges as stored_merges
from bot.storage import points as stored_points
from bot.storage import privacy as stored
from bot.storage import reports as stored_reports
from bot.storage import votes as stored_votes
from bot.storage.database import Tx
from bot.storage.facts import SCRUB_DUE, save_fact


async def show(desk: Desk, actor: Actor, choices: Choices) -> Holdings:
    """How much is stored about the actor. Raises Refusal."""
    check(actor, Act.SEE_OWN_DATA, choices, own=True)
    async with desk.db.read() as tx:
        return await stored.holdings(tx, actor.id, opted_out=await wants_no_votes(tx, actor.id))


async def export(desk: Desk, actor: Actor, choices: Choices) -> Json:
    """All that is stored about the actor. Raises Refusal."""
    check(actor, Act.SEE_OWN_DATA, choices, own=True)
    async with desk.db.read() as tx:
        about = {"member": str(actor.id), "votes_are_stored": not await wants_no_votes(tx, actor.id)}
        return about | await stored.export(tx, actor.id)


async def erase(desk: Desk, actor: Actor, choices: Choices) -> Left:
    """Deletes the actor's votes and takes their name off all that stays. Raises Refusal."""
    check(actor, Act.ERASE_OWN_DATA, choices, own=True)
    async with desk.db.write() as tx:
        return await _leave_out(desk, tx, actor.id, erased=True)


async def opt_out(desk: Desk, actor: Actor, choices: Choices) -> Left:
    """Deletes the actor's votes, and stores none of theirs from now on. Raises Refusal."""
    check(actor, Act.ERASE_OWN_DATA, choices, own=True)
    async with desk.db.write() as tx:
        if await wants_no_votes(tx, actor.id):
            raise Refusal(Code.OPTED_OUT_ALREADY)
        return await _leave_out(desk, tx, actor.id, erased=False)


async def opt_in(desk: Desk, actor: Actor, choices: Choices) -> None:
    """The actor's votes are stored from now on. What they hold in Discord is found when it is read. Raises Refusal."""
    check(actor, Act.ERASE_OWN_DATA, choices, own=True)
    async with desk.db.write() as tx:
        if not await stored_marks.opt_in(tx, await stored_marks.made(tx, actor.id)):
            raise Refusal(Code.NOT_OPTED_OUT)


async def is_opted_out(desk: Desk, member: MemberId) -> bool:
    """Whether the member wants no votes stored."""
    async with desk.db.read() as tx:
        return await wants_no_votes(tx, member)


async def wants_no_votes(tx: Tx, member: MemberId) -> bool:
    """The same in the caller's transaction."""
    return bool(await stored_marks.opted_out(tx, (await stored_marks.of(tx, [member])).values()))


async def _leave_out(desk: Desk, tx: Tx, member: MemberId, *, erased: bool) -> Left:
    await stored_marks.opt_out(tx, await stored_marks.made(tx, member))
    voted = await stored.voted(tx, member)
    held = await stored.held(tx, member)
    # What the figures show of ballots must not change now: whose reactions go at the same time is there to be seen.
    nobody = MemberId(-await stored_votes.take_orders(tx, 1))
    counts = await stored_merges.counts_of(tx, voted | {key._replace(member=nobody): voted[key] for key in voted})
    await stored_ballots.make_nameless(tx, member, nobody)
    for which in await stored_arguments.backed_by(tx, member):
        point = await stored_points.point(tx, which)
        await arguments.owe_panel(desk, tx, await stored_critiques.critique(tx, point.critique), point)
    await stored.drop_votes(tx, member)
    await stored_merges.save_since(tx, counts)
    moved = set(voted.values())
    if erased:
        moved |= await _drop_name(desk, tx, member)
    for guild, point, channel, side in held:
        await stored_deliveries.owe(tx, owed.take_vote(guild, point, channel, member, side), desk.clock())
    for critique in sorted(moved):
        await digests.owe(desk, tx, critique)
    await save_fact(tx, SCRUB_DUE, "due")
    return Left(votes=len(voted), emoji=len(held))


async def _drop_name(desk: Desk, tx: Tx, member: MemberId) -> set[CritiqueId]:
    """Takes the name off, in Discord too; the critiques in which that shows."""
    named = await stored.authored(tx, member)
    for case in await stored_cases.appealed_by(tx, member):
        await cases.owe_shown(desk, tx, case)
    for report in await stored_reports.of_member(tx, member):
        await reports.owe_shown(desk, tx, report)
    for argument in await stored_arguments.of_author(tx, member):
        point = await stored_points.point(tx, argument.point)
        await arguments.owe_shown(desk, tx, await stored_critiques.critique(tx, point.critique), argument)
    await stored.drop_name(tx, member)
    moved: set[CritiqueId] = set()
    for which in named:
        point = await stored_points.point(tx, which)
        critique = await stored_critiques.critique(tx, point.critique)
        await additions.owe_shown(desk, tx, critique, point)
        moved.add(critique.id)
    return moved
