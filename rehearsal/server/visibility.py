"""Promises that who views other channels after a change than before is told of it.

docs: resources/channel#channel-object-obfuscated-channels, events/gateway-events#thread-list-sync. Rules:
1. Who views a channel from now on gets it whole, as CHANNEL_UPDATE, then its active threads, as THREAD_LIST_SYNC.
2. Who no longer views it gets it obfuscated, as CHANNEL_UPDATE.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from rehearsal.server.model import Channel, Guild
from rehearsal.server.stage import Stage


@contextmanager
def watched(stage: Stage, guild: Guild, updated: Channel | None = None) -> Iterator[None]:
    """Within the block roles, members or overwrites change. If that is a change of one channel, `updated`, it is
    told to everybody.
    """
    before = _seen(stage, guild)
    yield
    stage.world.forget_permissions()
    if updated:
        stage.events.channel_changed("CHANNEL_UPDATE", updated)
    after = _seen(stage, guild)
    for user_id, seen in before.items():
        if user_id in after:
            _tell(stage, guild, user_id, seen, after[user_id], updated)


def _seen(stage: Stage, guild: Guild) -> dict[int, set[int]]:
    """The channels that each member with a session views."""
    world = stage.world
    channels = world.channels_of(guild.id)
    connected = {each.user_id for each in stage.gateway.sessions.values()} & guild.members.keys()
    return {user_id: {each.id for each in channels if world.sees(user_id, each)} for user_id in connected}


def _tell(stage: Stage, guild: Guild, user_id: int, before: set[int], after: set[int], updated: Channel | None) -> None:
    for channel_id in sorted(before ^ after):
        if updated is None or channel_id != updated.id:
            stage.events.channel_seen_anew(user_id, stage.world.channels[channel_id])
    if gained := after - before:
        stage.events.threads_seen(user_id, guild.id, gained)
