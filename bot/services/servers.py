"""What a server has chosen, over what the operator has set; and which servers there are."""

import logging
from collections.abc import Callable, Collection, Sequence
from datetime import timedelta

from bot.core import deliveries as owed
from bot.core.acts import Act, Actor
from bot.core.ids import ChannelId, GuildId
from bot.core.servers import Choices, Joined, Left
from bot.services.critiques import check
from bot.services.desk import Desk
from bot.storage import cases as stored_cases
from bot.storage import deliveries as stored_deliveries
from bot.storage import points as stored_points
from bot.storage import servers as stored
from bot.storage.database import Tx
from bot.storage.facts import COMMANDS, fact, save_fact

log = logging.getLogger(__name__)

WELCOMED_WITHIN = timedelta(days=7)


async def own(desk: Desk, guild: GuildId) -> Choices:
    """What the server itself has chosen."""
    async with desk.db.read() as tx:
        return await stored.choices(tx, guild)


async def choices(desk: Desk, guild: GuildId, defaults: Choices) -> Choices:
    """The server's choices, and `defaults` where it made none."""
    return (await own(desk, guild)).over(defaults)


async def choose(desk: Desk, actor: Actor, defaults: Choices, change: Callable[[Choices], Choices]) -> Choices:
    """Changes what the server has chosen, and gives back its choices as they are then.

    Who the moderators are is named by administrators alone, so that nobody gives themselves power. Raises Refusal.
    """
    async with desk.db.write() as tx:
        before = await stored.choices(tx, actor.guild)
        after = change(before)
        check(actor, Act.SET_UP, before.over(defaults))
        if after.moderator_roles != before.moderator_roles:
            check(actor, Act.NAME_MODERATORS, before.over(defaults))
        await stored.save_choices(tx, actor.guild, after, desk.clock())
        if after.vote_emoji_only_in != before.vote_emoji_only_in:
            await stored_deliveries.owe(tx, owed.hold_reactions(actor.guild), desk.clock())
        if after.moderators_channel is not None and after.moderators_channel != before.moderators_channel:
            await _owe_waiting(desk, tx, actor.guild, after.moderators_channel)
    return after


async def _owe_waiting(desk: Desk, tx: Tx, guild: GuildId, channel: ChannelId) -> None:
    """The moderators have another channel: what waits for them is shown there."""
    for point in await stored_points.held_of(tx, guild):
        await stored_deliveries.owe(tx, owed.show_held(guild, point.id, channel), desk.clock())
    for case in await stored_cases.unanswered(tx, guild):
        await stored_deliveries.owe(tx, owed.show_appeal(guild, case.id, channel), desk.clock())


async def come_and_gone(desk: Desk, events: Sequence[Joined | Left]) -> Sequence[Joined | Left]:
    """Remembers servers that the bot is on, and owes a welcome to those that are new. None comes back.

    Welcomed is a server that is new here, or that the bot has joined anew, within WELCOMED_WITHIN of the joining:
    whoever starts with an empty database does not write to servers that have known the bot for long. Since when the
    bot is on a server no more is remembered until it is back.
    """
    servers = [event for event in events if isinstance(event, Joined)]
    async with desk.db.read() as tx:
        known = await stored.joined_at(tx, [one.guild for one in servers])
        left = await stored.known(tx)
    new = [one for one in servers if one.guild not in known or one.at > known[one.guild]]
    last = {event.guild: event for event in events}
    moved = [one for one in last.values() if isinstance(one, Left) == (left.get(one.guild) is None)]
    if new or moved:
        async with desk.db.write() as tx:
            for one in new:
                await _join(desk, tx, one)
            for one in moved:
                await stored.save_left(tx, one.guild, desk.clock() if isinstance(one, Left) else None)
    return ()


async def _join(desk: Desk, tx: Tx, one: Joined) -> None:
    now = desk.clock()
    await stored.save_joined(tx, one.guild, one.at)
    if now - one.at <= WELCOMED_WITHIN:
        log.info("server %d is joined and welcomed", one.guild)
        await stored_deliveries.owe(tx, owed.welcome(one.guild, one.at), now)


async def present(desk: Desk, guilds: Collection[GuildId]) -> None:
    """These are all the servers that the bot is on: it has left all others, and come back to those it had left."""
    async with desk.db.read() as tx:
        known = await stored.known(tx)
    wrong = [guild for guild, gone in known.items() if (guild in guilds) == (gone is not None)]
    if wrong:
        async with desk.db.write() as tx:
            for guild in wrong:
                await stored.save_left(tx, guild, None if guild in guilds else desk.clock())


async def synced_commands(desk: Desk) -> str | None:
    """What tells whether the commands that Discord knows are ours as they are now."""
    async with desk.db.read() as tx:
        return await fact(tx, COMMANDS)


async def save_synced_commands(desk: Desk, fingerprint: str) -> None:
    """Discord knows the commands of this fingerprint."""
    async with desk.db.write() as tx:
        await save_fact(tx, COMMANDS, fingerprint)
