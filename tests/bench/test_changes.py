"""Votes change behind the bot's back as they would in a gap, and are changed back."""

from collections import Counter

import pytest

from bench.ground import critiques, servers
from bench.ground.changes import Changes
from rehearsal.server import StandIn


@pytest.mark.parametrize(("share", "changed", "points"), [(0.0, 0, 0), (0.01, 1, 1), (0.5, 20, 4), (1.0, 40, 4)])
async def test_so_many_votes_change_and_can_be_changed_back(share: float, changed: int, points: int) -> None:
    async with StandIn() as discord:
        (place,) = servers.found(discord, 1, channels=3, roles=3)
        voters = [member.id for member in discord.members]
        posted = critiques.post(discord.world, place, number=1, first=1, size=4, voters=voters, each=10)
        changes = Changes(discord, [posted])
        before = changes.held()
        made = changes.make(share, 3)
        after = changes.held()
        changes.undo()
    assert (made["changed"], made["points"]) == (changed, points)
    assert len(set(before) - set(after)) == len(set(after) - set(before)) == changed
    assert sorted(changes.held()) == sorted(before)
    for message in {message for message, _, _ in set(before) ^ set(after)}:
        one, other = (Counter(emoji for each, _, emoji in votes if each == message) for votes in (before, after))
        assert one != other, "the counts tell that something has changed"
    assert made["fewest"] >= 1 + points
