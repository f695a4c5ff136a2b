"""Answers under quoted words, in a point's thread or where the quoted words bear a label."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from bot.core.messages.answers import FEWEST_WORDS, SAID, WORDS, answer, paragraph
from bot.core.messages.values import Found, Message

_MOST_QUOTES = 20  # looked at in one message

_QUOTES = re.compile(r"(?:^[ \t]*>(?!>>)[^\n]*(?:\n|\Z))+", re.MULTILINE)
_NUMBERED = re.compile(r"[\s>*_]*(?:#|no\.? ?|point |reason )?(\d{1,3}|\\?\*)(?:[.):]|\s[–-])", re.IGNORECASE)


def quoted(message: Message) -> Iterator[Found]:
    """Quoted words and what is answered under them, in a point's thread or where the quoted words bear a label."""
    blocks = list(islice(_QUOTES.finditer(message.text), _MOST_QUOTES))
    if message.seen.places is not None:
        return
    ends = [*(block.start() for block in blocks[1:]), len(message.text)][: len(blocks)]
    for block, following in zip(blocks, ends, strict=True):
        label = _NUMBERED.match(block[0])
        about = label[1].removeprefix("\\") if label else message.thread
        about = about if about in message.named else message.thread
        end = paragraph(message.spoken, block.end(), following)
        said = message.spoken[block.end() : end].strip()
        if about is None or len(WORDS.findall(said)) < FEWEST_WORDS:
            continue
        quote = re.sub(r"^[ \t]*>[ \t]?", "", block[0], flags=re.MULTILINE).strip()
        found = answer(message, (about,), block.end(), end, SAID.match(message.spoken, block.end()), 0.9, "quote")
        sure = 0.9 if found.side or message.thread else 0.7
        yield Found(replace(found, quote=quote, sure=sure), block.start(), block.end())
