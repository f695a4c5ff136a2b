"""The claim desk: what may be an addition is asked about where it was typed, and its author or a moderator says.

1. A message is asked about once, however often it is read, and an author once in ten minutes; the reply goes once all
   is said, the message is gone, or after an hour.
2. What is chosen is recorded with the choice in one transaction; pressing again changes nothing.
3. Words that the phases refuse are not asked about: their author is told why, as with any addition.
"""

from collections.abc import Sequence

from bot.core import deliveries as owed
from bot.core import points
from bot.core.acts import Act, Actor, allowed
from bot.core.additions import Heard
from bot.core.arguments import TypedArgument
from bot.core.claims import TOLD_EVERY, Choice, Claim
from bot.core.critiques import Critique
from bot.core.ids import ClaimId, CritiqueId, MessageId, PointId
from bot.core.messages import Addition, Reading
from bot.core.moderation import Decision, Reason, Verdict
from bot.core.moderation.likeness import likeliest
from bot.core.points import Point
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices
from bot.services import arguments, claims, moderation, mutes
from bot.services.critiques import check_open
from bot.services.desk import Desk
from bot.storage import claims as stored
from bot.storage import critiques as stored_critiques
from bot.storage import deliveries as stored_deliveries
from bot.storage import points as stored_points
from bot.storage.database import Tx

ASKED = 0.5
"""How sure a reading must be that something is an addition for its author to be asked."""
_SAME = 75.0  # in 100, of the words of a point


async def ask(desk: Desk, tx: Tx, heard: Heard, critique: Critique, found: Reading) -> None:
    """Asks what the message's first unclear addition is, if there is one and its author was not asked a moment ago."""
    unclear = [each for each in found.additions if each not in found.recorded and each.sure >= ASKED]
    if not unclear or await stored.asked_since(tx, heard.author, desk.clock() - TOLD_EVERY):
        return
    addition = unclear[0]
    words = await moderation.judge_words(
        tx, critique, heard.author, addition.text, joined_at=heard.joined_at, at=heard.at
    )
    if words.refuses:
        return
    await claims.keep(
        desk,
        tx,
        critique,
        heard.author,
        addition.text,
        Verdict(Decision.REFUSE, Reason.UNCLEAR, point=await _like(tx, critique, heard, addition)),
        written=addition.written,
        typed=heard,
        answers=await _answered(tx, critique, heard, found),
    )


async def _like(tx: Tx, critique: Critique, heard: Heard, addition: Addition) -> PointId | None:
    """The point that the addition may say again."""
    said = likeliest(addition.text, await stored_points.said_in(tx, critique.id, heard.author), 1, at_least=_SAME)
    return said[0].id if said else None


async def _answered(tx: Tx, critique: Critique, heard: Heard, found: Reading) -> PointId | None:
    """The point that the message may answer: the one in whose thread it stands, else the first that it names."""
    under = await stored_points.by_thread(tx, heard.channel)
    if under is not None:
        return under.id
    labels = [label for each in found.references for label in each.points]
    known = points.labelled(await stored_points.of_critique(tx, critique.id), labels[:1])
    return known[0].id if known and not known[0].is_gone else None


async def choose(
    desk: Desk, actor: Actor, choices: Choices, which: ClaimId, choice: Choice
) -> tuple[Claim, Critique, Point | None]:
    """Says what the claim is; gives it back with its critique, and the point it is recorded as. Raises Refusal."""
    async with desk.db.write() as tx:
        claim, critique = await _known(tx, which)
        own = claim.author == actor.id
        if critique.guild != actor.guild or not allowed(actor, Act.ADD_MESSAGE, choices.moderator_roles, own=own):
            raise Refusal(Code.NOT_YOURS)
        if choice not in claim.chosen:
            check_open(critique, Act.ADD_MESSAGE)
            await mutes.check(desk, tx, actor)
            if not claim.is_open(desk.clock()) or choice not in claim.offers:
                raise Refusal(Code.CLAIM_GONE)
            if choice is Choice.RECORD:
                await claims.record(desk, tx, actor, critique, claim, by_author=own)
            if choice is Choice.ANSWERS:
                await _argue(desk, tx, critique, claim)
            await stored.save_chosen(tx, which, {*claim.chosen, choice})
        claim, critique = await _known(tx, which)
        if not claim.offers:
            await _clear(desk, tx, critique, claim)
        point = None if claim.point is None else await stored_points.point(tx, claim.point)
        return claim, critique, point


async def _argue(desk: Desk, tx: Tx, critique: Critique, claim: Claim) -> None:
    """Files what was said as an argument about the point that it answers; whoever wrote it is asked for its side."""
    if claim.answers is None or claim.message is None or claim.channel is None:
        raise ValueError("what answers nothing is no argument")
    point = await stored_points.point(tx, claim.answers)
    heard = Heard(critique.guild, claim.channel, None, claim.message, claim.author, claim.text, claim.at)
    await arguments.hear(desk, tx, heard, critique, [TypedArgument((point.label,), None, claim.text)])


async def retype(desk: Desk, tx: Tx, message: MessageId, found: Reading) -> None:
    """The message says something else now: the claim says that, or goes where nothing is unclear in it any more."""
    for claim in await stored.unclear_of(tx, [message]):
        if claim.point is not None or not claim.is_open(desk.clock()):
            continue
        unclear = [each for each in found.additions if each.sure >= ASKED]
        if unclear:
            await stored.save_text(tx, claim.id, unclear[0].text)
        else:
            await _withdraw(desk, tx, claim)


async def drop(desk: Desk, tx: Tx, messages: Sequence[MessageId]) -> None:
    """The messages are gone, and with them what was asked about them."""
    for claim in await stored.unclear_of(tx, messages):
        await _withdraw(desk, tx, claim)


async def _withdraw(desk: Desk, tx: Tx, claim: Claim) -> None:
    await stored.save_chosen(tx, claim.id, {*claim.chosen, Choice.NOTHING})
    await _clear(desk, tx, await stored_critiques.critique(tx, claim.critique), claim)


async def _clear(desk: Desk, tx: Tx, critique: Critique, claim: Claim) -> None:
    if claim.message is not None and claim.channel is not None:
        clear = owed.clear_claim(critique.guild, claim.id, claim.message, claim.channel)
        await stored_deliveries.owe_now(tx, clear, desk.clock())


async def _known(tx: Tx, which: ClaimId) -> tuple[Claim, Critique]:
    claim = await stored.find(tx, which)
    if claim is None or not claim.is_unclear:
        raise Refusal(Code.CLAIM_GONE)
    return claim, await stored_critiques.critique(tx, claim.critique)


async def of_critique(desk: Desk, which: CritiqueId) -> list[Claim]:
    """What was asked about in the critique, and what was chosen."""
    async with desk.db.read() as tx:
        return await stored.unclear_in(tx, which)
