"""Every event of a vote in any order, in any batches, with restarts between, against a recount from the log.

The recount is written from the page on votes alone. It keeps one story a member and point: the emoji held, the
newest last; and the stance that stands for want of a reaction, until the member acts. Points are merged and parted,
hidden and restored meanwhile; what merged points come to is recounted from the stories, by who was merged into whom.
"""

import asyncio
import itertools
import shutil
import tempfile
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import text

from bot.core.critiques import Draft
from bot.core.ids import ChannelId, CritiqueId, DraftId, GuildId, MemberId, MessageId, PointId
from bot.core.outlines import Outline, OutlinePoint
from bot.core.points import PointStatus
from bot.core.votes import OLDER, Cleared, Deleted, Event, Found, Reacted, Stance, Unseeded
from bot.services import votes
from bot.services.desk import Desk
from bot.storage import critiques, merges, points
from bot.storage.database import Database

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOME = ChannelId(10)
POINTS = (1, 2, 3, 4)
LAST_OF_FIRST = 3  # points up to it are of one critique, the other is of another
MEMBERS = (7, 8, 9)
UNKNOWN = 999
SIDES = {"👍": 1, "👎": -1}


async def no_compute(*_args: Any, **_kwargs: Any) -> Any:
    raise AssertionError("recording votes computes nothing heavy")


async def _made(path: Path) -> None:
    """A database with two critiques in one channel: points 1 to 3, and point 4; all posted, messages 101 to 104."""
    db = await Database.open(path)
    async with db.write() as tx:
        for labels in (("1", "2", "3"), ("1",)):
            outline = Outline("Tea", "", tuple(OutlinePoint(label, "Title", "Text") for label in labels))
            draft = Draft(DraftId(1), GuildId(1), HOME, MemberId(5), outline)
            critique = await critiques.save_critique(
                tx,
                draft,
                digest_channel=HOME,
                emoji=("👍", "👎"),
                next_label=4,
                opened_by=MemberId(5),
                at=NOON,
            )
            for point in await points.save_originals(tx, critique, outline.points, NOON):
                await points.save_message(tx, point, MessageId(100 + point))
    await db.close()


class Bot:
    """The vote service on a database file."""

    def __init__(self, template: Path) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._path = Path(self._folder.name) / "bot.db"
        shutil.copy(template, self._path)
        self._runner = asyncio.Runner()
        self._db: Database
        self.start()

    def start(self) -> None:
        self._db = self._runner.run(Database.open(self._path))
        self._desk = Desk(self._db, lambda: NOON, no_compute)

    def restart(self) -> None:
        self._runner.run(self._db.close())
        self.start()

    def record(self, batch: Sequence[Event]) -> None:
        assert list(self._runner.run(votes.record(self._desk, batch))) == []

    def stances(self, point: int) -> dict[int, int]:
        found = self._runner.run(votes.stances(self._desk, point, 1))  # type: ignore[arg-type]
        return {int(member): int(stance) for member, stance in found.items()}

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        async def read() -> list[tuple[Any, ...]]:
            async with self._db.read() as tx:
                return [tuple(row) for row in (await tx.execute(text(query))).all()]

        return self._runner.run(read())

    def merge(self, point: int, into: int | None) -> None:
        async def write() -> None:
            async with self._db.write() as tx:
                await merges.merge(tx, CritiqueId(1), PointId(point), None if into is None else PointId(into), NOON)

        self._runner.run(write())

    def turn(self, point: int, *, gone: bool) -> None:
        async def write() -> None:
            async with self._db.write() as tx:
                which, critique = PointId(point), CritiqueId(1 if point <= LAST_OF_FIRST else 2)
                await points.save_status(tx, which, PointStatus.HIDDEN if gone else PointStatus.OPEN)
                await (merges.count_no_more if gone else merges.count_again)(tx, critique, which)

        self._runner.run(write())

    def people(self, critique: int) -> int:
        async def read() -> int:
            async with self._db.read() as tx:
                return await critiques.people(tx, critique)  # type: ignore[arg-type]

        return self._runner.run(read())

    def close(self) -> None:
        self._runner.run(self._db.close())
        self._runner.close()
        self._folder.cleanup()


