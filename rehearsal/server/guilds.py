"""Promises the routes of guilds: what there is, new channels, the audit log (docs: resources/guild)."""

from rehearsal.server import audit, forums, names, overwrites, shapes
from rehearsal.server.audit import Action
from rehearsal.server.errors import not_modelled, refusal
from rehearsal.server.forms import Form
from rehearsal.server.model import Channel, ChannelKind, ForumState
from rehearsal.server.permissions import Permission
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
    """The channels that the actor may view, without threads
    (docs: resources/channel#channel-object-obfuscated-channels).
    """
    world = call.stage.world
    listed = world.channels_of(call.guild().id)
    return [shapes.channel(world, each) for each in listed if world.sees(call.actor.id, each)]


@ROUTES.on("POST", f"{_GUILD}/channels", status=201)
def create_channel(call: Call) -> shapes.Shape:
    """A text channel or a forum; MANAGE_CHANNELS, and MANAGE_ROLES for overwrites (docs: #create-guild-channel)."""
    guild, world = call.govern(Permission.MANAGE_CHANNELS), call.stage.world
    form = Form(call.body)
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
    overwrites.check_made(call, list(channel.overwrites.values()))
    there = world.channels_of(guild.id)
    if len(there) >= MOST_CHANNELS:
        raise refusal(30013)
    channel.position = len(there)
    channel.name = names.of_channel(channel.name)
    if forum:
        forums.configure(world, channel, form)
    world.add_channel(channel)
    call.stage.events.channel_changed("CHANNEL_CREATE", channel)
    shape = shapes.channel(world, channel, call.actor.id)
    call.audit(Action.CHANNEL_CREATE, guild.id, channel.id, changes=audit.changes({}, shape))
    return shape


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
