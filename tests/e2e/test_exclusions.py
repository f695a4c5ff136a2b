"""Votes taken out of the figures, a muted member, and what is on record, as they are used in Discord."""

from tests.e2e.conftest import House
from tests.e2e.test_cases import direct


async def voted(house: House) -> None:
    """Ada agrees with two points, and Bob with one of them."""
    await house.start()
    await house.open()
    ada, bob = await house.member(1), await house.member(2)
    for label in ("1", "2"):
        await ada.react(house.home, await house.message_of(label), "👍")
    await bob.react(house.home, await house.message_of("1"), "👍")
    await house.idle()


async def test_a_members_votes_are_excluded_over_a_gap_and_come_back(house: House) -> None:
    await voted(house)
    ada, moderator = await house.member(1), await house.moderator()
    before = await house.tallies()
    said = await moderator.command(
        "mod exclude", house.home, house.guild, reason="spam", member=ada.id, words="Twice the same **voter**."
    )
    assert "2 votes taken out" in said["content"] and said["flags"] & 64
    await house.idle()
    assert await house.tallies() == before | {"1": (1, 0), "2": (0, 0)}
    assert "took your votes out" in (await direct(house, ada))["content"]
    third = await house.message_of("3")
    await house.stop()
    await ada.react(house.home, third, "👎")
    await house.start()
    await house.idle()
    assert await house.tallies() == before | {"1": (1, 0), "2": (0, 0)}
    back = await moderator.command("mod include", house.home, house.guild, member=ada.id)
    assert "3 votes brought back" in back["content"]
    await house.idle()
    assert await house.tallies() == before | {"3": (0, 1)}


async def test_a_raid_is_excluded_by_its_time_and_its_case_offered_for_bringing_it_back(house: House) -> None:
    await voted(house)
    before = await house.tallies()
    moderator = await house.moderator()
    neither = await moderator.command("mod exclude", house.home, house.guild, reason="spam")
    assert "either a `member`" in neither["content"]
    said = await moderator.command("mod exclude", house.home, house.guild, reason="spam", since="30m")
    assert "3 votes taken out" in said["content"] and "<@" not in said["content"]
    assert (await house.tallies())["1"] == (0, 0)
    offered = await moderator.autocomplete("mod include", "case", "", house.home, house.guild)
    assert [choice["name"].partition(" cast")[0] for choice in offered] == ["Case 1: 3 votes"]
    await moderator.command("mod include", house.home, house.guild, case=offered[0]["value"])
    assert await house.tallies() == before


async def test_a_muted_member_adds_nothing_is_told_why_and_may_appeal(house: House) -> None:
    await house.start()
    await house.open()
    ada, moderator = await house.member(1), await house.moderator()
    said = await moderator.command(
        "mod mute", house.home, house.guild, member=ada.id, reason="unkind", words="Be **kind**.", **{"for": "2h"}
    )
    assert "muted until" in said["content"]
    await ada.say(house.home, "4. They rattle the spoons.")
    await house.idle()
    assert await house.labels() == ["1", "2", "3", "*"]
    told = await direct(house, ada)
    assert "muted you until <t:" in told["content"] and [row["components"] for row in told["components"]]
    refused = await ada.command("point add", house.home, house.guild)
    assert "You are muted here until <t:" in refused["content"] and "Be \\*\\*kind" in refused["content"]
    assert "muted you" in (await ada.command("case mine", house.home, house.guild))["content"]
    await moderator.command("mod unmute", house.home, house.guild, member=ada.id)
    await ada.say(house.home, "4. They rattle the spoons.")
    await house.idle()
    assert await house.labels() == ["1", "2", "3", "*", "4"]


async def test_the_history_of_a_member_is_paged_and_for_moderators_alone(house: House) -> None:
    await house.start()
    await house.open()
    ada, moderator = await house.member(1), await house.moderator()
    for number in range(6):
        await moderator.command("mod note", house.home, house.guild, member=ada.id, text=f"Note {number} @everyone")
    page = await moderator.command("mod history", house.home, house.guild, member=ada.id)
    shown = page["embeds"][0]
    assert "Note 5" in shown["description"] and "Note 0" not in shown["description"]
    assert "@everyone" not in shown["description"] and "Page 1 of 2" in shown["footer"]["text"]
    older = await moderator.press(page, "Earlier", house.guild)
    assert "Note 0" in older["embeds"][0]["description"]
    await moderator.command("critique lock", house.home, house.guild, point="2")
    about = await moderator.command("mod history", house.home, house.guild, point="2")
    assert "thread locked" in about["embeds"][0]["description"]
