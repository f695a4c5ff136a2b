"""Promises the routes of application commands, global and per guild (docs: interactions/application-commands)."""

from typing import Any

from rehearsal.server import command_forms, localisations
from rehearsal.server.applications import only_a_bot
from rehearsal.server.errors import not_modelled, refusal
from rehearsal.server.forms import Form
from rehearsal.server.model import Command, Json
from rehearsal.server.permissions import Permission, base
from rehearsal.server.routing import Call, Routes
from rehearsal.server.world import World

ROUTES = Routes()
CHAT, USER_MENU, MESSAGE_MENU = 1, 2, 3
MOST = {CHAT: 100, USER_MENU: 15, MESSAGE_MENU: 15}
_GLOBAL = "/applications/{application_id}/commands"
_GUILD = "/applications/{application_id}/guilds/{guild_id}/commands"


def shape(command: Command) -> dict[str, Json]:
    """docs: #application-command-object"""
    found: dict[str, Json] = {
        "id": str(command.id),
        "application_id": str(command.application_id),
        "version": str(command.version),
        **command.body,
    }
    if command.guild_id is not None:
        found["guild_id"] = str(command.guild_id)
        del found["contexts"], found["dm_permission"]
    return found


def of_place(world: World, guild_id: int | None) -> list[Command]:
    return [each for each in world.commands.values() if each.guild_id == guild_id]


def allows(command: Command, granted: int) -> bool:
    """Whether these permissions suffice by the command's default (docs: #permissions)."""
    needed = command.body.get("default_member_permissions")
    if needed is None or granted & Permission.ADMINISTRATOR:
        return True
    return needed != "0" and not int(needed) & ~granted


def in_direct_messages(command: Command) -> bool:
    """Whether the command can be used in a direct message with the application (docs: #interaction-contexts)."""
    contexts = command.body.get("contexts")
    return command.guild_id is None and (1 in contexts if contexts else bool(command.body.get("dm_permission")))


def _place(call: Call) -> int | None:
    """The guild the path names, or None for the global commands; the application must be one's own."""
    only_a_bot(call)
    if call.id("application_id") != call.stage.world.application_id:
        raise refusal(20012)
    if "guild_id" not in call.params:
        return None
    guild_id = call.id("guild_id")
    if call.stage.world.membership(guild_id, call.actor.id) is None:
        raise refusal(50001)
    return guild_id


def _named(call: Call) -> Command:
    guild_id = _place(call)
    command = call.stage.world.commands.get(call.id("command_id"))
    if command is None or command.guild_id != guild_id:
        raise refusal(10063)
    return command


@ROUTES.on("GET", _GLOBAL)
@ROUTES.on("GET", _GUILD)
def read_commands(call: Call) -> list[dict[str, Json]]:
    """Without translations unless `with_localizations` asks for them (docs: #get-global-application-commands)."""
    found = [shape(each) for each in of_place(call.stage.world, _place(call))]
    asked = call.query.get("with_localizations", "").lower() in ("true", "1")
    return found if asked else [localisations.without(each) for each in found]


@ROUTES.on("PUT", _GLOBAL)
@ROUTES.on("PUT", _GUILD)
def replace_commands(call: Call) -> list[dict[str, Json]]:
    """All commands of the place at once; one that keeps its name and type keeps its id (docs: #bulk-overwrite)."""
    guild_id, world = _place(call), call.stage.world
    whole = Form({"commands": call.body})
    whole.path = ()
    forms = [Form(each, (str(n),), whole.faults) for n, each in enumerate(whole.list("commands", most=130))]
    bodies = [_read(each) for each in forms]
    _check_together(forms, bodies)
    whole.check()
    before = {_key(each.body): each for each in of_place(world, guild_id)}
    kept = [_put(world, guild_id, body, before.pop(_key(body), None)) for body in bodies]
    for gone in before.values():
        _drop(world, gone)
    return [shape(each) for each in kept]


