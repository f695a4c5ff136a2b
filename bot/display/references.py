"""References to a point as its thread shows them: one small line with links, which names nobody."""

from collections.abc import Sequence

from bot.core.ids import GuildId
from bot.core.references import Reference
from bot.display import limits
from bot.texts import ngettext

_LINK = "https://discord.com/channels"
_LINKED = 15  # in one message; a link is some 90 characters


def line(guild: GuildId, references: Sequence[Reference]) -> str:
    """The line that tells of a batch, within one message."""
    links = [f"{_LINK}/{guild}/{each.channel}/{each.message}" for each in references[:_LINKED]]
    more = len(references) - len(links)
    if more:
        links.append(ngettext("and {number} more", "and {number} more", more).format(number=more))
    said = ngettext("Mentioned in another message:", "Mentioned in other messages:", len(references))
    return limits.shorten(f"-# {said} {' · '.join(links)}", limits.MESSAGE)
