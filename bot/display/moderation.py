"""Why additions wait or are not recorded, in words, for moderators and for authors."""

from bot.core.moderation import Reason, Rules, Standing
from bot.display.inert import inert_line
from bot.texts import _, ngettext


def held(reason: Reason) -> str:
    """Why an addition waits, for the moderators."""
    return {
        Reason.WORDS: _("It has a word of your list in it."),
        Reason.INVITE: _("It invites to another server."),
        Reason.LINKS: _("It has a link in it, and its author is new here."),
        Reason.MENTIONS: _("It mentions everybody, or many."),
        Reason.CHARACTERS: _("It has characters in it that cannot be seen, or that turn or cover others."),
        Reason.NEW_ACCOUNT: _("Its author's account was made a short while ago."),
        Reason.NEW_MEMBER: _("New members' additions wait here."),
        Reason.EVERY_ONE: _("All additions wait here."),
    }.get(reason, "")


def not_taken(reason: Reason, label: str, limit: int) -> str:
    """Why a text is not recorded, and what to do, for its author."""
    match reason:
        case Reason.TOO_SHORT:
            return _("There are no words in this that could be a point; write it in a sentence or two.")
        case Reason.TOO_LONG:
            return _("This is longer than a point may be, which is {limit} characters; shorten it.").format(limit=limit)
        case Reason.REPEAT:
            return _("You have said this already, as point {label}; it is not added twice.").format(
                label=inert_line(label)
            )
        case Reason.TOO_FAST:
            return _("You have added {limit} points within a minute; wait a little, then add this one again.").format(
                limit=limit
            )
        case Reason.QUOTA:
            return _(
                "You have added {limit} points within a day, which is all that one member may here; each that is "
                "accepted makes room for another. Add this one tomorrow."
            ).format(limit=limit)
        case _:
            return _("This is much like point {label}; vote for that one, or say in its thread what it lacks.").format(
                label=inert_line(label)
            )


def standing(known: Standing) -> str:
    """What an author has added before, for the moderators."""
    account = _("account made {when}").format(when=f"<t:{int(known.account_made_at.timestamp())}:R>")
    before = known.added - 1  # the one that waits is among them
    if before <= 0:
        return _("First addition here; {account}.").format(account=account)
    said = ngettext("{count} addition here before", "{count} additions here before", before).format(count=before)
    return _("{before}, {accepted} accepted; {account}.").format(before=said, accepted=known.accepted, account=account)


def rules(asked: Rules) -> str:
    """What a server asks of additions."""
    hours = int(asked.account_age.total_seconds() // 3600)
    lines = [
        _("**What additions are asked here, whatever a critique's policy**"),
        _(
            "- at most {count} a minute by one member, and {quota} a day; each accepted one makes room for another"
        ).format(count=asked.most_lately, quota=asked.quota),
        _("- those of accounts younger than {hours} hours wait for you").format(hours=hours)
        if hours
        else _("- accounts of any age"),
        _("- those with one of {count} words of your list wait for you").format(count=len(asked.words))
        if asked.words
        else _("- no list of words"),
        ngettext(
            "- the report of one member holds an addition",
            "- reports of {count} members hold an addition",
            asked.reports,
        ).format(count=asked.reports),
        _("- invites, links of new members, mentions of many and hidden characters wait for you"),
    ]
    return "\n".join(lines)
