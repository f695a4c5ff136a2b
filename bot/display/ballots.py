"""Private ballots as a member sees them: the point that is asked about, its buttons, how far they are."""

import discord

from bot.core.ballots import Cast, Paper, Press
from bot.core.critiques import Critique
from bot.core.ids import CritiqueId, PointId
from bot.core.points import Point
from bot.core.votes import Stance
from bot.display import limits
from bot.display.inert import inert, inert_line, inert_within
from bot.display.points import link
from bot.texts import _, ngettext

BEGIN, AGAIN = "begin", "again"
_BAR = 10


def button_id(point: PointId, revision: int, press: Press) -> str:
    """The id of a button under a point."""
    return f"v1:ballot:{point}:{revision}:{press}"


def walk_id(critique: CritiqueId, act: str) -> str:
    """The id of a button that begins, or goes through what was passed over again."""
    return f"v1:ballots:{critique}:{act}"


def text(paper: Paper, cast: Cast | None = None) -> str:
    """What the member is asked, within one message; what was just recorded stands before it."""
    said = "" if cast is None else f"{recorded(cast)}\n\n"
    if paper.point is None:
        return said + _end(paper)
    head = f"{_progress(paper)}\n### {inert_line(paper.point.name)} · {inert_within(paper.point.title)}\n"
    foot = f"\n-# {_secret(paper.critique)}"
    if paper.said is not None:
        foot = f"\n{_('Your vote now: {stance}.').format(stance=stance(paper.said))}{foot}"
    room = limits.MESSAGE - sum(map(limits.length, (said, head, foot)))
    return f"{said}{head}{limits.shorten(inert(paper.point.text), room)}{foot}"


def stance(which: Stance) -> str:
    """A stance in a word."""
    return {Stance.AGREE: _("agree"), Stance.DISAGREE: _("disagree"), Stance.UNSURE: _("unsure")}[which]


def recorded(cast: Cast) -> str:
    """Says that a ballot is recorded, and what others can see of that."""
    label = inert_line(cast.point.name)
    done = "🔒 " + _("Recorded, for you alone to see: **{label}** – {stance}.").format(
        label=label, stance=stance(cast.stance)
    )
    if not cast.replaced:
        return done
    return f"{done}\n" + _(
        "It replaces your reaction. I take that away where I may, and **others can see that it goes**; where it still "
        "stands, take it away yourself, since the ballot joins the figures only then."
    )


def _progress(paper: Paper) -> str:
    done = paper.voted + paper.skipped
    filled = done * _BAR // paper.total if paper.total else 0
    drawn = f"`{'█' * filled}{'░' * (_BAR - filled)}`"
    said = _("{voted} of {total} voted on").format(voted=paper.voted, total=paper.total)
    skipped = " · " + _("{count} skipped").format(count=paper.skipped) if paper.skipped else ""
    return f"{drawn} {said}{skipped}"


def _secret(critique: Critique) -> str:
    if critique.blind:
        return _(
            "Nobody sees how you vote, and no figure is shown before the close. Stop when you like; /ballot goes on."
        )
    return _(
        "Nobody sees how you vote: ballots join the figures eight or more at a time, once a week. Stop when you like; "
        "/ballot goes on."
    )


def _end(paper: Paper) -> str:
    if not paper.total:
        return _("There is no point to vote on in this list yet.")
    if paper.skipped:
        left = ngettext(
            "You have been through the list; {count} point is skipped.",
            "You have been through the list; {count} points are skipped.",
            paper.skipped,
        )
        return f"{_progress(paper)}\n{left.format(count=paper.skipped)}"
    return f"{_progress(paper)}\n" + _("You have voted on every point. To change a vote, use /ballot with the `point`.")


def view(paper: Paper, guild: discord.Guild) -> discord.ui.View | None:
    """The buttons under it; None where there is nothing to press.

    A custom emoji that the server has no more is left out: Discord refuses a message whose button bears it.
    """
    shown = discord.ui.View(timeout=None)
    for button in _buttons(paper, paper.point, guild) if paper.point is not None else _again(paper):
        shown.add_item(button)
    shown.stop()  # who presses is answered by the button's id, not by this object
    return shown if shown.children else None


def _there(emoji: str, guild: discord.Guild) -> str | None:
    which = discord.PartialEmoji.from_str(emoji).id
    return emoji if which is None or guild.get_emoji(which) is not None else None


def _buttons(paper: Paper, point: Point, guild: discord.Guild) -> list[discord.ui.Button[discord.ui.View]]:
    words = {
        Press.AGREE: (_there(paper.critique.agree_emoji, guild), _("Agree")),
        Press.DISAGREE: (_there(paper.critique.disagree_emoji, guild), _("Disagree")),
        Press.UNSURE: ("🤔", _("Unsure")),
        Press.SKIP: (None, _("Skip")),
    }
    buttons: list[discord.ui.Button[discord.ui.View]] = [
        discord.ui.Button(label=word, emoji=sign, custom_id=button_id(point.id, point.revision, press))
        for press, (sign, word) in words.items()
    ]
    if point.thread is not None:
        buttons.append(discord.ui.Button(label=_("Its thread"), url=link(paper.critique.guild, point.thread)))
    return buttons


def _again(paper: Paper) -> list[discord.ui.Button[discord.ui.View]]:
    if not paper.skipped:
        return []
    return [discord.ui.Button(label=_("Go through the skipped"), custom_id=walk_id(paper.critique.id, AGAIN))]


def invitation(critique: Critique) -> discord.ui.Button[discord.ui.View]:
    """The button on the digest."""
    return discord.ui.Button(label=_("Vote in private"), emoji="🔒", custom_id=walk_id(critique.id, BEGIN))
