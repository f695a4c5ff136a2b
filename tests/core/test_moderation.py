"""The phases that an addition goes through before anybody decides on it, one by one and in order."""

import sys
import unicodedata
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.ids import MemberId, PointId
from bot.core.moderation import PHASES, Context, Decision, Reason, Rules, Said, Standing, Verdict, examine
from bot.core.moderation.likeness import COMPARED, likeliest, most_alike
from bot.core.moderation.texts import plain
from bot.core.policies import Policy

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
OLD = Standing(account_made_at=NOON - timedelta(days=900), joined_at=NOON - timedelta(days=300))
SPOONS = "They rattle the spoons whenever somebody reads a newspaper."


def point(text: str, number: int = 4, title: str = "") -> Said:
    return Said(PointId(number), str(number), MemberId(6), title or text[:90], text[:COMPARED], len(text))


def judged(text: str = SPOONS, author: Standing = OLD, **context: Any) -> Verdict:
    return examine(Context(text=text, author=author, now=NOON, **context))


def test_an_ordinary_addition_of_a_known_member_is_allowed() -> None:
    assert judged().decision is Decision.ALLOW


@pytest.mark.parametrize("text", ["", " \n ", "\u200b\u200b", "…!?", "\u200b \u200b"])
def test_what_says_nothing_is_refused(text: str) -> None:
    assert judged(text).reason is Reason.TOO_SHORT


def test_what_is_longer_than_a_point_may_be_is_refused_and_the_limit_named() -> None:
    assert judged("a" * 6_000).decision is Decision.ALLOW
    found = judged("a" * 6_001)
    assert found.refuses and (found.reason, found.limit) == (Reason.TOO_LONG, 6_000)


def test_the_same_words_again_are_refused_and_the_point_named() -> None:
    found = judged(f"  {SPOONS.upper()}\n", own=[point(SPOONS)], insists=True)
    assert found.refuses and (found.reason, found.label) == (Reason.REPEAT, "4")


@pytest.mark.parametrize(
    "text",
    [
        SPOONS,
        "Whenever somebody reads a newspaper, they rattle the spoons!",
        "They rattle their spoons whenever somebody reads a newspaper",
        "**They rattle** the s\u200bpoons, whenever somebody reads a newspaper…",
    ],
)
def test_what_resembles_a_point_is_refused_until_its_author_insists(text: str) -> None:
    points = [point("They close before anybody is thirsty.", 1), point(SPOONS, 2)]
    found = judged(text, points=points)
    assert found.refuses and (found.reason, found.point, found.label) == (Reason.ALIKE, PointId(2), "2")
    assert judged(text, points=points, insists=True).reason is not Reason.ALIKE


@pytest.mark.parametrize(
    "text",
    [
        "They never rattle the spoons when nobody is there to read a newspaper.",
        "They rattle the spoons.",
        "Spoons",
        "They fold the newspapers before anybody has read them.",
    ],
)
def test_what_says_more_or_something_else_is_another_point(text: str) -> None:
    assert most_alike(text, [point(SPOONS)]) is None


def test_long_texts_that_begin_alike_are_no_repeats_unless_they_are_as_long() -> None:
    long = "word " * 300
    assert judged(long, own=[point(long)]).reason is Reason.REPEAT
    assert judged(long + "and more", own=[point(long)]).reason is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It overlooks the birds.", "It overlooks the bees."),
        ("The tea is cold in winter.", "The tea is hot in winter."),
        ("It overlooks thing 17", "It overlooks thing 18"),
    ],
)
def test_short_texts_that_differ_in_a_word_are_two_points(one: str, other: str) -> None:
    assert most_alike(one, [point(other)]) is None


def test_few_additions_a_minute_and_a_quota_a_day_which_accepted_points_raise() -> None:
    def standing(lately: int = 0, today: int = 0, accepted_today: int = 0) -> Standing:
        return Standing(OLD.account_made_at, OLD.joined_at, lately, today, 0, accepted_today)

    assert judged(author=standing(lately=4)).decision is Decision.ALLOW
    assert judged(author=standing(lately=5)).reason is Reason.TOO_FAST
    assert judged(author=standing(today=9)).decision is Decision.ALLOW
    assert judged(author=standing(today=10)).reason is Reason.QUOTA
    assert judged(author=standing(today=10, accepted_today=1)).decision is Decision.ALLOW
    assert judged(author=standing(today=11, accepted_today=1)).limit == 11


@pytest.mark.parametrize(
    "text",
    ["What a Teapot!", "what a \uff54\uff45\uff41\uff50\uff4f\uff54", "tea\u200bpot", "TEA\u00adPOT, again and again"],
)
def test_a_word_of_the_list_is_held_however_it_is_dressed(text: str) -> None:
    assert judged(text, rules=Rules(words=frozenset({"teapot"}))).reason is Reason.WORDS


