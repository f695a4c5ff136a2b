"""What a rehearsal holds against what was promised, beside votes and traffic: a sentence for each promise not kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.core.cases import Case
from bot.core.digests import Line
from bot.core.ids import ChannelId, MemberId, PointId
from bot.core.votes import Stance
from bot.texts import _
from rehearsal.moderation import Ruling

Stances = Mapping[PointId, Mapping[MemberId, Stance]]


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread as Discord has it."""

    name: str
    locked: bool


Threads = Callable[[ChannelId], Thread | None]


def broken(
    lines: Sequence[Line], stances: Stances, threads: Threads, cases: Sequence[Case], rulings: Sequence[Ruling]
) -> tuple[str, ...]:
    """What was not kept; `rulings` are what moderators did."""
    return (
        *_threads(lines, threads),
        *_tallies(lines, stances),
        *_cases(cases, rulings),
        *_merges(lines, threads, rulings),
    )


def outcome(case: Case) -> str | None:
    """How the appeal against the case went: "granted", "kept" or, while nobody has answered it, "waiting"."""
    if case.appeal is None:
        return None
    return {True: "granted", False: "kept", None: "waiting"}[case.appeal.granted]


def _threads(lines: Sequence[Line], threads: Threads) -> list[str]:
    """Each addition that is listed has a thread that bears its label."""
    added = [line.point for line in lines if line.point.author is not None]
    there = {point.label: None if point.thread is None else threads(point.thread) for point in added}
    astray = [label for label, thread in there.items() if thread is None or thread.name.split(" ")[0] != label]
    return [_("Addition {label} has no thread with its label.").format(label=label) for label in astray]


def _tallies(lines: Sequence[Line], stances: Stances) -> list[str]:
    """Each tally is what its stances come to: each member once over a point and those merged into it, as on itself."""
    astray: list[str] = []
    for line in lines:
        held: dict[MemberId, Stance] = {}
        for other in lines if line.point.into is None else ():
            if other.point.into is not None and other.point.into.id == line.point.id:
                held |= stances[other.point.id]
        if line.point.into is None:
            held |= stances[line.point.id]
        sides = list(held.values())
        if (sides.count(Stance.AGREE), sides.count(Stance.DISAGREE)) != (line.tally.agree, line.tally.disagree):
            astray.append(_("The tally of {label} is not what was voted.").format(label=line.point.name))
    return astray


def _cases(cases: Sequence[Case], rulings: Sequence[Ruling]) -> list[str]:
    """On record is what moderators did, in that order, and nothing else."""
    if [_ruling(case) for case in cases] == [replace(each, into=None) for each in rulings]:
        return []
    on_record = ", ".join(f"{case.act} {case.label}" for case in cases) or "–"
    done = ", ".join(f"{each.act} {each.label}" for each in rulings) or "–"
    said = _("The cases on record ({cases}) are not what the moderators did ({done}).")
    return [said.format(cases=on_record, done=done)]


def _ruling(case: Case) -> Ruling | None:
    """The case as its moderator knows it, but for what was merged into what; None for an act that no rehearsal has."""
    appeal = outcome(case)
    why = None if case.why.reason is None else case.why.reason.value
    ended = appeal if appeal in ("granted", "kept") else None
    for act in ("approve", "refuse", "merge"):
        if case.act.value == act:
            return Ruling(act, case.label, why, ended)
    return None


def _merges(lines: Sequence[Line], threads: Threads, rulings: Sequence[Ruling]) -> list[str]:
    """What moderators have merged is merged into what they named, and its thread is locked."""
    merged: set[tuple[str, str]] = set()
    for point in (line.point for line in lines):
        thread = None if point.thread is None else threads(point.thread)
        if point.into is not None and thread is not None and thread.locked:
            merged.add((point.name, point.into.name))
    said = _("Point {label} is not merged into {into}, or its thread is not locked.")
    asked = [(each.label, each.into) for each in rulings if each.into is not None]
    return [said.format(label=label, into=into) for label, into in asked if (label, into) not in merged]
