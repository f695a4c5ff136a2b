"""Ways in: what somebody does in Discord for an act, and on what. One more is one line in `ways_in.py`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from bot.core.acts import TABLE, Act, Rank
from tests.e2e.acts.injection import Injector, Sent
from tests.e2e.acts.stage import Person, Stage, Things


class Effect(StrEnum):
    """What tells that somebody was let through: rows that changed, an answer, or a suggestion that is offered."""

    WRITES = "writes"
    SHOWS = "shows"
    OFFERS = "offers"


@dataclass(frozen=True, slots=True)
class Attempt:
    """Who tries, on whose things, in a critique of which status."""

    stage: Stage
    inject: Injector
    who: Person
    own: bool
    closed: bool
    case: int = 0  # one that was made for this attempt

    @property
    def foreign(self) -> bool:
        return self.who.guild != int(self.stage.house.guild)

    @property
    def things(self) -> Things:
        return self.stage.things[self.who.id if self.own else self.stage.bystander]

    @property
    def member(self) -> int:
        """Whom it is done to."""
        return self.who.id if self.own else self.stage.bystander

    def ref(self, state: str = "open") -> str:
        """The author's point in that state, as a command names it."""
        return f"v1:point:{self.things.points[state]}"

    def id(self, state: str = "open") -> int:
        return self.things.points[state]


Use = Callable[[Attempt], Sent]
Said = Callable[[Attempt], str]


@dataclass(frozen=True, slots=True)
class Way:
    """One way in for an act. `use` says what is sent.

    `offers`: the suggestion that is looked for. `targeted`: it names something of the first server. `elsewhere`: it
    can be tried from another one. `own_only`, `least`: it is there for what is one's own, or for that rank, whatever
    else the table allows. `own`: the sides that can be tried; `closed`: the critiques. `made` is done before it,
    while the critique is open.
    """

    act: Act
    name: str
    effect: Effect
    use: Use
    offers: Said | None = None
    targeted: bool = True
    elsewhere: bool = True
    own_only: bool = False
    least: Rank = Rank.MEMBER
    own: tuple[bool, ...] = (True, False)
    closed: tuple[bool, ...] = (False, True)
    made: Callable[[Attempt], Awaitable[int | None]] | None = None

    @property
    def label(self) -> str:
        return f"{self.act} by {self.name}"

    def attempts(self, stage: Stage, inject: Injector) -> list[Attempt]:
        """Everybody, on what is theirs and what is others', in an open critique and a closed one."""
        here = [
            Attempt(stage, inject, who, own, closed)
            for who in stage.people.values()
            for own in self.own
            for closed in self.closed
        ]
        strangers = stage.strangers.values() if self.elsewhere else ()
        there = [Attempt(stage, inject, who, False, False) for who in strangers]
        return here + (there if self.targeted else [replace(one, own=self.own[0]) for one in there])

    def lets_through(self, attempt: Attempt) -> bool:
        """What the table says."""
        rule = TABLE[self.act]
        least = rule.own if attempt.own else rule.others
        if least is None or attempt.who.rank < max(least, self.least):
            return False
        if attempt.foreign and self.targeted:
            return False
        if attempt.closed and not rule.closed:
            return False
        return attempt.own or not self.own_only


@dataclass(slots=True)
class Ways:
    """All ways in."""

    ways: list[Way] = field(default_factory=list)

    def writes(self, act: Act, name: str, use: Use, **more: Any) -> None:
        self.ways.append(Way(act, name, Effect.WRITES, use, **more))

    def shows(self, act: Act, name: str, use: Use, **more: Any) -> None:
        self.ways.append(Way(act, name, Effect.SHOWS, use, **more))

    def offers(
        self, act: Act, words: str, option: str, sought: Said, typed: Said = lambda _attempt: "", **more: Any
    ) -> None:
        """A suggestion; `sought` is what is looked for among those that are made to what is `typed`."""

        def use(attempt: Attempt) -> Sent:
            return attempt.inject.suggest(words, option, typed(attempt))

        self.ways.append(Way(act, f"/{words}, suggesting {option}", Effect.OFFERS, use, sought, **more))
