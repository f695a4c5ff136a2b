"""What can keep the bot from running, each in one sentence that says what to do."""

import aiohttp
import discord

from bot.ending import Unfinished
from bot.storage.database import DatabaseUnusable
from bot.texts import _

EXPECTED = (
    DatabaseUnusable,
    Unfinished,
    discord.LoginFailure,
    discord.PrivilegedIntentsRequired,
    discord.HTTPException,
    discord.GatewayNotFound,
    discord.ConnectionClosed,
    aiohttp.ClientError,
    OSError,
)


def sentence(error: BaseException) -> str:
    """The sentence for one of EXPECTED."""
    match error:
        case DatabaseUnusable():
            return _database(error)
        case Unfinished():
            return _(
                "Not all that was read could be stored in time ({what}); the next start reads it from Discord again."
            ).format(what=error.what)
        case discord.LoginFailure():
            return _("Discord does not know the token; copy it anew from the developer portal into DISCORD_TOKEN.")
        case discord.PrivilegedIntentsRequired():
            return _(
                "Discord refuses the Message Content intent: switch it on under Bot in the developer portal, or set "
                "MESSAGE_CONTENT_INTENT=false (additions are then typed with a mention of the bot)."
            )
        case discord.ConnectionClosed():
            return _("Discord closed the connection for good (code {code}).").format(code=error.code)
        case _:
            return _("Discord cannot be reached: {why}. Check the network and DISCORD_API_BASE.").format(why=error)


def _database(error: DatabaseUnusable) -> str:
    return _sentences()[error.code].format(path=error.path, why=error.detail)


def _sentences() -> dict[str, str]:
    return {
        "newer": _(
            "The database {path} was written by a newer version (schema {why}); update the bot, or set "
            "DATABASE_PATH to another file."
        ),
        "damaged": _("{path} is no usable database ({why}); restore a backup, or set DATABASE_PATH."),
        "readonly": _("The database {path} may not be written to; give the bot's user the right to write it."),
        "locked": _("The database {path} is in use by another process; stop that one first."),
        "taken": _("Another bot runs on the database {path}; stop that one first, or set DATABASE_PATH."),
        "linked": _(
            "The file {path} has a second name (a hard link), under which it would be damaged; remove one, or copy it."
        ),
        "full": _("There is no room on the disk of the database {path}; make some."),
        "vanished": _("The database {path} is gone; put it back, or a backup in its place."),
        "unreachable": _("The database {path} cannot be read or written: {why}. Look at its disk and its folder."),
    }
