"""Discarding a critique that was opened by mistake: while nobody has voted, added or written.

It owes Discord what showing it would: of a discarded critique nothing is to be shown, so that whoever carries that
out takes away what stands, and posts none of what waited.
"""

from bot.core import deliveries as owed
from bot.core.acts import Act, Actor
from bot.core.critiques import CritiqueStatus, HomeKind
from bot.core.ids import CritiqueId, GuildId
from bot.core.overviews import Overview
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices
from bot.services.critiques import check
from bot.services.desk import Desk
from bot.storage import ballots as stored_ballots
from bot.storage import critiques as stored
from bot.storage import deliveries as stored_deliveries
from bot.storage import overviews as stored_overviews
from bot.storage import points as stored_points
from bot.storage.database import Tx


async def find(desk: Desk, guild: GuildId, asked: str, *, limit: int) -> list[Overview]:
    """The server's critiques, closed ones too, whose title holds what was asked or whose id it is; newest first."""
    async with desk.db.read() as tx:
        known = [one for status in _STANDING for one in await stored.of_server(tx, guild, status)]
        wanted = asked.casefold().strip()
        named = [one for one in known if str(one.id) == wanted]
        meant = named or [one for one in known if wanted in one.title.casefold()]
        return [await stored_overviews.overview(tx, one.id) for one in meant[:limit]]


async def ask(desk: Desk, actor: Actor, choices: Choices, which: CritiqueId) -> Overview:
    """The critique that could be discarded now. Raises Refusal where it could not, and says what stands in the way."""
    check(actor, Act.DISCARD_CRITIQUE, choices)
    async with desk.db.read() as tx:
        return await _discardable(tx, actor, which)


async def discard(desk: Desk, actor: Actor, choices: Choices, which: CritiqueId) -> Overview:
    """Discards the critique, once, and gives back what it was. Raises Refusal."""
    check(actor, Act.DISCARD_CRITIQUE, choices)
    now = desk.clock()
    async with desk.db.write() as tx:
        found = await _discardable(tx, actor, which)
        critique = found.critique
        await stored.save_status(tx, which, CritiqueStatus.DISCARDED)
        for point in await stored_points.of_critique(tx, which):
            await stored_deliveries.owe(tx, owed.show_point(critique.guild, point.id, critique.home), now)
        if critique.home_kind is HomeKind.FORUM:
            await stored_deliveries.owe(tx, owed.show_lobby(critique.guild, which, critique.home), now)
        await stored_deliveries.owe(tx, owed.show_digest(critique.guild, which), now)
    return found


_STANDING = (CritiqueStatus.OPEN, CritiqueStatus.CLOSED)


async def _discardable(tx: Tx, actor: Actor, which: CritiqueId) -> Overview:
    critique = await stored.find(tx, actor.guild, which)
    if critique is None or critique.status not in _STANDING:
        raise Refusal(Code.STATE_CHANGED)
    found = await stored_overviews.overview(tx, which)
    if not found.untouched:
        raise Refusal(
            Code.NOT_UNTOUCHED,
            title=critique.title,
            voters=found.voters,
            additions=found.additions + found.unlisted,
            replies=found.replies,
            arguments=found.arguments,
        )
    if await stored_ballots.any_in(tx, which):  # they must not be lost; that there are some is all that this tells
        raise Refusal(Code.VOTED_IN_PRIVATE, title=critique.title)
    return found
