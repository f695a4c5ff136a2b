"""Promises the routes of application commands, global and per guild (docs: interactions/application-commands)."""

from typing import Any

from rehearsal.server import command_forms
from rehearsal.server.applications import only_a_bot
from rehearsal.server.errors import refusal
from rehearsal.server.forms import Form
from rehearsal.server.model import Command, Json
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
    return [shape(each) for each in of_place(call.stage.world, _place(call))]


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
    """A command of a name that exists already is replaced."""
    guild_id, world = _place(call), call.stage.world
    form = Form(call.body)
    body = _read(form)
    form.check()
    existing = {_key(each.body): each for each in of_place(world, guild_id)}
    of_kind = [each for each in existing if each[0] == body["type"]]
    if _key(body) not in existing and len(of_kind) >= MOST[body["type"]]:
        raise refusal(30032)
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
    cannot ask.
    """
    if call.actor.bot:
        raise refusal(20001)
    world, guild = call.stage.world, call.guild()
    found = [each for place in (None, guild.id) for each in of_place(world, place)]
    application = {"id": str(world.application_id), "name": world.bot.name, "description": "", "icon": None}
    return {
        "applications": [application] if world.bot.id in guild.members else [],
        "application_commands": [shape(each) for each in found] if world.bot.id in guild.members else [],
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
