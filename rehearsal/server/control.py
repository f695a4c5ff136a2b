"""Promises what Discord does not have, under its own prefix: the record and the books, for other processes."""

from aiohttp import web

from rehearsal.server import message_shapes, shapes
from rehearsal.server.gateway import dump
from rehearsal.server.stage import Stage

PREFIX = "/_stand-in"


def books(stage: Stage) -> shapes.Shape:
    """Every channel and thread with its messages, and every message's reactions with who gave them."""
    world = stage.world
    return {
        "channels": [shapes.channel(world, each) for each in world.channels.values()],
        "messages": {
            str(each.id): [message_shapes.message(world, one) for one in world.messages(each.id)]
            for each in world.channels.values()
        },
        "reactions": {
            str(message.id): {name: [str(one) for one in users] for name, users in found.items()}
            for message in world.every_message()
            if (found := world.reactions(message.id))
        },
    }


def routes(stage: Stage) -> list[web.RouteDef]:
    async def read_books(_: web.Request) -> web.Response:
        return web.json_response(books(stage), dumps=dump)

    async def read_record(_: web.Request) -> web.Response:
        return web.json_response(stage.record.entries, dumps=dump)

    return [web.get(f"{PREFIX}/books", read_books), web.get(f"{PREFIX}/record", read_record)]
