"""Promises one value that holds what every handler needs."""

from dataclasses import dataclass

from rehearsal.server.conversations import Conversations
from rehearsal.server.events import Events
from rehearsal.server.gateway import Gateway
from rehearsal.server.record import Record
from rehearsal.server.world import World


@dataclass(slots=True)
class Stage:
    """The state, the voice and the record of this Discord. `first_answer_seconds` is how long an application has
    for its first answer to an interaction (docs: interactions/receiving-and-responding), `most_active_threads` how
    many a guild may have (docs: topics/threads, without the number).
    """

    world: World
    gateway: Gateway
    events: Events
    conversations: Conversations
    record: Record
    first_answer_seconds: float = 3.0
    most_active_threads: int = 1000
