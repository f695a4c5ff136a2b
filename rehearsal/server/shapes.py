"""Promises things as Discord prints them in REST answers and gateway events (docs: resources/*). Messages are in
`message_shapes`.
"""

from collections.abc import Iterable
from typing import Any

from rehearsal.server.model import (
    AuditEntry,
    Channel,
    ChannelFlag,
    Emoji,
    ForumState,
    Guild,
    GuildMember,
    Role,
    Tag,
    User,
)
from rehearsal.server.permissions import Permission
from rehearsal.server.world import World

Shape = dict[str, Any]


def user(who: User) -> Shape:
    """docs: resources/user#user-object"""
    shape: Shape = {
        "id": str(who.id),
        "username": who.name,
        "avatar": None,
        "discriminator": f"{who.id % 9999 + 1:04}" if who.bot else "0",
        "public_flags": 0,
        "flags": 0,
        "global_name": None if who.bot else who.display,
        "avatar_decoration_data": None,
        "primary_guild": None,
    }
    if who.bot:
        shape["bot"] = True
    return shape


def own_user(who: User) -> Shape:
    shape = user(who)
    return {**shape, "mfa_enabled": False, "locale": "en-GB", "verified": True, "email": None}


def member_alone(member: GuildMember) -> Shape:
    """A member without its user, as events print it beside one."""
    return {
        "roles": [str(each) for each in member.roles],
        "nick": member.nick,
        "avatar": None,
        "banner": None,
        "joined_at": member.joined_at,
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "pending": False,
        "flags": 0,
        "communication_disabled_until": member.timed_out_until,
        "avatar_decoration_data": None,
    }


def member(world: World, one: GuildMember) -> Shape:
    """docs: resources/guild#guild-member-object"""
    return {**member_alone(one), "user": user(world.users[one.user_id])}


def role(one: Role) -> Shape:
    """docs: topics/permissions#role-object"""
    shape: Shape = {
        "id": str(one.id),
        "name": one.name,
        "permissions": str(one.permissions),
        "position": one.position,
        "color": one.colour,
        "colors": {"primary_color": one.colour, "secondary_color": None, "tertiary_color": None},
        "hoist": one.hoist,
        "managed": one.managed,
        "mentionable": one.mentionable,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }
    if one.bot_id:
        shape["tags"] = {"bot_id": str(one.bot_id)}
    return shape


_GUILD_LACKS = (
    "icon",
    "description",
    "home_header",
    "splash",
    "discovery_splash",
    "banner",
    "application_id",
    "afk_channel_id",
    "widget_channel_id",
    "max_presences",
    "vanity_url_code",
    "rules_channel_id",
    "safety_alerts_channel_id",
    "public_updates_channel_id",
    "incidents_data",
)


# No notices of joins, boosts and setup, and no replies to them (docs: resources/guild, system channel flags).
_QUIET_SYSTEM_CHANNEL = 0b1111


def guild(one: Guild) -> Shape:
    """docs: resources/guild#guild-object"""
    return {
        **dict.fromkeys(_GUILD_LACKS),
        "id": str(one.id),
        "name": one.name,
        "owner_id": str(one.owner_id),
        "region": "deprecated",
        "features": [],
        "afk_timeout": 300,
        "system_channel_id": _snowflake(one.system_channel_id),
        "system_channel_flags": _QUIET_SYSTEM_CHANNEL,
        "widget_enabled": False,
        "verification_level": 0,
        "roles": [role(each) for each in one.roles.values()],
        "default_message_notifications": 1,
        "mfa_level": 0,
        "explicit_content_filter": 0,
        "max_members": 500_000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "preferred_locale": "en-GB",
        "premium_progress_bar_enabled": False,
        "nsfw": False,
        "nsfw_level": 0,
        "emojis": [guild_emoji(each) for each in one.emoji.values()],
        "stickers": [],
    }


def _snowflake(value: int | None) -> str | None:
    return None if value is None else str(value)


