"""What is on record about a member or a point, page by page, for moderators."""

import discord

from bot.core.cases import Case
from bot.core.notes import Note, Record
from bot.display import limits
from bot.display.actors import person
from bot.display.cases import act, reason
from bot.display.inert import inert_line
from bot.texts import _

_SAID = 300


def history(record: Record, about: str) -> discord.Embed:
    """One page, within the limits of an embed; `about` is who or what it is about, ready to be shown."""
    text = "\n\n".join(_entry(each) for each in record.entries) or _("Nothing is on record.")
    embed = discord.Embed(
        title=_("On record"), description=limits.shorten(f"{about}\n\n{text}", limits.EMBED_DESCRIPTION)
    )
    embed.set_footer(text=_("Page {number} of {pages}").format(number=record.number, pages=record.pages))
    return embed


def _entry(each: Case | Note) -> str:
    when = f"<t:{int(each.at.timestamp())}:f>"
    if isinstance(each, Note):
        head = _("**Note** by {who} {when}").format(who=person(each.by), when=when)
        return f"{head}\n> {limits.shorten(inert_line(each.text), _SAID)}"
    head = _("**Case {number}**: {act} by {who} {when}").format(
        number=each.id, act=act(each.act), who=person(each.by), when=when
    )
    return "\n".join([head, *_details(each)])


def _details(case: Case) -> list[str]:
    lines: list[str] = []
    if case.label:
        lines.append(_("Point {label}").format(label=inert_line(case.label)))
    if case.why.reason is not None:
        lines.append(_("Reason: {reason}.").format(reason=reason(case.why.reason)))
    if case.why.words:
        lines.append(f"> {limits.shorten(inert_line(case.why.words), _SAID)}")
    if case.appeal is not None:
        outcome = {None: _("it waits"), True: _("granted"), False: _("it stands")}[case.appeal.granted]
        lines.append(_("Appeal: {outcome}").format(outcome=outcome))
    return lines
