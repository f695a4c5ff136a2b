"""How voters are asked again once a point's words have changed: first all is cleared, then they are told.

Whoever voted as soon as they read it would lose their vote to the clearing, the other way round.
"""

from bot.core import deliveries as owed
from bot.display.deliveries.answers import under
from bot.display.deliveries.tries import NotYet, Try, known, salt
from bot.display.revisions import asked_again
from bot.display.threads import Post


async def tell_reworded(it: Try) -> None:
    """Says in the point's thread that its words changed."""
    point, critique = await it.ledger.point(known(it.delivery.owed.point))
    if point.is_gone:
        return
    if not point.seeded and await it.ledger.is_owed(owed.show_point(critique.guild, point.id, critique.home)):
        raise NotYet
    text = asked_again(point, critique)
    what = Post(f"r{point.id}.{point.revision}.{salt(point.created_at)}", content=text, begins=text)
    where = it.channel(critique.guild, it.delivery.owed.lane)

    async def post() -> None:
        await it.post(where, what)

    await under(it, post)
