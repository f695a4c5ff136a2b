"""Promises the routes of guilds: what there is, new channels, one's own nickname (docs: resources/guild)."""

from rehearsal.server import audit, forums, overwrites, shapes
from rehearsal.server.audit import Action
from rehearsal.server.errors import not_modelled, refusal
from rehearsal.server.forms import Form
from rehearsal.server.model import Channel, ChannelKind, ForumState
from rehearsal.server.permissions import Permission, base
from rehearsal.server.routing import Call, Routes
from rehearsal.server.threads import DURATIONS

ROUTES = Routes()
_GUILD = "/guilds/{guild_id}"
MOST_CHANNELS = 500
_MADE_WITH = {
    "name",
    "type",
    "topic",
    "rate_limit_per_user",
    "nsfw",
    "default_auto_archive_duration",
    "permission_overwrites",
}


@ROUTES.on("GET", _GUILD)
def read_guild(call: Call) -> shapes.Shape:
    guild = call.guild()
    shape = shapes.guild(guild)
    if call.query.get("with_counts", "").lower() in ("true", "1"):
        shape |= {"approximate_member_count": len(guild.members), "approximate_presence_count": 1}
    return shape


@ROUTES.on("GET", f"{_GUILD}/channels")
def read_channels(call: Call) -> list[shapes.Shape]:
    """All channels, hidden ones too, without threads."""
    world = call.stage.world
    return [shapes.channel(world, each) for each in world.channels_of(call.guild().id)]


@ROUTES.on("POST", f"{_GUILD}/channels", status=201)
def create_channel(call: Call) -> shapes.Shape:
    """A text channel or a forum; MANAGE_CHANNELS, and MANAGE_ROLES for overwrites (docs: #create-guild-channel)."""
    guild, world = call.guild(), call.stage.world
    form = Form(call.body)
    if not base(guild, call.actor.id) & Permission.MANAGE_CHANNELS:
        raise refusal(50013)
    kind = form.integer("type") or ChannelKind.TEXT
    if kind not in (ChannelKind.TEXT, ChannelKind.FORUM) or set(form.body) - _MADE_WITH - forums.FIELDS:
        raise not_modelled(f"POST {_GUILD}/channels of type {kind} with {', '.join(sorted(form.body))}")
    channel = Channel(world.ids.next(), kind, form.text("name", least=1, most=100, required=True) or "", guild.id)
    forum = kind == ChannelKind.FORUM
    channel.forum = ForumState() if forum else None
    channel.topic = form.text("topic", most=4096 if forum else 1024)
    channel.slowmode = form.integer("rate_limit_per_user", least=0, most=21600) or 0
    channel.nsfw = form.boolean("nsfw") or False
    channel.default_auto_archive = form.choice("default_auto_archive_duration", DURATIONS)
    channel.overwrites = {each.id: each for each in overwrites.read(form)}
    form.check()
    overwrites.check_made(call, guild.id, list(channel.overwrites.values()))
    there = world.channels_of(guild.id)
    if len(there) >= MOST_CHANNELS:
        raise refusal(30013)
    channel.position = len(there)
    if forum:
        forums.configure(world, channel, form)
    else:  # Discord writes a text channel's name in lower case, with hyphens for spaces
        channel.name = "-".join(channel.name.lower().split())
    world.add_channel(channel)
    call.stage.events.channel_changed("CHANNEL_CREATE", channel)
    call.audit(Action.CHANNEL_CREATE, guild.id, channel.id)
    return shapes.channel(world, channel, call.actor.id)


@ROUTES.on("GET", f"{_GUILD}/emojis")
def read_emojis(call: Call) -> list[shapes.Shape]:
    """docs: resources/emoji#list-guild-emojis"""
    return [shapes.guild_emoji(each) for each in call.guild().emoji.values()]


@ROUTES.on("GET", f"{_GUILD}/emojis/{{emoji_id}}")
def read_emoji(call: Call) -> shapes.Shape:
    """docs: resources/emoji#get-guild-emoji"""
    found = call.guild().emoji.get(call.id("emoji_id"))
    if found is None:
        raise refusal(10014)
    return shapes.guild_emoji(found)


@ROUTES.on("GET", f"{_GUILD}/audit-logs")
def read_audit_log(call: Call) -> shapes.Shape:
    """docs: resources/audit-log#get-guild-audit-log"""
    return audit.read(call.stage.world, call.guild().id, call.actor.id, Form(call.query))


@ROUTES.on("GET", f"{_GUILD}/roles")
def read_roles(call: Call) -> list[shapes.Shape]:
    return [shapes.role(each) for each in call.guild().roles.values()]


@ROUTES.on("GET", f"{_GUILD}/roles/{{role_id}}")
def read_role(call: Call) -> shapes.Shape:
    role = call.guild().roles.get(call.id("role_id"))
    if role is None:
        raise refusal(10011)
    return shapes.role(role)


@ROUTES.on("GET", f"{_GUILD}/members")
def read_members(call: Call) -> list[shapes.Shape]:
    """By id; an application needs the members intent switched on (docs: #list-guild-members)."""
    guild = call.guild()
    if call.actor.bot and not call.stage.world.portal["members"]:
        raise refusal(50001)
    form = Form(call.query)
    limit = form.integer("limit", least=1, most=1000) or 1
    after = form.snowflake("after") or 0
    form.check()
    later = sorted(each for each in guild.members if each > after)
    return [shapes.member(call.stage.world, guild.members[each]) for each in later[:limit]]


@ROUTES.on("GET", f"{_GUILD}/members/{{user_id}}")
def read_member(call: Call) -> shapes.Shape:
    guild = call.guild()
    user_id = call.id("user_id")
    if user_id not in guild.members:
        raise refusal(10007 if user_id in call.stage.world.users else 10013)
    return shapes.member(call.stage.world, guild.members[user_id])


@ROUTES.on("PATCH", f"{_GUILD}/members/@me")
def rename_myself(call: Call) -> shapes.Shape:
    """docs: #modify-current-member"""
    guild = call.guild()
    form = Form(call.body)
    nick = form.text("nick", most=32)
    form.check()
    if set(form.body) - {"nick"}:
        raise not_modelled(f"PATCH {_GUILD}/members/@me with more than a nick")
    if not base(guild, call.actor.id) & Permission.CHANGE_NICKNAME:
        raise refusal(50013)
    member = guild.members[call.actor.id]
    member.nick = nick or None
    call.stage.world.save(guild)
    call.stage.events.member_updated(guild.id, member)
    return shapes.member(call.stage.world, member)
