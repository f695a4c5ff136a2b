"""A claim: what somebody wanted to add and what was not recorded, with the reason, till they have had their word.

1. A text that resembles a point is recorded once its author, who has seen that point, insists; within an hour.
2. What may be an addition is asked about (the claim desk): its author or a moderator chooses what it is, and more than
   one may hold; within an hour, once for each message, and one author once in ten minutes.
3. What is refused for another reason is told and stays out.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.critiques import Critique
from bot.core.ids import ChannelId, ClaimId, CritiqueId, MemberId, MessageId, PointId
from bot.core.moderation import Reason
from bot.core.points import Point

# For so long an author can insist, and the reply that asks stands.
OPEN_FOR = timedelta(hours=1)
# An author is told of refusals of one kind once in this time.
TOLD_EVERY = timedelta(minutes=10)
# A message that was read in this time is not read again as something new.
KEPT = timedelta(days=7)


class Choice(StrEnum):
    """What an unclear addition is, as its author or a moderator says."""

    RECORD = "record"
    ANSWERS = "answers"
    SAME = "same"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as stored.

    `like` and `label` are of the point it resembles; `limit` is what it went over. `answers` is the point that it may
    answer, where it is unclear what it is, and `chosen` what was said of that. `message` and `channel` are where
    it was typed, None for a form; `ordinal` counts the additions of one message from 0. `title` is empty where the
    text's own serves. `point` is what it was recorded as in the end.
    """

    id: ClaimId
    critique: CritiqueId
    author: MemberId
    text: str
    written: int | None
    reason: Reason
    at: datetime
    title: str = ""
    like: PointId | None = None
    label: str = ""
    limit: int = 0
    channel: ChannelId | None = None
    message: MessageId | None = None
    ordinal: int = 0
    answered: bool = True
    point: PointId | None = None
    answers: PointId | None = None
    chosen: frozenset[Choice] = frozenset()

    @property
    def is_unclear(self) -> bool:
        """Whether it is asked what it is."""
        return self.reason is Reason.UNCLEAR

    @property
    def offers(self) -> tuple[Choice, ...]:
        """What may still be chosen of an unclear one; nothing once all is said."""
        if Choice.NOTHING in self.chosen:
            return ()
        may = {
            Choice.RECORD: Choice.SAME not in self.chosen,
            Choice.ANSWERS: self.answers is not None,
            Choice.SAME: self.like is not None and Choice.RECORD not in self.chosen,
        }
        left = tuple(choice for choice, open_ in may.items() if open_ and choice not in self.chosen)
        return (*left, Choice.NOTHING) if left else ()

    @property
    def is_post(self) -> bool:
        """Whether it is a post that its author opened in a forum: that has its first message's id."""
        return self.message is not None and self.message == self.channel

    @property
    def asks(self) -> bool:
        """Whether its author may have the last word."""
        return self.reason in (Reason.ALIKE, Reason.UNCLEAR)

    def is_open(self, now: datetime) -> bool:
        """Whether its author may still insist, or say what it is."""
        waits = bool(self.offers) if self.is_unclear else self.point is None
        return self.asks and waits and now - self.at < OPEN_FOR


@dataclass(frozen=True, slots=True)
class Asked:
    """A claim with all that is shown of it: the point that it resembles, and the one that it may answer."""

    claim: Claim
    critique: Critique
    like: Point | None
    answers: Point | None
