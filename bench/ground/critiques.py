"""Critiques that are posted and voted on: their values, and all that stands of them on the stand-in.

1. A point's message, thread and seeded reactions are what the bot would have posted; so is the digest.
2. Of the voters of a point two thirds agree, so that its two counts differ.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bench.ground.servers import Place
from bot.core.critiques import Critique, CritiqueStatus, HomeKind
from bot.core.digests import Digest, Line
from bot.core.ids import ChannelId, CritiqueId, GuildId, MemberId, MessageId, PointId
from bot.core.points import Origin, Point, PointStatus
from bot.core.votes import Stance, Tally
from bot.display import digests, lobbies, points
from rehearsal.server.model import Channel, ChannelKind, Message, MessageFlag, MessageKind, ThreadState
from rehearsal.server.world import World

AGREE, DISAGREE = "👍", "👎"
_AGE = timedelta(hours=2)  # since nothing has changed: no gap is near
_KEPT_ACTIVE = 10_080  # minutes


@dataclass(frozen=True, slots=True)
class Posted:
    """A critique as it stands: who voted what on each point, what its messages say, and its digest's messages."""

    critique: Critique
    points: tuple[Point, ...]
    votes: dict[PointId, dict[MemberId, Stance]]
    texts: dict[PointId, str]
    lobby: str = ""
    digest: tuple[tuple[int, str], ...] = ()

    @property
    def tallies(self) -> dict[PointId, Tally]:
        """The tally of each point."""
        return {which: _tally(votes) for which, votes in self.votes.items()}


def post(world: World, place: Place, *, number: int, first: int, size: int, voters: Sequence[int], each: int) -> Posted:
    """Posts critique `number` of so many points, counted from `first`; `each` is how many of `voters` vote on each."""
    at = world.clock.now() - _AGE
    critique = _critique(world, place, number, size, at)
    if place.is_forum:
        lobby = _lobby(world, place, critique)
        critique = replace(critique, lobby=ChannelId(lobby.id))
    posted = [_point(world, place, critique, PointId(first + it), it, at) for it in range(size)]
    votes = {point.id: _votes(voters, each, point.position) for point in posted}
    for point in posted:
        _react(world, point, votes[point.id])
    texts = {point.id: points.pages(point, critique)[0] for point in posted}
    shown = Posted(critique, tuple(posted), votes, texts, lobbies.text(critique) if place.is_forum else "")
    return replace(shown, digest=tuple(_digest(world, place, shown)))


def _critique(world: World, place: Place, number: int, size: int, at: datetime) -> Critique:
    home = ChannelId(place.home.id)
    return Critique(
        id=CritiqueId(number),
        guild=GuildId(place.guild.id),
        home=home,
        digest_channel=home,
        title="Tea rooms",
        status=CritiqueStatus.OPEN,
        agree_emoji=AGREE,
        disagree_emoji=DISAGREE,
        next_label=size + 1,
        opened_by=MemberId(world.facts["owner_id"]),
        opened_at=at,
        digest_edited_at=at,
        home_kind=HomeKind.FORUM if place.is_forum else HomeKind.TEXT,
    )


def _point(world: World, place: Place, critique: Critique, which: PointId, position: int, at: datetime) -> Point:
    label = str(position + 1)
    text = f"Reason {label} is a reason of its own, and it is told in as many words as a reason needs."
    message = MessageId(world.ids.next())
    point = Point(
        id=which,
        critique=critique.id,
        position=position,
        label=label,
        repeat=0,
        claimed_label=None,
        origin=Origin.ORIGINAL,
        title=text,
        text=text,
        author=None,
        status=PointStatus.OPEN,
        revision=1,
        channel=ChannelId(message if place.is_forum else critique.home),
        message=message,
        thread=ChannelId(message),
        seeded=True,
        replies=0,
        created_at=at,
    )
    stand(world, place, message, f"{label}. {text}"[:100], points.pages(point, critique)[0])
    return point


def stand(world: World, place: Place, message: int, name: str, content: str) -> Channel:
    """A message of the bot's with its thread, or a post in a forum, as Discord leaves them."""
    bot, now = world.bot.id, world.stamp()
    state = ThreadState(bot, now, now, _KEPT_ACTIVE, members={bot: now})
    thread = Channel(message, ChannelKind.PUBLIC_THREAD, name, place.guild.id, place.home.id, thread=state)
    world.add_channel(thread)
    if place.is_forum:
        world.add_message(Message(message, message, bot, content=content, position=0))
        place.home.last_message_id = thread.last_message_id = message
        return thread
    world.add_message(Message(message, place.home.id, bot, content=content, flags=MessageFlag.HAS_THREAD))
    there = {"type": 0, "channel_id": str(place.home.id), "message_id": str(message), "guild_id": str(place.guild.id)}
    kind = MessageKind.THREAD_STARTER_MESSAGE
    starter = Message(world.ids.next(), message, bot, kind=kind, reference=there, position=0)
    world.add_message(starter)
    place.home.last_message_id, thread.last_message_id = message, starter.id
    return thread


def _lobby(world: World, place: Place, critique: Critique) -> Channel:
    return stand(world, place, world.ids.next(), lobbies.name(critique), lobbies.text(critique))


def _votes(voters: Sequence[int], each: int, position: int) -> dict[MemberId, Stance]:
    """Other voters from point to point."""
    chosen = [MemberId(voters[(position * each + it) % len(voters)]) for it in range(each)]
    agreeing = -(-each * 2 // 3)
    return {member: Stance.AGREE if it < agreeing else Stance.DISAGREE for it, member in enumerate(chosen)}


def _react(world: World, point: Point, votes: dict[MemberId, Stance]) -> None:
    message = point.message or 0
    for emoji, side in ((AGREE, Stance.AGREE), (DISAGREE, Stance.DISAGREE)):
        for member in (world.bot.id, *(member for member, held in votes.items() if held is side)):
            world.add_reaction(message, emoji, member)


def _digest(world: World, place: Place, posted: Posted) -> Iterator[tuple[int, str]]:
    """In a forum it stands in the post "Add to this list"."""
    tallies = posted.tallies
    people = len({member for votes in posted.votes.values() for member in votes})
    lines = tuple(Line(point, tallies[point.id]) for point in posted.points)
    digest = Digest(posted.critique, lines, people)
    texts = digests.pages(digest)
    where = world.channels[posted.critique.lobby or place.home.id]
    for embed, text in zip(digests.embeds(digest, texts), texts, strict=True):
        message = Message(world.ids.next(), where.id, world.bot.id, embeds=[dict(embed.to_dict())])
        world.add_message(message)
        where.last_message_id = message.id
        yield message.id, text


def _tally(votes: dict[MemberId, Stance]) -> Tally:
    held = list(votes.values())
    return Tally(held.count(Stance.AGREE), held.count(Stance.DISAGREE))
