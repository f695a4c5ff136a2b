"""Promises that threads which have been silent for their auto-archive time are archived, by the server's clock.

docs: topics/threads#active-archived-threads. Rules:
1. Activity is a message, being opened again, and a change of the auto-archive time; reactions are none.
2. A pinned forum post is never archived for silence.
3. A thread that is looked at is archived first if its time has come; the others follow within a moment.
"""

import asyncio

from rehearsal.server import clock
from rehearsal.server.model import Channel, ChannelFlag
from rehearsal.server.snowflakes import moment_of
from rehearsal.server.stage import Stage

LOOK_SECONDS = 0.25


def check(stage: Stage, thread: Channel) -> None:
    """Archives the thread if it has been silent for long enough."""
    state = thread.thread
    if state is None or state.archived or thread.flags & ChannelFlag.PINNED:
        return
    if stage.world.clock.seconds() - _last_activity(thread) < state.auto_archive_minutes * 60:
        return
    state.archived = True
    state.archive_changed_at = stage.world.stamp()
    stage.world.save(thread)
    stage.events.thread_updated(thread)


def _last_activity(thread: Channel) -> float:
    """Seconds since 1970."""
    assert thread.thread is not None  # noqa: S101 - the caller looked
    changed = clock.parse(thread.thread.archive_changed_at)
    spoken = moment_of(thread.last_message_id or thread.id)
    return max(spoken, changed or spoken).timestamp()


async def run(stage: Stage) -> None:
    """Looks at all threads again and again until cancelled."""
    while True:
        for thread in stage.world.threads():
            check(stage, thread)
        await asyncio.sleep(LOOK_SECONDS)
