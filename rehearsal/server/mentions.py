"""Promises the mentions in a text, as far as the author and `allowed_mentions` let them count.

docs: resources/message#allowed-mentions-object, reference#message-formatting
"""

import re
from dataclasses import dataclass, field

from rehearsal.server import snowflakes
from rehearsal.server.forms import Form
from rehearsal.server.model import Channel, User
from rehearsal.server.permissions import Permission
from rehearsal.server.world import World

_USER = re.compile(r"<@!?(\d+)>")
_ROLE = re.compile(r"<@&(\d+)>")
_EVERYONE = re.compile(r"@(everyone|here)")


@dataclass(slots=True)
class Allowed:
    """Which mentions may count; `users` and `roles` None: any."""

    users: set[int] | None = None
    roles: set[int] | None = None
    everyone: bool = True
    replied_user: bool = True


@dataclass(slots=True)
class Mentions:
    users: list[int] = field(default_factory=list)
    roles: list[int] = field(default_factory=list)
    everyone: bool = False


def read_allowed(form: Form) -> Allowed:
    """Without the field everything counts; with it only what it names."""
    given = form.child("allowed_mentions")
    if given is None:
        return Allowed()
    parse = given.list("parse", most=3)
    allowed = Allowed(
        users=_listed(given, "users", parse),
        roles=_listed(given, "roles", parse),
        everyone="everyone" in parse,
        replied_user=given.boolean("replied_user") or False,
    )
    for place, each in enumerate(parse):
        if each not in ("users", "roles", "everyone"):
            given.wrong(f"parse.{place}", "BASE_TYPE_CHOICES", "Value must be one of {everyone, roles, users}.")
    return allowed


def _listed(form: Form, name: str, parse: list[str]) -> set[int] | None:
    ids = form.list(name, most=100)
    if name in parse:
        if ids:
            form.wrong(
                None,
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                f'parse:["{name}"] and {name}: [ids...] are mutually exclusive.',
            )
        return None
    return {number for each in ids if (number := snowflakes.read(each)) is not None}


def find(world: World, author: User, channel: Channel, text: str, allowed: Allowed) -> Mentions:
    """Whom the text mentions. Unknown users and roles that may not be mentioned do not count."""
    found = Mentions()
    for number in dict.fromkeys(int(each) for each in _USER.findall(text)):
        if number in world.users and (allowed.users is None or number in allowed.users):
            found.users.append(number)
    if channel.guild_id is None:
        return found
    loud = bool(world.granted(author.id, channel) & Permission.MENTION_EVERYONE)
    roles = world.guilds[channel.guild_id].roles
    for number in dict.fromkeys(int(each) for each in _ROLE.findall(text)):
        role = roles.get(number)
        if role and (role.mentionable or loud) and (allowed.roles is None or number in allowed.roles):
            found.roles.append(number)
    found.everyone = loud and allowed.everyone and bool(_EVERYONE.search(text))
    return found
