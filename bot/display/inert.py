"""Member text made inert: shown as it was written, with no effect.

Promises: whatever comes in, what goes out pings nobody, hides no link behind other words, formats nothing,
changes no line structure, and cannot reach out of its place.

1. Every character that can begin or end a Markdown mark of Discord is escaped with a backslash, which Discord
   takes away again before any character but letters, digits and white space. Marks that count only at the
   start of a line (headings, lists, quotes, subtext) are escaped everywhere, so that a text may be cut at any
   white space and stay inert.
2. "<" and ">" are always escaped: no mention, emoji, timestamp or command link is left, neither for the client
   nor for the server. "@everyone" and "@here" get a zero-width space, because the server looks for these words
   whatever stands before them.
3. A plain http(s) link stays as it is: inside a link a backslash would be part of the address, and the address
   that is shown is the one it leads to. Where marks touch the link or stand in it, it is set in "<…>", which
   Discord takes as the link's exact limits and does not show; the "@" of a crowd in it is written "%40". Links
   of other kinds, and those over `limits.LINK` units, are text.
4. Control characters go; line separators become line breaks. Embeddings, overrides and isolates that change
   the direction of writing go; the plain direction marks stay. At most four combining marks in a row stay.
"""

import re
import unicodedata

from bot.display import limits

_COMBINING_MARKS = 4  # Hebrew and Vietnamese need three; nothing that is meant to be read needs five

_LINE_BREAKS = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_SURROGATES = re.compile("[\ud800-\udfff]")

_MARK = r"""
    (?P<crowd> @ (?= (?i: everyone | here ) ) )
    | [\\*_~`|<>\[\]]
    | [-+#] (?= [\s#] | $ )          # lists, subtext, headings
    | (?<= \d ) \. (?= \s | $ )      # numbered lists
    | : (?= [\w+~-]{1,64} : )        # emoji by name
    | (?<= : ) / (?= / )             # links that are to be text
"""
_MARKS = re.compile(_MARK, re.VERBOSE)
_LINKS_AND_MARKS = re.compile(rf"(?P<link> <? https?:// [^\s<>`|\\]+ >? ) | {_MARK}", re.VERBOSE)

# A link may stand bare if it holds no bracket, star or double tilde and ends in no mark or closing sign that
# Discord would take into it; what is left of it otherwise ends before such signs.
_TOUCHED = re.compile(r"[*\[\]]|~~|[_~”’»…。，、][.,:;!?'\")]*$")
_CROWD = re.compile("@(?=everyone|here)", re.IGNORECASE)
_TRAILING = "*_~.,:;!?'\")]”’»…。，、"


def inert(text: str) -> str:
    """Member text for the content of a message or the description of an embed, over several lines.

    At most about twice as long as it came in; fit it with `limits.parts` or `limits.shorten` afterwards.
    """
    return _LINKS_AND_MARKS.sub(_escaped, _clean(text))


def inert_line(text: str) -> str:
    """The same on one line: every run of white space becomes one space."""
    return _LINKS_AND_MARKS.sub(_escaped, _one_line(text))


def inert_within(text: str) -> str:
    """The same to stand between marks of ours: a link at its end is set in "<…>", lest it take them in."""
    return _LINKS_AND_MARKS.sub(_escaped_within, _one_line(text))


def plain_line(text: str) -> str:
    """One line for a place without Markdown, such as a form's title or a choice: nothing is escaped."""
    return _one_line(text)


def thread_name(label: str, title: str) -> str:
    """The name of a point's thread: "12 · Title", 1 to 100 characters.

    Names are shown without Markdown and ping nobody, so nothing in them is escaped. Without a title the label
    stands alone; without either, a dash.
    """
    seen = [part for part in (_one_line(label), _one_line(title)) if _is_seen(part)]
    return limits.shorten(" · ".join(seen) or "–", limits.THREAD_NAME)


def _is_seen(text: str) -> bool:
    return any(character.isprintable() and not character.isspace() for character in text)


def _one_line(text: str) -> str:
    return " ".join(_clean(text).split())


def _clean(text: str) -> str:
    """Rule 4; half a character (a lone surrogate), which Discord refuses, becomes the replacement sign."""
    text = _SURROGATES.sub("\ufffd", _UNWANTED.sub("", _LINE_BREAKS.sub("\n", text)))
    return text if text.isascii() else _without_piles(text)


def _without_piles(text: str) -> str:
    kept: list[str] = []
    pile = 0
    for character in text:
        kind = unicodedata.category(character)
        if kind in ("Mn", "Me"):
            pile += 1
            if pile > _COMBINING_MARKS:
                continue
        elif kind != "Cf":  # an invisible character between the marks does not make a new pile
            pile = 0
        kept.append(character)
    return "".join(kept)


def _escaped(found: re.Match[str]) -> str:
    if found["link"] is not None:
        following = found.string[found.end() : found.end() + 1]
        return _link(found["link"], following == "" or following.isspace())
    return _escaped_mark(found)


def _escaped_within(found: re.Match[str]) -> str:
    if found["link"] is not None and found.end() == len(found.string):
        return _link(found["link"], set_off=False)
    return _escaped(found)


def _escaped_mark(found: re.Match[str]) -> str:
    return "@\u200b" if found["crowd"] else "\\" + found[0]


def _link(written: str, set_off: bool) -> str:
    """A link as rule 3 has it; `set_off` says that white space or the end of the text follows it."""
    kept = _CROWD.sub("%40", written)
    if limits.length(kept) > limits.LINK:
        return _MARKS.sub(_escaped_mark, written)
    if kept.startswith("<") and kept.endswith(">"):
        return kept
    bare = kept.removeprefix("<")
    opening = "\\<" if bare != kept else ""
    if set_off and not bare.endswith(">") and not _TOUCHED.search(bare):
        return opening + bare
    link = _without_trail(bare)
    if link.endswith((":", "/")) and "//" not in link[:-1]:  # nothing is left but "https://"
        return _MARKS.sub(_escaped_mark, written)
    return f"{opening}<{link}>" + _MARKS.sub(_escaped_mark, bare[len(link) :])


def _without_trail(bare: str) -> str:
    """The link without the signs behind it, but with the bracket that it opened itself."""
    link = bare.removesuffix(">").split("](", 1)[0].rstrip(_TRAILING)
    closes = bare.startswith(")", len(link)) and link.count("(") > link.count(")")
    return link + ")" if closes else link
