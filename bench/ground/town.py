"""A stand-in in a process of its own, on ground that is laid before it says its announcement.

`python -m bench.ground.town GROUND` ends when its standard input is closed.
"""

import asyncio
import sys
from pathlib import Path

from bench.ground import critiques, rows, servers
from bench.ground.critiques import Posted
from bench.ground.plans import Ground, read
from bench.lines import heard, say
from bot.storage.database import Database
from rehearsal.server import StandIn


async def lay(discord: StandIn, ground: Ground) -> list[Posted]:
    """Founds the servers, posts their critiques, and stores them in a new database."""
    voters = [member.id for member in discord.members]
    posted = [
        critiques.post(
            discord.world,
            place,
            number=number + 1,
            first=number * ground.points + 1,
            size=ground.points,
            voters=voters,
            each=ground.votes,
        )
        for number, place in enumerate(
            servers.found(discord, ground.servers, channels=ground.channels, roles=ground.roles)
        )
    ]
    database = await Database.open(Path(ground.database))
    try:
        await rows.save(database, posted, discord.world.clock.now())
    finally:
        await database.close()
    return posted


async def _main(ground: Ground) -> None:
    home = "forum" if ground.forum else "text"
    async with StandIn(members=ground.members, home=home, rate_limits=ground.rate_limits) as discord:
        await lay(discord, ground)
        say(discord.announcement)
        async for _ in heard():
            pass


if __name__ == "__main__":
    asyncio.run(_main(read(sys.argv[1])))
