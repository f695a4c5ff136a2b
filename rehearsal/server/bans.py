"""Promises the routes of a guild's bans (docs: resources/guild#get-guild-bans and following).

They need BAN_MEMBERS; a member must stand below the actor. Somebody who is no member can be banned too.
"""

from rehearsal.server import departures, hierarchy, posting, shapes
from rehearsal.server.audit import Action
from rehearsal.server.errors import refusal
from rehearsal.server.forms import Form
from rehearsal.server.model import Guild
from rehearsal.server.permissions import Permission
from rehearsal.server.routing import Call, Routes
from rehearsal.server.snowflakes import moment_of

ROUTES = Routes()
_BANS = "/guilds/{guild_id}/bans"
_ONE = f"{_BANS}/{{user_id}}"
_WEEK = 604800


@ROUTES.on("GET", _BANS)
def read_bans(call: Call) -> list[shapes.Shape]:
    """By user id; of `before` and `after` only the first counts."""
    guild = call.govern(Permission.BAN_MEMBERS)
    form = Form(call.query)
    limit = form.integer("limit", least=1, most=1000) or 1000
    before, after = form.snowflake("before"), form.snowflake("after")
    form.check()
    listed = sorted(guild.bans)
    if before is not None:
        page = [each for each in listed if each < before][-limit:]
    else:
        page = [each for each in listed if each > (after or 0)][:limit]
    return [_shape(call, guild, each) for each in page]


@ROUTES.on("GET", _ONE)
def read_ban(call: Call) -> shapes.Shape:
    guild = call.govern(Permission.BAN_MEMBERS)
    return _shape(call, guild, _banned(call, guild))


def _shape(call: Call, guild: Guild, user_id: int) -> shapes.Shape:
    """docs: resources/guild#ban-object"""
    return {"user": shapes.user(call.stage.world.users[user_id]), "reason": guild.bans[user_id]}


def _banned(call: Call, guild: Guild) -> int:
    user_id = call.id("user_id")
    if user_id not in guild.bans:
        raise refusal(10026)
    return user_id


@ROUTES.on("PUT", _ONE)
def ban(call: Call) -> None:
    """docs: #create-guild-ban; `delete_message_days` is the older way to say how much of theirs goes."""
    guild, user_id = call.govern(Permission.BAN_MEMBERS), call.id("user_id")
    form = Form(call.body)
    seconds = form.integer("delete_message_seconds", least=0, most=_WEEK)
    days = form.integer("delete_message_days", least=0, most=7)
    form.check()
    if user_id not in call.stage.world.users:
        raise refusal(10013)
    if not hierarchy.over_user(guild, call.actor.id, user_id):
        raise refusal(50013)
    guild.bans[user_id] = call.reason
    call.stage.world.save(guild)
    call.stage.events.ban_changed("GUILD_BAN_ADD", guild.id, user_id)
    if user_id in guild.members:
        departures.leave(call.stage, guild, user_id)
    _clear(call, guild, user_id, (days or 0) * 86400 if seconds is None else seconds)
    call.audit(Action.MEMBER_BAN_ADD, guild.id, user_id)


def _clear(call: Call, guild: Guild, user_id: int, seconds: int) -> None:
    """Deletes what the user wrote on the guild in the last so many seconds."""
    world = call.stage.world
    now = world.clock.now()
    places = [each for each in world.channels.values() if each.guild_id == guild.id]
    for channel in places if seconds else ():
        theirs = [each for each in world.messages(channel.id) if each.author_id == user_id]
        gone = [each for each in theirs if (now - moment_of(each.id)).total_seconds() <= seconds]
        for message in gone:
            posting.forget(call.stage, channel, message)
        if gone:
            call.stage.events.messages_deleted([each.id for each in gone], channel)


@ROUTES.on("DELETE", _ONE)
def unban(call: Call) -> None:
    """docs: #remove-guild-ban"""
    guild = call.govern(Permission.BAN_MEMBERS)
    user_id = _banned(call, guild)
    del guild.bans[user_id]
    call.stage.world.save(guild)
    call.stage.events.ban_changed("GUILD_BAN_REMOVE", guild.id, user_id)
    call.audit(Action.MEMBER_BAN_REMOVE, guild.id, user_id)
