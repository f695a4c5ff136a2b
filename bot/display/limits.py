"""Discord's limits by name, and texts cut to fit them.

Promises: what `shorten` and `parts` give back fits, and reads as text, not as wreckage.

1. Length is counted in UTF-16 code units. Discord's interface counts code points (its staff in
   discord-api-docs issue 1315), clients written in JavaScript count code units; a text has at least as many
   units as points, so that what fits here fits by either measure.
2. A cut never parts a backslash from the character it escapes, a base letter from its accents, the members of
   an emoji sequence, the two halves of a flag, or a link, as long as the limit leaves room for them whole.
3. Cutting takes time linear in the text.
"""

import re
import unicodedata

# Documentation page "Message", "Create Message" and "Embed Limits".
MESSAGE = 2000
EMBED_TITLE = 256
EMBED_DESCRIPTION = 4096
EMBED_FIELDS = 25
EMBED_FIELD_NAME = 256
EMBED_FIELD_VALUE = 1024
EMBEDS_TOTAL = 6000  # over all embeds of one message
NONCE = 25

# Documentation page "Channel": a channel's name, "Start Thread".
THREAD_NAME = 100

# Documentation page "Channel": `available_tags`, `applied_tags`.
FORUM_TAGS = 20
POST_TAGS = 5

# Documentation page "Component Reference": "Label", "Text Input", "String Select", and its options.
LABEL = 45
TEXT_INPUT = 4000
OPTIONS = 25
OPTION_LABEL = 100
BUTTON_LABEL = 80
OPTION_DESCRIPTION = 100

# Documentation page "Application Commands": choices.
CHOICES = 25
CHOICE_NAME = 100

# Documentation page "Component Reference": a modal's title ("Receiving and Responding", Modal), a text input's value.
FORM_TITLE = 45
FORM_TEXT = 4000

# Links longer than this are not kept whole: no cut could be trusted to spare them.
LINK = 512

_ELLIPSIS = "…"
_BREAKS = (
    re.compile(r"\n[^\S\n]*\n\s*"),  # a paragraph's end
    re.compile(r"\n\s*"),  # a line's
    re.compile(r"(?<=[.!?…])\s+|(?<=[.!?…][\"'”’»)])\s+|(?<=[。！？])"),  # a sentence's
    re.compile(r"\s+"),  # a word's
)
_LINK = re.compile(rf"<?https?://[^\s<>]{{1,{LINK}}}>?")
_UNCLOSED = re.compile(r"<https?://[^\s<>]*$")
_ZERO_WIDTH_JOINER = "\u200d"


def length(text: str) -> int:
    """The length of a text in UTF-16 code units, which is never less than what Discord counts."""
    return len(text) + sum(character > "\uffff" for character in text)


def shorten(text: str, limit: int) -> str:
    """The text itself where it fits the limit, else its beginning, cut at a word, with "…" at the end.

    `limit` is in UTF-16 code units and at least 2, else ValueError. The result never ends in half an escape, nor in a
    link within "<…>" that lacks its end.
    A link before the "…" is set off by a space, which would else belong to the link.
    """
    _check(limit)
    if length(text) <= limit:
        return text
    room = limit - (2 if "://" in text else 1)
    end = _fitting(text, 0, room)
    if not text[end].isspace():
        end = _word_end(text, end) or _apart(text, 0, end)
    kept = text[:end].rstrip()
    if _escapes_next(kept, len(kept)):
        kept = kept[:-1]
    kept = _UNCLOSED.sub("", kept).rstrip()
    last_word = kept[max(kept.rfind(" "), kept.rfind("\n")) + 1 :]
    return kept + (" " if "://" in last_word else "") + _ELLIPSIS


def parts(text: str, first: int, rest: int) -> list[str]:
    """The text in order, in pieces of at most `first` units (the first piece) and `rest` units (the others).

    Cut at a paragraph, else a line, else a sentence, else a word, else anywhere that rule 2 allows. Nothing is
    lost but the white space at the cuts and at both ends; a blank text gives no pieces. Meant for text that is
    already inert: it stays inert in pieces where both limits are above LINK. Limits are at least 2, else
    ValueError.
    """
    _check(first)
    _check(rest)
    text = text.strip()
    pieces: list[str] = []
    start = 0
    while start < len(text):
        limit = rest if pieces else first
        end = _cut(text, start, limit)
        pieces.append(text[start:end].rstrip())
        while end < len(text) and text[end].isspace():
            end += 1
        start = end
    return pieces


def _check(limit: int) -> None:
    if limit < 2:
        raise ValueError(f"A limit of {limit} has no room for a character.")


def _fitting(text: str, start: int, room: int) -> int:
    """The furthest index such that the text from `start` up to it takes no more than `room` units."""
    end = min(len(text), start + room)
    surplus = length(text[start:end]) - room
    while surplus > 0:
        end -= 1
        surplus -= 2 if text[end] > "\uffff" else 1
    return end


def _word_end(text: str, end: int) -> int:
    """Where the last whole word before `end` ends; 0 where that would give up more than half."""
    at = max((match.start() for match in re.finditer(r"\s+", text[:end])), default=0)
    return at if at * 2 >= end else 0


def _cut(text: str, start: int, limit: int) -> int:
    """Where the piece that begins at `start` ends."""
    end = _fitting(text, start, limit)
    if end == len(text):
        return end
    for kind in _BREAKS:
        # A piece under half its limit is given up for the end of a word only.
        least = start + 1 if kind is _BREAKS[-1] else start + (end - start) // 2
        places = (match.start() for match in kind.finditer(text, least, end + 1))
        stop = max((place for place in places if place <= end and not _belong_together(text, place)), default=0)
        if stop > start:
            return stop
    return _apart(text, start, end)


def _apart(text: str, start: int, end: int) -> int:
    """The last place up to `end` where the text may be parted; `end` itself where nothing holds together."""
    for link in _LINK.finditer(text, start, min(len(text), end + LINK)):
        if start < link.start() < end < link.end():
            return link.start()
    best = end
    while best > start and _belong_together(text, best):
        best -= 1
    if best > start:
        return best
    return end - 1 if _escapes_next(text, end) and end - 1 > start else end


def _belong_together(text: str, at: int) -> bool:
    """Whether the characters on either side of an index make one sign for the eye, or one escape."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    return (
        _escapes_next(text, at)
        or before == _ZERO_WIDTH_JOINER
        or _hangs_on(after)
        or (_is_flag_half(after) and _flag_halves_before(text, at) % 2 == 1)
        or ("\ud800" <= before <= "\udbff" and "\udc00" <= after <= "\udfff")
    )


def _hangs_on(character: str) -> bool:
    return (
        character == _ZERO_WIDTH_JOINER
        or unicodedata.category(character).startswith("M")  # accents, variation selectors, keycaps
        or "\U0001f3fb" <= character <= "\U0001f3ff"  # skin tones
        or "\U000e0020" <= character <= "\U000e007f"  # the letters of regional flags
        or "\u1160" <= character <= "\u11ff"  # Korean vowels and finals that join the letter before
    )


def _is_flag_half(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _flag_halves_before(text: str, at: int) -> int:
    start = at
    while start and _is_flag_half(text[start - 1]):
        start -= 1
    return at - start


def _escapes_next(text: str, at: int) -> bool:
    """Whether the character before an index is a backslash that is not itself escaped."""
    start = at
    while start and text[start - 1] == "\\":
        start -= 1
    return (at - start) % 2 == 1
