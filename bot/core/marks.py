"""Marks: who somebody is, without saying so.

1. A mark is a keyed hash of a member's id, the same for the same member and key. The key is stored with the marks.
2. What must outlive an erasure (that somebody wants no votes stored, that they are muted) bears a mark and no id.
"""

import hmac
from typing import NewType

from bot.core.ids import MemberId

Mark = NewType("Mark", str)

_BYTES = 16


def mark(key: bytes, member: MemberId) -> Mark:
    """The member's mark."""
    return Mark(hmac.digest(key, str(member).encode(), "sha256")[:_BYTES].hex())
