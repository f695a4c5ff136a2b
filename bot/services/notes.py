"""Moderators' notes about members, and all that is on record about a member or a point. Members never see notes."""

from bot.core.acts import Act, Actor
from bot.core.ids import MemberId, PointId
from bot.core.notes import Record, page
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices
from bot.services.critiques import check
from bot.services.desk import Desk
from bot.storage import cases as stored_cases
from bot.storage import notes as stored


async def note(desk: Desk, actor: Actor, choices: Choices, member: MemberId, text: str) -> None:
    """Writes a note about the member down. Raises Refusal."""
    check(actor, Act.NOTE_MEMBER, choices, own=member == actor.id)
    if not text.strip():
        raise Refusal(Code.NO_WORDS)
    async with desk.db.write() as tx:
        await stored.save(tx, actor.guild, member, text.strip(), actor.id, desk.clock())


async def of_member(desk: Desk, actor: Actor, choices: Choices, member: MemberId, number: int) -> Record:
    """A page of the cases that concern the member, and of the notes about them. Raises Refusal."""
    check(actor, Act.SEE_HISTORY, choices, own=member == actor.id)
    async with desk.db.read() as tx:
        cases = await stored_cases.about_member(tx, actor.guild, member)
        return page([*cases, *await stored.of_member(tx, actor.guild, member)], number)


async def of_point(desk: Desk, actor: Actor, choices: Choices, which: PointId, number: int) -> Record:
    """A page of the cases about the point. Raises Refusal."""
    check(actor, Act.SEE_HISTORY, choices)
    async with desk.db.read() as tx:
        return page([*await stored_cases.about_point(tx, actor.guild, which)], number)
