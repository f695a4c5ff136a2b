"""What stands in Discord when all is over, held against what the bot has stored."""

import re
from typing import Any

from tests.e2e.conftest import House

SEEDED = ("👍", "👎")


async def all_stands_once(house: House) -> None:
    """Every point, thread and digest stands once, was never seen twice, and shows the tallies of the books."""
    await house.idle()
    lines = (await house.digest()).lines
    firsts = [int(str(line.point.message)) for line in lines]
    assert _points(house) == sorted(firsts)
    assert len(set(firsts)) == len(lines)
    assert _threads(house) == sorted(int(str(line.point.thread)) for line in lines)
    for line, first in zip(lines, firsts, strict=True):
        assert set(SEEDED) <= set(house.discord.world.reactions(first)), line.point.label
    tallies = [(line.tally.agree, line.tally.disagree) for line in lines]
    assert tallies == [_counted(house, first) for first in firsts]
    (digest,) = _digests(house)
    text = digest.embeds[0]["description"]
    shown = re.findall(r"(\d+) agrees? · (\d+) disagrees? · ", text)
    assert [(int(agree), int(disagree)) for agree, disagree in shown] == tallies, text
    assert re.findall(r"^\*\*\[.*/(\d+)\)\*\* ·", text, re.MULTILINE) == [str(line.point.thread) for line in lines], (
        text
    )
    assert _ever_posted(house) == len([each for each in _own(house) if each.kind == 0])


def _own(house: House) -> list[Any]:
    """The bot's messages everywhere, without those that one member alone sees."""
    own = (each for each in house.discord.world.every_message() if each.author_id == house.discord.bot_id)
    return [each for each in own if each.seen_only_by is None]


def _points(house: House) -> list[int]:
    """The first messages of points, by what they look like."""
    return sorted(each.id for each in _own(house) if re.match(r"\*\*(\d+|\\\*)\)\*\* ", each.content))


def _threads(house: House) -> list[int]:
    """The threads of points: all but the post to add in."""
    return sorted(each.id for each in house.discord.world.threads() if not each.name.startswith("Add to this list"))


def _digests(house: House) -> list[Any]:
    return [each for each in _own(house) if each.embeds]


def _counted(house: House, message: int) -> tuple[int, int]:
    """Who holds one of the two emoji and not both, by Discord's books."""
    found = house.discord.world.reactions(message)
    agree, disagree = (set(found.get(emoji, ())) - {house.discord.bot_id} for emoji in SEEDED)
    return len(agree - disagree), len(disagree - agree)


def _ever_posted(house: House) -> int:
    """How many messages of the bot somebody could ever see, those included that are gone again."""
    bot = str(house.discord.bot_id)
    return len(
        {
            entry["data"]["id"]
            for entry in house.discord.record.entries
            if entry["kind"] == "event"
            and entry["name"] == "MESSAGE_CREATE"
            and entry["data"]["author"]["id"] == bot
            and entry["data"]["type"] == 0
        }
    )