@ROUTES.on("POST", _GLOBAL, status=201)
@ROUTES.on("POST", _GUILD, status=201)
def create_command(call: Call) -> dict[str, Json]:
    """A command of a name that exists already is replaced; that answers 200 (#create-global-application-command)."""
    guild_id, world = _place(call), call.stage.world
    form = Form(call.body)
    body = _read(form)
    form.check()
    existing = {_key(each.body): each for each in of_place(world, guild_id)}
    of_kind = [each for each in existing if each[0] == body["type"]]
    if _key(body) not in existing and len(of_kind) >= MOST[body["type"]]:
        raise refusal(30032)
    if _key(body) in existing:
        call.status = 200
    return shape(_put(world, guild_id, body, existing.get(_key(body))))


@ROUTES.on("GET", f"{_GLOBAL}/{{command_id}}")
@ROUTES.on("GET", f"{_GUILD}/{{command_id}}")
def read_command(call: Call) -> dict[str, Json]:
    return shape(_named(call))


@ROUTES.on("PATCH", f"{_GLOBAL}/{{command_id}}")
@ROUTES.on("PATCH", f"{_GUILD}/{{command_id}}")
def edit_command(call: Call) -> dict[str, Json]:
    command = _named(call)
    changes = Form(call.body)
    changes.check()
    form = Form({**command.body, **changes.body, "type": command.body["type"]})
    body = _read(form)
    form.check()
    return shape(_put(call.stage.world, command.guild_id, body, command))


@ROUTES.on("DELETE", f"{_GLOBAL}/{{command_id}}")
@ROUTES.on("DELETE", f"{_GUILD}/{{command_id}}")
def delete_command(call: Call) -> None:
    _drop(call.stage.world, _named(call))


@ROUTES.on("GET", "/guilds/{guild_id}/application-command-index")
def command_index(call: Call) -> dict[str, Any]:
    """What Discord's own client asks for to show a guild's commands; Discord documents it nowhere. Applications
    cannot ask. What a member may not use by its default permissions is not shown (docs: #permissions).
    """
    world, guild = call.stage.world, call.guild()
    granted = base(guild, call.actor.id)
    found = [each for place in (None, guild.id) for each in of_place(world, place) if allows(each, granted)]
    return _index(call, found if world.bot.id in guild.members else [])


@ROUTES.on("GET", "/channels/{channel_id}/application-command-index")
def direct_command_index(call: Call) -> dict[str, Any]:
    """The same for a direct message with the application: the commands that can be used there."""
    channel = call.channel()
    if channel.guild_id is not None:
        raise not_modelled("the command index of a guild's channel")
    world = call.stage.world
    found = [each for each in of_place(world, None) if in_direct_messages(each)]
    return _index(call, found if world.bot.id in channel.recipients else [])


def _index(call: Call, found: list[Command]) -> dict[str, Any]:
    if call.actor.bot:
        raise refusal(20001)
    world = call.stage.world
    application = {"id": str(world.application_id), "name": world.bot.name, "description": "", "icon": None}
    return {
        "applications": [application] if found else [],
        "application_commands": [shape(each) for each in found],
        "version": str(max((each.version for each in found), default=0)),
    }


def _read(form: Form) -> dict[str, Json]:
    kind = form.choice("type", MOST) or CHAT
    return {"type": kind, **command_forms.read(form, kind)}


def _key(body: dict[str, Any]) -> tuple[int, str]:
    return body["type"], body["name"]


def _check_together(forms: list[Form], bodies: list[dict[str, Json]]) -> None:
    keys = [_key(each) for each in bodies]
    for place, key in enumerate(keys):
        if key in keys[:place]:
            forms[place].wrong(
                "name", "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique"
            )
    for kind, most in MOST.items():
        if sum(each[0] == kind for each in keys) > most:
            raise refusal(30032)


def _put(world: World, guild_id: int | None, body: dict[str, Json], existing: Command | None) -> Command:
    """A new version only where something changed."""
    if existing and existing.body == body:
        return existing
    version = world.ids.next()
    command = existing or Command(world.ids.next(), world.application_id, guild_id, version, body)
    command.version, command.body = version, body
    world.commands[command.id] = command
    world.save(command)
    return command


def _drop(world: World, command: Command) -> None:
    del world.commands[command.id]
    world.store.drop(command)
