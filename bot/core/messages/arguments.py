"""What a message argues about, and what it only refers to.

Promises: the arguments of a message with their points, their side where the words show it, the answer's own words, and
how sure the reading is; and the references, which are all other mentions. Nothing is guessed: where it is doubtful, the
reading says so by `sure`. In time linear in the message's length.

1. A list of answers (`lists`) is that and nothing else. Else there may be quoted words with answers (`quotes`),
   headings (`headings`) and judgements (`judgements`).
2. In a point's thread, an answer that says that it is one ("Response:", "Disagree:", "I agree, …") is about that point.
3. A mention that is argued about is no reference; nor is a point's own label in its thread. Each point is argued about
   once in a message.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.core.messages.answers import FARTHEST, FEWEST_WORDS, LETTERS, SAID, WORDS, answer, paragraph, sentence
from bot.core.messages.headings import headed
from bot.core.messages.judgements import judged
from bot.core.messages.lists import listed
from bot.core.messages.quotes import quoted
from bot.core.messages.sides import plain, side_of
from bot.core.messages.values import Argument, Found, Message, Reference

_OPENS = re.compile(  # rule 2, at the start of a message in a thread
    r"[\W_]*(?:(?:i|we)(?:'d| would| do| must| have to)? )?(?:(?:strongly|totally|fully|completely|respectfully"
    r"|partly|mostly"
    r"|really|very much|quite|also|can only|can not|do not|kind of|rather|wholeheartedly|entirely|have to|tend to"
    r"|must) ){0,2}"
    r"(?:dis)?agreed?\b(?! to (?:dis)?agree)"
)


def read_arguments(message: Message) -> tuple[tuple[Argument, ...], tuple[Reference, ...]]:
    """What a message argues, and what else it refers to. Never fails."""
    answers = list(listed(message))
    found = answers or [*quoted(message), *headed(message)]
    silent = [(each.start, each.end) for each in found]
    left = [each for each in message.mentions if not any(start <= each.start < end for start, end in silent)]
    judgements = dict(judged(message, left))
    found += judgements.values()
    if not found and message.thread is not None:
        found += _answered(message, message.thread)
    arguments = _once([each.argument for each in sorted(found, key=lambda each: each.start)])
    argued = {label for each in arguments for label in each.points} | {message.thread}
    references = [Reference(each.labels, each.sure) for each in left if each not in judgements]
    return arguments, tuple(each for each in references if not argued.issuperset(each.points))


def _once(found: list[Argument]) -> tuple[Argument, ...]:
    """Each point in the first argument about it only."""
    known: set[str] = set()
    once: list[Argument] = []
    for each in found:
        points = tuple(label for label in each.points if label not in known)
        known.update(points)
        if points:
            once.append(replace(each, points=points))
    return tuple(once)


def _answered(message: Message, thread: str) -> Iterator[Found]:
    """An answer in a point's thread that says that it is one."""
    spoken = message.spoken
    for marker in SAID.finditer(spoken):
        if not spoken[sentence(spoken, marker.start()) : marker.start()].strip(" *_-•"):
            end = paragraph(spoken, marker.end(), len(spoken))
            if LETTERS.search(spoken, marker.end(), end):
                yield Found(answer(message, (thread,), marker.start(), end, marker, 0.95, "said"), marker.start(), end)
            return
    said = plain(spoken[:FARTHEST])
    if _OPENS.match(said) and not said.split("\n")[0].endswith("?"):
        sure = 0.9 if len(WORDS.findall(said)) > FEWEST_WORDS + 2 else 0.7
        yield Found(Argument((thread,), side_of(spoken), message.text.strip(), "", sure, "said"), 0, len(spoken))
