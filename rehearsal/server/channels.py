"""Promises the routes of channels: read, change, delete; threads among them (docs: resources/channel)."""

from typing import Any

from rehearsal.server import archiving, forums, names, overwrites, posting, shapes
from rehearsal.server.audit import Action, changes
from rehearsal.server.errors import not_modelled, refusal
from rehearsal.server.forms import Form
from rehearsal.server.model import Channel, ChannelFlag, MessageKind, ThreadState
from rehearsal.server.permissions import Permission
from rehearsal.server.routing import Call, Routes
from rehearsal.server.threads import DURATIONS
from rehearsal.server.visibility import watched

ROUTES = Routes()
_CHANNEL = "/channels/{channel_id}"
_CHANNEL_FIELDS = {
    "name",
    "topic",
    "nsfw",
    "position",
    "rate_limit_per_user",
    "default_auto_archive_duration",
    "permission_overwrites",
}
_THREAD_FIELDS = {
    "name",
    "archived",
    "locked",
    "auto_archive_duration",
    "rate_limit_per_user",
    "applied_tags",
    "flags",
}


@ROUTES.on("GET", _CHANNEL)
def read_channel(call: Call) -> shapes.Shape:
    return shapes.channel(call.stage.world, call.channel(), call.actor.id)


@ROUTES.on("PATCH", _CHANNEL)
def edit_channel(call: Call) -> shapes.Shape:
    channel = call.channel()
    form = Form(call.body)
    if channel.recipients:
        raise refusal(50003)
    known = _THREAD_FIELDS if channel.thread else _CHANNEL_FIELDS | (forums.FIELDS if channel.forum else set())
    unknown = set(form.body) - known
    if unknown:
        raise not_modelled(f"PATCH {_CHANNEL} with {', '.join(sorted(unknown))}")
    if channel.thread:
        _edit_thread(call, channel, channel.thread, form)
    else:
        _edit_channel(call, channel, form)
    return shapes.channel(call.stage.world, channel, call.actor.id)


@ROUTES.on("DELETE", _CHANNEL)
def delete_channel(call: Call) -> shapes.Shape:
    """A thread needs MANAGE_THREADS, a channel MANAGE_CHANNELS; closing a direct message is not modelled."""
    channel = call.channel()
    if channel.recipients:
        raise not_modelled(f"DELETE {_CHANNEL} of a direct message")
    call.need(channel, Permission.MANAGE_THREADS if channel.thread else Permission.MANAGE_CHANNELS)
    shape = shapes.channel(call.stage.world, channel, call.actor.id)
    action = Action.THREAD_DELETE if channel.thread else Action.CHANNEL_DELETE
    call.audit(action, channel.guild_id or 0, channel.id, changes=changes(shape, {}))
    if channel.thread:
        call.stage.events.thread_deleted(channel)
    else:
        call.stage.events.channel_changed("CHANNEL_DELETE", channel)
        _forget_system_channel(call, channel)
    call.stage.world.remove_channel(channel)
    call.stage.world.forget_permissions()
    return shape


def _forget_system_channel(call: Call, channel: Channel) -> None:
    guild = call.stage.world.guilds[channel.guild_id or 0]
    if guild.system_channel_id == channel.id:
        guild.system_channel_id = None
        call.stage.world.save(guild)
        call.stage.events.guild_changed(guild)


