"""What a point's thread should be."""

import pytest

from bot.core.critiques import CritiqueStatus, HomeKind
from bot.core.points import PointStatus
from bot.core.threads import ThreadState, thread_state

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
