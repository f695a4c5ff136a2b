"""What moderators are told once: written with its cause, gathered, forgotten when its cause has passed."""

from bot.core.ids import ChannelId, MessageId, PointId
from bot.core.notices import Cause, Subject
from bot.core.pages import Page
from bot.services import notices
from tests.services.conftest import GUILD, Room


async def owe(room: Room, cause: Cause, about: Subject, occasion: str = "") -> bool:
    async with room.desk.db.write() as tx:
        return await notices.owe(room.desk, tx, GUILD, cause, about, occasion=occasion)


async def test_one_cause_is_told_once_and_another_occasion_again(room: Room) -> None:
    await room.open()
    about = Subject(point=PointId(1))
    assert await owe(room, Cause.REACTIONS_CLEARED, about, "7")
    assert not await owe(room, Cause.REACTIONS_CLEARED, about, "7")
    assert await owe(room, Cause.REACTIONS_CLEARED, about, "8")
    assert await owe(room, Cause.MESSAGE_DELETED, about)
    assert len(await room.owed("notice")) == 1


async def test_a_notice_knows_the_point_and_the_critique_that_it_is_about(room: Room) -> None:
    critique = await room.open()
    await owe(room, Cause.THREAD_DELETED, Subject(point=PointId(2)))
    await owe(room, Cause.HOME_DELETED, Subject(critique=critique.id))
    await owe(room, Cause.GIVEN_UP, Subject(channel=ChannelId(4), detail="mark 403"))
    _channel, (thread, home, given_up) = await room.ledger.notices(GUILD)
    assert (thread.label, thread.title, thread.about.critique) == ("2", "Tea rooms", critique.id)
    assert (home.label, home.title) == ("", "Tea rooms")
    assert (given_up.title, given_up.about) == ("", Subject(channel=ChannelId(4), detail="mark 403"))


async def test_what_was_told_is_not_told_again_and_still_shown(room: Room) -> None:
    await owe(room, Cause.STUCK, Subject(channel=ChannelId(4)))
    _channel, told = await room.ledger.notices(GUILD)
    await room.ledger.save_told(told, Page(0, ChannelId(9), MessageId(77), "shown"))
    assert await room.ledger.notices(GUILD) == (None, [])
    assert await notices.latest(room.desk, GUILD) == told
    assert await room.ledger.stands(MessageId(77))


async def test_what_has_passed_is_told_anew_when_it_comes_back(room: Room) -> None:
    about = Subject(channel=ChannelId(4))
    await owe(room, Cause.STUCK, about)
    async with room.desk.db.write() as tx:
        await notices.settle(tx, GUILD, (Cause.GIVEN_UP, Cause.STUCK), about)
    assert await owe(room, Cause.STUCK, about)
