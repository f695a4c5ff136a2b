"""For how long a server keeps what, in words."""

from bot.core.retention import Retention
from bot.texts import _, ngettext


def text(chosen: Retention) -> str:
    """What is kept for how long, and from when on."""
    lines = [
        _("**For how long what is stored here is kept**"),
        _("- how votes changed: {time}").format(time=_time(chosen.history)),
        _("- what is written in cases and appeals: {time}").format(time=_time(chosen.cases)),
        _("Votes as they stand, points, and that there was a case stay for as long as I am here."),
    ]
    if chosen.holds_from is not None and (chosen.history or chosen.cases):
        when = f"<t:{int(chosen.holds_from.timestamp())}:f>"
        lines.append(_("What is older goes for good, from {when} on.").format(when=when))
    return "\n".join(lines)


def _time(days: int | None) -> str:
    if days is None:
        return _("for as long as I am here")
    return ngettext("{days} day", "{days} days", days).format(days=days)