_TEMPLATES = tempfile.TemporaryDirectory()


def template() -> Path:
    path = Path(_TEMPLATES.name) / "template.db"
    if not path.exists():
        asyncio.run(_made(path))
    return path


@dataclass
class Story:
    """One member on one point.

    A side of `unseen` came in a gap: nobody knows when, but after all that was seen before it. What came in a gap and
    was followed by another act is `overtaken`.
    """

    held: list[int] = field(default_factory=list)  # sides, the newest last
    stands: int | None = None  # without a reaction, until the member acts
    unseen: set[int] = field(default_factory=set)
    overtaken: set[int] = field(default_factory=set)
    at: dict[int, int] = field(default_factory=dict)  # when each side was last seen to come
    now: int = 0

    @property
    def moment(self) -> int:
        """When the act was seen that the stance rests on; 0 where nobody saw it."""
        if (self.stands is not None and not self.unseen) or not self.held:
            return 0
        side = self.held[-1]
        return 0 if side in self.unseen | self.overtaken else self.at[side]

    @property
    def stance(self) -> int | None:
        if self.stands is not None and not self.unseen:
            return self.stands
        return self.held[-1] if self.held and len(self.unseen) < 2 else None

    def play(self, event: Event, now: int) -> None:
        self.now = now
        if isinstance(event, Reacted):
            side = SIDES.get(event.emoji)
            if side is not None:
                self._react(side, added=event.added)
        elif isinstance(event, Cleared | Deleted):
            emoji = event.emoji if isinstance(event, Cleared) else None
            gone = list(SIDES.values()) if emoji is None else [SIDES[emoji]] if emoji in SIDES else []
            before = self.stance
            if self.unseen:
                self.stands = None
            for side in gone:
                self._drop(side)
            if self.stance != before:
                self.stands = before
        elif isinstance(event, Found):
            self._find({int(side) for side in event.held})

    def _react(self, side: int, *, added: bool) -> None:
        known = side in self.held and side not in self.unseen | self.overtaken
        if known if added else side not in self.held:
            return
        self.stands = None
        self._drop(side)
        if added:
            self._overtake()
            self.held.append(side)
            self.at[side] = self.now

    def _find(self, now: set[int]) -> None:
        for side in set(self.held) - now:
            self._drop(side)
        new = sorted(now - set(self.held))
        if len(new) == 1:
            self._overtake()
        self.held += new
        self.unseen |= set(new)

    def _overtake(self) -> None:
        self.overtaken |= self.unseen
        self.unseen = set()

    def _drop(self, side: int) -> None:
        self.held = [each for each in self.held if each != side]
        self.unseen.discard(side)
        self.overtaken.discard(side)


def recounted(log: Sequence[Event]) -> dict[tuple[int, int], Story]:
    """The story of each member on each point, from the log alone."""
    stories = {(point, member): Story() for point in POINTS for member in MEMBERS}
    for now, event in enumerate(log, 1):
        for (point, member), story in stories.items():
            if event.message == 100 + point and (not isinstance(event, Reacted | Found) or event.member == member):
                story.play(event, now)
    return stories


Merged = dict[int, int]  # what each merged point was merged into


def grouped(stories: dict[tuple[int, int], Story], merged: Merged, gone: Collection[int]) -> dict[tuple[int, int], int]:
    """The stance of each member on each point that is merged into no other, as the page on votes has it."""
    found: dict[tuple[int, int], int] = {}
    for top, member in itertools.product(set(POINTS) - set(merged) - set(gone), MEMBERS):
        own = stories[top, member].stance
        others = [stories[point, member] for point in POINTS if leads_to(merged, point, top) and point not in gone]
        held = [other for other in others if other.stance is not None]
        latest = {other.stance for other in held if other.moment == max(each.moment for each in held)}
        if own is not None:
            found[top, member] = own
        elif len(latest) == 1:
            found[top, member] = latest.pop() or 0
    return found


