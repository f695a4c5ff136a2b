"""The pause after a failure, and what may be said of a fault."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core import deliveries as owed
from bot.core.deliveries import STUCK_AFTER, Delivery, pause, public
from bot.core.ids import CritiqueId, DeliveryId, GuildId

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
KEYS = st.text(max_size=40)
ATTEMPTS = st.integers(0, 10_000)


@given(KEYS, ATTEMPTS)
def test_a_pause_is_at_least_half_its_span_and_at_most_ten_minutes(key: str, attempts: int) -> None:
    span = min(2.0 ** min(attempts, 20), 600.0)
    assert span / 2 <= pause(key, attempts).total_seconds() <= span


@given(KEYS, ATTEMPTS)
def test_the_same_failure_has_the_same_pause(key: str, attempts: int) -> None:
    assert pause(key, attempts) == pause(key, attempts)


@given(KEYS, st.integers(0, 8))
def test_no_pause_is_shorter_than_the_one_before_until_they_reach_their_length(key: str, attempts: int) -> None:
    assert pause(key, attempts) <= pause(key, attempts + 1)


@given(st.integers(0, 60))
def test_what_failed_together_is_not_tried_again_together(attempts: int) -> None:
    pauses = sorted(pause(f"show-point:{number}", attempts) for number in range(64))
    span = pauses[-1] - pauses[0]
    assert len(set(pauses)) == 64
    assert span >= 0.8 * max(pauses) / 2


@given(st.integers(0, 100_000))
def test_a_delivery_is_stuck_from_an_hour_after_its_first_failure_on(seconds: int) -> None:
    show = owed.show_digest(GuildId(1), CritiqueId(2))
    failing = Delivery(DeliveryId(1), 1, show, 3, NOON, NOON)
    assert failing.is_stuck(NOON + timedelta(seconds=seconds)) == (timedelta(seconds=seconds) >= STUCK_AFTER)
    assert not Delivery(DeliveryId(1), 1, show, 0, None).is_stuck(NOON + timedelta(seconds=seconds))


def test_of_a_fault_its_kind_and_discords_code_are_public() -> None:
    told = public("Forbidden: 403 Forbidden (error code: 50013): Missing Permissions")
    assert told == "Forbidden: 403 Forbidden (error code: 50013)"
    assert public("KeyError: 'what a member wrote'") == "KeyError"
