"""A short chaos: nothing is lost or doubled; and what is then planted in what it leaves behind is found."""

import contextlib
import json
import sqlite3
from itertools import islice
from pathlib import Path

from chaos.checks import Kind, Verdict, books, judge, stored
from chaos.outcome import Outcome, Plan
from chaos.places import places
from chaos.run import run

KILLS = 8


def planted(plan: Plan, outcome: Outcome, statement: str) -> Verdict:
    """The verdict after this was done to a copy of the database."""
    copy = plan.folder / "copy.sqlite3"
    with (
        contextlib.closing(sqlite3.connect(plan.database)) as database,
        contextlib.closing(sqlite3.connect(copy)) as changed,
    ):
        database.backup(changed)
        assert changed.execute(statement).rowcount > 0
        changed.commit()
    return judge(stored.read(copy), books.read(json.loads(plan.books.read_text()), outcome.bot), outcome.deeds)


async def test_eight_kills_lose_nothing_double_nothing_and_what_is_planted_then_is_found(tmp_path: Path) -> None:
    plan = Plan(seed=1, places=tuple(islice(places(1), KILLS)), folder=tmp_path, quick=True, quiet=60.0)
    said: list[str] = []
    outcome = await run(plan, said.append)
    assert list(map(str, outcome.verdict.findings)) == [], "\n".join(said)
    assert outcome.good
    assert outcome.line.startswith(f"kills {KILLS} · votes ") and " · lost 0 · doubled 0 · drift 0 · " in outcome.line
    assert outcome.deeds.held.votes > 20 and outcome.deeds.additions > 2

    votes = planted(plan, outcome, "DELETE FROM holds")
    tally = planted(plan, outcome, "UPDATE tallies SET agree = agree + 1")
    texts = planted(plan, outcome, "UPDATE points SET text = 'Another.' WHERE origin = 'addition'")
    page = planted(plan, outcome, "DELETE FROM pages WHERE target = 'point:1'")
    assert votes.count(Kind.DRIFT) > 5 and tally.count(Kind.DRIFT) > 1
    assert texts.count(Kind.LOST) >= outcome.deeds.additions
    assert page.count(Kind.DOUBLED) == 1
