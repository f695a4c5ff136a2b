"""Arguments as members see them: the bot's message about one, the panel of the best, the page of all, the questions."""

from collections.abc import Iterable, Sequence

import discord

from bot.core.arguments import LONGEST, Argument, ArgumentPage, Panel, Side
from bot.core.critiques import Critique
from bot.core.ids import ArgumentId, GuildId, MessageId, PointId
from bot.core.points import Point
from bot.display import limits
from bot.display.actors import person
from bot.display.forms import Form
from bot.display.inert import inert, inert_line
from bot.display.points import choice, link
from bot.texts import _, ngettext

TEXT, NEITHER = "text", "neither"
UP, DOWN, REMOVE = "up", "down", "remove"
_SIGNS = {Side.SUPPORT: "➕", Side.REBUTTAL: "➖"}
_OPEN = "❔"
_ELSEWHERE = 400  # units of an argument whose whole stands elsewhere
_QUOTED = 500
_BEST = 500
_LISTED = 300
_BRIEF = 60  # units of both together twice: a line of the digest


def words(side: Side | None) -> str:
    """The side, with its sign."""
    said = {Side.SUPPORT: _("Support"), Side.REBUTTAL: _("Rebuttal"), None: _("Side open")}[side]
    return f"{_SIGNS[side] if side else _OPEN} {said}"


def message(argument: Argument, critique: Critique) -> str:
    """The bot's message about an argument in its point's thread, within one message."""
    lines = [begins(argument)]
    if argument.quote:
        lines.append(_quoted(argument, critique))
    elsewhere = _whole(argument, critique.guild)
    room = limits.MESSAGE - limits.length("\n".join(lines)) - limits.length(elsewhere) - 2
    said = inert(argument.text) if not elsewhere else inert_line(argument.text)
    lines.append(limits.shorten(said, min(room, _ELSEWHERE) if elsewhere else room))
    return "\n".join([*lines, elsewhere] if elsewhere else lines)


def begins(argument: Argument) -> str:
    """The line that tells such a message from all others."""
    when = f"<t:{int(argument.at.timestamp())}:f>"
    return f"**{words(argument.side)}** · {person(argument.author)} · {when}"


def _quoted(argument: Argument, critique: Critique) -> str:
    said = limits.shorten(inert_line(argument.quote), _QUOTED)
    if argument.quoted is None or argument.quoted_in is None:
        return f"> {said}"
    address = link(critique.guild, argument.quoted_in, argument.quoted)
    return f"> {said}\n-# [{_('what it answers')}]({address})"


def _whole(argument: Argument, guild: GuildId) -> str:
    """The way to a message that stands elsewhere; empty where the argument is all here."""
    if argument.message is None or argument.channel is None:
        return ""
    return f"-# [{_('the whole')}]({link(guild, argument.channel, argument.message)})"


def place(argument: Argument, guild: GuildId) -> str:
    """The address of the message in its point's thread, or wherever it is; empty where there is none yet."""
    if argument.stands_elsewhere and argument.shown is not None and argument.thread is not None:
        return link(guild, argument.thread, argument.shown)
    if argument.message is not None and argument.channel is not None:
        return link(guild, argument.channel, argument.message)
    return ""


def head() -> str:
    """What a panel begins with."""
    return f"💬 **{_('Arguments')}**"


def panel(it: Panel, guild: GuildId) -> str:
    """The panel in a point's thread: the best of each side, and how many there are."""
    return "\n".join([f"{head()} · {count(it)}", *_bests(it, guild, _BEST)])


def count(it: Panel) -> str:
    """How many arguments there are of each side, in words."""
    said = [
        ngettext("{count} supports", "{count} support", it.support).format(count=it.support),
        ngettext("{count} rebuts", "{count} rebut", it.rebuttal).format(count=it.rebuttal),
    ]
    if it.undecided:
        said.append(
            ngettext("{count} of an open side", "{count} of open sides", it.undecided).format(count=it.undecided)
        )
    return " · ".join(said)