def test_a_word_within_another_is_none_of_the_list() -> None:
    assert judged("They have teapots and a teapotful.", rules=Rules(words=frozenset({"teapot"}))).reason is None


@pytest.mark.parametrize("joined_at", [None, NOON - timedelta(days=6)])
def test_links_of_new_members_are_held_until_a_point_of_theirs_was_accepted(joined_at: datetime | None) -> None:
    text = "They burn it, see https://example.org/burnt"
    new = Standing(OLD.account_made_at, joined_at)
    assert judged(text, author=new).reason is Reason.LINKS
    assert judged(text, author=Standing(OLD.account_made_at, joined_at, accepted=1)).reason is None
    assert judged(text).reason is None


@pytest.mark.parametrize("text", ["Come to discord.gg/abc", "https://discord.com/invite/abc is better"])
def test_invites_are_held_whoever_writes_them(text: str) -> None:
    assert judged(text).reason is Reason.INVITE


@pytest.mark.parametrize("text", ["@everyone look", "listen, @here", "<@1> <@!2> <@&3> <#4> <@5> all of you"])
def test_calling_many_is_held(text: str) -> None:
    assert judged(text).reason is Reason.MENTIONS


def test_naming_one_or_the_same_one_often_is_not_held() -> None:
    assert judged("<@1> said it, and <@1> and <@1> and <@1> and <@1> agree").reason is None


@pytest.mark.parametrize(
    "text",
    ["They \u202eesrever it", "spo\u200bons", "o" + "\u0301" * 5, "x\U000e0041\U000e0042", "hidden\u2066 text\u2069"],
)
def test_characters_that_hide_turn_or_pile_up_are_held(text: str) -> None:
    assert judged(f"They say {text} all day.").reason is Reason.CHARACTERS


@pytest.mark.parametrize(
    "text",
    [
        "الشاي بارد دائماً",
        "התה תמיד קר, בְּרֵאשִׁ֖ית",
        "Trà lúc nào cũng nguội",
        "می‌خواهم چای بنوشم",
        "👩‍👩‍👧‍👦 and 🏴󠁧󠁢󠁥󠁮󠁧󠁿 disagree",
        "हिन्दी में चाय ठंडी है",
    ],
)
def test_writing_of_all_kinds_is_not(text: str) -> None:
    assert judged(text).reason is None


def test_accounts_of_a_day_are_held() -> None:
    young = Standing(NOON - timedelta(hours=23), OLD.joined_at)
    assert judged(author=young).reason is Reason.NEW_ACCOUNT
    assert judged(author=young, rules=Rules(account_age=timedelta())).reason is None


def test_the_policy_comes_last_and_says_whether_all_or_the_new_wait() -> None:
    assert judged(rules=Rules(policy=Policy.HELD)).reason is Reason.EVERY_ONE
    new = Standing(OLD.account_made_at, NOON - timedelta(days=1))
    assert judged(author=new, rules=Rules(policy=Policy.HELD_FOR_NEW)).reason is Reason.NEW_MEMBER
    assert judged(rules=Rules(policy=Policy.HELD_FOR_NEW)).reason is None


def test_the_first_phase_that_answers_decides_and_the_order_can_be_another() -> None:
    text = "@everyone discord.gg/abc"
    assert judged(text).reason is Reason.INVITE
    assert examine(Context(text=text, author=OLD, now=NOON), PHASES[::-1]).reason is Reason.MENTIONS


@given(st.text(max_size=300), st.booleans())
def test_any_text_gets_an_answer_and_what_refuses_or_holds_says_why(text: str, insists: bool) -> None:
    found = judged(text, insists=insists, points=[point(SPOONS)], own=[point(SPOONS)])
    assert (found.reason is None) is (found.decision is Decision.ALLOW)


@given(st.text(max_size=300))
def test_what_is_compared_is_compared_once(text: str) -> None:
    assert plain(plain(text)) == plain(text)


def test_all_that_formats_and_shows_nothing_is_left_out_of_what_is_compared() -> None:
    hidden = [chr(each) for each in range(sys.maxunicode + 1) if unicodedata.category(chr(each)) == "Cf"]
    assert plain(f"a{''.join(hidden)}é") == "aé"


def test_the_likeliest_come_first_and_no_more_than_asked_for() -> None:
    points = [point("They hum.", 1), point("They rattle the old spoons.", 2), point("Tea is cold.", 3)]
    found = likeliest("The spoons are old, and they rattle them.", points, 2)
    assert (found[0], len(found)) == (points[1], 2)
    assert likeliest("Spoons.", [], 5) == []
