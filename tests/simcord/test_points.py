"""Members look for points and add their own on simcord."""

from bot.core.refusals import Code
from tests.simcord.conftest import ONE_SHARD, Scene, answer

pytestmark = ONE_SHARD


async def test_a_point_is_shown_by_its_label_and_offered_by_its_words(scene: Scene) -> None:
    await scene.open()
    ada = scene.member("Ada")
    shown = answer(await ada.slash(scene.home, "point show", point="2"))
    assert "They call a biscuit a dessert" in shown.content
    (offered,) = await ada.autocomplete(scene.home, "point show", "point", "biscuit")
    assert "biscuit" in offered["name"]
    assert answer(await ada.slash(scene.home, "point show", point=offered["value"])).content == shown.content


async def test_a_point_that_nobody_made_is_refused(scene: Scene) -> None:
    await scene.open()
    said = answer(await scene.member("Ada").slash(scene.home, "point show", point="zzzz"))
    assert "zzzz" in said.content
    assert scene.refused() == [Code.NO_POINT]


async def test_the_digest_is_shown_to_whoever_asks(scene: Scene) -> None:
    await scene.open()
    shown = answer(await scene.member("Ada").slash(scene.home, "digest show"))
    assert "full-size cup" in (shown.embeds[0].description or "")


async def test_a_typed_addition_takes_the_next_label_and_gets_a_message_of_its_own(scene: Scene) -> None:
    await scene.open()
    typed = await scene.member("Ada").send(scene.home, "4. They never open on a Monday.")
    await scene.idle()
    assert (await scene.line("4")).point.title == "They never open on a Monday"
    (mark,) = next(message for message in scene.home.history() if message.id == typed.id).reactions
    assert (str(mark.emoji), mark.count) == ("📌", 1)
