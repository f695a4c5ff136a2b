"""Promises the routes of pins (docs: resources/message#get-channel-pins and following).

PIN_MESSAGES is needed to pin, and 250 messages can be; the older routes are not modelled.
"""

from rehearsal.server import clock, posting, shapes
from rehearsal.server.audit import Action
from rehearsal.server.errors import refusal
from rehearsal.server.forms import Form
from rehearsal.server.messages import readable, refer
from rehearsal.server.model import Channel, Message, MessageKind
from rehearsal.server.permissions import Permission
from rehearsal.server.routing import Call, Routes

ROUTES = Routes()
MOST_PINS = 250
_PINS = "/channels/{channel_id}/messages/pins"
_PINNABLE = (MessageKind.DEFAULT, MessageKind.REPLY, MessageKind.CHAT_INPUT_COMMAND)


@ROUTES.on("GET", _PINS)
def read_pins(call: Call) -> shapes.Shape:
    """The one pinned last first; an empty list without READ_MESSAGE_HISTORY."""
    channel = call.channel()
    form = Form(call.query)
    limit = form.integer("limit", least=1, most=50) or 50
    before = form.moment("before")
    form.check()
    found = call.stage.world.pinned(channel.id) if call.may(channel, Permission.READ_MESSAGE_HISTORY) else []
    if before:
        found = [each for each in found if (at := clock.parse(each.pinned_at or "")) and at < before]
    items = [{"pinned_at": each.pinned_at, "message": readable(call, each)} for each in found[:limit]]
    return {"items": items, "has_more": len(found) > limit}


@ROUTES.on("PUT", f"{_PINS}/{{message_id}}")
def pin(call: Call) -> None:
    """Pinning is announced in the channel by a system message."""
    channel, message = _place(call)
    if message.pinned_at:
        return
    if len(call.stage.world.pinned(channel.id)) >= MOST_PINS:
        raise refusal(30003)
    message.pinned_at = channel.last_pin_at = call.stage.world.stamp()
    _changed(call, channel, message, Action.MESSAGE_PIN)
    kind = MessageKind.CHANNEL_PINNED_MESSAGE
    posting.system(call.stage, call.actor, channel, kind, reference=refer(channel, message.id))


@ROUTES.on("DELETE", f"{_PINS}/{{message_id}}")
def unpin(call: Call) -> None:
    channel, message = _place(call)
    if message.pinned_at:
        message.pinned_at = None
        _changed(call, channel, message, Action.MESSAGE_UNPIN)


def _place(call: Call) -> tuple[Channel, Message]:
    channel = call.channel(Permission.PIN_MESSAGES)
    message = call.message(channel)
    posting.check_active(channel)
    if message.kind not in _PINNABLE:
        raise refusal(50021)
    return channel, message


def _changed(call: Call, channel: Channel, message: Message, action: Action) -> None:
    call.stage.world.save(message)
    call.stage.world.save(channel)
    call.stage.events.message_updated(message)
    call.stage.events.pins_changed(channel)
    if channel.guild_id:
        options = {"channel_id": str(channel.id), "message_id": str(message.id)}
        call.audit(action, channel.guild_id, message.author_id, options=options)
