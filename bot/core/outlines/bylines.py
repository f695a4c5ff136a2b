"""Bylines: the lines that say who wrote a comment.

1. A byline is a whole line: `Ann says:`, `Posted by Ben on 3 May 2011`, `Cy, 2 days ago`,
   `Dee on May 3, 2011 at 9:15 am said:`.
2. A name is at most five words; of several words each is capitalised or a particle. A pronoun is
   no name: `She said:` begins a quotation.
"""

import re
from dataclasses import dataclass

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s)?"
_DATE = (
    rf"(?:{_DAY}(?:\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH}|{_MONTH}\s\d{{1,2}})(?!\d)"
    r"|\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}"
    r"|(?:\d{1,3}|an?|one)\s(?:second|minute|hour|day|week|month|year)s?\sago|yesterday|today)"
    r"(?:[\w\s:.,@|•·()-]{0,40})"
)
_NAME = r"(?P<name>\S(?:.{0,58}?\S)??)"
_SAYS = r"(?:says|said|wrote|writes|replied|replies|commented|comments|responded|responds|asks|asked|adds|added)"
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_NAME},?\s{_SAYS}(?:\s(?:on|at)\s.{{1,60}}?|[,\s]\s?{_DATE})?\s?(?::|…|\.{{3}})",
        rf"{_NAME},?\s{_SAYS}(?:\s(?:on|at))?\s{_DATE}",
        rf"{_NAME}\s(?:on\s|at\s){_DATE}(?:\s{_SAYS})?:?",
        rf"(?:(?:(?:posted|written|submitted|left|comment|reply)\s)?by|from|name|author):?\s{_NAME}"
        rf"(?:(?:,|\s?[|–—•·-])?\s(?:on\s|at\s)?{_DATE})?:?",
        rf"{_NAME}\s?(?:,|\||–|—|•|·|-|\()\s?(?:on\s|at\s)?{_DATE}:?",
        rf"{_NAME}\s{_DATE}:?",
    )
)
_WHEN = re.compile(rf"(?:on\s|at\s|posted\s(?:on\s)?)?{_DATE}", re.IGNORECASE)
_PRONOUNS = frozenset(
    ["he", "she", "it", "they", "we", "you", "i", "who", "this", "that", "these", "those", "someone", "everyone"]
)
_PARTICLES = frozenset(
    ["de", "da", "di", "du", "van", "von", "der", "den", "la", "le", "el", "al", "bin", "of", "the", "and", "y"]
)
_LONGEST = 140


@dataclass(frozen=True, slots=True)
class Byline:
    """Who wrote a comment."""

    author: str


def byline_of(text: str) -> Byline | None:
    """The byline that a whole line is, or None."""
    if not text or len(text) > _LONGEST:
        return None
    text = text.replace("**", "").replace("__", "").strip(" *_#–—•|[]")
    for form in _FORMS:
        found = form.fullmatch(text)
        if found and _is_name(found["name"]):
            return Byline(found["name"].strip(" ,:@"))
    return None


def is_date(text: str) -> bool:
    """Whether a whole line says only when something was written."""
    return len(text) <= _LONGEST and _WHEN.fullmatch(text.strip(" *_#–—•|()[]")) is not None


def _is_name(name: str) -> bool:
    words = name.strip(" ,:").split()
    if not 0 < len(words) <= 5 or words[0].lower() in _PRONOUNS or words[0].lower() in ("posted", "by", "on"):
        return False
    if not any(character.isalpha() for character in name) or any(sign in name for sign in '.!?;"“”:'):
        return False
    return len(words) == 1 or all(_capital(word) for word in words)


def _capital(word: str) -> bool:
    return not word[0].islower() or word.lower() in _PARTICLES
