"""How what stands of a discarded critique is taken away: what is gone already counts as done.

1. What an earlier try may have posted without its being recorded is looked for, and taken away too.
2. What was never tried costs no request.
"""

from collections.abc import Awaitable, Callable
from contextlib import suppress

import discord

from bot.core.critiques import Critique, CritiqueStatus, HomeKind
from bot.core.ids import ChannelId, GuildId, MessageId
from bot.display import digests, lobbies, posts, threads
from bot.display.deliveries.digests import digest_pages, digest_post
from bot.display.deliveries.lobbies import lobby_pages
from bot.display.deliveries.points import left_of_point, point_pages
from bot.display.deliveries.tries import Try, known
from bot.display.posts import Opening

How = Callable[[Try], Awaitable[None]]


def unless_discarded(how: How, clear: How) -> How:
    """Carries out `how`, or `clear` where the critique is discarded."""

    async def either(it: Try) -> None:
        discarded = (await _critique(it)).status is CritiqueStatus.DISCARDED
        await (clear if discarded else how)(it)

    return either


async def _critique(it: Try) -> Critique:
    if it.delivery.owed.point is not None:
        return (await it.ledger.point(it.delivery.owed.point))[1]
    return await it.ledger.critique(known(it.delivery.owed.critique))


async def clear_point(it: Try) -> None:
    """The point's message, its thread and all that stands there."""
    point, critique = await it.ledger.point(known(it.delivery.owed.point))
    message = point.message or await left_of_point(it, point, critique)
    if message is None:
        return
    await _delete_thread(it, critique.guild, ChannelId(message))
    if critique.home_kind is HomeKind.TEXT:
        await _delete(it, critique.guild, critique.home, message)
    await it.ledger.drop_pages(point_pages(point.id), 0)


async def clear_lobby(it: Try) -> None:
    """The post "Add to this list", with the digest where that stands in it."""
    critique = await it.ledger.critique(known(it.delivery.owed.critique))
    what = Opening(lobbies.name(critique), lobbies.text(critique, it.call))
    lobby = critique.lobby or await _left_in_forum(it, critique, what)
    if lobby is not None:
        await _delete_thread(it, critique.guild, ChannelId(lobby))
    await it.ledger.drop_pages(lobby_pages(critique.id), 0)


async def clear_digest(it: Try) -> None:
    """The running digest's messages, and the notice that it was pinned."""
    critique = await it.ledger.critique(known(it.delivery.owed.critique))
    target = digest_pages(critique.id)
    stands_in_lobby = critique.home_kind is HomeKind.FORUM and critique.digest_channel == critique.home
    if not stands_in_lobby:
        messages = [page.message for page in await it.ledger.pages(target)]
        left = await _left_of_digest(it, critique, len(messages))
        for number, message in enumerate([*messages, *left]):
            if number == 0:
                await _delete_notice(it, critique, message)
            await _delete(it, critique.guild, critique.digest_channel, message)
    await it.ledger.drop_pages(target, 0)


async def clear_thread(_it: Try) -> None:
    """Nothing: the thread goes with its point."""


async def _left_in_forum(it: Try, critique: Critique, what: Opening) -> MessageId | None:
    if it.delivery.begun_at is None:
        return None
    with suppress(discord.NotFound):
        found = await it.left_post(await posts.forum(it.client, critique.guild, critique.home), what)
        return None if found is None else MessageId(found)
    return None


async def _left_of_digest(it: Try, critique: Critique, recorded: int) -> list[MessageId]:
    """The page after those that are recorded, where it was posted: at most one ever is."""
    if it.delivery.begun_at is None:
        return []
    digest = await it.ledger.digest(critique.id)
    embeds = digests.embeds(digest, digests.pages(digest))
    if recorded >= len(embeds):
        return []
    where = it.channel(critique.guild, critique.digest_channel)
    found = await it.left(where, digest_post(critique, recorded, embeds[recorded]))
    return [] if found is None else [found]


async def _delete_thread(it: Try, guild: GuildId, thread: ChannelId) -> None:
    found = await threads.find(it.client, guild, thread)
    if found is not None:
        with suppress(discord.NotFound):
            await found.thread.delete()


async def _delete(it: Try, guild: GuildId, channel: ChannelId, message: MessageId) -> None:
    with suppress(discord.NotFound):
        await it.channel(guild, channel).get_partial_message(message).delete()


async def _delete_notice(it: Try, critique: Critique, pinned: MessageId) -> None:
    where = it.channel(critique.guild, critique.digest_channel)
    with suppress(discord.NotFound):
        notice = await threads.pin_notice(where, pinned)
        if notice is not None:
            await _delete(it, critique.guild, critique.digest_channel, notice)
