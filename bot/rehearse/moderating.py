"""What the cast's moderator does in a moderated rehearsal: a rule decides, so that the same document gives the same.

1. Every addition waits. The last one is refused, the others are approved in the order in which they were made.
2. Its author appeals. Under an even seed the appeal is granted, under an odd one the refusal stands.
3. Of the approved ones, the one that resembles another point most, as near-duplicates are measured, is merged into
   it; that is not undone.
"""

from collections.abc import Sequence

from rapidfuzz import fuzz, utils

from bot.core.cases import CaseReason
from bot.core.moderation.likeness import COMPARED
from bot.core.outlines import Outline
from bot.core.policies import Policy
from bot.rehearse.writing import Typed
from rehearsal.moderation import Merge, Moderation, Refusal

FEWEST = 2  # additions: one to refuse, one to merge
_CHANNEL = "moderators"
_REFUSED = "It says much and names no fault of its own"
_APPEAL = "It names one, if you read it to the end"
_GRANTED = "You are right, and it joins the list"
_KEPT = "We have read it again, and it stays as it is"
_MERGED = "Both say the same, and their votes belong together"


def plan(outline: Outline, typed: Sequence[Typed], seed: int) -> Moderation | None:
    """What is done with the additions; None where there are too few to refuse one and to merge one."""
    if len(typed) < FEWEST:
        return None
    *approved, last = typed
    granted = seed % 2 == 0
    label, into = _most_alike(outline, approved)
    return Moderation(
        channel=_CHANNEL,
        policy=Policy.HELD.value,
        waiting=tuple(each.label for each in typed),
        refusal=Refusal(
            label=last.label,
            comment=last.comment,
            reason=CaseReason.NOT_A_POINT.value,
            words=_REFUSED,
            appeal=_APPEAL,
            granted=granted,
            answer=_GRANTED if granted else _KEPT,
        ),
        merge=Merge(label=label, into=into, reason=CaseReason.DUPLICATE.value, words=_MERGED),
    )


def _most_alike(outline: Outline, approved: Sequence[Typed]) -> tuple[str, str]:
    """Which addition says most nearly what another point says: the labels of both."""
    texts = {point.label: point.text for point in reversed(outline.points)}  # of two with one label the first is meant
    texts |= {each.label: each.text for each in approved}
    plain = {label: utils.default_process(text[:COMPARED]) for label, text in texts.items()}
    pairs = [(each.label, other) for each in approved for other in plain if other != each.label]
    return max(pairs, key=lambda pair: fuzz.token_sort_ratio(plain[pair[0]], plain[pair[1]]))
