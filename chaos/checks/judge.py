"""Promises one verdict over everything."""

from chaos.checks import additions, arguments, ballots, claims, digests, moderation, points, replies, votes
from chaos.checks.books import Books
from chaos.checks.findings import Finding, Verdict, lost
from chaos.checks.stored import Stored
from chaos.deeds import Deeds


def judge(stored: Stored, books: Books, deeds: Deeds) -> Verdict:
    """Everything held against everything; `deeds` are what the members know that they did."""
    taken, unseen, overtaken = deeds.held.taken_wrongly(books)
    findings: list[Finding] = [
        *votes.check(stored, books),
        *points.check(stored, books),
        *replies.check(stored, books),
        *digests.check(stored, books),
        *additions.check(stored, books, deeds),
        *arguments.check(stored, books, deeds),
        *ballots.check(stored, deeds),
        *claims.check(stored, books, deeds),
        *moderation.check(stored, books, deeds),
        *(lost(f"what is owed: {each}") for each in stored.waiting),
        *(lost(f"what was given up: {each}") for each in stored.given_up),
        *(lost(f"a vote that the bot took away: {each}") for each in taken),
    ]
    return Verdict(tuple(findings), votes.undecided(stored, books), unseen, overtaken)
