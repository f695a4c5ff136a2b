"""The preview of a critique: what would be posted, before anything is."""

import io
from collections.abc import Sequence

import discord

from bot.core.ids import ChannelId
from bot.core.outlines import Outline, OutlinePoint, render
from bot.display import limits
from bot.display.inert import inert, inert_line
from bot.display.outlines import sentence
from bot.texts import _, ngettext

_LIST_SHOWN = 3_000
_INTRODUCTION_SHOWN = 400


def preview(outline: Outline, home: ChannelId) -> tuple[discord.Embed, list[discord.File]]:
    """The embed, within its limits, and the whole outline as a file where the embed has no room for the list."""
    shown, left = _list(outline.points)
    embed = discord.Embed(
        title=limits.shorten(inert_line(outline.title) or _("Untitled"), limits.EMBED_TITLE),
        description=_description(outline, shown, left),
    )
    embed.add_field(name=_("Where"), value=_where(outline, home), inline=False)
    if outline.comments or outline.comments_announced:
        embed.add_field(name=_("Comments of the page"), value=_comments(outline), inline=False)
    if outline.warnings:
        warnings = "\n".join(f"⚠️ {_('Warning')}: {inert_line(sentence(warning))}" for warning in outline.warnings)
        embed.add_field(name=_("Uncertain"), value=limits.shorten(warnings, limits.EMBED_FIELD_VALUE), inline=False)
    whole = io.BytesIO(render(outline).encode("utf-8", "replace"))
    return embed, [discord.File(whole, filename="outline.txt")] if left else []


def _list(points: Sequence[OutlinePoint]) -> tuple[str, int]:
    lines: list[str] = []
    room = _LIST_SHOWN
    for point in points:
        line = f"**{inert_line(point.label)}** · {inert_line(point.title)}"
        room -= limits.length(line) + 1
        if room < 0:
            break
        lines.append(line)
    return "\n".join(lines), len(points) - len(lines)


def _description(outline: Outline, shown: str, left: int) -> str:
    beginning = outline.introduction[: 4 * _INTRODUCTION_SHOWN]  # making all of a long one inert takes its time
    blocks = [limits.shorten(inert(beginning), _INTRODUCTION_SHOWN)] if beginning else []
    blocks.append(shown)
    if left:
        blocks.append(
            ngettext(
                "… and {count} more point: the whole list is in the file.",
                "… and {count} more points: the whole list is in the file.",
                left,
            ).format(count=left)
        )
    return "\n\n".join(blocks)


def _where(outline: Outline, home: ChannelId) -> str:
    count = len(outline.points)
    return ngettext(
        "{count} message with a thread in {home}. Nothing is posted until you confirm.",
        "{count} messages, each with a thread, in {home}. Nothing is posted until you confirm.",
        count,
    ).format(count=count, home=f"<#{home}>")


def _comments(outline: Outline) -> str:
    found = len(outline.comments)
    if outline.comments_announced is None:
        said = ngettext("{count} comment found.", "{count} comments found.", found).format(count=found)
    else:
        said = ngettext(
            "{count} comment found, {announced} announced.", "{count} comments found, {announced} announced.", found
        ).format(count=found, announced=outline.comments_announced)
    return said + " " + _("They are not posted.")
