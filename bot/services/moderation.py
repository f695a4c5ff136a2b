"""An addition before it is recorded: what the phases say of it, given all that is known of its author.

Nothing waits where nobody would be told of it: without a moderators' channel what would be held is allowed.
"""

from dataclasses import replace
from datetime import datetime

from bot.core.acts import Act, Actor
from bot.core.critiques import Critique
from bot.core.ids import MemberId
from bot.core.moderation import ALLOWED, ON_WORDS, Context, Rules, Verdict, examine
from bot.core.servers import Choices
from bot.services.critiques import check
from bot.services.desk import Desk
from bot.storage import members as stored_members
from bot.storage import points as stored_points
from bot.storage import servers as stored_servers
from bot.storage.database import Tx


async def judge(
    tx: Tx,
    critique: Critique,
    author: MemberId,
    text: str,
    *,
    joined_at: datetime | None,
    at: datetime,
    insists: bool = False,
) -> Verdict:
    """What becomes of a text that its author said `at`; `joined_at` is when they joined the server, where known.

    `insists`: they know which point it resembles.
    """
    known = await stored_points.said_in(tx, critique.id, author)
    own = [point for point in known if point.author == author]
    rules = replace(await stored_servers.rules(tx, critique.guild), policy=critique.policy)
    standing = await stored_members.standing(tx, critique.guild, author, joined_at, at)
    verdict = examine(Context(text, standing, at, rules, own, known, insists))
    if verdict.holds and (await stored_servers.choices(tx, critique.guild)).moderators_channel is None:
        return ALLOWED
    return verdict


async def judge_words(
    tx: Tx, critique: Critique, author: MemberId, text: str, *, joined_at: datetime | None, at: datetime
) -> Verdict:
    """What becomes of new words of a point that stands."""
    rules = await stored_servers.rules(tx, critique.guild)
    standing = await stored_members.standing(tx, critique.guild, author, joined_at, at)
    return examine(Context(text, standing, at, rules), ON_WORDS)


async def rules(desk: Desk, actor: Actor, choices: Choices) -> Rules:
    """What the server asks of additions. Raises Refusal."""
    check(actor, Act.SET_UP, choices)
    async with desk.db.read() as tx:
        return await stored_servers.rules(tx, actor.guild)


async def choose(desk: Desk, actor: Actor, choices: Choices, changed: Rules) -> Rules:
    """Changes what the server asks of additions, from now on. Raises Refusal."""
    check(actor, Act.SET_UP, choices)
    async with desk.db.write() as tx:
        await stored_servers.save_rules(tx, actor.guild, changed, desk.clock())
    return changed
