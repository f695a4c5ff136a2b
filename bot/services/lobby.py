"""What is said in a lobby: additions are read and recorded, cut ones go on, replies in points' threads are counted."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from bot.core import deliveries as owed
from bot.core.additions import GOES_ON_WITHIN, Gone, Heard, LobbyEvent, Retyped
from bot.core.arguments import TypedArgument
from bot.core.critiques import Critique, CritiqueStatus
from bot.core.follows import What
from bot.core.ids import ChannelId, GuildId, MemberId, MessageId, moment_of
from bot.core.messages import SURE, Addition, Reading, goes_on, may_add, may_mean
from bot.core.points import Point, PointStatus
from bot.core.titles import title_of
from bot.services import (
    additions,
    arguments,
    asking,
    claims,
    digests,
    followups,
    happenings,
    moderation,
    references,
    retypings,
)
from bot.services.critiques import LONGEST_POINT
from bot.services.desk import Desk
from bot.storage import additions as stored
from bot.storage import arguments as stored_arguments
from bot.storage import claims as stored_claims
from bot.storage import critiques as stored_critiques
from bot.storage import deliveries as stored_deliveries
from bot.storage import lobbies as stored_lobbies
from bot.storage import mutes as stored_mutes
from bot.storage import points as stored_points
from bot.storage import readings as stored_readings
from bot.storage import references as stored_references
from bot.storage.database import Tx
from bot.storage.lobbies import Ground

_HEARD_EVERY = timedelta(minutes=1)


def always(_guild: GuildId) -> bool:
    """Whether a server is known up to now, where nothing was missed anywhere."""
    return True


async def hear(
    desk: Desk, events: Sequence[LobbyEvent], is_known: Callable[[GuildId], bool] = always
) -> Sequence[LobbyEvent]:
    """Takes the messages in order: additions are recorded, replies in points' threads counted. None comes back.

    Whoever is muted adds nothing by typing, and is not answered: they were told when they were muted.

    Up to where a channel was heard is noted only for a server that `is_known` up to now: what was said before on
    another is still to be read.
    """
    async with desk.db.read() as tx:
        concerned, up_to = await _concerned(tx, events, is_known)
    if not any(concerned) and not up_to:
        return ()
    async with desk.db.write() as tx:
        await stored_readings.save_heard(tx, up_to)
        said = [event.said if isinstance(event, Retyped) else event for event in events if not isinstance(event, Gone)]
        muted = await stored_mutes.muted(tx, {(each.guild, each.author) for each in said}, desk.clock())
        for event, concerns in zip(events, concerned, strict=True):
            if isinstance(event, Gone):  # it may be about a reply of this very batch
                await _drop(desk, tx, event)
            elif isinstance(event, Retyped):
                if concerns and (event.said.guild, event.said.author) not in muted:
                    await retypings.hear(desk, tx, event)
                    await _read_again(desk, tx, event)
            elif concerns and (event.guild, event.author) in muted:
                await _count_reply(desk, tx, event)
            elif concerns:
                await _hear(desk, tx, event)
    return ()


async def _concerned(
    tx: Tx, events: Sequence[LobbyEvent], is_known: Callable[[GuildId], bool]
) -> tuple[list[bool], dict[ChannelId, MessageId]]:
    """Which of the events may change anything, and up to where channels are heard: few queries for any number."""
    heard = [event for event in events if isinstance(event, Heard)]
    others = await _others(tx, events)
    if not heard:
        return [each in others for each in map(id, events)], {}
    ground = await stored_lobbies.ground(tx, {channel for each in heard for channel in (each.channel, each.lobby)})
    since = min(each.at for each in heard) - GOES_ON_WITHIN
    cut: set[tuple[MemberId, ChannelId]] = set()
    if ground.lobbies or ground.threads:
        cut = await stored.going_on(tx, {each.author for each in heard}, {each.channel for each in heard}, since)
    concerned = [_concerns(each, ground, cut) if isinstance(each, Heard) else id(each) in others for each in events]
    return concerned, await _up_to(tx, [each for each in heard if _is_spoken_in(each, ground) and is_known(each.guild)])


async def _others(tx: Tx, events: Sequence[LobbyEvent]) -> set[int]:
    """Which deletions and edits may change anything: all of the one, if any, and edits of what additions stand in."""
    gone = [event for event in events if isinstance(event, Gone)]
    deleted = [message for event in gone for message in event.messages]
    dropped = gone if deleted and await _any_concerned(tx, deleted) else []
    edited = [event for event in events if isinstance(event, Retyped)]
    known = await _edited(tx, edited) if edited else set[MessageId]()
    known |= {event.message for event in events if isinstance(event, Heard)}  # it may be read in this very batch
    return {id(each) for each in (*dropped, *(event for event in edited if event.said.message in known))}


async def _any_concerned(tx: Tx, deleted: Sequence[MessageId]) -> bool:
    return (
        await stored_points.any_replies(tx, deleted)
        or await stored_arguments.any_of(tx, deleted)
        or bool(await stored_references.any_of(tx, deleted))
        or bool(await stored_claims.unclear_of(tx, deleted))
    )


async def _edited(tx: Tx, edited: Sequence[Retyped]) -> set[MessageId]:
    """Which of the edited messages something was made of, or may be now."""
    messages = {event.said.message for event in edited}
    known = await stored.read_of(tx, messages) | await stored_arguments.read_of(tx, messages)
    known |= await stored_references.any_of(tx, messages)
    known |= {claim.message for claim in await stored_claims.unclear_of(tx, messages) if claim.message is not None}
    said = [event.said for event in edited if not event.said.title and may_mean(event.said.text)]
    if not said:
        return known
    ground = await stored_lobbies.ground(tx, {channel for each in said for channel in (each.channel, each.lobby)})
    return known | {each.message for each in said if _is_spoken_in(each, ground)}


def _is_spoken_in(heard: Heard, ground: Ground) -> bool:
    """Whether a critique is spoken of where the message stands."""
    return heard.channel in ground.threads or heard.channel in ground.lobbies or heard.lobby in ground.lobbies


async def _up_to(tx: Tx, heard: Sequence[Heard]) -> dict[ChannelId, MessageId]:
    """Up to where channels have been heard, where that is some time further than is known.

    Whoever reads on after a kill hears a little twice, which changes nothing; a write for each word said would.
    """
    newest: dict[ChannelId, MessageId] = {}
    for each in heard:
        newest[each.channel] = max(newest.get(each.channel, each.message), each.message)
    known = await stored_readings.heard_in(tx, newest) if newest else {}
    return {
        channel: message
        for channel, message in newest.items()
        if channel not in known or moment_of(message) - moment_of(known[channel]) > _HEARD_EVERY
    }


def _concerns(heard: Heard, ground: Ground, cut: set[tuple[MemberId, ChannelId]]) -> bool:
    """Whether the message may add, go on or reply; `cut` takes up whoever may go on after it."""
    if heard.channel in ground.threads:
        concerns = True
    elif heard.title:
        concerns = heard.lobby in ground.forums and may_add(heard.title)
    elif heard.channel in ground.lobbies or heard.lobby in ground.lobbies:
        concerns = may_mean(heard.text) or (heard.author, heard.channel) in cut
    else:
        concerns = False
    if concerns and goes_on(heard.text):
        cut.add((heard.author, heard.channel))
    return concerns


async def _spoken_of(tx: Tx, heard: Heard) -> list[Critique]:
    """The open critiques that the message may be about: its thread's point's own, else those of the lobby."""
    under = await stored_points.by_thread(tx, heard.channel)
    if under is not None:
        critique = await stored_critiques.critique(tx, under.critique)
        return [critique] if critique.status is CritiqueStatus.OPEN else []
    if heard.title:
        return await stored_critiques.open_in(tx, heard.lobby)
    return await stored_lobbies.critiques_of(tx, heard.channel, heard.parent)


async def _hear(desk: Desk, tx: Tx, heard: Heard) -> None:
    if await stored.read_before(tx, heard.message) or await stored_claims.read_before(tx, heard.message):
        return
    critiques = await _spoken_of(tx, heard)
    if await _go_on(desk, tx, heard):
        return
    said = heard.title or heard.text
    thread = await _thread(tx, heard)
    readings = [(each, await additions.reading(tx, each, said, heard.at, thread)) for each in critiques]
    spoken_to = [(critique, typed) for critique, found in readings if (typed := found.recorded)]
    if len(critiques) > 1 and spoken_to:
        await _owe(desk, tx, owed.ask_which(heard.guild, heard.message, heard.channel))
    elif spoken_to and heard.title:
        critique, typed = spoken_to[0]
        await _adopt(desk, tx, heard, critique, typed[0])
    elif spoken_to:
        await _record(desk, tx, heard, *spoken_to[0])
    else:
        await _count_reply(desk, tx, heard)
    if len(readings) == 1:
        await _discuss(desk, tx, heard, *readings[0])


async def _thread(tx: Tx, heard: Heard) -> str | None:
    """The label of the point in whose thread the message stands."""
    under = await stored_points.by_thread(tx, heard.channel)
    return None if under is None else under.label


async def _discuss(desk: Desk, tx: Tx, heard: Heard, critique: Critique, found: Reading) -> None:
    """Takes what the message argues and refers to, and asks about what is unclear in it."""
    await references.take(desk, tx, heard, critique, found.referred)
    if not heard.title:
        await arguments.hear(desk, tx, heard, critique, _argued(found))
        await asking.ask(desk, tx, heard, critique, found)


def _argued(found: Reading) -> Sequence[TypedArgument]:
    """What the message argues beyond doubt."""
    sure = (each for each in found.arguments if each.sure >= SURE)
    return [TypedArgument(each.points, each.side, each.text, each.quote) for each in sure]


async def _read_again(desk: Desk, tx: Tx, retyped: Retyped) -> None:
    """What a message argues and refers to once it is edited, and whether anything is unclear in it still."""
    heard = retyped.said
    critiques = await _spoken_of(tx, heard)
    if len(critiques) == 1:
        found = await additions.reading(tx, critiques[0], heard.text, heard.at, await _thread(tx, heard))
        await references.take(desk, tx, heard, critiques[0], found.referred)
        await followups.retype(desk, tx, retyped, _argued(found))
        await asking.retype(desk, tx, heard.message, found)


async def _record(desk: Desk, tx: Tx, heard: Heard, critique: Critique, typed: Sequence[Addition]) -> None:
    for ordinal, addition in enumerate(typed):
        point = await _judged(desk, tx, heard, critique, addition, addition.text, ordinal)
        if point is not None:
            last = addition is typed[-1]
            await additions.typed_in(desk, tx, heard, point, ordinal, cut=last and goes_on(heard.text))


async def _adopt(desk: Desk, tx: Tx, post: Heard, critique: Critique, typed: Addition) -> None:
    """Records the forum post that a member opened with an addition for a title.

    The point's text is what the post says, where the bot can read that, else its title.
    """
    within = await additions.clear_additions(tx, critique, post.text, post.at)
    text = (within[0].text if len(within) == 1 else post.text.strip()) or typed.text
    point = await _judged(desk, tx, post, critique, typed, text, title=title_of(typed.text))
    if point is not None:
        await stored_points.save_adopted(tx, point.id, post.channel)
        await additions.save_source(tx, post, point, cut=goes_on(post.text))


async def _judged(
    desk: Desk,
    tx: Tx,
    heard: Heard,
    critique: Critique,
    typed: Addition,
    text: str,
    ordinal: int = 0,
    *,
    title: str = "",
) -> Point | None:
    """Records the text, or keeps it as a claim where it is refused."""
    author, written = heard.author, typed.written
    verdict = await moderation.judge(tx, critique, author, text, joined_at=heard.joined_at, at=heard.at)
    if verdict.refuses:
        await claims.keep(
            desk,
            tx,
            critique,
            author,
            text,
            verdict,
            written=written,
            title=title,
            typed=heard,
            ordinal=ordinal,
        )
        return None
    return await additions.record(
        desk,
        tx,
        critique,
        author,
        text,
        at=heard.at,
        claimed=written,
        title=title,
        held_for=verdict.held_for,
    )


async def _go_on(desk: Desk, tx: Tx, heard: Heard) -> bool:
    """Takes the message as the rest of the author's last addition, where that one was cut."""
    if heard.answers or heard.title:
        return False
    source = await stored.last_source(tx, heard.author, heard.channel)
    if source is None or not source.goes_on or heard.at - source.at > GOES_ON_WITHIN or not heard.text.strip():
        return False
    point = await stored_points.point(tx, source.point)
    critique = await stored_critiques.critique(tx, point.critique)
    text = f"{point.text}\n{heard.text.strip()}"
    words = await moderation.judge_words(tx, critique, heard.author, heard.text, joined_at=heard.joined_at, at=heard.at)
    if (
        words.holds
        or not _may_grow(point, critique, text)
        or await additions.clear_additions(tx, critique, heard.text, heard.at)
    ):
        return False
    await stored_points.save_text(tx, point.id, text, point.title if point.adopted else title_of(text))
    await additions.owe_shown(desk, tx, critique, point)
    await additions.typed_in(desk, tx, heard, point, cut=goes_on(heard.text))
    return True


def _may_grow(point: Point, critique: Critique, text: str) -> bool:
    gone = point.is_gone or point.status is PointStatus.REFUSED
    return critique.status is CritiqueStatus.OPEN and not gone and len(text) <= LONGEST_POINT


async def _count_reply(desk: Desk, tx: Tx, heard: Heard) -> None:
    under = await stored_points.by_thread(tx, heard.channel)
    if under is not None and await stored_points.save_reply(tx, heard.message, under.id, heard.author, heard.at):
        await digests.owe(desk, tx, under.critique)
        await happenings.happened(desk, tx, under, What.REPLY, heard.author)


async def _drop(desk: Desk, tx: Tx, gone: Gone) -> None:
    await references.drop(desk, tx, gone.messages)
    await asking.drop(desk, tx, gone.messages)
    for which in await stored_points.drop_replies(tx, gone.messages):
        await digests.owe(desk, tx, (await stored_points.point(tx, which)).critique)
    await followups.drop(desk, tx, gone.messages)


async def _owe(desk: Desk, tx: Tx, delivery: owed.Owed) -> None:
    await stored_deliveries.owe(tx, delivery, desk.clock())
