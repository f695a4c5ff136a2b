"""The preview of a critique: what would be posted, before anything is.

All of it together stays within an embed's 6,000: each part below is cut to a room of its own.
"""

import io
from dataclasses import dataclass

import discord

from bot.core.critiques import Draft
from bot.core.edits import changes
from bot.core.outlines import Outline, OutlinePoint, render
from bot.display import limits
from bot.display.inert import inert, inert_line, plain_line
from bot.display.outlines import sentence
from bot.texts import _, ngettext

PAGE = limits.OPTIONS

_LIST_SHOWN = 2_400
_INTRODUCTION_SHOWN = 300
_WARNINGS_SHOWN = 900
_CHANGES_SHOWN = 500
_CHOSEN_SHOWN = 700
_LABELS_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Look:
    """How a moderator looks at a draft: the page of points to choose from, and the place of the one chosen."""

    page: int = 0
    chosen: int | None = None

    def within(self, count: int) -> "Look":
        """The same, where the list has become shorter."""
        chosen = self.chosen if self.chosen is not None and self.chosen < count else None
        return Look(min(self.page, (count - 1) // PAGE), chosen)


def preview(draft: Draft, look: Look) -> tuple[discord.Embed, list[discord.File]]:
    """The embed, within its limits, and the whole outline as a file where the embed has no room for the list."""
    outline = draft.edited
    look = look.within(len(outline.points))
    shown, whole = _list(outline.points, look)
    embed = discord.Embed(
        title=limits.shorten(inert_line(outline.title) or _("Untitled"), limits.EMBED_TITLE),
        description=_description(outline, shown),
    )
    embed.add_field(name=_("Where"), value=_where(draft, len(outline.points)), inline=False)
    if outline.comments or outline.comments_announced:
        embed.add_field(name=_("Comments of the page"), value=_comments(outline), inline=False)
    if outline.warnings:
        warnings = "\n".join(f"⚠️ {_('Warning')}: {inert_line(sentence(warning))}" for warning in outline.warnings)
        embed.add_field(name=_("Uncertain"), value=limits.shorten(warnings, _WARNINGS_SHOWN), inline=False)
    if draft.edits:
        embed.add_field(name=_("Changed by you"), value=_changes(draft), inline=False)
    if look.chosen is not None:
        embed.add_field(name=_("Chosen"), value=_chosen(outline.points[look.chosen]), inline=False)
    file = io.BytesIO(b"" if whole else render(outline).encode("utf-8", "replace"))
    return embed, [] if whole else [discord.File(file, filename="outline.txt")]


def options(draft: Draft, look: Look) -> list[discord.SelectOption]:
    """The points of a page to choose from, by their places."""
    points = draft.edited.points
    first = look.page * PAGE
    return [
        discord.SelectOption(label=_plain(point.label, point.title), value=str(place), default=place == look.chosen)
        for place, point in enumerate(points[first : first + PAGE], start=first)
    ]


def list_options(draft: Draft) -> list[discord.SelectOption]:
    """The document's lists to choose from, by their numbers."""
    counted = _("{number}: {points}")
    return [
        discord.SelectOption(
            label=counted.format(
                number=number, points=ngettext("{count} point", "{count} points", one.size).format(count=one.size)
            ),
            description=limits.shorten(plain_line(one.first) or "–", limits.OPTION_DESCRIPTION),
            value=str(number),
            default=number == draft.chosen,
        )
        for number, one in enumerate(draft.lists, start=1)
    ]


def _plain(label: str, title: str) -> str:
    return limits.shorten(f"{label} · {' '.join(title.split())}", limits.OPTION_LABEL)


def _list(points: tuple[OutlinePoint, ...], look: Look) -> tuple[str, bool]:
    """The list, from the page that is looked at where all of it does not fit; whether all of it does."""
    lines = _lines(points, 0, look)
    if len(lines) == len(points):
        return "\n".join(lines), True
    first = look.page * PAGE
    lines = _lines(points, first, look)
    left = len(points) - first - len(lines)
    if first:
        before = ngettext("{count} point before these …", "{count} points before these …", first)
        lines.insert(0, f"-# {before.format(count=first)}")
    if left:
        after = ngettext(
            "… and {count} more point: the whole list is in the file.",
            "… and {count} more points: the whole list is in the file.",
            left,
        )
        lines.append("\n" + after.format(count=left))
    return "\n".join(lines), False


def _lines(points: tuple[OutlinePoint, ...], first: int, look: Look) -> list[str]:
    lines: list[str] = []
    room = _LIST_SHOWN
    for place, point in enumerate(points[first:], start=first):
        mark = "▶ " if place == look.chosen else ""
        line = f"{mark}**{inert_line(point.label)}** · {inert_line(point.title)}"
        room -= limits.length(line) + 1
        if room < 0:
            break
        lines.append(line)
    return lines


def _description(outline: Outline, shown: str) -> str:
    beginning = outline.introduction[: 4 * _INTRODUCTION_SHOWN]  # making all of a long one inert takes its time
    introduction = [limits.shorten(inert(beginning), _INTRODUCTION_SHOWN)] if beginning else []
    return "\n\n".join([*introduction, shown])


def _where(draft: Draft, count: int) -> str:
    said = ngettext(
        "{count} message with a thread in {home}. Nothing is posted until you confirm.",
        "{count} messages, each with a thread, in {home}. Nothing is posted until you confirm.",
        count,
    ).format(count=count, home=f"<#{draft.home}>")
    if draft.blind:
        said += "\n🔒 " + _("Blind: private ballots only (`/ballot`), no reactions, and no figure before the close.")
    if not draft.beside:
        return said
    beside = ngettext(
        "Another critique is open there: additions must then be typed in the threads of the critique they are for.",
        "{count} others are open there: additions must then be typed in the threads of the critique they are for.",
        draft.beside,
    ).format(count=draft.beside)
    return f"{said}\n⚠️ {beside}"


def _changes(draft: Draft) -> str:
    made = changes(draft.outline, draft.edits)
    joined = [_("{first} with {second}").format(first=first, second=second) for first, second in made.joined]
    named = [(_("Dropped"), made.dropped), (_("Joined"), joined), (_("Retitled"), made.retitled)]
    lines = [f"{what}: {_named(labels)}" for what, labels in named if labels]
    return limits.shorten("\n".join(lines), _CHANGES_SHOWN)


def _named(labels: tuple[str, ...] | list[str]) -> str:
    shown = ", ".join(inert_line(label) for label in labels[:_LABELS_SHOWN])
    return shown if len(labels) <= _LABELS_SHOWN else f"{shown} …"


def _chosen(point: OutlinePoint) -> str:
    words = inert_line(point.text[: 2 * _CHOSEN_SHOWN])
    title = f"**{inert_line(point.label)}** · {inert_line(point.title)}"
    return limits.shorten(f"{title}\n{words}", _CHOSEN_SHOWN)


def _comments(outline: Outline) -> str:
    found = len(outline.comments)
    if outline.comments_announced is None:
        said = ngettext("{count} comment found.", "{count} comments found.", found).format(count=found)
    else:
        said = ngettext(
            "{count} comment found, {announced} announced.", "{count} comments found, {announced} announced.", found
        ).format(count=found, announced=outline.comments_announced)
    return said + " " + _("They are not posted.")
