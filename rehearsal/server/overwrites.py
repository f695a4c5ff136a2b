"""Promises permission overwrites: read from a request, set and taken away one by one, noted in the audit log.

docs: resources/channel#edit-channel-permissions, #delete-channel-permission, resources/guild#create-guild-channel.
Rules:
1. They need MANAGE_ROLES in the channel; in one that is being made, on the guild.
2. Nobody allows or denies what they do not have on the guild themselves, unless an overwrite of the channel lets
   them manage roles in it.
3. Only administrators allow or deny MANAGE_ROLES in a channel.
4. An overwrite is of a role or of a user that there is (10011, 10013).
"""

from collections.abc import Iterable

from rehearsal.server.audit import Action, changes
from rehearsal.server.errors import refusal
from rehearsal.server.forms import Form
from rehearsal.server.model import Channel, Overwrite
from rehearsal.server.permissions import ALL, Permission, base
from rehearsal.server.routing import Call, Routes
from rehearsal.server.visibility import watched

ROUTES = Routes()
_ONE = "/channels/{channel_id}/permissions/{overwrite_id}"
_ROLE = 0


def read(form: Form) -> list[Overwrite]:
    """The overwrites of a request; faults are noted on the form."""
    return [
        Overwrite(each.snowflake("id", required=True) or 0, each.choice("type", (0, 1)) or _ROLE, *_bits(each))
        for each in form.forms("permission_overwrites", most=100)
    ]


def _bits(form: Form) -> tuple[int, int]:
    return form.integer("allow", least=0) or 0, form.integer("deny", least=0) or 0


def check_made(call: Call, found: list[Overwrite]) -> None:
    """Overwrites of a channel that is being made on the path's guild."""
    if found:
        call.govern(Permission.MANAGE_ROLES)
        granted = base(call.guild(), call.actor.id)
        _check(call, call.guild().id, granted, found)


def replaced(call: Call, channel: Channel, form: Form) -> dict[int, Overwrite] | None:
    """The overwrites that the form gives a channel instead of its own, None where it leaves them alone."""
    if form.given("permission_overwrites") is None:
        return None
    call.need(channel, Permission.MANAGE_ROLES)
    found = read(form)
    form.check()
    changed = [each for each in found if channel.overwrites.get(each.id) != each]
    _check(call, channel.guild_id or 0, _givable(call, channel), changed)
    return {each.id: each for each in found}


def _givable(call: Call, channel: Channel) -> int:
    """What the actor may allow or deny in the channel (rule 2)."""
    member = call.stage.world.membership(channel.guild_id, call.actor.id)
    own = [call.actor.id, *(member.roles if member else ())]
    granted = base(call.stage.world.guilds[channel.guild_id or 0], call.actor.id)
    if any(channel.overwrites[each].allow & Permission.MANAGE_ROLES for each in own if each in channel.overwrites):
        return ALL & ~Permission.MANAGE_ROLES | granted
    return granted


def _check(call: Call, guild_id: int, granted: int, found: Iterable[Overwrite]) -> None:
    world = call.stage.world
    for each in found:
        touched = each.allow | each.deny
        if touched & ~granted or (touched & Permission.MANAGE_ROLES and granted != ALL):
            raise refusal(50013)
        if each.kind == _ROLE and each.id not in world.guilds[guild_id].roles:
            raise refusal(10011)
        if each.kind != _ROLE and each.id not in world.users:
            raise refusal(10013)


@ROUTES.on("PUT", _ONE)
def set_overwrite(call: Call) -> None:
    channel = _place(call)
    form = Form(call.body)
    kind = form.choice("type", (0, 1), required=True)
    allow, deny = _bits(form)
    form.check()
    overwrite = Overwrite(call.id("overwrite_id"), kind, allow, deny)
    _check(call, channel.guild_id or 0, _givable(call, channel), [overwrite])
    _change(call, channel, {**channel.overwrites, overwrite.id: overwrite})


@ROUTES.on("DELETE", _ONE)
def delete_overwrite(call: Call) -> None:
    channel, gone = _place(call), call.id("overwrite_id")
    if gone not in channel.overwrites:
        raise refusal(10009)
    _change(call, channel, {key: each for key, each in channel.overwrites.items() if key != gone})


def _place(call: Call) -> Channel:
    channel = call.channel(Permission.MANAGE_ROLES)
    if channel.guild_id is None or channel.thread:
        raise refusal(50024)
    return channel


def _change(call: Call, channel: Channel, overwrites: dict[int, Overwrite]) -> None:
    world, before = call.stage.world, channel.overwrites
    with watched(call.stage, world.guilds[channel.guild_id or 0], channel):
        channel.overwrites = overwrites
        world.save(channel)
    audit(call, channel, before)


def audit(call: Call, channel: Channel, before: dict[int, Overwrite]) -> None:
    """Notes what differs from the overwrites before, one entry each."""
    for key in sorted(before.keys() | channel.overwrites.keys()):
        old, new = before.get(key), channel.overwrites.get(key)
        if old != new:
            action = (
                Action.OVERWRITE_UPDATE if old and new else Action.OVERWRITE_CREATE if new else Action.OVERWRITE_DELETE
            )
            _note(call, channel, action, old, new)


def _note(call: Call, channel: Channel, action: Action, old: Overwrite | None, new: Overwrite | None) -> None:
    one = new or old
    assert one is not None  # noqa: S101 - one of the two is there
    options = {"id": str(one.id), "type": str(one.kind)}
    role = call.stage.world.guilds[channel.guild_id or 0].roles.get(one.id)
    if one.kind == _ROLE and role:
        options["role_name"] = role.name
    found = changes(_shape(old), _shape(new))
    call.audit(action, channel.guild_id or 0, channel.id, options=options, changes=found)


def _shape(one: Overwrite | None) -> dict[str, str]:
    return {"allow": str(one.allow), "deny": str(one.deny)} if one else {}
