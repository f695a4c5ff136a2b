"""Promises the routes of a guild's members: read, changed, given roles, sent away (docs: resources/guild).

Rules:
1. Nicknames, time-outs and kicks are for those below the actor (docs: topics/permissions#permission-hierarchy).
2. A time-out lasts 28 days at most and is not for the owner or an administrator (403).
3. Who leaves takes along the role of their application, if they are a bot.
"""

from datetime import timedelta

from rehearsal.server import departures, hierarchy, roles, shapes
from rehearsal.server.audit import Action
from rehearsal.server.clock import stamp
from rehearsal.server.errors import not_modelled, refusal
from rehearsal.server.forms import Form
from rehearsal.server.model import Guild, GuildMember, Role
from rehearsal.server.permissions import ALL, Permission, base
from rehearsal.server.routing import Call, Routes
from rehearsal.server.visibility import watched

ROUTES = Routes()
LONGEST_TIME_OUT = timedelta(days=28)
_MEMBERS = "/guilds/{guild_id}/members"
_ONE = f"{_MEMBERS}/{{user_id}}"
_ROLE = f"{_ONE}/roles/{{role_id}}"
_FIELDS = {"nick", "roles", "communication_disabled_until"}


@ROUTES.on("GET", _MEMBERS)
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


@ROUTES.on("GET", f"{_MEMBERS}/search")
def search_members(call: Call) -> list[shapes.Shape]:
    """Those whose name or nickname starts with the query (docs: #search-guild-members)."""
    guild, world = call.guild(), call.stage.world
    form = Form(call.query)
    start = (form.text("query", least=1, most=100, required=True) or "").casefold()
    limit = form.integer("limit", least=1, most=1000) or 1
    form.check()
    found = [
        each
        for user_id, each in sorted(guild.members.items())
        if any(name.casefold().startswith(start) for name in (world.users[user_id].name, each.nick or ""))
    ]
    return [shapes.member(world, each) for each in found[:limit]]


@ROUTES.on("GET", _ONE)
def read_member(call: Call) -> shapes.Shape:
    guild = call.guild()
    return shapes.member(call.stage.world, _named(call, guild))


def _named(call: Call, guild: Guild) -> GuildMember:
    user_id = call.id("user_id")
    if user_id not in guild.members:
        raise refusal(10007 if user_id in call.stage.world.users else 10013)
    return guild.members[user_id]


@ROUTES.on("PATCH", f"{_MEMBERS}/@me")
def rename_myself(call: Call) -> shapes.Shape:
    """docs: #modify-current-member"""
    guild = call.guild()
    form = Form(call.body)
    nick = form.text("nick", most=32)
    form.check()
    if set(form.body) - {"nick"}:
        raise not_modelled(f"PATCH {_MEMBERS}/@me with more than a nick")
    call.govern(Permission.CHANGE_NICKNAME)
    return _settled(call, guild, guild.members[call.actor.id], {"nick": nick or None})


@ROUTES.on("PATCH", _ONE)
def edit_member(call: Call) -> shapes.Shape:
    """docs: #modify-guild-member"""
    guild = call.guild()
    member = _named(call, guild)
    form = Form(call.body)
    if set(form.body) - _FIELDS:
        raise not_modelled(f"PATCH {_ONE} with {', '.join(sorted(set(form.body) - _FIELDS))}")
    wanted: dict[str, str | None] = {}
    if "nick" in form:
        _check_below(call, guild, member, Permission.MANAGE_NICKNAMES)
        wanted["nick"] = form.text("nick", most=32) or None
    if "communication_disabled_until" in form:
        wanted["timed_out_until"] = _time_out(call, guild, member, form)
    held = form.list("roles", most=350) if "roles" in form else None
    form.check()
    if held is not None:
        _give(call, guild, member, [int(each) for each in held])
    return _settled(call, guild, member, wanted)


def _check_below(call: Call, guild: Guild, member: GuildMember, needed: Permission) -> None:
    call.govern(needed)
    if not hierarchy.over_user(guild, call.actor.id, member.user_id):
        raise refusal(50013)


