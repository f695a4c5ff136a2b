"""A message as the reader of marks sees it: what cannot hold a mark covered, what cannot be seen left out.

Promises: a `View` whose every character knows its place in the message.

1. Quotes (lines that start with ">"; all that follows ">>>"), code, links and Discord's own tokens
   (`<@1>`, `<:x:1>`) are covered character by character: they hold no marks, and refer to nothing.
2. The mention that a message starts with is blank: it calls the bot.
3. Characters that cannot be seen (zero width, direction marks, soft hyphens, variation selectors) are left
   out: they neither hide a mark nor make one. An override of the direction of writing shows digits in an order
   that is not theirs, so a message that holds one has no view at all.
4. Full-width and Arabic-Indic digits, Eastern or not, count as digits, in numbers of one script only; a number of
   mixed scripts is covered. Full-width punctuation counts as its narrow form.
"""

import re
from dataclasses import dataclass

COVERED = "\ufffc"

_OVERRIDES = re.compile("[\u202d\u202e]")
_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202c\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_FOREIGN = re.compile("[\u0660-\u0669\u06f0-\u06f9\uff01-\uff5e\u3000]")

_CALL = re.compile(r"\s*(?:<@!?\d{1,20}>[\s,:]*)+")
_NOT_SPEECH = re.compile(
    r"""
      ```.*?(?:```|\Z)
    | `{1,2}[^`]+`{1,2}
    | ^[ \t]*>>>.*\Z
    | ^[ \t]*>[^\n]*
    | (?:https?://|www\.)[^\s<>]*[^\s<>.,:;!?'")\]]
    | <[^<>\s]{1,100}>
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
_TRIGGER = re.compile(r"[`>]|https?://|www\.")
_DIGITS = re.compile("[0-9\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]+")
_SCRIPTS = [re.compile(f"[{first}-{chr(ord(first) + 9)}]+") for first in "0\u0660\u06f0\uff10"]

_NARROW = {
    0x3000: " ",
    **{wide: chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)},
    **{first + digit: str(digit) for first in (0x0660, 0x06F0) for digit in range(10)},
}


@dataclass(frozen=True, slots=True)
class View:
    """What the marks are looked for in; `places` is None where nothing was left out."""

    text: str
    places: list[int] | None

    def place(self, at: int) -> int:
        """The place in the message of the character at `at`, which may be one past the last."""
        if self.places is None:
            return at
        return self.places[at] if at < len(self.places) else self.places[-1] + 1


def view(message: str) -> View | None:
    """The message to look for marks in; None where its order of writing is overridden."""
    if message.isascii():
        return View(_covered(message), None)
    if _OVERRIDES.search(message):
        return None
    places = None
    if _UNSEEN.search(message):
        places = [at for at, character in enumerate(message) if not _UNSEEN.match(character)]
        message = _UNSEEN.sub("", message)
    if _FOREIGN.search(message):
        message = _DIGITS.sub(_unless_mixed, message).translate(_NARROW)
    return View(_covered(message), places or None)


def _covered(text: str) -> str:
    if _TRIGGER.search(text):
        call = _CALL.match(text)
        blank = call.end() if call else 0
        text = " " * blank + _NOT_SPEECH.sub(_cover, text[blank:])
    return text


def _cover(found: re.Match[str]) -> str:
    return COVERED * len(found[0])


def _unless_mixed(found: re.Match[str]) -> str:
    digits = found[0]
    one_script = any(script.fullmatch(digits) for script in _SCRIPTS)
    return digits if one_script else COVERED * len(digits)
