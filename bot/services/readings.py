"""Readings after a gap: what is held against Discord, and what comes of it."""

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.core.additions import LobbyEvent
from bot.core.critiques import Critique
from bot.core.ids import ChannelId, GuildId, MemberId, MessageId, PointId
from bot.core.losses import channel
from bot.core.readings import NEAR, Standing
from bot.core.sittings import Votable
from bot.core.votes import Event, Stance
from bot.services import losses
from bot.services.desk import Desk
from bot.services.gate import Gate
from bot.services.intake import Intake
from bot.storage import additions as stored_additions
from bot.storage import arguments as stored_arguments
from bot.storage import readings as stored
from bot.storage import revisions as stored_revisions
from bot.storage.database import Tx

_EDITED_WITHIN = timedelta(days=7)


@dataclass(slots=True)
class Books:
    """The books of the reader. A gap began when the bot was left, or, after a kill, when a stance last changed."""

    desk: Desk
    gate: Gate
    votes: Intake[Event]
    lobby: Intake[LobbyEvent]
    _unheard: dict[PointId, None] = field(default_factory=dict[PointId, None], init=False)
    _told: asyncio.Event = field(default_factory=asyncio.Event, init=False)
    _near: dict[GuildId, datetime] = field(default_factory=dict[GuildId, datetime], init=False)
    _near_start: datetime | None = field(default=None, init=False)

    @property
    def idle(self) -> bool:
        """Whether nothing waits for a reading, and nothing is to be read."""
        return self.gate.idle and not self._unheard

    async def begin(self) -> None:
        """The bot has started: what changed near its end is found out, and that it runs is written down."""
        async with self.desk.db.write() as tx:
            left = await stored.left_at(tx) or await stored.last_change(tx)
            self._near_start = None if left is None else left - NEAR
            await stored.save_left_at(tx, None)

    async def end(self) -> None:
        """The bot stops in order."""
        async with self.desk.db.write() as tx:
            await stored.save_left_at(tx, self.desk.clock())

    def lost(self, where: Callable[[GuildId], bool]) -> None:
        """Servers are lost from sight now: what has just changed is near the gap."""
        for guild in self.gate.shut(where):
            self._near[guild] = self.desk.clock() - NEAR

    async def next(self) -> GuildId:
        """The next server to be read."""
        return await self.gate.next()

    def turn(self, guild: GuildId) -> int:
        """What tells this reading of the server from others."""
        return self.gate.turn(guild)

    async def settled(self) -> None:
        """Returns when all that came in before is stored."""
        await self.votes.caught_up()
        await self.lobby.caught_up()

    async def standings(self, guild: GuildId) -> list[Standing]:
        """The server's points that take votes."""
        near = self._near.get(guild, self._near_start)
        async with self.desk.db.read() as tx:
            return await stored.standings(tx, guild, near or self.desk.clock())

    async def holders(self, votable: Votable, side: Stance) -> set[MemberId]:
        """Everybody who is stored as holding the emoji of one side."""
        async with self.desk.db.read() as tx:
            return await stored.holders(tx, votable, side)

    async def critiques(self, guild: GuildId) -> list[Critique]:
        """The server's open critiques."""
        async with self.desk.db.read() as tx:
            return await stored.open_critiques(tx, guild)

    async def heard(self, channels: Collection[ChannelId]) -> dict[ChannelId, MessageId]:
        """Up to which message the channels were heard, as far as is known."""
        async with self.desk.db.read() as tx:
            return await stored.heard_in(tx, channels)

    async def typed(self, guild: GuildId) -> dict[ChannelId, list[MessageId]]:
        """Where additions and arguments were typed lately, in order: messages that may be edited or gone since."""
        since = self.desk.clock() - _EDITED_WITHIN
        async with self.desk.db.read() as tx:
            found = await stored_additions.typed_since(tx, guild, since)
            argued = await stored_arguments.typed_since(tx, guild, since)
        for where, message in argued:
            found[where] = sorted({*found.get(where, ()), message})
        return found

    async def close(
        self, guild: GuildId, turn: int, votes: Iterable[Event] = (), said: Iterable[LobbyEvent] = ()
    ) -> bool:
        """Lets in what was read, and then what waited. False where the server was lost again: it is read once more."""
        read = [*((self.votes, event) for event in votes), *((self.lobby, event) for event in said)]
        return self.gate.open(guild, turn, read)

    def read_anew(self, guild: GuildId) -> None:
        """The server is read as after a gap: something was ignored until now."""
        self.lost(lambda each: each == guild)
        self.gate.want(guild)

    async def finish(self, guild: GuildId, heard: Mapping[ChannelId, MessageId], whole: Sequence[PointId]) -> None:
        """What was read is stored, and so is that it was read; points not read `whole` have their turn soon."""
        await self.settled()
        async with self.desk.db.write() as tx:
            await stored.save_heard(tx, heard)
            await stored.forget_audits(tx, guild)
            await stored.save_audited(tx, whole, self.desk.clock())
            await stored.save_reconciled(tx, guild, self.desk.clock())
            await stored_revisions.end_clearings(tx, guild)

    async def gone(self, channels: Collection[ChannelId]) -> None:
        """The channels are there no more."""
        await losses.record(self.desk, [channel(which) for which in channels])

    def read_whole(self, which: PointId) -> None:
        """Members may have voted on the point before the bot knew of it: it is read whole before all others."""
        self._unheard[which] = None
        self._told.set()

    async def next_audit(self, every: float) -> None:
        """Returns when a point is to be read whole: at once where one was not heard, else in `every` seconds."""
        self._told.clear()
        if not self._unheard:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._told.wait(), every)

    async def audit(self, guilds: Collection[GuildId]) -> tuple[Standing, int] | None:
        """The point whose turn it is to be read whole, its server's events waiting from now on; and the reading's turn.

        None where none is due, or its server is being read.
        """
        async with self.desk.db.read() as tx:
            due = await self._due(tx, guilds)
        turn = None if due is None else self.gate.hold(due.votable.guild)
        return None if due is None or turn is None else (due, turn)

    async def _due(self, tx: Tx, guilds: Collection[GuildId]) -> Standing | None:
        for which in list(self._unheard):
            due = await stored.standing(tx, which)
            if due is None:  # it takes no votes any more
                del self._unheard[which]
            elif due.votable.guild in guilds:
                return due
        return await stored.to_audit(tx, guilds, self.desk.clock() - self.desk.pace.audit_again)

    def was_read(self, which: PointId) -> None:
        """What members did under the point's message is known."""
        self._unheard.pop(which, None)

    async def audited(self, which: PointId) -> None:
        """The point has had its turn."""
        async with self.desk.db.write() as tx:
            await stored.save_audited(tx, [which], self.desk.clock())
            await stored_revisions.end_clearing(tx, which)


async def drift(desk: Desk, guild: GuildId) -> tuple[int, datetime | None]:
    """How many votes readings have changed on the server in all, and when it was last read after a gap."""
    async with desk.db.read() as tx:
        return await stored.drift(tx, guild)
