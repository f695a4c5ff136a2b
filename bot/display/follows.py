"""What followers are told in a direct message, what `/catchup` shows, and what follows a `/follow`."""

from collections.abc import Sequence

import discord

from bot.core.critiques import Critique
from bot.core.follows import Bulletin, CatchUp, Followed, News, What
from bot.core.ids import GuildId
from bot.core.points import Point
from bot.core.votes import Stance
from bot.display import limits
from bot.display.inert import inert_line, inert_within
from bot.display.points import link
from bot.texts import _, ngettext

_LISTED = 12  # lines about one critique
_TITLE = 80  # units of a point's title
_NAME = 100


def stop_id(guild: GuildId) -> str:
    """The id of the button that ends all messages from one server."""
    return f"v1:follows:{guild}:stop"


def head(server: str) -> str:
    """The first line of every such direct message."""
    return "🔔 " + _("What is new on **{server}**").format(server=inert_line(limits.shorten(server, _NAME)))


def bulletin(bulletins: Sequence[Bulletin], server: str) -> str:
    """The direct message, within one message."""
    parts = [[f"**{_name(each.critique)}**", *_lines(each.critique, each.news)] for each in bulletins]
    return _within([[head(server)], *parts])


def stop(guild: GuildId) -> discord.ui.View:
    """The button that ends them."""
    shown = discord.ui.View(timeout=None)
    shown.add_item(discord.ui.Button(label=_("Stop these messages"), custom_id=stop_id(guild)))
    shown.stop()  # who presses is answered by the button's id, not by this object
    return shown


def followed(critique: Critique, what: Followed, quiet: tuple[int, int]) -> str:
    """Says what is followed from now on, and when messages come."""
    begin, end = quiet
    begun = {
        Followed.CRITIQUE: _("You follow “{title}”: new points, arguments, replies and turned leads."),
        Followed.DIGEST: _("You follow the weekly digest of “{title}”."),
    }[what].format(title=_name(critique))
    when = _("I write to you at most once an hour, and not from {begin}:00 to {end}:00 of the server's time.")
    always = _("I write to you at most once an hour, at any time of the day.")
    told = (always if begin == end else when).format(begin=begin, end=end)
    closed = _("If you take no direct messages from this server, `/catchup` shows what changed.")
    return f"🔔 {begun}\n{told} {closed}"


def joined(point: Point) -> str:
    """Says that the member is in the point's thread now."""
    return _("You are in the thread of **{label}** now, and Discord tells you what is written there: {thread}").format(
        label=inert_line(point.name), thread=f"<#{point.thread}>"
    )


def left(point: Point) -> str:
    """Says that the member is in the point's thread no more."""
    return _("You are no longer in the thread of **{label}**.").format(label=inert_line(point.name))


def stopped(count: int) -> str:
    """Says how much is followed no more."""
    return ngettext(
        "Done: you no longer follow {count} thing, and nothing more is sent about it.",
        "Done: you no longer follow {count} things, and nothing more is sent about them.",
        count,
    ).format(count=count)


def option(critique: Critique, what: Followed) -> str:
    """What can be followed, as one choice of an autocomplete."""
    said = _("The critique {title}") if what is Followed.CRITIQUE else _("The digest of {title}")
    title = " ".join(critique.title.split()) or str(critique.id)
    return limits.shorten(said.format(title=title), limits.CHOICE_NAME)


def everything() -> str:
    """The choice that ends it all."""
    return _("Everything that comes as direct messages")


def catch_up(what: CatchUp) -> str:
    """What changed since the member's last look, within one message."""
    critique = what.critique
    since = _("since {when}").format(when=f"<t:{int(what.since.timestamp())}:R>") if what.since else _("this week")
    begins = f"**{_name(critique)}** · {since}"
    if what.empty:
        return f"{begins}\n" + _("Nothing has changed, and you have voted on every point.")
    sections = [
        (_("New points"), [_point(critique, point) for point in what.points]),
        (_("Turned"), [_turned(critique, news) for news in what.turned]),
        (_("Answers to you"), [_answered(critique, news) for news in what.answers]),
        (_("Not voted on by you yet"), [_point(critique, point) for point in what.unvoted]),
    ]
    return _within([[begins], *([f"__{name}__", *_cut(lines)] for name, lines in sections if lines)])


def _within(paragraphs: Sequence[Sequence[str]]) -> str:
    """The paragraphs' lines within one message, each whole or not there, so that no link is cut; it says so where any
    had no room.
    """
    text = "\n\n".join("\n".join(lines) for lines in paragraphs)
    if limits.length(text) <= limits.MESSAGE:
        return text
    more = _("… and more than fits in here: `/digest show` has the whole list.")
    kept = ""
    for lines in paragraphs:
        for number, line in enumerate(lines):
            grown = (kept + ("\n" if number else "\n\n") + line).lstrip("\n")
            if limits.length(f"{grown}\n{more}") > limits.MESSAGE:
                return f"{kept}\n{more}"
            kept = grown
    return kept


def _cut(lines: list[str]) -> list[str]:
    if len(lines) <= _LISTED:
        return lines
    left = len(lines) - _LISTED
    return [*lines[:_LISTED], ngettext("… and {count} more", "… and {count} more", left).format(count=left)]


def _lines(critique: Critique, news: Sequence[News]) -> list[str]:
    points = [_point(critique, each.point) for each in news if each.what is What.POINT and each.point]
    turned = [_turned(critique, each) for each in news if each.what is What.LEAD]
    said: dict[str, list[News]] = {}
    for each in news:
        if each.what in (What.REPLY, What.ARGUMENT) and each.point is not None:
            said.setdefault(each.point.name, []).append(each)
    answers = [", ".join([_answered(critique, every[0]), *map(_count, every[1:])]) for every in said.values()]
    digests = [_("The weekly digest is out: {channel}").format(channel=f"<#{critique.digest_channel}>")]
    posted = digests if any(each.what is What.DIGEST for each in news) else []
    return _cut([*posted, *points, *turned, *answers])


def _name(critique: Critique) -> str:
    return limits.shorten(inert_within(critique.title) or _("Untitled"), _NAME)


def _label(critique: Critique, point: Point) -> str:
    name = inert_line(point.name)
    return f"[{name}]({link(critique.guild, point.thread)})" if point.thread is not None else name


def _point(critique: Critique, point: Point) -> str:
    return f"**{_label(critique, point)}** · {inert_line(limits.shorten(point.title, _TITLE))}"


def _turned(critique: Critique, news: News) -> str:
    if news.point is None:
        return ""
    now = _("more agree than disagree now") if news.side is Stance.AGREE else _("more disagree than agree now")
    return f"**{_label(critique, news.point)}** · {now}"


def _answered(critique: Critique, news: News) -> str:
    where = "" if news.point is None else f"**{_label(critique, news.point)}** · "
    return where + _count(news)


def _count(news: News) -> str:
    if news.what is What.ARGUMENT:
        return ngettext("{count} new argument", "{count} new arguments", news.count).format(count=news.count)
    return ngettext("{count} new reply", "{count} new replies", news.count).format(count=news.count)
