"""What each server has chosen."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from bot.core.ids import ChannelId, GuildId, RoleId
from bot.core.moderation import Rules
from bot.core.policies import Policy
from bot.core.servers import Choices
from bot.storage.database import Tx, insert
from bot.storage.tables import servers


async def choices(tx: Tx, guild: GuildId) -> Choices:
    """The server's own choices; nothing chosen where the server is not known."""
    row = (await tx.execute(select(servers).where(servers.c.guild_id == guild))).one_or_none()
    if row is None:
        return Choices()
    return Choices(
        home=ChannelId(row.home_channel_id) if row.home_channel_id else None,
        digest_channel=ChannelId(row.digest_channel_id) if row.digest_channel_id else None,
        moderator_roles=frozenset(RoleId(role) for role in row.moderator_role_ids or ()),
        agree_emoji=row.agree_emoji,
        disagree_emoji=row.disagree_emoji,
        moderators_channel=ChannelId(row.moderators_channel_id) if row.moderators_channel_id else None,
        time_zone=row.time_zone,
        policy=Policy(row.policy) if row.policy else None,
        only_vote_emoji=row.only_vote_emoji,
    )


async def save_choices(tx: Tx, guild: GuildId, choices: Choices, at: datetime) -> None:
    """Saves all of the server's choices over those before; `at` is when a server that was not known was joined."""
    values = {
        "home_channel_id": choices.home,
        "digest_channel_id": choices.digest_channel,
        "moderator_role_ids": sorted(choices.moderator_roles),
        "agree_emoji": choices.agree_emoji,
        "disagree_emoji": choices.disagree_emoji,
        "moderators_channel_id": choices.moderators_channel,
        "time_zone": choices.time_zone,
        "policy": choices.policy,
        "only_vote_emoji": choices.only_vote_emoji,
    }
    row = insert(servers).values(guild_id=guild, joined_at=at, **values)
    await tx.execute(row.on_conflict_do_update(index_elements=["guild_id"], set_=values))


async def rules(tx: Tx, guild: GuildId) -> Rules:
    """What the server asks of additions, whatever their critique's policy; the defaults where it has chosen nothing."""
    found = (await tx.execute(select(servers.c.rules).where(servers.c.guild_id == guild))).scalar_one_or_none()
    chosen: dict[str, Any] = found or {}
    return Rules(
        quota=chosen.get("quota", Rules().quota),
        most_lately=chosen.get("minute", Rules().most_lately),
        account_age=timedelta(hours=chosen["account_hours"]) if "account_hours" in chosen else Rules().account_age,
        words=frozenset(chosen.get("words", ())),
        reports=chosen.get("reports", Rules().reports),
    )


async def save_rules(tx: Tx, guild: GuildId, rules: Rules, at: datetime) -> None:
    """Saves what the server asks of additions; `at` is when a server that was not known was joined."""
    hours = rules.account_age // timedelta(hours=1)
    chosen = {
        "quota": rules.quota,
        "minute": rules.most_lately,
        "account_hours": hours,
        "words": sorted(rules.words),
        "reports": rules.reports,
    }
    values = {"rules": chosen}
    row = insert(servers).values(guild_id=guild, joined_at=at, **values)
    await tx.execute(row.on_conflict_do_update(index_elements=["guild_id"], set_=values))


async def save_left(tx: Tx, guild: GuildId, at: datetime | None) -> None:
    """The bot is on the server no more; None: it is."""
    await tx.execute(update(servers).where(servers.c.guild_id == guild).values(left_at=at))


async def known(tx: Tx) -> dict[GuildId, datetime | None]:
    """All servers of which anything is stored, and since when the bot is on them no more."""
    query = select(servers.c.guild_id, servers.c.left_at)
    return {GuildId(row.guild_id): row.left_at for row in await tx.execute(query)}


async def left_before(tx: Tx, before: datetime) -> GuildId | None:
    """The server that was left longest ago, where that is before then."""
    query = select(servers.c.guild_id).where(servers.c.left_at < before).order_by(servers.c.left_at).limit(1)
    found = (await tx.execute(query)).scalar_one_or_none()
    return None if found is None else GuildId(found)


async def joined_at(tx: Tx, guilds: Collection[GuildId]) -> dict[GuildId, datetime]:
    """When the bot joined those of the servers that are known."""
    query = select(servers.c.guild_id, servers.c.joined_at).where(servers.c.guild_id.in_(guilds))
    return {GuildId(row.guild_id): row.joined_at for row in await tx.execute(query)}


async def save_joined(tx: Tx, guild: GuildId, at: datetime) -> None:
    """The bot joined the server `at`; what the server chose in an earlier stay is kept."""
    row = insert(servers).values(guild_id=guild, joined_at=at)
    await tx.execute(row.on_conflict_do_update(index_elements=["guild_id"], set_={"joined_at": at}))


async def reactions_held_in(tx: Tx, guild: GuildId) -> ChannelId | None:
    """The channel where the bot has taken Add Reactions from everyone; None where it has not."""
    query = select(servers.c.reactions_held_in).where(servers.c.guild_id == guild)
    held = (await tx.execute(query)).scalar_one_or_none()
    return None if held is None else ChannelId(held)


async def save_reactions_held_in(tx: Tx, guild: GuildId, channel: ChannelId | None) -> None:
    """The bot takes Add Reactions from everyone in this channel, and in no other."""
    await tx.execute(update(servers).where(servers.c.guild_id == guild).values(reactions_held_in=channel))
