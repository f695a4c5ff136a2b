"""The ways in to a critique beside a file: pasted into a form, or a message that stands in Discord already."""

import pytest

from rehearsal.member import MemberError
from tests.e2e.conftest import LIST, House


async def test_a_pasted_list_keeps_its_line_breaks_and_is_opened(house: House) -> None:
    await house.start()
    moderator = await house.moderator()
    form = await moderator.command("critique open", house.home, house.guild)
    preview = await moderator.submit(form, {"The list": LIST})
    assert preview["flags"] & 64
    assert preview["embeds"][0]["title"].startswith("What's the problem")
    await moderator.press(preview, "Confirm", house.guild)
    await house.idle()
    assert await house.labels() == ["1", "2", "3", "*"]


async def test_a_file_may_be_sent_with_the_form(house: House) -> None:
    await house.start()
    moderator = await house.moderator()
    form = await moderator.command("critique open", house.home, house.guild)
    preview = await moderator.submit(form, {"Or a file": [("list.md", LIST.encode())]})
    assert "**3** · They have never met" in preview["embeds"][0]["description"]


async def test_the_form_names_its_home_and_its_list(house: House) -> None:
    await house.start()
    moderator = await house.moderator()
    elsewhere = str(house.discord.backstage.add_channel("elsewhere"))
    form = await moderator.command("critique open", house.home, house.guild, channel=elsewhere, list=2)
    several = LIST + "\nAnd another list\n\n1. Only this.\n2. And this.\n"
    preview = await moderator.submit(form, {"The list": several})
    assert "Only this" in preview["embeds"][0]["description"]
    assert f"<#{elsewhere}>" in preview["embeds"][0]["fields"][0]["value"]


async def test_an_empty_form_and_two_documents_are_refused_and_what_was_pasted_is_given_back(house: House) -> None:
    await house.start()
    moderator = await house.moderator()
    form = await moderator.command("critique open", house.home, house.guild)
    nothing = await moderator.submit(form, {})
    assert "no document" in nothing["content"]
    form = await moderator.command("critique open", house.home, house.guild)
    both = await moderator.submit(form, {"The list": LIST, "Or a file": [("a.txt", b"1. a")]})
    assert "not both" in both["content"] and len(both["attachments"]) == 1


async def test_what_was_pasted_and_holds_no_list_is_given_back(house: House) -> None:
    await house.start()
    moderator = await house.moderator()
    form = await moderator.command("critique open", house.home, house.guild)
    answer = await moderator.submit(form, {"The list": "Prose and nothing else. It goes on."})
    assert "list" in answer["content"] and answer["attachments"][0]["filename"] == "your-text.txt"


async def test_a_form_sent_after_a_restart_is_taken(house: House) -> None:
    await house.start()
    moderator = await house.moderator()
    form = await moderator.command("critique open", house.home, house.guild)
    await house.stop()
    await house.start()
    preview = await moderator.submit(form, {"The list": LIST})
    assert preview["embeds"][0]["title"].startswith("What's the problem")


async def test_a_message_is_opened_as_a_critique_from_its_menu(house: House) -> None:
    await house.start()
    moderator, member = await house.moderator(), await house.member()
    message = await member.say(str(house.discord.channels["general"]), LIST)
    preview = await moderator.menu("Open as critique", message, house.guild)
    assert preview["flags"] & 64 and "**3** · They have never met" in preview["embeds"][0]["description"]
    await moderator.press(preview, "Confirm", house.guild)
    await house.idle()
    assert await house.labels() == ["1", "2", "3", "*"]


async def test_a_message_without_words_gets_one_sentence(house: House) -> None:
    await house.start()
    moderator, member = await house.moderator(), await house.member()
    message = await member.say(house.home, "Prose and nothing else. It goes on.")
    prose = await moderator.menu("Open as critique", message, house.guild)
    assert "list" in prose["content"] and not prose["components"]
    await house.open()
    digest = (await house.digest()).lines[0].point.message
    shown = next(each for each in house.shown_in(house.home) if each.embeds)
    assert digest is not None
    refused = await moderator.menu("Open as critique", {"id": str(shown.id), "channel_id": house.home}, house.guild)
    assert "neither words nor" in refused["content"]


async def test_members_cannot_open_a_message_as_a_critique(house: House) -> None:
    await house.start()
    member = await house.member()
    message = await member.say(house.home, LIST)
    with pytest.raises(MemberError, match="There is no"):
        await member.menu("Open as critique", message, house.guild)
