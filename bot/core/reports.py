"""Reports: what members tell the moderators of a point, of somebody's message, or of nothing in particular (a tip).

1. What members report about one point or message is one report, with one voice for each member. Nobody is named.
2. Enough voices hold an addition: it is out of sight until a moderator decides. All else is shown to them alone.
3. A moderator's decision is final but for one time: as many voices again open the report anew, and never twice.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.cases import CaseReason
from bot.core.ids import ChannelId, CritiqueId, GuildId, MemberId, MessageId, PointId, ReportId
from bot.core.points import PointStatus

LONGEST = 500  # characters of a member's own words
LONGEST_TIP = 1_500
MOST_AN_HOUR = 10  # voices of one member
TIP_EVERY = timedelta(minutes=10)
# For so long after the decision, or after a tip, the bot knows whose the voices were.
NAMED_FOR = timedelta(days=30)


class ReportStatus(StrEnum):
    """What became of a report."""

    OPEN = "open"
    DISMISSED = "dismissed"
    UPHELD = "upheld"


@dataclass(frozen=True, slots=True)
class Voice:
    """What one member said: a tip has words alone."""

    reason: CaseReason | None
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Report:
    """A report as stored. `point` or `message` is what it is about; a tip has neither.

    `channel` is where that stands and `author` who wrote it. `before` is what could be done with a point that the
    report holds. `reopened` says that a decision was overtaken once.
    """

    id: ReportId
    guild: GuildId
    at: datetime
    voices: Sequence[Voice]
    critique: CritiqueId | None = None
    point: PointId | None = None
    channel: ChannelId | None = None
    message: MessageId | None = None
    author: MemberId | None = None
    status: ReportStatus = ReportStatus.OPEN
    before: PointStatus | None = None
    reopened: bool = False
    decided_by: MemberId | None = None
    decided_at: datetime | None = None

    @property
    def is_tip(self) -> bool:
        """Whether it is about nothing in particular."""
        return self.point is None and self.message is None

    @property
    def is_open(self) -> bool:
        """Whether a moderator has still to decide."""
        return self.status is ReportStatus.OPEN

    @property
    def reasons(self) -> list[tuple[CaseReason, int]]:
        """How many gave which reason, the commonest first."""
        return Counter(voice.reason for voice in self.voices if voice.reason is not None).most_common()

    @property
    def since_decided(self) -> int:
        """How many voices came since a moderator decided, or in all."""
        return since(self.voices, self.decided_at)


def since(voices: Iterable[Voice], decided_at: datetime | None) -> int:
    """How many of the voices came after the decision."""
    return sum(decided_at is None or voice.at > decided_at for voice in voices)


def opens_anew(report: Report, enough: int) -> bool:
    """Whether a decided report is to be decided once more by rule 3."""
    return not report.is_open and not report.reopened and report.since_decided >= enough


def holds(report: Report, enough: int) -> bool:
    """Whether there are enough voices to hold what the report is about, where that can be held."""
    return report.is_open and report.since_decided >= enough
