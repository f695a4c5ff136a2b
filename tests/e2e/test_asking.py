"""The claim desk on the stand-in: one quiet reply, whose buttons only the author and moderators can press."""

from typing import Any

from rehearsal.member import Member
from rehearsal.member.components import buttons
from tests.e2e.conftest import House, until
from tests.e2e.test_cases import newest

SAID = "Great list. An addition: nobody winds the clock above the counter."


async def asked(house: House, text: str = SAID) -> tuple[Member, Any]:
    """A member typed it; they, and the question under it."""
    await house.start()
    await house.open()
    ada = await house.member(1)
    await ada.say(house.home, text)
    await house.quiet()
    return ada, await newest(ada, house.home)


def labels(message: Any) -> list[str]:
    return [str(each.get("label")) for each in buttons(message)]


async def test_it_asks_what_is_unclear_and_records_what_its_author_says(house: House) -> None:
    ada, question = await asked(house)
    assert labels(question) == ["Record as #4", "Not a point"]
    assert (await house.digest()).lines[-1].point.label == "*"
    ben = await house.member(2)
    assert "somebody else" in (await ben.press(question, "Record as #4", house.guild))["content"]
    answer = await ada.press(question, "Record as #4", house.guild)
    assert "Recorded as **4**" in answer["content"]
    await house.quiet()
    point = (await house.digest()).lines[-1].point
    assert (point.label, point.text) == ("4", "nobody winds the clock above the counter.")
    assert "Is this a new point?" not in str([each.content for each in house.shown_in(house.home)])


async def test_more_than_one_may_hold(house: House) -> None:
    ada, question = await asked(house, "One more, as #2 stops short of it: nobody winds the clock above the counter.")
    assert labels(question) == ["Record as #4", "It answers #2", "Not a point"]
    await ada.press(question, "Record as #4", house.guild)

    where = f"/channels/{house.home}/messages/{question['id']}"

    async def is_struck() -> bool:
        return labels(await ada.api.request("GET", where)) == ["It answers #2", "Nothing else"]

    await until(is_struck, "the button that was pressed goes")
    await ada.press(question, "It answers #2", house.guild)
    await house.quiet()
    assert "Is this a new point?" not in str([each.content for each in house.shown_in(house.home)])
    async with house.app.desk.db.read() as tx:
        assert len((await tx.exec_driver_sql("SELECT * FROM arguments")).all()) == 1


async def test_it_goes_with_the_message_that_it_asks_about(house: House) -> None:
    ada, question = await asked(house)
    said = question["message_reference"]["message_id"]
    await ada.api.request("DELETE", f"/channels/{house.home}/messages/{said}")
    await house.quiet()
    assert "Is this a new point?" not in str([each.content for each in house.shown_in(house.home)])


async def test_a_moderator_says_it_is_no_point(house: House) -> None:
    _ada, question = await asked(house)
    answer = await (await house.moderator()).press(question, "Not a point", house.guild)
    assert "Nothing is recorded" in answer["content"]
    await house.quiet()
    assert len((await house.digest()).lines) == 4
