"""What a member adds who says outright that it is an addition: in a form, or by pointing at a message.

1. The one number that an author wrote in front of a text is the label they claim, and no part of the text. Where more
   numbers begin lines the text is a list, and stays as it is.
2. A message that is pointed at is read as one typed in a lobby is, doubtful numbers included: pointing at it says
   that it adds. Where nothing is found so, all of it is one addition.
3. An addition says something: it has a letter that can be seen, outside quotes, code, links and Discord's own tokens.
"""

import re
from dataclasses import dataclass

from bot.core.messages.additions import Labels, own_text, read_additions
from bot.core.messages.marks import Stand, marks
from bot.core.messages.masks import view

# A letter, and none of the Hangul fillers, which Unicode calls letters and nobody sees.
_LETTER = re.compile("[^\\W\\d_\u115f\u1160\u3164\uffa0]")
_BULLETS = " \t\r\n-*•+#"


@dataclass(frozen=True, slots=True)
class Submitted:
    """A text to be added, and the number that its author wrote in front of it."""

    text: str
    written: int | None = None


def says_something(text: str) -> bool:
    """Rule 3. A text whose order of writing is overridden is taken as it stands."""
    seen = view(text)
    return bool(_LETTER.search(text if seen is None else seen.text))


def read_form(text: str) -> Submitted:
    """A text that was sent in a form, without the number in front."""
    text = text.replace("\r\n", "\n").strip()
    seen = view(text)
    if seen is None:
        return Submitted(text)
    begins = [mark for mark in marks(seen.text) if mark.stand is Stand.LINE]
    if len(begins) != 1 or seen.text[: begins[0].start].strip(_BULLETS):
        return Submitted(text)
    own = own_text(text, seen, begins[0], len(seen.text))
    return Submitted(own, begins[0].number) if says_something(own) else Submitted(text)


def read_message(text: str, labels: Labels) -> tuple[Submitted, ...]:
    """What a message adds that a member points at: one addition at least, which may say nothing."""
    typed = read_additions(text, labels)
    if typed:
        return tuple(Submitted(each.text, each.written) for each in typed)
    return (read_form(text),)
