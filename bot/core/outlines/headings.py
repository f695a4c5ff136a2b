"""Headings as points where they bear no numbers: `Three faults of …` above three headings of one rank.

1. Only a document without any list is read so, and only where its title or its first lines announce
   as many points as there are headings of one rank; prose with sections is not a list.
2. Headings that introduce or conclude (`Introduction`, `Conclusion`, `Notes`) are not counted.
"""

import re

from bot.core.outlines.lines import Line
from bot.core.outlines.lists import Run

_WORDS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
_NUMBERS = {word: number for number, word in enumerate(_WORDS.split())}
_COUNT = re.compile(rf"\b(?:\d{{1,2}}|{'|'.join(_NUMBERS)})\b", re.IGNORECASE)
_AROUND = re.compile(
    r"(?:the\s)?(?:introduction|foreword|background|context|conclusions?|summary|notes?|references|sources|further\sreading"
    r"|in\sconclusion|in\sshort|afterword|about.{0,60}|what\s(?:next|now).{0,20}|comments?)[?!.:]?",
    re.IGNORECASE,
)
_FIRST_LINES = 4
_LINE = 300


def headed_list(lines: list[Line], title: str) -> list[Run]:
    """The headings of one rank that the document announces as its points, as one list, or nothing."""
    announced = _announced(lines, title)
    for rank in range(1, 7):
        starts = [
            at for at, line in enumerate(lines) if line.heading == rank and not _AROUND.fullmatch(line.text[:_LINE])
        ]
        if len(starts) > 1 and len(starts) in announced:
            return [Run(f"h{rank}", 0, starts=starts)]
    return []


def _announced(lines: list[Line], title: str) -> set[int]:
    first = [line.text for line in lines[:40] if not line.blank][:_FIRST_LINES]
    words = (word.lower() for text in (title, *first) for word in _COUNT.findall(text[:_LINE]))
    return {int(word) if word.isdecimal() else _NUMBERS[word] for word in words}
