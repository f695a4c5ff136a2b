"""A server's critiques as an embed: what stands where, how far it is, who takes part."""

import discord

from bot.core.critiques import CritiqueStatus
from bot.core.overviews import Overview, OverviewPage
from bot.display import limits
from bot.display.actors import person
from bot.display.inert import inert_within
from bot.display.points import reply_count
from bot.texts import _, ngettext

_TITLE_SHOWN = 250  # units of a title, so that a page of six fits with all their facts


def overview_page(page: OverviewPage) -> discord.Embed:
    """One page, within the limits of an embed."""
    text = "\n\n".join(_entry(one) for one in page.overviews)
    embed = discord.Embed(
        title=_("Critiques"),
        description=text or _("No critique has been opened on this server; /critique open opens one."),
    )
    if page.pages > 1:
        embed.set_footer(text=_("Page {number} of {pages}").format(number=page.number, pages=page.pages))
    return embed


def title(overview: Overview) -> str:
    """A critique's title, inert and short."""
    return limits.shorten(inert_within(overview.critique.title) or _("Untitled"), _TITLE_SHOWN)


def opened(overview: Overview) -> str:
    """What is said to whoever opened the critique, as far as it stands."""
    return f"{_opened(overview)} {_how_far(overview)}"


def _opened(overview: Overview) -> str:
    return _("Opened “{title}”:").format(title=title(overview))


def _how_far(overview: Overview) -> str:
    count = overview.posted + overview.unposted
    if not overview.unposted:
        said = ngettext("its {count} point stands in {home}.", "all {count} points stand in {home}.", count)
    elif not overview.posted:
        said = ngettext(
            "{count} point is being posted in {home}, and then the digest.",
            "{count} points are being posted in {home}, and then the digest.",
            count,
        )
    elif overview.waiting:
        said = _("{posted} of {count} points stand in {home}. `/critique list` shows how far it is, also later.")
    else:
        said = _("{posted} of {count} points stand in {home}; why the others do not stands in the operator's log.")
    return said.format(count=count, posted=overview.posted, home=f"<#{overview.critique.home}>")


def _entry(overview: Overview) -> str:
    critique = overview.critique
    state = _("closed") if critique.status is CritiqueStatus.CLOSED else _("open")
    where = " · ".join([state, *_progress(overview), f"<#{critique.home}>"])
    opened = _("Opened {when} by {who}").format(
        when=f"<t:{int(critique.opened_at.timestamp())}:R>", who=person(critique.opened_by)
    )
    return "\n".join([f"**{title(overview)}**", where, _figures(overview), opened])


def _progress(overview: Overview) -> list[str]:
    """How far the posting is; nothing where all of the points stand."""
    if not overview.unposted:
        return []
    said = _("posting {posted} of {points}") if overview.waiting else _("{posted} of {points} posted")
    return [said.format(posted=overview.posted, points=overview.posted + overview.unposted)]


def _figures(overview: Overview) -> str:
    said = [ngettext("{count} point", "{count} points", overview.originals).format(count=overview.originals)]
    if overview.additions:
        count = overview.additions
        said.append(ngettext("{count} addition", "{count} additions", count).format(count=count))
    if overview.critique.blind:
        said.append(_("blind"))
    if not overview.critique.hides_figures:
        said.append(ngettext("{count} person", "{count} people", overview.voters).format(count=overview.voters))
    return " · ".join([*said, reply_count(overview.replies)])
