"""Markup: HTML as a tree of elements, read by selectolax as a browser would read it.

1. Elements nested deeper than 512 are flattened first, as browsers do: reading them costs the square of the depth,
   and a page of nothing but `<div>` would take a minute.
2. Scripts, styles and comments are no text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_DEEPEST = 512
_LONGEST_TAG = 8_192  # characters: reading a tag costs the square of its attributes
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][^\s/<>]{0,30})[^<>]*>")
# Elements that hold nothing, or that the next one of their kind ends: a page may leave them unclosed for ever.
_UNNESTED = frozenset([
    "area", "base", "body", "br", "col", "dd", "dt", "embed", "head", "hr", "html", "img", "input", "li", "link",
    "meta", "option", "p", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "wbr",
])  # fmt: skip
_NO_TEXT = frozenset(["script", "style", "noscript", "template", "textarea", "iframe", "object"])
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
    from selectolax.lexbor import LexborHTMLParser  # a web page is read by whoever reads one, not by the bot's loop

    root = LexborHTMLParser(_flattened(markup)).root
    top = Element("")
    waiting = [] if root is None else [(root, top)]
    while waiting:
        node, element = waiting.pop()
        if element.name not in _NO_TEXT:
            waiting += _take(node, element)
    return top


def _take(node: "LexborNode", element: Element) -> list[tuple["LexborNode", Element]]:
    """Gives the element its texts and, in their places among them, its elements, which are still to be filled."""
    inner: list[tuple[LexborNode, Element]] = []
    for child in node.iter(include_text=True):
        if child.is_text_node:
            element.children.append(child.text(deep=False))
        elif child.is_element_node:
            inner.append((child, Element(child.tag or "", _attributes(child))))
            element.children.append(inner[-1][1])
    return inner


def _attributes(node: "LexborNode") -> dict[str, str]:
    return {name: value or "" for name, value in node.attributes.items()}


def _flattened(markup: str) -> str:
    """The page with no element deeper than `_DEEPEST`, and no tag longer than `_LONGEST_TAG`."""
    depth = 0

    def kept(tag: re.Match[str]) -> str:
        nonlocal depth
        if tag["name"].lower() in _UNNESTED:
            return tag[0]
        depth = max(depth - 1, 0) if tag["close"] else depth + 1
        if depth > _DEEPEST:
            return ""
        return tag[0] if len(tag[0]) <= _LONGEST_TAG else f"<{tag['close']}{tag['name']}>"

    return _TAG.sub(kept, markup)
