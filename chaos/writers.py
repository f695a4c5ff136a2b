"""Promises members who add points in every way there is, and who argue in threads.

What they type bears the next free number, or one a little ahead, or one that somebody else has just typed.
"""

import asyncio
from random import Random

from chaos.deeds import Argued, Deeds, Sent, Typed
from chaos.ground import Ground, Home
from chaos.keepers import HELD_WORD
from chaos.pauses import goes_on
from chaos.state import State
from chaos.words import Words
from rehearsal.member import Member, MemberError, Unanswered

_TRIES = 4
_SIDES = {"Agree: ": "support", "Disagree: ": "rebuttal"}
_POSTS = 0.3  # of what is added in a forum: as a post of one's own


class Writer:
    """One member who writes. With a gateway they use forms, too."""

    def __init__(self, member: Member, ground: Ground, state: State, deeds: Deeds, words: Words, seed: str) -> None:
        self._member = member
        self._ground = ground
        self._state = state
        self._deeds = deeds
        self._words = words
        self._random = Random(seed)  # noqa: S311 - seeded on purpose
        self._typed: dict[int, list[int]] = {}

    async def type(self, slowness: float, over: asyncio.Event) -> None:
        """Types additions until it is over, now and then two at once."""
        while await goes_on(over, self._random.uniform(0, 2 * slowness)):
            home = self._random.choice(self._ground.homes)
            for _ in range(self._random.choice((1, 1, 1, 2))):
                await self._type(home)

    async def _type(self, home: Home) -> None:
        listed = self._state.listed(home.id)
        lobby = listed and (listed.lobby if home.forum else home.id)
        if listed is None or lobby is None:
            return
        unread = [message for message in self._typed.get(home.id, ()) if not self._state.read(message)]
        self._typed[home.id] = unread
        number = listed.next_label + len(unread) + self._random.choice((0, 0, 0, 0, 1))
        text = self._words.sentence()
        try:
            if home.forum and self._random.random() < _POSTS:
                post = await self._member.post(str(home.id), f"{number}. {text}", text)
                self._took(home, Typed(int(post["id"]), text, post=True))
            else:
                said = await self._member.say(str(lobby), f"{number}. {text}")
                self._took(home, Typed(int(said["id"]), text))
        except MemberError:  # the lobby is archived, or gone
            return

    def _took(self, home: Home, typed: Typed) -> None:
        self._deeds.typed.append(typed)
        self._typed[home.id].append(typed.message)

    async def argue(self, slowness: float, over: asyncio.Event) -> None:
        """Replies in points' threads until it is over."""
        while await goes_on(over, self._random.uniform(0, 2 * slowness)):
            spots = [spot for spot in self._ground.spots() if spot.message in self._ground.discord.world.channels]
            if spots:
                await self._argue(self._random.choice(spots).message)

    async def _argue(self, thread: int) -> None:
        text, mark = self._words.sentence(), self._random.choice(("", *_SIDES))
        if HELD_WORD in text:  # arguments do not wait for moderators
            mark = ""
        try:
            said = await self._member.say(str(thread), f"{mark}{text}")
        except MemberError:
            return
        self._deeds.replies += 1
        if mark:
            self._deeds.argued.append(Argued(int(said["id"]), thread, text, _SIDES[mark]))

    async def fill_in(self, slowness: float, over: asyncio.Event) -> None:
        """Sends forms until it is over; who gets no answer sends the same form again."""
        while await goes_on(over, self._random.uniform(0, 2 * slowness)):
            home = self._random.choice([home for home in self._ground.homes if not home.forum])
            guild = str(self._ground.discord.guild_id)
            try:
                form = await self._member.command("point add", str(home.id), guild)
            except MemberError:  # the bot is down, or the critique is not open yet
                continue
            if "title" in form:
                await self._send(form, over)

    async def _send(self, form: dict[str, object], over: asyncio.Event) -> None:
        sent = Sent(self._words.sentence())
        self._deeds.sent.append(sent)
        for _ in range(_TRIES):
            try:
                answer = await self._member.submit(form, {"Your point": sent.text})
            except Unanswered:
                if over.is_set():
                    return
                continue
            except MemberError:
                return
            sent.answered = answer["content"].startswith("Recorded as")
            return
