"""What can keep the bot from running, each in one sentence that says what to do."""

import aiohttp
import discord

from bot.storage.database import DatabaseUnusable
from bot.texts import _

EXPECTED = (
    DatabaseUnusable,
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
    path = error.path
    match error.code:
        case "newer":
            return _(
                "The database {path} was written by a newer version (schema {revision}); update the bot, or set "
                "DATABASE_PATH to another file."
            ).format(path=path, revision=error.detail)
        case "damaged":
            return _("{path} is no usable database ({why}); restore a backup, or set DATABASE_PATH.").format(
                path=path, why=error.detail
            )
        case "readonly":
            return _("The database {path} may not be written to; give the bot's user the right to write it.").format(
                path=path
            )
        case "locked":
            return _("The database {path} is in use by another process; stop that one first.").format(path=path)
        case _:
            return _("The database {path} cannot be opened: {why}.").format(path=path, why=error.detail)
