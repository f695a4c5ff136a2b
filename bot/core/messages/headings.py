"""Answers under a heading: a mention that begins a sentence, and a colon or a dash ("#4: …", "On points 3 and 5: …").

A question without a side is none; neither is a heading with nothing behind it.
"""

import re
from collections.abc import Iterator

from bot.core.messages.answers import LETTERS, SAID, answer, paragraph, sentence
from bot.core.messages.mentions import Mention
from bot.core.messages.sides import plain, side_of
from bot.core.messages.values import Found, Message

_OPENING = 60  # characters in which what follows a question mark must take a side

_LEAD = re.compile(
    r"[\W_]*(?:(?:and|but|also|then|now|next|so|finally|first|secondly|lastly|ok|hi all|hello)[,:]? )?"
    r"(?:re|regarding|on|about|as (?:for|to)|concerning|ad|in (?:response|reply|answer) to|(?:my |a )?(?:response"
    r"|reply|answer|rebuttal|counter|objection|reaction) to"
    r"|to|@|answering|responding to|replying to|with regards? to|for|against|when it comes to)?[:\s]*(?:your |the "
    r"|both )?"
)
_HEADED = re.compile(
    r"(?:\s+(?:above|below|(?:in|on|of) (?:the|your|this) list|in particular|first|too|again|\([^)\n]{0,60}\))"
    r")?[*_)\]]{0,3}\s*(?P<sign>:|–|—|-(?=\s)|,(?=\s)|\?(?=\s))[*_]{0,3}"
)


def headed(message: Message) -> Iterator[Found]:
    """The answers under the message's headings."""
    heads = list(_heads(message))
    ends = [*(start for start, _text, _mention in heads[1:]), len(message.spoken)][: len(heads)]
    for (start, text, mention), following in zip(heads, ends, strict=True):
        end = paragraph(message.spoken, text, following)
        said = message.spoken[text:end].strip()
        if not LETTERS.search(said) or (said.endswith("?") and side_of(said) is None and "\n" not in said):
            continue
        marker = SAID.search(message.spoken, text, end)
        yield Found(answer(message, mention.labels, text, end, marker, min(mention.sure, 0.9), "heading"), start, text)


def _heads(message: Message) -> Iterator[tuple[int, int, Mention]]:
    """The mentions that head what follows: where the heading begins, where its text does, and the mention."""
    for mention in message.mentions:
        start = sentence(message.spoken, mention.start)
        lead = plain(message.spoken[start : mention.start])
        sign = _HEADED.match(message.spoken, mention.end)
        if sign is None or not _LEAD.fullmatch(lead):
            continue
        if sign["sign"] == "," and not LETTERS.search(lead):
            continue
        if sign["sign"] == "?" and side_of(message.spoken[sign.end() : sign.end() + _OPENING]) is None:
            continue
        yield start, sign.end(), mention
