"""Promises what a run is to do, and what came of it, as values."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from chaos.checks.findings import Kind, Verdict
from chaos.deeds import Deeds
from chaos.places import Place


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done. `places` are those of the kills, in order; `quiet` seconds bound the wait at the end."""

    seed: int
    places: tuple[Place, ...]
    folder: Path
    quick: bool = False
    quiet: float = 120.0
    record: bool = False

    @property
    def database(self) -> Path:
        """The bot's."""
        return self.folder / "bot.sqlite3"

    @property
    def passed(self) -> Path | None:
        """All that passed between Discord and its clients, as JSON lines, where `record` asks for it."""
        return self.folder / "record.jsonl" if self.record else None

    @property
    def books(self) -> Path:
        """The stand-in's books as they were at the end."""
        return self.folder / "books.json"


@dataclass(slots=True)
class Toll:
    """What the bot went through."""

    kills: int = 0
    places: Counter[str] = field(default_factory=Counter[str])
    in_delivery: int = 0
    in_votes: int = 0
    in_transaction: int = 0
    starts: int = 0
    ended_by_itself: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it. `calm` is whether the bot, whose id is `bot`, got quiet in the end."""

    verdict: Verdict
    deeds: Deeds
    toll: Toll
    troubles: Counter[str]
    calm: bool
    seconds: float
    bot: int

    @property
    def line(self) -> str:
        """The last line, by which a run is known."""
        count = self.verdict.count
        return (
            f"kills {self.toll.kills} · votes {self.deeds.held.votes} · additions {self.deeds.additions} · "
            f"lost {count(Kind.LOST)} · doubled {count(Kind.DOUBLED)} · drift {count(Kind.DRIFT)} · "
            f"undecidable {self.verdict.undecidable}"
        )

    @property
    def good(self) -> bool:
        """Whether nothing is lost, doubled or adrift."""
        return self.calm and not self.verdict.findings
