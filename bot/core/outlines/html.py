"""A page as text: what a reader of the page would copy, with its lists and headings marked.

1. Navigation, forms, scripts, side columns and the page's foot are dropped; so is what stands
   above the title, where no list stands there.
2. The title is the post's own heading (`entry-title` and its like), else the first `<h1>`, else `<title>`.
3. An ordered list becomes `1. `, `2. `… by its `start`, `reversed` and `value`; an unordered one
   bullets; what is inside an item is indented below it; headings become `## `.
4. Elements that are comments by their class are handed over apart from the text, each with the
   author it names; a reply to a comment is a comment of its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from bot.core.outlines.lines import lines_of
from bot.core.outlines.markup import Element, tree_of
from bot.core.outlines.texts import text_of
from bot.core.outlines.values import Comment

_DROPPED = frozenset([
    "script", "style", "noscript", "template", "nav", "aside", "form", "iframe", "object", "svg", "button",
    "select", "textarea", "input", "label", "dialog", "audio", "video", "canvas", "head", "footer",
])  # fmt: skip
_CHROME = re.compile(
    r"(?:site-)?(?:nav|navigation|navbar|menu|sidebar|widget|breadcrumbs?|footer|masthead|banner|cookies?|share|sharing"
    r"|social|sharedaddy|sd-sharing|related|related-posts|jp-relatedposts|tags|tag-links|skip-link|screen-reader-text"
    r"|advert|advertisement|ads|respond|comment-respond|comment-reply-link|reply|comment-form|newsletter|pagination"
    r"|secondary|tertiary|colophon|search|complementary|contentinfo|post-navigation|nav-links|entry-meta|post-meta)",
)
_TITLES = frozenset(["entry-title", "post-title", "article-title", "headline", "p-name", "page-title"])
_COMMENT = frozenset(["comment", "pingback-comment", "comment-item", "comment-body-item", "h-cite", "p-comment"])
_AUTHOR = frozenset(
    ["fn", "comment-author", "author", "comment-author-name", "commenter", "p-author", "user", "username"]
)
_WHEN = frozenset(
    ["comment-meta", "commentmetadata", "comment-metadata", "comment-date", "comment-time", "says", "date"]
)
_BLOCKS = frozenset([
    "address", "article", "blockquote", "dd", "div", "dl", "dt", "fieldset", "figure", "figcaption",
    "header", "main", "p", "pre", "section", "table", "tbody", "thead", "body", "html", "details",
    "summary", "center", "caption",
])  # fmt: skip
_DEEPEST = 12
_NODES = 400
_FEW = 40
_SAYS = re.compile(r"(?:\s(?:says|said|wrote))?\s?:?$", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\n\r\f]+")


@dataclass(frozen=True, slots=True)
class Page:
    """A page as text without its title and comments, the title, and the comments."""

    title: str
    text: str
    comments: tuple[Comment, ...]


def page_of(markup: str) -> Page:
    """What a reader of the page would copy."""
    root = tree_of(markup)
    shown = [element for element in root.walk() if element.name in ("h1", "h2", "title", "ol", "ul")]
    heading = _heading(shown)
    title = _text(heading) if heading else next((_text(one) for one in shown if one.name == "title"), "")
    writer = _Writer(heading)
    writer.write(root)
    return Page(title, "\n".join(writer.lines), tuple(_comments(writer.comments)))


def _comments(elements: list[Element]) -> Iterator[Comment]:
    waiting = elements[::-1]
    while waiting:
        element = waiting.pop()
        author = _author(element)
        writer = _Writer(None, author=author, comment=True)
        writer.write(element)
        text = text_of(lines_of("\n".join(writer.lines)))
        if text:
            yield Comment(_SAYS.sub("", _text(author)) or None if author else None, text)
        waiting += reversed(writer.comments)


def _author(comment: Element) -> Element | None:
    """The element that names a comment's author, the narrowest kind of name first."""
    near = list(islice(comment.walk(), _NODES))
    kinds = (
        [one for one in near if "fn" in one.tokens],
        [one for one in near if one.name == "cite"],
        [one for one in near if one.tokens & _AUTHOR],
    )
    return next((kind[0] for kind in kinds if kind), None)


def _heading(shown: list[Element]) -> Element | None:
    headings = [one for one in shown if one.name in ("h1", "h2")]
    named = next((one for one in headings if one.tokens & _TITLES), None)
    return named or next((one for one in headings[:_FEW] if one.name == "h1" and _text(one)), None)


def _text(element: Element) -> str:
    parts: list[str] = []
    waiting: list[Element | str] = [element]
    for _ in range(_NODES):
        if not waiting:
            break
        one = waiting.pop()
        if isinstance(one, str):
            parts.append(one)
        elif one.name not in ("script", "style"):
            waiting += reversed(one.children)
    return " ".join("".join(parts).split())


