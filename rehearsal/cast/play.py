"""Plays a script from beginning to end: open, wait for the points, re-enact the comments, moderate, vote.

Promises that what it returns is what it did, in the order in which Discord accepted it. Anything that keeps
it from going on is raised as a MemberError (`Missing`, `Refused`, `Unanswered`, `Unseen`) in one sentence.
"""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

from rehearsal.cast import votes
from rehearsal.cast.deeds import Deeds, Said, VoteAct, held_after
from rehearsal.cast.office import Office
from rehearsal.cast.people import Casting, Person, cast
from rehearsal.cast.stage import Missing, Stage
from rehearsal.member import Member, buttons
from rehearsal.moderation import Ruling
from rehearsal.script import Script

COMMAND = "critique open"
CONFIRM = "Confirm"
PINNED = 1 << 1  # a channel's flag

Json = dict[str, Any]
Progress = Callable[[str, int, int], None]
Quiet = Callable[[], Awaitable[None]]
Event = tuple[str, Json]


async def play(script: Script, announcement: Json, progress: Progress, quiet: Quiet | None = None) -> Deeds:
    """Play the script on the server that made this announcement.

    `progress(stage, done, total)` is called as it goes on, the stages being "open", "points", "comments",
    "moderation" where the script has one, and "votes". `quiet`, if given, is awaited after each comment and before
    the voting, to let the bot finish.
    """
    rng = random.Random(script.seed)  # noqa: S311 - seeded on purpose: a rehearsal can be repeated
    casting = cast(rng, announcement["members"], script.comments, script.voters)
    home_id = announcement["channels"].get(script.home)
    if home_id is None:
        raise Missing(f"The server has no channel {script.home!r}.")
    async with AsyncExitStack() as stack:
        company = await _assemble(stack, casting, announcement, script)
        moderator = company[casting.moderator["id"]]
        stage = Stage(moderator.gateway, home_id, script.agree, script.disagree)
        performance = _Performance(script, announcement, home_id, company, stage, progress)
        quiet = quiet or stage.quiet
        office = (
            None if script.moderation is None else Office(script, script.moderation, moderator, announcement, stage)
        )
        if office is not None:
            await office.set_up()
        preview = await performance.open(moderator)
        names = await performance.introduce(casting)
        said = await performance.comment(casting, quiet)
        rulings = [] if office is None else await performance.moderate(office, casting, quiet)
        points = tuple(stage.points_by_content())
        acts = await performance.vote(votes.plan(rng, _ids(casting.voters), points, script.agree, script.disagree))
    return _deeds(script, preview, points, said, acts, names, casting, rulings)


