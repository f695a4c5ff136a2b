"""Deliveries: what the bot owes Discord, written in the same transaction as the change that owes it.

1. *Latest*: brings what Discord shows up to date with what is stored. One per target, renewed while it waits.
2. *Once*: happens once and is remembered for a while, so that the same cause cannot ask twice.
3. A delivery holds ids and a kind, never rendered text: it is rendered when it is carried out.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import blake2b

from bot.core.ids import (
    ArgumentId,
    CaseId,
    ChannelId,
    ClaimId,
    CritiqueId,
    DeliveryId,
    GuildId,
    MemberId,
    MessageId,
    PointId,
    ReportId,
)
from bot.core.votes import Stance

# A *once* that has failed so often is given up; what waits for a *latest* that has no longer does.
MOST_TRIES = 8
# A *latest* that has failed for so long is stuck: it goes on being tried, and people are told.
STUCK_AFTER = timedelta(hours=1)

_TRIES_BARRED = 3
_LONGEST_PAUSE = timedelta(minutes=10)
_DISCORDS_WORD = re.compile(r"\d{3} [\w ]+ \(error code: \d+\)")


class Kind(StrEnum):
    """What is owed."""

    SHOW_POINT = "show-point"
    SHOW_DIGEST = "show-digest"
    SHOW_THREAD = "show-thread"
    WAKE_THREAD = "wake-thread"
    SHOW_LOBBY = "show-lobby"
    SHOW_HELD = "show-held"
    MARK = "mark"
    REMARK = "remark"
    UNMARK = "unmark"
    TELL_LABEL = "tell-label"
    ASK_WHICH = "ask-which"
    TAKE_AWAY = "take-away"
    WELCOME = "welcome"
    HOLD_REACTIONS = "hold-reactions"
    NOTICE = "notice"
    TELL_CASE = "tell-case"
    SHOW_APPEAL = "show-appeal"
    TELL_ANSWER = "tell-answer"
    TELL_CLAIM = "tell-claim"
    CLEAR_CLAIM = "clear-claim"
    TAKE_VOTE = "take-vote"
    TELL_REWORDED = "tell-reworded"
    SHOW_OFFICIAL = "show-official"
    SLOW_THREAD = "slow-thread"
    SHOW_REPORT = "show-report"
    TELL_KEPT = "tell-kept"
    REMIND = "remind"
    SHOW_REFERENCES = "show-references"
    SHOW_ARGUMENT = "show-argument"
    SHOW_ARGUMENTS = "show-arguments"
    ASK_SIDE = "ask-side"
    CLEAR_SIDE = "clear-side"
    TELL_UNARGUED = "tell-unargued"
    TELL_FOLLOWER = "tell-follower"

    @property
    def latest(self) -> bool:
        """Whether a newer one replaces one that waits."""
        return self in _LATEST

    @property
    def leaves_nothing(self) -> bool:
        """Whether it is forgotten as soon as it has ended, however it did: it names somebody who is to be forgotten,
        or the same may be owed again.
        """
        return self in (Kind.TAKE_VOTE, Kind.TELL_FOLLOWER)


_LATEST = frozenset(
    {
        Kind.SHOW_POINT,
        Kind.SHOW_DIGEST,
        Kind.SHOW_THREAD,
        Kind.WAKE_THREAD,
        Kind.SHOW_LOBBY,
        Kind.SHOW_HELD,
        Kind.HOLD_REACTIONS,
        Kind.NOTICE,
        Kind.SHOW_APPEAL,
        Kind.SHOW_OFFICIAL,
        Kind.SLOW_THREAD,
        Kind.SHOW_REPORT,
        Kind.SHOW_REFERENCES,
        Kind.SHOW_ARGUMENT,
        Kind.SHOW_ARGUMENTS,
    }
)


@dataclass(frozen=True, slots=True)
class Owed:
    """A delivery to be written. `key` is unique per cause; `lane` is what keeps its order: a channel, mostly."""

    kind: Kind
    key: str
    guild: GuildId
    lane: ChannelId
    point: PointId | None = None
    critique: CritiqueId | None = None
    message: MessageId | None = None
    member: MemberId | None = None
    side: Stance | None = None
    case: CaseId | None = None
    claim: ClaimId | None = None
    report: ReportId | None = None
    argument: ArgumentId | None = None


class Outcome(StrEnum):
    """What becomes of a delivery that has failed: tried again; the same, but people must know; tried no more.

    They must know soon where it is forbidden, since only they can change that.
    """

    AGAIN = "again"
    STUCK = "stuck"
    FORBIDDEN = "forbidden"
    GIVEN_UP = "given-up"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A delivery as stored.

    `begun_at` is set before the first request of an earlier try: what that may have made was made since then.
    `failing_since` is when the first of its tries failed.
    """

    id: DeliveryId
    version: int
    owed: Owed
    attempts: int
    begun_at: datetime | None
    failing_since: datetime | None = None

    @property
    def is_barred(self) -> bool:
        """Whether one that is forbidden now has failed so often that this will not pass by itself."""
        return self.attempts + 1 >= _TRIES_BARRED

    def is_stuck(self, now: datetime) -> bool:
        """Whether it has failed for so long that people must know."""
        return self.failing_since is not None and now - self.failing_since >= STUCK_AFTER


