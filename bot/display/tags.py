"""A forum's tags: what a point is by origin and by state.

1. A tag that the forum has by name is used; one that it lacks is made where the bot may and there is room, all at
   once; a point goes without one that there is not.
2. Tags that moderators put on a post stay; ours take what room they leave.
"""

from collections.abc import Mapping, Sequence

import discord

from bot.core.critiques import Critique, CritiqueStatus
from bot.core.points import Origin, Point, PointStatus
from bot.display import limits
from bot.texts import _


def names(point: Point, critique: Critique) -> list[str]:
    """The tags that the point should bear, the most telling first."""
    origin = _("Original") if point.origin is Origin.ORIGINAL else _("Addition")
    if point.status is PointStatus.WITHDRAWN:
        return [_("Withdrawn"), origin]
    if point.status in (PointStatus.HIDDEN, PointStatus.REPORTED):
        return [_("Hidden"), origin]
    if critique.status is not CritiqueStatus.OPEN or point.status is PointStatus.MOVED:
        return [_("Closed"), origin]
    return [_("Vote only"), origin] if point.status is PointStatus.VOTE_ONLY else [origin]


def _ours() -> list[str]:
    return [_("Original"), _("Addition"), _("Vote only"), _("Closed"), _("Withdrawn"), _("Hidden")]


async def known(forum: discord.ForumChannel) -> Mapping[str, discord.ForumTag]:
    """Our tags by name, as far as the forum has them or can have them."""
    found = _by_name(forum.available_tags)
    if len(found) < len(_ours()) and _may_make(forum):
        try:
            found = _by_name(await _made(forum))
        except discord.Forbidden:
            return found
    return found


def _by_name(tags: Sequence[discord.ForumTag]) -> dict[str, discord.ForumTag]:
    there = {tag.name.casefold(): tag for tag in tags}
    return {name: there[name.casefold()] for name in _ours() if name.casefold() in there}


def _may_make(forum: discord.ForumChannel) -> bool:
    return len(forum.available_tags) < limits.FORUM_TAGS and forum.permissions_for(forum.guild.me).manage_channels


async def _made(forum: discord.ForumChannel) -> Sequence[discord.ForumTag]:
    """The forum's tags with ours. Its own are asked for first: a list with an old one missing would delete that."""
    current = await forum.guild.fetch_channel(forum.id)
    if not isinstance(current, discord.ForumChannel):
        return forum.available_tags
    there = _by_name(current.available_tags)
    lacking = [discord.ForumTag(name=name, moderated=True) for name in _ours() if name not in there]
    room = limits.FORUM_TAGS - len(current.available_tags)
    if not lacking or room <= 0:
        return current.available_tags
    edited = await current.edit(available_tags=[*current.available_tags, *lacking[:room]])
    return edited.available_tags if edited is not None else current.available_tags


def beside(
    standing: Sequence[discord.ForumTag], ours: Mapping[str, discord.ForumTag], wanted: Sequence[str]
) -> list[discord.ForumTag]:
    """The tags of a post: those of others that stand on it, and the wanted ones of ours, within Discord's limit."""
    mine = {tag.id for tag in ours.values()}
    kept = [tag for tag in standing if tag.id not in mine]
    return [*kept, *(ours[name] for name in wanted if name in ours)][: limits.POST_TAGS]


def required(forum: discord.ForumChannel, chosen: Sequence[discord.ForumTag]) -> list[discord.ForumTag]:
    """What a new post bears: the chosen tags, or any one where the forum asks for one and none is chosen."""
    if chosen or not forum.flags.require_tag:
        return list(chosen)
    return list(forum.available_tags[:1])
