"""Promises the routes of messages (docs: resources/message)."""

from rehearsal.server import archiving, drafts, message_shapes, posting, shapes, slowmode, snowflakes, uploads
from rehearsal.server.audit import Action
from rehearsal.server.errors import not_modelled, refusal
from rehearsal.server.forms import Form
from rehearsal.server.model import Channel, Message, MessageFlag, MessageKind
from rehearsal.server.permissions import Permission
from rehearsal.server.posting import Extras
from rehearsal.server.routing import Call, Routes
from rehearsal.server.snowflakes import moment_of

ROUTES = Routes()
NONCE_SECONDS = 300.0
BULK_DAYS = 14
_USERS_OWN = (MessageKind.DEFAULT, MessageKind.REPLY, MessageKind.CHAT_INPUT_COMMAND)
_MESSAGES = "/channels/{channel_id}/messages"


@ROUTES.on("GET", _MESSAGES)
def read_messages(call: Call) -> list[shapes.Shape]:
    """Newest first, 50 unless told; nothing without READ_MESSAGE_HISTORY (docs: #get-channel-messages)."""
    channel = call.channel()
    if channel.forum:
        raise refusal(50008)
    form = Form(call.query)
    limit = form.integer("limit", least=1, most=100)
    near = {name: form.snowflake(name) for name in ("before", "after", "around")}
    form.check()
    if not call.may(channel, Permission.READ_MESSAGE_HISTORY):
        return []
    found = _page(call, channel, near, 50 if limit is None else limit)
    return [readable(call, each) for each in reversed(found)]


