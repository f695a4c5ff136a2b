"""A claim: what somebody wanted to add and what was not recorded, with the reason, till they have had their word.

1. A text that resembles a point is recorded once its author, who has seen that point, insists; within an hour.
2. What is refused for another reason is told and stays out.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.ids import ChannelId, ClaimId, CritiqueId, MemberId, MessageId, PointId
from bot.core.moderation import Reason

# For so long an author can insist, and the reply that asks stands.
OPEN_FOR = timedelta(hours=1)
# An author is told of refusals of one kind once in this time.
TOLD_EVERY = timedelta(minutes=10)
# A message that was read in this time is not read again as something new.
KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as stored.

    `like` and `label` are of the point it resembles; `limit` is what it went over. `message` and `channel` are where
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

    @property
    def is_post(self) -> bool:
        """Whether it is a post that its author opened in a forum: that has its first message's id."""
        return self.message is not None and self.message == self.channel

    @property
    def asks(self) -> bool:
        """Whether its author may have the last word."""
        return self.reason is Reason.ALIKE

    def is_open(self, now: datetime) -> bool:
        """Whether its author may still insist."""
        return self.asks and self.point is None and now - self.at < OPEN_FOR