def pause(key: str, attempts: int, first: timedelta = timedelta(seconds=1)) -> timedelta:
    """How long to wait after a failure, where `attempts` have failed before it.

    It doubles from about `first` up to ten minutes. Of each such span at least half is waited; the rest is drawn
    from the key and the attempt, so that what failed together is not tried again together, and always the same.
    """
    longest = min(first * 2 ** min(attempts, 10), _LONGEST_PAUSE)
    drawn = int.from_bytes(blake2b(f"{key} {attempts}".encode(), digest_size=4).digest())
    return longest * (0.5 + 0.5 * drawn / 2**32)


def public(fault: str) -> str:
    """The kind of a fault, and Discord's code: never what else was said, which may hold a member's words."""
    kind = fault.partition(":")[0]
    said = _DISCORDS_WORD.search(fault.partition("\n")[0])
    return f"{kind}: {said[0]}" if said else kind


def show_point(guild: GuildId, point: PointId, home: ChannelId) -> Owed:
    """The point's message, thread, seeded reactions and further pages."""
    return Owed(Kind.SHOW_POINT, f"{Kind.SHOW_POINT}:{point}", guild, home, point=point)


def show_thread(guild: GuildId, point: PointId, home: ChannelId) -> Owed:
    """The state of the point's thread: locked or not, archived or not."""
    return Owed(Kind.SHOW_THREAD, f"{Kind.SHOW_THREAD}:{point}", guild, home, point=point)


def wake_thread(guild: GuildId, point: PointId, home: ChannelId) -> Owed:
    """The point's post in a forum active again, where it fell asleep for silence and there is room for it."""
    return Owed(Kind.WAKE_THREAD, f"{Kind.WAKE_THREAD}:{point}", guild, home, point=point)


def show_lobby(guild: GuildId, critique: CritiqueId, home: ChannelId) -> Owed:
    """The post "Add to this list" of a critique in a forum."""
    return Owed(Kind.SHOW_LOBBY, f"{Kind.SHOW_LOBBY}:{critique}", guild, home, critique=critique)


def show_digest(guild: GuildId, critique: CritiqueId) -> Owed:
    """The running digest's messages, in a lane of its own: it must not wait behind a crowd of additions."""
    lane = ChannelId(-critique)
    return Owed(Kind.SHOW_DIGEST, f"{Kind.SHOW_DIGEST}:{critique}", guild, lane, critique=critique)


def mark(guild: GuildId, message: MessageId, channel: ChannelId, point: PointId) -> Owed:
    """The bot's mark on the message that an addition was typed in."""
    return Owed(Kind.MARK, f"{Kind.MARK}:{message}", guild, channel, message=message, point=point)


def show_held(guild: GuildId, point: PointId, channel: ChannelId) -> Owed:
    """The addition that waits, or what became of it, in the moderators' channel."""
    return Owed(Kind.SHOW_HELD, f"{Kind.SHOW_HELD}:{point}", guild, channel, point=point)


def remark(guild: GuildId, message: MessageId, channel: ChannelId, point: PointId, decided_at: datetime) -> Owed:
    """The sign under the message, once for each time that something was decided: it waits, was approved, or neither."""
    order = int(decided_at.timestamp() * 1_000_000)
    key = f"{Kind.REMARK}:{message}:{point}:{order}"
    return Owed(Kind.REMARK, key, guild, channel, message=message, point=point)


