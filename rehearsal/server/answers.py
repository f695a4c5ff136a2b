"""Promises the application's side of interactions: the first answer and, by webhook, the rest.

docs: interactions/receiving-and-responding#responding-to-an-interaction, #followup-messages
"""

from typing import Any

from rehearsal.server import drafts, message_shapes, modals, posting, shapes, uploads
from rehearsal.server.command_options import MOST_CHOICES, STRING, read_choice
from rehearsal.server.conversations import AUTOCOMPLETE, COMMAND, COMPONENT, SUBMISSION, Interaction
from rehearsal.server.errors import not_modelled, refusal
from rehearsal.server.forms import Form
from rehearsal.server.interactions import owners
from rehearsal.server.messages import apply_edit, refer
from rehearsal.server.model import Channel, Json, Message, MessageFlag, MessageKind
from rehearsal.server.posting import Extras
from rehearsal.server.routing import Call, Routes

ROUTES = Routes()
MESSAGE, LATER_MESSAGE, LATER_UPDATE, UPDATE, CHOICES = 4, 5, 6, 7, 8
MODAL = 9
_UNMODELLED = {12: "launching activities", 13: "this kind of answer"}
_FITTING = {
    COMMAND: (MESSAGE, LATER_MESSAGE, MODAL),
    COMPONENT: (MESSAGE, LATER_MESSAGE, LATER_UPDATE, UPDATE, MODAL),
    AUTOCOMPLETE: (CHOICES,),
    SUBMISSION: (MESSAGE, LATER_MESSAGE),
}
_FITTING_ON_MESSAGE = (*_FITTING[SUBMISSION], LATER_UPDATE, UPDATE)


@ROUTES.on("POST", "/interactions/{interaction_id}/{interaction_token}/callback", open_to_all=True)
def answer(call: Call) -> Json:
    """The first answer. A refused body is no answer; `with_response` asks for what came of it."""
    stage = call.stage
    interaction = stage.conversations.unanswered(call.id("interaction_id"), call.params["interaction_token"])
    form = Form(call.body)
    kind = form.integer("type", required=True)
    if kind in _UNMODELLED:
        raise not_modelled(_UNMODELLED[kind])
    from_message = interaction.kind == SUBMISSION and interaction.message_id is not None
    form.choice("type", _FITTING_ON_MESSAGE if from_message else _FITTING[interaction.kind], required=True)
    form.check()
    data = form.child("data") or Form({}, ("data",), form.faults)
    form.check()
    if kind == CHOICES:
        _complete(call, interaction, data)
    elif kind == MODAL:
        modal = modals.read(data)
        data.check()
        stage.conversations.show(interaction, modal, _metadata(call, interaction))
    elif kind in (MESSAGE, LATER_MESSAGE):
        _answer_with_message(call, interaction, data, later=kind == LATER_MESSAGE)
    else:
        _answer_on_message(call, interaction, data, now=kind == UPDATE)
    if kind != CHOICES:
        stage.conversations.answer(interaction)
    if call.query.get("with_response", "").lower() not in ("true", "1"):
        return None
    return _response(call, interaction, kind)


def _complete(call: Call, interaction: Interaction, data: Form) -> None:
    """docs: #interaction-response-object-autocomplete"""
    kind = interaction.completing or STRING
    choices = [read_choice(each, kind) for each in data.forms("choices", most=MOST_CHOICES)]
    data.check()
    call.stage.conversations.answer(interaction)
    told = {"choices": choices, "nonce": interaction.nonce}
    call.stage.events.tell(interaction.user_id, "APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE", told)


def _channel(call: Call, interaction: Interaction) -> Channel:
    """Where the interaction was; it fails in a thread that was archived meanwhile."""
    channel = call.stage.world.channels.get(interaction.channel_id)
    if channel is None:
        raise refusal(10003)
    posting.check_active(channel)
    return channel


def _answer_with_message(call: Call, interaction: Interaction, data: Form, later: bool) -> None:
    channel = _channel(call, interaction)
    draft = drafts.read(data, ephemeral_allowed=True)
    extras = _extras(interaction, bool((draft.flags or 0) & MessageFlag.EPHEMERAL))
    if interaction.command:
        chat = interaction.command["type"] == 1
        extras.kind = MessageKind.CHAT_INPUT_COMMAND if chat else MessageKind.CONTEXT_MENU_COMMAND
    elif interaction.message_id:
        extras.kind = MessageKind.REPLY
        extras.reference = refer(channel, interaction.message_id or 0)
    if later:
        extras.flags = MessageFlag.LOADING
        draft = drafts.Draft(data, flags=(draft.flags or 0) & MessageFlag.EPHEMERAL)
    else:
        drafts.require_something(draft, len(call.files))
        extras.attachments = uploads.attach(call.stage, data, call.files, channel.id)
    extras.interaction = _told_by(call, interaction)
    message = posting.post(call.stage, call.stage.world.bot, channel, draft, extras)
    interaction.original_id = message.id
    interaction.messages.add(message.id)


