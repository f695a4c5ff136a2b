"""Promises the Discord that chaos plays on: text homes and forum homes on one server, each with one critique."""

from dataclasses import dataclass

from chaos.checks.books import SIDES
from rehearsal.server import StandIn

MEMBERS = 30
_LOBBY = "Add to this list"


@dataclass(frozen=True, slots=True)
class Home:
    """A channel or forum that holds one critique."""

    id: int
    forum: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """A message that members vote on, the thread they argue in, and where its critique stands."""

    channel: int
    message: int
    home: Home


class Ground:
    """The stand-in, and the homes in it."""

    def __init__(self, discord: StandIn) -> None:
        self.discord = discord
        self.homes: list[Home] = []

    def found(self) -> Home:
        """A new home: text and forum in turn."""
        forum = len(self.homes) % 2 == 1
        channel = self.discord.backstage.add_channel(f"critique-{len(self.homes) + 1}", forum=forum)
        self.homes.append(Home(channel, forum))
        return self.homes[-1]

    def spots(self) -> list[Spot]:
        """All that looks like a point to members, whether the bot knows of it yet or not."""
        world, bot = self.discord.world, self.discord.bot_id
        found: list[Spot] = []
        for home in self.homes:
            if not home.forum:
                own = [each for each in world.messages(home.id) if each.author_id == bot]
                found += [Spot(home.id, each.id, home) for each in own if each.kind == 0 and not each.embeds]
        forums = {home.id: home for home in self.homes if home.forum}
        for thread in world.threads():
            home = forums.get(thread.parent_id or 0)
            state = thread.thread
            own = (state is not None and state.owner_id == bot) or bot in world.reactions(thread.id).get("👍", ())
            if home is not None and own and not thread.name.startswith(_LOBBY):
                found.append(Spot(thread.id, thread.id, home))
        return found

    def sides(self, message: int, member: int) -> frozenset[int]:
        """Which vote emoji a member holds there now."""
        under = self.discord.world.reactions(message)
        return frozenset(side for emoji, side in SIDES.items() if member in under.get(emoji, ()))
