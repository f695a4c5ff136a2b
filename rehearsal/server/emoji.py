"""Promises to tell a standard emoji from anything else, and one emoji from another.

docs: resources/message#create-reaction. The server has no custom emoji, so `name:id` names an unknown one.
"""

import unicodedata

_VARIATION, _JOINER, _KEYCAP = "\ufe0f", "\u200d", "\u20e3"
_LETTERLIKE = "\u00a9\u00ae\u203c\u2049\u2122\u2139\u3030\u303d\u3297\u3299"
_MODIFIERS = ("Sk", "Cf", "Mn", "Me")


def standard(text: str) -> bool:
    """Whether the text is one emoji of Unicode's, as far as its characters tell."""
    bare = text.replace(_VARIATION, "").replace(_JOINER, "")
    if not bare or len(text) > 32:
        return False
    if bare.endswith(_KEYCAP):
        return len(bare) == 2 and bare[0] in "0123456789#*"
    return all(_pictorial(each) for each in bare) and _one(text)


def _pictorial(character: str) -> bool:
    kind = unicodedata.category(character)
    if character in _LETTERLIKE or character in "\u2194\u2195\u2934\u2935\u25fb\u25fc\u25fd\u25fe":
        return True
    if character.isascii():
        return False
    return kind in ("So", "Sm", *_MODIFIERS) or 0x1F000 <= ord(character) <= 0x1FAFF


def _one(text: str) -> bool:
    """One picture: flags are two letters, the rest is held together by joiners and modifiers."""
    parts = text.replace(_VARIATION, "").split(_JOINER)
    for part in parts:
        pictures = [each for each in part if unicodedata.category(each) not in _MODIFIERS]
        flag = all(0x1F1E6 <= ord(each) <= 0x1F1FF for each in pictures)
        if len(pictures) != (2 if flag else 1):
            return False
    return True


def same(one: str, other: str) -> bool:
    """The variation selector makes no other emoji."""
    return one == other or one.replace(_VARIATION, "") == other.replace(_VARIATION, "")
