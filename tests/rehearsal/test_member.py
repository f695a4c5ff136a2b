"""A member's client on the real stand-in, with a tiny bot of stock discord.py at the other end."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from rehearsal.member import Member, MemberError, Refused, Unanswered, Unseen
from tests.rehearsal.stub_bot import Place, StubBot, place

UP = "👍"


@pytest.fixture
async def here() -> AsyncIterator[Place]:
    async with place() as found:
        yield found


@pytest.fixture
async def bot(here: Place) -> AsyncIterator[StubBot]:
    async with here.bot() as found:
        yield found


@pytest.fixture
async def ada(here: Place, bot: StubBot) -> AsyncIterator[Member]:
    """A moderator, there once the bot is."""
    async with here.member(0) as found:
        yield found


async def test_what_one_member_says_another_sees(here: Place) -> None:
    async with here.member(0) as ada, here.member(1) as bo:
        said = await ada.say(here.home, "Hello.")
        answer = await bo.say(here.home, "Hello to you.", reply_to=said["id"])
        seen = await ada.wait_for("MESSAGE_CREATE", lambda data: data["id"] == answer["id"], 5)
        assert seen["content"] == "Hello to you."
        assert seen["author"]["id"] == bo.id
        assert seen["message_reference"]["message_id"] == said["id"]


async def test_a_reaction_is_put_on_and_taken_off(here: Place) -> None:
    async with here.member(0) as ada, here.member(1) as bo:
        said = await ada.say(here.home, "Hello.")
        await bo.react(here.home, said["id"], UP)
        await bo.unreact(here.home, said["id"], UP)
        for name in ("MESSAGE_REACTION_ADD", "MESSAGE_REACTION_REMOVE"):
            seen = await ada.wait_for(name, lambda data: data["message_id"] == said["id"], 5)
            assert (seen["user_id"], seen["emoji"]["name"]) == (bo.id, UP)


async def test_a_refusal_gives_discords_code_and_words(here: Place) -> None:
    async with here.member(1, eyes=False) as bo:
        with pytest.raises(Refused, match="Unknown Channel") as caught:
            await bo.say("1", "Hello.")
        assert (caught.value.status, caught.value.code) == (404, 10003)


async def test_a_wait_in_vain_says_what_was_awaited(here: Place) -> None:
    async with here.member(1) as bo:
        with pytest.raises(Unseen, match=r"MESSAGE_CREATE by .* was awaited for 0\.05 s and not seen"):
            await bo.wait_for("MESSAGE_CREATE", lambda _: True, 0.05)


async def test_a_member_without_eyes_is_told_so(here: Place) -> None:
    async with here.member(1, eyes=False) as bo:
        with pytest.raises(MemberError, match="has no gateway session"):
            await bo.wait_for("MESSAGE_CREATE", lambda _: True, 1)


async def test_a_command_is_answered_for_all_to_see(here: Place, ada: Member) -> None:
    answer = await ada.command("stub now", here.home, here.guild, word="ho", times=3)
    assert answer["content"] == "hohoho"
    assert answer["guild_id"] == here.guild


async def test_a_deferred_answer_is_waited_for(here: Place, ada: Member) -> None:
    answer = await ada.command("stub later", here.home, here.guild)
    assert answer["content"] == "At last."


async def test_a_command_the_bot_leaves_unanswered_is_said_to_be_so(here: Place, ada: Member) -> None:
    here.discord.stage.first_answer_seconds = 0.1
    with pytest.raises(Unanswered, match="did not answer /stub never"):
        await ada.command("stub never", here.home, here.guild)


async def test_a_command_that_is_not_there_is_said_not_to_be_there(here: Place, ada: Member) -> None:
    with pytest.raises(MemberError, match="no command /stub often"):
        await ada.command("stub often", here.home, here.guild)


async def test_an_attachment_reaches_the_bot(here: Place, ada: Member) -> None:
    preview = await ada.command("critique open", here.home, here.guild, document=("a.txt", b"1. A.\n2. B."))
    assert preview["content"] == "2 points."
    assert preview["flags"] & 64


async def test_a_large_attachment_reaches_the_bot_whole(here: Place, ada: Member) -> None:
    large = b"x" * 1023 + b"\n"
    preview = await ada.command("critique open", here.home, here.guild, document=("a.txt", large * 2048))
    assert preview["content"] == "2048 points."


@pytest.mark.parametrize(
    ("button", "content", "same"),
    [
        ("Confirm", "Posting.", True),
        ("stub:think", "Thought about it.", True),
        ("Say", "Said anew.", False),
    ],
)
async def test_a_button_is_pressed_and_its_answer_seen(
    here: Place, ada: Member, button: str, content: str, same: bool
) -> None:
    preview = await ada.command("critique open", here.home, here.guild, document=("a.txt", b"1. A."))
    answer = await ada.press(preview, button)
    assert answer["content"] == content
    assert (answer["id"] == preview["id"]) is same


async def test_a_button_that_is_not_there_is_said_not_to_be_there(here: Place, ada: Member) -> None:
    preview = await ada.command("critique open", here.home, here.guild, document=("a.txt", b"1. A."))
    with pytest.raises(MemberError, match="no button 'Agree' to press; it bears 'Confirm', 'Think', 'Say'"):
        await ada.press(preview, "Agree")


async def test_choices_are_offered_while_typing(here: Place, ada: Member) -> None:
    choices = await ada.autocomplete("stub now", "word", "he", here.home, here.guild)
    assert [(each["name"], each["value"]) for each in choices] == [("he!", "he")]


async def test_a_session_that_ends_fails_a_wait_at_once(here: Place) -> None:
    async with here.member(1) as bo:
        await here.discord.drop_connections()
        with pytest.raises(Unseen, match="but the gateway session ended"):
            await bo.wait_for("MESSAGE_CREATE", lambda _: True, 30)


async def test_a_member_outside_of_its_block_is_told_so(here: Place) -> None:
    with pytest.raises(MemberError, match="used outside of its `async with`"):
        await here.member(1).say(here.home, "Hello.")