def unmark(guild: GuildId, message: MessageId, channel: ChannelId) -> Owed:
    """The mark taken off the message again: its author has undone what was typed in it."""
    return Owed(Kind.UNMARK, f"{Kind.UNMARK}:{message}", guild, channel, message=message)


def tell_label(guild: GuildId, message: MessageId, channel: ChannelId, point: PointId) -> Owed:
    """A reply that says which label an addition took, where it is not the one written."""
    return Owed(Kind.TELL_LABEL, f"{Kind.TELL_LABEL}:{point}", guild, channel, message=message, point=point)


def ask_which(guild: GuildId, message: MessageId, channel: ChannelId) -> Owed:
    """A reply that asks which of two critiques an addition is for."""
    return Owed(Kind.ASK_WHICH, f"{Kind.ASK_WHICH}:{message}", guild, channel, message=message)


def take_away(guild: GuildId, point: PointId, channel: ChannelId, member: MemberId, side: Stance, order: int) -> Owed:
    """A vote emoji that a newer one or a ballot has replaced, whose `order` is given."""
    key = f"{Kind.TAKE_AWAY}:{point}:{member}:{order}:{side}"
    return Owed(Kind.TAKE_AWAY, key, guild, channel, point=point, member=member, side=side)


def welcome(guild: GuildId, joined_at: datetime) -> Owed:
    """What somebody who has invited the bot is told, once for each time that it joined."""
    order = int(joined_at.timestamp() * 1_000_000)
    return Owed(Kind.WELCOME, f"{Kind.WELCOME}:{guild}:{order}", guild, ChannelId(guild))


def hold_reactions(guild: GuildId) -> Owed:
    """Whether members may add other emoji than the two in the home."""
    return Owed(Kind.HOLD_REACTIONS, f"{Kind.HOLD_REACTIONS}:{guild}", guild, ChannelId(guild))


def notice(guild: GuildId) -> Owed:
    """What the server's moderators have not been told yet, in their channel."""
    return Owed(Kind.NOTICE, f"{Kind.NOTICE}:{guild}", guild, ChannelId(guild))


def tell_case(guild: GuildId, case: CaseId, member: MemberId) -> Owed:
    """What a moderator did and why, to the member whom it concerns, in a direct message."""
    return Owed(Kind.TELL_CASE, f"{Kind.TELL_CASE}:{case}", guild, ChannelId(member), member=member, case=case)


def show_appeal(guild: GuildId, case: CaseId, channel: ChannelId) -> Owed:
    """The appeal against a case, or what became of it, in the moderators' channel."""
    return Owed(Kind.SHOW_APPEAL, f"{Kind.SHOW_APPEAL}:{case}", guild, channel, case=case)


def tell_answer(guild: GuildId, case: CaseId, member: MemberId) -> Owed:
    """The answer to an appeal, to the member who appealed, in a direct message."""
    return Owed(Kind.TELL_ANSWER, f"{Kind.TELL_ANSWER}:{case}", guild, ChannelId(member), member=member, case=case)


def tell_claim(guild: GuildId, claim: ClaimId, message: MessageId, channel: ChannelId) -> Owed:
    """A reply that says why what was typed is not recorded, and what can be done."""
    return Owed(Kind.TELL_CLAIM, f"{Kind.TELL_CLAIM}:{claim}", guild, channel, message=message, claim=claim)


def clear_claim(guild: GuildId, claim: ClaimId, message: MessageId, channel: ChannelId) -> Owed:
    """That reply taken away again."""
    return Owed(Kind.CLEAR_CLAIM, f"{Kind.CLEAR_CLAIM}:{claim}", guild, channel, message=message, claim=claim)


def take_vote(guild: GuildId, point: PointId, channel: ChannelId, member: MemberId, side: Stance) -> Owed:
    """The vote emoji of a member who wants no votes stored."""
    key = f"{Kind.TAKE_VOTE}:{point}:{member}:{int(side)}"
    return Owed(Kind.TAKE_VOTE, key, guild, channel, point=point, member=member, side=side)


