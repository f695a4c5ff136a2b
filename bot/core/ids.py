"""Names for the numbers that cross rooms. Discord's are snowflakes: unsigned, up to 64 bits."""

from datetime import UTC, datetime, timedelta
from typing import NewType

GuildId = NewType("GuildId", int)
ChannelId = NewType("ChannelId", int)
MessageId = NewType("MessageId", int)
MemberId = NewType("MemberId", int)
RoleId = NewType("RoleId", int)

CritiqueId = NewType("CritiqueId", int)
PointId = NewType("PointId", int)
DraftId = NewType("DraftId", int)
DeliveryId = NewType("DeliveryId", int)
NoticeId = NewType("NoticeId", int)
CaseId = NewType("CaseId", int)
ClaimId = NewType("ClaimId", int)
ReportId = NewType("ReportId", int)
ArgumentId = NewType("ArgumentId", int)

_EPOCH = datetime(2015, 1, 1, tzinfo=UTC)


def moment_of(snowflake: int) -> datetime:
    """When Discord made the id (documentation page "API Reference", Snowflakes)."""
    return _EPOCH + timedelta(milliseconds=snowflake >> 22)


def snowflake_at(moment: datetime) -> MessageId:
    """The first id that Discord may make at that moment."""
    return MessageId((moment - _EPOCH) // timedelta(milliseconds=1) << 22)
