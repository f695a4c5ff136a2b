"""What is said when the bot comes to a server."""

from bot.display import limits
from bot.display.inert import inert_line
from bot.texts import _

_NAME = 100


def text(server: str) -> str:
    """Four short paragraphs: what it does, what to do first, what it keeps, how to be rid of it."""
    name = limits.shorten(inert_line(server), _NAME)
    paragraphs = (
        _("Point Eleven is on **{server}** now: it makes each point of a numbered list a thread, and counts votes."),
        _("Use `/setup` there first; it asks eight short questions and says which permissions it lacks."),
        _(
            "It keeps the list, what members add to it, who votes how, and which messages stand in its threads, in its "
            "operator's own database; it keeps nothing of other channels, and `/setup` says it again in its summary."
        ),
        _("To be rid of it, remove it under Server Settings → Integrations; nothing that it posted goes with it."),
    )
    return "\n".join(paragraphs).format(server=name)
