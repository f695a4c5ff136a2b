"""When moderators are reminded: by day, once a day, and never for what waits a short while."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.core.reminders import Reminder, day, is_due, is_night

LONG = Reminder(3, 1, 0, timedelta(days=2))
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_what_has_waited_for_a_day_is_due_and_what_waits_a_shorter_while_is_not() -> None:
    assert is_due(Reminder(1, 0, 0, timedelta(hours=24)), NOON, None)
    assert not is_due(Reminder(9, 9, 0, timedelta(hours=23, minutes=59)), NOON, None)


def test_nobody_is_disturbed_between_ten_in_the_evening_and_eight_in_the_morning() -> None:
    hours = {hour for hour in range(24) if is_night(NOON.replace(hour=hour, minute=30))}
    assert hours == {22, 23, 0, 1, 2, 3, 4, 5, 6, 7}


def test_it_is_the_servers_own_night_and_day() -> None:
    assert is_due(LONG, NOON, None)
    assert not is_due(LONG, NOON.astimezone(ZoneInfo("Pacific/Auckland")), None)
    assert day(NOON.astimezone(ZoneInfo("Pacific/Auckland"))) == "2026-03-02"


@given(st.lists(st.integers(-200, 200), max_size=60))
def test_however_the_clock_jumps_no_day_has_two_and_none_comes_after_a_later_one(hours: list[int]) -> None:
    last, told, now = None, [], NOON
    for jump in hours:
        now += timedelta(hours=jump)
        if is_due(LONG, now, last):
            last = day(now)
            told.append(last)
    assert told == sorted(set(told))
