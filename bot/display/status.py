"""How the bot is doing, as one embed of figures."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import discord

from bot.core.examinations import Books
from bot.core.notices import Notice
from bot.display import limits
from bot.display.inert import inert_line
from bot.display.notices import sentences
from bot.texts import _, ngettext

_MEGABYTE = 1_000_000
_SHARDS = 20


@dataclass(frozen=True, slots=True)
class Status:
    """The figures. `latencies` are seconds by shard; `intakes` a name, events read and recorded.

    `notices` are this server's newest, `fault` the sentence that says why nothing can be stored now, if so;
    `drift` is how many votes were found changed on this server after gaps, and when it was last read after one.
    """

    version: str
    since: datetime
    servers: int
    latencies: Mapping[int, float]
    intents: Sequence[str]
    intakes: Sequence[tuple[str, int, int]]
    books: Books
    drift: tuple[int, datetime | None]
    notices: Sequence[Notice] = ()
    fault: str = ""


def embed(it: Status) -> discord.Embed:
    """Each figure with its name."""
    shown = discord.Embed(title=_("Point Eleven {version}").format(version=it.version))
    given_up = sum(each.count for each in it.books.given_up)
    waiting = _("{waiting} waiting, {late} late, {stuck} failing for over an hour, {given_up} given up").format(
        waiting=it.books.waiting, late=it.books.late, stuck=it.books.stuck, given_up=given_up
    )
    size = _("{size} MB").format(size=max(1, round(it.books.size / _MEGABYTE)))
    if it.fault:
        size = _("{size}. **Nothing can be stored now:** {fault}").format(size=size, fault=inert_line(it.fault))
    read = "\n".join(
        _("{name}: {read} read, {recorded} recorded").format(name=name, read=read, recorded=recorded)
        for name, read, recorded in it.intakes
    )
    for name, value in (
        (_("Up since"), f"<t:{int(it.since.timestamp())}:f> (<t:{int(it.since.timestamp())}:R>)"),
        (_("Servers"), str(it.servers)),
        (_("Open critiques"), str(it.books.critiques)),
        (_("Shards"), "\n".join(_shards(it.latencies))),
        (_("Intents"), ", ".join(it.intents)),
        (_("Events"), read),
        (_("Found after gaps"), _drift(*it.drift)),
        (_("Deliveries to Discord"), waiting),
        (_("Database"), size),
        *_notices(it.notices),
    ):
        shown.add_field(name=name, value=value or "–", inline=False)
    return shown


def _notices(notices: Sequence[Notice]) -> list[tuple[str, str]]:
    """What moderators were told last, or could not be; nothing where there was no cause."""
    shown = limits.shorten("\n".join(sentences(notices)) or "–", limits.EMBED_FIELD_VALUE)
    return [(_("Told to the moderators"), shown)] if notices else []


def _drift(count: int, at: datetime | None) -> str:
    if at is None:
        return _("this server has not been read yet")
    found = ngettext("{count} vote changed", "{count} votes changed", count).format(count=count)
    return _("{found}; last read <t:{at}:R>").format(found=found, at=int(at.timestamp()))


def _shards(latencies: Mapping[int, float]) -> list[str]:
    lines = [
        _("{shard}: {milliseconds} ms").format(shard=shard, milliseconds=round(seconds * 1000))
        if math.isfinite(seconds)
        else _("{shard}: no answer yet").format(shard=shard)
        for shard, seconds in sorted(latencies.items())[:_SHARDS]
    ]
    left = len(latencies) - len(lines)
    return [*lines, _("… and {count} more").format(count=left)] if left else lines
