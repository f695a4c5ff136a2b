"""Private ballots: the walk, what replaces what, batches, and that nothing others can see tells of one before them."""

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.core.acts import Actor
from bot.core.ballots import BATCH, Paper
from bot.core.cases import CaseReason, Why
from bot.core.critiques import Critique
from bot.core.deliveries import Kind
from bot.core.ids import CritiqueId, MemberId, MessageId, PointId
from bot.core.refusals import Code, Refusal
from bot.core.votes import Cleared, Event, Reacted, Stance
from bot.services import (
    ballots,
    critiques,
    digests,
    discards,
    drafts,
    exclusions,
    merges,
    overviews,
    privacy,
    revisions,
    states,
    votes,
)
from bot.services.critiques import everywhere
from bot.storage import critiques as stored_critiques
from bot.storage import votes as stored_votes
from bot.storage.database import Database
from tests.services.conftest import CHOICES, GUILD, HOME, MEMBER, MODERATOR, TEN, Room

AGREE, DISAGREE, UNSURE = Stance.AGREE, Stance.DISAGREE, Stance.UNSURE
CRITIQUE = CritiqueId(1)
WHY = Why(CaseReason.SPAM, "Votes by the dozen.")


def voter(number: int) -> Actor:
    return Actor(MemberId(100 + number), GUILD, frozenset())


def reacted(which: int, member: int, emoji: str = "👍", *, added: bool = True) -> Reacted:
    return Reacted(HOME, MessageId(100 + which), MemberId(member), emoji, added=added)


async def begun(room: Room) -> Critique:
    """A critique of ten points that all stand: point n under message 100 + n."""
    critique = await room.open()
    await room.post(critique)
    return critique


async def cast(room: Room, who: Actor, which: int, stance: Stance = AGREE, revision: int = 1) -> Any:
    return await ballots.cast(room.desk, who, CHOICES, PointId(which), revision, stance, everywhere)


async def ask(room: Room, who: Actor, critique: Critique, *, anew: bool = False) -> Paper:
    return await ballots.ask(room.desk, who, CHOICES, critique.id, everywhere, anew=anew)


async def release(room: Room, critique: Critique) -> int:
    async with room.desk.db.write() as tx:
        return await ballots.release(room.desk, tx, critique)


async def tally(room: Room, which: int) -> tuple[int, int, int]:
    digest = await digests.read(room.desk, CRITIQUE)
    found = next(line.tally for line in digest.lines if line.point.id == which)
    return found.agree, found.disagree, found.unsure


async def people(room: Room) -> int:
    async with room.desk.db.read() as tx:
        return await stored_critiques.people(tx, CRITIQUE)


async def recounted(room: Room, which: int) -> tuple[int, int, int]:
    async with room.desk.db.read() as tx:
        found = await stored_votes.figures(tx, PointId(which), 1)
    return found.agree, found.disagree, found.unsure


async def test_a_member_is_asked_about_each_point_once_and_skips_some_until_they_are_asked_again(room: Room) -> None:
    critique = await begun(room)
    await votes.record(room.desk, [reacted(3, MEMBER.id)])
    met: list[PointId] = []
    paper = await ask(room, MEMBER, critique)
    assert (paper.total, paper.voted, paper.skipped) == (10, 1, 0)
    while paper.point is not None:
        met.append(paper.point.id)
        if len(met) % 3 == 0:
            paper = await ballots.skip(room.desk, MEMBER, CHOICES, paper.point.id, 1, everywhere)
        else:
            _cast, paper = await cast(room, MEMBER, paper.point.id, UNSURE)
    assert sorted(met) == [number for number in range(1, 11) if number != 3]
    assert (paper.voted, paper.skipped) == (7, 3)
    assert await ask(room, MEMBER, critique) == paper
    again = await ask(room, MEMBER, critique, anew=True)
    assert again.point is not None and again.skipped == 0
    assert (await ask(room, voter(1), critique)).voted == 0


async def test_the_least_heard_by_the_public_figures_come_first(room: Room) -> None:
    critique = await begun(room)
    await votes.record(room.desk, [reacted(which, 50) for which in range(1, 11) if which != 4])
    await cast(room, voter(1), 4)
    paper = await ask(room, MEMBER, critique)
    assert paper.point is not None and paper.point.id == 4


