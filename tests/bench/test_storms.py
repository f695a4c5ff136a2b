"""A storm of votes is in the stand-in's books as it is sent."""

from pathlib import Path

from bench.ground import passed
from bench.ground.plans import Ground
from bench.ground.storms import Storm
from bench.ground.town import lay
from bench.stage import settings
from bot.app import opened
from rehearsal.server import StandIn
from tests.e2e.conftest import until


async def test_what_was_sent_is_what_stands(tmp_path: Path) -> None:
    ground = Ground(str(tmp_path / "bot.sqlite3"), points=3, members=200)
    async with StandIn(members=ground.members) as discord:
        posted = await lay(discord, ground)
        given = settings(discord.api, discord.gateway, discord.bot_token, Path(ground.database))
        async with opened(given, guild_wait=0.05) as app:
            await app.ready()
            await until(app.idle, "the bot to have read its server")
            discord.record.clear()
            storm = await Storm(discord, posted, 1).rage(1_000, 0.5)
            await until(app.quiet, "the bot to have stored the storm")
        sent = passed.of(discord)
        held: set[tuple[int, int, int]] = set()
        for message, member, side, added in sent["cast"]:
            (held.add if added else held.remove)((message, member, side))
        stand = {
            (point.message, member, side)
            for point in posted[0].points
            for emoji, side in (("👍", 1), ("👎", -1))
            for member in discord.world.reactions(point.message or 0)[emoji]
            if member != discord.bot_id
        }
    taken_away = sum(count for kind, count in sent["requests"].items() if kind.startswith("DELETE"))
    assert held == stand
    assert 0 < storm["sent"] <= 500
    assert len(sent["cast"]) == storm["sent"] + taken_away
    assert app.client.votes.recorded == len(sent["cast"])
