"""Promises what a client is told when it arrives: READY and its guilds, RESUMED, members on request.

docs: events/gateway-events#ready, #guild-create, #request-guild-members
"""

from typing import Any

from rehearsal.server import intents, shapes, snowflakes
from rehearsal.server.gateway import Gateway, Notice
from rehearsal.server.model import Guild, GuildMember
from rehearsal.server.sessions import Session

LARGE = 250
CHUNK = 1000


def greet(gateway: Gateway, session: Session) -> None:
    """READY, in which every guild is still unavailable, then one GUILD_CREATE for each."""
    world = gateway.world
    user = world.users[session.user_id]
    guilds = world.guilds_of(user.id)
    ready: shapes.Shape = {
        "v": 10,
        "user": shapes.own_user(user),
        "guilds": [{"id": str(each.id), "unavailable": True} for each in guilds],
        "session_id": session.id,
        "resume_gateway_url": gateway.url,
        "shard": [0, 1],
    }
    if user.bot:
        flags = sum(bit for name, bit in intents.APPLICATION_FLAGS.items() if world.portal[name])
        ready["application"] = {"id": str(world.application_id), "flags": flags}
    gateway.push(session, Notice("READY", ready))
    for guild in guilds:
        if intents.asked(session.intents, "GUILD_CREATE", direct=False):
            gateway.push(session, Notice("GUILD_CREATE", _available(gateway, session, guild)))


def _available(gateway: Gateway, session: Session, guild: Guild) -> shapes.Shape:
    """A guild with its channels, its active threads the session may see, and the members it may know."""
    world, viewer = gateway.world, session.user_id
    threads = [
        each
        for each in world.threads(guild.id)
        if each.thread and not each.thread.archived and world.sees(viewer, each)
    ]
    everyone = session.intents is None or bool(session.intents & intents.GUILD_MEMBERS)
    large = len(guild.members) > LARGE
    known = guild.members.values() if everyone and not large else [guild.members[viewer]]
    return {
        **shapes.guild(guild),
        "joined_at": guild.members[viewer].joined_at,
        "large": large,
        "unavailable": False,
        "member_count": len(guild.members),
        "voice_states": [],
        "members": [shapes.member(world, each) for each in known],
        "channels": [shapes.channel(world, each) for each in world.channels_of(guild.id)],
        "threads": [shapes.channel(world, each, viewer) for each in threads],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def resumed(gateway: Gateway, session: Session) -> None:
    gateway.push(session, Notice("RESUMED", {"_trace": []}))


def member_chunks(gateway: Gateway, session: Session, asked: dict[str, Any]) -> None:
    """GUILD_MEMBERS_CHUNK; the whole list only with the members intent."""
    guild = gateway.world.guilds.get(snowflakes.read(asked.get("guild_id")) or 0)
    if guild is None or session.user_id not in guild.members:
        return
    found, missing = _asked_for(gateway, session, guild, asked)
    pages = [found[n : n + CHUNK] for n in range(0, len(found), CHUNK)] or [[]]
    for index, page in enumerate(pages):
        chunk: shapes.Shape = {
            "guild_id": str(guild.id),
            "members": [shapes.member(gateway.world, each) for each in page],
            "chunk_index": index,
            "chunk_count": len(pages),
            "not_found": missing,
        }
        if asked.get("nonce") is not None:
            chunk["nonce"] = asked["nonce"]
        gateway.push(session, Notice("GUILD_MEMBERS_CHUNK", chunk))


def _asked_for(
    gateway: Gateway, session: Session, guild: Guild, asked: dict[str, Any]
) -> tuple[list[GuildMember], list[str]]:
    if (wanted := asked.get("user_ids")) is not None:
        listed = wanted if isinstance(wanted, list) else [wanted]
        known = [guild.members[each] for text in listed if (each := snowflakes.read(text)) in guild.members]
        return known, [str(each) for each in listed if snowflakes.read(each) not in guild.members]
    query, limit = str(asked.get("query", "")), asked.get("limit", 0)
    if not query and session.intents is not None and not session.intents & intents.GUILD_MEMBERS:
        return [], []
    users = gateway.world.users
    found = [each for each in guild.members.values() if users[each.user_id].name.startswith(query)]
    return (found[:limit] if limit else found), []
