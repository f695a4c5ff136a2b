"""The running digest, and what a member asks for alone."""

from typing import Any

from tests.e2e.conftest import House


def digests(house: House) -> list[Any]:
    """The digest's messages, oldest first."""
    return [each for each in house.shown_in(house.home) if each.embeds and each.author_id == house.discord.bot_id]


async def test_the_digest_stands_after_the_points_is_pinned_and_lists_them_in_order(house: House) -> None:
    await house.start()
    await house.open()
    (message,) = digests(house)
    assert message.id > int(await house.message_of("*"))
    assert message.pinned_at is not None
    text = message.embeds[0]["description"]
    places = [text.index(words) for words in ("close before", "call a biscuit", "full-size cup", "do not sell")]
    assert places == sorted(places)
    assert "4 points · 0 people · 0 votes · 0 replies" in text
    assert f"https://discord.com/channels/{house.guild}/{await house.thread_of('2')}" in text


async def test_the_digest_is_edited_in_place_and_shows_what_is_new(house: House) -> None:
    await house.start()
    await house.open()
    ada = await house.member(1)
    await ada.react(house.home, await house.message_of("1"), "👍")
    await ada.say(house.home, "4. They are always full.")
    await house.idle()
    (message,) = digests(house)
    text = message.embeds[0]["description"]
    assert "`██████████` 1 agrees · 0 disagree" in text
    assert "4 points + 1 addition · 1 person · 1 vote" in text
    assert "Newest: **4**" in text and "“5. your point”" in text


async def test_a_burst_of_votes_is_one_edit(house: House) -> None:
    from datetime import timedelta

    from bot.services.desk import Pace

    await house.start(Pace(digest_every=timedelta(seconds=10), digest_gathers=timedelta(seconds=1)))
    await house.open()
    message = await house.message_of("1")
    for number in range(1, 13):
        await (await house.member(number, watching=False)).react(house.home, message, "👍")
    await house.idle()
    assert len(house.requests("PATCH", "/channels/{channel_id}/messages/{message_id}")) == 1
    assert "12 agree" in digests(house)[0].embeds[0]["description"]


async def test_a_long_list_spreads_over_messages_within_discords_limits(house: House) -> None:
    await house.start()
    points = "\n".join(
        f"{n}. Point {n} has a title of quite some length, so that few fit a page." for n in range(1, 41)
    )
    await house.open("A long list\n\n" + points + "\n")
    messages = digests(house)
    assert len(messages) >= 2
    assert all(len(message.embeds[0]["description"]) <= 4096 for message in messages)
    shown = "\n".join(message.embeds[0]["description"] for message in messages)
    assert [f"· Point {n} has" in shown for n in range(1, 41)] == [True] * 40


async def test_one_member_asks_for_the_digest_alone(house: House) -> None:
    await house.start()
    await house.open()
    ada = await house.member(1)
    answer = await ada.command("digest show", house.home, house.guild)
    assert answer["flags"] & 64
    assert "4 points" in answer["embeds"][0]["description"]


async def test_a_point_is_completed_by_label_and_by_words(house: House) -> None:
    await house.start()
    await house.open()
    ada = await house.member(1)
    by_label = await ada.autocomplete("point show", "point", "3", house.home, house.guild)
    assert by_label[0]["name"].startswith("3 · They have never met")
    by_words = await ada.autocomplete("point show", "point", "biscuit dessert", house.home, house.guild)
    assert by_words[0]["name"].startswith("2 ·")
    everything = await ada.autocomplete("point show", "point", "", house.home, house.guild)
    assert [choice["name"].partition(" ")[0] for choice in everything] == ["1", "2", "3", "*"]
    chosen = await ada.command("point show", house.home, house.guild, point=everything[1]["value"])
    assert "biscuit" in chosen["content"]


async def test_asking_for_what_is_not_there_gets_a_sentence(house: House) -> None:
    await house.start()
    ada = await house.member(1)
    nothing = await ada.command("digest show", house.home, house.guild)
    assert nothing["content"].startswith("No critique is open here")
    await house.open()
    unknown = await ada.command("point show", house.home, house.guild, point="zzz qqq @everyone")
    assert unknown["content"].startswith("No point matches") and "@everyone" not in unknown["content"]


async def test_a_digest_that_somebody_deleted_is_posted_anew(house: House) -> None:
    await house.start()
    await house.open()
    (message,) = digests(house)
    moderator = await house.moderator()
    await moderator.api.request("DELETE", f"/channels/{house.home}/messages/{message.id}")
    ada = await house.member(1)
    await ada.react(house.home, await house.message_of("1"), "👍")
    await house.idle()
    (again,) = digests(house)
    assert again.id != message.id and again.pinned_at is not None
    await ada.unreact(house.home, await house.message_of("1"), "👍")
    await house.idle()
    assert [each.id for each in digests(house)] == [again.id]


async def test_two_critiques_with_one_title_have_a_digest_each(house: House) -> None:
    await house.start(digest_channel="general")
    await house.open("My list\n\n1. Apples.\n2. Apricots.\n")
    await house.open("My list\n\n1. Pears.\n2. Plums.\n")
    shown = house.shown_in(str(house.discord.channels["general"]))
    texts = [each.embeds[0]["description"] for each in shown if each.embeds]
    assert [("Apples" in text, "Pears" in text) for text in texts] == [(True, False), (False, True)]
    ada = await house.member(1)
    answer = await ada.command("digest show", house.home, house.guild)
    assert answer["content"].startswith("Several critiques are open")
    unknown = await ada.command("digest show", house.home, house.guild, critique="no such thing")
    assert unknown["content"].startswith("No open critique is called")
