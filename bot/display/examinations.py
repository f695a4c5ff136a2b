"""Findings in words: a sign with its word, what was found, and how to mend it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import discord

from bot.core.examinations import Finding, Found, Level, Use
from bot.display import limits
from bot.display.inert import inert_line
from bot.display.permissions import described
from bot.texts import _, ngettext

Params = Mapping[str, Any]

_MEGABYTE = 1_000_000
_HIDDEN = "___hidden___"  # documentation page "Channel", obfuscated channels


def embed(findings: Sequence[Finding], title: str) -> discord.Embed:
    """All findings within one embed, the worst first; what does not fit is counted."""
    order = [Level.FAULT, Level.WARNING, Level.FINE]
    lines = [f"{_sign(each.level)} {sentence(each)}" for each in sorted(findings, key=lambda it: order.index(it.level))]
    kept: list[str] = []
    room = limits.EMBED_DESCRIPTION - 80
    for line in lines:
        room -= limits.length(line) + 1
        if room < 0:
            kept.append(_("… and {count} more.").format(count=len(lines) - len(kept)))
            break
        kept.append(line)
    return discord.Embed(title=title, description="\n".join(kept))


def as_text(findings: Iterable[Finding]) -> str:
    """One line a finding, for a terminal."""
    return "\n".join(
        f"{_word(each.level):8} {each.server + ': ' if each.server else ''}{sentence(each).replace('**', '')}"
        for each in findings
    )


def as_json(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """The same for programs."""
    return [
        {
            "level": each.level.value,
            "what": each.what.value,
            "server": each.server or None,
            "sentence": sentence(each).replace("**", ""),
        }
        for each in findings
    ]


def sentence(finding: Finding) -> str:
    """What was found and how to mend it."""
    params = {name: inert_line(str(value)) for name, value in finding.params.items()}
    special = _SPECIAL.get(finding.what)
    return special(finding.params) if special else _sentences()[finding.what].format(**params)


def _sign(level: Level) -> str:
    return {Level.FINE: "✅", Level.WARNING: "⚠️", Level.FAULT: "❌"}[level] + f" **{_word(level)}**:"


def _word(level: Level) -> str:
    return {Level.FINE: _("OK"), Level.WARNING: _("Warning"), Level.FAULT: _("Fault")}[level]


def _use(use: Use) -> str:
    return {
        Use.HOME: _("the home of the points"),
        Use.DIGEST: _("the digest's channel"),
        Use.MODERATORS: _("the moderators' channel"),
    }[use]


def _sentences() -> dict[Found, str]:
    return {
        Found.TOKEN_KNOWN: _("Discord knows the token; it is {name}'s."),
        Found.TOKEN_UNKNOWN: _(
            "Discord does not know the token; copy it anew from the developer portal into DISCORD_TOKEN."
        ),
        Found.DISCORD_UNREACHABLE: _("Discord cannot be reached: {why}. Check the network and DISCORD_API_BASE."),
        Found.SETTING_WRONG: "{fault}",
        Found.CONTENT_READ: _("Members may type additions: the Message Content intent is asked for and granted."),
        Found.CONTENT_NOT_ASKED: _(
            "Typed additions must mention the bot, since MESSAGE_CONTENT_INTENT=false; `/point add` and the menu work "
            "without. Switch the intent on in the developer portal and in the settings if members are to type freely."
        ),
        Found.CONTENT_NOT_GRANTED: _(
            "The Message Content intent is not granted: switch it on under Bot in the developer portal, or set "
            "MESSAGE_CONTENT_INTENT=false."
        ),
        Found.LATENCY: _("Discord answers a heartbeat within {milliseconds} ms."),
        Found.LATENCY_HIGH: _("Discord takes {milliseconds} ms to answer a heartbeat; check the network and the load."),
        Found.ROLES_KNOWN: _("Moderators are members of {roles}."),
        Found.ROLES_NONE: _(
            "No moderators' role is known here, so only who may manage the server moderates: choose one with `/setup`."
        ),
        Found.ROLES_GONE: _("{count} of the moderators' roles is gone: choose again with `/setup`."),
        Found.EMOJI_USABLE: _("{agree} agrees and {disagree} disagrees."),
        Found.EMOJI_GONE: _("The emoji {emoji} is gone from this server: choose another with `/setup`."),
        Found.COMMANDS_KNOWN: _("Discord knows the commands of this version."),
        Found.COMMANDS_UNKNOWN: _("Discord did not take the commands of this version: start the bot again."),
        Found.DATABASE_NONE: _("There is no database yet; the bot makes it at its first start."),
        Found.DATABASE_OLDER: _(
            "The database is of schema {revision}, this version works with {newest}: it is brought up to date at the "
            "next start."
        ),
        Found.DATABASE_UNUSABLE: "{fault}",
        Found.CLOCK_RIGHT: _("The clock is right to {seconds} s."),
        Found.CLOCK_WRONG: _("The clock is {seconds} s away from Discord's: set it by a time service (NTP)."),
        Found.DELIVERIES_LATE: _(
            "{count} of {waiting} deliveries to Discord have been due for over a minute: the log says why."
        ),
        Found.DELIVERIES_STUCK: _(
            "Deliveries to Discord that have failed for over an hour, and are still tried: {count}. The log names them "
            "and says why."
        ),
        Found.DELIVERIES_GIVEN_UP: _(
            "{count} deliveries of kind {kind} were given up in the last days, the last one with: {fault}."
        ),
        Found.NO_SERVER: _("The bot is on no server: invite it with the address from the developer portal."),
    }


def _fit(params: Params) -> str:
    return _("#{name} can be used as {use}.").format(name=inert_line(params["name"]), use=_use(params["use"]))


def _not_chosen(params: Params) -> str:
    if params["use"] is Use.HOME:
        return _("No home is chosen: each critique goes where its command is used; choose one with `/setup`.")
    if params["use"] is Use.DIGEST:
        return _("The digest stands with the points: no channel of its own is chosen.")
    return _("No moderators' channel is chosen: nothing can be held for moderators.")


def _gone(params: Params) -> str:
    return _("The channel chosen as {use} is gone, or I cannot see it: choose another with `/setup`.").format(
        use=_use(params["use"])
    )


def _lacks(params: Params) -> str:
    shown, why = described()[params["permission"]]
    said = _("{name} ({use}): I lack **{permission}**, {why}. Grant it in the channel's settings, under Permissions.")
    return said.format(name=_named(params), use=_use(params["use"]), permission=shown, why=why)


def _named(params: Params) -> str:
    """The channel's name; Discord hides that of a channel that the bot may not see."""
    return f"<#{params['channel']}>" if params["name"] == _HIDDEN else f"#{inert_line(params['name'])}"


def _size(bytes_: int) -> str:
    return _("{size} MB").format(size=max(1, round(bytes_ / _MEGABYTE)))


def _waiting(params: Params) -> str:
    count = params["count"]
    return ngettext("{count} delivery to Discord waits.", "{count} deliveries to Discord wait.", count).format(
        count=count
    )


def _open(params: Params) -> str:
    count = params["count"]
    return ngettext("{count} critique is open.", "{count} critiques are open.", count).format(count=count)


_SPECIAL: Mapping[Found, Callable[[Params], str]] = {
    Found.CHANNEL_FIT: _fit,
    Found.CHANNEL_NOT_CHOSEN: _not_chosen,
    Found.CHANNEL_GONE: _gone,
    Found.PERMISSION_LACKING: _lacks,
    Found.DATABASE_FIT: lambda it: _("The database answers; it has {size}.").format(size=_size(it["size"])),
    Found.DISK: lambda it: _("{free} are free on its disk.").format(free=_size(it["free"])),
    Found.DISK_LOW: lambda it: _("Only {free} are free on the database's disk: make room before it is full.").format(
        free=_size(it["free"])
    ),
    Found.DELIVERIES_WAIT: _waiting,
    Found.CRITIQUES_OPEN: _open,
}
