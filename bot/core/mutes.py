"""Mutes: who may add nothing for a time. It is the bot's own, and not Discord's time-out: votes go on counting."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.cases import Why
from bot.core.ids import CaseId

LONGEST = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Mute:
    """A member may add nothing until then; the case says why."""

    until: datetime
    case: CaseId
    why: Why
