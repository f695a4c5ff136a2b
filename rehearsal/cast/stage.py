"""What the cast sees happen in the home channel, and its waits for it.

A point is a message of the bot that bears both seeded emoji, put there by the bot itself. In a text channel it
stands in the home channel; in a forum it is the first message of a post, whose id is the post's own
(documentation: Threads). Every wait is bounded and says what it waited for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rehearsal.member import Gateway, MemberError, Unseen

# The longest silence between two points: a rate limit on creating threads may hold the bot back this long.
NEXT_POINT_WITHIN = 60.0
# Without a better sign, the bot counts as quiet when the gateway has shown nothing for so long.
QUIET_AFTER = 0.5
QUIET_WITHIN = 60.0

Json = dict[str, Any]


class Missing(MemberError):
    """Something the script needs did not come about, in one sentence."""


class Stage:
    """The home channel as one gateway session sees it."""

    def __init__(self, gateway: Gateway, home_id: str, agree: str, disagree: str) -> None:
        self._gateway = gateway
        self._home_id = home_id
        self._emoji = {agree, disagree}
        self._seeded: dict[tuple[str, str], set[str]] = {}
        self._looked_at = 0
        self.bot_id = ""

    def points(self) -> list[tuple[str, str]]:
        """The points so far, in the order in which they were finished: (channel id, message id)."""
        for name, data in self._gateway.seen[self._looked_at :]:
            if name == "MESSAGE_REACTION_ADD" and self._is_seed(data):
                place = (data["channel_id"], data["message_id"])
                self._seeded.setdefault(place, set()).add(_text(data["emoji"]))
        self._looked_at = len(self._gateway.seen)
        return [place for place, emoji in self._seeded.items() if emoji == self._emoji]

    def points_by_content(self) -> list[tuple[str, str]]:
        """The points in an order that does not depend on who was posted first: by what their messages say."""
        said = {data["id"]: data["content"] for name, data in self._gateway.seen if name == "MESSAGE_CREATE"}
        return sorted(self.points(), key=lambda place: said.get(place[1], ""))

    async def wait_for_points(self, expected: int, progress: Callable[[int], None]) -> None:
        """Return once so many points are there. Raises Missing when they stop coming."""
        while (there := len(self.points())) < expected:
            progress(there)
            try:
                await self._gateway.wait(
                    lambda name, data: name == "MESSAGE_REACTION_ADD" and self._is_seed(data),
                    NEXT_POINT_WITHIN,
                    "a seeded reaction",
                    self._looked_at,
                )
            except Unseen as error:
                raise Missing(
                    f"{expected} points with both emoji {' '.join(sorted(self._emoji))} were awaited"
                    f" in the home channel, and {there} came. {error}"
                ) from error
        progress(there)

    async def quiet(self) -> None:
        """Return once nothing has happened for a short while."""
        await self._gateway.quiet(QUIET_AFTER, QUIET_WITHIN)

    def _is_seed(self, data: Json) -> bool:
        at_home = data["channel_id"] == self._home_id or data["channel_id"] == data["message_id"]
        return data["user_id"] == self.bot_id and at_home and _text(data["emoji"]) in self._emoji


def _text(emoji: Json) -> str:
    """An emoji as routes name it."""
    return emoji["name"] if emoji["id"] is None else f"{emoji['name']}:{emoji['id']}"
