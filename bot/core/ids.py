"""Names for the numbers that cross rooms. Discord's are snowflakes: unsigned, up to 64 bits."""

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
