"""The ground that measurements stand on is what the bot itself would have left behind."""

from pathlib import Path

import pytest

from bench.ground.plans import Ground, read
from bench.ground.town import lay
from bench.stage import settings
from bot.app import opened
from bot.core.points import Point
from bot.core.votes import Stance
from bot.services import digests, votes
from rehearsal.server import StandIn
from tests.e2e.conftest import until

EMOJI = {Stance.AGREE: "👍", Stance.DISAGREE: "👎"}


def _holders(discord: StandIn, point: Point, emoji: str) -> set[int]:
    """Who but the bot holds an emoji under the point."""
    return set(discord.world.reactions(point.message or 0)[emoji]) - {discord.bot_id}


def test_a_ground_is_handed_over_whole() -> None:
    ground = Ground("here.sqlite3", servers=3, points=11, votes=7, forum=True)
    assert read(ground.written()) == ground


@pytest.mark.parametrize("home", ["text", "forum"])
async def test_a_bot_that_is_started_on_it_has_nothing_to_mend(tmp_path: Path, home: str) -> None:
    ground = Ground(
        str(tmp_path / "bot.sqlite3"), servers=2, channels=6, roles=5, points=4, votes=7, forum=home == "forum"
    )
    async with StandIn(members=ground.members, home=home) as discord:
        posted = await lay(discord, ground)
        assert [len(discord.world.channels_of(each.critique.guild)) for each in posted] == [6, 6]
        assert [len(discord.world.guilds[each.critique.guild].roles) for each in posted] == [5, 5]
        given = settings(discord.api, discord.gateway, discord.bot_token, Path(ground.database))
        async with opened(given, guild_wait=0.1) as app:
            await app.ready()
            await until(app.idle, "the bot to have read its servers")
            for each in posted:
                shown = await digests.read(app.desk, each.critique.id)
                assert {line.point.id: line.tally for line in shown.lines} == each.tallies
                assert shown.people == 28
                for point in each.points:
                    stances = await votes.stances(app.desk, point.id, 1)
                    for side, emoji in EMOJI.items():
                        assert {who for who, held in stances.items() if held is side} == _holders(discord, point, emoji)
        changing = [
            (entry["method"], entry["route"])
            for entry in discord.record.entries
            if entry["kind"] == "exchange" and entry["method"] != "GET"
        ]
    assert changing == [("PUT", "/applications/{application_id}/commands")]
