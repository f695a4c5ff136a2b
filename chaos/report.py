"""Promises the report of a run: what befell the bot, what is wrong, and the line that says it all."""

from collections import Counter
from collections.abc import Iterator

from chaos.checks.findings import Kind
from chaos.outcome import Outcome

_SHOWN = 30  # findings of a kind


def _moderated(outcome: Outcome) -> Counter[str]:
    return Counter(kept.order.value for kept in outcome.deeds.kept if kept.answered)


def lines(outcome: Outcome) -> Iterator[str]:
    """The table, the findings, and last the line."""
    toll = outcome.toll
    rows: list[tuple[str, object]] = [(f"kills {name}", count) for name, count in sorted(toll.places.items())]
    rows += [
        ("of these inside a delivery", toll.in_delivery),
        ("of these inside a transaction", toll.in_transaction),
        ("of these inside a batch of votes", toll.in_votes),
    ]
    rows += [(f"trouble: {name}", count) for name, count in sorted(outcome.troubles.items())]
    rows += [
        ("starts", toll.starts),
        ("ended by itself, as requests of the start failed", toll.ended_by_itself),
        ("both emoji held, in an order that nobody saw", outcome.verdict.undecided),
        ("emoji taken away in an order that nobody saw", outcome.verdict.unseen),
        ("emoji put there anew while its removal was on its way", outcome.verdict.overtaken),
        ("critiques confirmed", len(outcome.deeds.confirmed)),
        ("replies in threads", outcome.deeds.replies),
        ("arguments among them", len(outcome.deeds.argued)),
        ("ballots cast, and told so", sum(each.answered for each in outcome.deeds.balloted)),
        ("unclear additions, recorded when asked", sum(each.answered for each in outcome.deeds.claimed)),
        *((f"moderated: {order}", count) for order, count in sorted(_moderated(outcome).items())),
        ("seconds", round(outcome.seconds)),
    ]
    width = max(len(name) for name, _ in rows)
    yield ""
    yield from (f"{name:<{width}}  {value:>6}" for name, value in rows)
    yield ""
    if not outcome.calm:
        yield "the bot did not get quiet in time"
    for kind in Kind:
        found = [finding for finding in outcome.verdict.findings if finding.kind is kind]
        yield from map(str, found[:_SHOWN])
        if len(found) > _SHOWN:
            yield f"{kind}: and {len(found) - _SHOWN} more"
    yield outcome.line
