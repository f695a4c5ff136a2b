"""What resembles a point is asked about before it is recorded."""

from typing import Any

from rehearsal.member import Member
from tests.e2e.conftest import House
from tests.e2e.test_cases import held, newest

SAID = "They rattle the spoons whenever somebody reads a newspaper."
LIKE = "Whenever somebody reads a newspaper, they rattle the spoons!"


async def added(house: House) -> tuple[Member, Member]:
    """Ada has added a point; she and Ben."""
    await house.start()
    await house.open()
    ada, ben = await house.member(1), await house.member(2)
    await ada.say(house.home, f"4. {SAID}")
    await house.idle()
    return ada, ben


async def replies(house: House, to: Any) -> list[Any]:
    """The messages of the home that reply to one, as Discord shows them."""
    shown = await (await house.member(3)).api.request("GET", f"/channels/{house.home}/messages?limit=50")
    return [each for each in shown if (each.get("message_reference") or {}).get("message_id") == to["id"]]


async def test_a_typed_point_that_resembles_another_is_asked_about_and_recorded_by_its_author_alone(
    house: House,
) -> None:
    ada, ben = await added(house)
    said = await ben.say(house.home, f"5. {LIKE}")
    await house.quiet()
    assert await house.labels() == ["1", "2", "3", "*", "4"]
    (reply,) = await replies(house, said)
    assert "much like point **4**" in reply["content"] and "rattle the spoons" in reply["content"]
    link, insist = reply["components"][0]["components"]
    assert link["label"] == "Back #4 instead" and link["url"].endswith(await house.message_of("4"))
    refused = await ada.press(reply, "Record anyway", house.guild)
    assert "somebody else's" in refused["content"] and refused["flags"] & 64
    done = await ben.press(reply, "Record anyway", house.guild)
    assert "Recorded as **5**" in done["content"]
    await house.idle()
    assert await house.labels() == ["1", "2", "3", "*", "4", "5"]
    assert await replies(house, said) == []
    assert "📌" in house.discord.world.reactions(int(said["id"]))
    assert insist["custom_id"].startswith("v1:claim:")


async def test_a_form_keeps_what_was_written_over_a_restart_and_records_it_once(house: House) -> None:
    _ada, ben = await added(house)
    form = await ben.command("point add", house.home, house.guild)
    asked = await ben.submit(form, {"Your point": LIKE})
    assert "much like point **4**" in asked["content"] and asked["flags"] & 64
    await house.stop()
    await house.start()
    await house.idle()
    for _ in range(2):
        assert "Recorded as **5**" in (await ben.press(asked, "Record anyway", house.guild))["content"]
    await house.idle()
    assert await house.labels() == ["1", "2", "3", "*", "4", "5"]


async def test_what_is_refused_outright_says_why_and_gives_the_words_back(house: House) -> None:
    ada, _ben = await added(house)
    form = await ada.command("point add", house.home, house.guild)
    answer = await ada.submit(form, {"Your point": SAID.upper()})
    assert "said this already, as point 4" in answer["content"] and answer["attachments"]
    assert await house.labels() == ["1", "2", "3", "*", "4"]


async def test_moderators_set_what_waits_and_see_why_it_does(house: House) -> None:
    office = await held(house)
    moderator, ada = await house.moderator(), await house.member(1)
    rules = await moderator.command("mod rules", office, house.guild, words="teapot, saucer", quota=3)
    assert "3 a day" in rules["content"] and "one of 2 words" in rules["content"]
    await ada.say(house.home, "4. The saucers match no TEAPOT.")
    await house.idle()
    waiting = await newest(moderator, office)
    assert "a word of your list" in waiting["content"] and "First addition here" in waiting["content"]
