"""Votes taken out of the figures by moderators, and brought back.

1. The votes, the history, the tallies, the case and what Discord is owed follow in one transaction.
2. What counts is derived anew from the exclusions that stand, so that lifting one gives back the very same figures.
3. In a closed critique nothing moves. What was decided meanwhile is made up for when it is opened again.
4. Private ballots are taken out and brought back with the next batch, and are in no number that a moderator is told.
5. Many votes are taken in pieces, so that the event loop has its turn between any two of them.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

from bot.core import votes as core
from bot.core.acts import Act, Actor
from bot.core.cases import Case, CaseAct, Why
from bot.core.critiques import Critique
from bot.core.exclusions import LONGEST_SINCE, Cover, Exclusion, ExclusionId, cover
from bot.core.ids import CaseId, CritiqueId, GuildId, MemberId
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices
from bot.core.sittings import Key, Move
from bot.core.votes import Source
from bot.services import cases, digests
from bot.services.critiques import check, check_open
from bot.services.desk import Desk
from bot.storage import cases as stored_cases
from bot.storage import critiques as stored_critiques
from bot.storage import exclusions as stored
from bot.storage import marks as stored_marks
from bot.storage import merges as stored_merges
from bot.storage import tallies as stored_tallies
from bot.storage import votes as stored_votes
from bot.storage.database import Tx

_PIECE = 500


async def exclude_member(
    desk: Desk, actor: Actor, choices: Choices, member: MemberId, which: CritiqueId | None, why: Why
) -> Case:
    """Takes out all votes of a member in a critique or on the server, from now on too. Raises Refusal."""
    check(actor, Act.EXCLUDE_VOTES, choices, own=member == actor.id)
    async with desk.db.write() as tx:
        await _check_open(tx, actor, which)
        mark = await stored_marks.made(tx, member)
        before = await stored.standing(tx, actor.guild)
        if any(one.member == mark and one.critique == which for one in before):
            raise Refusal(Code.EXCLUDED_ALREADY)
        keys = await stored.keys_of_member(tx, actor.guild, which, member)
        votes = await _take_out(desk, tx, keys)
        case = await cases.record_about(desk, tx, actor, CaseAct.EXCLUDE, why, member, critique=which, votes=votes)
        await stored.save(tx, actor.guild, which, case, desk.clock(), member=mark, votes=votes)
        return await _known(tx, case)


async def exclude_since(
    desk: Desk, actor: Actor, choices: Choices, span: timedelta | None, which: CritiqueId | None, why: Why
) -> Case:
    """Takes out all votes cast within that span up to now, whoever cast them. Raises Refusal.

    Where it took out nothing that others see there is a case all the same: a refusal would tell that no ballot was
    cast within the span, and its absence that one was.
    """
    check(actor, Act.EXCLUDE_VOTES, choices)
    if span is None or span > LONGEST_SINCE:
        raise Refusal(Code.NO_SPAN)
    now = desk.clock()
    async with desk.db.write() as tx:
        await _check_open(tx, actor, which)
        keys = await stored.keys_since(tx, actor.guild, which, now - span, now)
        votes = await _take_out(desk, tx, keys)
        case = await cases.record_about(desk, tx, actor, CaseAct.EXCLUDE, why, None, critique=which, votes=votes)
        new = await stored.save(tx, actor.guild, which, case, now, since=now - span, votes=votes)
        await stored.save_taken(tx, new, keys)
        return await _known(tx, case)


async def include_member(desk: Desk, actor: Actor, choices: Choices, member: MemberId, why: Why) -> Case:
    """Lifts all exclusions of the member that stand on the server. Raises Refusal."""
    check(actor, Act.EXCLUDE_VOTES, choices, own=member == actor.id)
    async with desk.db.write() as tx:
        mark = (await stored_marks.of(tx, [member])).get(member)
        lifted = [one for one in await stored.standing(tx, actor.guild) if one.member == mark and mark is not None]
        return await _lift(desk, tx, actor, lifted, member, why)


async def include_case(desk: Desk, actor: Actor, choices: Choices, which: CaseId, why: Why) -> Case:
    """Lifts the exclusion that the case is about. Raises Refusal."""
    check(actor, Act.EXCLUDE_VOTES, choices)
    async with desk.db.write() as tx:
        case = await stored_cases.find(tx, which)
        if case is None or case.guild != actor.guild:
            raise Refusal(Code.NOTHING_EXCLUDED)
        return await lift_case(desk, tx, actor, case, why)


async def lift_case(desk: Desk, tx: Tx, actor: Actor, case: Case, why: Why) -> Case:
    """Lifts the exclusion that the case is about, in the caller's transaction. Raises Refusal."""
    found = await stored.of_case(tx, case.id)
    return await _lift(desk, tx, actor, [] if found is None else [found], case.member, why)


