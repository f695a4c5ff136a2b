"""What a moderator is told beside the answer: their stakes, and the button that undoes what they did."""

import re
from typing import Any

import discord

from bot.core.asides import Aside, Stake, Undo
from bot.core.cases import Case, CaseAct
from bot.core.ids import CaseId
from bot.display import limits
from bot.display.inert import inert_line
from bot.texts import _

TEMPLATE = re.compile(r"v1:undo:(?P<act>[a-z-]{1,16}):(?P<case>\d{1,18})")
_NAME = 80


def button_id(act: CaseAct, case: CaseId) -> str:
    """The id of the button that undoes the act of a case."""
    return f"v1:undo:{act}:{case}"


def beside(said: str, aside: Aside) -> dict[str, Any]:
    """An answer and what is told beside it, as discord.py sends it."""
    text = "\n".join([said, *reminders(aside)])
    return {"content": text} if aside.undo is None else {"content": text, "view": _view(aside.undo)}


def reminders(aside: Aside) -> list[str]:
    """A line for each of the stakes, and for the time in which the act can be undone."""
    lines = [_stakes()[stake] for stake in aside.stakes]
    if aside.undo is not None and aside.undo.until is not None:
        lines.append(_("It can be undone until {when}.").format(when=f"<t:{int(aside.undo.until.timestamp())}:f>"))
    return [f"-# {line}" for line in lines]


def _stakes() -> dict[Stake, str]:
    return {
        Stake.WROTE: _("You wrote this point yourself."),
        Stake.VOTED: _("You voted on this point yourself."),
        Stake.DECIDED: _("You have decided the same about this point before."),
    }


def _view(undo: Undo) -> discord.ui.View:
    shown = discord.ui.View(timeout=None)
    shown.add_item(discord.ui.Button(label=_("Undo"), custom_id=button_id(undo.act, undo.case)))
    shown.stop()  # who presses is answered by the button's id, not by this object
    return shown


def undone(case: Case) -> str:
    """Tells a moderator what is undone."""
    said = {
        CaseAct.HIDE: _("Undone: **{name}** is as it was, and its votes count."),
        CaseAct.WITHDRAW: _("Undone: **{name}** is as it was, and its votes count. Its author is told."),
        CaseAct.LOCK: _("Undone: **{name}** is open again, and its thread is being unlocked."),
        CaseAct.REFUSE: _("Undone: **{name}** waits for a decision again. Its author is told."),
        CaseAct.MERGE: _("Undone: **{name}** counts for itself again, with every vote that was cast on it."),
        CaseAct.CLOSE: _("Undone: “{name}” is open again, and its threads are being unlocked."),
    }[case.act]
    name = case.title if case.point is None else case.label
    return said.format(name=limits.shorten(inert_line(name), _NAME))
