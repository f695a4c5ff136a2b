"""A moderated rehearsal: what is planned, and what is found where a promise is not kept."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.cases import Appeal, Case, CaseAct, CaseReason, Why
from bot.core.digests import Line
from bot.core.ids import CaseId, ChannelId, CritiqueId, GuildId, MemberId, PointId
from bot.core.outlines import Outline, OutlinePoint
from bot.core.points import Origin, Point, PointStatus, Target
from bot.core.votes import Stance, Tally
from bot.rehearse import moderating, promises
from bot.rehearse.promises import Thread
from bot.rehearse.writing import Typed
from rehearsal.moderation import Ruling

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
TEA = Outline(
    "Tea",
    "",
    tuple(
        OutlinePoint(str(n), text, text)
        for n, text in enumerate(("They close before anybody is thirsty.", "They call a biscuit a dessert."), 1)
    ),
)
TYPED = (
    Typed(1, "3", "3", "A biscuit is what they call a dessert."),
    Typed(4, "4", "3", "They rattle the spoons."),
    Typed(6, "5", "5", "They call a biscuit a dessert."),
)


def test_the_last_addition_is_refused_and_the_likest_of_the_others_merged() -> None:
    plan = moderating.plan(TEA, TYPED, seed=11)
    assert plan is not None
    assert plan.waiting == ("3", "4", "5")
    assert (plan.refusal.label, plan.refusal.comment) == ("5", 6)
    assert (plan.merge.label, plan.merge.into) == ("3", "2")


@pytest.mark.parametrize("seed", range(4))
def test_an_even_seed_grants_the_appeal(seed: int) -> None:
    plan = moderating.plan(TEA, TYPED, seed)
    assert plan is not None and plan.refusal.granted is (seed in (0, 2))


@given(st.lists(st.text(max_size=20), max_size=6))
def test_whatever_is_added_what_is_merged_was_approved_and_what_it_is_merged_into_is_listed(texts: list[str]) -> None:
    typed = [Typed(n, str(n + 2), str(n + 2), text) for n, text in enumerate(texts, 1)]
    plan = moderating.plan(TEA, typed, seed=1)
    if len(typed) < moderating.FEWEST:
        assert plan is None
        return
    assert plan is not None
    approved = {each.label for each in typed[:-1]}
    assert plan.merge.label in approved
    assert plan.merge.into in {"1", "2", *approved} - {plan.merge.label}


def point(label: str, into: Target | None = None) -> Point:
    return Point(
        id=PointId(int(label)),
        critique=CritiqueId(1),
        position=int(label),
        label=label,
        repeat=0,
        claimed_label=None,
        origin=Origin.ADDITION,
        title="They rattle the spoons",
        text="They rattle the spoons.",
        author=MemberId(6),
        status=PointStatus.OPEN,
        revision=1,
        channel=ChannelId(1),
        message=None,
        thread=ChannelId(int(label)),
        seeded=True,
        replies=0,
        created_at=NOON,
        into=into,
    )


def case(act: CaseAct, label: str, reason: CaseReason | None = None, appeal: Appeal | None = None) -> Case:
    return Case(
        id=CaseId(1),
        guild=GuildId(1),
        act=act,
        why=Why(reason),
        at=NOON,
        by=MemberId(5),
        member=MemberId(6),
        critique=CritiqueId(1),
        title="Tea",
        point=PointId(int(label)),
        label=label,
        appeal=appeal,
    )


ADA, BO, CY = MemberId(11), MemberId(12), MemberId(13)
# 12 is merged into 11: Ada votes on both, and counts as on 11.
LINES = (
    Line(point("11"), Tally(agree=1, disagree=2)),
    Line(point("12", Target(PointId(11), "11", ChannelId(11))), Tally()),
)
STANCES = {
    PointId(11): {ADA: Stance.DISAGREE, CY: Stance.DISAGREE},
    PointId(12): {ADA: Stance.AGREE, BO: Stance.AGREE},
}
THREADS = {
    11: Thread("11 · They rattle the spoons", locked=False),
    12: Thread("12 · They rattle the spoons", locked=True),
}
KEPT = Appeal("Why?", NOON, "So.", NOON, granted=False)
CASES = (
    case(CaseAct.APPROVE, "11"),
    case(CaseAct.REFUSE, "13", CaseReason.SPAM, KEPT),
    case(CaseAct.MERGE, "12", CaseReason.DUPLICATE),
)
RULINGS = (
    Ruling("approve", "11"),
    Ruling("refuse", "13", "spam", "kept"),
    Ruling("merge", "12", "duplicate", into="11"),
)


def broken(
    lines: Sequence[Line] = LINES,
    threads: dict[int, Thread] = THREADS,
    cases: Sequence[Case] = CASES,
    rulings: Sequence[Ruling] = RULINGS,
) -> str:
    return " ".join(promises.broken(lines, STANCES, threads.get, cases, rulings))


def test_nothing_is_said_where_all_promises_are_kept() -> None:
    assert broken() == ""


@pytest.mark.parametrize("name", [None, "They rattle the spoons", "111 · They rattle the spoons"])
def test_an_addition_whose_thread_does_not_bear_its_label_is_named(name: str | None) -> None:
    threads = {12: THREADS[12]} | ({} if name is None else {11: Thread(name, locked=False)})
    assert broken(threads=threads) == "Addition 11 has no thread with its label."


@pytest.mark.parametrize(
    ("into", "locked"), [(None, True), (Target(PointId(13), "13", None), True), (LINES[1].point.into, False)]
)
def test_a_merge_that_did_not_come_about_is_named(into: Target | None, locked: bool) -> None:
    lines = (LINES[0], Line(replace(LINES[1].point, into=into), LINES[1].tally))
    threads = THREADS | {12: replace(THREADS[12], locked=locked)}
    assert "Point 12 is not merged into 11, or its thread is not locked." in broken(lines=lines, threads=threads)


@pytest.mark.parametrize("tally", [Tally(agree=2, disagree=1), Tally(agree=1, disagree=1), Tally(agree=2, disagree=2)])
def test_a_tally_that_counts_a_member_twice_or_not_at_all_is_named(tally: Tally) -> None:
    assert broken(lines=(replace(LINES[0], tally=tally), LINES[1])) == "The tally of 11 is not what was voted."


def test_a_merged_point_that_keeps_a_tally_is_named() -> None:
    assert broken(lines=(LINES[0], replace(LINES[1], tally=Tally(agree=1)))) == "The tally of 12 is not what was voted."


@pytest.mark.parametrize(
    "cases",
    [
        CASES[:2],
        CASES[::-1],
        (*CASES, case(CaseAct.HIDE, "11")),
        (CASES[0], replace(CASES[1], appeal=None), CASES[2]),
        (CASES[0], replace(CASES[1], appeal=Appeal("Why?", NOON)), CASES[2]),
        (CASES[0], replace(CASES[1], appeal=replace(KEPT, granted=True)), CASES[2]),
        (CASES[0], replace(CASES[1], why=Why(CaseReason.OTHER)), CASES[2]),
        (CASES[0], replace(CASES[1], label="14"), CASES[2]),
    ],
)
def test_cases_that_are_not_what_moderators_did_are_named(cases: Sequence[Case]) -> None:
    assert "are not what the moderators did (approve 11, refuse 13, merge 12)" in broken(cases=cases)


def test_what_nobody_has_answered_waits() -> None:
    assert promises.outcome(case(CaseAct.REFUSE, "13", appeal=Appeal("Why?", NOON))) == "waiting"
