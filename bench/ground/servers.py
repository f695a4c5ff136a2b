"""Servers of a stand-in, each with so many channels and roles, and the bot on them."""

from collections.abc import Iterator
from dataclasses import dataclass

from rehearsal.server import StandIn, founding
from rehearsal.server.model import Channel, Guild


@dataclass(frozen=True, slots=True)
class Place:
    """A server and the channel in it that is a critique's home."""

    guild: Guild
    home: Channel

    @property
    def is_forum(self) -> bool:
        """Whether the home is a forum."""
        return self.home.forum is not None


def found(discord: StandIn, count: int, *, channels: int, roles: int) -> Iterator[Place]:
    """So many servers, the stand-in's first among them, filled up; `roles` counts @everyone and the bot's own."""
    world = discord.world
    home = world.channels[discord.channels["critique"]]
    forum = home.forum is not None
    _fill(discord, world.guilds[discord.guild_id], channels, roles)
    yield Place(world.guilds[discord.guild_id], home)
    for number in range(1, count):
        guild = world.guilds[discord.backstage.add_guild(f"Server {number}", world.facts["owner_id"])]
        home = founding.add_channel(world, guild, "critique", 1, forum=forum)
        _fill(discord, guild, channels, roles, there=2)
        yield Place(guild, home)
    world.forget_permissions()


def _fill(discord: StandIn, guild: Guild, channels: int, roles: int, there: int = 3) -> None:
    """Fills up a server in which so many channels are `there`."""
    for number in range(there, channels):
        founding.add_channel(discord.world, guild, f"channel-{number}", number)
    for number in range(len(guild.roles), roles):
        founding.add_role(discord.world, guild, f"Role {number}", 0)
    discord.world.save(guild)
