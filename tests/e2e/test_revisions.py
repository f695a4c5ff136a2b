"""Words changed on the stand-in: the message, the reactions cleared and seeded by the bot, the line in the thread."""

import time
from typing import Any

from tests.e2e.conftest import House, until
from tests.e2e.test_privacy import rows

SPOONS = "They chain their spoons to the tables."


async def changed(house: House) -> tuple[str, str]:
    """Point 2 has a vote, and then other words; the channel and id of its first message."""
    await house.start()
    await house.open()
    point = next(line.point for line in (await house.digest()).lines if line.point.label == "2")
    where, message = str(point.channel), str(point.message)
    await (await house.member(1)).react(where, message, "👍")
    await house.idle()
    await reword(house)
    return where, message


async def reword(house: House, text: str = SPOONS) -> None:
    moderator = await house.moderator()
    form = await moderator.command("mod edit", house.home, house.guild, point="2")
    said = await moderator.submit(form, {"title": "", "text": text, "asking": ["by-itself"]})
    assert "voters are asked again" in said["content"]


def seeds(house: House, message: str) -> dict[str, set[int]]:
    return {emoji: set(users) for emoji, users in house.discord.world.reactions(int(message)).items()}


async def test_other_words_clear_the_reactions_and_ask_again_in_the_thread(either: House) -> None:
    where, message = await changed(either)
    await either.idle()
    bot = {either.discord.bot_id}
    assert seeds(either, message) == {"👍": bot, "👎": bot}
    assert (await either.tallies())["2"] == (0, 0)
    ada = await either.member(1)
    shown: dict[str, Any] = await ada.api.request("GET", f"/channels/{where}/messages/{message}")
    assert SPOONS in shown["content"] and "Words changed by the moderators" in shown["content"]
    told = [str(said.content) for said in either.shown_in(await either.thread_of("2"))]
    assert sum("its votes begin anew" in text for text in told) == 1
    await ada.react(where, message, "👎")
    await either.idle()
    assert (await either.tallies())["2"] == (0, 1)
    history = await ada.command("point history", either.home, either.guild, point="2")
    assert "They ~~call a biscuit a dessert.~~ **chain" in history["content"] and "1 agrees" in history["content"]


async def test_a_bot_that_was_stopped_before_it_cleared_takes_no_old_reaction_for_a_new_vote(house: House) -> None:
    await house.start()
    await house.open()
    message = await house.message_of("2")
    ada = await house.member(1)
    await ada.react(house.home, message, "👍")
    await house.idle()
    house.discord.faults.answer(503, "DELETE", "/channels/{channel_id}/messages/{message_id}/reactions", times=5)
    await reword(house)
    await house.stop()
    await house.start()
    await house.idle()
    assert set(seeds(house, message)) == {"👍", "👎"}
    assert (await house.tallies())["2"] == (0, 0)
    told = [str(said.content) for said in house.shown_in(await house.thread_of("2"))]
    assert sum("its votes begin anew" in text for text in told) == 1


async def test_nobody_is_told_to_vote_anew_before_what_they_vote_can_stand(house: House) -> None:
    await house.start()
    await house.open()
    thread, clear = await house.thread_of("2"), "/channels/{channel_id}/messages/{message_id}/reactions"

    async def had_its_turn() -> bool:
        ((due, ended),) = rows(house, "SELECT due_at, ended_at FROM deliveries WHERE kind = 'tell-reworded'")
        hangs = house.discord.faults.dealt["hang"] == 1
        return hangs and (ended is not None or due > time.time() * 1_000_000)

    house.discord.faults.hang("DELETE", clear)
    await reword(house)
    await until(had_its_turn, "the word in the thread to have its turn")
    assert not any("begin anew" in str(said.content) for said in house.shown_in(thread))
    house.discord.faults.release()
    await house.idle()
    assert sum("begin anew" in str(said.content) for said in house.shown_in(thread)) == 1


async def test_a_member_changes_their_own_point_and_not_anothers(house: House) -> None:
    await house.start()
    await house.open()
    ada, ben = await house.member(1), await house.member(2)
    await ada.say(house.home, f"4. {SPOONS}")
    await house.idle()
    form = await ada.command("point edit", house.home, house.guild, point="4")
    await ada.submit(form, {"title": "", "text": SPOONS.replace("chain", "tie")})
    await house.idle()
    point = next(line.point for line in (await house.digest()).lines if line.point.label == "4")
    assert point.text == SPOONS.replace("chain", "tie") and not point.reworded
    assert "not yours" in (await ben.command("point edit", house.home, house.guild, point="4"))["content"]
