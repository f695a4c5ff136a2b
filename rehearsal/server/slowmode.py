"""Promises slowmode: how long a member waits before writing, or starting a thread, once more.

docs: resources/channel#channel-object, rate_limit_per_user; JSON error 20016. Rules:
1. In each interval a member sends one message in the channel and starts one thread there.
2. Applications are not slowed down, nor is who has BYPASS_SLOWMODE.
"""

from collections.abc import Iterable

from rehearsal.server.errors import slowed
from rehearsal.server.model import Channel
from rehearsal.server.permissions import Permission
from rehearsal.server.routing import Call
from rehearsal.server.snowflakes import moment_of


def check_message(call: Call, channel: Channel) -> None:
    """Refuses a message that comes too soon after the member's last one in this channel."""
    if _slowed(call, channel):
        own = (each.id for each in call.stage.world.messages(channel.id) if each.author_id == call.actor.id)
        _check(call, channel, own)


def check_thread(call: Call, parent: Channel) -> None:
    """Refuses a thread or post that comes too soon after the member's last one here."""
    if _slowed(call, parent):
        threads = call.stage.world.threads(parent.guild_id)
        here = [each for each in threads if each.parent_id == parent.id and each.thread]
        _check(call, parent, (each.id for each in here if each.thread and each.thread.owner_id == call.actor.id))


def _slowed(call: Call, channel: Channel) -> bool:
    return bool(channel.slowmode) and not call.actor.bot and not call.may(channel, Permission.BYPASS_SLOWMODE)


def _check(call: Call, channel: Channel, earlier: Iterable[int]) -> None:
    last = max(earlier, default=None)
    if last is not None:
        left = channel.slowmode - (call.stage.world.clock.now() - moment_of(last)).total_seconds()
        if left > 0:
            raise slowed(left)
