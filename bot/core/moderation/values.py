"""What phases are given and what they answer.

1. A phase is a pure function of a `Context`. It answers None where it has nothing to say.
2. *Allow* ends the examination: no later phase is asked. *Hold*: a moderator decides. *Refuse*: it is not recorded.
3. A verdict carries a reason code and public parameters; its sentence stands where it is shown.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.ids import MemberId, PointId
from bot.core.policies import NEW_FOR, Policy


class Decision(StrEnum):
    """What becomes of a text."""

    ALLOW = "allow"
    HOLD = "hold"
    REFUSE = "refuse"


class Reason(StrEnum):
    """Why a text is held or refused."""

    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"
    REPEAT = "repeat"
    ALIKE = "alike"
    UNCLEAR = "unclear"
    TOO_FAST = "too-fast"
    QUOTA = "quota"
    WORDS = "words"
    INVITE = "invite"
    LINKS = "links"
    MENTIONS = "mentions"
    CHARACTERS = "characters"
    NEW_ACCOUNT = "new-account"
    NEW_MEMBER = "new-member"
    EVERY_ONE = "every-one"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A phase's answer. `point` and `label` name the point that the text resembles; `limit` is what it went over."""

    decision: Decision
    reason: Reason | None = None
    point: PointId | None = None
    label: str = ""
    limit: int = 0

    @property
    def holds(self) -> bool:
        """Whether a moderator decides."""
        return self.decision is Decision.HOLD

    @property
    def held_for(self) -> Reason | None:
        """Why it waits for a moderator; None where it does not."""
        return self.reason if self.holds else None

    @property
    def asks(self) -> bool:
        """Whether it is refused, and its author may have the last word."""
        return self.refuses and self.reason is Reason.ALIKE

    @property
    def refuses(self) -> bool:
        """Whether the text is not recorded."""
        return self.decision is Decision.REFUSE


ALLOWED = Verdict(Decision.ALLOW)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of an author, at the time the text was said.

    `joined_at` is None where Discord does not say. `lately` counts the additions of the last minute, `today` those
    of the last 24 hours, `accepted` those that a moderator approved or that more members agree with than disagree,
    `added` all. `muted_until` is when a mute of theirs ends, as far as it is looked up.
    """

    account_made_at: datetime
    joined_at: datetime | None = None
    lately: int = 0
    today: int = 0
    accepted: int = 0
    accepted_today: int = 0
    added: int = 0
    muted_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A point that stands, as texts are held against it: `text` may be the beginning of its `length` characters."""

    id: PointId
    name: str
    author: MemberId | None
    title: str
    text: str
    length: int


@dataclass(frozen=True, slots=True)
class Rules:
    """What a critique asks of additions. Times of zero ask nothing."""

    policy: Policy = Policy.OPEN
    longest: int = 6_000  # characters
    most_lately: int = 5  # a minute
    quota: int = 10  # a day
    most_mentions: int = 4
    account_age: timedelta = timedelta(days=1)
    new_for: timedelta = NEW_FOR
    words: frozenset[str] = field(default_factory=frozenset[str])
    reports: int = 3  # voices that hold an addition


@dataclass(frozen=True, slots=True)
class Context:
    """A text under examination. `own` are its author's standing points, `points` all that members see in the critique.

    `insists`: its author was shown the point that it resembles, and wants it recorded all the same.
    """

    text: str
    author: Standing
    now: datetime
    rules: Rules = Rules()
    own: Sequence[Said] = ()
    points: Sequence[Said] = ()
    insists: bool = False


Phase = Callable[[Context], Verdict | None]


def hold(reason: Reason) -> Verdict:
    """A moderator decides."""
    return Verdict(Decision.HOLD, reason)


def refuse(reason: Reason, *, limit: int = 0, point: Said | None = None) -> Verdict:
    """It is not recorded."""
    named = ("" if point is None else point.name, None if point is None else point.id)
    return Verdict(Decision.REFUSE, reason, label=named[0], point=named[1], limit=limit)
