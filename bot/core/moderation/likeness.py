"""Phases that hold a text against the points that stand.

Alike are two texts whose words, sorted, are the same to at least 88 in 100 letters (RapidFuzz's `token_sort_ratio`),
and to at least 85 in 100 words (`Indel.normalized_similarity`): the order and the marks between them do not count nor
a letter here and there; one other word in six is another text.
"""

from collections.abc import Sequence

from bot.core.moderation.texts import plain
from bot.core.moderation.values import Context, Reason, Said, Verdict, refuse

ALIKE = 88.0
SAME_WORDS = 0.85
COMPARED = 600  # characters: 500 points are looked through in some 25 ms
_CLOSEST = 5
_SHORTEST = 12  # characters: shorter texts resemble anything


def repeat(context: Context) -> Verdict | None:
    """Refuses what its author has added already, word for word; of long texts the beginning and the length decide."""
    said, long = _words(context.text[:COMPARED]), len(context.text) > COMPARED
    own = (point for point in context.own if not long or point.length == len(context.text))
    same = next((point for point in own if _words(point.text[:COMPARED]) == said), None)
    return None if same is None else refuse(Reason.REPEAT, point=same)


def near_duplicate(context: Context) -> Verdict | None:
    """Refuses what resembles a point, and names it, until its author insists."""
    if context.insists:
        return None
    like = most_alike(context.text, context.points)
    return None if like is None else refuse(Reason.ALIKE, point=like)


def most_alike(text: str, points: Sequence[Said]) -> Said | None:
    """The point whose text or title the text resembles most; None where it resembles none."""
    from rapidfuzz import fuzz, process, utils  # two megabytes, needed where somebody adds

    said = utils.default_process(plain(text[:COMPARED]))
    if len(said) < _SHORTEST:
        return None
    known = [(point, part) for point in points for part in {point.text[:COMPARED], point.title} if part]
    written = [utils.default_process(plain(part)) for _, part in known]
    found = process.extract(said, written, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE, limit=_CLOSEST)
    return next((known[place][0] for text, _, place in found if _same_words(said, text)), None)


def likeliest(text: str, points: Sequence[Said], limit: int, *, at_least: float = 0.0) -> list[Said]:
    """The points that the text may say again, the most alike first: those alike to at least so many in 100."""
    from rapidfuzz import fuzz, utils

    said = utils.default_process(plain(text[:COMPARED]))
    scores = {
        point.id: max(
            fuzz.token_set_ratio(said, utils.default_process(plain(part)))
            for part in (point.text[:COMPARED], point.title)
        )
        for point in points
    }
    alike = [point for point in points if scores[point.id] >= at_least]
    return sorted(alike, key=lambda point: -scores[point.id])[:limit]


def _same_words(one: str, other: str) -> bool:
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(sorted(one.split()), sorted(other.split())) >= SAME_WORDS


def _words(text: str) -> str:
    return " ".join(plain(text).split())
