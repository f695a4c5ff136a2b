"""The messages that show something too long for one: page 0 is the first."""

from sqlalchemy import delete, func, select

from bot.core.ids import ChannelId, MessageId
from bot.core.pages import Page
from bot.storage.database import Tx, insert
from bot.storage.tables import pages


async def of_target(tx: Tx, target: str) -> list[Page]:
    """The pages of a target, in order."""
    query = select(pages).where(pages.c.target == target).order_by(pages.c.page)
    return [
        Page(row.page, ChannelId(row.channel_id), MessageId(row.message_id), row.shown)
        for row in await tx.execute(query)
    ]


async def stands(tx: Tx, message: MessageId) -> bool:
    """Whether the message is a page of any target."""
    query = select(func.count()).select_from(pages).where(pages.c.message_id == message)
    return (await tx.execute(query)).scalar_one() > 0


async def save(tx: Tx, target: str, page: Page) -> None:
    """A page stands in Discord as described."""
    values = {"channel_id": page.channel, "message_id": page.message, "shown": page.shown}
    row = insert(pages).values(target=target, page=page.number, **values)
    await tx.execute(row.on_conflict_do_update(index_elements=["target", "page"], set_=values))


async def drop_from(tx: Tx, target: str, number: int) -> None:
    """Forgets a target's pages from `number` on."""
    await tx.execute(delete(pages).where(pages.c.target == target, pages.c.page >= number))
