"""The carrier on a real ledger and a Discord that remembers: cut off anywhere, nothing is posted twice."""

import asyncio
import itertools
import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import discord
import pytest

from bot.core import deliveries as owed
from bot.core.ids import ChannelId, CritiqueId, GuildId, MemberId, MessageId, PointId
from bot.core.pages import Page
from bot.core.servers import Choices
from bot.core.votes import Reacted
from bot.display.carrier import Carrier
from bot.display.deliveries import digest_pages
from bot.services import votes, withdrawals
from bot.storage import deliveries as stored
from bot.storage import servers
from bot.storage.database import Database
from tests.conftest import new_database
from tests.services.conftest import GUILD, HOME, MEMBER, NOON, Room

LONG = (
    "Tea rooms\n\n1. They close.\n\n2. They wobble.\n\n3. "
    + "They have never met a full-size cup, and that is so. " * 110
)
CUT = object()


@dataclass
class Message:
    """What stands in a channel."""

    id: int
    channel: int
    author: object
    content: str
    embeds: list[discord.Embed]
    reference: discord.MessageReference | None
    nonce: str | None
    reactions: list[str] = field(default_factory=list)
    type: discord.MessageType = discord.MessageType.default
    created_at: datetime = NOON


class Discord:
    """A client whose channels are lists of messages. `faults` are raised, or hang, by the number of the request."""

    def __init__(self) -> None:
        self.user = discord.Object(9)
        self.intents = discord.Intents.all()
        self.messages: dict[int, Message] = {}
        self.threads: dict[int, str] = {}
        self.pinned: set[int] = set()
        self.asked: list[str] = []
        self.numbers = itertools.count(1)
        self.before: dict[int, object] = {}  # by number of request: before anything happened
        self.after: dict[int, object] = {}  # after it happened, and before the answer came
        self.always: dict[str, Exception] = {}  # by name of request
        self.remembers_nonces = True
        self.hangs = asyncio.Event()
        self.is_member = True
        self.clock: Callable[[], datetime] = lambda: NOON

    def get_partial_messageable(self, channel: int, *, guild_id: int) -> "Channel":
        assert guild_id == GUILD
        return Channel(self, channel)

    def get_guild(self, guild: int) -> SimpleNamespace | None:
        assert guild == GUILD
        return SimpleNamespace(get_thread=lambda _id: None, get_channel=lambda _id: None) if self.is_member else None

    async def fetch_channel(self, channel: int) -> "Thread":
        if channel not in self.threads:
            raise http(404, 10003)
        return Thread(self, channel)

    def shown(self, channel: int) -> list[Message]:
        return [message for message in self.messages.values() if message.channel == channel]

    @asynccontextmanager
    async def request(self, name: str) -> AsyncIterator[None]:
        number = len(self.asked)
        self.asked.append(name)
        if name in self.always:
            raise self.always[name]
        await self._fail(self.before.get(number))
        yield
        await self._fail(self.after.get(number))

    async def _fail(self, fault: object) -> None:
        if fault is CUT:
            self.hangs.set()
            await asyncio.Event().wait()
        if isinstance(fault, Exception):
            raise fault


@dataclass
class Channel:
    discord: Discord
    id: int

    async def send(
        self,
        content: str | None = None,
        *,
        embed: discord.Embed | None = None,
        nonce: str | None = None,
        reference: discord.MessageReference | None = None,
        **_options: Any,
    ) -> Message:
        assert nonce is not None
        assert len(nonce) <= 25
        async with self.discord.request("send"):
            for earlier in self.discord.shown(self.id) if self.discord.remembers_nonces else ():
                if earlier.nonce == nonce:
                    return earlier
            embeds = [] if embed is None else [embed]
            number = 1000 + next(self.discord.numbers)
            message = Message(
                number,
                self.id,
                self.discord.user,
                content or "",
                embeds,
                reference,
                nonce,
                created_at=self.discord.clock(),
            )
            self.discord.messages[number] = message
        return message

    async def history(self, *, limit: int | None, after: datetime | discord.Object) -> AsyncIterator[Message]:
        def is_later(message: Message) -> bool:
            return message.created_at > after if isinstance(after, datetime) else message.id > after.id

        for message in [each for each in self.discord.shown(self.id) if is_later(each)][:limit]:
            yield message

    def get_partial_message(self, message: int) -> "Partial":
        return Partial(self.discord, message)


