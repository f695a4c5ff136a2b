"""Cases: what may be appealed, and what everybody may know."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.cases import Appeal, Case, CaseAct, CaseReason, Why, ledger
from bot.core.ids import CaseId, CritiqueId, GuildId, MemberId

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def case(act: CaseAct, reason: CaseReason | None = None, appeal: Appeal | None = None, member: int | None = 6) -> Case:
    return Case(
        id=CaseId(1),
        guild=GuildId(1),
        act=act,
        why=Why(reason),
        at=NOON,
        by=MemberId(5),
        member=None if member is None else MemberId(member),
        critique=CritiqueId(1),
        title="Tea rooms",
        appeal=appeal,
    )


def answered(minutes: int, *, granted: bool) -> Appeal:
    return Appeal("Why?", NOON, "So.", NOON + timedelta(minutes=minutes), granted)


@pytest.mark.parametrize("act", list(CaseAct))
def test_what_took_something_away_can_be_appealed_once_by_whom_it_concerns(act: CaseAct) -> None:
    about_points = (CaseAct.REFUSE, CaseAct.HIDE, CaseAct.WITHDRAW, CaseAct.MERGE)
    takes_away = act in (*about_points, CaseAct.EXCLUDE, CaseAct.MUTE, CaseAct.UNARGUE)
    assert case(act).may_appeal is takes_away
    assert not case(act, member=None).may_appeal
    assert not case(act, appeal=Appeal("Why?", NOON)).may_appeal
    assert act.is_told or not takes_away


def test_the_ledger_counts_acts_by_reason_the_commonest_first() -> None:
    found = ledger(
        [
            case(CaseAct.HIDE, CaseReason.SPAM),
            case(CaseAct.REFUSE, CaseReason.SPAM),
            case(CaseAct.REFUSE, CaseReason.SPAM),
            case(CaseAct.APPROVE),
        ]
    )
    assert found.cases == 4
    assert found.acts[0] == (CaseAct.REFUSE, CaseReason.SPAM, 2)
    assert set(found.acts[1:]) == {(CaseAct.HIDE, CaseReason.SPAM, 1), (CaseAct.APPROVE, None, 1)}


def test_the_ledger_says_how_appeals_went_and_how_long_half_of_them_took() -> None:
    appeals = [
        answered(30, granted=True),
        answered(90, granted=False),
        answered(5, granted=False),
        Appeal("Why?", NOON),
    ]
    found = ledger([case(CaseAct.HIDE, CaseReason.SPAM, appeal) for appeal in appeals])
    assert (found.appeals, found.granted, found.waiting) == (4, 1, 1)
    assert found.half_answered_within == timedelta(minutes=30)


def test_an_empty_ledger_says_nothing_of_times() -> None:
    found = ledger([])
    assert (found.cases, found.appeals, found.half_answered_within) == (0, 0, None)
