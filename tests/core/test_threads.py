"""What a point's thread should be."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.critiques import CritiqueStatus, HomeKind
from bot.core.points import PointStatus
from bot.core.threads import Asleep, ThreadState, fell_asleep, thread_state

OPEN, CLOSED = CritiqueStatus.OPEN, CritiqueStatus.CLOSED


@pytest.mark.parametrize(
    ("critique", "point", "home", "state"),
    [
        (OPEN, PointStatus.OPEN, HomeKind.FORUM, ThreadState(locked=False, archived=False)),
        (OPEN, PointStatus.OPEN, HomeKind.TEXT, ThreadState(locked=False, archived=None)),
        (OPEN, PointStatus.VOTE_ONLY, HomeKind.FORUM, ThreadState(locked=True, archived=False)),
        (OPEN, PointStatus.VOTE_ONLY, HomeKind.TEXT, ThreadState(locked=True, archived=None)),
    ],
)
def test_an_open_post_stays_active_and_a_vote_only_one_is_locked(
    critique: CritiqueStatus, point: PointStatus, home: HomeKind, state: ThreadState
) -> None:
    assert thread_state(critique, point, home) == state


@pytest.mark.parametrize("home", list(HomeKind))
def test_what_is_closed_or_withdrawn_is_locked_and_archived(home: HomeKind) -> None:
    shut = ThreadState(locked=True, archived=True)
    for point in PointStatus:
        assert thread_state(CLOSED, point, home) == shut
        assert thread_state(CritiqueStatus.DISCARDED, point, home) == shut
    assert thread_state(OPEN, PointStatus.WITHDRAWN, home) == shut


def test_who_is_silent_for_long_enough_fell_asleep_and_who_is_archived_sooner_was_closed() -> None:
    spoken, week = datetime(2026, 1, 1, tzinfo=UTC), timedelta(days=7)

    def asleep(after: timedelta, woken_at: datetime | None = None) -> bool:
        return fell_asleep(Asleep(since=spoken + after, after=week, active_at=spoken), woken_at)

    assert asleep(week)
    assert asleep(timedelta(days=9))
    assert not asleep(timedelta(days=6))
    assert not asleep(timedelta(days=9), woken_at=spoken + week)
    assert asleep(2 * week, woken_at=spoken + week)
