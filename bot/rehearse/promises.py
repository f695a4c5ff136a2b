"""What a rehearsal holds against what was promised, beside votes and traffic: a sentence for each promise not kept."""

from collections.abc import Callable, Mapping, Sequence

from bot.core.cases import Case
from bot.core.digests import Line
from bot.core.ids import ChannelId, MemberId, PointId
from bot.core.votes import Stance
from bot.texts import _
from rehearsal.moderation import Ruling

Stances = Mapping[PointId, Mapping[MemberId, Stance]]


def broken(
    lines: Sequence[Line],
    stances: Stances,
    thread_name: Callable[[ChannelId], str | None],
    cases: Sequence[Case],
    rulings: Sequence[Ruling],
) -> tuple[str, ...]:
    """What was not kept; `thread_name` is the name of a thread as Discord has it, `rulings` what moderators did."""
    return (*_threads(lines, thread_name), *_tallies(lines, stances), *_cases(cases, rulings))


def ruling(case: Case) -> Ruling | None:
    """The case as its moderator knows it; None where it is about an act that no rehearsal has."""
    appeal = outcome(case)
    why = None if case.why.reason is None else case.why.reason.value
    ended = appeal if appeal in ("granted", "kept") else None
    for act in ("approve", "refuse", "merge"):
        if case.act.value == act:
            return Ruling(act, case.label, why, ended)
    return None


def outcome(case: Case) -> str | None:
    """How the appeal against the case went: "granted", "kept" or, while nobody has answered it, "waiting"."""
    if case.appeal is None:
        return None
    return {True: "granted", False: "kept", None: "waiting"}[case.appeal.granted]


def _threads(lines: Sequence[Line], thread_name: Callable[[ChannelId], str | None]) -> list[str]:
    """Each addition that is listed has a thread that bears its label."""
    added = [line.point for line in lines if line.point.author is not None]
    names = {point.label: None if point.thread is None else thread_name(point.thread) for point in added}
    astray = [label for label, name in names.items() if name is None or name.split(" ")[0] != label]
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
    if [ruling(case) for case in cases] == list(rulings):
        return []
    on_record = ", ".join(f"{case.act} {case.label}" for case in cases) or "–"
    done = ", ".join(f"{each.act} {each.label}" for each in rulings) or "–"
    said = _("The cases on record ({cases}) are not what the moderators did ({done}).")
    return [said.format(cases=on_record, done=done)]
