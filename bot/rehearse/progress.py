"""How far a rehearsal is, as one bar a stage."""

from collections.abc import Callable

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from bot.texts import _


def shown_on(console: Console) -> Progress:
    """Bars that are gone when the block ends."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True)


def bars(progress: Progress) -> Callable[[str, int, int], None]:
    """The cast's progress as one bar a stage."""
    names = {
        "open": _("Opening the critique"),
        "points": _("Posting the points"),
        "comments": _("Re-enacting the comments"),
        "moderation": _("Moderating what was added"),
        "votes": _("Voting (simulated)"),
    }
    bars: dict[str, TaskID] = {}

    def show(stage: str, done: int, total: int) -> None:
        if stage not in bars:
            bars[stage] = progress.add_task(names.get(stage, stage), total=total)
        progress.update(bars[stage], completed=done, total=total)

    return show
