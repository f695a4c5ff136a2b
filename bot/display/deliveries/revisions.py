"""How voters are asked again once a point's words have changed."""

from bot.display.deliveries.answers import under
from bot.display.deliveries.tries import Try, known, salt
from bot.display.revisions import asked_again
from bot.display.threads import Post


async def tell_reworded(it: Try) -> None:
    """Says in the point's thread that its words changed."""
    point, critique = await it.ledger.point(known(it.delivery.owed.point))
    if point.is_gone:
        return
    text = asked_again(point, critique)
    what = Post(f"r{point.id}.{point.revision}.{salt(point.created_at)}", content=text, begins=text)
    where = it.channel(critique.guild, it.delivery.owed.lane)

    async def post() -> None:
        await it.post(where, what)

    await under(it, post)
