"""Promises what an application says by an interaction's webhook, for as long as its token is good.

docs: interactions/receiving-and-responding#followup-messages
"""

from rehearsal.server import drafts, message_shapes, posting, uploads
from rehearsal.server.answers import place
from rehearsal.server.conversations import AUTOCOMPLETE
from rehearsal.server.errors import refusal
from rehearsal.server.forms import Form
from rehearsal.server.interaction_metadata import told_by
from rehearsal.server.interaction_model import Interaction
from rehearsal.server.messages import apply_edit, refer
from rehearsal.server.model import Message, MessageFlag, MessageKind
from rehearsal.server.posting import Extras
from rehearsal.server.routing import Call, Routes
from rehearsal.server.shapes import Shape

ROUTES = Routes()
_WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"
_ORIGINAL = f"{_WEBHOOK}/messages/@original"
_LATER = f"{_WEBHOOK}/messages/{{message_id}}"


def _interaction(call: Call) -> Interaction:
    if call.id("webhook_id") != call.stage.world.application_id:
        raise refusal(10015)
    return call.stage.conversations.by_token(call.params["webhook_token"])


def _message(call: Call, interaction: Interaction) -> Message:
    """The path's message, which must have come from this interaction."""
    message_id = call.id("message_id") if "message_id" in call.params else interaction.original_id
    message = call.stage.world.message(message_id or 0)
    if message is None or message.id not in interaction.messages:
        raise refusal(10008)
    return message


def _shape(call: Call, message: Message) -> Shape:
    return message_shapes.message(call.stage.world, message, call.stage.world.bot.id)


@ROUTES.on("POST", _WEBHOOK, open_to_all=True)
def follow_up(call: Call) -> Shape:
    """A further message. Right after a deferral it fills the message that waits, keeping its visibility."""
    interaction = _interaction(call)
    if interaction.kind == AUTOCOMPLETE:
        raise refusal(10015)
    channel = place(call, interaction)
    form = Form(call.body)
    draft = drafts.read(form, ephemeral_allowed=True)
    drafts.require_something(draft, len(call.files))
    original = call.stage.world.message(interaction.original_id or 0)
    if original and original.flags & MessageFlag.LOADING:
        apply_edit(call, channel, original, draft)
        return _shape(call, original)
    extras = Extras(seen_only_by=interaction.user_id if (draft.flags or 0) & MessageFlag.EPHEMERAL else None)
    extras.attachments = uploads.attach(call.stage, form, call.files, channel.id)
    if original:
        extras.kind, extras.reference = MessageKind.REPLY, refer(channel, original.id)
    extras.interaction = told_by(call.stage.world, interaction, follows=True)
    message = posting.post(call.stage, call.stage.world.bot, channel, draft, extras)
    call.stage.conversations.made(interaction, message.id)
    return _shape(call, message)


@ROUTES.on("GET", _ORIGINAL, open_to_all=True)
@ROUTES.on("GET", _LATER, open_to_all=True)
def read_answer(call: Call) -> Shape:
    return _shape(call, _message(call, _interaction(call)))


@ROUTES.on("PATCH", _ORIGINAL, open_to_all=True)
@ROUTES.on("PATCH", _LATER, open_to_all=True)
def edit_answer(call: Call) -> Shape:
    interaction = _interaction(call)
    message = _message(call, interaction)
    draft = drafts.read(Form(call.body), flags_before=message.flags)
    apply_edit(call, place(call, interaction), message, draft)
    return _shape(call, message)


@ROUTES.on("DELETE", _ORIGINAL, open_to_all=True)
@ROUTES.on("DELETE", _LATER, open_to_all=True)
def delete_answer(call: Call) -> None:
    interaction = _interaction(call)
    message = _message(call, interaction)
    call.stage.conversations.deleted(interaction, message.id)
    channel = call.stage.world.channels[message.channel_id]
    posting.delete(call.stage, channel, message)
