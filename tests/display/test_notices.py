"""Notices in words."""

from datetime import UTC, datetime

import pytest

from bot.core.deliveries import Kind
from bot.core.ids import ChannelId, CritiqueId, GuildId, NoticeId
from bot.core.notices import Cause, Notice, Subject
from bot.display import limits
from bot.display.notices import head, sentences, text

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def notice(number: int, cause: Cause, *, label: str = "", critique: int = 1, detail: str = "") -> Notice:
    about = Subject(critique=CritiqueId(critique), channel=ChannelId(5) if detail else None, detail=detail)
    return Notice(NoticeId(number), GuildId(1), cause, about, label, "Tea *rooms*", NOON)


@pytest.mark.parametrize("cause", Cause)
def test_each_cause_is_a_sentence_of_its_own(cause: Cause) -> None:
    (said,) = sentences([notice(1, cause, label="4", detail="mark Forbidden: 403 Forbidden (error code: 50013)")])
    assert "{" not in said and said.endswith(".")
    assert "Tea \\*rooms\\*" in said or "50013" in said


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.NOTICE])
def test_what_was_given_up_is_said_in_words_and_not_by_its_kind(kind: Kind) -> None:
    (said,) = sentences([notice(1, Cause.GIVEN_UP, detail=f"{kind} 403 Forbidden")])
    assert said.startswith("I could not ") and not said.startswith(f"I could not {kind} in")
    assert "“403 Forbidden”" in said and "<#5>" in said


def test_what_is_alike_is_told_in_one_sentence() -> None:
    cleared = [notice(n, Cause.REACTIONS_CLEARED, label=str(n)) for n in range(1, 31)]
    other = notice(31, Cause.REACTIONS_CLEARED, label="3", critique=2)
    first, second = sentences([*cleared, other])
    assert "points **1**, **2**" in first and "and 18 more" in first
    assert "point **3** of" in second


def test_a_message_of_many_begins_with_its_number_and_fits() -> None:
    many = [notice(n, Cause.HOME_DELETED, critique=n) for n in range(7, 60)]
    shown = text(many)
    assert shown.startswith(head(NoticeId(7)))
    assert limits.length(shown) <= limits.MESSAGE
