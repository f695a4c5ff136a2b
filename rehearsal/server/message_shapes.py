"""Promises messages and reactions as Discord prints them (docs: resources/message#message-object)."""

from rehearsal.server import media
from rehearsal.server.clock import stamp
from rehearsal.server.model import Message, MessageFlag, MessageKind
from rehearsal.server.shapes import Shape, channel, user
from rehearsal.server.snowflakes import moment_of
from rehearsal.server.world import World


def emoji(name: str) -> Shape:
    """An emoji as reactions name it: a standard one, or a guild's own as `name:id`."""
    own, _, emoji_id = name.rpartition(":")
    return {"id": emoji_id, "name": own} if own else {"id": None, "name": name}


def _reactions(world: World, message_id: int, viewer: int | None) -> list[Shape]:
    return [
        {
            "emoji": emoji(name),
            "count": len(users),
            "count_details": {"normal": len(users), "burst": 0},
            "burst_colors": [],
            "me": viewer in users,
            "me_burst": False,
        }
        for name, users in world.reactions(message_id).items()
    ]


def attachment(world: World, kept: Shape) -> Shape:
    """docs: resources/message#attachment-object; the address holds where the server is today."""
    address = world.origin + kept["url"]
    return {**kept, "url": address, "proxy_url": address}


def message(world: World, one: Message, viewer: int | None = None) -> Shape:
    """docs: resources/message#message-object, as REST prints it for this viewer."""
    shape = plain_message(world, one)
    if reactions := _reactions(world, one.id, viewer):
        shape["reactions"] = reactions
    if one.flags & MessageFlag.HAS_THREAD and (thread := world.channels.get(one.id)):
        shape["thread"] = channel(world, thread, viewer)
    if one.kind in (MessageKind.REPLY, MessageKind.THREAD_STARTER_MESSAGE):
        shape["referenced_message"] = _referenced(world, one)
    return shape


def _referenced(world: World, one: Message) -> Shape | None:
    found = world.message(int((one.reference or {}).get("message_id", 0)))
    return plain_message(world, found) if found else None


def plain_message(world: World, one: Message) -> Shape:
    """A message without what it refers to and without reactions."""
    files = [attachment(world, each) for each in one.attachments]
    embeds, components = one.embeds, one.components
    if files:
        named = {media.SCHEME + each["filename"]: each for each in files}
        files = media.unnamed(files, embeds, components)
        embeds, components = media.resolve(embeds, named), media.resolve(components, named)
    shape: Shape = {
        "id": str(one.id),
        "type": int(one.kind),
        "channel_id": str(one.channel_id),
        "author": user(world.users[one.author_id]),
        "content": one.content,
        "mentions": [user(world.users[each]) for each in one.mentions],
        "mention_roles": [str(each) for each in one.mention_roles],
        "mention_everyone": one.mention_everyone,
        "attachments": files,
        "embeds": [] if one.flags & MessageFlag.SUPPRESS_EMBEDS else embeds,
        "components": components,
        "timestamp": stamp(moment_of(one.id)),
        "edited_timestamp": one.edited_at,
        "flags": one.flags,
        "pinned": one.pinned_at is not None,
        "tts": one.tts,
    }
    if one.reference:
        shape["message_reference"] = one.reference
    if one.position is not None:
        shape["position"] = one.position
    if one.application_id:
        shape["application_id"] = str(one.application_id)
        shape["webhook_id"] = str(one.application_id)
    if one.interaction:
        shape |= one.interaction
    return shape


def blanked(shape: Shape) -> Shape:
    """A message as an application without the Message Content intent gets it
    (docs: events/gateway#message-content-intent).
    """
    empty: Shape = {"content": "", "embeds": [], "attachments": [], "components": []}
    return {**shape, **empty}
