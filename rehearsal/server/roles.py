"""Promises the routes of a guild's roles (docs: resources/guild#create-guild-role and following).

Rules:
1. They need MANAGE_ROLES, and the actor stands above the role that is changed, deleted, given or taken
   (docs: topics/permissions#permission-hierarchy).
2. Nobody grants a role what they do not have themselves; what the role has already stays.
3. A role that belongs to an application is neither deleted nor given by hand.
4. A new role stands in position 1, above @everyone alone; a guild has 250 roles.
"""

from rehearsal.server import departures, hierarchy, shapes
from rehearsal.server.audit import Action, changes
from rehearsal.server.errors import not_modelled, refusal
from rehearsal.server.forms import Form
from rehearsal.server.model import Guild, Role
from rehearsal.server.permissions import Permission, base
from rehearsal.server.routing import Call, Routes
from rehearsal.server.visibility import watched

ROUTES = Routes()
MOST_ROLES = 250
_ROLES = "/guilds/{guild_id}/roles"
_ONE = f"{_ROLES}/{{role_id}}"
_FIELDS = {"name", "permissions", "color", "colors", "hoist", "mentionable"}


@ROUTES.on("GET", _ROLES)
def read_roles(call: Call) -> list[shapes.Shape]:
    return [shapes.role(each) for each in call.guild().roles.values()]


@ROUTES.on("GET", _ONE)
def read_role(call: Call) -> shapes.Shape:
    return shapes.role(named(call, call.guild()))


@ROUTES.on("GET", f"{_ROLES}/member-counts")
def read_counts(call: Call) -> dict[str, int]:
    """How many members have each role, without @everyone (docs: #get-guild-role-member-counts)."""
    guild = call.guild()
    held = [each for member in guild.members.values() for each in member.roles]
    return {str(each): held.count(each) for each in guild.roles if each != guild.id}


def named(call: Call, guild: Guild) -> Role:
    """The path's role."""
    role = guild.roles.get(call.id("role_id"))
    if role is None:
        raise refusal(10011)
    return role


@ROUTES.on("POST", _ROLES)
def create_role(call: Call) -> shapes.Shape:
    guild = call.govern(Permission.MANAGE_ROLES)
    everyone = guild.roles[guild.id].permissions
    role = Role(call.stage.world.ids.next(), "new role", everyone, 1)
    _take(call, guild, role)
    if len(guild.roles) >= MOST_ROLES:
        raise refusal(30005)
    guild.roles[role.id] = role
    call.stage.world.save(guild)
    call.stage.events.role_changed("GUILD_ROLE_CREATE", guild.id, role)
    call.audit(Action.ROLE_CREATE, guild.id, role.id, changes=changes({}, shapes.role(role)))
    return shapes.role(role)


@ROUTES.on("PATCH", _ONE)
def edit_role(call: Call) -> shapes.Shape:
    guild, role = _below(call)
    before = shapes.role(role)
    with watched(call.stage, guild):
        _take(call, guild, role)
        call.stage.world.save(guild)
        call.stage.events.role_changed("GUILD_ROLE_UPDATE", guild.id, role)
    call.audit_update(Action.ROLE_UPDATE, guild.id, role.id, before, shapes.role(role))
    return shapes.role(role)


@ROUTES.on("DELETE", _ONE)
def delete_role(call: Call) -> None:
    guild, role = _below(call)
    if role.managed or role.id == guild.id:
        raise refusal(50028)
    with watched(call.stage, guild):
        departures.drop_role(call.stage, guild, role.id)
    call.audit(Action.ROLE_DELETE, guild.id, role.id, changes=changes(shapes.role(role), {}))


def _below(call: Call) -> tuple[Guild, Role]:
    guild = call.govern(Permission.MANAGE_ROLES)
    role = named(call, guild)
    if not hierarchy.over_role(guild, call.actor.id, role):
        raise refusal(50013)
    return guild, role


def _take(call: Call, guild: Guild, role: Role) -> None:
    """Puts what the form says into the role, if the actor may and all of it is right."""
    form = Form(call.body)
    if set(form.body) - _FIELDS:
        raise not_modelled(f"a role's {', '.join(sorted(set(form.body) - _FIELDS))}")
    name = form.text("name", least=1, most=100)
    granted = form.integer("permissions", least=0)
    colour, hoist, mentionable = _colour(form), form.boolean("hoist"), form.boolean("mentionable")
    form.check()
    if granted is not None and granted & ~role.permissions & ~base(guild, call.actor.id):
        raise refusal(50013)
    role.name = role.name if name is None else name
    role.permissions = role.permissions if granted is None else granted
    role.colour = role.colour if colour is None else colour
    role.hoist = role.hoist if hoist is None else hoist
    role.mentionable = role.mentionable if mentionable is None else mentionable


def _colour(form: Form) -> int | None:
    """`colors` goes before `color`; more than one colour is for guilds with a feature that none has here."""
    colours = form.child("colors")
    if colours is None:
        return form.integer("color", least=0, most=0xFFFFFF)
    if colours.given("secondary_color") is not None or colours.given("tertiary_color") is not None:
        raise not_modelled("a role of several colours")
    return colours.integer("primary_color", least=0, most=0xFFFFFF, required=True)
