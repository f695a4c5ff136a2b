"""A moderator opens a critique on simcord: preview, buttons, posts."""

import pytest
from simcord import SetupError

from tests.simcord.conftest import ONE_SHARD, Scene, answer

pytestmark = ONE_SHARD


async def test_confirm_posts_each_point_with_its_thread_and_emoji_and_pins_the_digest(scene: Scene) -> None:
    await scene.open()
    *points, digest = scene.posts()
    assert [post.content.partition(" ")[0] for post in points] == ["**1)**", "**2)**", "**3)**", r"**\*)**"]
    assert all([(str(each.emoji), each.count) for each in post.reactions] == [("👍", 1), ("👎", 1)] for post in points)
    assert [thread.id for thread in scene.home.threads] == [post.id for post in points]
    assert [message.id for message in scene.home.pinned_messages()] == [digest.id]


async def test_the_preview_goes_to_the_moderator_alone_and_posts_nothing(scene: Scene) -> None:
    preview = await scene.preview()
    await scene.idle()
    assert (preview.embeds[0].title or "").startswith("What's the problem with tea rooms?")
    assert "**3** · They have never met" in (preview.embeds[0].description or "")
    assert scene.posts() == []
    with pytest.raises(SetupError, match="not visible"):
        await scene.member("Ada").click(preview, label="Confirm")


async def test_cancel_takes_the_buttons_away_and_posts_nothing(scene: Scene) -> None:
    preview = await scene.preview()
    cancelled = answer(await scene.moderator.click(preview, label="Cancel"))
    await scene.idle()
    assert cancelled.content.startswith("Cancelled")
    assert cancelled.components == [] and cancelled.embeds == []
    assert scene.posts() == []


async def test_who_has_lost_the_role_since_the_preview_is_refused_when_they_press(scene: Scene) -> None:
    preview = await scene.preview()
    scene.guild.remove_member(scene.moderator)
    back = scene.guild.add_member(scene.moderator.user)
    refusal = answer(await back.click(preview, label="Confirm"))
    await scene.idle()
    assert refusal.content.startswith("Only moderators can do this")
    assert scene.posts() == []


async def test_a_document_without_a_list_gets_one_sentence_and_no_buttons(scene: Scene) -> None:
    said = await scene.preview("Prose and nothing else. It goes on.")
    assert "list" in said.content and said.components == []
    assert len(scene.env.errors) == 1


async def test_confirm_works_after_a_restart(scene: Scene) -> None:
    preview = await scene.preview()
    await scene.restart()
    await scene.moderator.click(preview, label="Confirm")
    await scene.idle()
    assert [line.point.label for line in (await scene.digest()).lines] == ["1", "2", "3", "*"]
