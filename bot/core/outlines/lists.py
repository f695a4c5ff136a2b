"""Which marks belong together: the lists of a document, in the order they begin.

1. A list is a run of marks of one style at one indentation whose numbers go on, up or down.
   Repeated, missing and disordered numbers stay in the run; a number far off that nothing
   follows is a number at the start of a line, and text.
2. What is indented below a mark belongs to its point; so does another style of mark, as long as
   the outer list goes on after it or no blank line comes between.
3. Numbers that begin again begin a new list. Bullets end at the first paragraph that is not theirs.
4. A bonus mark belongs to the numbered list before it; a bonus line without words of its own
   (`And for a bonus point:`) leads in the next mark.
5. One pass, and a bounded stack: the time is linear in the number of lines.
"""

from dataclasses import dataclass, field

from bot.core.outlines.lines import Line
from bot.core.outlines.marks import Mark
from bot.core.outlines.numbering import Sequel, sequel

_DEPTH = 24


@dataclass(slots=True)
class Run:
    """Marks that make one list: the indices of their lines, and their numbers."""

    style: str
    indent: int
    outer: "Run | None" = None
    starts: list[int] = field(default_factory=list[int])
    numbers: list[int] = field(default_factory=list[int])
    bonus: list[int] = field(default_factory=list[int])
    lead_ins: list[int] = field(default_factory=list[int])
    apart: bool = False
    broken: bool = False
    spread: bool = False

    @property
    def numbered(self) -> bool:
        """Whether the list has numbers."""
        return bool(self.numbers)

    @property
    def rank(self) -> int:
        """The rank of the headings that the points are, 0 where they are none."""
        return int(self.style[1]) if self.style[0] == "h" else 0

    @property
    def begin(self) -> int:
        """The line at which the list begins, a line that leads in its first mark included."""
        return min(self.starts[:1] + self.bonus[:1] + self.lead_ins[:1])

    @property
    def last(self) -> int:
        """The line at which the last point begins."""
        return max(self.starts[-1:] + self.bonus[-1:])

    @property
    def entries(self) -> list[int]:
        """The lines at which points begin, bonus points included."""
        return sorted(self.starts + self.bonus)


def lists_of(lines: list[Line]) -> list[Run]:
    """The lists that stand on their own, each of two points at least, or of one in numbers."""
    finder = _Finder(lines)
    for index, line in enumerate(lines):
        finder.take(index, line)
    runs = [run for run in finder.runs if finder.stands(run) and not _is_bonus(run, lines)]
    several = [run for run in runs if len(run.entries) > 1]
    return several or [run for run in runs if run.numbered and _sole(lines[run.starts[0]])]


def _is_bonus(run: Run, lines: list[Line]) -> bool:
    """Gives one lone star after a numbered list to that list, as its bonus point."""
    if run.outer is None or not run.outer.numbered or run.style != "bullet *" or len(run.starts) > 1:
        return False
    run.outer.bonus += run.starts
    return True


def _sole(line: Line) -> bool:
    mark = line.mark
    return mark is not None and mark.number == 1 and mark.style not in ("-", ":")


