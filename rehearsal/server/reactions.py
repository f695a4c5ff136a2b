"""Promises the routes of reactions (docs: resources/message#create-reaction and following).

Rules:
1. ADD_REACTIONS is needed for an emoji that is not there yet; else READ_MESSAGE_HISTORY is enough.
2. A message takes 20 different emoji (30010); an archived thread takes none (50083), a locked active one does.
3. What changes nothing answers 204 and sends no event.
"""

from rehearsal.server import emoji, posting, shapes
from rehearsal.server.errors import refusal
from rehearsal.server.forms import Form
from rehearsal.server.model import Channel, Message
from rehearsal.server.permissions import Permission
from rehearsal.server.routing import Call, Routes

ROUTES = Routes()
MOST_EMOJI = 20
_ALL = "/channels/{channel_id}/messages/{message_id}/reactions"
_ONE = f"{_ALL}/{{emoji_name}}"


def _there(call: Call, message: Message) -> str | None:
    """The path's emoji as the message already bears it, or None."""
    asked = call.stage.world.own_emoji(call.params["emoji_name"]) or call.params["emoji_name"]
    found = call.stage.world.reactions(message.id)
    return asked if asked in found else next((each for each in found if emoji.same(each, asked)), None)


def _new(call: Call, channel: Channel) -> str:
    """The path's emoji, which the message does not bear yet: a standard one, or one of a guild that the actor is on;
    another guild's needs USE_EXTERNAL_EMOJIS (docs: topics/permissions).
    """
    asked, world = call.params["emoji_name"], call.stage.world
    if emoji.standard(asked):
        return asked
    found = world.own_emoji(asked)
    homes = [each for each in world.guilds_of(call.actor.id) if found and emoji.id_of(found) in each.emoji]
    if found is None or not homes:
        raise refusal(10014)
    if homes[0].id != channel.guild_id:
        call.need(channel, Permission.USE_EXTERNAL_EMOJIS)
    return found


def _place(call: Call, *needed: Permission) -> tuple[Channel, Message]:
    channel = call.channel(*needed)
    message = call.message(channel)
    posting.check_active(channel)
    return channel, message


@ROUTES.on("PUT", f"{_ONE}/@me")
def react(call: Call) -> None:
    channel, message = _place(call, Permission.READ_MESSAGE_HISTORY)
    name = _there(call, message)
    world = call.stage.world
    if name is None:
        name = _new(call, channel)
        call.need(channel, Permission.ADD_REACTIONS)
        if len(world.reactions(message.id)) >= MOST_EMOJI:
            raise refusal(30010)
    if world.add_reaction(message.id, name, call.actor.id):
        call.stage.events.reaction_added(message, channel, call.actor.id, name)


@ROUTES.on("DELETE", f"{_ONE}/@me")
def unreact(call: Call) -> None:
    channel, message = _place(call)
    _remove(call, channel, message, call.actor.id)


@ROUTES.on("DELETE", f"{_ONE}/{{user_id}}")
def remove_reaction(call: Call) -> None:
    user_id = call.id("user_id")
    needed = () if user_id == call.actor.id else (Permission.MANAGE_MESSAGES,)
    channel, message = _place(call, *needed)
    _remove(call, channel, message, user_id)


def _remove(call: Call, channel: Channel, message: Message, user_id: int) -> None:
    name = _there(call, message)
    if name is None:
        raise refusal(10014)
    if call.stage.world.remove_reaction(message.id, name, user_id):
        call.stage.events.reaction_removed(message, channel, user_id, name)


@ROUTES.on("GET", _ONE)
def read_reactions(call: Call) -> list[shapes.Shape]:
    """Users by id, 25 unless told; `type` 1 asks for burst reactions, of which there are none here."""
    channel = call.channel(Permission.READ_MESSAGE_HISTORY)
    message = call.message(channel)
    form = Form(call.query)
    limit = form.integer("limit", least=1, most=100)
    after = form.snowflake("after")
    burst = form.integer("type", least=0, most=1)
    form.check()
    name = _there(call, message)
    asked = call.params["emoji_name"]
    if name is None and not emoji.standard(asked) and not call.stage.world.own_emoji(asked):
        raise refusal(10014)
    if name is None or burst:
        return []
    world = call.stage.world
    later = sorted(each for each in world.reactions(message.id)[name] if each > (after or 0))
    return [shapes.user(world.users[each]) for each in later[: 25 if limit is None else limit]]


@ROUTES.on("DELETE", _ALL)
def clear_reactions(call: Call) -> None:
    channel, message = _place(call, Permission.MANAGE_MESSAGES)
    if call.stage.world.clear_reactions(message.id):
        call.stage.events.reactions_cleared(message, channel, None)


@ROUTES.on("DELETE", _ONE)
def clear_emoji(call: Call) -> None:
    channel, message = _place(call, Permission.MANAGE_MESSAGES)
    name = _there(call, message)
    if name is None:
        raise refusal(10014)
    call.stage.world.clear_reactions(message.id, name)
    call.stage.events.reactions_cleared(message, channel, name)
