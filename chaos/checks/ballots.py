"""Promises that each ballot whose member was told so is on record as it was cast last, and that none is invented.

A ballot that nobody answered may be on record or not.
"""

from collections import defaultdict
from collections.abc import Iterator

from chaos.checks.findings import Finding, doubled, drift, lost
from chaos.checks.stored import Stored
from chaos.deeds import Balloted, Deeds


def check(stored: Stored, deeds: Deeds) -> Iterator[Finding]:
    """Member by member, point by point, revision by revision."""
    cast: defaultdict[tuple[int, int, int], list[Balloted]] = defaultdict(list)
    for ballot in deeds.balloted:
        cast[ballot.point, ballot.revision, ballot.member].append(ballot)
    for key, ballots in cast.items():
        what = f"the ballot of member {key[2]} on point {key[0]}, revision {key[1]}"
        last = max((place for place, each in enumerate(ballots) if each.answered), default=None)
        may_be = {each.stance for each in ballots[last or 0 :]}
        if key not in stored.ballots:
            if last is not None:
                yield lost(what)
        elif stored.ballots[key] not in may_be:
            yield drift(f"{what} is {stored.ballots[key]}, and was cast as {sorted(may_be)}")
    for key in stored.ballots.keys() - cast.keys():
        yield doubled(f"a ballot of member {key[2]} on point {key[0]}, which nobody cast")