async def standing(desk: Desk, actor: Actor, choices: Choices) -> list[Exclusion]:
    """The server's exclusions that stand, newest first. Raises Refusal."""
    check(actor, Act.EXCLUDE_VOTES, choices)
    async with desk.db.read() as tx:
        return await stored.standing(tx, actor.guild)


async def make_up_for(desk: Desk, tx: Tx, critique: Critique) -> None:
    """The critique is open again: its votes are held against what was excluded and included meanwhile."""
    if await stored.any_of(tx, critique.guild):
        await _settle(desk, tx, critique.guild, await stored.keys_of_critique(tx, critique.id))


async def _lift(
    desk: Desk, tx: Tx, actor: Actor, lifted: Sequence[Exclusion], member: MemberId | None, why: Why
) -> Case:
    if not lifted:
        raise Refusal(Code.NOTHING_EXCLUDED)
    await stored.lift(tx, [one.id for one in lifted], desk.clock())
    keys: dict[Key, CritiqueId] = {}
    for one in lifted:
        keys |= await _keys_of(tx, one, member)
    votes = await _settle(desk, tx, actor.guild, keys)
    where = lifted[0].critique if len(lifted) == 1 else None
    case = await cases.record_about(desk, tx, actor, CaseAct.INCLUDE, why, member, critique=where, votes=votes)
    return await _known(tx, case)


async def _keys_of(tx: Tx, one: Exclusion, member: MemberId | None) -> dict[Key, CritiqueId]:
    if one.member is None:
        return await stored.keys_taken(tx, one.id)
    # Who was erased meanwhile has no votes left, and no name on the case.
    return {} if member is None else await stored.keys_of_member(tx, one.guild, one.critique, member)


async def _take_out(desk: Desk, tx: Tx, keys: Mapping[Key, CritiqueId]) -> int:
    """How many stances that others see went."""
    return await _move(desk, tx, keys, list(keys), excluded=True)


async def _settle(desk: Desk, tx: Tx, guild: GuildId, keys: Mapping[Key, CritiqueId]) -> int:
    """Holds the votes against the exclusions that stand; how many stances came back."""
    exclusions = await stored.standing(tx, guild)
    marks = await stored_marks.of(tx, {key.member for key in keys})
    taken = await stored.taken_by(tx, [one.id for one in exclusions if one.since is not None])
    nothing: set[ExclusionId] = set()
    found = {
        key: cover(exclusions, critique, marks.get(key.member), taken=taken.get(key, nothing))
        for key, critique in keys.items()
    }
    await _move(desk, tx, keys, [key for key in keys if found[key] is Cover.OUT], excluded=True)
    return await _move(desk, tx, keys, [key for key in keys if found[key] is Cover.IN], excluded=False)


async def _move(desk: Desk, tx: Tx, critiques: Mapping[Key, CritiqueId], keys: Sequence[Key], *, excluded: bool) -> int:
    source = Source.EXCLUDED if excluded else Source.INCLUDED
    moved: set[CritiqueId] = set()
    count = 0
    for start in range(0, len(keys), _PIECE):
        piece = keys[start : start + _PIECE]
        moves: list[Move] = []
        for key, had in (await stored_votes.member_votes(tx, piece)).items():
            before, after = core.visible(had), core.visible(core.marked(had, excluded=excluded))
            if before is not after:
                moves.append(Move(key, critiques[key], before, after, source))
        counts = await stored_merges.counts_of(tx, {key: critiques[key] for key in piece})
        await stored.mark_votes(tx, piece, excluded=excluded)
        if moves:
            await stored_tallies.save_history(tx, moves, desk.clock())
        await stored_merges.save_since(tx, counts)
        moved |= {move.critique for move in moves}
        count += len(moves)
    await _owe_digests(desk, tx, moved)
    return count


async def _owe_digests(desk: Desk, tx: Tx, moved: Collection[CritiqueId]) -> None:
    for critique in sorted(moved):
        await digests.owe(desk, tx, critique)


async def _check_open(tx: Tx, actor: Actor, which: CritiqueId | None) -> None:
    if which is None:
        return
    critique = await stored_critiques.find(tx, actor.guild, which)
    if critique is None:
        raise Refusal(Code.NO_CRITIQUE)
    check_open(critique, Act.EXCLUDE_VOTES)


async def _known(tx: Tx, which: CaseId) -> Case:
    found = await stored_cases.find(tx, which)
    if found is None:
        raise Refusal(Code.NO_CASE)
    return found