class Thread(discord.Thread):
    """A thread that can be renamed, and deleted with what stands in it."""

    __slots__ = ("_discord",)

    def __init__(self, on: Discord, number: int) -> None:
        self._discord = on
        self.id = number
        self.name = on.threads[number]
        self.archived = self.locked = False

    async def edit(self, *, name: str | None = None, **_state: bool) -> None:
        async with self._discord.request("edit_thread"):
            self._discord.threads[self.id] = name or self.name

    async def delete(self, *, reason: str | None = None) -> None:
        async with self._discord.request("delete_thread"):
            if self.id not in self._discord.threads:
                raise http(404, 10003)
            del self._discord.threads[self.id]
            for message in self._discord.shown(self.id):
                del self._discord.messages[message.id]


@dataclass
class Partial:
    discord: Discord
    id: int

    def _message(self) -> Message:
        if self.id not in self.discord.messages:
            raise http(404, 10008, f"/channels/{HOME}/messages/{self.id}")
        return self.discord.messages[self.id]

    async def create_thread(self, *, name: str, auto_archive_duration: int) -> SimpleNamespace:
        assert auto_archive_duration
        async with self.discord.request("create_thread"):
            if self.id in self.discord.threads:
                raise http(400, 160004)
            self.discord.threads[self.id] = name
        return SimpleNamespace(id=self.id)

    async def add_reaction(self, emoji: str) -> None:
        async with self.discord.request("add_reaction"):
            if emoji not in self._message().reactions:
                self._message().reactions.append(emoji)

    async def remove_reaction(self, emoji: str, member: discord.Object) -> None:
        async with self.discord.request("remove_reaction"):
            assert member.id
            if emoji not in self._message().reactions:
                raise http(404, 10014)
            self._message().reactions.remove(emoji)

    async def pin(self) -> None:
        async with self.discord.request("pin"):
            self.discord.pinned.add(self.id)

    async def edit(
        self, *, content: str | None = None, embed: discord.Embed | None = None, view: discord.ui.View | None = None
    ) -> None:
        async with self.discord.request("edit"):
            message = self._message()
            message.content = content or message.content
            message.embeds = [embed] if embed else message.embeds

    async def delete(self) -> None:
        async with self.discord.request("delete"):
            self._message()
            del self.discord.messages[self.id]


def http(status: int, code: int = 0, path: str = "/") -> discord.HTTPException:
    kinds = {403: discord.Forbidden, 404: discord.NotFound, 500: discord.DiscordServerError}
    response = cast(Any, SimpleNamespace(status=status, reason="reason", url=f"https://discord.com/api/v10{path}"))
    return kinds.get(status, discord.HTTPException)(response, {"code": code, "message": "message"})


@asynccontextmanager
async def room_in(folder: Path) -> AsyncIterator[Room]:
    folder.mkdir(exist_ok=True)
    path = folder / "bot.db"
    path.write_bytes(new_database())
    database = await Database.open(path)
    try:
        yield Room(database)
    finally:
        await database.close()


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with room_in(tmp_path) as made:
        yield made


@asynccontextmanager
async def carrying(room: Room, on: Discord) -> AsyncIterator[Carrier]:
    carrier = Carrier(cast(Any, on), room.ledger, unrecorded_pause=0)
    task = asyncio.create_task(carrier.run())
    try:
        yield carrier
        assert not task.done()
    finally:
        task.cancel()
        await asyncio.wait({task})


async def work(room: Room, on: Discord, until: Callable[[], bool] | None = None) -> None:
    """Runs a carrier until nothing waits, or `until`; time passes whenever nothing is due."""
    async with carrying(room, on) as carrier:
        while not (until() if until else await carrier.idle()):
            pause = await room.ledger.pause(()) if await carrier.quiet() else None
            if pause and await carrier.quiet():
                room.clock.move(pause.total_seconds())
                room.desk.db.committed.set()
            await asyncio.sleep(0.001)  # what is under way has the machine


async def owe(room: Room, what: owed.Owed) -> None:
    async with room.desk.db.write() as tx:
        await stored.owe(tx, what, room.clock())


