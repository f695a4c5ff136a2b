"""Additions without a number: "An addition: …", "My additional point, however, is that …", "One more from me: …".

Promises: what an author says outright that they add, with their own words behind it; the claim desk asks before any
of it is recorded. A sentence that only sounds like a point ("It ignores …") is offered with little trust.

1. The words must announce an addition of the author's own, and something must follow them.
2. What others add, a question, and a talk about adding ("anyone want to add to the list?") announce nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.messages.masks import COVERED


def _any(*phrases: str) -> str:
    return "|".join(f"(?:{phrase})" for phrase in phrases)


_THING = (
    r"(?:points?|ones?|reasons?|items?|problems?|issues?|objections?|criticisms?|complaints?|arguments?|things?|entry)"
)
_OWN = (
    r"(?:(?:an?|one|my|another|yet another|here is another) )?(?:(?:own|small|quick|little|final|last|important"
    r"|possible|humble|obvious|first) )*"
)
_TO_LIST = (
    r"(?: (?:from me|of mine|(?:for|to|on) (?:the|your|this) list|here|if i may|too|also|as well|worth adding"
    r"|(?:that )?(?:to|i(?:'d| would)(?: like to| want to)?|i want to) (?:add|make|suggest|offer|propose|raise)))*"
)
_NAMED = _any(  # a name for what follows: it needs a colon, a dash, or "is that"
    rf"{_OWN}(?:addition|contribution)",
    rf"{_OWN}(?:additional|extra|further|missing|new|other|bonus|more) {_THING}",
    r"(?:one|something|a few words|a point) to add",
    rf"(?:and |plus )?(?:one|two|another) more(?: {_THING})?|(?:and )?another(?: {_THING})?|my (?:{_THING}|pick|turn"
    rf"|suggestion|proposal|own|two pence|two cents|tuppence)",
    rf"(?:one|something|another thing|a thing|what)(?: {_THING})? (?:you|the list|the author|the article|everybody"
    rf"|everyone|nobody|no one|no-one)(?: have| has| all)?"
    r" (?:missed|missing|forgot|forgotten|left out|mentions|mentioned|overlooked)|(?:what(?:'s| is) )?(?:missing"
    r"|not|absent|left out) (?:from|on|here)(?: (?:the|your|this) list)?",
)
_SAID = _any(  # says that its author adds: also "that" may follow
    r"(?:can|could|may|might|let) (?:i|me|we) (?:just |also |please )?add",
    r"(?:i|we)(?:'d| would| want| wish|'ll| will| have| must| should| also|'ve)?(?: (?:like|want|love|only|just"
    r"|also|have|got|wish|care))*(?: to)?(?: (?:also|just))? (?:add|propose|suggest|submit|offer|nominate)",
    r"(?:please )?add(?:ing)?(?: this| mine| one| my own| another)?|to add|(?:please )?put this on",
)
_AFTER_SAID = (
    rf"(?: (?:to )?(?:the|your|this|that) list)?(?: (?:another|one more|one|an?|mine|this|a further|an additional"
    rf"|an extra|my own)(?: {_THING})?)?"
)
_ASKS = _any(  # asks to be put on the list: what is added stands in the next sentence
    rf"(?:please |could you |can you )?(?:add|put) (?:this|mine|the following|another|one more|one)"
    rf"(?: {_THING})? (?:to|on) (?:the|your|this) list(?: please)?",
    rf"(?:can|could|may|might) i (?:just |also )?(?:add|propose|suggest|offer) (?:another|one|one more|a further"
    rf"|my own|something)(?: {_THING})?(?: to (?:the list|your list|yours|this|these))?",
)
_GREETED = (
    r"(?:(?:and|also|plus|but|so|ok|oh|right|well|finally|then|lastly|ps|p\.s\.|yes|great list|hi all|hello)[,:!.]? )?"
)
_MARK = r"[*_]{0,3} ?(?:[:–—]|(?<= )- )[*_]{0,3}"  # a colon or a dash, and Markdown's emphasis around it
_ENDS_NAME = _any(
    _MARK,
    r"[*_]{0,3} ?(?:\.\.\.|…)[*_]{0,3}",
    r",?(?: however| though| then| by the way| if i may)?,? (?:is|would be|being)"
    r"(?: that\b|:| this:| the\b| how\b| simply)?(?!n)",
    r", (?:since|as|because|if|which|and) [^.:?!\n]{1,80}:",
)
_WAYS = _any(
    rf"(?:here(?:'s| is| goes| comes) )?(?:{_NAMED}){_TO_LIST}(?:{_ENDS_NAME})",
    rf"mine{_MARK}",
    rf"(?:{_SAID}){_AFTER_SAID}{_TO_LIST}(?:{_MARK}|,? that\b)",
    rf"(?:{_ASKS})[.!?]+",
)
_ANNOUNCED = re.compile(
    rf"(?:^|(?<=[.!?:;,…\n)*_]))[\s*_>•-]*(?P<announced>{_GREETED}(?:{_WAYS}))(?P<text>[^\n]*(?:\n[^\n]+)?)",
    re.IGNORECASE | re.MULTILINE,
)
_LIKE_A_POINT = re.compile(
    r"\A\W{0,3}(?:it|this|the \w+(?: \w+)?)\s+(?:also\s+|simply\s+|just\s+|completely\s+)?(?:ignores|overlooks"
    r"|forgets|fails to|assumes|pretends|neglects|disregards|excludes|insults)\b"
    r"|\A\W{0,3}the (?:real |main |biggest |other )?problem (?:with|of)\b",
    re.IGNORECASE,
)
# One of these is in whatever announces an addition.
_TRIGGERS = (
    "add", "more", "another", "contribution", "missed", "missing", "forgot", "left out", "mine", "my ", "extra",
    "further", "overlooked", "new ", "propos", "suggest", "other", "bonus", "mentions", "submit", "offer",
)  # fmt: skip
_LETTERS = re.compile(r"[^\W\d_]{2}")
_LONGEST_POINT = 600
_SURE = 0.9
_DOUBTFUL = 0.4


@dataclass(frozen=True, slots=True)
class Announced:
    """Where the text of an announced addition begins in the view, and how sure it is that it is one."""

    start: int
    text: int
    sure: float


def announced(view: str) -> Iterator[Announced]:
    """The additions that are announced without a number, first to last."""
    lowered = view.lower()
    if any(trigger in lowered for trigger in _TRIGGERS):
        for found in _ANNOUNCED.finditer(lowered.replace("’", "'") if len(lowered) == len(view) else view):
            said = found["text"].strip(f" {COVERED}")
            if _LETTERS.search(said) and not said.endswith("?"):
                yield Announced(found.start("announced"), found.start("text"), _SURE)


def sounds_like_a_point(view: str) -> bool:
    """Whether a whole message reads as an entry of a critique does."""
    return len(view) <= _LONGEST_POINT and bool(_LIKE_A_POINT.match(view)) and not view.rstrip().endswith("?")
