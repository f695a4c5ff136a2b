"""Promises which events a gateway session asked for (docs: events/gateway#list-of-intents)."""

GUILDS = 1 << 0
GUILD_MEMBERS = 1 << 1
GUILD_MODERATION = 1 << 2
GUILD_EXPRESSIONS = 1 << 3
GUILD_PRESENCES = 1 << 8
GUILD_MESSAGES = 1 << 9
GUILD_MESSAGE_REACTIONS = 1 << 10
GUILD_MESSAGE_TYPING = 1 << 11
DIRECT_MESSAGES = 1 << 12
DIRECT_MESSAGE_REACTIONS = 1 << 13
DIRECT_MESSAGE_TYPING = 1 << 14
MESSAGE_CONTENT = 1 << 15
AUTO_MODERATION_CONFIGURATION = 1 << 20

KNOWN = sum(1 << bit for bit in (*range(17), 20, 21, 24, 25))
PRIVILEGED = {"members": GUILD_MEMBERS, "presences": GUILD_PRESENCES, "message_content": MESSAGE_CONTENT}
# What READY's application says of the same switches (docs: resources/application, flags).
APPLICATION_FLAGS = {"members": 1 << 15, "presences": 1 << 13, "message_content": 1 << 19}

_MESSAGES = (GUILD_MESSAGES, DIRECT_MESSAGES)
_REACTIONS = (GUILD_MESSAGE_REACTIONS, DIRECT_MESSAGE_REACTIONS)
_IN_GUILDS = (GUILDS, 0)
_MEMBERS = (GUILD_MEMBERS, 0)
_MODERATION = (GUILD_MODERATION, 0)
_RULES = (AUTO_MODERATION_CONFIGURATION, 0)

# Event: the intent for a guild, the intent for a direct message. 0: always sent.
_NEEDED: dict[str, tuple[int, int]] = {
    "MESSAGE_CREATE": _MESSAGES,
    "MESSAGE_UPDATE": _MESSAGES,
    "MESSAGE_DELETE": _MESSAGES,
    "MESSAGE_DELETE_BULK": _MESSAGES,
    "MESSAGE_REACTION_ADD": _REACTIONS,
    "MESSAGE_REACTION_REMOVE": _REACTIONS,
    "MESSAGE_REACTION_REMOVE_ALL": _REACTIONS,
    "MESSAGE_REACTION_REMOVE_EMOJI": _REACTIONS,
    "TYPING_START": (GUILD_MESSAGE_TYPING, DIRECT_MESSAGE_TYPING),
    "CHANNEL_PINS_UPDATE": (GUILDS, DIRECT_MESSAGES),
    "GUILD_CREATE": _IN_GUILDS,
    "GUILD_UPDATE": _IN_GUILDS,
    "GUILD_DELETE": _IN_GUILDS,
    "GUILD_EMOJIS_UPDATE": (GUILD_EXPRESSIONS, 0),
    "GUILD_ROLE_CREATE": _IN_GUILDS,
    "GUILD_ROLE_UPDATE": _IN_GUILDS,
    "GUILD_ROLE_DELETE": _IN_GUILDS,
    "CHANNEL_CREATE": _IN_GUILDS,
    "CHANNEL_UPDATE": _IN_GUILDS,
    "CHANNEL_DELETE": _IN_GUILDS,
    "THREAD_CREATE": _IN_GUILDS,
    "THREAD_UPDATE": _IN_GUILDS,
    "THREAD_DELETE": _IN_GUILDS,
    "THREAD_LIST_SYNC": _IN_GUILDS,
    "THREAD_MEMBER_UPDATE": _IN_GUILDS,
    "THREAD_MEMBERS_UPDATE": _IN_GUILDS,
    "GUILD_BAN_ADD": _MODERATION,
    "GUILD_BAN_REMOVE": _MODERATION,
    "GUILD_AUDIT_LOG_ENTRY_CREATE": _MODERATION,
    "AUTO_MODERATION_RULE_CREATE": _RULES,
    "AUTO_MODERATION_RULE_UPDATE": _RULES,
    "AUTO_MODERATION_RULE_DELETE": _RULES,
    "GUILD_MEMBER_ADD": _MEMBERS,
    "GUILD_MEMBER_UPDATE": _MEMBERS,
    "GUILD_MEMBER_REMOVE": _MEMBERS,
}
# What may be sent to a client that has a session; an interaction needs no intent.
EVENTS = frozenset(_NEEDED) | {"INTERACTION_CREATE"}


def asked(intents: int | None, event: str, direct: bool) -> bool:
    """Whether a session with these intents gets the event; a member's session (None) gets all."""
    if intents is None:
        return True
    needed = _NEEDED.get(event, (0, 0))[direct]
    return not needed or bool(intents & needed)
