"""Promises the member's side of interactions: `POST /interactions`, as Discord's own client sends it, and the
INTERACTION_CREATE the application then gets.

docs: interactions/receiving-and-responding#interaction-object, interactions/application-commands#permissions
"""

from typing import Any

from rehearsal.server import archiving, posting, shapes
from rehearsal.server.conversations import AUTOCOMPLETE, COMMAND, COMPONENT, SUBMISSION
from rehearsal.server.errors import not_modelled, refusal
from rehearsal.server.forms import Form
from rehearsal.server.interaction_metadata import owners
from rehearsal.server.interaction_model import Interaction
from rehearsal.server.invocations import invoke
from rehearsal.server.model import Channel, Json
from rehearsal.server.presses import press
from rehearsal.server.routing import Call, Routes
from rehearsal.server.submissions import submit

ROUTES = Routes()
ATTACHMENT_LIMIT = 10 * 1024 * 1024


@ROUTES.on("POST", "/interactions")
def interact(call: Call) -> None:
    """A command (2), a component (3), a completion (4) or a modal's submission (5)."""
    if call.actor.bot:
        raise refusal(20001)
    form = Form(call.body)
    kind = form.integer("type", required=True)
    if kind not in _USES:
        raise not_modelled(f"an interaction of type {kind}")
    channel_id, application_id = form.snowflake("channel_id", True), form.snowflake("application_id", True)
    data = form.child("data", required=True)
    form.check()
    world = call.stage.world
    if application_id != world.application_id:
        raise refusal(10002)
    channel = world.channels.get(channel_id or 0)
    if channel is None:
        raise refusal(10003)
    _check_place(call, channel)
    interaction = Interaction(
        world.ids.next(),
        kind,
        call.actor.id,
        channel.id,
        channel.guild_id,
        form.given("nonce"),
        world.clock.seconds(),
    )
    assert data is not None  # noqa: S101 - it is required
    send(call, channel, interaction, _USES[kind](call, channel, form, data, interaction))


def _check_place(call: Call, channel: Channel) -> None:
    """Nobody uses commands in an archived thread (docs: topics/threads), nor a plain member in a locked one."""
    archiving.check(call.stage, channel)
    call.need(channel)
    posting.check_active(channel)
    posting.check_open(call.stage, call.actor, channel)
    world = call.stage.world
    reachable = (
        world.membership(channel.guild_id, world.bot.id) if channel.guild_id else world.bot.id in channel.recipients
    )
    if not reachable:
        raise refusal(10002)


_USES = {COMMAND: invoke, COMPONENT: press, AUTOCOMPLETE: invoke, SUBMISSION: submit}


def send(call: Call, channel: Channel, interaction: Interaction, parts: dict[str, Json]) -> None:
    """Tells the member that it was sent, and the application what it is; the time for its answer runs from now on."""
    stage, world = call.stage, call.stage.world
    stage.conversations.begin(interaction, stage.first_answer_seconds)
    created = {"id": str(interaction.id), "nonce": interaction.nonce}
    if interaction.kind != AUTOCOMPLETE:
        stage.events.tell(interaction.user_id, "INTERACTION_CREATE", created)
    payload: dict[str, Any] = {
        "id": str(interaction.id),
        "application_id": str(world.application_id),
        "type": interaction.kind,
        "token": interaction.token,
        "version": 1,
        "channel_id": str(channel.id),
        "channel": _place(call, channel, interaction),
        "app_permissions": str(world.granted(world.bot.id, channel)),
        "locale": "en-GB",
        "entitlements": [],
        "attachment_size_limit": ATTACHMENT_LIMIT,
        **owners(interaction),
        **_invoker(call, channel),
        **parts,
    }
    stage.events.tell(world.bot.id, "INTERACTION_CREATE", payload)


def _place(call: Call, channel: Channel, interaction: Interaction) -> dict[str, Any]:
    """docs: #interaction-object, `channel`; a direct message has no permissions (OpenAPI: PrivateChannelResponse)."""
    world = call.stage.world
    shape = shapes.channel(world, channel, world.bot.id)
    if channel.recipients:
        return shape
    return {**shape, "permissions": str(world.granted(interaction.user_id, channel))}


def _invoker(call: Call, channel: Channel) -> dict[str, Json]:
    world, user_id = call.stage.world, call.actor.id
    member = world.membership(channel.guild_id, user_id)
    if member is None:
        return {"user": shapes.user(call.actor), "context": 1}
    guild = {"id": str(channel.guild_id), "locale": "en-GB", "features": []}
    return {
        "guild_id": str(channel.guild_id),
        "guild": guild,
        "guild_locale": "en-GB",
        "context": 0,
        "member": {**shapes.member(world, member), "permissions": str(world.granted(user_id, channel))},
    }