def _page(call: Call, channel: Channel, near: dict[str, int | None], limit: int) -> list[Message]:
    world = call.stage.world
    if (middle := near["around"]) is not None:
        older = world.page(channel.id, before=middle + 1, after=None, limit=limit // 2 + 1)
        return [*older, *world.page(channel.id, before=None, after=middle, limit=limit - len(older))]
    return world.page(channel.id, before=near["before"], after=near["after"], limit=limit)


def readable(call: Call, message: Message) -> shapes.Shape:
    """The message for this reader; an application whose Message Content switch is off gets no content
    (docs: events/gateway#http-restrictions).
    """
    world, reader = call.stage.world, call.actor
    shape = message_shapes.message(world, message, reader.id)
    in_guild = world.channels[message.channel_id].guild_id is not None
    own = reader.id in (message.author_id, *message.mentions)
    if reader.bot and in_guild and not own and not world.portal["message_content"]:
        return message_shapes.blanked(shape)
    return shape


@ROUTES.on("GET", f"{_MESSAGES}/{{message_id}}")
def read_message(call: Call) -> shapes.Shape:
    channel = call.channel(Permission.READ_MESSAGE_HISTORY)
    return readable(call, call.message(channel))


@ROUTES.on("POST", _MESSAGES)
def create_message(call: Call) -> shapes.Shape:
    """docs: #create-message. A nonce that is to be enforced gives back the earlier message."""
    channel = call.channel()
    if channel.forum:
        raise refusal(50008)
    form = Form(call.body)
    nonce, enforce = form.given("nonce"), form.boolean("enforce_nonce")
    if isinstance(nonce, str) and len(nonce) > 25:
        form.wrong("nonce", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
    draft = drafts.read(form)
    _check_may_send(call, channel, draft)
    world = call.stage.world
    if enforce and nonce is not None and (sent := world.nonced(call.actor.id, str(nonce), NONCE_SECONDS)):
        return {**message_shapes.message(world, sent, call.actor.id), "nonce": nonce}
    extras = Extras(nonce=nonce)
    _reply(call, channel, form, extras)
    drafts.require_something(draft, len(call.files))
    extras.attachments = uploads.attach(call.stage, form, call.files, channel.id)
    message = posting.post(call.stage, call.actor, channel, draft, extras)
    shape = message_shapes.message(world, message, call.actor.id)
    if nonce is not None:
        world.remember_nonce(call.actor.id, str(nonce), message.id)
        shape["nonce"] = nonce
    return shape


def _check_may_send(call: Call, channel: Channel, draft: drafts.Draft) -> None:
    """A member without EMBED_LINKS loses the embeds silently, as on Discord."""
    if channel.recipients:
        _check_direct(call, channel)
        return
    call.need(channel, Permission.SEND_MESSAGES_IN_THREADS if channel.thread else Permission.SEND_MESSAGES)
    if call.files:
        call.need(channel, Permission.ATTACH_FILES)
    if draft.tts:
        call.need(channel, Permission.SEND_TTS_MESSAGES)
    if draft.embeds and not call.may(channel, Permission.EMBED_LINKS):
        draft.embeds = []
    posting.check_open(call.stage, call.actor, channel)
    slowmode.check_message(call, channel)
    if channel.thread and channel.thread.archived:
        archiving.check_room(call.stage, channel.guild_id)


def _check_direct(call: Call, channel: Channel) -> None:
    """A bot reaches a user who shares a server with it and lets it (docs: JSON error 50007)."""
    world = call.stage.world
    other = world.users[next(each for each in channel.recipients if each != call.actor.id)]
    together = any(other.id in each.members for each in world.guilds_of(call.actor.id))
    if not other.accepts_direct or not together:
        raise refusal(50007)


def _reply(call: Call, channel: Channel, form: Form, extras: Extras) -> None:
    """docs: resources/message#message-reference-structure; forwards are not modelled."""
    given = form.child("message_reference")
    if given is None:
        return
    if given.given("type"):
        raise not_modelled("forwarding a message")
    message_id = given.snowflake("message_id", required=True)
    elsewhere = given.snowflake("channel_id") not in (None, channel.id)
    form.check()
    found = call.stage.world.message(message_id or 0)
    if not call.may(channel, Permission.READ_MESSAGE_HISTORY):
        raise refusal(160002)
    if elsewhere or found is None or found.channel_id != channel.id or found.seen_only_by:
        if given.boolean("fail_if_not_exists") is False and not elsewhere:
            return
        given.wrong(None, "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
        form.check()
        return
    if found.kind not in _USERS_OWN:
        given.wrong(None, "REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE", "Cannot reply to a system message")
        form.check()
    extras.kind = MessageKind.REPLY
    extras.replied = found
    extras.reference = refer(channel, found.id)


def refer(channel: Channel, message_id: int) -> dict[str, object]:
    """A reference to a message of this channel."""
    shape: dict[str, object] = {"type": 0, "channel_id": str(channel.id), "message_id": str(message_id)}
    if channel.guild_id:
        shape["guild_id"] = str(channel.guild_id)
    return shape


@ROUTES.on("PATCH", f"{_MESSAGES}/{{message_id}}")
def edit_message(call: Call) -> shapes.Shape:
    """Only the author's own; others may at most hide embeds, with MANAGE_MESSAGES (docs: #edit-message)."""
    channel = call.channel()
    message = call.message(channel)
    draft = drafts.read(Form(call.body), flags_before=message.flags)
    if message.author_id != call.actor.id:
        if set(draft.form.body) - {"flags"}:
            raise refusal(50005)
        call.need(channel, Permission.MANAGE_MESSAGES)
    elif message.kind not in _USERS_OWN:
        raise refusal(50021)
    posting.check_active(channel)
    posting.check_open(call.stage, call.actor, channel)
    apply_edit(call, channel, message, draft)
    return message_shapes.message(call.stage.world, message, call.actor.id)


def apply_edit(call: Call, channel: Channel, message: Message, draft: drafts.Draft) -> None:
    """Puts the draft into the message, with the files that came along; a message may not become empty."""
    form, attachments = draft.form, None
    if call.files or "attachments" in form or draft.components:
        attachments = uploads.attach(call.stage, form, call.files, channel.id, message.attachments)
    after = (
        message.content if draft.content is None else draft.content,
        message.embeds if draft.embeds is None else draft.embeds,
        message.components if draft.components is None else draft.components,
        message.attachments if attachments is None else attachments,
    )
    if not any(after):
        raise refusal(50006)
    if (message.flags | (draft.flags or 0)) & MessageFlag.IS_COMPONENTS_V2 and any(after[:2]):
        drafts.refuse_beside_components(form, "content" if after[0] else "embeds")
    posting.edit(call.stage, message, draft, attachments)


@ROUTES.on("DELETE", f"{_MESSAGES}/{{message_id}}")
def delete_message(call: Call) -> None:
    """Others' messages need MANAGE_MESSAGES (docs: #delete-message); it works in archived threads too."""
    channel = call.channel()
    message = call.message(channel)
    if message.author_id != call.actor.id:
        call.need(channel, Permission.MANAGE_MESSAGES)
    if message.kind == MessageKind.THREAD_STARTER_MESSAGE:
        raise refusal(50021)
    state = channel.thread
    if state and state.locked and state.archived and not call.may(channel, Permission.MANAGE_THREADS):
        raise refusal(50083)
    posting.delete(call.stage, channel, message)
    if message.author_id != call.actor.id and channel.guild_id:
        options = {"channel_id": str(channel.id), "count": "1"}
        call.audit(Action.MESSAGE_DELETE, channel.guild_id, message.author_id, options=options)


@ROUTES.on("POST", f"{_MESSAGES}/bulk-delete")
def bulk_delete(call: Call) -> None:
    """2 to 100 messages of the last 14 days; unknown ids are passed over (docs: #bulk-delete-messages)."""
    channel = call.channel(Permission.MANAGE_MESSAGES)
    if channel.guild_id is None:
        raise refusal(50003)
    form = Form(call.body)
    listed = form.list("messages", least=2, most=100, required=True)
    form.check()
    ids = {number for each in listed if (number := snowflakes.read(each)) is not None}
    now = call.stage.world.clock.now()
    if any((now - moment_of(each)).days >= BULK_DAYS for each in ids):
        raise refusal(50034)
    found = [each for number in sorted(ids) if (each := call.stage.world.message(number))]
    here = [each for each in found if each.channel_id == channel.id and each.seen_only_by is None]
    for message in here:
        posting.forget(call.stage, channel, message)
    if here:
        call.stage.events.messages_deleted([each.id for each in here], channel)
        options = {"count": str(len(here))}
        call.audit(Action.MESSAGE_BULK_DELETE, channel.guild_id, channel.id, options=options)


@ROUTES.on("POST", "/channels/{channel_id}/typing")
def type_in(call: Call) -> None:
    channel = call.channel()
    speaking = Permission.SEND_MESSAGES_IN_THREADS if channel.thread else Permission.SEND_MESSAGES
    call.need(channel, speaking)
    call.stage.events.typing(channel, call.actor.id, call.stage.world.clock.now())