async def test_a_ballot_can_be_changed_by_naming_the_point_and_the_paper_shows_what_was_said(room: Room) -> None:
    await begun(room)
    await cast(room, MEMBER, 2, DISAGREE)
    paper = await ballots.ask_about(room.desk, MEMBER, CHOICES, PointId(2), everywhere)
    assert (paper.point and paper.point.id, paper.said) == (2, DISAGREE)
    await cast(room, MEMBER, 2, AGREE)
    assert [(row.stance, row.shown) for row in await room.rows("SELECT * FROM ballots")] == [(1, None)]


async def test_what_was_reworded_withdrawn_merged_or_closed_takes_no_ballot_and_says_so(room: Room) -> None:
    critique = await begun(room)
    await revisions.edit(room.desk, MODERATOR, CHOICES, PointId(1), "Anew", "It is not a reason at all.", edition=0)
    assert await refused(room, 1) is Code.REWORDED
    await merges.merge(room.desk, MODERATOR, CHOICES, PointId(2), PointId(3), WHY)
    assert await refused(room, 2) is Code.VOTE_ELSEWHERE
    await states.hide(room.desk, MODERATOR, CHOICES, PointId(4), WHY)
    assert await refused(room, 4) is Code.STATE_CHANGED
    assert await refused(room, 99) is Code.STATE_CHANGED
    await privacy.opt_out(room.desk, MEMBER, CHOICES)
    assert await refused(room, 5) is Code.OPTED_OUT
    await states.close(room.desk, MODERATOR, CHOICES, critique.id)
    assert await refused(room, 5) is Code.CRITIQUE_CLOSED
    assert await room.rows("SELECT * FROM ballots") == []


async def refused(room: Room, which: int) -> Code:
    with pytest.raises(Refusal) as caught:
        await cast(room, MEMBER, which)
    return caught.value.code


async def test_who_does_not_see_the_home_is_told_of_no_critique(room: Room) -> None:
    critique = await begun(room)
    for asked in (
        ballots.ask(room.desk, MEMBER, CHOICES, critique.id, lambda _channel: False),
        ballots.cast(room.desk, MEMBER, CHOICES, PointId(1), 1, AGREE, lambda _channel: False),
        ballots.ask_about(room.desk, replace(MEMBER, guild=GUILD + 1), CHOICES, PointId(1), everywhere),  # type: ignore[arg-type]
    ):
        with pytest.raises(Refusal):
            await asked


async def test_a_ballot_owes_that_the_reaction_beneath_is_taken_away_and_joins_only_once_it_is(room: Room) -> None:
    critique = await begun(room)
    await votes.record(room.desk, [reacted(1, voter(0).id)])
    found, _paper = await cast(room, voter(0), 1, DISAGREE)
    assert found.replaced
    (away,) = await room.owed(Kind.TAKE_AWAY)
    assert (away.member_id, away.side) == (voter(0).id, AGREE)
    for number in range(1, BATCH):
        assert not (await cast(room, voter(number), 1, DISAGREE))[0].replaced
    assert await release(room, critique) == 0
    assert await tally(room, 1) == (1, 0, 0)
    key = stored_votes.Key(PointId(1), 1, voter(0).id)
    assert await votes.superseded(room.desk, key) == (AGREE,)
    await votes.save_taken_away(room.desk, key, AGREE)
    assert await tally(room, 1) == await recounted(room, 1) == (0, 0, 0)
    assert await release(room, critique) == BATCH
    assert await tally(room, 1) == await recounted(room, 1) == (0, BATCH, 0)
    assert await people(room) == BATCH


async def test_of_fewer_than_eight_nothing_joins_and_of_those_that_changed_later_neither(room: Room) -> None:
    critique = await begun(room)
    for number in range(BATCH - 1):
        await cast(room, voter(number), 1)
    assert await release(room, critique) == 0
    assert (await tally(room, 1), await people(room)) == ((0, 0, 0), 0)
    await cast(room, voter(7), 1, UNSURE)
    assert await release(room, critique) == BATCH
    assert (await tally(room, 1), await people(room)) == ((7, 0, 1), BATCH)
    await cast(room, voter(0), 1, DISAGREE)
    await votes.record(room.desk, [reacted(1, voter(1).id, "👎")])
    await privacy.erase(room.desk, voter(2), CHOICES)
    await exclusions.exclude_member(room.desk, MODERATOR, CHOICES, voter(3).id, None, WHY)
    assert await release(room, critique) == 0
    assert await tally(room, 1) == (7, 1, 1)  # the reaction shows at once, and what it replaced until the next batch
    for number in range(4, 8):
        await cast(room, voter(number), 1, UNSURE if number < 7 else DISAGREE)
    assert await release(room, critique) == BATCH
    assert await tally(room, 1) == await recounted(room, 1) == (0, 3, 3)
    assert await people(room) == 6
    assert {row.member_id for row in await room.rows("SELECT member_id FROM ballots")} == {
        voter(number).id for number in (0, 3, 4, 5, 6, 7)
    }


