"""The command line: `python -m bench` lists the measurements, `python -m bench NAME` makes one, `all` all of them."""

from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bench import report
from bench.figures import Found
from bench.machine import machine
from bench.runs import Plan

BENCHES = {
    "votes": "reaction events over the gateway to durable rows, beside stock discord.py and a plain bot",
    "reconcile": "requests and time after downtime with 10, 100 and 1,000 points, beside the fewest possible",
    "memory": "what the bot holds with 1, 100 and 1,000 servers, beside a bare discord.py client",
    "storm": "1,000 votes a second with rate limits on: staleness of the digest, delay of the event loop, requests",
    "growth": "cost per vote, addition and digest with 10 thousand, 100 thousand and 1 million votes stored",
    "document": "reading a document of 10 KiB to 1 MiB",
    "reading": "what members write, beside what careful people read in it, and how fast; --file takes another set",
    "groups": "opinion groups: found where there are some, found where there are none, seconds for 10,000 members",
}
"""A line for each module of this package that has `measure(plan) -> Found`."""

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    name: Annotated[str | None, typer.Argument(help="What to measure; without it, what there is.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object with medians.")] = False,
    quick: Annotated[
        bool, typer.Option("--quick", help="Be done within 40 s: less of everything, as many runs.")
    ] = False,
    file: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="The labelled messages that `reading` is measured on."),
    ] = None,
) -> None:
    """Measure the bot beside what it is built on."""
    if name is None:
        for known, says in BENCHES.items():
            typer.echo(f"{known:<10} {says}")
        return
    if name != "all" and name not in BENCHES:
        typer.echo(f"There is no measurement called {name}; there are {', '.join(BENCHES)}, and all.", err=True)
        raise typer.Exit(2)
    if file is not None and name != "reading":
        typer.echo("Only `reading` is measured on a file: python -m bench reading --file PATH.", err=True)
        raise typer.Exit(2)
    for each in BENCHES if name == "all" else (name,):
        _measure(each, as_json=as_json, quick=quick, file=file)


def _measure(name: str, *, as_json: bool, quick: bool, file: Path | None) -> None:
    on = machine()
    try:
        found = _with_progress(name, quick=quick, file=file)
    except ValueError as error:
        if file is None:
            raise
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    if as_json:
        typer.echo(report.as_json(name, on, found))
    else:
        report.show(Console(), name, BENCHES[name], on, found)


def _with_progress(name: str, *, quick: bool, file: Path | None) -> Found:
    """Measures with a progress bar on standard error, where that is a terminal."""
    columns = (TextColumn("{task.description:<32}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    error = Console(stderr=True)
    with Progress(*columns, console=error, transient=True, disable=not error.is_terminal, refresh_per_second=2) as bar:
        task = bar.add_task(name, total=None)
        begun = False

        def expect(steps: int) -> None:
            bar.update(task, total=steps)

        def step(words: str) -> None:
            nonlocal begun
            bar.update(task, advance=int(begun), description=f"{name}: {words}")
            begun = True

        return import_module(f"bench.{name}").measure(Plan(expect, step, quick, file=file))


if __name__ == "__main__":
    app()
