"""Screens of a server at its limits: 300 points in one critique, 5 critiques, the longest and most hostile words.

Each screen is what Discord delivered, as JSON: within Discord's limits, and as in its snapshot. The snapshots are
renewed by `make screens`, and looked at when they change.
"""

import json
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import House
from tests.e2e.screens import Neutral, faults

SNAPSHOTS = Path(__file__).with_name("screens")
ZALGO = "t̷̨̛͇̱̰̺͎͚̭̗͊̈́̓͐̎̉̀͝͝e̵͖͈̰͐a̶̡̛̪͕̮͂̑ ͖͈̰͐r̷̢̛͔̜̻̳̈́̀ooms"
ARABIC = "\u202eهذا نص من اليمين إلى اليسار\u202c"
FAMILY = "👩‍👩‍👧‍👦"
HOSTILE = (
    f"@everyone <@&1> [free](https://example.com/{'x' * 300}) **bold ||spoiler `code",
    ARABIC,
    ZALGO * 20,
    FAMILY * 60,
    "\u200b".join("invisible") + " and \u2066isolated\u2069",
    "W" * 4_000,
    "> # - 1. every mark at once ~~_*_~~ <t:0:R> </critique open:1> :smile:",
)
Json = Any


def big_list() -> bytes:
    """Three hundred points, every fourth of them hostile or at a limit."""
    points = [HOSTILE[n // 4 % len(HOSTILE)] if n % 4 == 0 else f"Reason {n} against tea rooms." for n in range(300)]
    return ("What’s wrong with " + "tea rooms " * 30 + "\n\n" + "\n\n".join(
        f"{n}. {text}" for n, text in enumerate(points, 1)
    )).encode()  # fmt: skip


def small_list(number: int) -> bytes:
    return f"{HOSTILE[number]}\n\n1. {HOSTILE[number + 1]}\n2. {ARABIC}\n3. Short.\n".encode()


class Gallery:
    """Holds each screen to the limits, and to its snapshot."""

    def __init__(self) -> None:
        self._neutral = Neutral()
        self.wrong: list[str] = []
        self.shown: set[str] = set()

    def hang(self, name: str, shown: Json) -> None:
        self.wrong += [f"{name}: {fault}" for fault in faults(shown)]
        self.shown.add(f"{name}.json")
        screen = json.dumps(self._neutral.screen(shown), ensure_ascii=True, indent=1, sort_keys=True) + "\n"
        file = SNAPSHOTS / f"{name}.json"
        if os.environ.get("SNAPSHOT") == "renew":
            SNAPSHOTS.mkdir(exist_ok=True)
            file.write_text(screen, encoding="ascii")
        elif not file.exists() or file.read_text(encoding="ascii") != screen:
            self.wrong.append(f"{name}: is not as in its snapshot")


async def open_all(house: House, gallery: Gallery) -> None:
    """Opens five critiques in five channels; the first is the big one."""
    moderator = await house.moderator()
    for number in range(5):
        channel = house.home if number == 0 else str(house.discord.backstage.add_channel(f"{number}" + "ü" * 99))
        content = big_list() if number == 0 else small_list(number)
        preview = await moderator.command("critique open", channel, house.guild, document=("list.txt", content))
        gallery.hang(f"preview-{number}", preview)
        if number == 0:
            preview = await _hang_changes(house, gallery, preview)
        gallery.hang(f"confirmed-{number}", await moderator.press(preview, "Confirm", house.guild))
    await house.idle(120)  # 1,500 messages and threads, on a machine that may do other things besides


async def _hang_changes(house: House, gallery: Gallery, preview: Json) -> Json:
    """Looks through the big preview and changes its most hostile points."""
    moderator = await house.moderator()
    gallery.hang("form-paste", await moderator.command("critique open", house.home, house.guild))
    for _ in range(11):
        preview = await moderator.press(preview, "Later points", house.guild)
    gallery.hang("preview-last-page", preview)
    select = "Choose a point to change (276–300 of 300)"
    preview = await moderator.choose(preview, select, ["280"], house.guild)
    gallery.hang("preview-chosen", preview)
    form = await moderator.press(preview, "Retitle", house.guild)
    gallery.hang("form-retitle", form)
    preview = await moderator.submit(form, {"title": HOSTILE[3][:90]})
    for button in ("Join with the next", "Drop"):
        preview = await moderator.press(preview, button, house.guild)
    gallery.hang("preview-changed", preview)
    for _ in range(3):
        preview = await moderator.press(preview, "Undo the last change", house.guild)
    return preview


@pytest.mark.timeout(180)
async def test_every_screen_of_a_server_at_its_limits_is_within_them_and_as_it_was(house: House) -> None:
    gallery = Gallery()
    await house.start()
    await open_all(house, gallery)
    member = await house.member(1)
    for label in ("1", "5", "9", "13", "21", "25"):
        gallery.hang(f"point-{label}", await member.command("point show", house.home, house.guild, point=label))
    choices: Callable[[str], Awaitable[Json]] = lambda typed: member.autocomplete(  # noqa: E731
        "point show", "point", typed, house.home, house.guild
    )
    gallery.hang("choices-of-points", {"choices": await choices("")})
    gallery.hang("choices-of-words", {"choices": await choices("reason against")})
    gallery.hang("digest-first", await member.command("digest show", house.home, house.guild))
    elsewhere = str(house.discord.channels["general"])
    found = await member.autocomplete("digest show", "critique", "", elsewhere, house.guild)
    gallery.hang("choices-of-critiques", {"choices": found})
    await _hang_refusals(house, gallery, elsewhere)
    await _hang_forms(house, gallery, elsewhere)
    await _hang_moderators_screens(house, gallery, elsewhere)
    await _hang_running_digest(house, gallery)
    assert gallery.wrong == []
    assert {path.name for path in SNAPSHOTS.iterdir()} == gallery.shown


async def _hang_refusals(house: House, gallery: Gallery, elsewhere: str) -> None:
    member, long = await house.member(1), HOSTILE[0][:100]
    gallery.hang("no-such-point", await member.command("point show", house.home, house.guild, point=long))
    gallery.hang("no-such-critique", await member.command("digest show", house.home, house.guild, critique=long))
    gallery.hang("several-critiques", await member.command("digest show", elsewhere, house.guild))


async def _hang_forms(house: House, gallery: Gallery, elsewhere: str) -> None:
    """The form to add a point, and the choice of a critique before it."""
    member = await house.member(1)
    gallery.hang("form-add", await member.command("point add", house.home, house.guild))
    which = await member.command("point add", elsewhere, house.guild)
    gallery.hang("which-critique", which)
    found = await member.autocomplete("point add", "critique", "", elsewhere, house.guild)
    gallery.hang("form-add-hostile", await member.choose(which, "Choose a critique", [found[1]["value"]], house.guild))


async def _hang_moderators_screens(house: House, gallery: Gallery, elsewhere: str) -> None:
    """The list of critiques, a question before what cannot be undone, every step of the setup, the examinations."""
    moderator = await house.moderator()
    gallery.hang("critiques", await moderator.command("critique list", elsewhere, house.guild))
    found = await moderator.autocomplete("critique discard", "critique", "", elsewhere, house.guild)
    chosen = found[-1]["value"]
    gallery.hang("discard", await moderator.command("critique discard", elsewhere, house.guild, critique=chosen))
    screen = await moderator.command("setup", elsewhere, house.guild)
    for step in range(1, 10):
        gallery.hang(f"setup-{step}", screen)
        screen = await moderator.press(screen, "Next", house.guild) if step < 9 else screen
    for command in ("doctor", "status"):  # their figures differ from run to run
        gallery.wrong += faults(await moderator.command(command, elsewhere, house.guild))


async def _hang_running_digest(house: House, gallery: Gallery) -> None:
    """The digest's messages as they stand in the home."""
    shown = [message for message in house.shown_in(house.home) if message.embeds]
    assert len(shown) > 1
    for number, message in enumerate(shown):
        gallery.hang(f"digest-{number}", {"content": message.content, "embeds": message.embeds})