async def checked(room: Room, on: Discord) -> None:
    """All of LONG stands once: three points in order, seeded, with threads; the rest of the third; the digest."""
    *points, digest = on.shown(HOME)
    assert [message.content[:8] for message in points] == ["**1)** T", "**2)** T", "**3)** T"]
    assert [message.reactions for message in points] == [["👍", "👎"]] * 3
    assert list(on.threads) == [message.id for message in points]
    assert [len(on.shown(message.id)) for message in points] == [0, 0, 3]
    assert len(on.messages) == 7
    assert digest.embeds[0].title == "Tea rooms"
    assert on.pinned == {digest.id}
    for message, point in zip(points, await room.points(CritiqueId(1)), strict=True):
        assert (point.message, point.thread, point.seeded) == (message.id, message.id, True)
    assert await room.rows("SELECT * FROM deliveries WHERE ended_at IS NULL OR fault IS NOT NULL") == []


async def test_a_critique_is_posted_in_list_order_with_the_fewest_requests(room: Room) -> None:
    on = Discord()
    await room.open(LONG)
    await work(room, on)
    await checked(room, on)
    assert Counter(on.asked) == {"send": 7, "create_thread": 3, "add_reaction": 6, "pin": 1}


@pytest.mark.parametrize("remembers_nonces", [True, False], ids=["nonces remembered", "nonces forgotten"])
@pytest.mark.parametrize("moment", ["before", "after"])
async def test_cut_off_at_any_request_and_run_again_nothing_is_posted_twice(
    tmp_path: Path, moment: str, remembers_nonces: bool
) -> None:
    for number in range(17):
        async with room_in(tmp_path / str(number)) as room:
            on = Discord()
            on.remembers_nonces = remembers_nonces
            getattr(on, moment)[number] = CUT
            await room.open(LONG)
            await work(room, on, until=on.hangs.is_set)
            assert len(on.asked) == number + 1
            await work(room, on)
            await checked(room, on)


async def test_server_errors_anywhere_are_tried_again_and_nothing_is_posted_twice(tmp_path: Path) -> None:
    for number in range(10):
        async with room_in(tmp_path / str(number)) as room:
            on = Discord()
            on.after[number] = http(500)
            await room.open("Tea rooms\n\n1. They close.\n\n2. They wobble.\n")
            await work(room, on)
            assert [message.content[:5] for message in on.shown(HOME)] == ["**1)*", "**2)*", ""]
            assert len(on.threads) == 2


async def test_a_thread_that_stands_already_is_adopted(room: Room) -> None:
    on = Discord()
    await room.open("1. They close.\n\n2. They wobble.\n")
    on.after[1] = http(500)  # the thread is made, and the answer is lost
    await work(room, on)
    assert on.asked.count("create_thread") == 3
    assert all(point.thread == point.message for point in await room.points(CritiqueId(1)))


