"""Moderators and members fill in forms on simcord."""

from tests.simcord.conftest import LIST, ONE_SHARD, Scene, answer

pytestmark = ONE_SHARD


async def test_a_list_that_was_pasted_into_the_form_is_shown_and_posted(scene: Scene) -> None:
    shown = await scene.moderator.slash(scene.home, "critique open")
    preview = answer(await scene.moderator.submit_modal(shown, {"text": LIST}))
    assert (preview.embeds[0].title or "").startswith("What's the problem with tea rooms?")
    await scene.moderator.click(preview, label="Confirm")
    await scene.idle()
    assert [line.point.label for line in (await scene.digest()).lines] == ["1", "2", "3", "*"]


async def test_a_file_can_be_uploaded_into_the_form_even_after_a_restart(scene: Scene) -> None:
    shown = await scene.moderator.slash(scene.home, "critique open")
    await scene.restart()
    preview = answer(await scene.moderator.submit_modal(shown, {"file": ("list.txt", LIST.encode())}))
    assert "**3** · They have never met" in (preview.embeds[0].description or "")


async def test_a_form_without_a_list_in_it_is_refused_with_one_sentence(scene: Scene) -> None:
    shown = await scene.moderator.slash(scene.home, "critique open")
    said = answer(await scene.moderator.submit_modal(shown, {"text": "Prose and nothing else. It goes on."}))
    assert "list" in said.content and said.components == []
