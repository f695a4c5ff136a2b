"""The report of a rehearsal, for a person at a terminal."""

import io
import re

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.core.cases import Case, CaseAct
from bot.core.digests import Line
from bot.rehearse.findings import Findings
from bot.rehearse.promises import outcome
from bot.texts import _

_WIDTH = 100


def picture(findings: Findings) -> str:
    """The report as an SVG picture that asks nothing of the network."""
    from rich._export_format import CONSOLE_SVG_FORMAT  # its own template, less the fonts it fetches

    console = Console(record=True, file=io.StringIO(), width=_WIDTH)
    show(console, findings)
    own_fonts = re.sub(r"@font-face \{\{.*?\n\s*\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    return console.export_svg(title="make try", code_format=own_fonts)


def show(console: Console, findings: Findings) -> None:
    """Prints the list with its tallies and authors, and what was done beside what was recorded."""
    console.print()
    console.rule(f"[bold]{escape(findings.critique.title)}")
    console.print(_list(findings))
    console.print(_figures(findings))
    for sentence in findings.broken:
        console.print(f"[red]{_('Not kept')}:[/] {escape(sentence)}")
    for mismatch in findings.mismatches:
        console.print(f"[red]{_('Mismatch')}:[/] {escape(mismatch)}")
    console.print(
        _("Simulated: members, names that the page does not give, and all votes are invented (seed {seed}).").format(
            seed=findings.seed
        ),
        style="dim",
    )


def _list(findings: Findings) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("#", justify="right", no_wrap=True)
    table.add_column(_("Point"), ratio=1)
    table.add_column(_("Added by"), no_wrap=True, max_width=24)
    for name in (_("Agree"), _("Disagree"), _("Replies")):
        table.add_column(name, justify="right", no_wrap=True)
    for line in findings.lines:
        table.add_row(*_row(findings, line))
    return table


def _row(findings: Findings, line: Line) -> list[str]:
    point = line.point
    title = escape(point.title)
    if point.claimed_label is not None:
        title += f" [dim]({_('submitted as #{label}').format(label=point.claimed_label)})[/]"
    if point.into is not None:
        title += f" [dim]({_('merged into #{label}').format(label=escape(point.into.name))})[/]"
    author = findings.author(line)
    figures = [str(line.tally.agree), str(line.tally.disagree), str(point.replies)]
    return [escape(point.name), title, escape(author) if author else f"[dim]{_('the document')}[/]", *figures]


def _figures(findings: Findings) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column()
    originals = sum(line.point.author is None for line in findings.lines)
    votes, requests = findings.votes, sum(findings.requests.values())
    announced = (
        "" if findings.comments_announced is None else _(", {n} announced").format(n=findings.comments_announced)
    )
    rows = [
        (_("Document"), _("{n} points; {c} comments found").format(n=originals, c=findings.comments_found) + announced),
        (
            _("Additions"),
            _("{typed} typed by the cast, {recorded} recorded by the bot").format(
                typed=findings.additions_typed, recorded=findings.additions_recorded
            ),
        ),
        *_discussion(findings),
        *_moderation(findings),
        (
            _("Votes"),
            _("{cast} standing in the stand-in's books, {recorded} recorded by the bot, drift {drift}").format(
                cast=votes.cast, recorded=votes.recorded, drift=votes.drift
            ),
        ),
        (
            _("Requests"),
            _("{total} by the bot, beside {fewest} as the fewest that could do it").format(
                total=requests, fewest=findings.fewest_requests
            ),
        ),
        (_("OpenAPI"), _openapi(findings)),
        (_("Time"), _("{seconds:.1f} s").format(seconds=findings.seconds)),
    ]
    for name, text in rows:
        table.add_row(name, text)
    return table


def _discussion(findings: Findings) -> list[tuple[str, str]]:
    """What was argued, referred to and asked, by comment; nothing of what was not."""
    it = findings.discussed
    argued = [
        _("comment {n} on {labels}").format(n=each.comment, labels=", ".join(each.points)) for each in it.arguments
    ]
    referred = [_("comment {n} to {labels}").format(n=n, labels=", ".join(labels)) for n, labels in it.references]
    asked = [
        _("comment {n}: recorded as {label}").format(n=n, label=label)
        if label
        else _("comment {n}: no point").format(n=n)
        for n, _choice, label in it.claims
    ]
    rows = [(_("Arguments"), argued), (_("References"), referred), (_("Asked"), asked)]
    return [(name, escape("; ".join(said))) for name, said in rows if said]


def _moderation(findings: Findings) -> list[tuple[str, str]]:
    """What became of additions that waited; nothing where no moderator acted."""
    cases = findings.cases
    if not cases:
        return []
    done = {act: [case.label for case in cases if case.act is act] for act in CaseAct}
    said = [
        _("{n} held").format(n=len(done[CaseAct.APPROVE]) + len(done[CaseAct.REFUSE])),
        _("approved: {labels}").format(labels=", ".join(done[CaseAct.APPROVE])),
        _("refused: {labels}").format(labels=", ".join(done[CaseAct.REFUSE])),
    ]
    rows = [(_("Moderation"), "; ".join(said))]
    rows += [(_("Appeal"), _appeal(case)) for case in cases if case.appeal is not None]
    merged = [line.point for line in findings.lines if line.point.into is not None]
    rows += [
        (_("Merge"), _("{label} counts to {into}; not undone").format(label=point.name, into=point.into.name))
        for point in merged
        if point.into is not None
    ]
    return [(name, escape(text)) for name, text in rows]


def _appeal(case: Case) -> str:
    said = {
        "granted": _("the author of {label} was told, appealed and was answered: granted, and it joined the list"),
        "kept": _("the author of {label} was told, appealed and was answered: the refusal stands"),
    }.get(outcome(case) or "", _("the author of {label} appealed and was not answered"))
    return said.format(label=case.label)


def _openapi(findings: Findings) -> str:
    if findings.openapi is None:
        return _("not checked: Discord's OpenAPI file is not at hand (DISCORD_OPENAPI names it)")
    checked, mismatches, exchanges, events = findings.openapi
    return _("{checked} checks over {exchanges} exchanges and {events} events, {mismatches} mismatches").format(
        checked=checked, exchanges=exchanges, events=events, mismatches=mismatches
    )
