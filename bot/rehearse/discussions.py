"""What the bot made of the comments beside additions: arguments, references and claims, by the comment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.core.arguments import Side
from bot.core.claims import Choice, Claim
from bot.core.digests import Line
from bot.core.ids import CritiqueId, MessageId, PointId
from bot.services import arguments, asking, references
from bot.services.desk import Desk
from rehearsal.cast.deeds import Said


@dataclass(frozen=True, slots=True)
class Argued:
    """One answer in a comment, the labels it is filed under, and its side."""

    comment: int
    points: tuple[str, ...]
    side: Side | None


@dataclass(frozen=True, slots=True)
class Discussed:
    """All of it: references are a comment and the labels it mentions; claims bear what was chosen and the label."""

    arguments: tuple[Argued, ...]
    references: tuple[tuple[int, tuple[str, ...]], ...]
    claims: tuple[tuple[int, Choice | None, str | None], ...]

    def as_json(self) -> dict[str, Any]:
        """The same for programs."""
        return {
            "arguments": [
                {"comment": each.comment, "points": list(each.points), "side": each.side} for each in self.arguments
            ],
            "references": [{"comment": comment, "points": list(labels)} for comment, labels in self.references],
            "claims": [
                {"comment": comment, "choice": choice, "label": label} for comment, choice, label in self.claims
            ],
        }


async def read(desk: Desk, critique: CritiqueId, lines: Sequence[Line], said: Iterable[Said]) -> Discussed:
    """What is on record of the messages that the cast wrote."""
    comments = {MessageId(int(each.message_id)): each.comment for each in said}
    labels = {line.point.id: line.point.label for line in lines}
    argued: dict[tuple[int, MessageId, int], list[tuple[PointId, Side | None]]] = {}
    for each in await arguments.of_critique(desk, critique):
        if each.message is not None and each.message in comments:
            argued.setdefault((comments[each.message], each.message, each.ordinal), []).append((each.point, each.side))
    mentioned: dict[int, list[str]] = {}
    for message, point in await references.of_critique(desk, critique):
        if message in comments:
            mentioned.setdefault(comments[message], []).append(labels[point])
    asked = [each for each in await asking.of_critique(desk, critique) if each.message in comments]
    return Discussed(
        tuple(_argued(comment, filed, labels) for (comment, _message, _ordinal), filed in sorted(argued.items())),
        tuple((comment, tuple(dict.fromkeys(found))) for comment, found in sorted(mentioned.items())),
        tuple((comments[each.message], _choice(each), _label(each, labels)) for each in asked if each.message),
    )


def _argued(comment: int, filed: Sequence[tuple[PointId, Side | None]], labels: dict[PointId, str]) -> Argued:
    about = {point for point, _side in filed}
    return Argued(comment, tuple(label for point, label in labels.items() if point in about), filed[0][1])


def _choice(claim: Claim) -> Choice | None:
    """What was chosen first in the order of the buttons, if anything was."""
    return next((choice for choice in Choice if choice in claim.chosen), None)


def _label(claim: Claim, labels: dict[PointId, str]) -> str | None:
    return None if claim.point is None else labels.get(claim.point)
