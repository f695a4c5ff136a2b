"""Cases in words: what a member is told, what moderators see of an appeal, the public ledger, and the forms."""

from collections.abc import Sequence
from datetime import timedelta

import discord

from bot.core.cases import LONGEST_ANSWER, LONGEST_APPEAL, LONGEST_WORDS, Appeal, Case, CaseAct, CaseReason, Ledger, Why
from bot.core.ids import ArgumentId, CaseId, PointId
from bot.display import limits
from bot.display.actors import person
from bot.display.forms import Form, Submission
from bot.display.inert import inert_line
from bot.texts import _, ngettext

APPEAL, GRANT, KEEP = "appeal", "grant", "keep"
REASON, WORDS, TEXT = "reason", "words", "text"
_TITLE = 80
_QUOTED = 300
_SAID = 500
_ROWS = 20
_SERVER = 120  # a name of 100 characters, mostly
_LABEL = 40
_LINES = "\n\n> "  # what stands before an outcome and an answer


def button_id(case: CaseId, act: str) -> str:
    """The id of a button about a case."""
    return f"v1:case:{case}:{act}"


def told(case: Case, server: str) -> str:
    """What a moderator of the server did, to whom it concerns, and the answer to their appeal once there is one."""
    named = limits.shorten(inert_line(server), _SERVER)
    head = "-# " + _("{server} · case {number}").format(server=named, number=case.id)
    lines = [head, *_happened(case)]
    if case.appeal is not None and case.appeal.granted is not None:
        lines += _answered(case.appeal, limits.MESSAGE - limits.length("\n".join(lines)))
    elif case.may_appeal:
        lines.append(_("If you think this is wrong, you can appeal once; a moderator answers in writing."))
    return "\n".join(lines)


def begins(case: Case, server: str) -> str:
    """What tells the message about a case from all others."""
    return told(case, server).partition("\n")[0]


def _happened(case: Case) -> list[str]:
    lines = [_done_to_member(case) if case.act.is_about_a_member else _done_to_point(case)]
    if case.why.reason is not None:
        lines.append(_("Reason: {reason}.").format(reason=reason(case.why.reason)))
    if case.why.words:
        lines.append(f"> {limits.shorten(inert_line(case.why.words), _SAID)}")
    if case.text and case.act not in (CaseAct.RESTORE, CaseAct.UNMERGE, CaseAct.REWORD):
        lines.append(_("What you wrote: {text}").format(text=limits.shorten(inert_line(case.text), _QUOTED)))
    return lines


def _done_to_point(case: Case) -> str:
    said = {
        CaseAct.REFUSE: _("The moderators did not take your addition **{label}** into “{title}”."),
        CaseAct.HIDE: _("The moderators hid your point **{label}** of “{title}”: its text is not shown any more."),
        CaseAct.MERGE: _(
            "The moderators merged your point **{label}** of “{title}” into another that says the same: it stays to "
            "be read, and its votes count there."
        ),
        CaseAct.UNMERGE: _("Your point **{label}** of “{title}” is not merged any more: it counts for itself again."),
        CaseAct.REWORD: _("The moderators changed the words of your point **{label}** of “{title}”."),
        CaseAct.WITHDRAW: _("The moderators withdrew your addition **{label}** of “{title}”: its label stays alone."),
        CaseAct.RESTORE: _("The moderators restored your point **{label}** of “{title}”: it is as it was."),
        CaseAct.MOVE: _(
            "The moderators moved your addition **{label}** of “{title}” to another list{place}; there votes begin "
            "anew."
        ),
        CaseAct.UNARGUE: _("The moderators took an argument of yours about point **{label}** of “{title}” away."),
        CaseAct.UNREFUSE: _(
            "The moderators took their refusal of your addition **{label}** to “{title}” back: it waits for them again."
        ),
    }[case.act]
    return said.format(label=limits.shorten(inert_line(case.label), _LABEL), title=_title(case), place=_place(case))


def _place(case: Case) -> str:
    if case.moved is None:
        return ""
    title = limits.shorten(inert_line(case.moved.title), _TITLE)
    return _(", “{title}”, where it is **{label}**").format(title=title, label=inert_line(case.moved.to.name))


def _done_to_member(case: Case) -> str:
    said = {
        CaseAct.EXCLUDE: _("The moderators took your votes out of the figures, {where}. They are kept, and not named."),
        CaseAct.INCLUDE: _("The moderators brought your votes back into the figures, {where}."),
        CaseAct.MUTE: _(
            "The moderators muted you until {until}: until then you can add nothing here. Your votes count."
        ),
        CaseAct.UNMUTE: _("The moderators ended your mute: you can add to the lists again."),
    }[case.act]
    until = "" if case.until is None else f"<t:{int(case.until.timestamp())}:f>"
    return said.format(where=where(case), until=until)


