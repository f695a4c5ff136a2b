"""Promises what an identified client asks over its socket beside heartbeats.

docs: events/gateway-events#send-events
"""

from typing import Any

from rehearsal.server import member_lists, presences, snowflakes
from rehearsal.server.closing import Closing, undecodable
from rehearsal.server.gateway import Gateway, Notice
from rehearsal.server.sessions import Session


def update_presence(_: Gateway, session: Session, data: Any) -> None:
    presences.check(data)


def update_voice_state(gateway: Gateway, session: Session, data: Any) -> None:
    """Leaving where nobody is changes nothing. There is no code for what is not modelled, hence 4000."""
    if not isinstance(data, dict) or snowflakes.read(data.get("guild_id")) is None:
        raise undecodable()
    if data.get("channel_id") is not None:
        raise Closing(4000, "The stand-in does not model voice.")


def request_members(gateway: Gateway, session: Session, data: Any) -> None:
    if not isinstance(data, dict):
        raise undecodable()
    member_lists.answer(gateway, session, data)


def request_sounds(gateway: Gateway, session: Session, data: Any) -> None:
    """SOUNDBOARD_SOUNDS for each guild the client is in; there are no sounds (docs: #soundboard-sounds)."""
    asked = data.get("guild_ids") if isinstance(data, dict) else None
    if not isinstance(asked, list):
        raise undecodable()
    for text in asked:
        guild_id = snowflakes.read(text)
        if gateway.world.membership(guild_id, session.user_id) and session.serves(guild_id):
            told = {"guild_id": str(guild_id), "soundboard_sounds": []}
            gateway.push(session, Notice("SOUNDBOARD_SOUNDS", told))


ANSWERS = {3: update_presence, 4: update_voice_state, 8: request_members, 31: request_sounds}