def channel(world: World, one: Channel, viewer: int | None = None) -> Shape:
    """docs: resources/channel#channel-object; a thread names the viewer's own membership."""
    shared: Shape = {
        "id": str(one.id),
        "type": one.kind,
        "last_message_id": _snowflake(one.last_message_id),
        "flags": one.flags,
    }
    if one.recipients:
        others = [user(world.users[each]) for each in one.recipients if each != viewer]
        return {**shared, "recipients": others}
    shared |= {
        "guild_id": str(one.guild_id),
        "name": one.name,
        "parent_id": _snowflake(one.parent_id),
        "rate_limit_per_user": one.slowmode,
    }
    if one.last_pin_at:
        shared["last_pin_timestamp"] = one.last_pin_at
    if one.thread:
        parent = world.channels.get(one.parent_id or 0)
        tags = {"applied_tags": [str(each) for each in one.applied_tags]} if parent and parent.forum else {}
        return {**shared, **tags, **_thread(one, viewer)}
    shape = {
        **shared,
        "topic": one.topic,
        "position": one.position,
        "nsfw": one.nsfw,
        "permission_overwrites": [
            {"id": str(each.id), "type": each.kind, "allow": str(each.allow), "deny": str(each.deny)}
            for each in one.overwrites.values()
        ],
    }
    if one.default_auto_archive:
        shape["default_auto_archive_duration"] = one.default_auto_archive
    return {**shape, **_forum(one.forum)} if one.forum else shape


def hidden_channel(world: World, one: Channel) -> Shape:
    """A channel as the gateway prints it to who may not view it: its id, type, place and parent are true, the rest is
    nulled or reduced (docs: resources/channel#channel-object-obfuscated-channels).
    """
    shape = channel(world, one)
    everyone = {"id": str(one.guild_id), "type": 0, "allow": "0", "deny": str(int(Permission.VIEW_CHANNEL))}
    shape |= {"name": "___hidden___", "topic": None, "last_message_id": None, "nsfw": False, "rate_limit_per_user": 0}
    shape |= {"permission_overwrites": [everyone], "flags": int(ChannelFlag.OBFUSCATED)}
    shape.pop("last_pin_timestamp", None)
    shape.pop("default_auto_archive_duration", None)
    return {**shape, **_forum(ForumState())} if one.forum else shape


def _forum(state: ForumState) -> Shape:
    """docs: resources/channel#channel-object, "only in forum channels"."""
    return {
        "available_tags": [tag(each) for each in state.tags],
        "default_reaction_emoji": state.reaction,
        "default_sort_order": state.sort_order,
        "default_forum_layout": state.layout,
        "default_thread_rate_limit_per_user": state.thread_slowmode,
    }


def tag(one: Tag) -> Shape:
    """docs: resources/channel#forum-tag-object"""
    return {
        "id": str(one.id),
        "name": one.name,
        "moderated": one.moderated,
        "emoji_id": _snowflake(one.emoji_id),
        "emoji_name": one.emoji_name,
    }


def _thread(one: Channel, viewer: int | None) -> Shape:
    state = one.thread
    assert state is not None  # noqa: S101 - the caller looked
    shape: Shape = {
        "owner_id": str(state.owner_id),
        "message_count": state.message_count,
        "member_count": min(50, len(state.members)),
        "total_message_sent": state.total_sent,
        "thread_metadata": {
            "archived": state.archived,
            "archive_timestamp": state.archive_changed_at,
            "auto_archive_duration": state.auto_archive_minutes,
            "locked": state.locked,
            "create_timestamp": state.created_at,
        },
    }
    if viewer in state.members:
        shape["member"] = thread_member(one, viewer)
    return shape


def thread_member(one: Channel, user_id: int) -> Shape:
    """docs: resources/channel#thread-member-object"""
    assert one.thread is not None  # noqa: S101 - only threads have members
    joined = one.thread.members[user_id]
    return {"id": str(one.id), "user_id": str(user_id), "join_timestamp": joined, "flags": 0}


def guild_emoji(one: Emoji) -> Shape:
    """docs: resources/emoji#emoji-object"""
    return {
        "id": str(one.id),
        "name": one.name,
        "roles": [],
        "require_colons": True,
        "managed": False,
        "animated": one.animated,
        "available": True,
    }


def audit_entry(one: AuditEntry) -> Shape:
    """docs: resources/audit-log#audit-log-entry-object"""
    shape: Shape = {
        "id": str(one.id),
        "action_type": one.action,
        "target_id": str(one.target_id),
        "user_id": str(one.user_id),
    }
    more = {"reason": one.reason, "options": one.options, "changes": one.changes}
    return shape | {name: value for name, value in more.items() if value}


def threads(world: World, found: Iterable[Channel], viewer: int, has_more: bool = False) -> Shape:
    """A list of threads with the viewer's memberships."""
    listed = list(found)
    return {
        "threads": [channel(world, each, viewer) for each in listed],
        "members": [thread_member(each, viewer) for each in listed if each.thread and viewer in each.thread.members],
        "has_more": has_more,
    }
