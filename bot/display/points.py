"""A point as text: the pages of its thread, its panel for one member, its line in a list of choices."""

from collections.abc import Collection

from bot.core.critiques import Critique
from bot.core.digests import BAR, Line, Veil, bar
from bot.core.ids import ChannelId, GuildId, MessageId
from bot.core.points import Moved, Origin, Point, PointStatus, Target
from bot.core.votes import Tally
from bot.display import limits
from bot.display.actors import person
from bot.display.inert import inert, inert_line, inert_within
from bot.texts import _, ngettext

_OFFICIAL = 700  # units of an official answer in a panel
_TITLE = 80
_LINK = "https://discord.com/channels"


def pages(point: Point, critique: Critique, call: str = "") -> list[str]:
    """The messages that show a point, each within Discord's limit: the first stands in the home channel.

    `call` is the mention of the bot that typed additions must begin with, empty where the bot reads them without.
    A point that is gone is a tombstone.
    """
    if point.is_gone:
        return [tombstone(point)]
    head, how = _head(point), _how_to(point, critique, call)
    body = inert(point.text)
    if not _opens_with_title(point):
        body = f"**{inert_within(point.title)}**\n{body}"
    room = limits.MESSAGE - limits.length(head) - limits.length(how) - 2
    first, *rest = limits.parts(body, room, limits.MESSAGE) or [""]
    return [f"{head} {first}\n{how}", *rest]


def adopted(point: Point, critique: Critique) -> str:
    """What the bot answers in a post that a member opened: its label, why that differs if it does, and how to vote."""
    if point.is_gone:
        return tombstone(point)
    recorded = other_label(point) if point.claimed_label else _("Recorded as **{label}**.").format(label=point.label)
    if point.into is not None:
        return f"{recorded}\n-# {merged_into(point.into)}"
    if critique.blind:
        return f"{recorded}\n-# {_blind()} · {_('argue here')}"
    how = _("{agree} agree · {disagree} disagree, under the first message · argue here").format(
        agree=critique.agree_emoji, disagree=critique.disagree_emoji
    )
    return f"{recorded}\n-# {how}"


def merged_into(target: Target) -> str:
    """Where the votes on a merged point count, with the way there."""
    way = f" <#{target.thread}>" if target.thread is not None else ""
    return (
        _("Merged into **{label}**: votes here count there, once for each member.").format(
            label=inert_line(target.name)
        )
        + way
    )


def title(point: Point) -> str:
    """The point's title as a name shows it: one that is gone has none."""
    return _gone_names().get(point.status, point.title)


def no_titles() -> Collection[str]:
    """What the names of points that are gone say in place of their titles."""
    return _gone_names().values()


def _gone_names() -> dict[PointStatus, str]:
    return {
        PointStatus.WITHDRAWN: _("withdrawn"),
        PointStatus.HIDDEN: _("hidden"),
        PointStatus.MOVED: _("moved"),
        PointStatus.REPORTED: _("held"),
    }


def gone(point: Point) -> str:
    """Who took a point away, or where it is now, in a few words."""
    if point.moved is not None:
        return _("moved to {place}").format(place=_place(point.moved))
    return {
        PointStatus.HIDDEN: _("hidden by the moderators"),
        PointStatus.REPORTED: _("held, as members reported it"),
    }.get(point.status, _("withdrawn"))


def tombstone(point: Point) -> str:
    """What stands where a point stood that is gone."""
    if point.moved is not None:
        return f"{_head(point)} {_('Moved to {place}.').format(place=_place(point.moved))}"
    said = {
        PointStatus.HIDDEN: _("Hidden by the moderators."),
        PointStatus.REPORTED: _("Held: members reported it, and a moderator has still to decide."),
    }.get(point.status, _("Withdrawn."))
    return f"{_head(point)} {said}"


def _place(moved: Moved) -> str:
    title = limits.shorten(inert_line(moved.title), _TITLE)
    place = _("**{label}** of “{title}”").format(label=inert_line(moved.to.name), title=title)
    return place if moved.to.thread is None else f"{place} <#{moved.to.thread}>"


def withdrawal(point: Point) -> str:
    """Asks an author whether the point is to be withdrawn."""
    return _(
        "Withdraw **{label}**, “{title}”? Its text goes and its votes count no more; its label stays and is given to "
        "no other point. This cannot be undone."
    ).format(label=inert_line(point.name), title=inert_line(point.title))


def withdrawn(point: Point) -> str:
    """Tells an author that the point is withdrawn."""
    label = inert_line(point.name)
    return _("Withdrawn: **{label}**. Its label is not used again.").format(label=label)


