"""Promises what is remembered of an interaction for as long as its token may be good.

docs: interactions/receiving-and-responding#interaction-object
"""

import secrets
from dataclasses import dataclass, field

from rehearsal.server.model import Json


@dataclass(slots=True)
class Interaction:
    """`at` is when it was sent, in seconds of the server's clock. `messages` are those its token may change, and
    `original_id` is the one that "@original" names. `modal_id` is the modal it submits; `trigger` is the metadata
    of the interaction that modal answered.
    """

    id: int
    kind: int
    user_id: int
    channel_id: int
    guild_id: int | None
    nonce: Json
    at: float
    token: str = field(default_factory=lambda: secrets.token_urlsafe(48))
    command: dict[str, Json] | None = None
    completing: int | None = None
    message_id: int | None = None
    answered: bool = False
    failed: bool = False
    original_id: int | None = None
    modal_id: int | None = None
    target: dict[str, Json] = field(default_factory=dict)
    trigger: dict[str, Json] | None = None
    messages: list[int] = field(default_factory=list)
