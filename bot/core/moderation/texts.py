"""Phases that look at the text alone.

Sources: the bidirectional controls are those of Unicode Standard Annex 9, section 2; mentions and invites are written
as Discord's documentation page "Message Formatting" and its invite addresses have them.
"""

import re
import unicodedata
from functools import lru_cache

from bot.core.messages import says_something
from bot.core.moderation.values import Context, Reason, Verdict, hold, refuse
from bot.core.policies import is_new

_INVITE = re.compile(r"(?:discord\.gg|discord(?:app)?\.com/invite)/[\w-]+", re.IGNORECASE)
_LINK = re.compile(r"https?://|\bwww\.\w", re.IGNORECASE)
_MENTION = re.compile(r"<(?:@[!&]?|#)\d{1,20}>")
_ALL = re.compile(r"@(?:everyone|here)\b")
# Changes of direction and their ends, fillers that show nothing, line and paragraph separators.
_HIDDEN = re.compile("[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0]")
# All characters of the category Cf, by the Unicode Character Database 14, that are not among them.
_FORMAT = re.compile(
    "[\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u200b-\u200f\ufff9-\ufffb\U000110bd\U000110cd"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a]"
)
_TAGS = re.compile("[\U000e0000-\U000e007f]")
_FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e007a]{1,7}\U000e007f")  # England, Scotland, Wales are written with tags
_STACKED = 5  # marks on one letter: Vietnamese has two, pointed Hebrew and Arabic at most four


def length(context: Context) -> Verdict | None:
    """Refuses what says nothing, and what is longer than a point may be."""
    if not says_something(context.text):
        return refuse(Reason.TOO_SHORT)
    if len(context.text) > context.rules.longest:
        return refuse(Reason.TOO_LONG, limit=context.rules.longest)
    return None


def blocklist(context: Context) -> Verdict | None:
    """Holds what has a word of the list in it, written large, wide or with invisible characters between."""
    if not context.rules.words:
        return None
    return hold(Reason.WORDS) if _listed(context.rules.words).search(plain(context.text)) else None


def links(context: Context) -> Verdict | None:
    """Holds invites to other servers, and links of members who are new and have no accepted point."""
    if _INVITE.search(context.text):
        return hold(Reason.INVITE)
    new = is_new(context.author.joined_at, context.now, context.rules.new_for)
    if new and not context.author.accepted and _LINK.search(context.text):
        return hold(Reason.LINKS)
    return None


def mentions(context: Context) -> Verdict | None:
    """Holds what calls everybody, or more than a few. None of it pings, but it is written to."""
    called = len(set(_MENTION.findall(context.text)))
    return hold(Reason.MENTIONS) if _ALL.search(context.text) or called > context.rules.most_mentions else None


def characters(context: Context) -> Verdict | None:
    """Holds what has characters in it that cannot be seen, change the direction, or pile up on one letter.

    Writing from right to left, joined emoji and accents are none of that.
    """
    text = _FLAG.sub("", context.text)
    return hold(Reason.CHARACTERS) if _HIDDEN.search(text) or _TAGS.search(text) or _piled(text) else None


def plain(text: str) -> str:
    """The text as it is compared: compatible forms as one, without what cannot be seen, in small letters."""
    if text.isascii():
        return text.casefold()
    shown = unicodedata.normalize("NFKC", _TAGS.sub("", _HIDDEN.sub("", text)))
    return _FORMAT.sub("", shown).casefold()


def _piled(text: str) -> bool:
    run = 0
    for each in text:
        run = run + 1 if unicodedata.category(each) in ("Mn", "Me") else 0
        if run >= _STACKED:
            return True
    return False


@lru_cache(maxsize=64)
def _listed(words: frozenset[str]) -> re.Pattern[str]:
    each = "|".join(re.escape(plain(word)) for word in sorted(words))
    return re.compile(rf"(?<!\w)(?:{each})(?!\w)")
