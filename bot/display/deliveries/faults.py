"""What a fault of a request says of its delivery: whether it may pass, or there is nothing left to deliver.

The codes are those of the documentation page "Opcodes and Status Codes", JSON error codes.
"""

import re

import aiohttp
import discord

from bot.core.losses import Loss, What

_UNKNOWN_CHANNEL, _UNKNOWN_MESSAGE = 10003, 10008
_REACTION_BLOCKED = 90001  # whoever wrote the message has blocked the bot
_MOOT = {_UNKNOWN_CHANNEL, _UNKNOWN_MESSAGE, _REACTION_BLOCKED}
_PASSING = (aiohttp.ClientError, OSError, discord.DiscordServerError, TimeoutError)
_PLACE = re.compile(r"/channels/(?P<channel>\d+)(?:/messages/(?P<message>\d+))?")


def is_moot(error: Exception) -> bool:
    """Whether what the delivery is about is gone, or wanted by nobody."""
    return isinstance(error, discord.HTTPException) and error.code in _MOOT


def loss(error: Exception) -> Loss | None:
    """What is gone, as the address of the request names it; None where nothing is."""
    if not isinstance(error, discord.NotFound):
        return None
    place = _PLACE.search(str(error.response.url))
    if place is None:
        return None
    if error.code == _UNKNOWN_CHANNEL:
        return Loss(What.CHANNEL, int(place["channel"]))
    named = place["message"] if error.code == _UNKNOWN_MESSAGE else None
    return None if named is None else Loss(What.MESSAGE, int(named))


def is_final(error: Exception, *, latest: bool) -> bool:
    """Whether the same request will never succeed. A permission may come back: what is to be shown waits for it."""
    if isinstance(error, discord.Forbidden):
        return not latest
    return isinstance(error, discord.HTTPException) and 400 <= error.status < 500 and error.status != 429


def is_known(error: Exception) -> bool:
    """Whether it is Discord's or the network's fault, and not ours."""
    return isinstance(error, (*_PASSING, discord.HTTPException))
