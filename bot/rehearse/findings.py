"""What a rehearsal found: what the bot recorded beside what the stand-in's own books say."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.core.cases import Case, CaseAct
from bot.core.critiques import Critique, HomeKind
from bot.core.digests import Line
from bot.core.ids import MemberId, PointId
from bot.core.votes import Stance
from bot.rehearse.discussions import Discussed
from bot.rehearse.promises import outcome

Reactions = Mapping[str, Iterable[int]]

CLEARED = "DELETE /channels/{channel_id}/messages/{message_id}"  # a question that was answered
TAKEN_AWAY = "DELETE /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/{user_id}"  # a member's emoji


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
    cases: tuple[Case, ...]
    broken: tuple[str, ...]
    discussed: Discussed

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
            "cases": [_case(case) for case in self.cases],
            **self.discussed.as_json(),
            "seconds": round(self.seconds, 3),
            "seed": self.seed,
        }

    @property
    def additions_recorded(self) -> int:
        """Additions that the bot holds: what is listed, and what was refused and is not."""
        listed = {line.point.id for line in self.lines if line.point.author is not None}
        refused = {case.point for case in self.cases if case.act is CaseAct.REFUSE}
        return len(listed | refused)

    @property
    def is_sound(self) -> bool:
        """Whether the bot recorded what was done, kept what was promised, and asked nothing that Discord has not."""
        astray = self.additions_typed != self.additions_recorded
        return not (self.votes.drift or self.mismatches or astray or self.broken)

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


def _case(case: Case) -> dict[str, Any]:
    why = case.why.reason
    return {
        "act": case.act.value,
        "reason": None if why is None else why.value,
        "label": case.label,
        "appeal": outcome(case),
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


def interactions(entries: Iterable[Mapping[str, Any]]) -> int:
    """How many commands, buttons and forms members used."""
    return sum(entry["kind"] == "exchange" and entry["route"] == "/interactions" for entry in entries)


def _by_bot(entry: Mapping[str, Any]) -> bool:
    return entry["by"] == "bot" or str(entry["route"]).startswith(("/interactions/{interaction_id}", "/webhooks/"))


def fewest_requests(
    lines: Iterable[Line],
    kind: HomeKind,
    cases: Sequence[Case],
    *,
    further_pages: int,
    digest_messages: int,
    taken_away: int,
    answers: int,
    told: int,
    discussed: Discussed,
    questions: int,
) -> int:
    """The fewest requests that could have done it, counted so:

    4 to start (who am I, which application, the commands, where the gateway is), 1 answer to each command, button and
    form; 4 a point in a text home (message, thread, two reactions), 3 in a forum (post, two reactions), where the post
    "Add to this list" is made and pinned, and the server's threads are counted once; 1 for each further message of a
    point's text; 1 mark an addition, and 1 reply where its label differs; the digest's messages, each edited once at
    the end, and its pin; 1 for each vote emoji taken away under a later one; 2 for each question (asked, cleared);
    and what moderators' acts and what was discussed ask for.
    """
    points = list(lines)
    additions = [line.point for line in points if line.point.author is not None]
    posting = 3 * len(points) + 3 if kind is HomeKind.FORUM else 4 * len(points)
    shown = posting + further_pages + 2 * digest_messages + 1
    return (
        4
        + answers
        + shown
        + len(additions)
        + told
        + taken_away
        + 2 * questions
        + _fewest_for(cases)
        + _fewest_shown(discussed)
    )


def _fewest_shown(discussed: Discussed) -> int:
    """1 for each point that an argument is filed under, 1 for the panel of each such point, 1 mark a comment that
    argues and adds nothing, and 1 for each point that is referred to.
    """
    filed = [label for each in discussed.arguments for label in each.points]
    referred = {label for _comment, labels in discussed.references for label in labels}
    added = {comment for comment, _choice, label in discussed.claims if label is not None}
    argue = {each.comment for each in discussed.arguments} - added
    return len(filed) + len(set(filed)) + len(argue) + len(referred)


def _fewest_for(cases: Sequence[Case]) -> int:
    """3 for each addition that waited (its message to moderators, its mark on and off), 1 for each direct message and
    1 to open each member's, 2 for each appeal (shown to moderators, its answer), 2 for each merge (words, thread).
    """
    held = sum(case.act in (CaseAct.APPROVE, CaseAct.REFUSE) for case in cases)
    told = [case.member for case in cases if case.act.is_told and case.member is not None]
    appeals = sum(case.appeal is not None for case in cases)
    merges = sum(case.act is CaseAct.MERGE for case in cases)
    return 3 * held + len(told) + len(set(told)) + 2 * appeals + 2 * merges