def _answer_on_message(call: Call, interaction: Interaction, data: Form, now: bool) -> None:
    """The pressed message is the answer: left for later, or changed at once."""
    channel = _channel(call, interaction)
    message = call.stage.world.message(interaction.message_id or 0)
    if message is None:
        raise refusal(10008)
    if now:
        apply_edit(call, channel, message, drafts.read(data, flags_before=message.flags))
    interaction.original_id = message.id
    interaction.messages.add(message.id)


def _extras(interaction: Interaction, ephemeral: bool) -> Extras:
    return Extras(seen_only_by=interaction.user_id if ephemeral else None)


def _told_by(call: Call, interaction: Interaction, follows: bool = False) -> dict[str, Json]:
    """docs: resources/message#message-interaction-metadata-object"""
    told = _metadata(call, interaction)
    if follows and interaction.original_id:
        told["original_response_message_id"] = str(interaction.original_id)
    parts: dict[str, Json] = {"interaction_metadata": told}
    if interaction.command:
        user = told["user"]
        short = {"id": str(interaction.id), "type": interaction.kind, "user": user}
        parts["interaction"] = {**short, "name": interaction.command["name"]}
    return parts


def _metadata(call: Call, interaction: Interaction) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": str(interaction.id),
        "type": interaction.kind,
        "user": shapes.user(call.stage.world.users[interaction.user_id]),
        **owners(interaction),
        **interaction.target,
    }
    if interaction.kind == COMPONENT:
        told["interacted_message_id"] = str(interaction.message_id)
    if interaction.trigger:
        told["triggering_interaction_metadata"] = interaction.trigger
    return told


def _response(call: Call, interaction: Interaction, kind: int | None) -> Json:
    """docs: #interaction-callback-interaction-callback-response-object. A message that waits to be edited is a
    created one there; an update left for later brings nothing.
    """
    world = call.stage.world
    told: dict[str, Any] = {"id": str(interaction.id), "type": interaction.kind}
    message = world.message(interaction.original_id or 0)
    if message is None or kind == CHOICES:
        return {"interaction": told}
    told |= {
        "response_message_id": str(message.id),
        "response_message_loading": bool(message.flags & MessageFlag.LOADING),
        "response_message_ephemeral": message.seen_only_by is not None,
    }
    if kind not in (MESSAGE, UPDATE):  # only these two have made or changed a message already
        return {"interaction": told}
    if kind == LATER_UPDATE:
        return {"interaction": told}
    resource = {"type": UPDATE if kind == UPDATE else MESSAGE, "message": _shape(call, message)}
    return {"interaction": told, "resource": resource}


# --- the rest, by webhook (docs: #followup-messages) ------------------------------------------------------------
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


def _shape(call: Call, message: Message) -> shapes.Shape:
    return message_shapes.message(call.stage.world, message, call.stage.world.bot.id)


@ROUTES.on("POST", _WEBHOOK, open_to_all=True)
def follow_up(call: Call) -> shapes.Shape:
    """A further message. Right after a deferral it fills the message that waits, keeping its visibility."""
    interaction = _interaction(call)
    if interaction.kind == AUTOCOMPLETE:
        raise refusal(10015)
    channel = _channel(call, interaction)
    form = Form(call.body)
    draft = drafts.read(form, ephemeral_allowed=True)
    drafts.require_something(draft, len(call.files))
    original = call.stage.world.message(interaction.original_id or 0)
    if original and original.flags & MessageFlag.LOADING:
        apply_edit(call, channel, original, draft)
        return _shape(call, original)
    extras = _extras(interaction, bool((draft.flags or 0) & MessageFlag.EPHEMERAL))
    extras.attachments = uploads.attach(call.stage, form, call.files, channel.id)
    if original:
        extras.kind, extras.reference = MessageKind.REPLY, refer(channel, original.id)
    extras.interaction = _told_by(call, interaction, follows=True)
    message = posting.post(call.stage, call.stage.world.bot, channel, draft, extras)
    interaction.messages.add(message.id)
    return _shape(call, message)


@ROUTES.on("GET", _ORIGINAL, open_to_all=True)
@ROUTES.on("GET", _LATER, open_to_all=True)
def read_answer(call: Call) -> shapes.Shape:
    return _shape(call, _message(call, _interaction(call)))


@ROUTES.on("PATCH", _ORIGINAL, open_to_all=True)
@ROUTES.on("PATCH", _LATER, open_to_all=True)
def edit_answer(call: Call) -> shapes.Shape:
    interaction = _interaction(call)
    message = _message(call, interaction)
    draft = drafts.read(Form(call.body), flags_before=message.flags)
    apply_edit(call, _channel(call, interaction), message, draft)
    return _shape(call, message)


@ROUTES.on("DELETE", _ORIGINAL, open_to_all=True)
@ROUTES.on("DELETE", _LATER, open_to_all=True)
def delete_answer(call: Call) -> None:
    interaction = _interaction(call)
    message = _message(call, interaction)
    interaction.messages.discard(message.id)
    channel = call.stage.world.channels[message.channel_id]
    posting.delete(call.stage, channel, message)
