"""Promises the routes of guilds: read only, but for one's own nickname (docs: resources/guild)."""

from rehearsal.server import shapes
from rehearsal.server.errors import not_modelled, refusal
from rehearsal.server.forms import Form
from rehearsal.server.permissions import Permission, base
from rehearsal.server.routing import Call, Routes

ROUTES = Routes()
_GUILD = "/guilds/{guild_id}"


@ROUTES.on("GET", _GUILD)
def read_guild(call: Call) -> shapes.Shape:
    guild = call.guild()
    shape = shapes.guild(guild)
    if call.query.get("with_counts", "").lower() in ("true", "1"):
        shape |= {"approximate_member_count": len(guild.members), "approximate_presence_count": 1}
    return shape


@ROUTES.on("GET", f"{_GUILD}/channels")
def read_channels(call: Call) -> list[shapes.Shape]:
    """All channels, hidden ones too, without threads."""
    world = call.stage.world
    return [shapes.channel(world, each) for each in world.channels_of(call.guild().id)]


@ROUTES.on("GET", f"{_GUILD}/roles")
def read_roles(call: Call) -> list[shapes.Shape]:
    return [shapes.role(each) for each in call.guild().roles.values()]


@ROUTES.on("GET", f"{_GUILD}/roles/{{role_id}}")
def read_role(call: Call) -> shapes.Shape:
    role = call.guild().roles.get(call.id("role_id"))
    if role is None:
        raise refusal(10011)
    return shapes.role(role)


@ROUTES.on("GET", f"{_GUILD}/members")
def read_members(call: Call) -> list[shapes.Shape]:
    """By id; an application needs the members intent switched on (docs: #list-guild-members)."""
    guild = call.guild()
    if call.actor.bot and not call.stage.world.portal["members"]:
        raise refusal(50001)
    form = Form(call.query)
    limit = form.integer("limit", least=1, most=1000) or 1
    after = form.snowflake("after") or 0
    form.check()
    later = sorted(each for each in guild.members if each > after)
    return [shapes.member(call.stage.world, guild.members[each]) for each in later[:limit]]


@ROUTES.on("GET", f"{_GUILD}/members/{{user_id}}")
def read_member(call: Call) -> shapes.Shape:
    guild = call.guild()
    user_id = call.id("user_id")
    if user_id not in guild.members:
        raise refusal(10007 if user_id in call.stage.world.users else 10013)
    return shapes.member(call.stage.world, guild.members[user_id])


@ROUTES.on("PATCH", f"{_GUILD}/members/@me")
def rename_myself(call: Call) -> shapes.Shape:
    """docs: #modify-current-member"""
    guild = call.guild()
    form = Form(call.body)
    nick = form.text("nick", most=32)
    form.check()
    if set(form.body) - {"nick"}:
        raise not_modelled(f"PATCH {_GUILD}/members/@me with more than a nick")
    if not base(guild, call.actor.id) & Permission.CHANGE_NICKNAME:
        raise refusal(50013)
    member = guild.members[call.actor.id]
    member.nick = nick or None
    call.stage.world.save(guild)
    call.stage.events.member_updated(guild.id, member)
    return shapes.member(call.stage.world, member)
