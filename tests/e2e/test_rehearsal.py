"""One debate in a text channel and in a forum, with the Message Content intent and without: on two servers, and in
`make long` on all four.

The project's own sample once more where additions wait for moderators.
"""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.core import outlines
from bot.core.critiques import HomeKind
from bot.rehearse import RehearsalFailed, moderating, rehearse
from bot.rehearse.writing import Typed
from rehearsal.cast import Missing, play
from rehearsal.script import Comment, Document, Script
from tests.conftest import ROOT
from tests.e2e.conftest import LIST, QUICK, House

SEED = "003_96e57ab49cc591c4.txt"
# How often the digest is edited must not hang on how slow the machine is: requests are counted here.
PACE = replace(QUICK, digest_every=timedelta(seconds=2))
KEPT = ("label", "claimed_label", "origin", "title", "author", "agree", "disagree")


async def rehearsed(document: Path, folder: Path, kind: HomeKind, *, seed: int = 11, **how: bool) -> Any:
    report = folder / f"{kind}-{how}.json"
    await rehearse(document, document.read_bytes(), seed=seed, kind=kind, pace=PACE, report=report, **how)
    return json.loads(report.read_text(encoding="utf-8"))


def case(act: str, label: str, reason: str | None = None, appeal: str | None = None) -> dict[str, str | None]:
    return {"act": act, "reason": reason, "label": label, "appeal": appeal}


async def test_the_first_seed_gives_the_same_labels_and_tallies_where_everything_differs(
    shared: Path, tmp_path: Path
) -> None:
    await alike(shared, tmp_path, [(HomeKind.TEXT, True), (HomeKind.FORUM, False)])


@pytest.mark.long
@pytest.mark.timeout(240)
async def test_the_first_seed_gives_the_same_labels_and_tallies_on_every_server(shared: Path, tmp_path: Path) -> None:
    await alike(shared, tmp_path, [(kind, intent) for kind in HomeKind for intent in (True, False)])


async def alike(shared: Path, folder: Path, servers: list[tuple[HomeKind, bool]]) -> None:
    """One debate comes out the same on each: a kind of home, with the Message Content intent or without."""
    document = shared / "seeds" / SEED
    reports = {
        (kind, intent): await rehearsed(document, folder, kind, message_content=intent) for kind, intent in servers
    }
    debates = {
        where: [{name: point[name] for name in KEPT} for point in report["critique"]["points"]]
        for where, report in reports.items()
    }
    expected = debates[HomeKind.TEXT, True]
    assert len(expected) == 16
    assert sum(point["agree"] + point["disagree"] for point in expected) > 100
    assert [where for where, debate in debates.items() if debate != expected] == []
    for report in reports.values():
        assert report["votes"]["drift"] == 0 and report["cases"] == []
        assert report["openapi"]["checked"] > 0 and report["openapi"]["mismatches"] == 0


@pytest.mark.timeout(120)
@pytest.mark.parametrize(("kind", "seed", "appeal"), [(HomeKind.TEXT, 11, "kept"), (HomeKind.FORUM, 12, "granted")])
async def test_what_is_added_waits_is_refused_appealed_against_and_merged(
    tmp_path: Path, kind: HomeKind, seed: int, appeal: str
) -> None:
    sample = ROOT / "samples" / "open-plan.txt"
    report = await rehearsed(sample, tmp_path, kind, seed=seed, message_content=kind is HomeKind.TEXT, moderated=True)
    assert report["cases"] == [
        *(case("approve", label) for label in ("11", "12", "13", "14", "15", "16")),
        case("refuse", "17", "not-a-point", appeal),
        case("merge", "11", "duplicate"),
    ]
    points = {point["label"]: point for point in report["critique"]["points"]}
    assert ("17" in points) is (appeal == "granted")
    assert points["11"]["agree"] == points["11"]["disagree"] == 0
    assert points["14"]["agree"] + points["14"]["disagree"] > 10
    assert report["additions"] == {"typed": 7, "recorded": 7}
    votes = report["votes"]
    assert votes["drift"] == 0 and votes["cast"] == votes["recorded"]
    assert report["requests"]["fewest"] < report["requests"]["total"] < report["requests"]["fewest"] * 1.3
    assert report["openapi"] is None or report["openapi"]["mismatches"] == 0


async def test_additions_that_do_not_wait_end_a_moderated_rehearsal(house: House) -> None:
    await house.start()
    typed = [Typed(1, "4", "4", ""), Typed(2, "5", "5", "")]
    plan = moderating.plan(outlines.read(LIST.encode(), name="list.txt"), typed, seed=1)
    assert plan is not None
    script = Script(
        document=Document("list.txt", LIST.encode()),
        comments=(Comment("Ada", ("4. They rattle the spoons.",)), Comment("Bo", ("5. They water the milk.",))),
        home="critique",
        seed=1,
        voters=0,
        points_expected=4,
        agree="👍",
        disagree="👎",
        moderation=replace(plan, policy="open"),
    )
    with pytest.raises(Missing, match="should wait for the moderators, and 2 were posted at once"):
        await play(script, house.discord.announcement, lambda *_: None, house.idle)


async def test_too_few_additions_cannot_be_moderated(tmp_path: Path) -> None:
    document = tmp_path / "list.txt"
    document.write_text("1. Tea.\n2. Cake.\n3. Cups.\n\n1 comment\n\n1. 4. They rattle the spoons.\n")
    with pytest.raises(RehearsalFailed, match="needs 2 additions"):
        await rehearsed(document, tmp_path, HomeKind.TEXT, moderated=True)
