"""Promises members who add without a number, are asked what that is, and say so until they are answered."""

import asyncio
from collections.abc import Iterable
from random import Random
from typing import Any

from chaos.deeds import Claimed, Deeds
from chaos.ground import Ground
from chaos.keepers import HELD_WORD
from chaos.pauses import goes_on
from chaos.state import State
from chaos.words import Words
from rehearsal.member import Member, MemberError
from rehearsal.member.components import buttons

_TRIES = 20
_LOOKS, _BREATH = 240, 0.5  # at the channel until the question is there, and the seconds between two


class Claimants:
    """The members, each of whom claims once: nobody is asked twice in ten minutes."""

    def __init__(
        self, members: Iterable[Member], ground: Ground, state: State, deeds: Deeds, words: Words, seed: str
    ) -> None:
        self._members = list(members)
        self._ground = ground
        self._state = state
        self._deeds = deeds
        self._words = words
        self._random = Random(seed)  # noqa: S311 - seeded on purpose

    async def claim(self, slowness: float, over: asyncio.Event) -> None:
        """Begins a claim after every pause of this many seconds on average, until it is over or all have claimed."""
        async with asyncio.TaskGroup() as group:
            for member in self._members:
                if not await goes_on(over, self._random.uniform(0, 2 * slowness)):
                    return
                group.create_task(self._claim(member, over))

    async def _claim(self, member: Member, over: asyncio.Event) -> None:
        open_now = [home for home in self._ground.homes if not home.forum and self._state.listed(home.id)]
        if not open_now:
            return
        home = self._random.choice(open_now)
        text = next(each for each in iter(self._words.sentence, None) if HELD_WORD not in each)
        try:
            said = await member.say(str(home.id), f"An addition: {text}")
        except MemberError:
            return
        claimed = Claimed(int(said["id"]), text)
        self._deeds.claimed.append(claimed)
        asked = await self._asked(member, said, over)
        if asked is not None:
            await self._record(member, asked, claimed, over)

    async def _asked(self, member: Member, said: dict[str, Any], over: asyncio.Event) -> dict[str, Any] | None:
        """The bot's question about the message."""
        for _ in range(_LOOKS):
            shown = await member.api.request("GET", f"/channels/{said['channel_id']}/messages?limit=50")
            for each in shown:
                if (each.get("message_reference") or {}).get("message_id") == said["id"] and each["components"]:
                    return each
            if over.is_set():
                return None
            await asyncio.sleep(_BREATH)
        return None

    async def _record(self, member: Member, asked: dict[str, Any], claimed: Claimed, over: asyncio.Event) -> None:
        """Presses until there is an answer."""
        record = next(each["custom_id"] for each in buttons(asked) if each["custom_id"].endswith(":record"))
        claimed.pressed = True
        for _ in range(_TRIES):
            try:
                answer = await member.press(asked, record, str(self._ground.discord.guild_id))
            except MemberError:  # the bot is down
                if over.is_set():
                    return
                await asyncio.sleep(_BREATH)
                continue
            claimed.answered = answer["content"].startswith("Recorded as")
            return
