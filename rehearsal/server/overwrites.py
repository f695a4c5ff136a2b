"""Promises permission overwrites: read from a request, set and taken away one by one.

docs: resources/channel#edit-channel-permissions, #delete-channel-permission, topics/permissions. Rules:
1. Both need MANAGE_ROLES in the channel.
2. Nobody allows or denies what they do not have there themselves, unless an overwrite for themselves or the roles
   lets them manage roles in the channel explicitly; here only what one has can be given.
"""

from collections.abc import Iterable

from rehearsal.server.audit import Action
from rehearsal.server.errors import refusal
from rehearsal.server.forms import Form
from rehearsal.server.model import Channel, Overwrite
from rehearsal.server.permissions import Permission, base
from rehearsal.server.routing import Call, Routes

ROUTES = Routes()
_ONE = "/channels/{channel_id}/permissions/{overwrite_id}"


def read(form: Form) -> list[Overwrite]:
    """The overwrites of a request; faults are noted on the form."""
    return [
        Overwrite(
            each.snowflake("id", required=True) or 0,
            each.choice("type", (0, 1)) or 0,
            each.integer("allow", least=0) or 0,
            each.integer("deny", least=0) or 0,
        )
        for each in form.forms("permission_overwrites", most=100)
    ]


def check(granted: int, found: Iterable[Overwrite]) -> None:
    """Refuses to give or take what the actor does not have (rule 2)."""
    if any((each.allow | each.deny) & ~granted for each in found):
        raise refusal(50013)


@ROUTES.on("PUT", _ONE)
def set_overwrite(call: Call) -> None:
    channel = _place(call)
    form = Form(call.body)
    kind = form.choice("type", (0, 1), required=True)
    allow, deny = form.integer("allow", least=0) or 0, form.integer("deny", least=0) or 0
    form.check()
    overwrite = Overwrite(call.id("overwrite_id"), kind, allow, deny)
    check(call.stage.world.granted(call.actor.id, channel), [overwrite])
    there = overwrite.id in channel.overwrites
    channel.overwrites[overwrite.id] = overwrite
    _changed(call, channel, Action.OVERWRITE_UPDATE if there else Action.OVERWRITE_CREATE, overwrite)


@ROUTES.on("DELETE", _ONE)
def delete_overwrite(call: Call) -> None:
    channel = _place(call)
    overwrite = channel.overwrites.pop(call.id("overwrite_id"), None)
    if overwrite is None:
        raise refusal(10009)
    _changed(call, channel, Action.OVERWRITE_DELETE, overwrite)


def _place(call: Call) -> Channel:
    channel = call.channel(Permission.MANAGE_ROLES)
    if channel.guild_id is None or channel.thread:
        raise refusal(50024)
    return channel


def _changed(call: Call, channel: Channel, action: Action, overwrite: Overwrite) -> None:
    world = call.stage.world
    world.save(channel)
    world.forget_permissions()
    call.stage.events.channel_changed("CHANNEL_UPDATE", channel)
    options = {"id": str(overwrite.id), "type": str(overwrite.kind)}
    call.audit(action, channel.guild_id or 0, channel.id, options=options)


def check_made(call: Call, guild_id: int, found: list[Overwrite]) -> None:
    """Overwrites of a channel that is being made: MANAGE_ROLES on the server is needed for any."""
    own = base(call.stage.world.guilds[guild_id], call.actor.id)
    if found and not own & Permission.MANAGE_ROLES:
        raise refusal(50013)
    check(own, found)
