"""The bot is killed at each step of asking voters again: all is cleared once, and what was voted since counts."""

import sqlite3
from contextlib import closing
from pathlib import Path
from signal import SIGKILL

from tests.e2e.conftest import House, until
from tests.e2e.test_process import running
from tests.e2e.test_revisions import SPOONS, seeds

MESSAGE = "/channels/{channel_id}/messages/{message_id}"
SEED = ("PUT", MESSAGE + "/reactions/{emoji_name}/@me")
# Which request has just been carried out, and how many of its kind before it, as the bot is killed.
READ = ("GET", MESSAGE, 0)
STEPS = (READ, ("DELETE", MESSAGE + "/reactions", 0), (*SEED, 1))
MANY = "What many say\n\n" + "".join(f"{number}. Reason number {number}.\n" for number in range(1, len(STEPS) + 1))


async def killed_at(house: House, database: Path, label: str, step: tuple[str, str, int]) -> None:
    """Point `label` gets other words, and the bot is killed right after that request."""
    method, route, skip = step
    faults = house.discord.faults

    async def all_is_done() -> bool:
        with closing(sqlite3.connect(database)) as books:
            waits = "SELECT count(*) FROM deliveries WHERE ended_at IS NULL AND kind != 'show-digest'"
            return books.execute(waits).fetchone() == (0,)

    async def hangs() -> bool:
        return faults.dealt["hang after"] > before

    async with running(house.discord, database) as bot:
        await bot.ready()
        await until(all_is_done, "what the last kill left")
        before = faults.dealt["hang after"]
        faults.hang(method, route, after_effect=True, skip=skip)
        moderator = await house.moderator()
        form = await moderator.command("mod edit", house.home, house.guild, point=label)
        await moderator.submit(form, {"title": "", "text": SPOONS, "asking": ["again"]})
        await until(hangs, f"{method} {route}")
        await bot.end(SIGKILL)
        faults.release()


async def test_killed_at_any_step_it_clears_once_and_loses_no_vote_cast_since(house: House, tmp_path: Path) -> None:
    await house.start()
    await house.open(MANY)
    lines = (await house.digest()).lines
    ada, bob = await house.member(1), await house.member(2)
    for line in lines:
        await ada.react(house.home, str(line.point.message), "👍")
    await house.idle()
    await house.stop()
    for line, step in zip(lines, STEPS, strict=True):
        await killed_at(house, tmp_path / "bot.sqlite3", line.point.label, step)
        await bob.react(house.home, str(line.point.message), "👎")
    await house.start()
    await house.idle()
    bot, tallies = house.discord.bot_id, await house.tallies()
    for line, step in zip(lines, STEPS, strict=True):
        counts = step is not READ  # before anything was cleared, Discord shows that the new one went, too
        standing = {"👍": {bot}, "👎": {bot, int(bob.id)} if counts else {bot}}
        assert seeds(house, str(line.point.message)) == standing, step
        assert tallies[line.point.label] == (0, int(counts)), step
        said = [str(each.content) for each in house.shown_in(str(line.point.thread))]
        assert sum("its votes begin anew" in text for text in said) == 1, step
        shown = await ada.api.request("GET", f"/channels/{house.home}/messages/{line.point.message}")
        assert SPOONS in shown["content"], step