def tell_reworded(guild: GuildId, point: PointId, thread: ChannelId, revision: int) -> Owed:
    """A line in the point's thread that its words changed and votes begin anew."""
    return Owed(Kind.TELL_REWORDED, f"{Kind.TELL_REWORDED}:{point}:{revision}", guild, thread, point=point)


def show_official(guild: GuildId, point: PointId, home: ChannelId) -> Owed:
    """The official answer to a point, in its thread, or that there is none any more."""
    return Owed(Kind.SHOW_OFFICIAL, f"{Kind.SHOW_OFFICIAL}:{point}", guild, home, point=point)


def slow_thread(guild: GuildId, point: PointId, home: ChannelId) -> Owed:
    """How long each member waits between two messages in the point's thread."""
    return Owed(Kind.SLOW_THREAD, f"{Kind.SLOW_THREAD}:{point}", guild, home, point=point)


def show_report(guild: GuildId, report: ReportId, channel: ChannelId) -> Owed:
    """What members reported, or what became of it, in the moderators' channel."""
    return Owed(Kind.SHOW_REPORT, f"{Kind.SHOW_REPORT}:{report}", guild, channel, report=report)


def tell_kept(guild: GuildId, message: MessageId, channel: ChannelId, point: PointId) -> Owed:
    """A reply that says that the point did not take what its author changed in the message."""
    return Owed(Kind.TELL_KEPT, f"{Kind.TELL_KEPT}:{message}:{point}", guild, channel, message=message, point=point)


def remind(guild: GuildId, channel: ChannelId, day: str) -> Owed:
    """What waits for the server's moderators, in their channel, once for each day."""
    return Owed(Kind.REMIND, f"{Kind.REMIND}:{guild}:{day}", guild, channel)


def reminded_day(key: str) -> str:
    """The day that such a delivery's key names."""
    return key.rpartition(":")[2]


def show_references(guild: GuildId, point: PointId, batch: int, home: ChannelId) -> Owed:
    """A batch of references to the point, in its thread."""
    return Owed(Kind.SHOW_REFERENCES, f"{Kind.SHOW_REFERENCES}:{point}:{batch}", guild, home, point=point)


def batch_of(key: str) -> int:
    """The number of the batch that such a delivery's key names."""
    return int(key.rpartition(":")[2])


def show_argument(guild: GuildId, argument: ArgumentId, point: PointId, home: ChannelId) -> Owed:
    """The bot's message about an argument in its point's thread, or that there is none any more."""
    key = f"{Kind.SHOW_ARGUMENT}:{argument}"
    return Owed(Kind.SHOW_ARGUMENT, key, guild, home, point=point, argument=argument)


def show_arguments(guild: GuildId, point: PointId, home: ChannelId) -> Owed:
    """The panel in the point's thread that shows the best arguments."""
    return Owed(Kind.SHOW_ARGUMENTS, f"{Kind.SHOW_ARGUMENTS}:{point}", guild, home, point=point)


def ask_side(guild: GuildId, argument: ArgumentId, message: MessageId, channel: ChannelId) -> Owed:
    """A reply that asks whether what was typed supports its point or rebuts it."""
    return Owed(Kind.ASK_SIDE, f"{Kind.ASK_SIDE}:{message}", guild, channel, message=message, argument=argument)


def clear_side(guild: GuildId, argument: ArgumentId, message: MessageId, channel: ChannelId) -> Owed:
    """That reply taken away again."""
    return Owed(Kind.CLEAR_SIDE, f"{Kind.CLEAR_SIDE}:{message}", guild, channel, message=message, argument=argument)


def tell_unargued(guild: GuildId, message: MessageId, channel: ChannelId, member: MemberId, turn: int) -> Owed:
    """A reply that what was typed is not recorded as an argument, once for a member in each `turn`."""
    key = f"{Kind.TELL_UNARGUED}:{member}:{turn}"
    return Owed(Kind.TELL_UNARGUED, key, guild, channel, message=message, member=member)


def tell_follower(guild: GuildId, member: MemberId, up_to: int) -> Owed:
    """What is new to a follower up to a happening; all such messages are sent one after the other."""
    key = f"{Kind.TELL_FOLLOWER}:{guild}:{member}:{up_to}"
    return Owed(Kind.TELL_FOLLOWER, key, guild, ChannelId(0), member=member)