def _is_chrome(element: Element) -> bool:
    if element.name in _DROPPED or "hidden" in element.attributes:
        return True
    return element.name not in ("body", "html", "main", "article") and any(
        _CHROME.fullmatch(token) for token in element.tokens
    )


@dataclass(slots=True)
class _List:
    """A list being written: the number of its next item, or None for bullets."""

    number: int | None
    step: int = 1


@dataclass(slots=True)
class _Writer:
    """Lines written so far, and the line being written."""

    title: Element | None
    author: Element | None = None
    comment: bool = False
    lines: list[str] = field(default_factory=list[str])
    comments: list[Element] = field(default_factory=list[Element])
    _line: list[str] = field(default_factory=list[str])
    _lead: str = ""
    _depth: int = 0
    _lists: list[_List] = field(default_factory=list[_List])

    def write(self, root: Element) -> None:
        waiting: list[Element | str | tuple[Element]] = [*reversed(root.children)]
        while waiting:
            one = waiting.pop()
            if isinstance(one, str):
                self._inline(one)
            elif isinstance(one, tuple):
                self._leave(one[0])
            elif one is self.title:
                self._titled()
            elif not self._skips(one):
                self._enter(one)
                waiting.append((one,))
                waiting += reversed(one.children)
        self._flush()

    def _skips(self, element: Element) -> bool:
        tokens = element.tokens
        if element.name in ("li", "article", "div", "section") and tokens & _COMMENT:
            self.comments.append(element)
            return True
        if self.comment and (element is self.author or tokens & (_WHEN | _AUTHOR) or element.name == "time"):
            return True
        return _is_chrome(element)

    def _titled(self) -> None:
        self._flush()
        if not any(re.match(r"\s*(?:\d+\.|•) ", line) for line in self.lines):
            self.lines.clear()

    def _inline(self, text: str) -> None:
        text = _SPACES.sub(" ", text)
        text = text.lstrip(" ") if not self._line or self._line[-1].endswith(" ") else text
        if text:
            self._line.append(text)

    def _flush(self, *, blank: bool = True) -> None:
        text = "".join(self._line).strip()
        self._line.clear()
        if text or self._lead.strip():
            indent = "    " * min(self._depth, _DEEPEST)
            self.lines.append((self._lead or indent) + text)
            self._lead = ""
        if blank and self.lines and self.lines[-1]:
            self.lines.append("")

    def _enter(self, element: Element) -> None:
        name = element.name
        if name == "br":
            self._flush(blank=False)
        elif name in ("ol", "ul", "menu"):
            self._flush()
            self._lists.append(_list(element))
        elif name == "li":
            self._item(element)
        elif name[0:1] == "h" and name[1:].isdigit():
            self._flush()
            self._lead = "    " * min(self._depth, _DEEPEST) + "#" * min(int(name[1:]), 6) + " "
        elif name in ("td", "th"):
            self._inline(" ")
        elif name in _BLOCKS or name in ("tr", "hr"):
            self._break(blank=name != "tr")

    def _break(self, *, blank: bool = True) -> None:
        # The mark of an item waits for its first words, however many elements they are wrapped in.
        if self._line:
            self._flush(blank=blank)
        elif blank and not self._lead and self.lines and self.lines[-1]:
            self.lines.append("")

    def _item(self, element: Element) -> None:
        self._flush(blank=False)
        listed = self._lists[-1] if self._lists else _List(None)
        mark = "• "
        if listed.number is not None:
            value = element.attributes.get("value", "")
            listed.number = int(value) if value.isdecimal() and len(value) < 4 else listed.number
            mark = f"{listed.number}. "
            listed.number += listed.step
        self._lead = "    " * min(self._depth, _DEEPEST) + mark
        self._depth += 1

    def _leave(self, element: Element) -> None:
        name = element.name
        if name in ("ol", "ul", "menu"):
            self._flush()
            self._lists.pop()
        elif name == "li":
            self._flush(blank=False)
            self._depth -= 1
        elif name[0:1] == "h" and name[1:].isdigit():
            self._flush()
            self._lead = ""
        elif name in _BLOCKS or name == "tr":
            self._break(blank=name != "tr")


def _list(element: Element) -> _List:
    if element.name != "ol":
        return _List(None)
    items = sum(isinstance(child, Element) and child.name == "li" for child in element.children)
    down = "reversed" in element.attributes
    start = element.attributes.get("start", "")
    number = int(start) if start.isdecimal() and len(start) < 4 else items if down else 1
    return _List(number, -1 if down else 1)