async def test_every_week_of_the_server_ballots_join_once_but_never_in_a_blind_critique(room: Room) -> None:
    await begun(room)
    for number in range(BATCH):
        await cast(room, voter(number), 1)
    assert await ballots.release_due(room.desk) == 0
    room.clock.move(timedelta(days=1).total_seconds())  # from a Sunday's noon to Monday
    assert await ballots.release_due(room.desk) == BATCH
    for number in range(BATCH):
        await cast(room, voter(number), 1, DISAGREE)
    assert await ballots.release_due(room.desk) == 0
    room.clock.move(timedelta(days=7).total_seconds())
    assert await ballots.release_due(room.desk) == BATCH
    assert await tally(room, 1) == (0, BATCH, 0)


async def open_blind(room: Room) -> Critique:
    draft = await drafts.read(room.desk, MODERATOR, CHOICES, home=HOME, document=TEN, blind=True)
    overview = await critiques.confirm(room.desk, MODERATOR, CHOICES, draft.id, 0)
    await room.post(overview.critique)
    return overview.critique


async def test_a_blind_critique_counts_no_reaction_and_shows_nothing_before_its_close(room: Room) -> None:
    critique = await open_blind(room)
    await votes.record(room.desk, [reacted(1, voter(0).id)])
    assert await room.rows("SELECT * FROM holds") == []
    for number in range(BATCH + 1):
        await cast(room, voter(number), 1, DISAGREE)
    await cast(room, voter(1), 2)
    room.clock.move(timedelta(days=30).total_seconds())
    assert await ballots.release_due(room.desk) == 0
    digest = await digests.read(room.desk, critique.id)
    assert {(line.tally.people, line.veil) for line in digest.lines} == {(0, "until-close")}
    assert digest.people == 0
    await states.close(room.desk, MODERATOR, CHOICES, critique.id)
    assert await tally(room, 1) == (0, BATCH + 1, 0)
    lines = {line.point.id: line.veil for line in (await digests.read(room.desk, critique.id)).lines}
    assert (lines[PointId(1)], lines[PointId(2)]) == (None, "too-few")
    await states.reopen(room.desk, MODERATOR, CHOICES, critique.id)
    digest = await digests.read(room.desk, critique.id)
    assert (digest.people, {line.tally.people for line in digest.lines}) == (0, {0})


async def test_a_critique_with_ballots_is_not_discarded(room: Room) -> None:
    critique = await begun(room)
    await cast(room, MEMBER, 1)
    with pytest.raises(Refusal) as caught:
        await discards.discard(room.desk, MODERATOR, CHOICES, critique.id)
    assert caught.value.code is Code.VOTED_IN_PRIVATE


async def test_merging_and_unmerging_gives_back_the_figures_of_ballots_too(room: Room) -> None:
    critique = await begun(room)
    for number in range(BATCH):
        await cast(room, voter(number), 1)
        await cast(room, voter(number + 4), 2, DISAGREE)
    await release(room, critique)
    before = [await tally(room, which) for which in (1, 2)]
    await merges.merge(room.desk, MODERATOR, CHOICES, PointId(2), PointId(1), WHY)
    assert await tally(room, 1) == (8, 4, 0)  # one stance a member, the target's first
    await merges.unmerge(room.desk, MODERATOR, CHOICES, PointId(2), WHY)
    assert [await tally(room, which) for which in (1, 2)] == before == [(8, 0, 0), (0, 8, 0)]


async def test_a_material_edit_keeps_the_figures_with_the_old_words_and_asks_anew(room: Room) -> None:
    critique = await begun(room)
    for number in range(BATCH):
        await cast(room, voter(number), 1)
    await release(room, critique)
    await revisions.edit(room.desk, MODERATOR, CHOICES, PointId(1), "Anew", "It is not a reason at all.", edition=0)
    assert await tally(room, 1) == (0, 0, 0)
    _point, (kept,) = await revisions.history(room.desk, PointId(1))
    assert kept.tally.agree == BATCH
    assert (await ask(room, voter(0), critique)).voted == 0


