"""Promises the routes about oneself and other users, and the way into direct messages (docs: resources/user)."""

from rehearsal.server import shapes
from rehearsal.server.errors import not_modelled, refusal
from rehearsal.server.forms import Form
from rehearsal.server.model import Channel, ChannelKind
from rehearsal.server.permissions import base
from rehearsal.server.routing import Call, Routes

ROUTES = Routes()


@ROUTES.on("GET", "/users/@me")
def read_myself(call: Call) -> shapes.Shape:
    return shapes.own_user(call.actor)


@ROUTES.on("GET", "/users/{user_id}")
def read_user(call: Call) -> shapes.Shape:
    user = call.stage.world.users.get(call.id("user_id"))
    if user is None:
        raise refusal(10013)
    return shapes.user(user)


@ROUTES.on("GET", "/users/@me/guilds")
def read_my_guilds(call: Call) -> list[shapes.Shape]:
    form = Form(call.query)
    limit = form.integer("limit", least=1, most=200) or 200
    before, after = form.snowflake("before"), form.snowflake("after")
    form.check()
    guilds = sorted(call.stage.world.guilds_of(call.actor.id), key=lambda each: each.id)
    found = [each for each in guilds if (not before or each.id < before) and (not after or each.id > after)]
    return [
        {
            "id": str(each.id),
            "name": each.name,
            "icon": None,
            "banner": None,
            "owner": each.owner_id == call.actor.id,
            "permissions": str(base(each, call.actor.id)),
            "features": [],
        }
        for each in found[:limit]
    ]


@ROUTES.on("POST", "/users/@me/channels")
def open_direct(call: Call) -> shapes.Shape:
    """The direct message with a user; the same one each time (docs: #create-dm). Applications get no event of it
    (docs: reference#api-versioning, version 8).
    """
    world = call.stage.world
    form = Form(call.body)
    if form.given("access_tokens"):
        raise not_modelled("group direct messages")
    recipient_id = form.snowflake("recipient_id", required=True)
    form.check()
    if recipient_id not in world.users or recipient_id == call.actor.id:
        raise refusal(50033)
    channel = world.direct_channel(call.actor.id, recipient_id)
    if channel is None:
        pair = [call.actor.id, recipient_id]
        channel = Channel(world.ids.next(), ChannelKind.DIRECT, recipients=pair)
        world.add_channel(channel)
        if not call.actor.bot:
            data = shapes.channel(world, channel, call.actor.id)
            call.stage.events.tell(call.actor.id, "CHANNEL_CREATE", data)
    return shapes.channel(world, channel, call.actor.id)