def summary(it: Panel | None, guild: GuildId) -> str:
    """The best of each side for `/point show`; empty where nothing is argued."""
    return "" if it is None else "\n".join([f"{head()} · {count(it)}", *_bests(it, guild, _LISTED // 2)])


def _bests(it: Panel, guild: GuildId, room: int) -> list[str]:
    found = ((_("Best support"), it.best.support), (_("Best rebuttal"), it.best.rebuttal))
    return [line for name, each in found if each is not None for line in _entry(each, guild, name, room)]


def _entry(argument: Argument, guild: GuildId, name: str, room: int) -> list[str]:
    sign = _SIGNS[argument.side] if argument.side else _OPEN
    address = place(argument, guild)
    facts = [person(argument.author), backing(argument)] + ([f"[{_('read it')}]({address})"] if address else [])
    return [f"{sign} **{name}** · {' · '.join(facts)}", f"> {limits.shorten(inert_line(argument.text), room)}"]


def backing(argument: Argument) -> str:
    """How an argument is backed, in words and figures."""
    return _("▲ {ups} for it, ▼ {downs} against").format(ups=argument.ups, downs=argument.downs)


def brief(it: Panel | None) -> list[str]:
    """A line each of the best support and the best rebuttal, short enough for the digest."""
    if it is None:
        return []
    return [_brief(each) for each in (it.best.support, it.best.rebuttal) if each is not None]


def _brief(argument: Argument) -> str:
    start = f"-# {words(argument.side)}: "
    return start + limits.shorten(inert_line(argument.text), _BRIEF - limits.length(start))


def panel_view(it: Panel, point: PointId) -> discord.ui.View:
    """The buttons under a panel: up and down for the best of each side, and the way to all of them."""
    shown = discord.ui.View(timeout=None)
    for row, each in enumerate(each for each in (it.best.support, it.best.rebuttal) if each is not None):
        _add_backing(shown, each, row, _SIGNS[each.side] if each.side else _OPEN)
    shown.add_item(discord.ui.Button(label=_("All arguments"), custom_id=page_id(point, 1), row=2))
    shown.stop()  # who presses is answered by the button's id, not by this object
    return shown


def _add_backing(view: discord.ui.View, argument: Argument, row: int, name: str) -> None:
    up, down = _("{name} ▲ Back it").format(name=name), _("{name} ▼ Vote it down").format(name=name)
    view.add_item(discord.ui.Button(label=up, custom_id=button_id(argument.id, UP), row=row))
    view.add_item(discord.ui.Button(label=down, custom_id=button_id(argument.id, DOWN), row=row))


def button_id(which: ArgumentId, act: str) -> str:
    """The id of a button about one argument."""
    return f"v1:argument:{which}:{act}"


def page_id(point: PointId, number: int) -> str:
    """The id of a button that shows a page of all arguments about a point."""
    return f"v1:arguments:{point}:{number}"


def page(it: ArgumentPage, point: Point, guild: GuildId) -> str:
    """A page of all arguments, the most backed first."""
    title = _("Arguments about **{label}**").format(label=inert_line(point.name))
    lines = [f"{title} · {_('page {number} of {pages}').format(number=it.number, pages=it.pages)}"]
    for number, each in enumerate(it.arguments, 1):
        lines += _entry(each, guild, f"{number}. {words(each.side).partition(' ')[2]}", _LISTED // 2)
    if not it.arguments:
        lines.append(_("Nothing is argued about it yet; /argue is the first to do so."))
    return limits.shorten("\n".join(lines), limits.MESSAGE)


def page_view(it: ArgumentPage, removable: Iterable[ArgumentId]) -> discord.ui.View:
    """The buttons of a page: a row for each argument, in the last the way to other pages."""
    shown, mine = discord.ui.View(timeout=None), set(removable)
    for row, each in enumerate(it.arguments):
        _add_backing(shown, each, row, f"{row + 1}.")
        if each.id in mine:
            label = _("{number}. Take it away").format(number=row + 1)
            shown.add_item(discord.ui.Button(label=label, custom_id=button_id(each.id, REMOVE), row=row))
    last = max(len(it.arguments) - 1, 0)
    for label, number in ((_("Earlier"), it.number - 1), (_("Later"), it.number + 1)):
        if 1 <= number <= it.pages:
            shown.add_item(discord.ui.Button(label=label, custom_id=page_id(it.point, number), row=last))
    shown.stop()
    return shown


def question(argument: Argument) -> str:
    """Asks the author of what was typed for its side."""
    return _(
        "Recorded as an argument{by}. Does it support the point or rebut it? Its author or a moderator can say; this "
        "goes within an hour."
    ).format(by="" if argument.author is None else _(" by {author}").format(author=person(argument.author)))


def sides_view(argument: Argument) -> discord.ui.View:
    """The buttons that answer it."""
    shown = discord.ui.View(timeout=None)
    for side in Side:
        shown.add_item(discord.ui.Button(label=words(side), custom_id=button_id(argument.id, side)))
    shown.add_item(discord.ui.Button(label=_("Neither"), custom_id=button_id(argument.id, NEITHER)))
    shown.stop()
    return shown


def unargued() -> str:
    """Tells whoever typed an argument that it is not recorded."""
    return _(
        "This is not recorded as an argument: its words would have to wait for a moderator (a link, many mentions, "
        "hidden characters or a listed word). Say it again without."
    )


def form(point: Point, side: Side) -> Form:
    """The form for an argument about a point."""
    title = limits.shorten(_("Argue about {label}").format(label=point.name), limits.FORM_TITLE)
    modal = Form(title=title, custom_id=f"v1:argue:{point.id}:{side}", timeout=None)
    label = {Side.SUPPORT: _("Why it is right"), Side.REBUTTAL: _("Why it is not")}[side]
    text = discord.ui.TextInput[discord.ui.LayoutView](
        custom_id=TEXT, style=discord.TextStyle.paragraph, max_length=LONGEST
    )
    modal.add_item(discord.ui.Label(text=label, description=_("It is posted in the point's thread."), component=text))
    return modal


def ask_point(message: MessageId, points: Sequence[Point]) -> discord.ui.View:
    """Asks which point a member's message is about."""
    shown = discord.ui.View(timeout=None)
    options = [discord.SelectOption(label=choice(point), value=str(point.id)) for point in points]
    shown.add_item(discord.ui.Select(custom_id=which_id(message), placeholder=_("Choose the point"), options=options))
    shown.stop()
    return shown


def which_id(message: MessageId) -> str:
    """The id of that choice."""
    return f"v1:argue-which:{message}"


def ask_side(message: MessageId, point: Point) -> tuple[str, discord.ui.View]:
    """Asks a member which side their message takes."""
    shown = discord.ui.View(timeout=None)
    for side in Side:
        shown.add_item(discord.ui.Button(label=words(side), custom_id=side_id(message, point.id, side)))
    shown.stop()
    return _("Does it support **{label}** or rebut it?").format(label=inert_line(point.name)), shown


def side_id(message: MessageId, point: PointId, side: Side) -> str:
    """The id of a button that files a member's message."""
    return f"v1:argue-as:{message}:{point}:{side}"


def filed(argument: Argument, point: Point, named: Point | None = None) -> str:
    """Tells a member under which point their argument is filed."""
    label = inert_line(point.name)
    said = _("Filed under **{label}**: {side}.").format(label=label, side=words(argument.side))
    if named is not None:
        merged = _("**{named}** is merged into **{label}**.").format(named=inert_line(named.name), label=label)
        return f"{merged} {said}"
    return said


def backed(argument: Argument, direction: int, *, counts: bool) -> str:
    """Tells a member what their press did."""
    if not counts:
        said = _("Taken back.")
    elif direction > 0:
        said = _("You back this argument; the same button takes it back.")
    else:
        said = _("You voted this argument down; the same button takes it back.")
    return f"{said} {backing(argument)}."


def chosen(argument: Argument) -> str:
    """Tells whoever chose a side what became of it."""
    if not argument.is_live:
        return _("No argument, then: it is an ordinary reply.")
    return _("Noted: {side}.").format(side=words(argument.side))


def removed(point: Point) -> str:
    """Tells whoever took an argument away that it is."""
    return _("Taken away: an argument about **{label}**.").format(label=inert_line(point.name))