# --- that nothing tells of a ballot ------------------------------------------------------------------------
Script = list[tuple[str, int, int]]


@asynccontextmanager
async def _room(file: Path) -> AsyncIterator[Room]:
    database = await Database.open(file)
    try:
        yield Room(database)
    finally:
        await database.close()


ACTS = ("cast", "cast", "cast", "react", "react", "unreact", "clear", "exclude", "include", "erase", "merge", "hide")


def script(seed: int, length: int = 40) -> Script:
    """What eight members and a moderator do on three points, in an order made from `seed`."""
    chance = random.Random(seed)
    return [(chance.choice(ACTS), chance.randrange(8), chance.randint(1, 3)) for _ in range(length)]


async def play(room: Room, acts: Script, secret: dict[int, Stance]) -> list[Any]:
    """Plays the script, each ballot's stance taken from `secret` by its place; what others see after each act.

    Before it eight members have cast ballots on two of the points, and these have joined the figures.
    """
    critique = await begun(room)
    for number in range(BATCH):
        await cast(room, voter(number), 1, list(Stance)[number % 3])
        await cast(room, voter(number), 2, DISAGREE)
    assert await release(room, critique) == 2 * BATCH
    seen: list[Any] = []
    for place, (act, number, which) in enumerate(acts):
        room.clock.move(60)
        try:
            told = await _act(room, act, voter(number), which, secret.get(place, AGREE), place)
        except Refusal as refusal:
            told = refusal.code
        await _take_away(room)
        if act == "exclude" and told is not None and not isinstance(told, Code):
            told = told.votes
        seen.append((None if act in ("cast", "nothing") else told, await observed(room, critique)))
    return seen


async def _take_away(room: Room) -> None:
    """The bot takes away what is owed to be, and hears of it."""
    for row in await room.owed(Kind.TAKE_AWAY):
        async with room.desk.db.write() as tx:
            await tx.exec_driver_sql("UPDATE deliveries SET ended_at = 1 WHERE id = ?", (row.id,))
        emoji = "👍" if row.side == AGREE else "👎"
        await votes.record(room.desk, [reacted(row.point_id, row.member_id, emoji, added=False)])


async def _act(room: Room, act: str, who: Actor, which: int, stance: Stance, place: int) -> Any:
    desk, point = room.desk, PointId(which)
    match act:
        case "cast":
            await cast(room, who, which, stance)
        case "react" | "unreact":
            events: list[Event] = [reacted(which, who.id, "👍" if place % 2 else "👎", added=act == "react")]
            await votes.record(desk, events)
        case "clear":
            await votes.record(desk, [Cleared(HOME, MessageId(100 + which), None)])
        case "exclude":
            return await exclusions.exclude_member(desk, MODERATOR, CHOICES, who.id, None, WHY)
        case "include":
            await exclusions.include_member(desk, MODERATOR, CHOICES, who.id, Why())
        case "erase":
            await privacy.erase(desk, who, CHOICES)
            await privacy.opt_in(desk, who, CHOICES)
        case "merge":
            await merges.merge(desk, MODERATOR, CHOICES, point, PointId(which % 3 + 1), WHY)
        case "hide":
            await states.hide(desk, MODERATOR, CHOICES, point, WHY)
        case _:
            pass
    return None


async def observed(room: Room, critique: Critique) -> list[Any]:
    """All that anybody but the voter can see, or that follows from it: figures, what Discord is owed, history."""
    digest = await digests.read(room.desk, critique.id)
    async with room.desk.db.read() as tx:
        overview = (await overviews.page(room.desk, MODERATOR, CHOICES, 1)).overviews
        shown = await stored_critiques.people(tx, critique.id)
    owed = await room.rows("SELECT kind, key, due_at, version FROM deliveries WHERE ended_at IS NULL ORDER BY key")
    moves = await room.rows("SELECT point_id, member_id, before, after, source FROM history ORDER BY id")
    return [
        [(line.point.id, line.tally) for line in digest.lines],
        (digest.people, shown, overview),
        [tuple(row) for row in owed],
        [tuple(row) for row in moves],
    ]


