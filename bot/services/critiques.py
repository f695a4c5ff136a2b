"""Opening a critique: a preview first, and nothing posted before a moderator confirms it."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from bot.core import deliveries as owed
from bot.core.acts import TABLE, Act, Actor, Rank, allowed, needed
from bot.core.additions import SAME_WITHIN
from bot.core.critiques import Critique, CritiqueStatus, Draft, HomeKind, next_label
from bot.core.ids import ChannelId, CritiqueId, DraftId, GuildId, PointId
from bot.core.outlines import Outline
from bot.core.outlines.values import LIMIT
from bot.core.overviews import Overview
from bot.core.points import Origin
from bot.core.policies import Policy
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices
from bot.core.threads import BUDGET
from bot.services.desk import Desk
from bot.storage import critiques as stored
from bot.storage import deliveries as stored_deliveries
from bot.storage import drafts as stored_drafts
from bot.storage import overviews as stored_overviews
from bot.storage import points as stored_points
from bot.storage.database import Tx

Sight = Callable[[ChannelId], bool]  # whether somebody sees a channel of the server

MOST_POINTS = 500  # each is an open thread, of which a server has 1,000
# Characters of one point: some 17 messages of prose. More is a wall in its thread, holds up the home while it is
# posted, and is mostly a page that was taken for a point. What is left is made ready in a few milliseconds.
LONGEST_POINT = 30_000
DRAFT_KEPT = timedelta(days=1)


def check(actor: Actor, act: Act, choices: Choices, *, own: bool = False) -> None:
    """Raises Refusal where `actor` may not do `act`, on what is their `own` or on others'."""
    if allowed(actor, act, choices.moderator_roles, own=own):
        return
    least = needed(act, own=own)
    if least is None:
        raise Refusal(Code.YOUR_OWN if own else Code.NOT_YOURS)
    if least is Rank.ADMINISTRATOR:
        raise Refusal(Code.NOT_AN_ADMINISTRATOR)
    raise Refusal(Code.NOT_A_MODERATOR if choices.moderator_roles else Code.NO_MODERATOR_ROLE)


def check_open(critique: Critique, act: Act) -> None:
    """Raises Refusal where the critique is closed, and `act` is not done in closed ones."""
    if critique.status is not CritiqueStatus.OPEN and not TABLE[act].closed:
        raise Refusal(Code.CRITIQUE_CLOSED)


def check_size(outline: Outline) -> None:
    """Raises Refusal where there are more points, or longer ones, than can be posted."""
    if len(outline.points) > MOST_POINTS:
        raise Refusal(Code.TOO_MANY_POINTS, count=len(outline.points), limit=MOST_POINTS)
    for point in outline.points:
        if len(point.text) > LONGEST_POINT:
            raise Refusal(Code.POINT_TOO_LONG, label=point.label, size=len(point.text), limit=LONGEST_POINT)


def check_bytes(size: int) -> None:
    """Raises Refusal where a document is too large, before it is fetched."""
    if size > LIMIT:
        raise Refusal(Code.DOCUMENT_TOO_LARGE, size=size, limit=LIMIT)


async def find_draft(desk: Desk, tx: Tx, actor: Actor, which: DraftId, edition: int | None = None) -> Draft:
    """The draft, which must be of that edition where one is named. Raises Refusal."""
    draft = await stored_drafts.find(tx, actor.guild, which, desk.clock() - DRAFT_KEPT)
    if draft is None:
        raise Refusal(Code.DRAFT_GONE)
    if edition is not None and draft.edition != edition:
        raise Refusal(Code.DRAFT_EDITED)
    return draft


async def confirm(
    desk: Desk, actor: Actor, choices: Choices, draft: DraftId, edition: int, *, active_threads: int = 0
) -> Overview:
    """Opens the critique of a draft, once, and gives it back before any of it is posted. Raises Refusal.

    Whoever saw no answer and has it read and confirmed again within ten minutes is given the one that stands.
    What is posted is what its moderator has seen: that `edition`. A dropped point's label is given to no other. A
    forum's posts must stay active, and fit beside the server's `active_threads`.
    """
    check(actor, Act.OPEN_CRITIQUE, choices)
    now = desk.clock()
    async with desk.db.write() as tx:
        taken = await find_draft(desk, tx, actor, draft, edition)
        await stored_drafts.drop(tx, draft)
        outline = taken.edited
        same = await _same(tx, actor, taken, now - SAME_WITHIN)
        if same is not None:
            return await stored_overviews.overview(tx, same)
        check_size(outline)
        _check_room(taken, active_threads)
        critique = await stored.save_critique(
            tx,
            taken,
            digest_channel=choices.digest_for(taken.home),
            emoji=choices.vote_emoji,
            policy=choices.policy or Policy.OPEN,
            next_label=next_label([point.label for point in taken.outline.points]),
            opened_by=actor.id,
            at=now,
        )
        points = await stored_points.save_originals(tx, critique, outline.points, now)
        for delivery in _posts(taken, critique, points):
            await stored_deliveries.owe(tx, delivery, now)
        await stored_deliveries.owe(tx, owed.show_digest(actor.guild, critique), now)
        return await stored_overviews.overview(tx, critique)


async def _same(tx: Tx, actor: Actor, draft: Draft, since: datetime) -> CritiqueId | None:
    """The very critique that the actor has opened there since then, where it is open."""
    said = [(point.label, point.text) for point in draft.edited.points]
    for critique in await stored.open_in(tx, draft.home):
        if (critique.opened_by, critique.title) == (actor.id, draft.edited.title) and critique.opened_at > since:
            points = await stored_points.of_critique(tx, critique.id)
            if [(point.label, point.text) for point in points if point.origin is Origin.ORIGINAL] == said:
                return critique.id
    return None


def _check_room(draft: Draft, active_threads: int) -> None:
    if draft.home_kind is HomeKind.FORUM and active_threads + len(draft.edited.points) >= BUDGET:
        count = len(draft.edited.points) + 1  # the post "Add to this list" is one more
        raise Refusal(Code.TOO_MANY_THREADS, count=count, active=active_threads, limit=BUDGET)


def _posts(draft: Draft, critique: CritiqueId, points: list[PointId]) -> Iterator[owed.Owed]:
    """What is to be posted, in order: in a forum the last point first, since that shows the newest post on top."""
    if draft.home_kind is HomeKind.FORUM:
        yield owed.show_lobby(draft.guild, critique, draft.home)
        points = points[::-1]
    for point in points:
        yield owed.show_point(draft.guild, point, draft.home)


def everywhere(_channel: ChannelId) -> bool:
    """The sight of somebody who sees every channel."""
    return True


async def spoken_of(desk: Desk, guild: GuildId, lobby: ChannelId, sees: Sight = everywhere) -> list[Critique]:
    """The open critiques that somebody in `lobby` may mean: those at home there, else all of the server's.

    Nobody can mean one whose home they do not see.
    """
    async with desk.db.read() as tx:
        found = await stored.open_in(tx, lobby) or await stored.open_of(tx, guild)
    return [critique for critique in found if sees(critique.home)]


async def count_open(desk: Desk) -> int:
    """Open critiques on all servers."""
    async with desk.db.read() as tx:
        return await stored.count_open(tx)
