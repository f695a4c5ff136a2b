"""A moderator changes a preview before confirming it."""

import asyncio

from bot.core.acts import Actor
from bot.core.edits import Edit, EditKind
from bot.core.ids import DraftId, GuildId, MemberId
from bot.core.servers import Choices
from bot.services import drafts
from rehearsal.member.member import buttons, selects
from tests.e2e.conftest import LIST, House, Json, until

CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"
POINT = "Choose a point to change (1–4 of 4)"
LONG = "A long list\n\n" + "\n".join(f"{n}. Reason {n} " + "x" * 70 for n in range(1, 61))


def other(house: House) -> Actor:
    """Another who may change the draft."""
    return Actor(MemberId(1), GuildId(int(house.guild)), frozenset(), administrator=True)


async def preview_of(house: House, text: str = LIST) -> Json:
    moderator = await house.moderator()
    return await moderator.command("critique open", house.home, house.guild, document=("list.txt", text.encode()))


async def press(house: House, shown: Json, button: str) -> Json:
    return await (await house.moderator()).press(shown, button, house.guild)


async def pick(house: House, shown: Json, place: int, placeholder: str = POINT) -> Json:
    return await (await house.moderator()).choose(shown, placeholder, [str(place)], house.guild)


def listed(shown: Json) -> list[str]:
    return shown["embeds"][0]["description"].split("\n")


def labels(shown: Json) -> list[str]:
    return [line.partition(" ")[0] for line in listed(shown)]


def fields(shown: Json) -> dict[str, str]:
    return {field["name"]: field["value"] for field in shown["embeds"][0]["fields"]}


async def test_points_are_dropped_joined_and_retitled_before_they_are_posted(house: House) -> None:
    await house.start()
    shown = await preview_of(house)
    assert "Drop" not in [button["label"] for button in buttons(shown)]
    shown = await press(house, await pick(house, shown, 1), "Drop")
    assert labels(shown) == ["**1**", "**3**", r"**\***"]
    shown = await pick(house, shown, 0, "Choose a point to change (1–3 of 3)")
    form = await press(house, shown, "Retitle")
    shown = await (await house.moderator()).submit(form, {"Title of 1": "Opening *hours*"})
    assert listed(shown)[0] == r"▶ **1** · Opening \*hours\*"
    shown = await press(house, shown, "Join with the next")
    assert fields(shown)["Changed by you"] == "Dropped: 2\nJoined: 1 with 3\nRetitled: 1"
    await press(house, shown, "Confirm")
    await house.idle()
    assert await house.labels() == ["1", "*"]
    threads = sorted(thread.name for thread in house.discord.world.threads())
    assert threads[1] == "1 · Opening *hours*"
    message = house.discord.world.message(int(await house.message_of("1"))).content
    assert "They close before anybody" in message and "full-size cup" in message


async def test_two_presses_at_once_drop_one_point(house: House) -> None:
    await house.start()
    shown = await pick(house, await preview_of(house), 0)
    answered = len(house.requests("POST", CALLBACK))
    await asyncio.gather(*(press(house, shown, "Drop") for _ in range(2)))

    async def both() -> bool:
        return len(house.requests("POST", CALLBACK)) == answered + 2

    await until(both, "both presses to be answered")
    changed = await drafts.show(house.app.desk, other(house), Choices(), DraftId(1))
    assert [point.label for point in changed.edited.points] == ["2", "3", "*"]


async def test_a_preview_that_was_changed_elsewhere_is_shown_anew_and_not_confirmed(house: House) -> None:
    await house.start()
    shown = await preview_of(house)
    await drafts.edit(house.app.desk, other(house), Choices(), DraftId(1), 0, Edit(EditKind.DROP, 0))
    anew = await press(house, shown, "Confirm")
    assert "changed meanwhile" in anew["content"]
    assert labels(anew) == ["**2**", "**3**", r"**\***"]
    await house.idle()
    assert house.discord.world.threads() == []
    await press(house, anew, "Confirm")
    await house.idle()
    assert await house.labels() == ["2", "3", "*"]


async def test_changes_outlive_a_restart_and_are_undone(house: House) -> None:
    await house.start()
    shown = await press(house, await pick(house, await preview_of(house), 3), "Drop")
    await house.stop()
    await house.start()
    shown = await press(house, shown, "Undo the last change")
    assert len(listed(shown)) == 4 and "Changed by you" not in fields(shown)
    assert "Undo the last change" not in [button["label"] for button in buttons(shown)]


async def test_another_list_of_the_document_is_taken_in_the_preview(house: House) -> None:
    await house.start()
    shown = await preview_of(house, LIST + "\nAnd another list\n\n1. Only this.\n2. And this.\n")
    shown = await pick(house, shown, 2, "Take another list")
    assert listed(shown)[-2:] == ["**1** · Only this", "**2** · And this"]
    assert "as it was read" in shown["content"]


async def test_the_only_point_left_is_not_dropped(house: House) -> None:
    await house.start()
    shown = await preview_of(house, "Tea\n\n1. One.\n2. Two.\n")
    shown = await press(house, await pick(house, shown, 0, "Choose a point to change (1–2 of 2)"), "Drop")
    shown = await pick(house, shown, 0, "Choose a point to change (1–1 of 1)")
    refusal = await press(house, shown, "Drop")
    assert "only point that is left" in refusal["content"]


async def test_a_long_list_is_paged_and_its_file_stays(house: House) -> None:
    await house.start()
    shown = await preview_of(house, LONG)
    assert len(shown["attachments"]) == 1
    shown = await press(house, await press(house, shown, "Later points"), "Later points")
    assert listed(shown)[0] == "-# 50 points before these …"
    assert [option["value"] for option in next(selects(shown))["options"]] == [str(n) for n in range(50, 60)]
    assert len(shown["attachments"]) == 1
    shown = await press(house, await pick(house, shown, 59, "Choose a point to change (51–60 of 60)"), "Drop")
    assert listed(shown)[0] == "-# 50 points before these …"
    back = await press(house, shown, "Earlier points")
    assert listed(back)[0] == "-# 25 points before these …"


async def test_a_second_critique_in_the_same_home_is_warned_of(house: House) -> None:
    await house.start()
    await house.open()
    assert "Another critique is open there" in fields(await preview_of(house))["Where"]
