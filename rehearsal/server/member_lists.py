"""Promises the members a client asks for over its socket, in chunks.

docs: events/gateway-events#request-guild-members. Rules:
1. The whole list needs the members intent, and comes once in `PAUSE` seconds for a guild; sooner it is RATE_LIMITED.
2. By the start of a name or by ids at most `MOST` come.
3. A nonce above `LONGEST_NONCE` bytes is left out.
"""

from typing import Any

from rehearsal.server import intents, shapes, snowflakes
from rehearsal.server.closing import undecodable
from rehearsal.server.gateway import Gateway, Notice
from rehearsal.server.model import Guild, GuildMember
from rehearsal.server.sessions import Session

CHUNK = 1000
MOST = 100
LONGEST_NONCE = 32
PAUSE = 30.0


def answer(gateway: Gateway, session: Session, asked: dict[str, Any]) -> None:
    """GUILD_MEMBERS_CHUNK events, or RATE_LIMITED; raises Closing when neither a name nor ids were sent."""
    query, limit = asked.get("query"), asked.get("limit")
    if asked.get("user_ids") is None and not (isinstance(query, str) and isinstance(limit, int)):
        raise undecodable()
    guild = gateway.world.guilds.get(snowflakes.read(asked.get("guild_id")) or 0)
    if guild is None or session.user_id not in guild.members or not session.serves(guild.id):
        return
    if asked.get("user_ids") is None and not query and not limit:
        _all(gateway, session, guild, asked)
        return
    found, missing = _some(gateway, guild, asked)
    _send(gateway, session, guild, asked, found, missing)


def _all(gateway: Gateway, session: Session, guild: Guild, asked: dict[str, Any]) -> None:
    now = gateway.world.clock.seconds()
    left = gateway.lists_given.get((session.user_id, guild.id), -PAUSE) + PAUSE - now
    if left > 0:
        told = {"opcode": 8, "retry_after": left, "meta": {"guild_id": str(guild.id), **_nonce(asked)}}
        gateway.push(session, Notice("RATE_LIMITED", told))
        return
    gateway.lists_given[(session.user_id, guild.id)] = now
    allowed = session.intents is None or session.intents & intents.GUILD_MEMBERS
    _send(gateway, session, guild, asked, list(guild.members.values()) if allowed else [], [])


def _some(gateway: Gateway, guild: Guild, asked: dict[str, Any]) -> tuple[list[GuildMember], list[str]]:
    if (wanted := asked.get("user_ids")) is not None:
        listed = (wanted if isinstance(wanted, list) else [wanted])[:MOST]
        known = [guild.members[each] for text in listed if (each := snowflakes.read(text)) in guild.members]
        return known, [str(each) for each in listed if snowflakes.read(each) not in guild.members]
    users, start = gateway.world.users, asked["query"].casefold()
    found = [each for each in guild.members.values() if users[each.user_id].name.casefold().startswith(start)]
    return found[: min(asked["limit"] or MOST, MOST)], []


def _send(
    gateway: Gateway,
    session: Session,
    guild: Guild,
    asked: dict[str, Any],
    found: list[GuildMember],
    missing: list[str],
) -> None:
    pages = [found[n : n + CHUNK] for n in range(0, len(found), CHUNK)] or [[]]
    for index, page in enumerate(pages):
        chunk: shapes.Shape = {
            "guild_id": str(guild.id),
            "members": [shapes.member(gateway.world, each) for each in page],
            "chunk_index": index,
            "chunk_count": len(pages),
            "not_found": missing,
            **_nonce(asked),
        }
        if asked.get("presences") and (session.intents or 0) & intents.GUILD_PRESENCES:
            chunk["presences"] = []
        gateway.push(session, Notice("GUILD_MEMBERS_CHUNK", chunk))


def _nonce(asked: dict[str, Any]) -> dict[str, str]:
    nonce = asked.get("nonce")
    return {"nonce": nonce} if isinstance(nonce, str) and len(nonce.encode()) <= LONGEST_NONCE else {}
