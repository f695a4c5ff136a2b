"""Facts in, findings out."""

import math

import pytest

from bot.core import examinations
from bot.core.examinations import LOW_DISK, Books, Finding, Found, GivenUp, Level, Place, Use
from bot.core.ids import ChannelId


def said(findings: list[Finding]) -> list[tuple[Level, Found]]:
    return [(each.level, each.what) for each in findings]


@pytest.mark.parametrize(
    ("asked", "granted", "found"),
    [
        (True, True, (Level.FINE, Found.CONTENT_READ)),
        (True, None, (Level.FINE, Found.CONTENT_READ)),
        (True, False, (Level.FAULT, Found.CONTENT_NOT_GRANTED)),
        (False, True, (Level.WARNING, Found.CONTENT_NOT_ASKED)),
    ],
)
def test_the_message_content_intent(asked: bool, granted: bool | None, found: tuple[Level, Found]) -> None:
    assert said(examinations.content(asked=asked, granted=granted)) == [found]


def test_latency_is_said_where_there_is_a_figure() -> None:
    assert said(examinations.latency(0.1)) == [(Level.FINE, Found.LATENCY)]
    assert said(examinations.latency(2.0)) == [(Level.WARNING, Found.LATENCY_HIGH)]
    assert examinations.latency(math.nan) == examinations.latency(math.inf) == []


def test_a_channel_that_is_fit_gone_or_not_chosen() -> None:
    one = ChannelId(1)
    assert said(examinations.place(Place(Use.HOME, one, "critique"))) == [(Level.FINE, Found.CHANNEL_FIT)]
    assert said(examinations.place(Place(Use.DIGEST, one))) == [(Level.FAULT, Found.CHANNEL_GONE)]
    assert said(examinations.place(Place(Use.HOME, None))) == [(Level.WARNING, Found.CHANNEL_NOT_CHOSEN)]
    assert said(examinations.place(Place(Use.MODERATORS, None))) == [(Level.FINE, Found.CHANNEL_NOT_CHOSEN)]


def test_each_permission_that_lacks_is_a_finding_of_its_own() -> None:
    lacking = Place(Use.HOME, ChannelId(1), "critique", lacking=("send_messages",), wished=("manage_messages",))
    found = examinations.place(lacking)
    assert said(found) == [(Level.FAULT, Found.PERMISSION_LACKING), (Level.WARNING, Found.PERMISSION_LACKING)]
    assert [each.params["permission"] for each in found] == ["send_messages", "manage_messages"]
    assert examinations.unfit(found) and not examinations.unfit(found[1:])


def test_roles_that_are_gone_are_counted_beside_those_that_are_there() -> None:
    assert said(examinations.roles(["Mods"], 0)) == [(Level.FINE, Found.ROLES_KNOWN)]
    assert said(examinations.roles([], 0)) == [(Level.WARNING, Found.ROLES_NONE)]
    assert said(examinations.roles(["Mods"], 2)) == [
        (Level.WARNING, Found.ROLES_GONE),
        (Level.FINE, Found.ROLES_KNOWN),
    ]


def test_emoji_and_commands() -> None:
    assert said(examinations.emoji(["👍", "👎"], [])) == [(Level.FINE, Found.EMOJI_USABLE)]
    assert said(examinations.emoji(["<:a:1>", "👎"], ["<:a:1>"])) == [(Level.FAULT, Found.EMOJI_GONE)]
    assert said(examinations.commands(known=True)) == [(Level.FINE, Found.COMMANDS_KNOWN)]
    assert said(examinations.commands(known=False)) == [(Level.WARNING, Found.COMMANDS_UNKNOWN)]


@pytest.mark.parametrize(
    ("skew", "level"), [(0.0, Level.FINE), (-4.9, Level.FINE), (5.1, Level.WARNING), (-3600.0, Level.WARNING)]
)
def test_a_clock_may_be_wrong_by_five_seconds(skew: float, level: Level) -> None:
    assert [each.level for each in examinations.clock(skew)] == [level]


def test_the_database_its_disk_and_what_waits_in_it() -> None:
    fine = Books(size=1, free=LOW_DISK, revision="3", waiting=2, late=0, stuck=0, given_up=(), critiques=4)
    assert said(examinations.books(fine, "3")) == [
        (Level.FINE, Found.DATABASE_FIT),
        (Level.FINE, Found.DISK),
        (Level.FINE, Found.DELIVERIES_WAIT),
        (Level.FINE, Found.CRITIQUES_OPEN),
    ]
    given_up = (GivenUp("mark", 3, "NotFound: 404 Not Found (error code: 10008)"),)
    poor = Books(size=1, free=LOW_DISK - 1, revision="2", waiting=2, late=1, stuck=3, given_up=given_up, critiques=4)
    assert said(examinations.books(poor, "3"))[:-1] == [
        (Level.WARNING, Found.DATABASE_OLDER),
        (Level.WARNING, Found.DISK_LOW),
        (Level.WARNING, Found.DELIVERIES_LATE),
        (Level.WARNING, Found.DELIVERIES_STUCK),
        (Level.WARNING, Found.DELIVERIES_GIVEN_UP),
    ]
