"""A critique in a forum: what is owed, its lobby, adoption, sleep, and what each of them costs."""

import pytest

from bot.core.critiques import CritiqueStatus, HomeKind
from bot.core.ids import ChannelId, MessageId
from bot.core.refusals import Code, Refusal
from bot.core.votes import Reacted
from bot.services import critiques, states, threads, votes
from bot.storage import points as stored_points
from tests.services.conftest import CHOICES, GUILD, HOME, MEMBER, MODERATOR, NOON, Room

FORUM = HomeKind.FORUM
SHOW, LOBBY, WAKE, THREAD, MARK, TELL, WHICH = (
    "show-point", "show-lobby", "wake-thread", "show-thread", "mark", "tell-label", "ask-which"
)  # fmt: skip


def made_at(seconds: float) -> int:
    """A snowflake of a moment, in seconds from noon."""
    return int((NOON.timestamp() + seconds) * 1000 - 1_420_070_400_000) << 22


async def test_the_post_to_add_in_is_owed_first_and_the_points_from_the_last_to_the_first(room: Room) -> None:
    critique = await room.open(kind=FORUM)
    rows = await room.rows("SELECT kind, point_id FROM deliveries ORDER BY id")
    points = [point.id for point in await room.points(critique.id)]
    assert [row.kind for row in rows[:2]] == [LOBBY, SHOW]
    assert [row.point_id for row in rows if row.kind == SHOW] == points[::-1]


async def test_a_list_that_does_not_fit_beside_the_servers_threads_is_refused_and_the_draft_kept(room: Room) -> None:
    draft = await room.draft(kind=FORUM)
    with pytest.raises(Refusal) as refused:
        await critiques.confirm(room.desk, MODERATOR, CHOICES, draft, 0, active_threads=890)
    assert (refused.value.code, refused.value.params) == (
        Code.TOO_MANY_THREADS, {"count": 11, "active": 890, "limit": 900}
    )  # fmt: skip
    await critiques.confirm(room.desk, MODERATOR, CHOICES, draft, 0, active_threads=889)
    text = await room.draft()
    await critiques.confirm(room.desk, MODERATOR, CHOICES, text, 0, active_threads=950)


async def test_the_lobby_is_every_post_of_the_critique_and_the_one_to_add_in_and_no_other(room: Room) -> None:
    critique = await room.open(kind=FORUM)
    point, *_ = await room.post_in_forum(critique)
    await room.hear(room.said("Good morning.", channel=199, parent=HOME))
    before = room.commits
    await room.hear(
        room.said("11. Elsewhere in the forum.", channel=777, parent=HOME),
        room.said("Nothing to add.", channel=199, parent=HOME),
        room.said("11. Another channel.", channel=20),
    )
    assert room.commits == before
    await room.hear(
        room.said("11. In the post to add in.", channel=199, parent=HOME),
        room.said("12. In a point's post.", channel=200 + point.id, parent=HOME),
    )
    assert [point.label for point in await room.additions(critique.id)] == ["11", "12"]
    assert {row.lane for row in await room.owed(SHOW)} == {HOME}


async def test_small_talk_in_a_text_home_costs_a_write_a_minute_and_a_cut_addition_still_goes_on(room: Room) -> None:
    critique = await room.open()
    await room.hear(room.said("Good morning."))
    before = room.commits
    await room.hear(*(room.said(f"We talk of tea, word {'x' * n}.") for n in range(50)))
    assert room.commits == before
    await room.hear(
        room.said("11. " + "a word and " * 160 + "no end of"), room.said("of it.", after=1), room.said("Oh?", by=9)
    )
    assert room.commits == before + 1
    await room.hear(room.said("And the rest.", after=2))
    [point] = await room.additions(critique.id)
    assert point.text.endswith("no end of\nof it.")


async def test_a_post_is_adopted_with_its_own_text_and_owes_no_mark(room: Room) -> None:
    critique = await room.open(kind=FORUM)
    await room.post_in_forum(critique)
    said = room.said("Nobody can see the lake.", channel=5000, parent=HOME, message=5000, title="14 – The view")
    await room.hear(said, said)
    [point] = await room.additions(critique.id)
    assert (point.label, point.claimed_label, point.title, point.text) == (
        "11", "14", "The view", "Nobody can see the lake."
    )  # fmt: skip
    assert (point.adopted, point.message, point.thread, point.channel) == (True, 5000, 5000, 5000)
    assert await room.owed(MARK) == await room.owed(TELL) == []
    assert [row.point_id for row in await room.owed(SHOW)][-1] == point.id


