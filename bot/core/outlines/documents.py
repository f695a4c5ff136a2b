"""From bytes to lines: what a document is written in, and what its lines are.

1. UTF-8 with or without a mark, and UTF-16 with one, are read; other bytes without control
   characters are read as Windows-1252 (Latin-1 where that leaves gaps), with a notice.
2. A text with a few broken bytes stays UTF-8: each is shown as U+FFFD, with a notice.
3. Control characters and half surrogates never reach the outline. Every kind of line end is one.
4. Empty, binary and too large are `Unreadable`.
"""

import re
from dataclasses import dataclass

from bot.core.outlines.values import LIMIT, Notice, Unreadable

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_KINDS = (
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP"),
    (b"\xd0\xcf\x11\xe0", "Word"),
    (b"{\\rtf", "RTF"),
    (b"\x1f\x8b", "GZIP"),
)
_CONTROL_BYTES = bytes(set(range(32)) - set(b"\t\n\r\x0b\x0c\x1a\x1b"))
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_HALF = re.compile("[\ud800-\udfff]")
_TAGS = re.compile(r"<(?:html|body|head|ol|ul|li|p|h[1-6]|div|article|br)[\s/>]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Document:
    """A document as clean text: kind is `text`, `markdown` or `html`."""

    text: str
    kind: str
    notices: tuple[Notice, ...] = ()


def document_of(source: bytes | str, name: str) -> Document:
    """The clean text of a document, or `Unreadable`."""
    size = len(source) if isinstance(source, bytes) else len(source.encode("utf-8", "surrogatepass"))
    if size > LIMIT:
        raise Unreadable("too_large", {"size": size, "limit": LIMIT})
    notices: tuple[Notice, ...] = ()
    if isinstance(source, bytes):
        source, notices = _decoded(source)
    text = _UNSEEN.sub("", _HALF.sub("\ufffd", _LINE_ENDS.sub("\n", source)))
    if not shows(text):
        raise Unreadable("empty")
    return Document(text, _kind(text, name.lower()), notices)


def visible(character: str) -> bool:
    """Whether a reader would see anything where this character stands."""
    return character.isprintable() and not character.isspace()


def shows(text: str) -> bool:
    """Whether a reader would see anything of a text."""
    return any(map(visible, text))


def _kind(text: str, name: str) -> str:
    start = text[:4096].lstrip().lower()
    if name.endswith((".html", ".htm", ".xhtml")) or start.startswith(("<!doctype html", "<html")):
        return "html"
    if name.endswith((".md", ".markdown")):
        return "markdown"
    if not name.endswith(".txt") and start.startswith("<") and len(_TAGS.findall(text[:65536])) > 1:
        return "html"
    return "text"


def _decoded(source: bytes) -> tuple[str, tuple[Notice, ...]]:
    for bom, encoding in _BOMS:
        if source.startswith(bom):
            return source[len(bom) :].decode(encoding, "replace"), ()
    _refuse_binary(source)
    try:
        return source.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _guessed(source)


def _refuse_binary(source: bytes) -> None:
    for magic, kind in _KINDS:
        if source.startswith(magic):
            raise Unreadable("binary", {"kind": kind})
    controls = len(source) - len(source.translate(None, _CONTROL_BYTES))
    if controls and (b"\0" in source or controls * 100 > len(source)):
        raise Unreadable("binary", {"kind": ""})


def _guessed(source: bytes) -> tuple[str, tuple[Notice, ...]]:
    damaged = source.decode("utf-8", "replace")
    broken = damaged.count("\ufffd")
    sound = sum(character > "\x7f" for character in damaged) - broken
    if sound > broken:
        return damaged, (Notice("damaged", {"count": broken}),)
    try:
        return source.decode("cp1252"), (Notice("encoding", {"encoding": "Windows-1252"}),)
    except UnicodeDecodeError:
        return source.decode("latin-1"), (Notice("encoding", {"encoding": "Latin-1"}),)