def panel(line: Line, argued: str = "") -> str:
    """A point with its tally, for one member, within one message; `argued` is what is said for it and against it."""
    point = line.point
    if point.is_gone:
        return tombstone(point)
    votes = score(line) if point.into is None else merged_into(point.into)
    facts = [votes, reply_count(point.replies), *state(point), *_origin(point), *_reworded(point)]
    foot = "\n".join(f"-# {fact}" for fact in facts)
    if point.official is not None:
        said = limits.shorten(inert_line(point.official.text), _OFFICIAL)
        foot = f"✍️ **{_('Official answer')}:** {said}\n{foot}"
    if point.thread is not None:
        foot += f"\n-# {_('Thread')}: <#{point.thread}>"
    if argued:
        foot = f"{argued}\n{foot}"
    head = _head(point)
    room = limits.MESSAGE - limits.length(head) - limits.length(foot) - 2
    return f"{head} {limits.shorten(inert(point.text), room)}\n{foot}"


def state(point: Point) -> list[str]:
    """What is not as usual with a point, each in a word or a few."""
    vote_only = [_("vote only")] if point.status is PointStatus.VOTE_ONLY else []
    return [*vote_only, _("asleep until somebody writes there")] if point.asleep else vote_only


def choice(point: Point) -> str:
    """A point as one choice of an autocomplete: plain text."""
    return limits.shorten(f"{point.name} · {' '.join(title(point).split())}", limits.CHOICE_NAME)


def other_label(point: Point) -> str:
    """Tells an author that the addition took another label than the one written, and why."""
    written = int(point.claimed_label or 0)
    taken, ahead = _("{written} was taken already."), _("{written} was not the next free number.")
    why = taken if written < int(point.label) else ahead
    recorded = _("Recorded as **{label}**: {why}").format(label=point.label, why=why)
    return recorded.format(written=written)


def kept(point: Point) -> str:
    """Tells an author that the point does not say what they changed in their message."""
    said = _("**{label}** keeps its words: I cannot take them from this message. Use `/point edit`.")
    return said.format(label=inert_line(point.name))


def score(line: Line) -> str:
    """The tally as a bar with the same in words; of a blind critique, why there is none."""
    if line.veil is None:
        return counts(line.tally)
    return _("figures at the close") if line.veil is Veil.UNTIL_CLOSE else _("fewer than eight ballots: not shown")


def counts(tally: Tally) -> str:
    """A tally as a bar with the same in words. Never a percentage: counts speak for themselves when they are few."""
    agree, _disagree = bar(tally)
    drawn = f"`{'█' * agree}{'░' * (BAR - agree)}` " if tally.agree + tally.disagree else ""
    parts = [
        ngettext("{count} agrees", "{count} agree", tally.agree).format(count=tally.agree),
        ngettext("{count} disagrees", "{count} disagree", tally.disagree).format(count=tally.disagree),
    ]
    if tally.unsure:
        parts.append(_("{count} unsure").format(count=tally.unsure))
    return drawn + " · ".join(parts)


def link(guild: GuildId, channel: ChannelId, message: MessageId | None = None) -> str:
    """The address of a channel or message in Discord."""
    return f"{_LINK}/{guild}/{channel}" + (f"/{message}" if message else "")


def _head(point: Point) -> str:
    return f"**{inert_line(point.name)})**"


def _opens_with_title(point: Point) -> bool:
    return point.text.startswith(point.title.rstrip("…").rstrip())


def _origin(point: Point) -> list[str]:
    if point.origin is Origin.ORIGINAL:
        return []
    added = _("Added by {author} {when}").format(
        author=person(point.author), when=f"<t:{int(point.created_at.timestamp())}:R>"
    )
    if point.claimed_label is None:
        return [added]
    return [added + " · " + _("submitted as #{label}").format(label=point.claimed_label)]


def _reworded(point: Point) -> list[str]:
    return [_("Words changed by the moderators; /point history shows the earlier ones")] if point.reworded else []


def _how_to(point: Point, critique: Critique, call: str) -> str:
    if point.into is not None:
        return "\n".join(f"-# {line}" for line in [*_origin(point), *_reworded(point), merged_into(point.into)])
    how = _(
        "{agree} agree · {disagree} disagree (the first of each is mine and is not counted) · argue in the thread"
    ).format(agree=critique.agree_emoji, disagree=critique.disagree_emoji)
    if critique.blind:
        how = f"{_blind()} · {_('argue in the thread')}"
    return "\n".join(f"-# {line}" for line in [*_origin(point), *_reworded(point), f"{how} · {_how_to_add(call)}"])


def _blind() -> str:
    return _("vote with /ballot, unseen by all; reactions do not count here")


def _how_to_add(call: str) -> str:
    if call:
        return _("add a point with /point add, or by typing its number and text after {call}").format(call=call)
    return _("add a point by typing its number and text here, or with /point add")


def reply_count(replies: int) -> str:
    """How many replies, in words."""
    return ngettext("{count} reply", "{count} replies", replies).format(count=replies)
