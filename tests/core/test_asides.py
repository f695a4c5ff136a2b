"""Which acts can be undone, for how long, and which remind a moderator of their stakes."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.core import merges
from bot.core.asides import UNDO_WITHIN, Undo, act_of, is_reminded, line_of, offer
from bot.core.cases import Case, CaseAct, Why
from bot.core.ids import CaseId, CritiqueId, GuildId, MemberId
from bot.display.asides import TEMPLATE, button_id, undone

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def case(act: CaseAct) -> Case:
    return Case(CaseId(4), GuildId(1), act, Why(), NOON, MemberId(5), None, CritiqueId(1), "Tea rooms", label="3")


@pytest.mark.parametrize(
    ("act", "within"),
    [
        (CaseAct.HIDE, None),
        (CaseAct.LOCK, None),
        (CaseAct.CLOSE, None),
        (CaseAct.REFUSE, UNDO_WITHIN),
        (CaseAct.WITHDRAW, UNDO_WITHIN),
        (CaseAct.MERGE, merges.UNDO_WITHIN),
    ],
)
def test_what_took_something_away_can_be_undone_for_its_time(act: CaseAct, within: timedelta | None) -> None:
    assert offer(case(act)) == Undo(CaseId(4), act, None if within is None else NOON + within)
    assert TEMPLATE.fullmatch(button_id(act, CaseId(4))) and undone(case(act)) and act_of(act)
    assert line_of(act)[0] is act and len(line_of(act)) > 1


def test_what_undoes_something_is_not_offered_to_be_undone() -> None:
    for act in (CaseAct.RESTORE, CaseAct.UNLOCK, CaseAct.REOPEN, CaseAct.UNREFUSE, CaseAct.UNMERGE, CaseAct.APPROVE):
        assert offer(case(act)) is None


def test_decisions_on_a_point_remind_and_those_on_a_critique_do_not() -> None:
    reminded = {act for act in CaseAct if is_reminded(act)}
    assert {CaseAct.APPROVE, CaseAct.REFUSE, CaseAct.HIDE, CaseAct.LOCK, CaseAct.MERGE, CaseAct.REWORD} <= reminded
    assert CaseAct.DISMISS in reminded
    assert not reminded & {CaseAct.CLOSE, CaseAct.REOPEN, CaseAct.MUTE, CaseAct.NAME_AUTHOR}
