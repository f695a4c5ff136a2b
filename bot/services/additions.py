"""Additions on record: labelled and saved in the caller's transaction, together with what they owe Discord."""

from collections.abc import Iterable
from datetime import datetime

from bot.core import deliveries as owed
from bot.core.additions import CLASH, Heard
from bot.core.critiques import Critique
from bot.core.follows import What
from bot.core.ids import ChannelId, MemberId, MessageId, PointId
from bot.core.messages import Clarity, Ground, Labels, Reading, TypedAddition, read, read_additions
from bot.core.moderation import Reason
from bot.core.points import Point
from bot.core.titles import title_of
from bot.services import digests, happenings
from bot.services.desk import Desk
from bot.storage import additions as stored
from bot.storage import critiques as stored_critiques
from bot.storage import deliveries as stored_deliveries
from bot.storage import points as stored_points
from bot.storage import servers as stored_servers
from bot.storage.database import Tx


async def record(
    desk: Desk,
    tx: Tx,
    critique: Critique,
    author: MemberId | None,
    text: str,
    *,
    at: datetime,
    claimed: int | None = None,
    title: str = "",
    held_for: Reason | None = None,
) -> Point:
    """Records an addition under the next free label and gives it back.

    `claimed` is the number that its author wrote, kept where the label differs; `at` is when the author said it. The
    title is the text's own where none is given. `held_for` is why moderators see it first, where they do.
    """
    label = await stored_critiques.claim_label(tx, critique.id)
    which = await stored_points.save_addition(
        tx,
        critique.id,
        label=label,
        claimed=claimed if claimed != label else None,
        title=title or title_of(text),
        text=text,
        author=author,
        at=at,
        labelled_at=desk.clock(),
        held_for=held_for,
    )
    point = await stored_points.point(tx, which)
    await owe_shown(desk, tx, critique, point)
    if held_for is None:
        await happenings.happened(desk, tx, point, What.POINT, author)
    return point


async def owe_shown(desk: Desk, tx: Tx, critique: Critique, point: Point) -> None:
    """What the point says has changed: it is shown to members, or to the moderators while it waits for them."""
    if point.is_listed:
        await stored_deliveries.owe(tx, owed.show_point(critique.guild, point.id, critique.home), desk.clock())
        await digests.owe(desk, tx, critique.id)
    else:
        await owe_held(desk, tx, critique, point)


async def owe_held(desk: Desk, tx: Tx, critique: Critique, point: Point) -> None:
    """What became of an addition that waits has changed: the moderators' channel shows it."""
    channel = (await stored_servers.choices(tx, critique.guild)).moderators_channel
    if channel is not None:
        await stored_deliveries.owe(tx, owed.show_held(critique.guild, point.id, channel), desk.clock())


async def owe_remarks(
    desk: Desk, tx: Tx, critique: Critique, which: PointId, typed_in: Iterable[tuple[MessageId, ChannelId]]
) -> None:
    """The addition waits no more, or again: the messages it was typed in say so. An adopted post bears no sign."""
    now = desk.clock()
    for message, channel in typed_in:
        if message != channel:
            await stored_deliveries.owe(tx, owed.remark(critique.guild, message, channel, which, now), now)


async def clear_additions(tx: Tx, critique: Critique, text: str, at: datetime) -> list[TypedAddition]:
    """What a text, said at that time, adds to the critique beyond doubt."""
    found = read_additions(text, await labels(tx, critique, at))
    return [each for each in found if each.clarity is Clarity.CLEAR]


async def reading(tx: Tx, critique: Critique, text: str, at: datetime, thread: str | None) -> Reading:
    """What a text is to the critique, said at that time, in the thread of the point of that label or in none."""
    named = await stored.named(tx, critique.id)
    return read(text, Ground(await labels(tx, critique, at), named, thread))


async def labels(tx: Tx, critique: Critique, at: datetime) -> Labels:
    """What labels there are when something is said at that time."""
    originals, recent = await stored.labels(tx, critique.id, at - CLASH)
    return Labels(originals=originals, next=critique.next_label, recent=recent)


async def typed_in(
    desk: Desk, tx: Tx, source: Heard, point: Point, ordinal: int = 0, *, cut: bool = False, told: bool = False
) -> None:
    """Remembers the message that the point was typed in, and owes it the mark, and a word where the label differs.

    `ordinal` counts the additions of one message from 0; `cut` says that the author's next message may continue it,
    `told` that its author learns the label in another way.
    """
    await save_source(tx, source, point, ordinal, cut=cut)
    now = desk.clock()
    await stored_deliveries.owe(tx, owed.mark(source.guild, source.message, source.channel, point.id), now)
    if point.claimed_label is not None and not told:
        await stored_deliveries.owe(tx, owed.tell_label(source.guild, source.message, source.channel, point.id), now)


async def save_source(tx: Tx, source: Heard, point: Point, ordinal: int = 0, *, cut: bool) -> None:
    """Remembers the message that the point was typed in; `cut` says that the author's next one may continue it."""
    await stored.save_source(
        tx,
        source.message,
        ordinal,
        point.id,
        channel=source.channel,
        author=source.author,
        goes_on=cut,
        at=source.at,
    )
