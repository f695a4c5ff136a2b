"""An official answer on the stand-in: in the thread, with the point, in the digest; revised, removed, restarted."""

from typing import Any

from rehearsal.member import Member
from tests.e2e.conftest import House


async def answer(house: House, who: Member, text: str) -> str:
    form = await who.command("point answer", house.home, house.guild, point="1")
    return (await who.submit(form, {"text": text}))["content"]


async def answered(house: House) -> tuple[Member, Any]:
    """Ada is named and has answered point 1; she, and the message in its thread."""
    await house.start()
    critique = await house.open()
    ada, moderator = await house.member(1), await house.moderator()
    said = await moderator.command(
        "critique author", house.home, house.guild, critique=str(critique.id), member=str(ada.id)
    )
    assert f"<@{ada.id}>" in said["content"]
    assert "stands with **1**" in await answer(house, ada, "We close *late* now. @everyone")
    await house.idle()
    (shown,) = await shown_answers(house)
    return ada, shown


async def shown_answers(house: House) -> list[Any]:
    thread = await house.thread_of("1")
    return [each for each in house.shown_in(thread) if "Official answer" in str(each.content)]


async def test_an_answer_stands_in_the_thread_with_the_point_and_in_the_digest(either: House) -> None:
    ada, shown = await answered(either)
    assert "@everyone" not in str(shown.content) and r"\*late\*" in str(shown.content)
    said = await ada.command("point show", either.home, either.guild, point="1")
    assert "Official answer:" in said["content"]
    digest = await ada.command("digest show", either.home, either.guild)
    assert f"/{await either.thread_of('1')}/{shown.id})" in str(digest["embeds"])


async def test_it_is_edited_in_place_removed_and_given_anew_also_after_a_restart(house: House) -> None:
    ada, shown = await answered(house)
    await house.stop()
    await house.start()
    await house.idle()
    assert [each.id for each in await shown_answers(house)] == [shown.id]
    await answer(house, ada, "Revised.")
    await house.idle()
    assert [(each.id, "Revised." in str(each.content)) for each in await shown_answers(house)] == [(shown.id, True)]
    assert "Removed" in await answer(house, ada, "")
    await house.idle()
    assert await shown_answers(house) == []
    await answer(house, ada, "Once more.")
    await house.idle()
    assert len(await shown_answers(house)) == 1


async def test_nobody_else_is_shown_the_form(house: House) -> None:
    await answered(house)
    for who in (await house.member(2), await house.moderator()):
        said = await who.command("point answer", house.home, house.guild, point="1")
        assert "somebody else's" in said["content"]
