"""A member of the simulated Discord, acting as Discord's own client would.

Promises: everything goes over the member's own REST requests and gateway connection, with the member's own
token, and nothing else; a wait is bounded, and when it ends in vain the error says what was awaited.
"""

from rehearsal.member.api import Api, MemberError, Refused
from rehearsal.member.components import buttons
from rehearsal.member.gateway import Gateway, Unseen
from rehearsal.member.interactions import Unanswered
from rehearsal.member.member import Member

__all__ = ["Api", "Gateway", "Member", "MemberError", "Refused", "Unanswered", "Unseen", "buttons"]
