"""Cases in words: each within one message, whatever members and moderators wrote."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.cases import (
    LONGEST_ANSWER,
    LONGEST_APPEAL,
    LONGEST_WORDS,
    Appeal,
    Case,
    CaseAct,
    CaseReason,
    Ledger,
    Why,
    ledger,
)
from bot.core.ids import CaseId, CritiqueId, GuildId, MemberId
from bot.display import cases, limits

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
TOLD = [act for act in CaseAct if act.is_told]
HOSTILE = ["@everyone ", "<@1> ", "[a](https://b.example) ", "```\n", "**", "\n# head\n", "\u202e", "🙂", "\n-# sub "]
texts = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=20), max_size=200).map("".join)


def case(
    act: CaseAct = CaseAct.HIDE, text: str = "They rattle.", words: str = "", appeal: Appeal | None = None
) -> Case:
    return Case(
        id=CaseId(7),
        guild=GuildId(1),
        act=act,
        why=Why(CaseReason.UNKIND, words),
        at=NOON,
        by=MemberId(5),
        member=MemberId(6),
        critique=CritiqueId(1),
        title=text[:300],
        label="14",
        text=text,
        appeal=appeal,
    )


def is_inert(shown: str) -> bool:
    return "@everyone" not in shown and not re.search(r"(?<!\\)\[[^\]]*\]\(", shown) and "\u202e" not in shown


@given(st.sampled_from(TOLD), texts, texts, texts)
def test_what_a_member_is_told_is_one_message_that_calls_nobody(act: CaseAct, text: str, words: str, name: str) -> None:
    answered = Appeal("Why?", NOON, text[:LONGEST_ANSWER], NOON, granted=False)
    for appeal in (None, answered):
        shown = cases.told(case(act, text, words[:LONGEST_WORDS], appeal), name[:100])
        assert 0 < limits.length(shown) <= limits.MESSAGE
        assert is_inert(shown) and "<@" not in shown.replace("\\<@", "")
        assert f"case {7}" in shown.splitlines()[0]


@given(texts, texts)
def test_an_appeal_is_one_message_for_the_moderators(text: str, said: str) -> None:
    for granted in (None, True, False):
        appeal = Appeal(said[:LONGEST_APPEAL], NOON, said[:LONGEST_ANSWER], granted=granted)
        shown = cases.appeal(case(text=text, appeal=appeal))
        assert limits.length(shown) <= limits.MESSAGE and is_inert(shown)


@given(texts)
def test_ones_own_cases_fit_one_message(text: str) -> None:
    assert limits.length(cases.mine([case(text=text)] * 5, "Tea")) <= limits.MESSAGE


@pytest.mark.parametrize("act", CaseAct)
@pytest.mark.parametrize("reason", CaseReason)
def test_every_act_and_reason_is_said_in_words(act: CaseAct, reason: CaseReason) -> None:
    shown = cases.ledger(Ledger(((act, reason, 2),), 0, 0, 0, None))
    assert f"2 × {cases.act(act)} · {cases.reason(reason)}" in shown
    assert act.value not in (cases.act(act), cases.reason(reason))


@pytest.mark.parametrize(
    ("took", "said"),
    [
        (timedelta(seconds=20), "1 minute"),
        (timedelta(minutes=59), "59 minutes"),
        (timedelta(hours=5), "5 hours"),
        (timedelta(days=3), "3 days"),
    ],
)
def test_a_time_is_told_in_its_own_measure(took: timedelta, said: str) -> None:
    answered = Appeal("Why?", NOON, "So.", NOON + took, granted=True)
    shown = cases.ledger(ledger([case(appeal=answered)]))
    assert f"within {said}." in shown and "1 appeal: 1 granted, 0 waiting" in shown


def test_buttons_stand_only_where_something_can_be_done() -> None:
    assert cases.appealing([case(CaseAct.RESTORE)]) is None
    assert cases.appealing([case(), case(CaseAct.RESTORE)]) is not None
    assert cases.answering(case()) is None
    assert cases.answering(case(appeal=Appeal("Why?", NOON))) is not None
    assert cases.answering(case(appeal=Appeal("Why?", NOON, "So.", NOON, granted=True))) is None