def where(case: Case) -> str:
    """Where an act that is about no point holds."""
    return _("on the whole server") if case.critique is None else _("in “{title}”").format(title=_title(case))


def _title(case: Case) -> str:
    return limits.shorten(inert_line(case.title), _TITLE)


def _answered(appeal: Appeal, room: int) -> list[str]:
    granted = _("**Your appeal was granted**, and this is undone. The moderators' answer:")
    kept = _("**Your appeal was read, and this stands.** The moderators' answer:")
    outcome = granted if appeal.granted else kept
    return [outcome, f"> {limits.shorten(inert_line(appeal.answer), room - limits.length(outcome) - len(_LINES))}"]


def appealing(cases: Sequence[Case]) -> discord.ui.View | None:
    """A button for each of the cases that can still be appealed; None where none can."""
    shown = discord.ui.View(timeout=None)
    several = len(cases) > 1
    for case in cases:
        if case.may_appeal:
            label = _("Appeal case {number}").format(number=case.id) if several else _("Appeal")
            shown.add_item(discord.ui.Button(label=label, custom_id=button_id(case.id, APPEAL)))
    shown.stop()  # who presses is answered by the button's id, not by this object
    return shown if shown.children else None


def mine(cases: Sequence[Case], server: str) -> str:
    """The member's own cases, newest first, within one message."""
    if not cases:
        return _("No moderator has done anything to what you wrote here.")
    room = limits.MESSAGE // len(cases) - 2
    return "\n\n".join(limits.shorten(told(case, server), room) for case in cases)


def appeal(case: Case) -> str:
    """An appeal, or what became of it, for the moderators, within one message."""
    said = case.appeal
    if said is None:
        raise ValueError("nobody has appealed against this case")
    head = _("**Appeal against case {number}** ({act}, {about})").format(
        number=case.id, act=act(case.act), about=_about(case)
    )
    why = "" if case.why.reason is None else _("Reason: {reason}.").format(reason=reason(case.why.reason))
    author = _("By {member} {when}").format(member=person(case.member), when=f"<t:{int(said.at.timestamp())}:R>")
    lines = [head, f"-# {author} {why}".rstrip()]
    if case.text:
        lines.append(_("The text: {text}").format(text=limits.shorten(inert_line(case.text), _QUOTED)))
    lines += [f"> {limits.shorten(inert_line(said.text), LONGEST_APPEAL)}", _state(said)]
    return limits.shorten("\n".join(lines), limits.MESSAGE)


def _about(case: Case) -> str:
    if case.point is None:
        return where(case)
    return _("point **{label}** of “{title}”").format(label=inert_line(case.label), title=_title(case))


def _state(said: Appeal) -> str:
    if said.granted is None:
        return "-# " + _("It waits for an answer in writing, which closes it.")
    outcome = _("✅ Granted and undone.") if said.granted else _("❌ It stands.")
    return f"{outcome} {limits.shorten(inert_line(said.answer), _SAID)}"


def answering(case: Case) -> discord.ui.View | None:
    """The buttons under an appeal; none once it is answered."""
    if case.appeal is None or case.appeal.granted is not None:
        return None
    shown = discord.ui.View(timeout=None)
    for label, style, which in (
        (_("Grant and undo…"), discord.ButtonStyle.success, GRANT),
        (_("It stands…"), discord.ButtonStyle.danger, KEEP),
    ):
        shown.add_item(discord.ui.Button(label=label, style=style, custom_id=button_id(case.id, which)))
    shown.stop()
    return shown


def ledger(it: Ledger) -> str:
    """The public ledger: counts, reasons and times, and no names."""
    if not it.cases:
        return _("The moderators have done nothing here yet that is on record.")
    head = ngettext(
        "**{count} act of moderation** on this server", "**{count} acts of moderation** on this server", it.cases
    )
    lines = [head.format(count=it.cases)]
    for what, why, count in it.acts[:_ROWS]:
        because = "" if why is None else f" · {reason(why)}"
        lines.append(f"{count} × {act(what)}{because}")
    if it.appeals:
        lines.append(
            ngettext("{count} appeal: ", "{count} appeals: ", it.appeals).format(count=it.appeals)
            + _("{granted} granted, {waiting} waiting").format(granted=it.granted, waiting=it.waiting)
        )
    if it.half_answered_within is not None:
        lines.append(_("Half of the appeals were answered within {time}.").format(time=span(it.half_answered_within)))
    return limits.shorten("\n".join(lines), limits.MESSAGE)


def span(time: timedelta) -> str:
    """A span of time in words, in minutes, hours or days."""
    minutes = max(1, round(time.total_seconds() / 60))
    if minutes < 120:
        return ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)
    hours = round(minutes / 60)
    if hours < 48:
        return ngettext("{count} hour", "{count} hours", hours).format(count=hours)
    return ngettext("{count} day", "{count} days", round(hours / 24)).format(count=round(hours / 24))