async def test_what_is_to_be_shown_outlives_a_missing_permission(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    on = Discord()
    await room.open("Tea rooms\n\n1. They close.\n\n2. They wobble.\n")
    on.before[0] = http(403, 50013)
    with caplog.at_level(logging.WARNING, "bot.display.carrier"):
        await work(room, on)
    assert all(point.thread is not None for point in await room.points(CritiqueId(1)))
    assert "is tried again: Forbidden: 403" in caplog.text


async def test_a_server_that_never_answers_is_asked_with_growing_pauses_and_nothing_is_given_up(room: Room) -> None:
    on = Discord()
    await room.open("1. They close.\n\n2. They wobble.\n")
    on.always["send"] = http(500)
    await work(room, on, until=lambda: len(on.asked) >= 20)
    assert (room.clock() - NOON).total_seconds() >= 1 + 2 + 4 + 8 + 16 + 32
    assert await room.rows("SELECT key FROM deliveries WHERE ended_at IS NOT NULL") == []


async def test_lanes_are_carried_side_by_side(room: Room) -> None:
    on = Discord()
    await room.open("1. They close.\n\n2. They wobble.\n")
    other = ChannelId(77)
    await owe(room, owed.ask_which(GUILD, MessageId(5), other))
    on.before = {0: CUT}
    await work(room, on, until=lambda: on.hangs.is_set() and len(on.asked) == 2)
    assert len(on.messages) == 1


async def test_the_digest_waits_until_all_points_stand(room: Room) -> None:
    on = Discord()
    await room.open(LONG)
    await work(room, on)
    [digest] = [number for number, message in on.messages.items() if message.embeds]
    assert all(digest > (point.message or digest) for point in await room.points(CritiqueId(1)))


async def test_surplus_digest_pages_are_deleted_even_when_one_is_gone_already(room: Room) -> None:
    on = Discord()
    critique = await room.open("1. They close.\n\n2. They wobble.\n")
    await work(room, on)
    for number in (1, 2, 3):
        message = Message(number, HOME, on.user, "", [], None, None)
        on.messages[number] = message
        await room.ledger.save_page(digest_pages(critique.id), Page(number, HOME, MessageId(number), "old"))
    del on.messages[2]
    await owe(room, owed.show_digest(GUILD, critique.id))
    await work(room, on)
    assert len(on.shown(HOME)) == 3
    assert len(await room.ledger.pages(digest_pages(critique.id))) == 1


async def test_a_digest_is_edited_only_where_it_changed_and_posted_anew_where_it_was_deleted(room: Room) -> None:
    on = Discord()
    critique = await room.open("1. They close.\n\n2. They wobble.\n")
    await work(room, on)
    on.asked.clear()
    await owe(room, owed.show_digest(GUILD, critique.id))
    await work(room, on)
    assert on.asked == []
    [page] = await room.ledger.pages(digest_pages(critique.id))
    del on.messages[page.message]
    await room.hear(room.said("3. They have no umbrella stand."))
    await work(room, on)
    assert [len(message.embeds) for message in on.shown(HOME)].count(1) == 1


async def test_a_label_that_differs_is_told_in_a_reply(room: Room) -> None:
    on = Discord()
    await room.open("1. They close.\n\n2. They wobble.\n")
    await work(room, on)
    on.messages[5] = Message(5, HOME, object(), "5. They have no umbrella stand.", [], None, None)
    await room.hear(room.said("5. They have no umbrella stand.", message=5))
    await work(room, on)
    assert on.messages[5].reactions == ["📌"]
    [reply] = [message for message in on.shown(HOME) if message.reference is not None]
    assert reply.content.startswith("Recorded as **3**: 5 was not the next free number.")
    assert reply.reference is not None
    assert reply.reference.message_id == 5


async def test_books_that_cannot_be_kept_do_not_stop_the_carrier(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    on = Discord()
    await room.open("1. They close.\n\n2. They wobble.\n")
    await owe(room, owed.mark(GuildId(GUILD), MessageId(4), ChannelId(44), PointId(1)))
    async with room.desk.db.write() as tx:
        await tx.exec_driver_sql(
            "CREATE TRIGGER full BEFORE UPDATE ON deliveries BEGIN SELECT raise(ABORT, 'full'); END"
        )
    with caplog.at_level(logging.CRITICAL, "bot.display.carrier"):
        async with carrying(room, on):
            for _ in range(300):
                await asyncio.sleep(0)
            assert on.asked == []  # nothing is asked of Discord that could not be remembered
            async with room.desk.db.write() as tx:
                await tx.exec_driver_sql("DROP TRIGGER full")
        await work(room, on)
    assert len(on.threads) == 2


async def test_nothing_is_asked_for_a_server_that_the_bot_is_not_on_until_it_is_back(room: Room) -> None:
    on = Discord()
    on.is_member = False
    await room.open("1. They close.\n\n2. They wobble.\n")
    async with carrying(room, on) as carrier:
        while not await carrier.quiet():
            await asyncio.sleep(0)
    assert on.asked == []
    on.is_member = True
    await work(room, on)
    assert len(on.threads) == 2


async def test_what_is_about_a_message_that_is_gone_ends_quietly(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    on = Discord()
    await room.open("1. They close.\n\n2. They wobble.\n")
    await work(room, on)
    await owe(room, owed.mark(GUILD, MessageId(404), HOME, PointId(1)))
    await owe(room, owed.unmark(GUILD, MessageId(404), HOME))
    await work(room, on)
    assert await room.rows("SELECT key FROM deliveries WHERE fault IS NOT NULL") == []
    assert [each for each in caplog.records if each.levelno >= logging.WARNING] == []


async def test_what_is_given_up_is_an_error_in_the_log_and_told_in_the_moderators_channel(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    on = Discord()
    await room.open("1. They close.\n\n2. They wobble.\n")
    await work(room, on)
    chosen = Choices(moderators_channel=ChannelId(66))
    async with room.desk.db.write() as tx:
        await servers.save_choices(tx, GUILD, chosen, room.clock())
    on.always["add_reaction"] = http(403, 50013)
    for message in (4, 5):
        await owe(room, owed.mark(GUILD, MessageId(message), HOME, PointId(1)))
    await work(room, on)
    assert "delivery mark:4 is given up: Forbidden: 403 reason (error code: 50013)" in caplog.text
    [told] = on.shown(66)
    assert "mark a member's addition as recorded in <#10> and have given up" in told.content
    assert "403 reason (error code: 50013)" in told.content


async def test_what_an_earlier_try_posted_is_found_however_much_was_said_since(room: Room) -> None:
    on = Discord()
    on.remembers_nonces, on.clock = False, room.clock
    on.after[0] = http(500)
    await room.open("1. They close.\n")
    await work(room, on, until=lambda: len(on.asked) == 1)
    for number in range(5_000, 8_000):
        on.messages[number] = Message(number, HOME, object(), "Tea!", [], None, None, created_at=room.clock())
    await work(room, on)
    assert [each.content[:6] for each in on.shown(HOME) if each.author is on.user] == ["**1)**", ""]


async def test_each_search_begins_where_the_last_one_did_and_none_is_made_in_vain(room: Room) -> None:
    """A permission is missing for hours; then a try gets through, and its answer is lost."""
    on = Discord()
    on.remembers_nonces, on.clock = False, room.clock
    await room.open("1. They close.\n")
    on.before = {0: http(403, 50013), 1: http(403, 50013), 2: http(403, 50013)}
    on.after[3] = on.after[4] = http(500)
    for number in range(1, 5):
        room.clock.move(7200)
        await work(room, on, until=lambda asked=number: len(on.asked) == asked)
    await work(room, on)
    assert sorted(each.content[:6] for each in on.shown(HOME)) == ["", "**1)**"]


async def test_a_digest_whose_answer_was_lost_before_any_point_stood_is_found(room: Room) -> None:
    on = Discord()
    on.remembers_nonces, on.clock = False, room.clock
    await room.open("1. They close.\n")
    on.before, on.after[1] = {0: http(403, 50013)}, http(500)
    await work(room, on)
    assert sorted(each.content[:6] for each in on.shown(HOME)) == ["", "**1)**"]


async def test_no_vote_emoji_is_taken_away_while_its_server_is_still_to_be_read(room: Room) -> None:
    on, read = Discord(), asyncio.Event()
    room.ledger = replace(room.ledger, is_known=lambda _guild: read.is_set())
    await room.open("1. They close.\n")
    await work(room, on)
    [point] = await room.points(CritiqueId(1))
    assert point.message is not None
    both = [Reacted(HOME, point.message, MemberId(50), emoji, added=True) for emoji in ("👍", "👎")]
    await votes.record(room.desk, both)
    looked_at = room.clock() + timedelta(seconds=10)
    await work(room, on, until=lambda: "remove_reaction" in on.asked or room.clock() > looked_at)
    assert "remove_reaction" not in on.asked
    read.set()
    await work(room, on)
    assert on.asked.count("remove_reaction") == 1


@pytest.mark.parametrize(("moment", "left"), [("before", []), ("after", ["**2)** Withdrawn."])])
async def test_what_is_withdrawn_before_it_is_known_to_stand_is_not_posted_and_what_a_try_left_is_marked(
    room: Room, moment: str, left: list[str]
) -> None:
    on = Discord()
    on.remembers_nonces, on.clock = False, room.clock
    await room.open("1. They close.\n")
    await work(room, on)
    on.messages[5] = Message(5, HOME, object(), "2. They wobble.", [], None, None)
    stood = set(on.messages)
    await room.hear(room.said("2. They wobble.", by=MEMBER.id, message=5))
    getattr(on, moment)[len(on.asked)] = http(500)
    await work(room, on, until=lambda: on.asked.count("send") == 3)
    await withdrawals.undo(room.desk, MEMBER)
    await work(room, on)
    assert [each.content for each in on.messages.values() if each.id not in stood] == left
    assert on.asked.count("send") == 3