class _Performance:
    """One script on one server, with the company assembled."""

    def __init__(
        self,
        script: Script,
        announcement: Json,
        home_id: str,
        company: dict[str, Member],
        stage: Stage,
        progress: Progress,
    ) -> None:
        self._script, self._home_id = script, home_id
        self._guild_id, self._channels = announcement["guild_id"], announcement["channels"]
        self._api, self._gateway = announcement["api"], announcement["gateway"]
        self._company, self._stage, self._progress = company, stage, progress

    async def open(self, moderator: Member) -> Json:
        """The moderator opens the critique, confirms the preview and waits for its points."""
        expected = self._script.points_expected
        self._progress("open", 0, 1)
        document = (self._script.document.filename, self._script.document.content)
        options: Json = {"document": document}
        where = self._home_id
        if self._script.home_kind == "forum":  # nobody types in a forum itself
            where = next(channel for channel in self._channels.values() if channel != self._home_id)
            options["channel"] = self._home_id
        preview = await moderator.command(COMMAND, where, self._guild_id, **options)
        self._stage.bot_id = preview["author"]["id"]
        await moderator.press(preview, CONFIRM, self._guild_id)
        self._progress("open", 1, 1)
        await self._stage.wait_for_points(expected, lambda done: self._progress("points", done, expected))
        return preview

    async def introduce(self, casting: Casting) -> dict[str, str]:
        """Authors whom the page names take that name as their nickname. The name of each member who plays."""
        players = (casting.moderator, *casting.authors, *casting.voters)
        names = {each["id"]: str(each["name"]) for each in players}
        for person, nick in casting.named:
            member = self._company[person["id"]]
            await member.api.request("PATCH", f"/guilds/{self._guild_id}/members/@me", {"nick": nick})
            names[person["id"]] = nick
        return names

    async def _lobby(self, moderator: Member) -> str:
        """Where additions are typed: the home, or the pinned post of a forum (documentation: channel flags)."""
        if self._script.home_kind == "text":
            return self._home_id
        active = await moderator.api.request("GET", f"/guilds/{self._guild_id}/threads/active")
        for thread in active["threads"]:
            if thread["parent_id"] == self._home_id and thread["flags"] & PINNED:
                return str(thread["id"])
        raise Missing("The forum has no pinned post in which to add to the list.")

    async def comment(self, casting: Casting, quiet: Quiet) -> list[Said]:
        """The comments in their order, each after the bot has done with the one before."""
        said: list[Said] = []
        total = len(self._script.comments)
        lobby = await self._lobby(self._company[casting.moderator["id"]])
        mention = f"<@{self._stage.bot_id}> " if self._script.mention else ""
        for number, (comment, person) in enumerate(zip(self._script.comments, casting.authors, strict=True), 1):
            self._progress("comments", number - 1, total)
            for content in comment.messages:
                message = await self._company[person["id"]].say(lobby, mention + content)
                said.append(Said(number, person["id"], message["id"], content))
            await quiet()
            mine = {each.message_id for each in said if each.comment == number}
            seen = self._company[casting.moderator["id"]].gateway.seen
            await self._answer(person, seen, mine, comment.answers, quiet)
        self._progress("comments", total, total)
        return said

    async def _answer(
        self, person: Person, seen: list[Event], mine: set[str], answers: tuple[str, ...], quiet: Quiet
    ) -> None:
        """The author presses, under each question that the bot asks about these messages, the first answer there is."""
        asked: set[str] = set()
        while question := _question(seen, mine, answers, asked):
            asked.add(question[0]["id"])
            watching = Member(self._api, self._gateway, person["token"], person["id"], person["name"])
            async with watching as author:  # a button's answer is seen in a session of one's own
                await author.press(*question, self._guild_id)
                await quiet()

    async def moderate(self, office: Office, casting: Casting, quiet: Quiet) -> list[Ruling]:
        """The moderator decides on what waits, and the author of what is refused appeals."""
        author = self._company[casting.authors[office.plan.refusal.comment - 1]["id"]]
        return await office.work(author, quiet, lambda done, total: self._progress("moderation", done, total))

    async def vote(self, plan: votes.Plan) -> list[VoteAct]:
        """All voters at once."""
        total = sum(map(len, plan.values()))
        done = 0

        def count() -> None:
            nonlocal done
            done += 1
            self._progress("votes", done, total)

        self._progress("votes", 0, total)
        return await votes.carry_out(plan, self._company, count)


def _question(seen: list[Event], mine: set[str], answers: tuple[str, ...], asked: set[str]) -> tuple[Json, str] | None:
    """A reply to one of the messages that was not answered yet, and the button to press."""
    for name, data in seen:
        about = (data.get("message_reference") or {}).get("message_id")
        if name == "MESSAGE_CREATE" and about in mine and data["id"] not in asked:
            labels = [str(each.get("label")) for each in buttons(data)]
            fit = [label for answer in answers for label in labels if answer in label]
            if fit:
                return data, fit[0]
    return None


async def _assemble(stack: AsyncExitStack, casting: Casting, announcement: Json, script: Script) -> dict[str, Member]:
    """Everyone who plays, by id. The moderator watches the gateway, and whoever appeals: more eyes are not needed."""
    company: dict[str, Member] = {}
    watching = {casting.moderator["id"]}
    if script.moderation is not None:
        watching.add(casting.authors[script.moderation.refusal.comment - 1]["id"])
    for person in (casting.moderator, *casting.authors, *casting.voters):
        if person["id"] not in company:
            gateway = announcement["gateway"] if person["id"] in watching else None
            member = Member(announcement["api"], gateway, person["token"], person["id"], person["name"])
            company[person["id"]] = await stack.enter_async_context(member)
    return company


def _ids(people: tuple[Person, ...]) -> list[str]:
    return [each["id"] for each in people]


def _deeds(
    script: Script,
    preview: Json,
    points: tuple[tuple[str, str], ...],
    said: list[Said],
    acts: list[VoteAct],
    names: dict[str, str],
    casting: Casting,
    rulings: list[Ruling],
) -> Deeds:
    return Deeds(
        seed=script.seed,
        opened=True,
        preview=preview,
        points=tuple(message_id for _, message_id in points),
        comments=len(script.comments),
        said=tuple(said),
        votes=tuple(acts),
        held=held_after(acts),
        names=names,
        invented=casting.invented,
        rulings=tuple(rulings),
    )