def act(which: CaseAct) -> str:
    """What a moderator did, in a word or two."""
    return {
        CaseAct.APPROVE: _("addition approved"),
        CaseAct.REFUSE: _("addition refused"),
        CaseAct.HIDE: _("point hidden"),
        CaseAct.RESTORE: _("point restored"),
        CaseAct.WITHDRAW: _("addition withdrawn"),
        CaseAct.LOCK: _("thread locked"),
        CaseAct.UNLOCK: _("thread unlocked"),
        CaseAct.CLOSE: _("critique closed"),
        CaseAct.REOPEN: _("critique reopened"),
        CaseAct.EXCLUDE: _("votes excluded"),
        CaseAct.INCLUDE: _("votes included again"),
        CaseAct.MUTE: _("member muted"),
        CaseAct.UNMUTE: _("mute ended"),
        CaseAct.MERGE: _("point merged"),
        CaseAct.UNMERGE: _("merge undone"),
        CaseAct.REWORD: _("words changed"),
        CaseAct.NAME_AUTHOR: _("author named"),
        CaseAct.UNREFUSE: _("refusal taken back"),
        CaseAct.SLOW: _("slow mode set"),
        CaseAct.UNSLOW: _("slow mode ended"),
        CaseAct.MOVE: _("addition moved"),
        CaseAct.DISMISS: _("report dismissed"),
        CaseAct.UNARGUE: _("argument taken away"),
        CaseAct.SIDE: _("side of an argument chosen"),
    }[which]


def reason(which: CaseReason) -> str:
    """A reason in a few words."""
    return {
        CaseReason.OFF_TOPIC: _("not about what the list criticises"),
        CaseReason.NOT_A_POINT: _("not a point of its own"),
        CaseReason.DUPLICATE: _("another point says the same"),
        CaseReason.UNKIND: _("unkind to somebody"),
        CaseReason.SPAM: _("advertising or spam"),
        CaseReason.PERSONAL: _("somebody's personal data"),
        CaseReason.OTHER: _("another reason"),
    }[which]


def refuse_form(point: PointId, label: str) -> Form:
    """Asks a moderator why an addition is refused."""
    return _why_form(_("Refuse {label}").format(label=label), f"v1:refuse:{point}")


def unargue_form(argument: ArgumentId, label: str) -> Form:
    """Asks a moderator why an argument about a point is taken away."""
    return _why_form(_("Take away: about {label}").format(label=label), f"v1:unargue:{argument}")


def _why_form(title: str, custom_id: str) -> Form:
    form = Form(title=limits.shorten(title, limits.FORM_TITLE), custom_id=custom_id, timeout=None)
    options = [discord.SelectOption(label=reason(each), value=each) for each in CaseReason]
    choice = discord.ui.Select[discord.ui.LayoutView](custom_id=REASON, options=options)
    form.add_item(discord.ui.Label(text=_("Reason"), description=_("Its author is told."), component=choice))
    words = discord.ui.TextInput[discord.ui.LayoutView](
        custom_id=WORDS, style=discord.TextStyle.paragraph, required=False, max_length=LONGEST_WORDS
    )
    form.add_item(discord.ui.Label(text=_("In your own words"), component=words))
    return form


def why(submission: Submission) -> Why:
    """What a moderator chose and wrote in such a form."""
    return Why(CaseReason(submission.text(REASON)), submission.text(WORDS).strip())


def appeal_form(case: Case) -> Form:
    """Asks a member what speaks against a case."""
    form = Form(title=_("Appeal"), custom_id=f"v1:appeal:{case.id}", timeout=None)
    help_text = _("The moderators read it and answer in writing. There is one appeal for each case.")
    form.add_item(_text_field(_("Why this is wrong"), help_text, LONGEST_APPEAL))
    return form


def answer_form(case: Case, outcome: str) -> Form:
    """Asks a moderator for the answer to an appeal."""
    title = _("Grant the appeal") if outcome == GRANT else _("It stands")
    form = Form(title=title, custom_id=f"v1:answer:{case.id}:{outcome}", timeout=None)
    form.add_item(
        _text_field(_("Your answer"), _("Whoever appealed reads it; your name is not shown."), LONGEST_ANSWER)
    )
    return form


def _text_field(label: str, help_text: str, longest: int) -> discord.ui.Label[discord.ui.LayoutView]:
    text = discord.ui.TextInput[discord.ui.LayoutView](
        custom_id=TEXT, style=discord.TextStyle.paragraph, max_length=longest
    )
    return discord.ui.Label(text=label, description=help_text, component=text)