# --- threads (docs: topics/threads#editing-deleting-threads) --------------------------------------------------
def _edit_thread(call: Call, thread: Channel, state: ThreadState, form: Form) -> None:
    name = form.text("name", least=1, most=100)
    minutes = form.choice("auto_archive_duration", DURATIONS)
    slowmode = form.integer("rate_limit_per_user", least=0, most=21600)
    archived, locked = form.boolean("archived"), form.boolean("locked")
    form.check()
    _check_may_edit(call, thread, state, set(form.body), archived)
    _edit_post(call, thread, form)
    if archived is False and state.archived:
        archiving.check_room(call.stage, thread.guild_id)
    renamed = name is not None and name != thread.name
    opened = archived is False and state.archived
    before = shapes.channel(call.stage.world, thread)
    if minutes is not None or archived not in (None, state.archived):
        state.archive_changed_at = call.stage.world.stamp()
    thread.name = thread.name if name is None else name
    thread.slowmode = thread.slowmode if slowmode is None else slowmode
    state.auto_archive_minutes = minutes or state.auto_archive_minutes
    state.archived = state.archived if archived is None else archived
    if state.archived:
        thread.flags &= ~ChannelFlag.PINNED  # archiving unpins (docs: topics/threads#forums)
    state.locked = state.locked if locked is None else locked
    call.stage.world.save(thread)
    tell = call.stage.events.thread_opened if opened else call.stage.events.thread_updated
    tell(thread)
    after = shapes.channel(call.stage.world, thread)
    call.audit_update(Action.THREAD_UPDATE, thread.guild_id or 0, thread.id, before, after)
    if renamed:
        kind = MessageKind.CHANNEL_NAME_CHANGE
        posting.system(call.stage, call.actor, thread, kind, content=thread.name)


def _edit_post(call: Call, thread: Channel, form: Form) -> None:
    """What only a forum's posts have: tags and a pin."""
    parent = call.stage.world.channels.get(thread.parent_id or 0)
    tags, flags = form.given("applied_tags"), form.integer("flags")
    form.check()
    if tags is None and flags is None:
        return
    if parent is None or not parent.forum:
        raise refusal(50024)
    if flags is not None:
        forums.pin(call, thread, flags)
    if tags is not None:
        thread.applied_tags = forums.applied(call, parent, form, thread.applied_tags) or []


def _check_may_edit(call: Call, thread: Channel, state: ThreadState, fields: set[str], archived: bool | None) -> None:
    """An archived thread must be opened in the same request to change anything else (50083); who may write in it may
    open it, unless it is locked (docs: resources/channel#modify-channel-json-params-thread).
    """
    manages = call.may(thread, Permission.MANAGE_THREADS)
    own = state.owner_id == call.actor.id
    reopens = archived is False and state.archived
    if reopens and not manages and (state.locked or not call.may(thread, Permission.SEND_MESSAGES_IN_THREADS)):
        raise refusal(50013)
    if fields & {"locked", "rate_limit_per_user"} and not manages:
        raise refusal(50013)
    if fields - {"archived"} and not (manages or own):
        raise refusal(50013)
    if archived and not (manages or own):
        raise refusal(50013)
    if state.archived and archived is not False:
        raise refusal(50083)
    if state.locked and not manages:
        raise refusal(160005)


# --- text channels and forums ---------------------------------------------------------------------------------
def _edit_channel(call: Call, channel: Channel, form: Form) -> None:
    call.need(channel, Permission.MANAGE_CHANNELS)
    values: dict[str, Any] = {
        "name": names.of_channel(form.text("name", least=1, most=100) or "") or None,
        "topic": form.text("topic", most=4096 if channel.forum else 1024),
        "nsfw": form.boolean("nsfw"),
        "position": form.integer("position", least=0),
        "slowmode": form.integer("rate_limit_per_user", least=0, most=21600),
        "default_auto_archive": form.choice("default_auto_archive_duration", DURATIONS),
    }
    form.check()
    given = overwrites.replaced(call, channel, form)
    before, earlier = shapes.channel(call.stage.world, channel), channel.overwrites
    if channel.forum:
        forums.configure(call.stage.world, channel, form)
    for name, value in values.items():
        if value is not None:
            setattr(channel, name, value)
    guild = call.stage.world.guilds[channel.guild_id or 0]
    with watched(call.stage, guild, channel):
        channel.overwrites = channel.overwrites if given is None else given
        call.stage.world.save(channel)
    after = shapes.channel(call.stage.world, channel)
    call.audit_update(Action.CHANNEL_UPDATE, guild.id, channel.id, before, after)
    overwrites.audit(call, channel, earlier)
