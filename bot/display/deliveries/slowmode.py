"""How the slow mode of a point's thread is set."""

from bot.core import losses
from bot.display import threads
from bot.display.deliveries.tries import Try, known


async def slow_thread(it: Try) -> None:
    """Brings the thread's slow mode to what is stored; one that is archived is left so."""
    point, critique = await it.ledger.point(known(it.delivery.owed.point))
    if point.thread is None or await it.ledger.gone(losses.channel(point.thread)):
        return
    found = await threads.find(it.client, critique.guild, point.thread)
    if found is None:
        return

    async def slow() -> None:
        await found.thread.edit(slowmode_delay=point.slowmode)

    await threads.awake(it.client, critique.guild, point.thread, slow, back=True)
