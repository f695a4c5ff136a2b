"""Promises which limits a request is under.

Discord publishes no figures but the global one (docs: topics/rate-limits#global-rate-limit) and may change the others
at any time, so each of these says who reports it; "invented" means that nobody does. Rules:
1. A route that is not here has no limit of its own: only the global one, which routes with an interaction's token are
   free of (docs: the same place).
2. A bucket is one asker's, in one channel, guild or webhook with its token (docs: topics/rate-limits).
3. Some limits do not show in the headers: a 429 comes although requests remain (discord-api-docs #2761, #4043, #4413).
"""

from collections.abc import Iterator

from rehearsal.server import snowflakes
from rehearsal.server.rate_limits import Bucket, Limit
from rehearsal.server.routing import Call, Route

GLOBAL = Limit("global", 50, 1.0, "global")
# docs: topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
INVALID = Limit("invalid requests", 10_000, 600.0)

# discord-api-docs #5646 for the figure; #1442 and #8073: both bear one mark, and yet are counted apart.
SENT = Limit("messages sent", 5, 5.0, mark="messages")
EDITED = Limit("messages edited", 5, 5.0, mark="messages")
# Clarified nowhere (discord-api-docs #4413); the figure is the userdoccers' (discord-userdoccers #551).
OLD_EDITED = Limit(
    "old messages edited",
    3,
    6.0,
    code=30046,
    message="Maximum number of edits to messages older than 1 hour reached. Try again later.",
)
# discord-api-docs #8330; a message that is not there counts as a young one.
DELETED_YOUNG = Limit("young messages deleted", 5, 1.0)
DELETED = Limit("messages deleted", 3, 0.333)
DELETED_OLD = Limit("old messages deleted", 30, 4.0)
# discord-api-docs #182; adding and taking off share it (#981).
REACTED = Limit("reactions", 1, 0.25)
# discord-api-docs #7816, with the scope; 50 in five minutes are what those who met it wrote down.
STARTED = Limit("threads started", 50, 300.0, "shared")
# discord-api-docs #2761 for both figures; of the second #1900 and #2208 too.
CHANGED = Limit("channels changed", 10, 15.0)
RENAMED = Limit("channels renamed", 2, 600.0)
# discord-api-docs #2701: per interaction, whatever is done there.
FOLLOWED_UP = Limit("follow-ups", 5, 2.0)
# discord-api-docs #8161 has 5, with headers that say nothing of it; the seconds are invented.
HISTORY = Limit("messages read", 5, 5.0)
# Invented, all of these.
VOTERS = Limit("reactions read", 5, 1.0)
ARCHIVE = Limit("archived threads read", 5, 1.0)
PINNED = Limit("pins", 5, 5.0)
COMMANDS = Limit("commands", 5, 20.0)

_HOUR, _YOUNG, _OLD = 3600.0, 10.0, 14 * 86400.0
_CHANNEL = "/channels/{channel_id}"
_MESSAGE = f"{_CHANNEL}/messages/{{message_id}}"
_REACTIONS = f"{_MESSAGE}/reactions"
_EMOJI = f"{_REACTIONS}/{{emoji_name}}"
_PIN = f"{_CHANNEL}/messages/pins/{{message_id}}"
_ANSWERS = "/webhooks/{webhook_id}/{webhook_token}"
_ALL_COMMANDS = "/applications/{application_id}/commands"
_GUILD_COMMANDS = "/applications/{application_id}/guilds/{guild_id}/commands"
_DELETE_MESSAGE = ("DELETE", _MESSAGE)
_SHOWN: dict[tuple[str, str], Limit] = {
    ("POST", f"{_CHANNEL}/messages"): SENT,
    ("GET", f"{_CHANNEL}/messages"): HISTORY,
    ("PATCH", _MESSAGE): EDITED,
    ("PATCH", _CHANNEL): CHANGED,
    ("PUT", f"{_EMOJI}/@me"): REACTED,
    ("DELETE", f"{_EMOJI}/@me"): REACTED,
    ("DELETE", f"{_EMOJI}/{{user_id}}"): REACTED,
    ("DELETE", _EMOJI): REACTED,
    ("DELETE", _REACTIONS): REACTED,
    ("GET", _EMOJI): VOTERS,
    ("GET", f"{_CHANNEL}/threads/archived/public"): ARCHIVE,
    ("PUT", _PIN): PINNED,
    ("DELETE", _PIN): PINNED,
    **{(method, path): COMMANDS for method in ("POST", "PUT") for path in (_ALL_COMMANDS, _GUILD_COMMANDS)},
}
_STARTING = (("POST", f"{_CHANNEL}/threads"), ("POST", f"{_MESSAGE}/threads"))


def shown(route: Route, call: Call) -> Limit | None:
    """The limit that the headers tell of, if there is one."""
    if route.template.startswith(_ANSWERS):
        return FOLLOWED_UP
    if (route.method, route.template) == _DELETE_MESSAGE:
        return _deletion(call)
    return _SHOWN.get((route.method, route.template))


def unseen(route: Route, call: Call) -> Iterator[Limit]:
    """The limits that no header tells of."""
    asked = (route.method, route.template)
    if asked in _STARTING:
        yield STARTED
    elif asked == ("PATCH", _CHANNEL) and isinstance(call.body, dict) and {"name", "topic"} & call.body.keys():
        yield RENAMED
    elif asked == ("PATCH", _MESSAGE) and _age(call) > _HOUR:
        yield OLD_EDITED


def worldwide(route: Route) -> bool:
    """Whether the global limit counts the request."""
    return not route.open_to_all


def bucket(limit: Limit, call: Call) -> Bucket:
    """Where this request counts for that limit."""
    everybody = limit.scope == "shared" or "webhook_token" in call.params
    whose = None if everybody or call.who is None else call.who.id
    major = ("channel_id", "guild_id", "webhook_id", "webhook_token")
    where = "" if limit.scope == "global" else "/".join(call.params[each] for each in major if each in call.params)
    return Bucket(limit, whose, where)


def _deletion(call: Call) -> Limit:
    age = _age(call)
    if age < _YOUNG or call.stage.world.message(int(call.params["message_id"])) is None:
        return DELETED_YOUNG
    return DELETED_OLD if age > _OLD else DELETED


def _age(call: Call) -> float:
    """The seconds since the path's message was written; 0 where the path names none."""
    number = snowflakes.read(call.params["message_id"])
    if number is None:
        return 0.0
    return (call.stage.world.clock.now() - snowflakes.moment_of(number)).total_seconds()
