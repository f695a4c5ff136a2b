"""Authors edit or delete the message that they typed an addition in."""

import pytest

from bot.core.policies import Policy
from rehearsal.member import Member
from tests.e2e.conftest import House
from tests.e2e.test_cases import first_message, held, newest
from tests.e2e.test_revisions import seeds

SAID = "4. They rattle the spoons all day."
SMALL = "4. They rattle the spoon all day."
OTHER = "4. The lamps hum whenever it rains."


async def typed(house: House) -> tuple[Member, str, str]:
    """Ada has typed an addition, and agrees with it; she, her message, and the point's first one."""
    await house.start()
    await house.open()
    ada = await house.member(1)
    said = await ada.say(house.home, SAID)
    await house.idle()
    message = await house.message_of("4")
    await ada.react(house.home, message, "👍")
    await house.idle()
    return ada, said["id"], message


async def edit(house: House, who: Member, message: str, text: str) -> None:
    await who.api.request("PATCH", f"/channels/{house.home}/messages/{message}", {"content": text})


@pytest.mark.parametrize("away", [False, True], ids=["while it listens", "while it is away"])
@pytest.mark.parametrize(("text", "tally"), [(SMALL, (1, 0)), (OTHER, (0, 0))], ids=["small", "other words"])
async def test_the_point_says_what_the_message_says_and_asks_again_where_that_is_something_else(
    house: House, text: str, tally: tuple[int, int], *, away: bool
) -> None:
    ada, said, message = await typed(house)
    if away:
        await house.stop()
    await edit(house, ada, said, text)
    if away:
        await house.start()
    await house.idle()
    shown = await ada.api.request("GET", f"/channels/{house.home}/messages/{message}")
    assert text.removeprefix("4. ") in shown["content"]
    assert (await house.tallies())["4"] == tally
    holds = seeds(house, message)
    assert (int(ada.id) in holds["👍"]) is (tally == (1, 0)) and house.discord.bot_id in holds["👎"]
    history = await ada.command("point history", house.home, house.guild, point="4")
    assert "rattle" in history["content"]
    assert set(house.discord.world.reactions(int(said))) == {"📌"}


async def test_after_two_restarts_an_edit_is_still_one_and_the_authors_later_words_stand(house: House) -> None:
    ada, said, _message = await typed(house)
    await edit(house, ada, said, OTHER)
    await house.idle()
    form = await ada.command("point edit", house.home, house.guild, point="4")
    await ada.submit(form, {"title": "", "text": "The lamps hum, and it rains."})
    for _ in range(2):
        await house.stop()
        await house.start()
        await house.idle()
    point = next(line.point for line in (await house.digest()).lines if line.point.label == "4")
    assert point.text == "The lamps hum, and it rains."


async def test_whoever_edits_what_cannot_be_taken_is_told_under_the_message_once(house: House) -> None:
    ada, said, _message = await typed(house)
    for ending in ("", " And more."):
        await edit(house, ada, said, f"{SAID} https://discord.gg/abcdef{ending}")
        await house.idle()
    shown = await ada.api.request("GET", f"/channels/{house.home}/messages?limit=50")
    (told,) = [each for each in shown if (each.get("message_reference") or {}).get("message_id") == said]
    assert "**4** keeps its words" in told["content"] and "`/point edit`" in told["content"]


async def test_what_waits_is_shown_to_moderators_as_it_was_edited(house: House) -> None:
    office = await held(house, Policy.HELD)
    ada = await house.member(1)
    said = await ada.say(house.home, SAID)
    await house.idle()
    await edit(house, ada, said["id"], OTHER)
    await house.idle()
    waiting = await newest(await house.moderator(), office)
    assert "The lamps hum" in waiting["content"] and "rattle" not in waiting["content"]
    assert len(house.shown_in(office)) == 1 and waiting["components"]


async def test_a_members_own_post_that_is_edited_changes_the_point(forum: House) -> None:
    await forum.start()
    await forum.open()
    ada = await forum.member(1)
    post = await ada.post(forum.home, "4. They rattle the spoons", "All day long, in every room.")
    await forum.idle()
    where, message = await first_message(forum, "4")
    assert where == post["id"]
    await ada.api.request("PATCH", f"/channels/{where}/messages/{message}", {"content": "The lamps hum, too."})
    await forum.idle()
    point = next(line.point for line in (await forum.digest()).lines if line.point.label == "4")
    assert (point.title, point.text) == ("They rattle the spoons", "The lamps hum, too.")


async def test_a_message_that_is_deleted_leaves_the_point_with_its_votes_to_be_taken_back_as_ever(
    house: House,
) -> None:
    ada, said, message = await typed(house)
    await ada.api.request("DELETE", f"/channels/{house.home}/messages/{said}")
    await house.idle()
    assert (await house.tallies())["4"] == (1, 0)
    await house.stop()
    await house.start()
    await house.idle()
    assert (await house.tallies())["4"] == (1, 0)
    assert "Withdrawn: **4**" in (await ada.command("point undo", house.home, house.guild))["content"]
    await house.idle()
    shown = await ada.api.request("GET", f"/channels/{house.home}/messages/{message}")
    assert "rattle" not in shown["content"]
