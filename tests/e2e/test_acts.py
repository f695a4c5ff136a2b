"""The whole table of acts, by every way in: nobody is let through whom the table refuses, or refused whom it allows.

What is expected is computed from the table; whether somebody was let through is told by what changed in the books
and by what the bot answered. Discord's own checks are passed over (`rehearsal/server/forging.py`).
"""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.core.acts import TABLE, Act, Rank
from tests.e2e.acts.injection import Answer, Injector
from tests.e2e.acts.stage import Stage, built
from tests.e2e.acts.ways import Attempt, Effect, Way
from tests.e2e.acts.ways_in import NO_OTHERS, NO_WAY_IN, WAYS
from tests.e2e.conftest import House

_PARTS = 2
_LEAST = 225  # combinations in each part that the table allows, and as many that it refuses
_CLOSE = "UPDATE critiques SET status = 'closed'"


def test_every_act_has_a_way_in_or_a_reason_for_having_none() -> None:
    with_ways = {way.act for way in WAYS.ways}
    assert with_ways | set(NO_WAY_IN) == set(Act)
    assert not with_ways & set(NO_WAY_IN)


def test_where_own_and_others_differ_both_are_tried() -> None:
    tried = {(way.act, own) for way in WAYS.ways for own in way.own}
    for act, rule in TABLE.items():
        if act not in NO_WAY_IN and rule.own != rule.others:
            assert (act, True) in tried
            assert (act, False) in tried or act in NO_OTHERS, act


@pytest.mark.parametrize("part", range(_PARTS))
async def test_each_is_let_through_as_the_table_says(
    house: House, part: int, caplog: pytest.LogCaptureFixture, record_property: Callable[[str, object], None]
) -> None:
    stage = await built(house)
    wrong: list[str] = []
    counts: Counter[bool] = Counter()
    caplog.set_level(logging.ERROR)
    inject = Injector(house)
    for way in WAYS.ways[part::_PARTS]:
        for attempt in way.attempts(stage, inject):
            expected = way.lets_through(attempt)
            counts[expected] += 1
            wrong += await _tried(stage, way, attempt, expected)
    stage.books.close()
    wrong += [f"logged: {record.getMessage()}" for record in caplog.records if record.levelno >= logging.ERROR]
    record_property("combinations", f"{sum(counts.values())}: {counts[True]} allowed, {counts[False]} refused")
    assert wrong == []
    assert min(counts[True], counts[False]) >= _LEAST


async def _tried(stage: Stage, way: Way, attempt: Attempt, expected: bool) -> list[str]:
    """What is wrong with what came of the attempt; afterwards all is as it was."""
    beginning = stage.books.read()
    try:
        if way.made is not None:
            attempt = replace(attempt, case=await way.made(attempt) or 0)
        if attempt.closed:
            await stage.books.change(_CLOSE)
        before = stage.books.read()
        answer = await attempt.inject.send(way.use(attempt), attempt.who.id, attempt.who.channel, attempt.who.message)
        after = stage.books.read()
        moved = stage.books.changed(before, after)
        faults = _faults(way, attempt, answer, moved, expected)
        if attempt.foreign:
            faults += [
                f"changed {name}" for name, row in stage.books.lost(before, after) if attempt.who.guild not in row
            ]
    finally:
        await stage.books.put_back(beginning)
    side = "own" if attempt.own else "others'"
    where = "elsewhere" if attempt.foreign else "closed" if attempt.closed else "open"
    who = f"{Rank(attempt.who.rank).name.lower()}, {side}, {where}"
    return [f"{way.label}: {who}: {fault} ({' '.join(answer.texts)[:90]!r})" for fault in faults]


def _faults(way: Way, attempt: Attempt, answer: Answer, moved: list[str], expected: bool) -> list[str]:
    found = []
    if answer.silent:
        found.append("no answer")
    if answer.broke:
        found.append("broke")
    if not answer.hidden:
        found.append("seen by others")
    if way.effect is Effect.OFFERS:
        offered = way.offers is not None and way.offers(attempt) in answer.choices
        if offered is not expected:
            found.append("offered" if offered else "not offered")
    elif answer.refused is expected:
        found.append("refused" if expected else "let through")
    if moved and (not expected or way.effect is not Effect.WRITES) and not (expected and way.act is Act.SEE_OWN_CASES):
        found.append(f"changed {moved}")
    if expected and way.effect is Effect.WRITES and not moved:
        found.append("changed nothing")
    return found
