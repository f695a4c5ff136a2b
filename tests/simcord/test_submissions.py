"""Members add points by form and by a message's menu on simcord."""

from simcord import InteractionResult, MemberActor

from tests.simcord.conftest import ONE_SHARD, Scene, answer

pytestmark = ONE_SHARD

MONDAYS = "They never open on a Monday. It says so on the door."


async def _asked(scene: Scene, who: MemberActor) -> InteractionResult:
    """The form that `/point add` shows."""
    await scene.open()
    shown = await who.slash(scene.home, "point add")
    assert shown.modal is not None and "tea rooms" in shown.modal["title"]
    return shown


async def test_a_point_that_was_typed_into_the_form_is_posted_under_the_next_label(scene: Scene) -> None:
    ada = scene.member("Ada")
    told = answer(await ada.submit_modal(await _asked(scene, ada), {"text": MONDAYS}))
    assert told.content.startswith("Recorded as **4**")
    await scene.idle()
    assert (await scene.line("4")).point.author == ada.id
    assert "They never open on a Monday" in (await scene.message_of("4")).content


async def test_a_form_that_was_shown_before_a_restart_is_taken_after_it(scene: Scene) -> None:
    ada = scene.member("Ada")
    shown = await _asked(scene, ada)
    await scene.restart()
    told = answer(await ada.submit_modal(shown, {"text": MONDAYS}))
    await scene.idle()
    assert told.content.startswith("Recorded as **4**")
    assert (await scene.line("4")).point.text == MONDAYS


async def test_a_members_message_is_added_from_its_menu(scene: Scene) -> None:
    await scene.open()
    ada = scene.member("Ada")
    said = await ada.send(scene.home, MONDAYS)
    told = answer(await ada.context_menu(scene.home, "Add to the list", said))
    await scene.idle()
    assert told.content.startswith("Recorded as **4**")
    assert (await scene.line("4")).point.author == ada.id