class _Finder:
    """The lines seen so far: the runs found, and those still open, outermost first."""

    def __init__(self, lines: list[Line]) -> None:
        self._lines = lines
        self._next = _followers(lines)
        self.runs: list[Run] = []
        self._open: list[Run] = []

    def take(self, index: int, line: Line) -> None:
        if line.mark is None:
            self._prose(index, line)
        elif line.mark.bonus:
            self._bonus(index, line, line.mark)
        elif not self._joins(index, line, line.mark):
            self._begin(index, line, line.mark)

    def stands(self, run: Run) -> bool:
        """Whether a run is a list of its own, not part of a point of another."""
        if not run.starts:
            return False
        outer = run.outer
        if outer is None or not outer.starts:
            return True
        return run.apart and outer.last < run.starts[0] and self.stands(outer)

    def _after_blank(self, index: int) -> bool:
        return index == 0 or self._lines[index - 1].blank

    def _prose(self, index: int, line: Line) -> None:
        if line.blank:
            return
        if line.heading:
            self._open = [run for run in self._open if not _closes(line, run)]
        for run in self._open:
            if line.indent <= run.indent and (line.heading or self._after_blank(index)):
                run.broken = True

    def _joins(self, index: int, line: Line, mark: Mark) -> bool:
        """Takes the mark into the innermost open run that it goes on with."""
        depth = self._home(line, mark)
        if depth is None:
            return False
        run = self._open[depth]
        verdict = self._verdict(run, mark, index)
        if verdict is Sequel.GOES_ON:
            del self._open[depth + 1 :]
            self._append(run, index, mark)
        elif verdict is Sequel.BEGINS:
            del self._open[depth:]
        return verdict is not Sequel.BEGINS

    def _home(self, line: Line, mark: Mark) -> int | None:
        """The open run that the mark stands in line with: the nearest column, and of two as near the inner one."""
        style = _style(line, mark)
        nearest: tuple[int, int] | None = None
        for depth in range(len(self._open) - 1, -1, -1):
            run = self._open[depth]
            deeper = line.indent - run.indent
            fits = run.style == style and -3 < deeper < 3 and (deeper < 2 or _next_in(run, mark))
            if fits and (nearest is None or abs(deeper) < nearest[0]):
                nearest = abs(deeper), depth
        if nearest is not None:
            return nearest[1]
        if self._open and self._changes_style(self._open[-1], line, mark):
            return len(self._open) - 1
        return None

    def _changes_style(self, run: Run, line: Line, mark: Mark) -> bool:
        """One list may mix `1)` with `2.`, where the number is the very next."""
        same_rank = run.rank == line.heading
        return same_rank and abs(run.indent - line.indent) < 2 and _next_in(run, mark)

    def _verdict(self, run: Run, mark: Mark, index: int) -> Sequel:
        if mark.number is None:
            return self._bullet_verdict(run)
        following = [self._number(at) for at in self._ahead(index)]
        loose = self._after_blank(index) or self._lines[index - 1].mark is not None
        return sequel(run.numbers, mark.number, following, loose=loose)

    def _bullet_verdict(self, run: Run) -> Sequel:
        if len(run.starts) == 1:
            run.spread = run.broken
            return Sequel.GOES_ON
        if len(run.starts) == 2 and run.spread and not run.broken:
            # The first bullet stood alone before a paragraph: it was no part of this list.
            run.starts.pop(0)
            run.spread = False
        return Sequel.BEGINS if run.broken and not run.spread else Sequel.GOES_ON

    def _ahead(self, index: int) -> list[int]:
        first = self._next.get(index)
        second = None if first is None else self._next.get(first)
        return [at for at in (first, second) if at is not None]

    def _number(self, index: int) -> int:
        mark = self._lines[index].mark
        return mark.number if mark and mark.number is not None else -1

    def _append(self, run: Run, index: int, mark: Mark) -> None:
        self._lead_in(run, index)
        run.starts.append(index)
        run.broken = False
        if mark.number is not None:
            run.numbers.append(mark.number)

    def _begin(self, index: int, line: Line, mark: Mark) -> None:
        while self._open and self._open[-1].indent > line.indent + 1:
            self._open.pop()
        self._open = [run for run in self._open if run.numbered or not run.broken]
        if len(self._open) >= _DEPTH:
            return
        outer = self._open[-1] if self._open else None
        run = Run(_style(line, mark), line.indent, outer)
        if outer is not None:
            deeper = line.indent > outer.indent + 1
            run.apart = not deeper and self._after_blank(index) and not _ranks_above(outer, line)
        self._append(run, index, mark)
        self.runs.append(run)
        self._open.append(run)

    def _bonus(self, index: int, line: Line, mark: Mark) -> None:
        """Gives a bonus mark to the outermost open list at its indentation."""
        for depth, run in enumerate(self._open):
            if line.indent > run.indent + 1 or (run.broken and not run.numbered):
                continue
            self._lead_in(run, index)
            if not mark.rest:
                run.lead_ins.append(index)
            run.bonus.append(index)
            del self._open[depth + 1 :]
            return

    def _lead_in(self, run: Run, index: int) -> None:
        """A bonus line without words, right before another mark, is no point but leads in that mark."""
        if not run.bonus or run.bonus[-1:] != run.lead_ins[-1:]:
            return
        if all(line.blank for line in self._lines[run.bonus[-1] + 1 : index]):
            run.bonus.pop()


def _style(line: Line, mark: Mark) -> str:
    return f"h{line.heading} {mark.style}" if line.heading else mark.style


def _ranks_above(run: Run, line: Line) -> bool:
    """Whether a run of headings holds whatever follows it below its rank."""
    return run.rank > 0 and not 0 < line.heading <= run.rank


def _closes(line: Line, run: Run) -> bool:
    return line.heading <= run.rank


def _next_in(run: Run, mark: Mark) -> bool:
    if mark.number is None or not run.numbers:
        return False
    down = len(run.numbers) > 1 and run.numbers[-1] < run.numbers[0]
    return mark.number == run.numbers[-1] + (-1 if down else 1)


def _followers(lines: list[Line]) -> dict[int, int]:
    """For each numbered line, the next one of its style at about its indentation."""
    seen: dict[tuple[str, int], int] = {}
    followers: dict[int, int] = {}
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if line.mark is None or line.mark.number is None:
            continue
        style = _style(line, line.mark)
        near = [seen[style, line.indent + step] for step in (-1, 0, 1) if (style, line.indent + step) in seen]
        if near:
            followers[index] = min(near)
        seen[style, line.indent] = index
    return followers
