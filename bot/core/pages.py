"""A page: one of the messages that show something too long for one message."""

from dataclasses import dataclass
from hashlib import sha256

from bot.core.ids import ChannelId, MessageId


@dataclass(frozen=True, slots=True)
class Page:
    """Page `number` (0 is the first) stands in `message`; `shown` is the fingerprint of its text."""

    number: int
    channel: ChannelId
    message: MessageId
    shown: str


def fingerprint(text: str) -> str:
    """What tells whether a page still shows `text`."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
