"""Losses: messages and channels of a critique that are gone from Discord, by whoever's hand.

1. What is gone is shown no more: deliveries for it end quietly, and no request is made for it again.
2. What was voted there stays. Moderators are told where the critique is open.
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.core.ids import ChannelId, GuildId, MessageId
from bot.core.notices import Cause, Subject


class What(StrEnum):
    """What may be gone. A thread, and so a post in a forum, is a channel."""

    MESSAGE = "message"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that is gone."""

    what: What
    id: int


@dataclass(frozen=True, slots=True)
class Stood:
    """What a loss was to a critique: `cause` is what its moderators are told, unless its `home` is gone as well."""

    cause: Cause
    about: Subject
    guild: GuildId
    home: ChannelId
    open: bool


def message(which: MessageId) -> Loss:
    """A message that is gone."""
    return Loss(What.MESSAGE, which)


def channel(which: ChannelId) -> Loss:
    """A channel or thread that is gone."""
    return Loss(What.CHANNEL, which)
