"""The cast's moderator at work: has additions wait, decides on each, hears one appeal, merges one point.

It relies on `/setup` with its selects for the moderators' channel and the policy, on the labels of the buttons under
what waits there, on the inputs of the forms that they open, and on `/mod merge`. Everything is done as people do it:
by commands, buttons and forms, and by what each of them sees.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from rehearsal.cast.stage import Missing, Stage
from rehearsal.member import Member, Unseen, buttons
from rehearsal.moderation import Moderation, Ruling
from rehearsal.script import Script

SETUP, MERGE, NEXT = "setup", "mod merge", "Next"
CHANNEL, POLICY = "v1:setup:moderators:channel", "v1:setup:policy:option"
STEPS = 10
APPROVE, REFUSE, APPEAL, GRANT, KEEP = "Approve", "Refuse", "Appeal", "Grant and undo…", "It stands…"
REASON, WORDS, TEXT = "reason", "words", "text"
SEEN_WITHIN = 30.0

Json = dict[str, Any]
Quiet = Callable[[], Awaitable[None]]


class Office:
    """The moderators' channel of one server, and the moderator who works there."""

    def __init__(self, script: Script, plan: Moderation, moderator: Member, announcement: Json, stage: Stage) -> None:
        channel = announcement["channels"].get(plan.channel)
        if channel is None:
            raise Missing(f"The server has no channel {plan.channel!r}.")
        self.plan = plan
        self._expected, self._moderator, self._stage = script.points_expected, moderator, stage
        self._channel, self._guild_id = str(channel), announcement["guild_id"]

    async def set_up(self) -> None:
        """Chooses the channel, and that additions wait there."""
        screen = await self._moderator.command(SETUP, self._channel, self._guild_id)
        screen = await self._turned_to(CHANNEL, screen)
        screen = await self._moderator.choose(screen, CHANNEL, [self._channel], self._guild_id)
        screen = await self._turned_to(POLICY, screen)
        await self._moderator.choose(screen, POLICY, [self.plan.policy], self._guild_id)

    async def _turned_to(self, select: str, screen: Json) -> Json:
        for _ in range(STEPS):
            if select in str(screen.get("components")):
                return screen
            screen = await self._moderator.press(screen, NEXT, self._guild_id)
        raise Missing(f"The setup was turned over {STEPS} times, and no step had the select {select!r}.")

    async def work(self, author: Member, quiet: Quiet, progress: Callable[[int, int], None]) -> list[Ruling]:
        """Decides on all that waits, hears the appeal of `author`, and merges. What was done, in order."""
        waiting = self._waiting()
        total = len(waiting) + 2
        rulings: list[Ruling] = []
        for number, (label, message) in enumerate(zip(self.plan.waiting, waiting, strict=True)):
            progress(number, total)
            rulings.append(await self._decide(label, message))
        progress(len(waiting), total)
        await self._stage.wait_for_points(self._expected + len(waiting) - 1, lambda _: None)
        rulings = [await self._heard(ruling, author) for ruling in rulings]
        progress(total - 1, total)
        await quiet()
        rulings.append(await self._merge())
        await quiet()
        progress(total, total)
        return rulings

    def _waiting(self) -> list[Json]:
        """What waits, oldest first; while it does, no point shows it."""
        if (there := len(self._stage.points())) != self._expected:
            raise Missing(
                f"Additions should wait for the moderators, and {there - self._expected} were posted at once."
            )
        seen = self._moderator.gateway.seen
        found = [data for name, data in seen if name == "MESSAGE_CREATE" and self._is_here(data, APPROVE)]
        if len(found) != len(self.plan.waiting):
            raise Missing(f"{len(self.plan.waiting)} additions should wait for the moderators, and {len(found)} do.")
        return found

    async def _decide(self, label: str, message: Json) -> Ruling:
        refusal = self.plan.refusal
        if label != refusal.label:
            self._settled(message, await self._moderator.press(message, APPROVE, self._guild_id))
            return Ruling("approve", label)
        form = await self._moderator.press(message, REFUSE, self._guild_id)
        fields = {REASON: [refusal.reason], WORDS: refusal.words}
        self._settled(message, await self._moderator.submit(form, fields))
        return Ruling("refuse", label, refusal.reason)

    async def _heard(self, ruling: Ruling, author: Member) -> Ruling:
        """The ruling after its appeal: its author is told, appeals, and reads the answer."""
        if ruling.act != "refuse":
            return ruling
        plan = self.plan.refusal
        told = await self._told(author, plan.words, f"the author of {plan.label} to be told why it was refused")
        await author.submit(await author.press(told, APPEAL), {TEXT: plan.appeal})
        button = GRANT if plan.granted else KEEP
        appeal = await self._seen(
            self._moderator, lambda data: self._is_here(data, button), "the appeal to be shown to the moderators"
        )
        form = await self._moderator.press(appeal, button, self._guild_id)
        self._settled(appeal, await self._moderator.submit(form, {TEXT: plan.answer}))
        await self._told(author, plan.answer, f"the author of {plan.label} to be told the answer to the appeal")
        return Ruling(ruling.act, ruling.label, ruling.reason, "granted" if plan.granted else "kept")

    async def _merge(self) -> Ruling:
        plan = self.plan.merge
        options = {"point": plan.label, "into": plan.into, "reason": plan.reason, "words": plan.words}
        await self._moderator.command(MERGE, self._channel, self._guild_id, **options)
        return Ruling("merge", plan.label, plan.reason, into=plan.into)

    async def _told(self, author: Member, words: str, what: str) -> Json:
        """A direct message of the bot's that says these words."""

        def is_it(data: Json) -> bool:
            return "guild_id" not in data and data["author"]["id"] == self._stage.bot_id and words in data["content"]

        return await self._seen(author, is_it, what)

    @staticmethod
    async def _seen(member: Member, wanted: Callable[[Json], bool], what: str) -> Json:
        try:
            return await member.wait_for("MESSAGE_CREATE", wanted, SEEN_WITHIN)
        except Unseen as error:
            raise Missing(f"Waited {SEEN_WITHIN:g} s for {what}.") from error

    def _is_here(self, data: Json, button: str) -> bool:
        """Whether a message of the bot's in the channel bears the button."""
        here = data["channel_id"] == self._channel and data["author"]["id"] == self._stage.bot_id
        return here and any(each.get("label") == button for each in buttons(data))

    @staticmethod
    def _settled(before: Json, after: Json) -> None:
        """Raises Missing where a message that was to be decided on still asks for it, or another answers."""
        if after["id"] != before["id"] or any(buttons(after)):
            raise Missing(f"A decision was not taken: {after.get('content')!r}.")
