"""A reminder in words: how much waits for moderators, and for how long."""

from bot.core.reminders import Reminder
from bot.display.cases import span
from bot.texts import _, ngettext


def text(reminder: Reminder, day: str) -> str:
    """One short message, which begins with `head`."""
    additions = ngettext("{count} addition", "{count} additions", reminder.additions)
    appeals = ngettext("{count} appeal", "{count} appeals", reminder.appeals)
    reports = ngettext("{count} report", "{count} reports", reminder.reports)
    each = ((additions, reminder.additions), (appeals, reminder.appeals), (reports, reminder.reports))
    said = ngettext(
        "{what} has waited for you for {time}. `/mod queue` shows it.",
        "{what} wait for you, the oldest for {time}. `/mod queue` shows them.",
        reminder.count,
    )
    what = _(" and ").join(words.format(count=count) for words, count in each if count)
    return f"{head(day)}\n{said.format(what=what, time=span(reminder.waited))}"


def head(day: str) -> str:
    """The line that tells one such message from all others."""
    return "-# " + _("For the moderators · what waits on {day}").format(day=day)