def _time_out(call: Call, guild: Guild, member: GuildMember, form: Form) -> str | None:
    until = form.moment("communication_disabled_until")
    _check_below(call, guild, member, Permission.MODERATE_MEMBERS)
    if until and base(guild, member.user_id) == ALL:
        raise refusal(50013)
    if until and until - call.stage.world.clock.now() > LONGEST_TIME_OUT:
        form.wrong("communication_disabled_until", "DATE_TIME_TYPE_MAX", "Must be 28 days in the future at most.")
    return stamp(until) if until else None


def _settled(call: Call, guild: Guild, member: GuildMember, wanted: dict[str, str | None]) -> shapes.Shape:
    """Puts the values into the member, tells of it, and answers with the member."""
    world = call.stage.world
    before = shapes.member(world, member)
    for name, value in wanted.items():
        setattr(member, name, value)
    world.save(guild)
    after = shapes.member(world, member)
    call.stage.events.member_updated(guild.id, member)
    call.audit_update(Action.MEMBER_UPDATE, guild.id, member.user_id, before, after)
    return after


# --- their roles ----------------------------------------------------------------------------------------------
@ROUTES.on("PUT", _ROLE)
def give_role(call: Call) -> None:
    """docs: #add-guild-member-role"""
    guild = call.guild()
    member, role = _named(call, guild), roles.named(call, guild)
    _regive(call, guild, member, [*member.roles, role.id])


@ROUTES.on("DELETE", _ROLE)
def take_role(call: Call) -> None:
    """docs: #remove-guild-member-role"""
    guild = call.guild()
    member, role = _named(call, guild), roles.named(call, guild)
    _regive(call, guild, member, [each for each in member.roles if each != role.id])


def _regive(call: Call, guild: Guild, member: GuildMember, held: list[int]) -> None:
    call.govern(Permission.MANAGE_ROLES)
    if set(held) != set(member.roles):
        _give(call, guild, member, held)
        call.stage.events.member_updated(guild.id, member)


def _give(call: Call, guild: Guild, member: GuildMember, held: list[int]) -> None:
    """The member has these roles from now on."""
    call.govern(Permission.MANAGE_ROLES)
    if any(each not in guild.roles for each in held):
        raise refusal(10011)
    added = [guild.roles[each] for each in dict.fromkeys(held) if each not in member.roles]
    removed = [guild.roles[each] for each in member.roles if each not in held]
    for role in (*added, *removed):
        _check_givable(call, guild, role)
    with watched(call.stage, guild):
        member.roles = list(dict.fromkeys(held))
        call.stage.world.save(guild)
    changed = [_partial(key, found) for key, found in (("$add", added), ("$remove", removed)) if found]
    if changed:
        call.audit(Action.MEMBER_ROLE_UPDATE, guild.id, member.user_id, changes=changed)


def _check_givable(call: Call, guild: Guild, role: Role) -> None:
    if role.id == guild.id:
        raise refusal(50028)
    if role.managed or not hierarchy.over_role(guild, call.actor.id, role):
        raise refusal(50013)


def _partial(key: str, found: list[Role]) -> shapes.Shape:
    """docs: resources/audit-log#audit-log-change-object-audit-log-change-exceptions, partial role"""
    return {"key": key, "new_value": [{"id": str(each.id), "name": each.name} for each in found]}


# --- leaving --------------------------------------------------------------------------------------------------
@ROUTES.on("DELETE", _ONE)
def kick(call: Call) -> None:
    """docs: #remove-guild-member"""
    guild = call.guild()
    member = _named(call, guild)
    _check_below(call, guild, member, Permission.KICK_MEMBERS)
    departures.leave(call.stage, guild, member.user_id)
    call.audit(Action.MEMBER_KICK, guild.id, member.user_id)


@ROUTES.on("DELETE", "/users/@me/guilds/{guild_id}")
def go(call: Call) -> None:
    """docs: resources/user#leave-guild; an owner cannot."""
    guild = call.guild()
    if guild.owner_id == call.actor.id:
        raise refusal(50055)
    departures.leave(call.stage, guild, call.actor.id)
