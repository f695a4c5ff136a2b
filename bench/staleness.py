"""How long a vote that is stored is not shown yet, by what was sent, when it was stored, and what each edit showed.

1. Votes are played as the bot counts them: the newest emoji of a member stands.
2. A point's figures in an edit are right for the last moment, before the edit, at which its tally was theirs.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.core import votes
from bot.core.votes import NOTHING, MemberVotes, Stance, Tally

_ENTRY = re.compile(
    r"\(https://discord\.com/channels/\d+/(?P<thread>\d+)\)\*\*.*\n(?:`[^`]*` )?(?P<agree>\d+) agrees? · "
    r"(?P<disagree>\d+) disagrees?"
)


class Unaccounted(Exception):
    """A digest showed figures that no votes sent so far add up to."""


@dataclass(frozen=True, slots=True)
class Cast:
    """A reaction event as it was sent: an emoji put on or taken off. A point's thread has its message's id."""

    message: int
    member: int
    side: Stance
    added: bool


@dataclass(frozen=True, slots=True)
class Edit:
    """What one edit of the digest showed, and when it stood: agree and disagree by thread."""

    at: float
    tallies: Mapping[int, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class State:
    """A point's tally from the moment on at which the vote that made it was stored."""

    since: float
    tally: tuple[int, int]


def read(text: str) -> dict[int, tuple[int, int]]:
    """The figures of each point on a digest's page, by thread."""
    return {int(it["thread"]): (int(it["agree"]), int(it["disagree"])) for it in _ENTRY.finditer(text)}


def stored_at(count: int, marks: Sequence[tuple[int, float]]) -> list[float]:
    """When each of so many events was stored, by how many were at a time; infinity for one that never was."""
    known = [many for many, _ in marks]
    places = (bisect_right(known, number) for number in range(count))
    return [marks[place][1] if place < len(marks) else float("inf") for place in places]


def states(
    begun: float, messages: Iterable[int], cast: Sequence[Cast], stored: Sequence[float]
) -> dict[int, list[State]]:
    """Each point's tallies in order, by its message; nobody had voted on any when it had `begun`."""
    held: dict[tuple[int, int], MemberVotes] = {}
    tallies = dict.fromkeys(messages, Tally())
    found = {message: [State(begun, (0, 0))] for message in tallies}
    for order, (one, since) in enumerate(zip(cast, stored, strict=True), 1):
        whose = one.message, one.member
        before = held.get(whose, NOTHING)
        held[whose] = votes.added(before, one.side, order) if one.added else votes.removed(before, one.side)
        tally = tallies[one.message] = tallies[one.message].moved(votes.stance(before), votes.stance(held[whose]))
        if (tally.agree, tally.disagree) != found[one.message][-1].tally:
            found[one.message].append(State(since, (tally.agree, tally.disagree)))
    return found


def stalest(of: Mapping[int, Sequence[State]], edits: Iterable[Edit], begin: float, end: float) -> float:
    """The longest that a stored vote was not shown at any moment between `begin` and `end`, in seconds."""
    shown = dict.fromkeys(of, 0)
    waits = [0.0]
    for edit in sorted(edits, key=lambda edit: edit.at):
        if edit.at > end:
            break
        for thread, tally in edit.tallies.items():
            if edit.at > begin:
                waits.append(_waiting(of[thread], shown[thread], edit.at))
            shown[thread] = _place(of[thread], tally, edit.at)
    waits += [_waiting(of[thread], place, end) for thread, place in shown.items()]
    return max(waits)


def _waiting(states: Sequence[State], place: int, now: float) -> float:
    """How long the first state after the one that is shown has been waiting."""
    return max(0.0, now - states[place + 1].since) if place + 1 < len(states) else 0.0


def _place(states: Sequence[State], tally: tuple[int, int], now: float) -> int:
    places = range(bisect_right(states, now, key=lambda state: state.since) - 1, -1, -1)
    found = next((place for place in places if states[place].tally == tally), None)
    if found is None:
        raise Unaccounted(f"{tally} is shown, and never was the tally")
    return found


def by_span(moments: Iterable[tuple[float, float]], spans: Sequence[tuple[float, float]]) -> list[float]:
    """The greatest value of each span, by (when, value); 0 where there is none."""
    most: defaultdict[int, float] = defaultdict(float)
    for at, value in moments:
        for number, (begin, end) in enumerate(spans):
            if begin <= at < end:
                most[number] = max(most[number], value)
    return [most[number] for number in range(len(spans))]
