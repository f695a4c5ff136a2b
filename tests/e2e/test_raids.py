"""A raid: two hundred votes within a minute, taken out of the figures and brought back, through Discord."""

import asyncio
import re
from datetime import timedelta
from urllib.parse import quote

import aiohttp
from sqlalchemy import update

from bot.storage.tables import history
from rehearsal.member import Api
from tests.e2e.conftest import House
from tests.e2e.test_privacy import rows

RAIDERS = 200
DISAGREE = quote("👎")


async def voted(house: House) -> None:
    """Three members have voted: two on point 1 and one on point 2, two hours ago."""
    await house.start()
    await house.open()
    for number, label, side in ((1, "1", "👍"), (2, "1", "👎"), (3, "2", "👍")):
        await (await house.member(number)).react(house.home, await house.message_of(label), side)
    await house.idle()
    async with house.app.desk.db.write() as tx:
        await tx.execute(update(history).values(at=house.app.desk.clock() - timedelta(hours=2)))


async def raided(house: House, message: str) -> None:
    """Two hundred new members disagree with one point at once."""
    people = [house.discord.backstage.add_member() for _ in range(RAIDERS)]
    path = f"/channels/{house.home}/messages/{message}/reactions/{DISAGREE}/@me"
    async with aiohttp.ClientSession() as session:
        clients = [Api(session, house.discord.api, person.token) for person in people]
        await asyncio.gather(*(client.request("PUT", path) for client in clients))
    await house.idle()


def shown(house: House) -> list[tuple[int, int]]:
    """The figures of all points as the running digest shows them."""
    (digest,) = [each for each in house.shown_in(house.home) if each.embeds]
    found = re.findall(r"(\d+) agrees? · (\d+) disagrees? · ", digest.embeds[0]["description"])
    return [(int(agree), int(disagree)) for agree, disagree in found]


async def figures(house: House) -> dict[str, tuple[int, int]]:
    """The tallies, which the digest shows, too."""
    await house.idle()
    tallies = await house.tallies()
    assert shown(house) == list(tallies.values())
    return tallies


async def test_a_raid_is_taken_out_stays_out_over_a_restart_and_comes_back_whole(house: House) -> None:
    await voted(house)
    honest = await figures(house)
    await raided(house, await house.message_of("1"))
    flooded = honest | {"1": (1, 1 + RAIDERS)}
    assert await figures(house) == flooded
    moderator = await house.moderator()
    said = await moderator.command("mod exclude", house.home, house.guild, reason="spam", since="30m")
    assert f"{RAIDERS} votes taken out" in said["content"]
    assert await figures(house) == honest
    await house.stop()
    await house.start()
    assert await figures(house) == honest
    (offered,) = await moderator.autocomplete("mod include", "case", "", house.home, house.guild)
    back = await moderator.command("mod include", house.home, house.guild, case=offered["value"])
    assert f"{RAIDERS} votes brought back" in back["content"]
    assert await figures(house) == flooded
    assert rows(house, "SELECT act FROM cases ORDER BY id") == [("exclude",), ("include",)]


async def test_a_raider_who_votes_again_counts_once_and_only_for_what_was_cast_since(house: House) -> None:
    await voted(house)
    first, third = await house.message_of("1"), await house.message_of("3")
    raider, moderator = await house.member(4), await house.moderator()
    for message in (first, third):
        await raider.react(house.home, message, "👎")
    await house.idle()
    await moderator.command("mod exclude", house.home, house.guild, reason="spam", since="30m")
    await raider.unreact(house.home, first, "👎")
    await raider.react(house.home, first, "👍")
    await house.idle()
    assert await figures(house) == {"1": (2, 1), "2": (1, 0), "3": (0, 0), "*": (0, 0)}
    (offered,) = await moderator.autocomplete("mod include", "case", "", house.home, house.guild)
    await moderator.command("mod include", house.home, house.guild, case=offered["value"])
    assert await figures(house) == {"1": (2, 1), "2": (1, 0), "3": (0, 1), "*": (0, 0)}
