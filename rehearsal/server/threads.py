"""Promises the routes of threads (docs: topics/threads, resources/channel#start-thread-from-message)."""

from rehearsal.server import archiving, clock, forums, posting, shapes, slowmode
from rehearsal.server.audit import Action, changes
from rehearsal.server.errors import not_modelled, refusal
from rehearsal.server.forms import Form
from rehearsal.server.messages import refer
from rehearsal.server.model import Channel, ChannelKind, Message, MessageFlag, MessageKind, ThreadState
from rehearsal.server.permissions import Permission
from rehearsal.server.routing import Call, Routes
from rehearsal.server.snowflakes import moment_of

ROUTES = Routes()
DURATIONS = (60, 1440, 4320, 10080)
# Discord announces a thread in its channel when it was started "from an older message", without giving the age.
OLDER_SECONDS = 60.0


@ROUTES.on("POST", "/channels/{channel_id}/messages/{message_id}/threads", status=201)
def start_thread(call: Call) -> shapes.Shape:
    """The thread bears its message's id; a message has one thread at most (160004)."""
    channel = call.channel(Permission.CREATE_PUBLIC_THREADS, Permission.READ_MESSAGE_HISTORY)
    if channel.kind != ChannelKind.TEXT:
        raise refusal(50024)
    message = call.message(channel)
    form = Form(call.body)
    name = form.text("name", least=1, most=100, required=True) or ""
    minutes = form.choice("auto_archive_duration", DURATIONS) or channel.default_auto_archive or 4320
    wait = form.integer("rate_limit_per_user", least=0, most=21600) or 0
    form.check()
    if message.id in call.stage.world.channels:
        raise refusal(160004)
    slowmode.check_thread(call, channel)
    archiving.check_room(call.stage, channel.guild_id)
    now = call.stage.world.stamp()
    state = ThreadState(call.actor.id, now, now, minutes)
    thread = Channel(
        message.id,
        ChannelKind.PUBLIC_THREAD,
        name,
        channel.guild_id,
        channel.id,
        slowmode=wait,
        thread=state,
    )
    _open(call, channel, message, thread)
    return made(call, thread)


def made(call: Call, thread: Channel) -> shapes.Shape:
    """The new thread as it is answered, noted in the audit log."""
    shape = shapes.channel(call.stage.world, thread, call.actor.id)
    call.audit(Action.THREAD_CREATE, thread.guild_id or 0, thread.id, changes=changes({}, shape))
    return shape


def _open(call: Call, channel: Channel, message: Message, thread: Channel) -> None:
    """The thread, its starter message, the flag on its source, and the one who started it in it."""
    stage = call.stage
    stage.world.add_channel(thread)
    stage.events.thread_created(thread)
    posting.join(stage, thread, [call.actor.id], announce=False)
    message.flags |= MessageFlag.HAS_THREAD
    stage.world.save(message)
    stage.events.message_updated(message)
    posting.system(
        stage,
        call.actor,
        thread,
        MessageKind.THREAD_STARTER_MESSAGE,
        reference=refer(channel, message.id),
    )
    age = stage.world.clock.now() - moment_of(message.id)
    if age.total_seconds() > OLDER_SECONDS:
        there = {"type": 0, "channel_id": str(thread.id), "guild_id": str(thread.guild_id)}
        kind = MessageKind.THREAD_CREATED
        posting.system(stage, call.actor, channel, kind, content=thread.name, reference=there)


@ROUTES.on("POST", "/channels/{channel_id}/threads", status=201)
def start_bare_thread(call: Call) -> shapes.Shape:
    """A post in a forum, or a public thread without a message (docs: resources/channel#start-thread-without-message,
    whose threads are private unless told otherwise).
    """
    parent = call.channel()
    form = Form(call.body)
    if parent.kind not in (ChannelKind.TEXT, ChannelKind.FORUM):
        raise refusal(50024)
    thread = forums.bare(call, parent, form, DURATIONS)
    slowmode.check_thread(call, parent)
    archiving.check_room(call.stage, parent.guild_id)
    if parent.forum:
        message = forums.start(call, parent, form, thread)
        return {**made(call, thread), "message": message}
    if form.integer("type") != ChannelKind.PUBLIC_THREAD:
        raise not_modelled("POST /channels/{channel_id}/threads for a private thread")
    call.need(parent, Permission.CREATE_PUBLIC_THREADS)
    stage = call.stage
    stage.world.add_channel(thread)
    stage.events.thread_created(thread)
    posting.join(stage, thread, [call.actor.id], announce=False)
    there = {"type": 0, "channel_id": str(thread.id), "guild_id": str(thread.guild_id)}
    posting.system(stage, call.actor, parent, MessageKind.THREAD_CREATED, content=thread.name, reference=there)
    return made(call, thread)


@ROUTES.on("GET", "/guilds/{guild_id}/threads/active")
def active_threads(call: Call) -> shapes.Shape:
    """Newest first (docs: resources/guild#list-active-guild-threads)."""
    world, guild = call.stage.world, call.guild()
    archiving.sweep(call.stage, guild.id)
    active = [
        each
        for each in world.threads(guild.id)
        if each.thread and not each.thread.archived and world.sees(call.actor.id, each)
    ]
    return shapes.threads(world, sorted(active, key=lambda each: -each.id), call.actor.id)


@ROUTES.on("GET", "/channels/{channel_id}/threads/archived/public")
def archived_threads(call: Call) -> shapes.Shape:
    """The one archived last first (docs: resources/channel#list-public-archived-threads)."""
    channel = call.channel(Permission.READ_MESSAGE_HISTORY)
    if channel.kind not in (ChannelKind.TEXT, ChannelKind.FORUM):
        raise refusal(50024)
    archiving.sweep(call.stage, channel.guild_id)
    form = Form(call.query)
    limit = form.integer("limit", least=2, most=100) or 50
    before = form.moment("before")
    form.check()
    found = [
        each
        for each in call.stage.world.threads(channel.guild_id)
        if each.parent_id == channel.id and each.thread and each.thread.archived
    ]
    if before:
        found = [each for each in found if each.thread and _archived_at(each) < before]
    found.sort(key=_archived_at, reverse=True)
    return shapes.threads(call.stage.world, found[:limit], call.actor.id, has_more=len(found) > limit)


def _archived_at(thread: Channel):
    assert thread.thread is not None  # noqa: S101 - only threads are archived
    moment = clock.parse(thread.thread.archive_changed_at)
    assert moment is not None  # noqa: S101 - the server wrote it
    return moment
