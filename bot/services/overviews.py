"""A server's critiques in figures, for its moderators."""

from bot.core.acts import Act, Actor
from bot.core.ids import CritiqueId
from bot.core.overviews import Overview, OverviewPage
from bot.core.servers import Choices
from bot.services.critiques import check
from bot.services.desk import Desk
from bot.storage import overviews as stored

ON_A_PAGE = 6


async def page(desk: Desk, actor: Actor, choices: Choices, number: int) -> OverviewPage:
    """The page with that number, from 1; the nearest there is where there is none such. Raises Refusal."""
    check(actor, Act.LIST_CRITIQUES, choices)
    async with desk.db.read() as tx:
        pages = max(-(-await stored.count(tx, actor.guild) // ON_A_PAGE), 1)
        number = min(max(number, 1), pages)
        found = await stored.of_server(tx, actor.guild, offset=(number - 1) * ON_A_PAGE, limit=ON_A_PAGE)
    return OverviewPage(tuple(found), number, pages)


async def progress(desk: Desk, which: CritiqueId) -> Overview:
    """How far a critique is, for whoever has opened it just now."""
    async with desk.db.read() as tx:
        return await stored.overview(tx, which)
