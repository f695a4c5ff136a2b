"""Who holds an emoji is asked for in as few pages as can be, and nobody is cut off."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

import discord

from bot.core.ids import ChannelId, CritiqueId, GuildId, MemberId, MessageId, PointId
from bot.core.sittings import Votable
from bot.core.votes import Stance
from bot.display.readings import PAGE, holders

OWN = 1
VOTABLE = Votable(PointId(1), 1, CritiqueId(1), GuildId(1), ChannelId(1), MessageId(5), "👍", "👎")


@dataclass
class Reaction:
    """An emoji that was counted with its message, and those who hold it when they are asked for."""

    normal_count: int
    held_by: set[int]
    me: bool = True
    emoji: str = "👍"
    burst_count: int = 0
    asked: list[int] = field(default_factory=list)

    async def users(self, *, limit: int, after: Any = None, **kind: object) -> AsyncIterator[SimpleNamespace]:
        assert kind == {"type": discord.ReactionType.normal}
        self.asked.append(limit)
        rest = sorted(each for each in self.held_by if after is None or each > after.id)
        for each in rest[:limit]:
            yield SimpleNamespace(id=each, bot=each == OWN)


async def read(reaction: Reaction, *stored: int) -> set[int]:
    message = cast(discord.Message, SimpleNamespace(reactions=[reaction]))
    found = await holders(VOTABLE, message, {Stance.AGREE: {MemberId(each) for each in stored}})
    return set(found[Stance.AGREE])


async def test_as_many_are_asked_for_as_were_counted() -> None:
    reaction = Reaction(4, {OWN, 10, 20, 30})
    assert await read(reaction, 10, 20) == {10, 20, 30}
    assert reaction.asked == [4]


async def test_where_members_voted_since_it_is_read_on_until_all_that_are_stored_were_met() -> None:
    since = set(range(1_000, 1_000 + 2 * PAGE))
    reaction = Reaction(3, {OWN, *since, 5_000, 6_000, 7_000})
    assert await read(reaction, 5_000, 6_000) == {*since, 5_000, 6_000}
    assert reaction.asked == [3, PAGE, PAGE]


async def test_where_the_bot_has_put_the_emoji_there_since_it_is_read_to_the_end() -> None:
    """It was not counted, and so takes the place of whoever has the highest id."""
    members = set(range(10, 10 + PAGE + 2))
    reaction = Reaction(2, {OWN, *members}, me=False)
    assert await read(reaction) == members
    assert reaction.asked == [2, PAGE, PAGE]
