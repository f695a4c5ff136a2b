"""What a rehearsal found: what the bot recorded beside what the stand-in's own books say."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.core.critiques import Critique, HomeKind
from bot.core.digests import Line
from bot.core.ids import MemberId, PointId
from bot.core.votes import Stance

Reactions = Mapping[str, Iterable[int]]


@dataclass(frozen=True, slots=True)
class VoteFindings:
    """Stances standing in the books, stances recorded, and how many members' stances differ."""

    cast: int
    recorded: int
    drift: int
    undecided: int


@dataclass(frozen=True, slots=True)
class Findings:
    """All that the report shows."""

    critique: Critique
    lines: tuple[Line, ...]
    names: Mapping[str, str]
    votes: VoteFindings
    additions_typed: int
    requests: Mapping[str, int]
    fewest_requests: int
    openapi: tuple[int, int, int, int] | None
    mismatches: tuple[str, ...]
    digest: tuple[str, ...]
    comments_found: int
    comments_announced: int | None
    seconds: float
    seed: int
    voters: int

    def as_json(self) -> dict[str, Any]:
        """The report for programs."""
        return {
            "critique": {"title": self.critique.title, "points": [self._point(line) for line in self.lines]},
            "votes": {
                "cast": self.votes.cast,
                "recorded": self.votes.recorded,
                "drift": self.votes.drift,
                "simulated": True,
            },
            "additions": {"typed": self.additions_typed, "recorded": self.additions_recorded},
            "comments": {"found": self.comments_found, "announced": self.comments_announced},
            "requests": {
                "total": sum(self.requests.values()),
                "fewest": self.fewest_requests,
                "by_route": dict(self.requests),
            },
            "openapi": None if self.openapi is None else {"checked": self.openapi[0], "mismatches": self.openapi[1]},
            "digest": {"messages": list(self.digest)},
            "seconds": round(self.seconds, 3),
            "seed": self.seed,
        }

    @property
    def additions_recorded(self) -> int:
        """Additions that the bot holds."""
        return sum(line.point.author is not None for line in self.lines)

    def author(self, line: Line) -> str | None:
        """The name that the point's author goes by."""
        return None if line.point.author is None else self.names.get(str(line.point.author), str(line.point.author))

    def _point(self, line: Line) -> dict[str, Any]:
        point = line.point
        return {
            "label": point.label,
            "claimed_label": point.claimed_label,
            "origin": point.origin.value,
            "title": point.title,
            "author": self.author(line),
            "status": point.status.value,
            "thread_id": None if point.thread is None else str(point.thread),
            "agree": line.tally.agree,
            "disagree": line.tally.disagree,
            "replies": point.replies,
        }


def stances_shown(reactions: Reactions, agree: str, disagree: str, bots: set[int]) -> dict[MemberId, Stance | None]:
    """What the books' reactions of one message say: a side a member, None for who holds both."""
    sides: dict[MemberId, set[Stance]] = {}
    for emoji, side in ((agree, Stance.AGREE), (disagree, Stance.DISAGREE)):
        for member in reactions.get(emoji, ()):
            if member not in bots:
                sides.setdefault(MemberId(member), set()).add(side)
    return {member: next(iter(held)) if len(held) == 1 else None for member, held in sides.items()}


def compare(
    shown: Mapping[PointId, Mapping[MemberId, Stance | None]], recorded: Mapping[PointId, Mapping[MemberId, Stance]]
) -> VoteFindings:
    """Message by message, member by member. Who holds both emoji is counted apart."""
    drift = undecided = cast = 0
    for message in shown.keys() | recorded.keys():
        there, here = shown.get(message, {}), recorded.get(message, {})
        for member in there.keys() | here.keys():
            if member in there and there[member] is None:
                undecided += 1
                continue
            cast += member in there
            drift += there.get(member) is not here.get(member)
    return VoteFindings(cast, sum(len(here) for here in recorded.values()), drift, undecided)


def requests_of_bot(entries: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """The bot's requests by method and route, most frequent first.

    Answers to interactions bear the interaction's token instead of the bot's, and are its own all the same.
    """
    exchanges = (entry for entry in entries if entry["kind"] == "exchange")
    count = Counter(f"{entry['method']} {entry['route']}" for entry in exchanges if _by_bot(entry))
    return dict(count.most_common())


def _by_bot(entry: Mapping[str, Any]) -> bool:
    return entry["by"] == "bot" or str(entry["route"]).startswith(("/interactions/{interaction_id}", "/webhooks/"))


def fewest_requests(
    lines: Iterable[Line], kind: HomeKind, further_pages: int, digest_messages: int, taken_away: int
) -> int:
    """The fewest requests that could have done it, counted so:

    4 to start (who am I, which application, the commands, where the gateway is), 2 answers to the moderator
    (preview, confirmation); 4 a point in a text home (message, thread, two reactions), 3 in a forum (post, two
    reactions), where the post "Add to this list" is made and pinned, and the server's threads are counted once;
    1 for each further message of a point's text; 1 mark an addition, and 1 reply where its label differs; the
    digest's messages, each edited once at the end, and its pin; 1 for each vote emoji taken away under a later one.
    """
    points = list(lines)
    additions = [line.point for line in points if line.point.author is not None]
    told = sum(point.claimed_label is not None for point in additions)
    posting = 3 * len(points) + 3 if kind is HomeKind.FORUM else 4 * len(points)
    shown = posting + further_pages + 2 * digest_messages + 1
    return 4 + 2 + shown + len(additions) + told + taken_away
