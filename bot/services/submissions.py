"""Additions that members make outright: in a form, or by pointing at a message.

1. Whoever sends the same text to the same critique again within ten minutes saw no answer the first time (the bot
   was stopped between record and answer, or Discord lost it): they are answered with the addition that stands.
2. A message is recorded once, whether it was typed as an addition or pointed at; the record and the memory of the
   message are one transaction with the labels.
3. A message is added by its author, or by a moderator in its author's name, which approves it as well.
4. What resembles a point is kept as a claim, and recorded once its author insists.
"""

from dataclasses import dataclass

from bot.core.acts import Act, Actor, allowed
from bot.core.additions import SAME_WITHIN, Heard
from bot.core.claims import OPEN_FOR, Claim
from bot.core.critiques import Critique, CritiqueStatus
from bot.core.ids import ChannelId, CritiqueId, GuildId
from bot.core.messages import Submitted, read_form, read_message, says_something
from bot.core.moderation import ALLOWED, Reason, Verdict
from bot.core.points import Point
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices
from bot.services import additions, claims, moderation, mutes
from bot.services.critiques import Sight, check, everywhere
from bot.services.desk import Desk
from bot.storage import additions as stored
from bot.storage import claims as stored_claims
from bot.storage import critiques as stored_critiques
from bot.storage import points as stored_points
from bot.storage.database import Tx


@dataclass(frozen=True, slots=True)
class Recorded:
    """Additions on record, and the critique they were made to."""

    critique: Critique
    points: tuple[Point, ...]


async def meant(desk: Desk, guild: GuildId, channel: ChannelId, parent: ChannelId | None) -> list[Critique]:
    """The open critiques that a member in a channel, or in a thread in `parent`, may mean.

    The one whose point's thread or lobby it is, else those at home there, else all of the server's.
    """
    async with desk.db.read() as tx:
        return await _meant(tx, guild, channel, parent)


async def _meant(tx: Tx, guild: GuildId, channel: ChannelId, parent: ChannelId | None) -> list[Critique]:
    under = await stored_points.by_thread(tx, channel)
    if under is not None:
        critique = await stored_critiques.critique(tx, under.critique)
        return [critique] if critique.status is CritiqueStatus.OPEN else []
    everywhere = await stored_critiques.open_of(tx, guild)
    lobby = [critique for critique in everywhere if critique.lobby == channel]
    return lobby or [each for each in everywhere if each.home == (parent or channel)] or everywhere


async def open_critiques(desk: Desk, guild: GuildId) -> list[Critique]:
    """The server's open critiques, oldest first."""
    async with desk.db.read() as tx:
        return await stored_critiques.open_of(tx, guild)


async def to_add_to(desk: Desk, actor: Actor, which: CritiqueId) -> Critique:
    """The critique, which is open, and which the actor may add to now. Raises Refusal."""
    async with desk.db.read() as tx:
        await mutes.check(desk, tx, actor)
        return await _open_critique(tx, actor.guild, which)


async def _open_critique(tx: Tx, guild: GuildId, which: CritiqueId) -> Critique:
    found = await stored_critiques.find(tx, guild, which)
    if found is None or found.status is CritiqueStatus.DISCARDED:
        raise Refusal(Code.NO_CRITIQUE)
    if found.status is not CritiqueStatus.OPEN:
        raise Refusal(Code.CRITIQUE_CLOSED)
    return found


async def by_form(desk: Desk, actor: Actor, choices: Choices, which: CritiqueId, text: str) -> Recorded | Claim:
    """Records what a member sent in a form, once (rule 1), or keeps it for their word. Raises Refusal."""
    check(actor, Act.ADD_POINT, choices)
    submitted, now = read_form(text), desk.clock()
    _check_words(submitted)
    async with desk.db.write() as tx:
        await mutes.check(desk, tx, actor)
        critique = await _open_critique(tx, actor.guild, which)
        same = await stored.same(tx, critique.id, actor.id, submitted.text, now - SAME_WITHIN)
        if same is not None:
            return Recorded(critique, (await stored_points.point(tx, same),))
        written = submitted.written
        verdict = await moderation.judge(tx, critique, actor.id, submitted.text, joined_at=actor.joined_at, at=now)
        if verdict.asks:
            return await claims.keep(desk, tx, critique, actor.id, submitted.text, verdict, written=written)
        if verdict.refuses:
            raise claims.refusal(verdict)
        point = await additions.record(
            desk, tx, critique, actor.id, submitted.text, at=now, claimed=written, held_for=verdict.held_for
        )
        return Recorded(critique, (point,))


