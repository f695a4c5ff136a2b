"""The moderators' channel is deleted: what waits is in the queue all the same, and moves to the next channel."""

from rehearsal.server.permissions import Permission
from tests.e2e.conftest import House
from tests.e2e.test_cases import SPOONS, direct, held, newest
from tests.e2e.test_privacy import rows
from tests.e2e.test_setup import Wizard

SEND = ("POST", "/channels/{channel_id}/messages")


async def without_office(house: House, office: str) -> None:
    """The channel is deleted; returns once the bot has nothing left to do."""
    moderator = house.discord.members[0].id
    role = house.discord.backstage.add_role("keepers", int(Permission.MANAGE_CHANNELS))
    house.discord.backstage.give_roles(moderator, [*house.discord.backstage.guild.members[moderator].roles, role])
    await (await house.moderator()).api.request("DELETE", f"/channels/{office}")
    await house.idle()


async def moved(house: House) -> str:
    """`/setup` names another channel; that channel."""
    office = str(house.discord.backstage.add_channel("staff"))
    wizard = Wizard(house, await house.moderator())
    await wizard.begin()
    for _step in range(3):
        await wizard.press("Next")
    await wizard.choose("Choose a channel", office)
    await house.idle()
    return office


async def queue(house: House) -> str:
    general = str(house.discord.channels["general"])
    return (await (await house.moderator()).command("mod queue", general, house.guild))["content"]


def tries(house: House, office: str) -> int:
    """How often the bot has tried to post there."""
    return sum(office in entry["path"] for entry in house.requests(*SEND))


async def decided(house: House, office: str) -> None:
    """What waits is refused where it stands now, and nothing else stands there."""
    (shown,) = house.shown_in(office)
    assert "rattle the spoons" in shown.content
    moderator = await house.moderator()
    form = await moderator.press(await newest(moderator, office), "Refuse", house.guild)
    done = await moderator.submit(form, {"reason": ["spam"], "words": ""})
    assert "Refused by" in done["content"]
    await house.idle()
    assert rows(house, "SELECT act FROM cases") == [("refuse",)] and len(house.shown_in(office)) == 1


async def test_deleted_before_an_addition_was_shown_there(house: House) -> None:
    office = await held(house)
    await without_office(house, office)
    await (await house.member(1)).say(house.home, SPOONS)
    await house.idle()
    assert "1 addition waits" in await queue(house) and tries(house, office) <= 1
    await house.stop()
    await house.start()
    await house.idle()
    assert tries(house, office) <= 1
    await decided(house, await moved(house))


async def test_deleted_after_it_was_shown_there(house: House) -> None:
    office = await held(house)
    await (await house.member(1)).say(house.home, SPOONS)
    await house.idle()
    await without_office(house, office)
    assert "1 addition waits" in await queue(house)
    await decided(house, await moved(house))
    assert tries(house, office) == 1


async def test_an_appeal_moves_with_the_channel_and_leaves_nothing_to_press_in_the_old_one(house: House) -> None:
    office = await held(house)
    ada, moderator = await house.member(1), await house.moderator()
    await ada.say(house.home, SPOONS)
    await house.idle()
    await moderator.command("mod refuse", office, house.guild, point="4", reason="spam")
    await house.idle()
    await ada.submit(await ada.press(await direct(house, ada), "Appeal"), {"text": "Why?"})
    await house.idle()
    new = await moved(house)
    assert [each.components for each in house.shown_in(office)] == [[]]  # the addition, which is decided
    form = await moderator.press(await newest(moderator, new), "It stands…", house.guild)
    assert "It stands" in (await moderator.submit(form, {"text": "It is spam."}))["content"]
    await house.idle()
    assert len(house.shown_in(new)) == 1
