"""The text that some lines make.

1. Blank lines at the edges go, several in a row are one, and the indentation that all following
   lines share goes; nothing else does.
2. Lines of a paragraph that was only wrapped are joined by a space: where the first word of the
   next line would not have fitted on this one, or where Markdown joins them anyway. Lines that
   begin with a mark of a sub-list keep their line.
"""

from dataclasses import dataclass

from bot.core.outlines.lines import Line

_WIDEST = 100


@dataclass(frozen=True, slots=True)
class Flow:
    """How lines were broken. Width 0: every break is the author's."""

    width: int = 0
    always: bool = False


AS_WRITTEN = Flow()


def flow_of(lines: list[Line], kind: str) -> Flow:
    """How the lines of a document were broken."""
    if kind == "markdown":
        return Flow(always=True)
    width = max((line.indent + len(line.text) for line in lines), default=0)
    return Flow(width if kind == "text" and 40 <= width <= _WIDEST else 0)


def text_of(lines: list[Line], first: str | None = None, flow: Flow = AS_WRITTEN) -> str:
    """The text of some lines; `first` stands for the first line where a mark was taken from it."""
    if len(lines) == 1:
        return (lines[0].text if first is None else first).strip()
    margin = min((line.indent for line in (lines if first is None else lines[1:]) if not line.blank), default=0)
    parts: list[str] = []
    before: Line | None = None
    for index, line in enumerate(lines):
        if line.blank:
            before = None
            continue
        text = " " * (line.indent - margin) + line.text
        if index == 0 and first is not None:
            text = first
        parts.append(_joint(parts, before, line, flow) + (text.lstrip() if _soft(before, line, flow) else text))
        before = line
    return "".join(parts).strip()


def _joint(parts: list[str], before: Line | None, line: Line, flow: Flow) -> str:
    if not parts:
        return ""
    if before is None:
        return "\n\n"
    return " " if _soft(before, line, flow) else "\n"


def _soft(before: Line | None, line: Line, flow: Flow) -> bool:
    if before is None or line.mark is not None or line.inert or before.inert or line.heading or before.heading:
        return False
    if flow.always:
        return True
    word = line.text.split(maxsplit=1)[0]
    return flow.width > 0 and before.indent + len(before.text) + 1 + len(word) > flow.width - 2