async def by_message(
    desk: Desk, actor: Actor, choices: Choices, heard: Heard, sees: Sight = everywhere
) -> Recorded | Claim:
    """Records the message that the actor points at, in its author's name, to a critique whose home the actor `sees`.

    Raises Refusal.
    """
    own = heard.author == actor.id
    if not allowed(actor, Act.ADD_MESSAGE, choices.moderator_roles, own=own):
        raise Refusal(Code.NOT_YOUR_MESSAGE)
    async with desk.db.write() as tx:
        await mutes.check(desk, tx, actor)
        await _check_new(tx, heard)
        critique = await _one(tx, heard, sees)
        submitted = read_message(heard.text, await additions.labels(tx, critique, desk.clock()))
        for each in submitted:
            _check_words(each)
        await stored_points.drop_replies(tx, [heard.message])
        points: list[Point] = []
        for ordinal, each in enumerate(submitted):
            verdict = await _verdict(desk, tx, critique, actor, each) if own else ALLOWED
            if verdict.asks and len(submitted) == 1:
                return await _ask(desk, tx, critique, heard, each, verdict)
            if verdict.refuses:
                raise claims.refusal(verdict)
            points.append(await _record(desk, tx, critique, heard, each, ordinal, told=own, held_for=verdict.held_for))
    return Recorded(critique, tuple(points))


async def _verdict(desk: Desk, tx: Tx, critique: Critique, actor: Actor, submitted: Submitted) -> Verdict:
    return await moderation.judge(tx, critique, actor.id, submitted.text, joined_at=actor.joined_at, at=desk.clock())


async def _ask(desk: Desk, tx: Tx, critique: Critique, heard: Heard, submitted: Submitted, verdict: Verdict) -> Claim:
    """Keeps a message that resembles a point, for its author's word; one that was kept before is the same."""
    before = await stored_claims.of_message(tx, heard.message, desk.clock() - OPEN_FOR)
    if before is not None:
        return before
    return await claims.keep(
        desk,
        tx,
        critique,
        heard.author,
        submitted.text,
        verdict,
        written=submitted.written,
        typed=heard,
        is_told=True,
    )


async def _record(
    desk: Desk,
    tx: Tx,
    critique: Critique,
    heard: Heard,
    submitted: Submitted,
    ordinal: int,
    *,
    told: bool,
    held_for: Reason | None,
) -> Point:
    written = submitted.written
    point = await additions.record(
        desk, tx, critique, heard.author, submitted.text, at=desk.clock(), claimed=written, held_for=held_for
    )
    await additions.typed_in(desk, tx, heard, point, ordinal, told=told)
    return point


async def _check_new(tx: Tx, heard: Heard) -> None:
    before = await stored.typed_in(tx, heard.message)
    if before is not None:
        raise Refusal(Code.ON_THE_LIST, label=(await stored_points.point(tx, before)).name)


async def _one(tx: Tx, heard: Heard, sees: Sight) -> Critique:
    meant = await _meant(tx, heard.guild, heard.channel, heard.parent)
    found = [critique for critique in meant if sees(critique.home)]
    if not found:
        raise Refusal(Code.NO_CRITIQUE)
    if len(found) > 1:
        raise Refusal(Code.SEVERAL_FOR_MESSAGE)
    return found[0]


def _check_words(submitted: Submitted) -> None:
    if not says_something(submitted.text):
        raise Refusal(Code.NO_WORDS)
