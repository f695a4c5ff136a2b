"""Titles: the few words by which a longer text is known.

1. A title is the first sentence, or its first clauses where the sentence is too long, or as many
   whole words as fit; 90 characters at most, an ellipsis included where words were left out.
2. Emphasis and the full stop at its end are no part of it.
3. A text with a visible character has a title; a text without has none.
"""

import re
import unicodedata

LONGEST = 90
_FEWEST = 24
_STOP = re.compile(r"[.!?…。！？؟][\"'”’»)\]*_]*(?=\s|$)|[。！？]")
_CLAUSE = re.compile(r"[;:](?=\s)|\s?[-–—](?=\s)")
_SHORT = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "st",
        "no",
        "vs",
        "etc",
        "cf",
        "e.g",
        "i.e",
        "fig",
        "approx",
        "jr",
        "sr",
        "inc",
        "ltd",
        "co",
    ]
)
_SIGNS = " \t*_`#>~"


def title_of(text: str) -> str:
    """The title of a text: at most 90 characters, cut at a word."""
    if not text:
        return ""
    shown = "".join(filter(_shown, text))
    for line in shown[: 40 * LONGEST].splitlines() or [""]:
        title = _title(" ".join(line.split()))
        if title:
            return title
    return _cut(" ".join(shown.split())[: LONGEST + 1])


def _shown(character: str) -> bool:
    return character.isprintable() or character.isspace()


def _title(line: str) -> str:
    line = _unemphasised(line)
    if not any(character.isalnum() for character in line[: 4 * LONGEST]):
        return ""
    sentence = _sentence(line[: 4 * LONGEST])
    if len(sentence) > LONGEST:
        sentence = _clauses(sentence)
    return _cut(sentence)


def _unemphasised(line: str) -> str:
    line = line.replace("**", "").replace("__", "").lstrip(_SIGNS)
    return line[:-1] if line.endswith("*") and line.count("*") == 1 else line


def _sentence(line: str) -> str:
    for stop in _STOP.finditer(line):
        words = line[: stop.start()].split(" ")
        last = words[-1].lower().lstrip("(\"'“‘")
        if line[stop.start()] == "." and (last in _SHORT or (len(last) == 1 and len(words) > 1 and last != "i")):
            continue
        if any(character.isalnum() for character in line[: stop.start()]):
            sentence = line[: stop.end()]
            return sentence[:-1] if sentence.endswith(".") and not sentence.endswith("..") else sentence
    return line


def _clauses(sentence: str) -> str:
    ends = [found.start() for found in _CLAUSE.finditer(sentence[: LONGEST + 1])]
    return sentence[: ends[-1]].rstrip() if ends and ends[-1] >= _FEWEST else sentence


def _cut(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    end = text.rfind(" ", 0, LONGEST)
    if end < _FEWEST:
        end = LONGEST - 1
        while end > 1 and (unicodedata.combining(text[end]) or text[end] == "\u200d" or text[end - 1] == "\u200d"):
            end -= 1
    return text[:end].rstrip(" ,;:–—-") + "…"