@pytest.mark.parametrize("seed", range(3))
async def test_how_somebody_votes_in_private_changes_nothing_that_others_can_see(tmp_path: Path, seed: int) -> None:
    """Non-interference: the same acts with ballots cast the other way look the same, act by act.

    Reactions are part of what is seen: had a figure less the visible reactions told of a ballot, the two would differ.
    """
    acts, chance = script(seed), random.Random(1000 + seed)
    plays: list[list[Any]] = []
    for number in range(2):
        secret = {place: chance.choice(list(Stance)) for place in range(len(acts))}
        async with _room(tmp_path / f"{number}.sqlite3") as room:
            plays.append(await play(room, acts, secret))
    assert plays[0] == plays[1]
    assert sum(act == "cast" for act, *_ in acts) > 5


@pytest.mark.parametrize("seed", range(3))
async def test_that_somebody_has_voted_in_private_changes_nothing_where_they_held_no_reaction(
    tmp_path: Path, seed: int
) -> None:
    acts = script(seed)
    held = {(number, which) for act, number, which in acts if act in ("react", "clear")}
    quiet = [each for each in acts if not (each[0] == "cast" and each[1:] in held)]
    without = [("nothing", *each[1:]) if each[0] == "cast" else each for each in quiet]
    plays: list[list[Any]] = []
    for name, told in (("with", quiet), ("without", without)):
        async with _room(tmp_path / f"{name}.sqlite3") as room:
            plays.append(await play(room, told, {}))
    assert plays[0] == plays[1]


async def test_ballots_of_a_raid_are_excluded_by_time_and_the_case_tells_of_none(room: Room) -> None:
    critique = await open_blind(room)
    for number in range(BATCH):
        await cast(room, voter(number), 1)
    case = await exclusions.exclude_since(room.desk, MODERATOR, CHOICES, timedelta(hours=1), None, WHY)
    assert case.votes == 0
    await states.close(room.desk, MODERATOR, CHOICES, critique.id)
    assert await tally(room, 1) == (0, 0, 0)


async def test_excluding_by_time_answers_alike_whether_or_not_ballots_were_cast(room: Room) -> None:
    await begun(room)
    without = await exclusions.exclude_since(room.desk, MODERATOR, CHOICES, timedelta(minutes=5), None, WHY)
    await cast(room, voter(1), 1)
    after = await exclusions.exclude_since(room.desk, MODERATOR, CHOICES, timedelta(minutes=5), None, WHY)
    assert (without.votes, without.act) == (after.votes, after.act) == (0, after.act)


async def test_a_member_whose_votes_are_excluded_goes_through_the_list_like_anybody(room: Room) -> None:
    critique = await begun(room)
    who = voter(1)
    await exclusions.exclude_member(room.desk, MODERATOR, CHOICES, who.id, None, WHY)
    asked = []
    while (paper := await ask(room, who, critique)).point is not None:
        asked.append(paper.point.id)
        await cast(room, who, paper.point.id)
    assert len(set(asked)) == len(asked) == paper.total == paper.voted
    again = await ballots.ask_about(room.desk, who, CHOICES, PointId(1), everywhere)
    assert again.said is AGREE


async def test_the_history_of_a_point_of_a_blind_critique_has_no_votes(room: Room) -> None:
    critique = await open_blind(room)
    for number in range(BATCH):
        await cast(room, voter(number), 1)
    await revisions.edit(room.desk, MODERATOR, CHOICES, PointId(1), "Anew", "It is not a reason at all.", edition=0)
    for number in range(BATCH):
        await cast(room, voter(number), 1, revision=2)
    await states.close(room.desk, MODERATOR, CHOICES, critique.id)
    await states.reopen(room.desk, MODERATOR, CHOICES, critique.id)
    await revisions.edit(room.desk, MODERATOR, CHOICES, PointId(1), "Once more", "It is a reason after all.", edition=1)
    _point, known = await revisions.history(room.desk, PointId(1))
    assert len(known) == 2 and all(each.asked_again and each.tally.people == 0 for each in known)


async def test_no_more_is_written_for_a_week_without_a_batch_than_that_it_was_looked_at(room: Room) -> None:
    await begun(room)
    for number in range(BATCH - 1):
        await cast(room, voter(number), 1)
    for number in range(BATCH):
        await cast(room, voter(number), 2)
    room.clock.now += timedelta(weeks=1)
    before = room.commits
    assert await ballots.release_due(room.desk) == BATCH
    assert room.commits == before + 2  # one point, and that it was done
    room.clock.now += timedelta(weeks=1)
    assert await ballots.release_due(room.desk) == 0
    assert room.commits == before + 3
    assert await tally(room, 1) == (0, 0, 0) and await tally(room, 2) == (BATCH, 0, 0)