def leads_to(merged: Merged, point: int, top: int) -> bool:
    while point in merged:
        point = merged[point]
        if point == top:
            return True
    return False


def checked(bot: Bot, log: Sequence[Event], merged: Merged | None = None, gone: Collection[int] = ()) -> None:
    """Holds all rows against the recount."""
    stories = recounted(log)
    stances = {key: story.stance for key, story in stories.items() if story.stance is not None}

    for point in POINTS:
        assert bot.stances(point) == {member: stance for (of, member), stance in stances.items() if of == point}

    tallies = {
        point: counts
        for point, *counts in bot.rows("SELECT point_id, agree, disagree, unsure FROM tallies")
        if any(counts)
    }
    joined = grouped(stories, merged or {}, gone)
    counted = Counter((point, stance) for (point, _), stance in joined.items())
    assert tallies == {
        point: [counted[point, 1], counted[point, -1], 0] for point in POINTS if any(of == point for of, _ in joined)
    }

    voters = Counter((1 if point <= LAST_OF_FIRST else 2, member) for point, member in joined)
    assert Counter({(c, m): n for c, m, n in bot.rows("SELECT critique_id, member_id, stances FROM voters")}) == voters
    for critique in (1, 2):
        assert bot.people(critique) == sum(of == critique for of, _ in voters)

    replayed: dict[tuple[int, int], int | None] = {}
    for point, member, before, after in bot.rows("SELECT point_id, member_id, before, after FROM history ORDER BY id"):
        assert before != after
        assert replayed.get((point, member)) == before
        replayed[point, member] = after
    assert {key: stance for key, stance in replayed.items() if stance is not None} == stances

    held: dict[tuple[int, int], dict[int, int | None]] = {}
    for point, member, side, seen in bot.rows("SELECT point_id, member_id, side, seen FROM holds WHERE revision = 1"):
        held.setdefault((point, member), {})[side] = seen
    for key, story in stories.items():
        found = held.get(key, {})
        assert set(found) == set(story.held)
        assert {side for side, seen in found.items() if seen is None} == story.unseen
        assert {side for side, seen in found.items() if seen == OLDER} == story.overtaken
        seen = [side for side in story.held if side not in story.unseen | story.overtaken]
        assert sorted(seen, key=lambda side: found[side] or 0) == seen
    kept = {
        (point, member): stance for point, member, stance in bot.rows("SELECT point_id, member_id, stance FROM kept")
    }
    assert kept == {key: story.stands for key, story in stories.items() if story.stands is not None}


messages = st.sampled_from([*(100 + point for point in POINTS), UNKNOWN]).map(MessageId)
emoji = st.sampled_from(["👍", "👎", "👍", "👎", "🎉"])
reacted = st.builds(Reacted, st.just(HOME), messages, st.sampled_from(MEMBERS).map(MemberId), emoji, st.booleans())
sides = st.frozensets(st.sampled_from([Stance.AGREE, Stance.DISAGREE]))
BOTH = frozenset({Stance.AGREE, Stance.DISAGREE})
found = st.builds(Found, st.just(HOME), messages, st.sampled_from(MEMBERS).map(MemberId), st.just(BOTH), sides)
others = st.one_of(
    st.builds(Cleared, st.just(HOME), messages, st.none() | emoji),
    st.builds(Deleted, st.just(HOME), messages),
    st.builds(Unseeded, st.just(HOME), messages),
)
events = st.one_of(reacted, reacted, reacted, reacted, found, others)


