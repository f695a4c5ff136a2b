"""`/help`: what somebody can do here, by their rank, in one message."""

from bot.core.acts import Rank
from bot.texts import _


def text(rank: Rank) -> str:
    """Only what that rank may use."""
    parts = [_members()]
    if rank >= Rank.MODERATOR:
        parts.append(_moderators())
    if rank >= Rank.ADMINISTRATOR:
        parts.append(_administrators())
    return "\n\n".join(parts)


def _members() -> str:
    lines = [
        _("**Take part**"),
        _("• **Vote** with the two emoji under a point, or unseen with `/ballot`."),
        _("• **Add** a point with `/point add`, or by typing its number and text. `/point undo` takes it back."),
        _("• **Argue** with `/argue`, or write `Agree:` or `Disagree:` in a point's thread."),
        _("• **Look**: `/digest show`, `/point show`, `/catchup` (what changed since you last looked)."),
        _("• **Follow** a point, a critique or its digest with `/follow`; `/unfollow` ends it."),
        _("• **Mend** your own: `/point edit`, `/point withdraw`. What moderators did to it: `/case mine`."),
        _("• **Report** from the menu of a message (Apps), or tell the moderators something with `/tip`."),
        _("• **Your data**: `/privacy show`, `export`, `erase`."),
    ]
    return "\n".join(lines)


def _moderators() -> str:
    lines = [
        _("**Keep order**"),
        _("• **Open** a list with `/critique open` (you see a preview first), `close` and `reopen` it."),
        _("• **Decide** what waits: `/mod queue`, or the buttons in your channel. `/mod rules` says what waits."),
        _("• **Put right**: `/mod hide`, `merge`, `edit`, `move`, `withdraw`; most of it can be undone."),
        _("• **Calm down**: `/mod mute`, `slow`, `exclude`, `/critique lock`."),
        _("• **Look up**: `/mod history`, `/case ledger`, `/status`, `/doctor` (what does not work, and how to mend)."),
    ]
    return "\n".join(lines)


def _administrators() -> str:
    lines = [
        _("**Set up**"),
        _("• `/setup` asks for channels, roles, time zone and emoji, step by step; it can be left and taken up again."),
        _("• `/mod retention` says how long things are kept. Who may use what: Server Settings, Integrations."),
    ]
    return "\n".join(lines)
