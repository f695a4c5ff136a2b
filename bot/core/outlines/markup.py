"""Markup: HTML as a tree of elements, in linear time whatever the page.

1. Tags that do not match, are not closed or nest without end make no fault: the tree is what a
   reader needs, not what a browser would build. (Parsers that follow the standard to the letter
   take a minute for a megabyte of `<div>`; this one takes less than a second.)
2. Scripts, styles and comments are no text.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:-]{0,30})(?P<rest>[^<>]*)>")
_ATTRIBUTE = re.compile(r"([a-zA-Z_:][\w:.-]{0,40})\s*(?:=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"])
_RAW = frozenset(["script", "style", "noscript", "template", "textarea", "iframe", "object"])
_OPENS_BLOCK = frozenset([
    "address", "article", "aside", "blockquote", "div", "dl", "fieldset", "footer", "form", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "p", "pre", "section", "table", "ul",
])  # fmt: skip
_ENDED_BY = {
    "li": (frozenset(["li"]), frozenset(["ul", "ol", "menu"])),
    "dt": (frozenset(["dt", "dd"]), frozenset(["dl"])),
    "dd": (frozenset(["dt", "dd"]), frozenset(["dl"])),
    "tr": (frozenset(["tr", "td", "th"]), frozenset(["table"])),
    "td": (frozenset(["td", "th"]), frozenset(["tr", "table"])),
    "th": (frozenset(["td", "th"]), frozenset(["tr", "table"])),
    "option": (frozenset(["option"]), frozenset(["select"])),
}
_NEAR = 12
_NO_TOKENS: frozenset[str] = frozenset()


@dataclass(slots=True)
class Element:
    """An element: its name in small letters, its attributes, and what it holds in order."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict[str, str])
    children: "list[Element | str]" = field(default_factory=lambda: [])  # noqa: PIE807 - gives the type

    @property
    def tokens(self) -> frozenset[str]:
        """The words of its class, id and role, in small letters."""
        if not self.attributes:
            return _NO_TOKENS
        named = (self.attributes.get(key, "") for key in ("class", "id", "role"))
        return frozenset(" ".join(named).lower().split())

    def walk(self) -> "Iterator[Element]":
        """This element and all below it, in the document's order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += [child for child in reversed(element.children) if isinstance(child, Element)]


def tree_of(markup: str) -> Element:
    """The elements of a page below one root."""
    builder = _Builder()
    at = 0
    ends = {"<!--": True, "<!": True, "<?": True}
    while at < len(markup):
        start = markup.find("<", at)
        if start < 0:
            break
        builder.text(markup[at:start])
        at = _step(builder, markup, start, ends)
    builder.text(markup[at:])
    return builder.root


def _step(builder: "_Builder", markup: str, start: int, ends: dict[str, bool]) -> int:
    """Takes in what begins with `<` at `start`, and returns where to go on."""
    for opening, closing in (("<!--", "-->"), ("<!", ">"), ("<?", ">")):
        if markup.startswith(opening, start):
            end = markup.find(closing, start) if ends[opening] else -1
            # Once an end is found missing it is missing for good: it is not looked for again.
            ends[opening] = end >= 0
            return start + len(opening) if end < 0 else end + len(closing)
    tag = _TAG.match(markup, start)
    if tag is None:
        builder.text("<")
        return start + 1
    name = tag["name"].lower()
    if tag["close"]:
        builder.close(name)
        return tag.end()
    builder.open(name, tag["rest"])
    if name in _RAW:
        return _after_raw(builder, markup, tag.end(), name)
    return tag.end()


def _after_raw(builder: "_Builder", markup: str, start: int, name: str) -> int:
    if name in builder.unclosed:
        builder.close(name)
        return start
    found = re.compile(f"</{name}\\s*>", re.IGNORECASE).search(markup, start)
    builder.close(name)
    if found is None:
        builder.unclosed.add(name)
        return start
    return found.end()


class _Builder:
    """The tree so far, and the elements still open."""

    def __init__(self) -> None:
        self.root = Element("")
        self.unclosed: set[str] = set()
        self._open = [self.root]
        self._count: Counter[str] = Counter()

    def text(self, text: str) -> None:
        if text:
            self._open[-1].children.append(unescape(text))

    def open(self, name: str, rest: str) -> None:
        if name in _OPENS_BLOCK:
            self._end(frozenset(["p"]), _OPENS_BLOCK - {"p"})
        elif name in _ENDED_BY:
            self._end(*_ENDED_BY[name])
        element = Element(name, _attributes(rest) if rest else {})
        self._open[-1].children.append(element)
        if name not in _VOID and not rest.endswith("/"):
            self._open.append(element)
            self._count[name] += 1

    def close(self, name: str) -> None:
        while self._count[name]:
            ended = self._open.pop().name
            self._count[ended] -= 1
            if ended == name:
                return

    def _end(self, names: frozenset[str], barrier: frozenset[str]) -> None:
        """Ends the nearest open element of some names, if it is near and nothing stands between."""
        for element in self._open[: -_NEAR - 1 : -1]:
            if element.name in barrier:
                return
            if element.name in names:
                self.close(element.name)
                if len(names) > 1:
                    self._end(names - {element.name}, barrier)
                return


def _attributes(rest: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(rest):
        found.setdefault(name.lower(), unescape(double or single or bare))
    return found
