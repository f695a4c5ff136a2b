"""The steps of the setup, the emoji that may vote, and the time zones that are offered."""

from zoneinfo import available_timezones

import pytest

from bot.core import emoji, zones
from bot.core.ids import ChannelId, RoleId
from bot.core.policies import Policy
from bot.core.servers import Choices
from bot.core.setup import QUESTIONS, Step, goes_on_at

KNOWN = available_timezones()
OWN = {55: ("tea_cup", "<:tea_cup:55>"), 56: ("party", "<a:party:56>")}


def test_the_steps_lead_from_the_first_to_the_summary_and_back() -> None:
    walked = [Step.HOME]
    while (after := walked[-1].after) is not None:
        assert after.before is walked[-1]
        walked.append(after)
    assert walked == list(Step) and walked[-1] is Step.SUMMARY
    assert (Step.HOME.before, Step.HOME.number, Step.SUMMARY.number) == (None, 1, QUESTIONS + 1)


def test_who_comes_back_goes_on_at_the_first_open_step() -> None:
    assert goes_on_at(Choices()) is Step.HOME
    assert goes_on_at(Choices(home=ChannelId(1), policy=Policy.OPEN)) is Step.DIGEST
    done = Choices(
        home=ChannelId(1),
        digest_channel=ChannelId(1),
        moderator_roles=frozenset({RoleId(1)}),
        moderators_channel=ChannelId(2),
        time_zone="UTC",
        agree_emoji="👍",
        disagree_emoji="👎",
        policy=Policy.OPEN,
        only_vote_emoji=False,
    )
    assert goes_on_at(done) is Step.SUMMARY


@pytest.mark.parametrize("text", ["👍", "❤", "❤️", "👍🏽", "1️⃣", "👨‍👩‍👧", "🇬🇧", " 👍 "])
def test_one_emoji_is_one_emoji_whatever_it_is_made_of(text: str) -> None:
    assert emoji.among(text, OWN) == text.strip()


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("<:tea_cup:55>", "<:tea_cup:55>"),
        (":tea_cup:", "<:tea_cup:55>"),
        ("Tea_Cup", "<:tea_cup:55>"),
        ("<a:old_name:56>", "<a:party:56>"),
    ],
)
def test_a_servers_own_emoji_is_known_by_id_and_by_name(typed: str, written: str) -> None:
    assert emoji.among(typed, OWN) == written


@pytest.mark.parametrize(
    "text", ["", "yes", "👍👍", "👍 👎", "1", "#", "<:elsewhere:99>", "<:tea_cup>", "@everyone", "\u200d"]
)
def test_what_is_no_emoji_or_more_than_one_is_none(text: str) -> None:
    assert emoji.among(text, OWN) is None


def test_every_pair_that_is_offered_can_vote() -> None:
    assert all(emoji.is_standard(each) for pair in emoji.PAIRS for each in pair)
    assert all(agree != disagree for agree, disagree in emoji.PAIRS)


@pytest.mark.parametrize("locale", ["en-GB", "de", "pt-BR", "nowhere"])
def test_offered_zones_begin_with_the_one_chosen_and_those_of_the_language(locale: str) -> None:
    found = zones.offered(locale, KNOWN, "Pacific/Chatham")
    assert found[0] == "Pacific/Chatham" and len(found) == len(set(found)) <= zones.OFFERED
    assert set(found) <= KNOWN


def test_every_zone_that_can_be_offered_exists() -> None:
    assert all(locale_zones <= KNOWN for locale_zones in map(set, zones._BY_LOCALE.values()))
    assert set(zones._COMMON) <= KNOWN


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("europe/london", "Europe/London"),
        ("America/New York", "America/New_York"),
        (" utc ", "UTC"),
        ("Atlantis", None),
    ],
)
def test_a_zone_is_known_whatever_its_case_and_spaces(typed: str, zone: str | None) -> None:
    assert zones.meant(typed, KNOWN) == zone


@pytest.mark.parametrize(
    ("typed", "zone"), [("Lodon", "Europe/London"), ("new york", "America/New_York"), ("Calcuta", "Asia/Calcutta")]
)
def test_an_unknown_zone_has_near_ones(typed: str, zone: str) -> None:
    assert zone in zones.nearest(typed, KNOWN)


@pytest.mark.parametrize("typed", ["", "🫖🫖🫖", "\u202e\u200b", "x" * 4000])
def test_nonsense_is_near_nothing_and_breaks_nothing(typed: str) -> None:
    assert zones.nearest(typed, KNOWN) == []
