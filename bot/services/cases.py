"""Cases: each act of a moderator on record, whoever it concerns told, one appeal, one written answer.

1. A case is written with the act, in one transaction. What the member is told is owed in the same.
2. A member is told by direct message; where that is closed, when they next use the bot on that server.
3. An appeal that is granted undoes the act together with the answer, or neither is done.
"""

from datetime import datetime

from bot.core import deliveries as owed
from bot.core.acts import Act, Actor
from bot.core.cases import Case, CaseAct, Ledger, Why
from bot.core.critiques import Critique
from bot.core.ids import CaseId, CritiqueId, GuildId, MemberId, PointId
from bot.core.points import Point
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices
from bot.services.critiques import check
from bot.services.desk import Desk
from bot.storage import cases as stored
from bot.storage import deliveries as stored_deliveries
from bot.storage import servers as stored_servers
from bot.storage.database import Tx

_SHOWN = 5


async def record(
    desk: Desk, tx: Tx, critique: Critique, actor: Actor, act: CaseAct, why: Why, point: Point | None = None
) -> None:
    """Writes down what a moderator has done, and owes a word to the author of the point where somebody else did it."""
    author = None if point is None else point.author
    told = act.is_told and author is not None and author != actor.id
    case = await stored.save(tx, critique, act, actor.id, why, desk.clock(), point, told=told)
    if told and author is not None:
        await stored_deliveries.owe(tx, owed.tell_case(critique.guild, case, author), desk.clock())


async def record_about(
    desk: Desk,
    tx: Tx,
    actor: Actor,
    act: CaseAct,
    why: Why,
    member: MemberId | None,
    *,
    critique: CritiqueId | None = None,
    point: PointId | None = None,
    votes: int | None = None,
    until: datetime | None = None,
) -> CaseId:
    """The same for what is done to a member, to votes, or to what they said to a `point`, on the server or in one
    critique.
    """
    told = act.is_told and member is not None and member != actor.id
    now = desk.clock()
    case = await stored.save_about(
        tx,
        actor.guild,
        act,
        actor.id,
        why,
        now,
        member=member,
        told=told,
        critique=critique,
        point=point,
        votes=votes,
        until=until,
    )
    if told and member is not None:
        await stored_deliveries.owe(tx, owed.tell_case(actor.guild, case, member), now)
    return case


async def mine(desk: Desk, actor: Actor) -> list[Case]:
    """The newest cases that concern the actor on the server, newest first; from now on all of them count as told."""
    async with desk.db.write() as tx:
        for case in await stored.untold(tx, actor.guild, actor.id):
            await stored.save_told(tx, case.id, desk.clock())
        return await stored.of_member(tx, actor.guild, actor.id, _SHOWN)


async def untold(desk: Desk, guild: GuildId, member: MemberId) -> list[Case]:
    """What a member has not been told, oldest first."""
    async with desk.db.read() as tx:
        return await stored.untold(tx, guild, member)


async def save_told(desk: Desk, which: CaseId) -> None:
    """Whoever the case concerns has been told."""
    async with desk.db.write() as tx:
        await stored.save_told(tx, which, desk.clock())


async def case(desk: Desk, which: CaseId) -> Case:
    """The case. Raises Refusal."""
    async with desk.db.read() as tx:
        return await _known(tx, which)


async def open_to_appeal(desk: Desk, member: MemberId, which: CaseId) -> Case:
    """The case, against which the member may appeal now. Raises Refusal."""
    async with desk.db.read() as tx:
        return await _open_to_appeal(tx, member, which)


async def appeal(desk: Desk, member: MemberId, which: CaseId, text: str) -> Case:
    """Records the member's appeal, once, and shows it to the moderators. Raises Refusal."""
    async with desk.db.write() as tx:
        case = await _open_to_appeal(tx, member, which)
        if not text.strip():
            raise Refusal(Code.NO_WORDS)
        await stored.save_appeal(tx, which, text.strip(), desk.clock())
        await owe_shown(desk, tx, case)
        return await _known(tx, which)


async def unanswered(desk: Desk, actor: Actor, choices: Choices) -> list[Case]:
    """The server's appeals that wait, oldest first. Raises Refusal."""
    check(actor, Act.ANSWER_APPEAL, choices)
    async with desk.db.read() as tx:
        return await stored.unanswered(tx, actor.guild)


async def to_answer(desk: Desk, actor: Actor, choices: Choices, which: CaseId) -> Case:
    """The case whose appeal the actor may answer now. Raises Refusal."""
    check(actor, Act.ANSWER_APPEAL, choices)
    async with desk.db.read() as tx:
        return await _unanswered(tx, actor, which)


async def save_answer(desk: Desk, tx: Tx, actor: Actor, which: CaseId, text: str, *, granted: bool) -> Case:
    """Closes the appeal with a written answer, once, and owes it to whoever appealed. Raises Refusal."""
    case = await _unanswered(tx, actor, which)
    if not text.strip():
        raise Refusal(Code.NO_WORDS)
    await stored.save_answer(tx, which, actor.id, text.strip(), desk.clock(), granted=granted)
    if case.member is not None:
        await stored_deliveries.owe(tx, owed.tell_answer(case.guild, which, case.member), desk.clock())
    await owe_shown(desk, tx, case)
    return await _known(tx, which)


async def ledger(desk: Desk, actor: Actor, choices: Choices) -> Ledger:
    """What everybody may know of the server's cases. Raises Refusal."""
    check(actor, Act.SEE_LEDGER, choices)
    async with desk.db.read() as tx:
        return await stored.ledger_of(tx, actor.guild)


async def on_record(desk: Desk, guild: GuildId) -> list[Case]:
    """All of the server's cases, oldest first: for whoever hosts the bot, never for members."""
    async with desk.db.read() as tx:
        return await stored.of_guild(tx, guild)


async def owe_shown(desk: Desk, tx: Tx, case: Case) -> None:
    """The appeal against the case has changed: the moderators' channel shows it."""
    channel = (await stored_servers.choices(tx, case.guild)).moderators_channel
    if channel is not None:
        await stored_deliveries.owe(tx, owed.show_appeal(case.guild, case.id, channel), desk.clock())


async def _known(tx: Tx, which: CaseId) -> Case:
    found = await stored.find(tx, which)
    if found is None:
        raise Refusal(Code.NO_CASE)
    return found


async def _open_to_appeal(tx: Tx, member: MemberId, which: CaseId) -> Case:
    case = await _known(tx, which)
    if case.member != member:
        raise Refusal(Code.NO_CASE)
    if case.appeal is not None:
        raise Refusal(Code.APPEALED)
    if not case.may_appeal:
        raise Refusal(Code.NO_APPEAL)
    return case


async def _unanswered(tx: Tx, actor: Actor, which: CaseId) -> Case:
    case = await stored.find(tx, which)
    if case is None or case.guild != actor.guild or case.appeal is None:
        raise Refusal(Code.NO_CASE)
    if case.appeal.granted is not None:
        raise Refusal(Code.ANSWERED)
    return case
