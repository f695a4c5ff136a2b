"""Promises what an application asks about itself and the way to the gateway.

docs: resources/application, events/gateway#get-gateway-bot
"""

from typing import Any

from rehearsal.server import intents, shapes
from rehearsal.server.errors import refusal
from rehearsal.server.routing import Call, Routes
from rehearsal.server.world import World

ROUTES = Routes()
# Discord's default for two scopes of a bot that is added to servers.
_SCOPES = ["applications.commands", "bot"]


def _application(world: World) -> shapes.Shape:
    owner = world.users[world.facts["owner_id"]]
    flags = sum(bit for name, bit in intents.APPLICATION_FLAGS.items() if world.portal[name])
    return {
        "id": str(world.application_id),
        "name": world.bot.name,
        "icon": None,
        "description": "",
        "type": None,
        "bot": shapes.user(world.bot),
        "bot_public": True,
        "bot_require_code_grant": False,
        "integration_types_config": {"0": {}},
        "verify_key": "0" * 64,
        "flags": flags,
        "flags_new": str(flags),
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": shapes.user(owner),
        "approximate_guild_count": len(world.guilds_of(world.bot.id)),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": None,
        "eligible_oauth2_scopes": _SCOPES,
    }


@ROUTES.on("GET", "/applications/@me")
@ROUTES.on("GET", "/oauth2/applications/@me")
def read_application(call: Call) -> shapes.Shape:
    only_a_bot(call)
    return _application(call.stage.world)


@ROUTES.on("GET", "/gateway", open_to_all=True)
def read_gateway(call: Call) -> dict[str, Any]:
    return {"url": call.stage.gateway.url}


@ROUTES.on("GET", "/gateway/bot")
def read_gateway_for_bots(call: Call) -> dict[str, Any]:
    only_a_bot(call)
    gateway = call.stage.gateway
    return {"url": gateway.url, "shards": gateway.starts.shards, "session_start_limit": gateway.starts.limit()}


def only_a_bot(call: Call) -> None:
    if not call.actor.bot:
        raise refusal(20002)
