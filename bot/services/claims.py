"""What was not recorded: kept for its author, told quietly where it was typed, recorded after all where they insist.

1. A claim of a message is made once, whoever reads the message again.
2. What is told in a channel is told in a reply that goes after an hour, or once it is answered.
3. Insisting twice, or in two places, records one point.
"""

from bot.core import deliveries as owed
from bot.core.acts import Act, Actor
from bot.core.additions import Heard
from bot.core.claims import KEPT, OPEN_FOR, TOLD_EVERY, Asked, Claim
from bot.core.critiques import Critique
from bot.core.ids import ClaimId, MemberId, PointId
from bot.core.moderation import ALLOWED, Reason, Verdict
from bot.core.points import Point
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices
from bot.services import additions, moderation, mutes
from bot.services.critiques import check, check_open
from bot.services.desk import Desk
from bot.storage import claims as stored
from bot.storage import critiques as stored_critiques
from bot.storage import deliveries as stored_deliveries
from bot.storage import points as stored_points
from bot.storage.database import Tx


def refusal(verdict: Verdict) -> Refusal:
    """What whoever sent a form is told."""
    return Refusal(Code.NOT_TAKEN, reason=str(verdict.reason), label=verdict.label, limit=verdict.limit)


async def keep(
    desk: Desk,
    tx: Tx,
    critique: Critique,
    author: MemberId,
    text: str,
    verdict: Verdict,
    *,
    written: int | None,
    title: str = "",
    typed: Heard | None = None,
    ordinal: int = 0,
    is_told: bool = False,
    answers: PointId | None = None,
) -> Claim:
    """Keeps what was refused.

    `typed` is the message it stands in; its author is told in a reply, unless they are told another way (`is_told`).
    """
    if verdict.reason is None:
        raise ValueError("what is allowed is no claim")
    now = desk.clock()
    await stored.drop_before(tx, now - KEPT)
    told = verdict.reason is not Reason.UNCLEAR and await stored.told_since(
        tx, author, verdict.reason, verdict.point, now - TOLD_EVERY
    )
    claim = Claim(
        id=ClaimId(0),
        critique=critique.id,
        author=author,
        text=text,
        written=written,
        reason=verdict.reason,
        at=now,
        title=title,
        like=verdict.point,
        label=verdict.label,
        limit=verdict.limit,
        channel=None if typed is None else typed.channel,
        message=None if typed is None else typed.message,
        ordinal=ordinal,
        answered=is_told or not told,
        answers=answers,
    )
    which = await stored.save(tx, claim)
    if typed is not None and claim.answered and not is_told:
        tell = owed.tell_claim(critique.guild, which, typed.message, typed.channel)
        await stored_deliveries.owe(tx, tell, now)
        clear = owed.clear_claim(critique.guild, which, typed.message, typed.channel)
        await stored_deliveries.owe(tx, clear, now + OPEN_FOR)
    return await _known(tx, which)


async def insist(desk: Desk, actor: Actor, choices: Choices, which: ClaimId) -> tuple[Critique, Point]:
    """Records what the actor wanted to add, though it resembles a point. Raises Refusal."""
    check(actor, Act.ADD_POINT, choices)
    async with desk.db.write() as tx:
        claim = await _known(tx, which)
        critique = await stored_critiques.critique(tx, claim.critique)
        if critique.guild != actor.guild or claim.author != actor.id:
            raise Refusal(Code.NOT_YOURS)
        if claim.point is not None:
            return critique, await stored_points.point(tx, claim.point)
        check_open(critique, Act.ADD_POINT)
        await mutes.check(desk, tx, actor)
        if claim.is_unclear or not claim.is_open(desk.clock()):
            raise Refusal(Code.CLAIM_GONE)
        return critique, await record(desk, tx, actor, critique, claim)


async def record(
    desk: Desk, tx: Tx, actor: Actor, critique: Critique, claim: Claim, *, by_author: bool = True
) -> Point:
    """Records the claim in its author's name; a moderator who does so has seen it. Raises Refusal."""
    now = desk.clock()
    verdict = ALLOWED
    if by_author:
        verdict = await moderation.judge(
            tx, critique, claim.author, claim.text, joined_at=actor.joined_at, at=now, insists=True
        )
    if verdict.refuses:
        raise refusal(verdict)
    point = await additions.record(
        desk,
        tx,
        critique,
        claim.author,
        claim.text,
        at=now,
        claimed=claim.written,
        title=claim.title,
        held_for=verdict.held_for,
    )
    await stored.save_point(tx, claim.id, point.id)
    if claim.message is not None and claim.channel is not None:
        heard = Heard(critique.guild, claim.channel, None, claim.message, claim.author, claim.text, claim.at)
        if claim.is_post:
            await stored_points.save_adopted(tx, point.id, claim.channel)
            await additions.save_source(tx, heard, point, cut=False)
        else:
            await additions.typed_in(desk, tx, heard, point, claim.ordinal, told=True)
        if not claim.is_unclear:
            clear = owed.clear_claim(critique.guild, claim.id, claim.message, claim.channel)
            await stored_deliveries.owe_now(tx, clear, now)
    return point


async def read(desk: Desk, which: ClaimId) -> Asked:
    """The claim and what it is about. Raises Refusal."""
    async with desk.db.read() as tx:
        claim = await _known(tx, which)
        like = None if claim.like is None else await stored_points.point(tx, claim.like)
        answers = None if claim.answers is None else await stored_points.point(tx, claim.answers)
        return Asked(claim, await stored_critiques.critique(tx, claim.critique), like, answers)


async def _known(tx: Tx, which: ClaimId) -> Claim:
    claim = await stored.find(tx, which)
    if claim is None:
        raise Refusal(Code.CLAIM_GONE)
    return claim