@pytest.mark.parametrize("text", ["", "  ", "11. The view, I say."])
async def test_a_post_without_a_text_of_its_own_takes_what_there_is(room: Room, text: str) -> None:
    critique = await room.open(kind=FORUM)
    await room.hear(room.said(text, channel=5000, parent=HOME, message=5000, title="#11: The view"))
    [point] = await room.additions(critique.id)
    assert point.text == ("The view, I say." if text.strip() else "The view")


@pytest.mark.parametrize("title", ["The view", "4. is wrong", "1. A list", "99. Far too far ahead"])
async def test_a_post_whose_title_is_no_clear_addition_is_left_alone(room: Room, title: str) -> None:
    critique = await room.open(kind=FORUM)
    await room.hear(room.said("11. Said inside.", channel=5000, parent=HOME, message=5000, title=title))
    assert await room.additions(critique.id) == []


async def test_a_post_in_the_forum_of_two_critiques_is_asked_about(room: Room) -> None:
    first, second = await room.open(kind=FORUM), await room.open(kind=FORUM)
    await room.hear(room.said("Yes.", channel=5000, parent=HOME, message=5000, title="11. The view"))
    assert await room.additions(first.id) == await room.additions(second.id) == []
    assert [(row.message_id, row.lane) for row in await room.owed(WHICH)] == [(5000, 5000)]


async def test_a_vote_on_a_post_that_is_being_recorded_waits_and_others_do_not(room: Room) -> None:
    await room.open(kind=FORUM)
    lobby = next(each for each in await room.ledger.due(()) if each.owed.kind == LOBBY)
    await room.ledger.done(lobby)
    shown = next(each for each in await room.ledger.due(()) if each.owed.kind == SHOW)
    await room.ledger.begin(shown)
    room.clock.move(600)
    posted, older, elsewhere = made_at(60), made_at(-3600), made_at(60)
    events = [
        Reacted(ChannelId(post), MessageId(message), MEMBER.id, "👍", added=True)
        for post, message in ((posted, posted), (older, older), (elsewhere + 1, elsewhere))
    ]
    assert list(await votes.record(room.desk, events)) == events[:1]


async def test_a_sleeping_post_is_owed_its_waking_once_and_a_text_homes_thread_is_not(room: Room) -> None:
    critique = await room.open(kind=FORUM)
    text = await room.open(home=ChannelId(60))
    await room.post_in_forum(critique)
    async with room.desk.db.write() as tx:
        [other, *_] = await stored_points.of_critique(tx, text.id)
        await stored_points.save_thread(tx, other.id, ChannelId(900))
    before = room.commits
    for thread in (900, 199, 12345):
        await threads.seen(room.desk, ChannelId(thread), archived=True)
    await threads.seen(room.desk, ChannelId(201), archived=False)
    assert room.commits == before
    await threads.seen(room.desk, ChannelId(201), archived=True)
    await threads.seen(room.desk, ChannelId(201), archived=True)
    assert [row.point_id for row in await room.owed(WAKE)] == [1]


async def test_at_a_start_the_posts_that_are_not_active_are_owed_their_waking(room: Room) -> None:
    critique = await room.open(kind=FORUM)
    points = await room.post_in_forum(critique)
    assert await threads.servers(room.desk) == {GUILD}
    await room.ledger.save_asleep(points[2].id)
    active = [ChannelId(200 + point.id) for point in points[2:]]
    await threads.compare(room.desk, GUILD, active)
    assert [row.point_id for row in await room.owed(WAKE)] == [points[0].id, points[1].id]
    assert not (await room.points(critique.id))[2].asleep
    await states.close(room.desk, MODERATOR, CHOICES, critique.id)
    assert await threads.servers(room.desk) == set()


async def test_states_are_moderators_and_of_their_own_server_and_each_change_is_made_once(room: Room) -> None:
    critique = await room.open(kind=FORUM)
    [point, *_] = await room.post_in_forum(critique)
    with pytest.raises(Refusal) as refused:
        await states.close(room.desk, MEMBER, CHOICES, critique.id)
    assert refused.value.code is Code.NOT_A_MODERATOR
    await states.lock(room.desk, MODERATOR, CHOICES, point.id)
    for act, which in ((states.lock, point.id), (states.reopen, critique.id)):
        with pytest.raises(Refusal) as refused:
            await act(room.desk, MODERATOR, CHOICES, which)  # type: ignore[operator]
        assert refused.value.code is Code.STATE_CHANGED
    assert [row.point_id for row in await room.owed(THREAD)] == [point.id]
    await states.close(room.desk, MODERATOR, CHOICES, critique.id)
    assert len(await room.owed(THREAD)) == 10
    assert [one.id for one in await states.find(room.desk, GUILD, CritiqueStatus.CLOSED, "TEA")] == [critique.id]
    with pytest.raises(Refusal):
        await states.unlock(room.desk, MODERATOR, CHOICES, point.id)
