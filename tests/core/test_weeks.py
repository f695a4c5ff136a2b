"""When the weekly digest is due."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.weeks import Schedule, Week, due_at, newest_due

# Zones that change their clocks in all the ways there are: by half an hour, by two, at midnight, in the other half of
# the year, by moving over, for Ramadan, at a quarter to the hour, and never.
ZONES = (
    "UTC",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Istanbul",
    "Atlantic/Azores",
    "America/New_York",
    "America/Havana",
    "America/Asuncion",
    "America/Sao_Paulo",
    "America/St_Johns",
    "America/Nuuk",
    "Africa/Casablanca",
    "Africa/Cairo",
    "Asia/Beirut",
    "Asia/Tehran",
    "Asia/Kathmandu",
    "Asia/Pyongyang",
    "Australia/Lord_Howe",
    "Antarctica/Troll",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
)
FIRST, LAST = date(2014, 12, 29), date(2041, 1, 7)
HOUR, WEEK = timedelta(hours=1), timedelta(weeks=1)

zones = st.sampled_from(ZONES).map(ZoneInfo)
schedules = st.builds(Schedule, st.integers(1, 7), st.integers(0, 23))
moments = st.datetimes(datetime(2015, 1, 1), datetime(2040, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@pytest.mark.parametrize("zone", ZONES)
def test_every_week_of_26_years_is_due_once_and_at_its_hour(zone: str) -> None:
    local, schedule = ZoneInfo(zone), Schedule(7, 2)  # in the night in which most clocks change
    day, due = FIRST, []
    while day < LAST:
        due.append((Week.of(day), due_at(Week.of(day), schedule, local)))
        day += WEEK
    assert len({week for week, _ in due}) == len(due) == (LAST - FIRST) // WEEK
    assert all(later - at >= WEEK - 3 * HOUR for (_, at), (_, later) in pairwise(due))
    shown = [at.astimezone(local) for _, at in due]
    assert all(Week.of(at.date()) == week for at, (week, _) in zip(shown, due, strict=True))
    skipped = [at for at in shown if at.hour != 2]
    assert all(at.utcoffset() != (at.astimezone(UTC) - 4 * HOUR).astimezone(local).utcoffset() for at in skipped)
    assert len(skipped) <= 2 * 26  # Morocco changes its clocks twice a year forwards


@given(zones, schedules, moments)
@example(ZoneInfo("America/Havana"), Schedule(7, 0), datetime(2026, 11, 1, 4, 30, tzinfo=UTC))
def test_the_newest_week_that_is_due_is_the_one_before_the_next(zone: ZoneInfo, at: Schedule, now: datetime) -> None:
    week = newest_due(now, at, zone)
    assert due_at(week, at, zone) <= now < due_at(Week.of(week.monday + WEEK), at, zone)


@given(zones, schedules, moments, st.timedeltas(timedelta(0), timedelta(days=40)))
def test_a_later_moment_never_makes_an_earlier_week_due(
    zone: ZoneInfo, at: Schedule, now: datetime, later: timedelta
) -> None:
    assert newest_due(now, at, zone) <= newest_due(now + later, at, zone)


@given(zones, schedules, moments)
def test_it_is_due_at_its_day_and_hour_wherever_the_clocks_show_them(
    zone: ZoneInfo, at: Schedule, now: datetime
) -> None:
    week = newest_due(now, at, zone)
    due = due_at(week, at, zone).astimezone(zone)
    wanted = datetime(*(week.monday + timedelta(days=at.weekday - 1)).timetuple()[:3], at.hour)  # noqa: DTZ001
    showing = [
        moment
        for quarter in range(-16, 17)
        if (moment := (due_at(week, at, zone) + quarter * HOUR / 4)).astimezone(zone).replace(tzinfo=None) == wanted
    ]
    assert not showing or showing[0].astimezone(zone) == due


@pytest.mark.parametrize(
    ("zone", "schedule", "week", "due"),
    [
        # The clocks skip 02:00 to 03:00, and show it twice.
        ("Europe/Berlin", Schedule(7, 2), "2026-W13", datetime(2026, 3, 29, 1, tzinfo=UTC)),
        ("Europe/Berlin", Schedule(7, 2), "2026-W43", datetime(2026, 10, 25, 0, tzinfo=UTC)),
        ("America/New_York", Schedule(1, 9), "2026-W10", datetime(2026, 3, 2, 14, tzinfo=UTC)),
        ("America/New_York", Schedule(1, 9), "2026-W11", datetime(2026, 3, 9, 13, tzinfo=UTC)),
        ("Asia/Tokyo", Schedule(1, 0), "2027-W01", datetime(2027, 1, 3, 15, tzinfo=UTC)),
    ],
)
def test_clocks_that_change(zone: str, schedule: Schedule, week: str, due: datetime) -> None:
    assert due_at(Week.parsed(week), schedule, ZoneInfo(zone)) == due


@given(st.dates(FIRST, LAST))
def test_a_week_is_written_as_iso_8601_has_it_and_read_again(day: date) -> None:
    week = Week.of(day)
    assert Week.parsed(str(week)) == week and week.monday <= day < week.monday + WEEK


@pytest.mark.parametrize("text", ["", "2026", "2026-W00", "2025-W53", "2026-W54", "week-W1"])
def test_what_is_no_week_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Week.parsed(text)


@pytest.mark.parametrize(("weekday", "hour"), [(0, 9), (8, 9), (1, -1), (1, 24)])
def test_a_schedule_has_a_day_and_an_hour(weekday: int, hour: int) -> None:
    with pytest.raises(ValueError):
        Schedule(weekday, hour)