class VoteMachine(RuleBasedStateMachine):
    """Plays events; after each step all rows are held against the recount."""

    @initialize()
    def begin(self) -> None:
        self.bot = Bot(template())
        self.log: list[Event] = []
        self.merged: Merged = {}
        self.gone: set[int] = set()

    def _record(self, *batch: Event) -> None:
        self.bot.record(batch)
        self.log += [event for event in batch if event.message - 100 not in self.gone]

    @rule(point=st.sampled_from((1, 2, 3)), into=st.sampled_from((1, 2, 3)))
    def merge(self, point: int, into: int) -> None:
        if point not in self.merged and point != into and not leads_to(self.merged, into, point):
            self.bot.merge(point, into)
            self.merged[point] = into

    @rule(point=st.sampled_from((1, 2, 3)))
    def part(self, point: int) -> None:
        if self.merged.pop(point, None) is not None:
            self.bot.merge(point, None)

    @rule(point=st.sampled_from(POINTS))
    def hide_or_restore(self, point: int) -> None:
        self.gone ^= {point}
        self.bot.turn(point, gone=point in self.gone)

    @rule(event=reacted)
    def one_reaction(self, event: Reacted) -> None:
        self._record(event)

    @rule(point=st.sampled_from(POINTS), member=st.sampled_from(MEMBERS), first=st.booleans())
    def changed_mind(self, point: int, member: int, first: bool) -> None:
        for sign in "👍👎" if first else "👎👍":
            self._record(Reacted(HOME, MessageId(100 + point), MemberId(member), sign, added=True))

    @rule(point=st.sampled_from(POINTS), member=st.sampled_from(MEMBERS), first=st.booleans())
    def second_thoughts(self, point: int, member: int, first: bool) -> None:
        one, two = "👍👎" if first else "👎👍"
        where = HOME, MessageId(100 + point), MemberId(member)
        self._record(Reacted(*where, one, added=True), Reacted(*where, two, added=True))
        self._record(Reacted(*where, one, added=False), Reacted(*where, one, added=True))

    @rule(batch=st.lists(events, min_size=2, max_size=12))
    def mixed_batch(self, batch: list[Event]) -> None:
        self._record(*batch)

    @rule(batch=st.lists(reacted, min_size=1, max_size=3), times=st.integers(2, 3))
    def the_same_events_again(self, batch: list[Event], times: int) -> None:
        self._record(*(event for event in batch for _ in range(times)))

    @rule(event=others)
    def something_else(self, event: Event) -> None:
        self._record(event)

    @rule(members=st.lists(found, min_size=1, max_size=4), waited=st.lists(reacted, max_size=4))
    def a_gap(self, members: list[Found], waited: list[Reacted]) -> None:
        self.bot.restart()
        self._record(*members, *waited)

    @rule()
    def restart(self) -> None:
        self.bot.restart()

    @invariant()
    def rows_say_what_the_log_says(self) -> None:
        if hasattr(self, "bot"):
            checked(self.bot, self.log, self.merged, self.gone)

    def teardown(self) -> None:
        if hasattr(self, "bot"):
            self.bot.close()


VoteMachine.TestCase.settings = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=40,
    stateful_step_count=20,
    suppress_health_check=list(HealthCheck),
)
TestVotes = VoteMachine.TestCase

ROWS = (
    "SELECT point_id, member_id, side, seen IS NULL, seen = 0, rank() OVER (ORDER BY seen) FROM holds ORDER BY 1, 2, 3",
    "SELECT * FROM kept ORDER BY 1, 2, 3",
    "SELECT * FROM tallies WHERE agree + disagree + unsure > 0 ORDER BY 1",
    "SELECT * FROM voters ORDER BY 1, 2",
    "SELECT point_id, member_id, before, after, source FROM history ORDER BY id",
    "SELECT id, seeded FROM points ORDER BY 1",
)


@settings(max_examples=25)
@given(log=st.lists(events, min_size=2, max_size=60), cuts=st.sets(st.integers(1, 59), max_size=8))
def test_any_batches_give_the_rows_that_single_events_give(log: list[Event], cuts: set[int]) -> None:
    results = []
    for places in (sorted(cuts), range(1, len(log))):
        bot = Bot(template())
        try:
            for start, end in itertools.pairwise([0, *(place for place in places if place < len(log)), len(log)]):
                bot.record(log[start:end])
            results.append([bot.rows(query) for query in ROWS])
        finally:
            bot.close()
    assert results[0] == results[1]
