"""A message in a lobby, as it bears on additions."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.ids import ChannelId, GuildId, MemberId, MessageId

# A label that another addition was given less than this ago was claimed by two people at once.
CLASH = timedelta(minutes=2)
# A cut message goes on in the same author's next one, where that comes within this time.
GOES_ON_WITHIN = timedelta(minutes=2)
# The same author, critique and text within this time is the same addition, sent again by somebody who saw no answer.
SAME_WITHIN = timedelta(minutes=10)
# An author can undo an addition for this long; withdraw it, later.
UNDO_WITHIN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Heard:
    """A member's message. `parent` is the channel of the thread it stands in, or None outside threads.

    `text` is empty where Discord hides it from the bot. `at` is when Discord took the message; `answers` whether it
    is a reply to another. `title` is that of the post in a forum that the message opens, empty for other messages;
    `joined_at` is when its author joined the server, where Discord says so.
    """

    guild: GuildId
    channel: ChannelId
    parent: ChannelId | None
    message: MessageId
    author: MemberId
    text: str
    at: datetime
    answers: bool = False
    title: str = ""
    joined_at: datetime | None = None

    @property
    def lobby(self) -> ChannelId:
        """The channel whose critique is spoken of."""
        return self.parent or self.channel


@dataclass(frozen=True, slots=True)
class Gone:
    """Messages that were deleted."""

    messages: tuple[MessageId, ...]


@dataclass(frozen=True, slots=True)
class Retyped:
    """A message that its author has edited, as it is since `at`."""

    said: Heard
    at: datetime


LobbyEvent = Heard | Gone | Retyped
