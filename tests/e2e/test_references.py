"""References on the stand-in: one line in the point's thread with links, edited and deleted as messages are."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import update

from bot.core.deliveries import Kind
from bot.storage.tables import deliveries
from tests.e2e.conftest import QUICK, House

PACE = replace(QUICK, digest_gathers=timedelta(seconds=5))  # in which a slow machine, too, says two things


async def told(house: House) -> list[str]:
    """What the bot has said of mentions in the thread of point 2, once what waits for its time is due."""
    await house.quiet()
    async with house.app.desk.db.write() as tx:
        waits = (deliveries.c.kind == Kind.SHOW_REFERENCES, deliveries.c.ended_at.is_(None))
        await tx.execute(update(deliveries).where(*waits).values(due_at=house.app.desk.clock()))
    await house.quiet()
    shown = house.shown_in(await house.thread_of("2"))
    return [str(each.content) for each in shown if "Mentioned in" in str(each.content)]


async def test_a_batch_is_one_line_that_links_and_pings_nobody_and_follows_edits_and_deletions(either: House) -> None:
    house = either
    await house.start(PACE)
    critique = await house.open()
    ada, lobby = await house.member(1), str(critique.lobby or critique.home)
    first = await ada.say(lobby, f"#2 in particular. <@{ada.id}> knows.")
    second = await ada.say(lobby, "So does point 2 above.")
    (line,) = await told(house)
    assert f"/{lobby}/{first['id']}" in line
    assert f"/{lobby}/{second['id']}" in line
    assert "<@" not in line
    await ada.api.request("DELETE", f"/channels/{lobby}/messages/{first['id']}")
    (line,) = await told(house)
    assert first["id"] not in line
    assert second["id"] in line
    await ada.api.request("PATCH", f"/channels/{lobby}/messages/{second['id']}", {"content": "So does nothing above."})
    assert await told(house) == []
