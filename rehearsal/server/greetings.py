"""Promises what a client is told when it arrives: READY and its guilds, or RESUMED.

docs: events/gateway-events#ready, #guild-create
"""

from rehearsal.server import intents, shapes
from rehearsal.server.gateway import Gateway, Notice
from rehearsal.server.model import Guild, GuildMember
from rehearsal.server.sessions import Session

# A guild above this many members comes with the bot's own member only, whatever its intents.
HUGE = 75_000


def greet(gateway: Gateway, session: Session) -> None:
    """READY, in which every guild is still unavailable, then one GUILD_CREATE for each that is not."""
    world = gateway.world
    user = world.users[session.user_id]
    guilds = [each for each in world.guilds_of(user.id) if session.serves(each.id)]
    ready: shapes.Shape = {
        "v": 10,
        "user": shapes.own_user(user),
        "guilds": [{"id": str(each.id), "unavailable": True} for each in guilds],
        "session_id": session.id,
        "resume_gateway_url": gateway.url,
    }
    if session.shard:
        ready["shard"] = [session.shard.number, session.shard.count]
    if user.bot:
        flags = sum(bit for name, bit in intents.APPLICATION_FLAGS.items() if world.portal[name])
        ready["application"] = {"id": str(world.application_id), "flags": flags}
    gateway.push(session, Notice("READY", ready))
    for guild in guilds:
        offer(gateway, session, guild)


def offer(gateway: Gateway, session: Session, guild: Guild) -> None:
    """GUILD_CREATE, unless the guild is away or the session did not ask for guilds."""
    if guild.id not in gateway.away and intents.asked(session.intents, "GUILD_CREATE", direct=False):
        gateway.push(session, Notice("GUILD_CREATE", _available(gateway, session, guild)))


def _available(gateway: Gateway, session: Session, guild: Guild) -> shapes.Shape:
    """A guild with its channels, its active threads the session may see, and the members it may know."""
    world, viewer = gateway.world, session.user_id
    threads = [
        each
        for each in world.threads(guild.id)
        if each.thread and not each.thread.archived and world.sees(viewer, each)
    ]
    return {
        **shapes.guild(guild),
        "joined_at": guild.members[viewer].joined_at,
        "large": len(guild.members) > session.large,
        "unavailable": False,
        "member_count": len(guild.members),
        "voice_states": [],
        "members": [shapes.member(world, each) for each in _known(session, guild)],
        "channels": [
            shapes.channel(world, each) if world.sees(viewer, each) else shapes.hidden_channel(world, each)
            for each in world.channels_of(guild.id)
        ],
        "threads": [shapes.channel(world, each, viewer) for each in threads],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def _known(session: Session, guild: Guild) -> list[GuildMember]:
    """The members that come with a guild: all, if presences were asked for; of a large guild only those with a role
    or a nickname, since nobody here is online (docs: events/gateway-events#request-guild-members).
    """
    own = guild.members[session.user_id]
    asked = session.intents is None or session.intents & intents.GUILD_PRESENCES
    if not asked or len(guild.members) > HUGE:
        return [own]
    if len(guild.members) <= session.large:
        return list(guild.members.values())
    return [each for each in guild.members.values() if each is own or each.roles or each.nick]


def resumed(gateway: Gateway, session: Session) -> None:
    gateway.push(session, Notice("RESUMED", {"_trace": []}))
