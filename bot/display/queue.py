"""An addition that waits, as the moderators' channel shows it, and what became of it."""

import discord

from bot.core.critiques import Critique
from bot.core.ids import ChannelId, GuildId, PointId
from bot.core.moderation import Standing
from bot.core.pages import Page
from bot.core.points import Point, PointStatus
from bot.core.queue import QueuePage, Waiting
from bot.core.reports import Report
from bot.display import limits, moderation, reports
from bot.display.actors import person
from bot.display.cases import reason
from bot.display.inert import inert, inert_line
from bot.display.points import link
from bot.texts import _, ngettext

APPROVE, REFUSE, MERGE, EDIT, MUTE = "approve", "refuse", "merge", "edit", "mute"
_TITLE = 80


def button_id(point: PointId, act: str) -> str:
    """The id of a button under an addition that waits."""
    return f"v1:held:{point}:{act}"


def text(point: Point, critique: Critique, known: Standing | None = None) -> str:
    """The addition, whose it is, why it waits, and what is to be or has been decided, within one message.

    `known` is what its author has added before.
    """
    head = _("**{label})** waits to join “{title}”").format(
        label=inert_line(point.name), title=limits.shorten(inert_line(critique.title), _TITLE)
    )
    about = [_by(point), "" if known is None or not point.is_held else moderation.standing(known)]
    why = moderation.held(point.held_for) if point.held_for is not None else ""
    foot = "\n".join(f"-# {line}" for line in (" ".join(about).rstrip(), f"{why} {_state(point)}".lstrip()))
    room = limits.MESSAGE - limits.length(head) - limits.length(foot) - 2
    return f"{head}\n{limits.shorten(inert(point.text), room)}\n{foot}"


def _by(point: Point) -> str:
    when = f"<t:{int(point.created_at.timestamp())}:R>"
    said = _("Added by {author} {when}.").format(author=person(point.author), when=when)
    return f"{said} {_('Its words were changed by the moderators.')}" if point.reworded else said


def _state(point: Point) -> str:
    by = person(point.decided_by)
    match point.status:
        case PointStatus.HELD:
            return _("Nobody else sees it in the list until one of you approves it.")
        case PointStatus.REFUSED:
            return _("❌ Refused by {moderator}.").format(moderator=by)
        case PointStatus.WITHDRAWN:
            return _("Taken back by its author.")
        case _ if point.into is not None:
            said = _("✅ Approved by {moderator}, and merged into **{into}**.")
            return said.format(moderator=by, into=inert_line(point.into.name))
        case _:
            return _("✅ Approved by {moderator}.").format(moderator=by)


def view(point: Point) -> discord.ui.View | None:
    """The buttons under it; none once it is decided."""
    if not point.is_held:
        return None
    shown = discord.ui.View(timeout=None)
    for label, style, act in (
        (_("Approve"), discord.ButtonStyle.success, APPROVE),
        (_("Refuse"), discord.ButtonStyle.danger, REFUSE),
        (_("Merge…"), discord.ButtonStyle.secondary, MERGE),
        (_("Edit…"), discord.ButtonStyle.secondary, EDIT),
        *([] if point.author is None else [(_("Mute author…"), discord.ButtonStyle.secondary, MUTE)]),
    ):
        shown.add_item(discord.ui.Button(label=label, style=style, custom_id=button_id(point.id, act)))
    shown.stop()  # who presses is answered by the button's id, not by this object
    return shown


def decided(point: Point) -> str:
    """Tells a moderator what has become of the addition."""
    said = _("Refused: **{label}**. Its author is told why.")
    if point.status is not PointStatus.REFUSED:
        said = _("Approved: **{label}** joins the list.")
    if point.into is not None:
        said = _("Merged: **{label}** counts to **{into}**.")
    into = "" if point.into is None else point.into.name
    return said.format(label=inert_line(point.name), into=inert_line(into))


def counted(page: QueuePage, channel: ChannelId | None) -> str:
    """How much waits, and where it stands."""
    if not page.items:
        return _("Nothing waits for you.")
    said = [waits(page.additions, page.appeals, page.reports)]
    if channel:
        said.append(_("They stand in {channel}, with buttons.").format(channel=f"<#{channel}>"))
    return "\n".join(said)


def waits(additions: int, appeals: int, reports: int) -> str:
    """How many of each wait, in a line each; nothing of what there is none of."""
    head = ngettext("{count} addition waits for a decision.", "{count} additions wait for a decision.", additions)
    more = ngettext("{count} appeal waits for an answer.", "{count} appeals wait for an answer.", appeals)
    last = ngettext("{count} report waits for a decision.", "{count} reports wait for a decision.", reports)
    each = ((head, additions), (more, appeals), (last, reports))
    return "\n".join(said.format(count=count) for said, count in each if count)


def listed(page: QueuePage, guild: GuildId) -> discord.Embed | None:
    """What waits on a page, oldest first; None where nothing does."""
    if not page.items:
        return None
    lines = "\n\n".join(_line(each, guild) for each in page.items)
    embed = discord.Embed(description=limits.shorten(lines, limits.EMBED_DESCRIPTION))
    if page.pages > 1:
        embed.set_footer(text=_("Page {number} of {pages}").format(number=page.number, pages=page.pages))
    return embed


def _line(it: Waiting, guild: GuildId) -> str:
    what = it.what
    if isinstance(what, Point):
        name, about = f"**{inert_line(what.name)})**", what.title
        why = "" if what.held_for is None else moderation.held(what.held_for)
    elif isinstance(what, Report):
        name, about = reports.name(what), reports.gist(what)
        why = ""
    else:
        name, about = _("**Appeal against case {number}**").format(number=what.id), what.text
        why = "" if what.why.reason is None else _("Reason: {reason}.").format(reason=reason(what.why.reason))
    since = _("Waits since {when}.").format(when=f"<t:{int(it.since.timestamp())}:R>")
    said = [since, why, "" if it.page is None else _way(it.page, guild)]
    return f"{name} {limits.shorten(inert_line(about), _TITLE)}\n" + " ".join(each for each in said if each)


def _way(page: Page, guild: GuildId) -> str:
    return f"[{_('Its message')}]({link(guild, page.channel, page.message)})"
