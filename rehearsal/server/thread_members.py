"""Promises the routes of a thread's members (docs: resources/channel#thread-member-object, #join-thread)."""

from rehearsal.server import posting, shapes
from rehearsal.server.errors import refusal
from rehearsal.server.forms import Form
from rehearsal.server.model import Channel, MessageKind, ThreadState
from rehearsal.server.permissions import Permission
from rehearsal.server.routing import Call, Routes

ROUTES = Routes()
_MEMBERS = "/channels/{channel_id}/thread-members"


def _thread(call: Call) -> tuple[Channel, ThreadState]:
    channel = call.channel()
    if channel.thread is None:
        raise refusal(50024)
    return channel, channel.thread


@ROUTES.on("GET", _MEMBERS)
def thread_members(call: Call) -> list[shapes.Shape]:
    """An application needs the members intent switched on for it (docs: topics/threads)."""
    thread, state = _thread(call)
    if call.actor.bot and not call.stage.world.portal["members"]:
        raise refusal(50001)
    form = Form(call.query)
    full = _asked_full(form)
    limit, after = form.integer("limit", least=1, most=100), form.snowflake("after")
    form.check()
    found = list(state.members)
    if full:
        found = sorted(each for each in found if each > (after or 0))[: 100 if limit is None else limit]
    return [_member(call, thread, each, full) for each in found]


def _asked_full(form: Form) -> bool:
    """docs: #list-thread-members: the whole guild member comes along, and then the list is paged by id."""
    return str(form.given("with_member")).lower() in ("true", "1")


def _member(call: Call, thread: Channel, user_id: int, full: bool) -> shapes.Shape:
    shape = shapes.thread_member(thread, user_id)
    member = call.stage.world.membership(thread.guild_id, user_id) if full else None
    return {**shape, "member": shapes.member(call.stage.world, member)} if member else shape


@ROUTES.on("GET", f"{_MEMBERS}/{{user_id}}")
def thread_member(call: Call) -> shapes.Shape:
    thread, state = _thread(call)
    user_id = call.actor.id if call.params["user_id"] == "@me" else call.id("user_id")
    if user_id not in state.members:
        raise refusal(10007)
    return _member(call, thread, user_id, _asked_full(Form(call.query)))


@ROUTES.on("PUT", f"{_MEMBERS}/@me")
def join_thread(call: Call) -> None:
    thread, _ = _thread(call)
    posting.check_active(thread)
    _check_free(thread, call.actor.id)
    posting.join(call.stage, thread, [call.actor.id])


def _check_free(thread: Channel, user_id: int) -> None:
    """A thread has 1,000 members at most (docs: topics/threads; JSON error 30033)."""
    state = thread.thread
    if state and user_id not in state.members and len(state.members) >= posting.MOST_MEMBERS:
        raise refusal(30033)


@ROUTES.on("PUT", f"{_MEMBERS}/{{user_id}}")
def add_thread_member(call: Call) -> None:
    thread, _ = _thread(call)
    call.need(thread, Permission.SEND_MESSAGES_IN_THREADS)
    posting.check_active(thread)
    user_id = call.id("user_id")
    if call.stage.world.membership(thread.guild_id, user_id) is None:
        raise refusal(10007)
    if not call.stage.world.sees(user_id, thread):
        raise refusal(50001)
    _check_free(thread, user_id)
    if posting.join(call.stage, thread, [user_id]):
        posting.system(call.stage, call.actor, thread, MessageKind.RECIPIENT_ADD, mentions=[user_id])


@ROUTES.on("DELETE", f"{_MEMBERS}/@me")
def leave_thread(call: Call) -> None:
    thread, _ = _thread(call)
    _leave(call, thread, call.actor.id)


@ROUTES.on("DELETE", f"{_MEMBERS}/{{user_id}}")
def remove_thread_member(call: Call) -> None:
    thread, _ = _thread(call)
    call.need(thread, Permission.MANAGE_THREADS)
    user_id = call.id("user_id")
    if _leave(call, thread, user_id):
        posting.system(call.stage, call.actor, thread, MessageKind.RECIPIENT_REMOVE, mentions=[user_id])


def _leave(call: Call, thread: Channel, user_id: int) -> bool:
    posting.check_active(thread)
    assert thread.thread is not None  # noqa: S101 - `_thread` looked
    if user_id not in thread.thread.members:
        return False
    del thread.thread.members[user_id]
    call.stage.world.save(thread)
    call.stage.events.thread_left(thread, user_id)
    return True
