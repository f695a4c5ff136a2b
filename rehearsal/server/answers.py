"""Promises the application's first answer to an interaction (the rest is `follow_ups`).

docs: interactions/receiving-and-responding#responding-to-an-interaction
"""

from typing import Any

from rehearsal.server import archiving, drafts, message_shapes, modals, posting, uploads
from rehearsal.server.command_options import MOST_CHOICES, STRING, read_choice
from rehearsal.server.conversations import AUTOCOMPLETE, COMMAND, COMPONENT, SUBMISSION
from rehearsal.server.errors import not_modelled, refusal
from rehearsal.server.forms import Form
from rehearsal.server.interaction_metadata import metadata, told_by
from rehearsal.server.interaction_model import Interaction
from rehearsal.server.messages import apply_edit, refer
from rehearsal.server.model import Channel, Json, MessageFlag, MessageKind
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
        stage.conversations.show(interaction, modal, metadata(stage.world, interaction))
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


def place(call: Call, interaction: Interaction) -> Channel:
    """Where the interaction was; it fails in a thread that was archived meanwhile."""
    channel = call.stage.world.channels.get(interaction.channel_id)
    if channel is None:
        raise refusal(10003)
    archiving.check(call.stage, channel)
    posting.check_active(channel)
    return channel


def _answer_with_message(call: Call, interaction: Interaction, data: Form, later: bool) -> None:
    channel = place(call, interaction)
    draft = drafts.read(data, ephemeral_allowed=True)
    extras = Extras(seen_only_by=interaction.user_id if (draft.flags or 0) & MessageFlag.EPHEMERAL else None)
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
    extras.interaction = told_by(call.stage.world, interaction)
    message = posting.post(call.stage, call.stage.world.bot, channel, draft, extras)
    call.stage.conversations.made(interaction, message.id, original=True)


def _answer_on_message(call: Call, interaction: Interaction, data: Form, now: bool) -> None:
    """The pressed message is the answer: left for later, or changed at once."""
    channel = place(call, interaction)
    message = call.stage.world.message(interaction.message_id or 0)
    if message is None:
        raise refusal(10008)
    if now:
        apply_edit(call, channel, message, drafts.read(data, flags_before=message.flags))
    call.stage.conversations.made(interaction, message.id, original=True)


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
    resource = {
        "type": UPDATE if kind == UPDATE else MESSAGE,
        "message": message_shapes.message(world, message, world.bot.id),
    }
    return {"interaction": told, "resource": resource}
