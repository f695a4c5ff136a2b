"""What every use case works with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ParamSpec, Protocol, TypeVar

from bot.storage.database import Database

P = ParamSpec("P")
T = TypeVar("T")


class Compute(Protocol):
    """Runs a pure function where it does not hold up the event loop, and gives back what it returns or raises."""

    async def __call__(self, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T: ...


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a digest may be edited at most, and how long a first change waits for others to join it.

    `progress_every` is how often whoever confirmed a critique is told how far its posting is, `try_again` how long a
    delivery that failed waits for its second try; each later one waits twice as long. One whose turn has not come is
    looked at again after `look_again`. One point is read whole every
    `audit_every`, and the same one not again for `audit_again`. What is to be forgotten is looked for every
    `forget_every`, and the file written anew for it every `scrub_every` at most. Whether moderators are to be reminded
    of what waits is asked every `remind_every`, whether ballots are to join the figures every `release_every`, and
    whether followers are to be told anything every `tell_every`.
    """

    digest_every: timedelta = timedelta(seconds=10)
    digest_gathers: timedelta = timedelta(seconds=1)
    progress_every: timedelta = timedelta(seconds=5)
    try_again: timedelta = timedelta(seconds=1)
    look_again: timedelta = timedelta(seconds=1)
    audit_every: timedelta = timedelta(minutes=1)
    audit_again: timedelta = timedelta(hours=6)
    forget_every: timedelta = timedelta(seconds=30)
    scrub_every: timedelta = timedelta(minutes=10)
    remind_every: timedelta = timedelta(minutes=10)
    release_every: timedelta = timedelta(minutes=10)
    tell_every: timedelta = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Desk:
    """The database, the clock (aware, UTC) and the place for heavy work."""

    db: Database
    clock: Callable[[], datetime]
    compute: Compute
    pace: Pace = Pace()
