"""Promises to tell a standard emoji from anything else, and one emoji from another.

docs: resources/message#create-reaction. A guild's own emoji are the world's to know.
Below U+10000 the characters are those Unicode gives the property Emoji (emoji-data, UTS 51); above it, its emoji
blocks are taken whole.
"""

import unicodedata

_VARIATION, _JOINER, _KEYCAP = "\ufe0f", "\u200d", "\u20e3"
_MODIFIERS = ("Sk", "Cf", "Mn", "Me")
_BASIC = """
    a9 ae 203c 2049 2122 2139 2194-2199 21a9-21aa 231a-231b 2328 23cf 23e9-23f3 23f8-23fa 24c2 25aa-25ab 25b6 25c0
    25fb-25fe 2600-2604 260e 2611 2614-2615 2618 261d 2620 2622-2623 2626 262a 262e-262f 2638-263a 2640 2642
    2648-2653 265f-2660 2663 2665-2666 2668 267b 267e-267f 2692-2697 2699 269b-269c 26a0-26a1 26a7 26aa-26ab
    26b0-26b1 26bd-26be 26c4-26c5 26c8 26ce-26cf 26d1 26d3-26d4 26e9-26ea 26f0-26f5 26f7-26fa 26fd 2702 2705
    2708-270d 270f 2712 2714 2716 271d 2721 2728 2733-2734 2744 2747 274c 274e 2753-2755 2757 2763-2764 2795-2797
    27a1 27b0 27bf 2934-2935 2b05-2b07 2b1b-2b1c 2b50 2b55 3030 303d 3297 3299
"""


def _characters(ranges: str) -> frozenset[int]:
    found: set[int] = set()
    for each in ranges.split():
        first, _, last = each.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(found)


_KNOWN = _characters(_BASIC)


def standard(text: str) -> bool:
    """Whether the text is one emoji of Unicode's, as far as its characters tell."""
    bare = text.replace(_VARIATION, "").replace(_JOINER, "")
    if not bare or len(text) > 32:
        return False
    if bare.endswith(_KEYCAP):
        return len(bare) == 2 and bare[0] in "0123456789#*"
    return all(_pictorial(each) or _modifies(each) for each in bare) and _one(text)


def _pictorial(character: str) -> bool:
    return ord(character) in _KNOWN or 0x1F000 <= ord(character) <= 0x1FAFF


def _modifies(character: str) -> bool:
    """Skin tones, and the tags that make a flag of a region."""
    return not character.isascii() and unicodedata.category(character) in _MODIFIERS


def _one(text: str) -> bool:
    """One picture: flags are two letters, the rest is held together by joiners and modifiers."""
    for part in text.replace(_VARIATION, "").split(_JOINER):
        pictures = [each for each in part if not _modifies(each)]
        flag = all(0x1F1E6 <= ord(each) <= 0x1F1FF for each in pictures)
        if len(pictures) != (2 if flag else 1):
            return False
    return True


def same(one: str, other: str) -> bool:
    """The variation selector makes no other emoji."""
    return one == other or one.replace(_VARIATION, "") == other.replace(_VARIATION, "")


def id_of(own: str) -> int:
    """The id in a guild's own emoji, written `name:id`."""
    return int(own.rpartition(":")[2])
