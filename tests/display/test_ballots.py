"""The buttons of a private ballot."""

from types import SimpleNamespace
from typing import Any, cast

import discord
import pytest

from bot.core.ballots import Paper
from bot.display import ballots
from tests.display.test_points import CRITIQUE, POINT


def signs(custom: object) -> list[str]:
    guild = cast(discord.Guild, SimpleNamespace(get_emoji=lambda _which: custom))
    shown = ballots.view(Paper(CRITIQUE, POINT, 1, 0, 0), guild)
    assert shown is not None
    buttons = cast(list[discord.ui.Button[Any]], shown.children)
    return [str(each.emoji) for each in buttons[:3]]


@pytest.mark.parametrize(("custom", "first"), [(object(), CRITIQUE.agree_emoji), (None, "None")])
def test_an_emoji_that_the_server_has_no_more_is_left_out(custom: object, first: str) -> None:
    assert signs(custom) == [first, "👎", "🤔"]
