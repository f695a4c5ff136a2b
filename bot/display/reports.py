"""Reports: the form, the answer to whoever reports, and what the moderators see of it."""

import discord

from bot.core.cases import CaseReason
from bot.core.critiques import Critique
from bot.core.ids import MessageId, ReportId
from bot.core.points import Point, PointStatus
from bot.core.reports import LONGEST, LONGEST_TIP, NAMED_FOR, Report, ReportStatus, Voice
from bot.display import limits
from bot.display.actors import person
from bot.display.cases import REASON, WORDS, reason
from bot.display.forms import Form
from bot.display.inert import inert, inert_line
from bot.display.points import link
from bot.texts import _, ngettext

DISMISS, HIDE = "dismiss", "hide"
TEXT = "text"
_TITLE = 80
_QUOTED = 400
_SAID = 200
_VOICES = 5  # whose words are shown


def button_id(report: ReportId, act: str) -> str:
    """The id of a button under a report."""
    return f"v1:report:{report}:{act}"


def form(message: MessageId) -> Form:
    """Asks a member what is wrong with a message of the channel in which it is filled in."""
    modal = Form(title=_("Report to the moderators"), custom_id=f"v1:reported:{message}", timeout=None)
    options = [discord.SelectOption(label=reason(each), value=each) for each in CaseReason]
    choice = discord.ui.Select[discord.ui.LayoutView](custom_id=REASON, options=options)
    modal.add_item(discord.ui.Label(text=_("What is wrong with it"), description=_unnamed(), component=choice))
    words = discord.ui.TextInput[discord.ui.LayoutView](
        custom_id=WORDS, style=discord.TextStyle.paragraph, required=False, max_length=LONGEST
    )
    modal.add_item(discord.ui.Label(text=_("In your own words"), component=words))
    return modal


def tip_form() -> Form:
    """Asks a member what the moderators should know."""
    modal = Form(title=_("A word to the moderators"), custom_id="v1:tip", timeout=None)
    words = discord.ui.TextInput[discord.ui.LayoutView](
        custom_id=TEXT, style=discord.TextStyle.paragraph, max_length=LONGEST_TIP
    )
    modal.add_item(discord.ui.Label(text=_("What they should know"), description=_unnamed(), component=words))
    return modal


def _unnamed() -> str:
    return _("Moderators do not see your name. I keep it for {days} days, against misuse.").format(days=NAMED_FOR.days)


def hide_form(report: Report) -> Form:
    """Asks a moderator why what was reported is hidden."""
    modal = Form(title=_("Hide the point"), custom_id=f"v1:hide-reported:{report.id}", timeout=None)
    options = [discord.SelectOption(label=reason(each), value=each) for each in CaseReason]
    choice = discord.ui.Select[discord.ui.LayoutView](custom_id=REASON, options=options)
    modal.add_item(discord.ui.Label(text=_("Reason"), description=_("Its author is told."), component=choice))
    words = discord.ui.TextInput[discord.ui.LayoutView](
        custom_id=WORDS, style=discord.TextStyle.paragraph, required=False, max_length=LONGEST
    )
    modal.add_item(discord.ui.Label(text=_("In your own words"), component=words))
    return modal


def thanks() -> str:
    """The answer to whoever has reported something."""
    return _("Thank you: the moderators see this, without your name. What they decide stands in `/case ledger`.")


def tipped() -> str:
    """The answer to whoever has tipped the moderators off."""
    return _("Thank you: the moderators see what you wrote, without your name.")


def text(report: Report, point: Point | None, critique: Critique | None) -> str:
    """What was reported and what is to be or has been decided, for the moderators, within one message."""
    head = f"{name(report)} {_about(report, point, critique)}".rstrip()
    lines = [head]
    if report.reasons:
        lines.append(_counted(report))
    if point is not None:
        lines.append(_("The text: {text}").format(text=limits.shorten(inert_line(point.text), _QUOTED)))
    lines += [inert(voice.words) for voice in report.voices] if report.is_tip else _words(report)
    foot = f"-# {_state(report, point)}"
    room = limits.MESSAGE - limits.length(foot) - 1
    said = limits.shorten("\n".join(lines), room)
    return f"{said}\n{foot}"


def name(report: Report) -> str:
    """What it is called."""
    said = _("**Tip {number}**") if report.is_tip else _("**Report {number}**")
    return said.format(number=report.id)


def _about(report: Report, point: Point | None, critique: Critique | None) -> str:
    if report.is_tip:
        return _("from a member, whose name is not shown")
    title = "" if critique is None else limits.shorten(inert_line(critique.title), _TITLE)
    by = person(report.author)
    if point is not None:
        where = "" if point.thread is None else link(report.guild, point.thread)
        said = _("about point **{label}** of “{title}” by {author} {where}")
        return said.format(label=inert_line(point.name), title=title, author=by, where=where).rstrip()
    where = "" if report.channel is None else link(report.guild, report.channel, report.message)
    return _("about a message by {author} on “{title}” {where}").format(author=by, title=title, where=where).rstrip()


def _counted(report: Report) -> str:
    count = len(report.voices)
    who = ngettext("{count} member", "{count} members", count).format(count=count)
    return f"{who}: " + ", ".join(f"{reason(each)} ({count})" for each, count in report.reasons)


def _words(report: Report) -> list[str]:
    return [f"> {_line(voice)}" for voice in report.voices if voice.words][:_VOICES]


def _line(voice: Voice) -> str:
    return limits.shorten(inert_line(voice.words), _SAID)


def _state(report: Report, point: Point | None) -> str:
    by = person(report.decided_by)
    match report.status:
        case ReportStatus.DISMISSED:
            return _("✅ Dismissed by {moderator}.").format(moderator=by)
        case ReportStatus.UPHELD:
            return _("❌ Hidden by {moderator}.").format(moderator=by)
        case ReportStatus.OPEN if point is not None and point.status is PointStatus.REPORTED:
            return _("It is out of sight until one of you decides.")
        case ReportStatus.OPEN if report.reopened:
            return _("It was dismissed once, and has been reported again since.")
        case ReportStatus.OPEN if point is None and not report.is_tip:
            return _("The message is its author's: delete it in Discord if it must go.")
        case _:
            return _("Nothing has been done yet.")


def view(report: Report) -> discord.ui.View | None:
    """The buttons under it; none once it is decided."""
    if not report.is_open:
        return None
    shown = discord.ui.View(timeout=None)
    acts = [(_("Dismiss"), discord.ButtonStyle.secondary, DISMISS)]
    if report.point is not None:
        acts.append((_("Hide…"), discord.ButtonStyle.danger, HIDE))
    for label, style, act in acts:
        shown.add_item(discord.ui.Button(label=label, style=style, custom_id=button_id(report.id, act)))
    shown.stop()  # who presses is answered by the button's id, not by this object
    return shown


def gist(report: Report) -> str:
    """What was said in it, in a line, for `/mod queue`."""
    if report.is_tip:
        return " ".join(voice.words for voice in report.voices)
    return _counted(report)
