"""Votes that change while the bot is away, and are changed back afterwards.

A vote changes as a member's does: the emoji comes off and the other one is put on.
"""

from collections.abc import Sequence
from math import ceil
from random import Random
from typing import Any

from bench import fewest
from bench.ground.critiques import AGREE, DISAGREE, Posted
from rehearsal.server import StandIn

_OTHER = {AGREE: DISAGREE, DISAGREE: AGREE}
Vote = tuple[int, int, str]
"""A message, a member and the emoji that the member holds there."""


class Changes:
    """Changes on the points of some critiques."""

    def __init__(self, discord: StandIn, posted: Sequence[Posted]) -> None:
        self._discord = discord
        self._homes = [len(each.points) for each in posted]
        self._forum = any(each.critique.lobby is not None for each in posted)
        self._messages = [point.message or 0 for each in posted for point in each.points]
        self._done: list[Vote] = []

    def make(self, share: float, seed: int) -> dict[str, Any]:
        """Changes that share of all votes; how many those are, and the fewest requests in which it can be found out.

        Less than all of them are votes that agree, so that no two changes on one point make up for each other.
        """
        votes = self.held()
        chosen = votes
        if share < 1:
            random = Random(seed)  # noqa: S311 - invented votes
            agreeing = [vote for vote in votes if vote[2] == AGREE]
            chosen = random.sample(agreeing, ceil(len(votes) * share))
        for vote in chosen:
            self._change(vote)
        self._done = [(message, member, _OTHER[emoji]) for message, member, emoji in chosen]
        changed = {message for message, _, _ in chosen}
        holders = [self._others(message, emoji) for message in changed for emoji in (AGREE, DISAGREE)]
        least = fewest.for_points(self._homes, forum=self._forum) + fewest.for_voters(holders)
        return {"changed": len(chosen), "points": len(changed), "fewest": least}

    def undo(self) -> None:
        """Changes back what was changed."""
        for vote in self._done:
            self._change(vote)
        self._done = []

    def held(self) -> list[Vote]:
        """Every vote that stands."""
        return [
            (message, member, emoji)
            for message in self._messages
            for emoji in (AGREE, DISAGREE)
            for member in self._discord.world.reactions(message).get(emoji, {})
            if member != self._discord.bot_id
        ]

    def _change(self, vote: Vote) -> None:
        message, member, emoji = vote
        self._discord.world.remove_reaction(message, emoji, member)
        self._discord.world.add_reaction(message, _OTHER[emoji], member)

    def _others(self, message: int, emoji: str) -> int:
        return len(self._discord.world.reactions(message).get(emoji, {})) - 1
