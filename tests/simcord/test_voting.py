"""Members vote by reaction on simcord."""

from tests.simcord.conftest import ONE_SHARD, Scene

pytestmark = ONE_SHARD


async def test_a_vote_counts_a_change_moves_it_and_a_withdrawal_takes_it_away(scene: Scene) -> None:
    await scene.open()
    message = await scene.message_of("1")
    ada, ben = scene.member("Ada"), scene.member("Ben")
    await ada.react(message, "👍")
    await ben.react(message, "👍")
    await scene.idle()
    assert await scene.tally("1") == (2, 0)
    await ben.unreact(message, "👍")
    await ada.react(message, "👎")
    await scene.idle()
    assert await scene.tally("1") == (0, 1)


async def test_the_older_of_two_emoji_is_taken_away(scene: Scene) -> None:
    await scene.open()
    message = await scene.message_of("2")
    ada = scene.member("Ada")
    await ada.react(message, "👍")
    await ada.react(message, "👎")
    await scene.idle()
    stands = {str(each.emoji): each.count for each in (await scene.message_of("2")).reactions}
    assert stands == {"👍": 1, "👎": 2}  # one of each is the bot's own


async def test_bots_and_other_emoji_never_count(scene: Scene) -> None:
    await scene.open()
    message = await scene.message_of("3")
    await scene.member("Otto", bot=True).react(message, "👍")
    await scene.member("Ada").react(message, "🎉")
    await scene.idle()
    assert await scene.tally("3") == (0, 0)
