"""Exclusions and mutes in words: what a moderator is answered, and what can be brought back."""

from collections.abc import Sequence

from discord import app_commands

from bot.core.cases import Case, CaseAct
from bot.core.exclusions import Exclusion
from bot.display import limits
from bot.display.cases import where
from bot.texts import _, ngettext


def done(case: Case) -> str:
    """What a moderator has just done, with how many votes."""
    votes = ngettext("{count} vote", "{count} votes", case.votes or 0).format(count=case.votes or 0)
    until = "" if case.until is None else f"<t:{int(case.until.timestamp())}:f>"
    return _said(case).format(number=case.id, votes=votes, where=where(case), until=until)


def _said(case: Case) -> str:
    if case.act is CaseAct.EXCLUDE and case.member is None:
        return _("Case {number}: {votes} taken out of the figures, {where}. `/mod include` brings them back.")
    return {
        CaseAct.EXCLUDE: _(
            "Case {number}: {votes} taken out of the figures, {where}, and what this member casts from now on does "
            "not count. They are told why; nobody else is. `/mod include` undoes it."
        ),
        CaseAct.INCLUDE: _("Case {number}: {votes} brought back into the figures, {where}."),
        CaseAct.MUTE: _(
            "Case {number}: muted until {until}. They are told why. Their votes count; `/mod unmute` ends it earlier."
        ),
        CaseAct.UNMUTE: _("Case {number}: the mute is over, and they are told."),
    }[case.act]


def choices(standing: Sequence[Exclusion], typed: str) -> list[app_commands.Choice[str]]:
    """What can be brought back, newest first, named without members."""
    offered = [app_commands.Choice(name=_named(one), value=str(one.case)) for one in standing]
    wanted = typed.casefold().strip()
    return [one for one in offered if wanted in one.name.casefold()][: limits.CHOICES]


def _named(one: Exclusion) -> str:
    votes = ngettext("{count} vote", "{count} votes", one.votes).format(count=one.votes)
    if one.since is None:
        said = _("Case {number}: a member's votes ({votes}), {at} UTC")
    else:
        said = _("Case {number}: {votes} cast from {since} to {at} UTC")
    since = "" if one.since is None else f"{one.since:%Y-%m-%d %H:%M}"
    return said.format(number=one.case, votes=votes, since=since, at=f"{one.at:%Y-%m-%d %H:%M}")
