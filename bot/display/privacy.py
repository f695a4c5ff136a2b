"""Privacy in words: what is stored about a member, what erasing means, and what it left to do."""

import json

from bot.core.privacy import Holdings, Json, Left
from bot.texts import _, ngettext

ERASE = "v1:privacy:erase"


def holdings(it: Holdings) -> str:
    """What is stored about the member, in words and counts."""
    lines = [_("**What I store about you**, on all servers that I am on:")]
    lines += [f"- {line}" for line in _counted(it)]
    if not it.anything:
        lines = [_("I store nothing about you.")]
    lines.append(
        _("No votes of yours are stored, as you wished; `/privacy opt-in` changes that.")
        if it.opted_out
        else _(
            "`/privacy export` hands you all of it, `/privacy erase` deletes it, `/privacy opt-out` your votes alone."
        )
    )
    return "\n".join(lines)


def _counted(it: Holdings) -> list[str]:
    counted = [
        (it.points, ngettext("{count} point of yours", "{count} points of yours", it.points)),
        (it.votes, ngettext("a vote on {count} point", "votes on {count} points", it.votes)),
        (it.changes, ngettext("{count} change of a vote, and when", "{count} changes of votes, and when", it.changes)),
        (it.replies, ngettext("that you wrote {count} reply", "that you wrote {count} replies", it.replies)),
        (it.cases, ngettext("{count} act of a moderator", "{count} acts of moderators", it.cases)),
        (it.notes, ngettext("{count} note by moderators", "{count} notes by moderators", it.notes)),
        (it.acts, ngettext("{count} act of yours as a moderator", "{count} acts of yours as a moderator", it.acts)),
        (it.reports, ngettext("{count} report or tip of yours", "{count} reports and tips of yours", it.reports)),
        (it.answers, ngettext("{count} official answer of yours", "{count} official answers of yours", it.answers)),
        (it.claims, ngettext("{count} text that I did not add", "{count} texts that I did not add", it.claims)),
        (it.arguments, ngettext("{count} argument of yours", "{count} arguments of yours", it.arguments)),
        (it.backings, ngettext("how you voted on {count} argument", "how you voted on {count} arguments", it.backings)),
        (it.follows, ngettext("that you follow {count} thing", "that you follow {count} things", it.follows)),
        (
            it.visits,
            ngettext("when you caught up with {count} list", "when you caught up with {count} lists", it.visits),
        ),
        (it.skips, ngettext("that you skipped {count} point", "that you skipped {count} points", it.skips)),
    ]
    return [said.format(count=count) for count, said in counted if count]


def export(it: Json) -> bytes:
    """The file."""
    return (json.dumps(it, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def question() -> str:
    """Asks whether all of it is to be erased, and says what that means."""
    return _(
        "**Erase what I store about you**, on all servers that I am on? Your votes are deleted and the figures follow. "
        "Your points stay without your name; withdraw first those that are to go (`/point withdraw`). Cases about you "
        "lose your name, and moderators' notes about you are deleted. No votes of yours are stored afterwards, until "
        "`/privacy opt-in`. What you wrote in Discord stays there: only you can delete that. It cannot be undone."
    )


def erased(left: Left) -> str:
    """What has been done."""
    return f"{_('Done: I have forgotten your votes, and your name on all that stays.')} {_emoji(left)}".rstrip()


def opted_out(left: Left) -> str:
    """What has been done."""
    said = ngettext("Your vote on {count} point is deleted.", "Your votes on {count} points are deleted.", left.votes)
    kept = _("From now on none are stored, whatever you react with; `/privacy opt-in` changes that.")
    return f"{said.format(count=left.votes)} {kept} {_emoji(left)}".rstrip()


def opted_in() -> str:
    """What has been done."""
    return _("Your votes are stored from now on. Those that you still hold in Discord count again within a few hours.")


def _emoji(left: Left) -> str:
    if not left.emoji:
        return ""
    return _(
        "I take your emoji under the points away where I may manage messages; where I may not, take them away "
        "yourself: they count for nothing, but everybody can see them."
    )
