"""Opening a critique: a preview first, and nothing posted before a moderator confirms it."""

from collections.abc import Iterator
from datetime import timedelta

from bot.core import deliveries as owed
from bot.core.acts import NEEDS, Act, Actor, Rank, allowed
from bot.core.critiques import Critique, Draft, HomeKind, next_label
from bot.core.ids import ChannelId, CritiqueId, DraftId, GuildId, PointId
from bot.core.outlines import Outline
from bot.core.outlines import read as read_outline
from bot.core.outlines.values import LIMIT
from bot.core.policies import Policy
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices
from bot.core.threads import BUDGET
from bot.services.desk import Desk
from bot.storage import critiques as stored
from bot.storage import deliveries as stored_deliveries
from bot.storage import points as stored_points

_QUICK = 16_384  # bytes or characters that are read in a few milliseconds
MOST_POINTS = 500  # each is an open thread, of which a server has 1,000
# Characters of one point: some 17 messages of prose. More is a wall in its thread, holds up the home while it is
# posted, and is mostly a page that was taken for a point. What is left is made ready in a few milliseconds.
LONGEST_POINT = 30_000
_DRAFT_KEPT = timedelta(days=1)


def check(actor: Actor, act: Act, choices: Choices) -> None:
    """Raises Refusal where `actor` may not do `act`."""
    if allowed(actor, act, choices.moderator_roles):
        return
    if NEEDS[act] is Rank.ADMINISTRATOR:
        raise Refusal(Code.NOT_AN_ADMINISTRATOR)
    raise Refusal(Code.NOT_A_MODERATOR if choices.moderator_roles else Code.NO_MODERATOR_ROLE)


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


async def preview(
    desk: Desk,
    actor: Actor,
    choices: Choices,
    *,
    home: ChannelId,
    kind: HomeKind = HomeKind.TEXT,
    document: bytes | str,
    name: str = "",
    choose: int = 1,
) -> tuple[DraftId, Outline]:
    """Reads the document and keeps its outline as a draft. Raises Refusal, or core's Unreadable."""
    check(actor, Act.OPEN_CRITIQUE, choices)
    if len(document) <= _QUICK:
        outline = read_outline(document, name=name, choose=choose)
    else:
        outline = await desk.compute(read_outline, document, name=name, choose=choose)
    check_size(outline)
    content = document.encode("utf-8", "surrogatepass") if isinstance(document, str) else document
    draft = Draft(
        DraftId(0), actor.guild, home, actor.id, outline, home_kind=kind, document=content, name=name, chosen=choose
    )
    async with desk.db.write() as tx:
        await stored.drop_drafts(tx, desk.clock() - _DRAFT_KEPT)
        saved = await stored.save_draft(tx, draft, desk.clock())
    return saved, outline


async def confirm(desk: Desk, actor: Actor, choices: Choices, draft: DraftId, *, active_threads: int = 0) -> Draft:
    """Opens the critique of a draft, once, and gives the draft back. Raises Refusal.

    A forum's posts must stay active, and fit beside the server's `active_threads`.
    """
    check(actor, Act.OPEN_CRITIQUE, choices)
    now = desk.clock()
    async with desk.db.write() as tx:
        await stored.drop_drafts(tx, now - _DRAFT_KEPT)
        taken = await stored.take_draft(tx, actor.guild, draft)
        if taken is None:
            raise Refusal(Code.DRAFT_GONE)
        check_size(taken.outline)
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
        points = await stored_points.save_originals(tx, critique, taken.outline.points, now)
        for delivery in _posts(taken, critique, points):
            await stored_deliveries.owe(tx, delivery, now)
        await stored_deliveries.owe(tx, owed.show_digest(actor.guild, critique), now)
    return taken


def _check_room(draft: Draft, active_threads: int) -> None:
    if draft.home_kind is HomeKind.FORUM and active_threads + len(draft.outline.points) >= BUDGET:
        count = len(draft.outline.points) + 1  # the post "Add to this list" is one more
        raise Refusal(Code.TOO_MANY_THREADS, count=count, active=active_threads, limit=BUDGET)


def _posts(draft: Draft, critique: CritiqueId, points: list[PointId]) -> Iterator[owed.Owed]:
    """What is to be posted, in order: in a forum the last point first, since that shows the newest post on top."""
    if draft.home_kind is HomeKind.FORUM:
        yield owed.show_lobby(draft.guild, critique, draft.home)
        points = points[::-1]
    for point in points:
        yield owed.show_point(draft.guild, point, draft.home)


async def cancel(desk: Desk, actor: Actor, choices: Choices, draft: DraftId) -> None:
    """Drops a draft. Raises Refusal."""
    check(actor, Act.OPEN_CRITIQUE, choices)
    async with desk.db.write() as tx:
        if await stored.take_draft(tx, actor.guild, draft) is None:
            raise Refusal(Code.DRAFT_GONE)


async def spoken_of(desk: Desk, guild: GuildId, lobby: ChannelId) -> list[Critique]:
    """The open critiques that somebody in `lobby` may mean: those at home there, else all of the server's."""
    async with desk.db.read() as tx:
        return await stored.open_in(tx, lobby) or await stored.open_of(tx, guild)


async def count_open(desk: Desk) -> int:
    """Open critiques on all servers."""
    async with desk.db.read() as tx:
        return await stored.count_open(tx)
