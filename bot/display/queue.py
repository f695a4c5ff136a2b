"""An addition that waits, as the moderators' channel shows it, and what became of it."""

from collections.abc import Sequence
from datetime import datetime

import discord

from bot.core.cases import Case
from bot.core.critiques import Critique
from bot.core.ids import ChannelId, PointId
from bot.core.moderation import Standing
from bot.core.points import Point, PointStatus
from bot.display import limits, moderation
from bot.display.actors import person
from bot.display.inert import inert, inert_line
from bot.texts import _, ngettext

APPROVE, REFUSE = "approve", "refuse"
_TITLE = 80
_LISTED = 20


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
    return _("Added by {author} {when}.").format(author=person(point.author), when=when)


def _state(point: Point) -> str:
    by = person(point.decided_by)
    match point.status:
        case PointStatus.HELD:
            return _("Nobody else sees it in the list until one of you approves it.")
        case PointStatus.REFUSED:
            return _("❌ Refused by {moderator}.").format(moderator=by)
        case PointStatus.WITHDRAWN:
            return _("Taken back by its author.")
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
    ):
        shown.add_item(discord.ui.Button(label=label, style=style, custom_id=button_id(point.id, act)))
    shown.stop()  # who presses is answered by the button's id, not by this object
    return shown


def decided(point: Point) -> str:
    """Tells a moderator what has become of the addition."""
    said = _("Refused: **{label}**. Its author is told why.")
    if point.status is not PointStatus.REFUSED:
        said = _("Approved: **{label}** joins the list.")
    return said.format(label=inert_line(point.name))


def listed(waiting: Sequence[Point], appeals: Sequence[Case], reports: Sequence[str], channel: ChannelId | None) -> str:
    """What waits, oldest first, within one message; `reports` are the lines about those."""
    if not waiting and not appeals and not reports:
        return _("Nothing waits for you.")
    where = _("They stand in {channel}, with buttons.").format(channel=f"<#{channel}>") if channel else ""
    said = [*_additions(waiting), *_appeals(appeals), *reports, where]
    return limits.shorten("\n".join(line for line in said if line), limits.MESSAGE)


def _additions(waiting: Sequence[Point]) -> list[str]:
    if not waiting:
        return []
    head = ngettext("{count} addition waits for a decision.", "{count} additions wait for a decision.", len(waiting))
    return [
        head.format(count=len(waiting)),
        *(_line(point.name, point.title, point.created_at) for point in waiting[:_LISTED]),
    ]


def _appeals(appeals: Sequence[Case]) -> list[str]:
    if not appeals:
        return []
    head = ngettext("{count} appeal waits for an answer.", "{count} appeals wait for an answer.", len(appeals))
    lines = [_line(case.label, case.text, case.appeal.at) for case in appeals[:_LISTED] if case.appeal is not None]
    return [head.format(count=len(appeals)), *lines]


def _line(label: str, text: str, since: datetime) -> str:
    shown = limits.shorten(inert_line(text), _TITLE)
    return f"**{inert_line(label)})** {shown} <t:{int(since.timestamp())}:R>"
