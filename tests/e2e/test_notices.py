"""Moderators are told what happened without them: once, in their channel, whatever befalls the message."""

import pytest

from bot.core.ids import GuildId
from bot.core.notices import Cause, Subject
from bot.core.servers import Choices
from bot.services import notices
from bot.storage import servers
from tests.e2e.conftest import House

MESSAGES = "/channels/{channel_id}/messages"


async def choose_channel(house: House) -> str:
    """The general channel is the moderators'."""
    general = house.discord.channels["general"]
    async with house.app.desk.db.write() as tx:
        await servers.save_choices(
            tx, GuildId(int(house.guild)), Choices(moderators_channel=general), house.app.desk.clock()
        )
    return str(general)


async def owe(house: House, cause: Cause, about: Subject) -> None:
    async with house.app.desk.db.write() as tx:
        await notices.owe(house.app.desk, tx, GuildId(int(house.guild)), cause, about)
    await house.idle()


def told(house: House) -> list[str]:
    shown = house.shown_in(str(house.discord.channels["general"]))
    return [each.content for each in shown if each.content.startswith("-# For the moderators")]


def pass_by(house: House, minutes: float) -> None:
    house.discord.world.clock.ahead += 60 * minutes


@pytest.mark.parametrize("minutes", [0, 30], ids=["nonces remembered", "nonces forgotten"])
async def test_a_notice_stands_once_even_if_the_answer_is_lost(house: House, minutes: float) -> None:
    await house.start()
    critique = await house.open()
    await choose_channel(house)
    house.discord.faults.do(lambda: pass_by(house, minutes), "POST", MESSAGES, after_effect=True)
    house.discord.faults.answer(503, "POST", MESSAGES, after_effect=True)
    await owe(house, Cause.LOBBY_DELETED, Subject(critique=critique.id))
    await owe(house, Cause.LOBBY_DELETED, Subject(critique=critique.id))
    (said,) = told(house)
    assert "What's the problem with tea rooms?" in said


async def test_where_there_is_no_channel_for_them_the_log_and_the_status_have_it(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    await house.start()
    critique = await house.open()
    await owe(house, Cause.HOME_DELETED, Subject(critique=critique.id))
    assert "its moderators could not be told: The channel in which" in caplog.text
    moderator = await house.moderator()
    shown = await moderator.command("status", str(house.discord.channels["general"]), house.guild)
    (field,) = [each for each in shown["embeds"][0]["fields"] if each["name"] == "Told to the moderators"]
    assert "/critique close" in field["value"]
