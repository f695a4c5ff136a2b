"""Promises that threads which have been silent for their auto-archive time are archived, by the server's clock.

docs: topics/threads#active-archived-threads. Rules:
1. Activity is a message, being opened again, and a change of the auto-archive time; reactions are none.
2. A pinned forum post is never archived for silence.
3. A thread that is looked at is archived first if its time has come; the others follow within a moment.
4. A guild has a limit of active threads (JSON error 160006), for new ones and for those opened again. The number is
   known from users' reports only.
"""

import asyncio

from rehearsal.server import clock
from rehearsal.server.errors import refusal
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
    archive(stage, thread)


def archive(stage: Stage, thread: Channel) -> None:
    """Archives an active thread, now."""
    assert thread.thread is not None  # noqa: S101 - the caller looked
    thread.thread.archived = True
    thread.thread.archive_changed_at = stage.world.stamp()
    stage.world.save(thread)
    stage.events.thread_updated(thread)


def _last_activity(thread: Channel) -> float:
    """Seconds since 1970."""
    assert thread.thread is not None  # noqa: S101 - the caller looked
    changed = clock.parse(thread.thread.archive_changed_at)
    spoken = moment_of(thread.last_message_id or thread.id)
    return max(spoken, changed or spoken).timestamp()


def sweep(stage: Stage, guild_id: int | None = None) -> None:
    """Archives every thread whose time has come, on one guild or on all."""
    for thread in stage.world.threads(guild_id):
        check(stage, thread)


def check_room(stage: Stage, guild_id: int | None) -> None:
    """Refuses when the guild has as many active threads as it may."""
    sweep(stage, guild_id)
    threads = stage.world.threads(guild_id)
    if sum(not each.thread.archived for each in threads if each.thread) >= stage.most_active_threads:
        raise refusal(160006)


async def run(stage: Stage) -> None:
    """Looks at all threads again and again until cancelled."""
    while True:
        sweep(stage)
        await asyncio.sleep(LOOK_SECONDS)
