"""Deliveries as whoever carries them out sees them: which are due, what they are about, what became of them."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.arguments import Argument, Panel, panel
from bot.core.cases import Case
from bot.core.claims import Asked
from bot.core.critiques import Critique
from bot.core.deliveries import MOST_TRIES, Delivery, Kind, Outcome, Owed, pause
from bot.core.digests import Digest
from bot.core.follows import Bulletin, Follower
from bot.core.ids import (
    ArgumentId,
    CaseId,
    ChannelId,
    ClaimId,
    CritiqueId,
    GuildId,
    MemberId,
    MessageId,
    PointId,
    ReportId,
)
from bot.core.losses import Loss
from bot.core.moderation import Standing
from bot.core.notices import Cause, Notice
from bot.core.pages import Page
from bot.core.points import Point
from bot.core.references import Reference
from bot.core.reminders import Reminder
from bot.core.reports import Report
from bot.core.revisions import Clearing
from bot.core.sittings import Key
from bot.services import (
    arguments,
    cases,
    claims,
    digests,
    failures,
    follows,
    losses,
    moves,
    privacy,
    queue,
    reminders,
    reports,
    slowmode,
    votes,
)
from bot.services.desk import Desk
from bot.storage import arguments as stored_arguments
from bot.storage import critiques as stored_critiques
from bot.storage import deliveries as stored
from bot.storage import losses as stored_losses
from bot.storage import notices as stored_notices
from bot.storage import officials as stored_officials
from bot.storage import pages as stored_pages
from bot.storage import points as stored_points
from bot.storage import references as stored_references
from bot.storage import revisions as stored_revisions
from bot.storage import servers as stored_servers

_KEPT = timedelta(days=7)


def everywhere_known(_guild: GuildId) -> bool:
    """Whether a server is known up to now, where nothing waits to be read."""
    return True


async def nothing_is_heard() -> None:
    """Waits for the votes that were heard, where all are recorded as they come."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The books of the carrier.

    `read_whole` is told of points whose votes nobody may have heard, `read_anew` of servers on which nobody may have
    heard what was said; `is_known`: a server is read up to now; `caught_up` returns when the votes that were heard
    before are recorded.
    """

    desk: Desk
    read_whole: Callable[[PointId], None]
    read_anew: Callable[[GuildId], None]
    is_known: Callable[[GuildId], bool] = everywhere_known
    caught_up: Callable[[], Awaitable[None]] = nothing_is_heard

    async def due(self, busy: Collection[ChannelId]) -> list[Delivery]:
        """The delivery whose turn it is in each lane that is not `busy`; none while nothing can be stored."""
        if self.desk.db.ailment is not None:
            return []
        async with self.desk.db.read() as tx:
            return await stored.due(tx, self.desk.clock(), busy)

    def listen(self) -> None:
        """From now on `changed` hears of commits."""
        self.desk.db.committed.clear()

    async def changed(self) -> None:
        """Returns when something may have been owed since `listen`."""
        await self.desk.db.committed.wait()

    async def pause(self, busy: Collection[ChannelId]) -> timedelta | None:
        """How long until the next delivery in a lane that is not `busy` is due; None where none waits, or can."""
        if self.desk.db.ailment is not None:
            return None
        async with self.desk.db.read() as tx:
            due = await stored.next_due(tx, busy)
        return None if due is None else max(due - self.desk.clock(), timedelta())

    async def waiting(self) -> int:
        """How many deliveries wait."""
        async with self.desk.db.read() as tx:
            return await stored.waiting(tx)

    async def begin(self, delivery: Delivery) -> None:
        """Says that a first request is about to be made."""
        if delivery.begun_at is None:
            async with self.desk.db.write() as tx:
                await stored.begin(tx, delivery.id, self.desk.clock())

    async def searched(self, delivery: Delivery) -> None:
        """Nothing is left of its earlier tries: what may be made from now on is looked for from now on."""
        async with self.desk.db.write() as tx:
            await stored.begin_anew(tx, delivery.id, self.desk.clock())

    async def done(self, delivery: Delivery) -> None:
        """It is carried out."""
        now = self.desk.clock()
        async with self.desk.db.write() as tx:
            is_digest = delivery.owed.kind is Kind.SHOW_DIGEST
            if is_digest and delivery.owed.critique is not None:
                await stored_critiques.save_digest_edited(tx, delivery.owed.critique, now)
            if not await stored.end(tx, delivery, now):
                rest = self.desk.pace.digest_every if is_digest else timedelta()
                await stored.put_off(tx, delivery.id, now + rest)
            await stored.drop_ended(tx, now - _KEPT)
            await failures.passed(tx, delivery, now)

    async def failed(self, delivery: Delivery, fault: str, *, final: bool, forbidden: bool = False) -> Outcome:
        """It could not be carried out. Tried again later, unless that is `final`.

        A *once* is given up after some tries; a *latest* is owed for as long as its fault may pass. One that was
        renewed meanwhile is not given up: what it shows now may succeed.
        """
        now = self.desk.clock()
        async with self.desk.db.write() as tx:
            hopeless = final or (not delivery.owed.kind.latest and delivery.attempts + 1 >= MOST_TRIES)
            if hopeless and await stored.end(tx, delivery, now, fault):
                await failures.tell(self.desk, tx, delivery, Cause.GIVEN_UP, fault)
                return Outcome.GIVEN_UP
            await stored.save_failure(tx, delivery.id, now, now + self._pause(delivery))
            if forbidden and delivery.is_barred:
                told = await failures.tell(self.desk, tx, delivery, Cause.FORBIDDEN, fault)
                return Outcome.FORBIDDEN if told else Outcome.AGAIN
            if delivery.is_stuck(now) and await failures.tell(self.desk, tx, delivery, Cause.STUCK, fault):
                return Outcome.STUCK
        return Outcome.AGAIN

    async def lost(self, delivery: Delivery, loss: Loss | None) -> None:
        """What it is about is gone, by whoever's hand: it ends, and that is no fault."""
        now = self.desk.clock()
        async with self.desk.db.write() as tx:
            if loss is not None:
                await losses.noticed(self.desk, tx, [loss])
            if not await stored.end(tx, delivery, now):
                await stored.put_off(tx, delivery.id, now + self._pause(delivery))

    def _pause(self, delivery: Delivery) -> timedelta:
        return pause(delivery.owed.key, delivery.attempts, self.desk.pace.try_again)

    async def gone(self, *which: Loss) -> bool:
        """Whether any of them is known to be gone."""
        async with self.desk.db.read() as tx:
            return await stored_losses.any_known(tx, which)

    async def wait(self, delivery: Delivery, by: timedelta) -> None:
        """Discord asks to wait for so long before it is tried again."""
        async with self.desk.db.write() as tx:
            await stored.put_off(tx, delivery.id, self.desk.clock() + by)

    async def put_off(self, delivery: Delivery, by: timedelta | None) -> None:
        """Its turn has not come: it is looked at again after `by`, or soon, as if this time had not been."""
        due_at = self.desk.clock() + (self.desk.pace.look_again if by is None else by)
        async with self.desk.db.write() as tx:
            await stored.put_off(tx, delivery.id, due_at)
            if delivery.begun_at is None:
                await stored.unbegin(tx, delivery.id)

    async def point(self, which: PointId) -> tuple[Point, Critique]:
        """A point and its critique."""
        async with self.desk.db.read() as tx:
            point = await stored_points.point(tx, which)
            return point, await stored_critiques.critique(tx, point.critique)

    async def critique(self, which: CritiqueId) -> Critique:
        """A critique."""
        async with self.desk.db.read() as tx:
            return await stored_critiques.critique(tx, which)

    async def on_its_way(self, what: Owed) -> bool:
        """Whether a delivery is still to be carried out, and has not failed yet."""
        async with self.desk.db.read() as tx:
            return await stored.on_its_way(tx, what)

    async def is_owed(self, what: Owed) -> bool:
        """Whether a delivery is still to be carried out, however often it has failed."""
        async with self.desk.db.read() as tx:
            return await stored.is_owed(tx, what)

    async def digest(self, critique: CritiqueId) -> Digest:
        """The running digest as of now."""
        return await digests.read(self.desk, critique)

    async def unposted(self, critique: CritiqueId) -> int:
        """How many points have no thread yet, and are still to get one."""
        async with self.desk.db.read() as tx:
            return await stored.unposted(tx, critique)

    async def superseded(self, delivery: Delivery) -> bool:
        """Whether the delivery's member still holds its emoji under a later one, by all that was heard up to now."""
        await self.caught_up()
        key, side = await self._voter(delivery), delivery.owed.side
        return key is not None and side in await votes.superseded(self.desk, key)

    async def to_tell(self, delivery: Delivery) -> tuple[Follower, list[Bulletin]] | None:
        """The follower that the delivery tells, and what; None where they follow nothing any more."""
        owed = delivery.owed
        return None if owed.member is None else await follows.to_tell(self.desk, owed.guild, owed.member)

    async def rest_before_telling(self, whom: Follower) -> timedelta | None:
        """For how long they may not be told; None where they may be now."""
        return await follows.rest(self.desk, whom)

    async def save_opened(self, whom: Follower, channel: ChannelId) -> None:
        """The direct message with them is this one."""
        await follows.save_opened(self.desk, whom, channel)

    async def save_follower_told(self, whom: Follower) -> None:
        """They were told."""
        await follows.save_told(self.desk, whom)

    async def save_follower_closed(self, whom: Follower) -> None:
        """They take no direct messages."""
        await follows.save_closed(self.desk, whom)

    async def save_taken_away(self, delivery: Delivery) -> None:
        """The delivery's member no longer holds that emoji."""
        key, side = await self._voter(delivery), delivery.owed.side
        if key is not None and side is not None:
            await votes.save_taken_away(self.desk, key, side)

    async def _voter(self, delivery: Delivery) -> Key | None:
        owed = delivery.owed
        if owed.point is None or owed.member is None:
            return None
        point, _ = await self.point(owed.point)
        return Key(point.id, point.revision, owed.member)

    async def pages(self, target: str) -> list[Page]:
        """The pages that stand in Discord for a target."""
        async with self.desk.db.read() as tx:
            return await stored_pages.of_target(tx, target)

    async def stands(self, message: MessageId) -> bool:
        """Whether the message is known as a page of something."""
        async with self.desk.db.read() as tx:
            return await stored_pages.stands(tx, message)

    async def save_page(self, target: str, page: Page) -> None:
        """A page stands in Discord."""
        async with self.desk.db.write() as tx:
            await stored_pages.save(tx, target, page)

    async def drop_pages(self, target: str, number: int) -> None:
        """The pages from `number` on are gone."""
        async with self.desk.db.write() as tx:
            await stored_pages.drop_from(tx, target, number)

    async def save_first_message(self, which: PointId, target: str, page: Page, *, new: bool) -> None:
        """The point's first message stands in Discord: from now on its reactions are votes.

        Under one that is not `new` members may have voted before: while the bot was down, with a kill between.
        """
        async with self.desk.db.write() as tx:
            await stored_points.save_message(tx, which, MessageId(page.message))
            await stored_pages.save(tx, target, page)
        if not new:
            self.read_whole(which)

    async def save_thread(self, which: PointId, thread: ChannelId) -> None:
        """The point's thread stands in Discord, and the digest can lead there."""
        async with self.desk.db.write() as tx:
            await stored_points.save_thread(tx, which, thread)
            await slowmode.owe(self.desk, tx, await stored_points.point(tx, which))
            await moves.owe_way(self.desk, tx, which)
            await digests.owe(self.desk, tx, (await stored_points.point(tx, which)).critique)

    async def save_lobby(self, which: CritiqueId, target: str, page: Page) -> None:
        """The post "Add to this list" stands in Discord: the digest may stand in it."""
        async with self.desk.db.write() as tx:
            await stored_critiques.save_lobby(tx, which, page.channel)
            await stored_pages.save(tx, target, page)
            await digests.owe(self.desk, tx, which)

    async def save_asleep(self, which: PointId) -> None:
        """The point's post sleeps, and is left asleep."""
        async with self.desk.db.write() as tx:
            if await stored_points.save_asleep(tx, which, asleep=True):
                await digests.owe(self.desk, tx, (await stored_points.point(tx, which)).critique)

    async def save_woken(self, which: PointId, at: datetime) -> None:
        """The point's post is active again, by Discord's clock since then."""
        async with self.desk.db.write() as tx:
            await stored_points.save_woken(tx, which, at)
            if await stored_points.save_asleep(tx, which, asleep=False):
                await digests.owe(self.desk, tx, (await stored_points.point(tx, which)).critique)

    async def save_seeded(self, which: PointId, delivery: Delivery) -> None:
        """Both vote emoji stand under the point's message, unless the delivery was renewed meanwhile."""
        async with self.desk.db.write() as tx:
            if await stored.is_current(tx, delivery):
                await stored_points.save_seeded(tx, which, seeded=True)

    async def clearing(self, which: PointId) -> Clearing:
        """How far the bot is with clearing the reactions of the point's earlier revision."""
        async with self.desk.db.read() as tx:
            return await stored_revisions.clearing(tx, which)

    async def save_cleared(self, which: PointId, *, asked: bool) -> None:
        """Nothing of an earlier revision stands under the point's message; `asked`: since it was cleared just now.

        Who reacted before that was heard is read, once it is.
        """
        async with self.desk.db.write() as tx:
            heard = await stored_revisions.clearing(tx, which) is Clearing.HEARD
            state = Clearing.NONE if heard or not asked else Clearing.ANSWERED
            await stored_revisions.save_clearing(tx, which, state)
        if not asked:
            self.read_whole(which)

    async def official_message(self, which: PointId) -> MessageId | None:
        """Where the official answer to the point stands."""
        async with self.desk.db.read() as tx:
            return await stored_officials.message(tx, which)

    async def save_official_message(self, which: PointId, message: MessageId | None) -> None:
        """It stands there, or nowhere; the digest leads there."""
        async with self.desk.db.write() as tx:
            await stored_officials.save_message(tx, which, message)
            await digests.owe(self.desk, tx, (await stored_points.point(tx, which)).critique)

    async def reactions(self, guild: GuildId) -> tuple[ChannelId | None, ChannelId | None]:
        """Where only the vote emoji are to be allowed, and where the bot has taken Add Reactions from everyone."""
        async with self.desk.db.read() as tx:
            choices = await stored_servers.choices(tx, guild)
            return choices.vote_emoji_only_in, await stored_servers.reactions_held_in(tx, guild)

    async def save_reactions_held_in(self, guild: GuildId, channel: ChannelId | None) -> None:
        """The bot takes Add Reactions from everyone in this channel, and in no other."""
        async with self.desk.db.write() as tx:
            await stored_servers.save_reactions_held_in(tx, guild, channel)

    async def notices(self, guild: GuildId) -> tuple[ChannelId | None, list[Notice]]:
        """The moderators' channel, and what they have not been told yet, oldest first."""
        async with self.desk.db.read() as tx:
            choices = await stored_servers.choices(tx, guild)
            return choices.moderators_channel, await stored_notices.untold(tx, guild)

    async def save_told(self, told: Sequence[Notice], page: Page | None) -> None:
        """They stand in the message of `page`; None: there is nowhere to tell them."""
        async with self.desk.db.write() as tx:
            await stored_notices.save_told(tx, [notice.id for notice in told], self.desk.clock())
            if page is not None:
                await stored_pages.save(tx, f"notice:{told[0].id}", page)

    async def case(self, which: CaseId) -> Case:
        """A case."""
        return await cases.case(self.desk, which)

    async def report(self, which: ReportId) -> tuple[Report, Point | None, Critique | None] | None:
        """What was reported, with what it is about; None where it is forgotten."""
        return await reports.shown(self.desk, which)

    async def save_case_told(self, which: CaseId) -> None:
        """Whoever a case concerns has been told."""
        await cases.save_told(self.desk, which)

    async def references(self, point: PointId, batch: int) -> list[Reference]:
        """What a batch of references to a point tells of."""
        async with self.desk.db.read() as tx:
            return await stored_references.of_batch(tx, point, batch)

    async def claim(self, which: ClaimId) -> Asked:
        """What was not recorded, and what it is about."""
        return await claims.read(self.desk, which)

    async def standing(self, point: Point, critique: Critique) -> Standing | None:
        """What the point's author has added so far; None where nobody has written it here."""
        async with self.desk.db.read() as tx:
            return await queue.standing(self.desk, tx, point, critique)

    async def is_opted_out(self, member: MemberId) -> bool:
        """Whether the member wants no votes stored."""
        return await privacy.is_opted_out(self.desk, member)

    async def reminder(self, delivery: Delivery) -> Reminder | None:
        """What moderators are reminded of now; None where nothing is to be said any more."""
        return await reminders.to_tell(self.desk, delivery)

    async def argument(self, which: ArgumentId) -> tuple[Argument, Point, Critique] | None:
        """An argument with what it is about; None where it is forgotten."""
        async with self.desk.db.read() as tx:
            found = await stored_arguments.find(tx, which)
            if found is None:
                return None
            point = await stored_points.point(tx, found.point)
            return found, point, await stored_critiques.critique(tx, point.critique)

    async def argued(self, which: PointId) -> Panel:
        """What is argued about a point."""
        async with self.desk.db.read() as tx:
            return panel(await stored_arguments.of_point(tx, which))

    async def save_argument_shown(self, which: ArgumentId, target: str, page: Page | None) -> None:
        """The bot's message about an argument stands there, or nowhere; panel and digest lead there."""
        async with self.desk.db.write() as tx:
            await stored_arguments.save_shown(tx, which, None if page is None else page.message)
            if page is None:
                await stored_pages.drop_from(tx, target, 0)
            else:
                await stored_pages.save(tx, target, page)
            argument = await stored_arguments.find(tx, which)
            if argument is not None:
                point = await stored_points.point(tx, argument.point)
                critique = await stored_critiques.critique(tx, point.critique)
                await arguments.owe_panel(self.desk, tx, critique, point)
