"""A stand-in in a process of its own, on ground that is laid before it says its announcement.

`python -m bench.ground.town GROUND` adds `points`, their messages, to the announcement. It is told on its standard
input, a line each:
- `{"clear"}`: what has passed so far is forgotten;
- `{"change": share, "seed"}`: changes that share of all votes behind the bot's back, and says `{"changed", "points",
  "fewest"}`; `{"undo"}` changes them back; `{"held"}` says all votes that stand;
- `{"storm": {"rate", "seconds", "seed"}}`: raises a storm of votes, and says when it `began` and `ended`;
- `{"passed"}`: says what the bot was sent and has asked since, as `bench.ground.passed` gives it.
"""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.ground import critiques, passed, rows, servers
from bench.ground.changes import Changes
from bench.ground.critiques import Posted
from bench.ground.plans import Ground, read
from bench.ground.storms import Storm
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
        posted = await lay(discord, ground)
        say({**discord.announcement, "points": [point.message for each in posted for point in each.points]})
        changes = Changes(discord, posted)
        async for line in heard():
            await _told(discord, posted, changes, line)


async def _told(discord: StandIn, posted: Sequence[Posted], changes: Changes, line: dict[str, Any]) -> None:
    if "clear" in line:
        discord.record.clear()
    elif "change" in line:
        say(changes.make(line["change"], line["seed"]))
    elif "undo" in line:
        changes.undo()
    elif "held" in line:
        say(changes.held())
    elif "storm" in line:
        asked = line["storm"]
        say(await Storm(discord, posted, asked["seed"]).rage(asked["rate"], asked["seconds"]))
    else:
        say(passed.of(discord))


if __name__ == "__main__":
    asyncio.run(_main(read(sys.argv[1])))
