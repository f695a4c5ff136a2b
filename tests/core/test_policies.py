"""Policies: which additions wait for a moderator."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.policies import NEW_FOR, Policy, is_new, waits

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize("joined_at", [None, NOON, NOON - timedelta(days=900)])
def test_who_wrote_it_matters_only_where_new_members_wait(joined_at: datetime | None) -> None:
    assert not waits(Policy.OPEN, joined_at, NOON)
    assert waits(Policy.HELD, joined_at, NOON)


def test_a_member_is_new_for_seven_days_and_while_nothing_is_known() -> None:
    assert waits(Policy.HELD_FOR_NEW, None, NOON)
    assert waits(Policy.HELD_FOR_NEW, NOON - NEW_FOR + MOMENT, NOON)
    assert not waits(Policy.HELD_FOR_NEW, NOON - NEW_FOR, NOON)


def test_a_clock_that_jumps_back_leaves_a_member_new() -> None:
    assert waits(Policy.HELD_FOR_NEW, NOON + timedelta(days=1), NOON)


def test_a_server_says_for_how_long_members_are_new_or_that_nobody_is() -> None:
    week = NOON - timedelta(days=7)
    assert is_new(week, NOON, timedelta(days=30)) and not is_new(week, NOON, timedelta(days=7))
    assert not is_new(NOON, NOON, timedelta()) and not is_new(None, NOON, timedelta())
    assert waits(Policy.HELD_FOR_NEW, week, NOON, timedelta(days=8))
    assert not waits(Policy.HELD_FOR_NEW, None, NOON, timedelta())
