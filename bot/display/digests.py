"""The running digest as pages, each the description of one embed."""

import re
from collections.abc import Sequence

import discord

from bot.core.critiques import Critique, CritiqueStatus
from bot.core.digests import Digest, Line
from bot.core.ids import GuildId
from bot.core.points import Origin, Target
from bot.display import limits
from bot.display.arguments import brief
from bot.display.ballots import invitation
from bot.display.inert import inert_line
from bot.display.points import gone, link, reply_count, score, state
from bot.texts import _, ngettext

_TITLE_SHOWN = 120  # units of a point's title: a phone's two lines


def embeds(digest: Digest, texts: Sequence[str]) -> list[discord.Embed]:
    """One embed a page; all bear the critique's title, the further ones with their number."""
    return [discord.Embed(title=_title(digest, number), description=text) for number, text in enumerate(texts, 1)]


def view(critique: Critique, number: int) -> discord.ui.View | None:
    """The button under page `number`, counted from 0: under the first, while the critique is open."""
    if number or critique.status is not CritiqueStatus.OPEN:
        return None
    shown = discord.ui.View(timeout=None)
    shown.add_item(invitation(critique))
    shown.stop()  # who presses it is answered by the button's id, not by this object
    return shown


def first_link(embed: discord.Embed) -> str:
    """The first link on a digest's page: no other critique's digest holds it. Empty where there is none."""
    found = re.search(r"\(https?://[^\s)]+\)", embed.description or "")
    return found[0] if found else ""


def _title(digest: Digest, number: int) -> str:
    page = "" if number == 1 else " · " + _("page {number}").format(number=number)
    title = inert_line(digest.critique.title) or _("A critique")
    return limits.shorten(title, limits.EMBED_TITLE - limits.length(page)) + page


def pages(digest: Digest, call: str = "") -> list[str]:
    """The list with its tallies, cut between points, each page within an embed's description.

    `call` is the mention of the bot that typed additions must begin with, empty where the bot reads them without.
    """
    done = [_head(digest, call)]
    for line in digest.lines:
        entry = _entry(digest.critique.guild, line)
        joined = f"{done[-1]}\n{entry}"
        if limits.length(joined) <= limits.EMBED_DESCRIPTION:
            done[-1] = joined
        else:
            done.append(entry.lstrip())
    return done


def _head(digest: Digest, call: str) -> str:
    people = ngettext("{count} person", "{count} people", digest.people).format(count=digest.people)
    votes = ngettext("{count} vote", "{count} votes", digest.votes).format(count=digest.votes)
    taking_part = [_("ballots only, figures at the close")] if digest.critique.hides_figures else [people, votes]
    figures = " · ".join([_count_points(digest), *taking_part, reply_count(digest.replies)])
    newest = ", ".join(f"**{line.point.name}**" for line in digest.newest)
    lines = [figures, f"{_('Newest')}: {newest}" if newest else ""]
    lines.append(_how_to_add(digest.critique, call))
    return "\n".join(line for line in lines if line)


def _how_to_add(critique: Critique, call: str) -> str:
    if critique.status is not CritiqueStatus.OPEN:
        return "**" + _("Closed: votes and additions count no more.") + "**"
    home, label = f"<#{critique.lobby or critique.home}>", critique.next_label
    if call:
        how = _("To add a point, use /point add, or type “{call} {label}. your point” in {home}.")
        return how.format(call=call, label=label, home=home)
    how = _("To add a point, type “{label}. your point” in {home}, or use /point add.")
    return how.format(label=label, home=home)


def _count_points(digest: Digest) -> str:
    standing = [line.point for line in digest.lines if not line.point.is_gone]
    additions = sum(point.origin is Origin.ADDITION for point in standing)
    originals = len(standing) - additions
    points = ngettext("{count} point", "{count} points", originals).format(count=originals)
    if not additions:
        return points
    return points + " + " + ngettext("{count} addition", "{count} additions", additions).format(count=additions)


def _entry(guild: GuildId, line: Line) -> str:
    point = line.point
    shown = inert_line(limits.shorten(point.title, _TITLE_SHOWN))
    name = inert_line(point.name)
    if point.thread is not None:
        name = f"[{name}]({link(guild, point.thread)})"
    if point.is_gone:
        return f"\n**{name}** · {gone(point)}"
    if point.into is not None:
        return f"\n**{name}** · {_('merged into')} **{_linked(guild, point.into)}**"
    facts = [score(line), reply_count(point.replies), *state(point)]
    if point.origin is Origin.ADDITION:
        facts.append(_("added {when}").format(when=f"<t:{int(point.created_at.timestamp())}:R>"))
    if point.official is not None and point.official.message is not None and point.thread is not None:
        facts.append(f"[✍️ {_('official answer')}]({link(guild, point.thread, point.official.message)})")
    if point.claimed_label is not None:
        facts.append(_("submitted as #{label}").format(label=point.claimed_label))
    return "\n".join([f"\n**{name}** · {shown}", " · ".join(facts), *brief(line.argued)])


def _linked(guild: GuildId, target: Target) -> str:
    name = inert_line(target.name)
    return name if target.thread is None else f"[{name}]({link(guild, target.thread)})"
