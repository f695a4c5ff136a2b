"""A small Discord on 127.0.0.1: REST v10 and Gateway v10, true to Discord's documentation or answering 501."""

from rehearsal.server.app import StandIn
from rehearsal.server.founding import Member
from rehearsal.server.permissions import Permission
from rehearsal.server.record import Record
from rehearsal.server.store import BadState
from rehearsal.server.world import World

__all__ = ["BadState", "Member", "Permission", "Record", "StandIn", "World"]
