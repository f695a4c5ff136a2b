"""The command line: `python -m chaos --kills 50 --seed 1`.

The exit code is 0 where nothing is lost, doubled or adrift, and 1 otherwise; then the database, the log and the
books as they were at the end are kept, and where they are is said.
"""

import asyncio
import shutil
import tempfile
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from chaos import report
from chaos.outcome import Plan
from chaos.places import at, places
from chaos.run import run

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def chaos(
    kills: Annotated[int, typer.Option(min=1, help="How often the bot is killed.")] = 50,
    seed: Annotated[int, typer.Option(help="What is chosen at random follows from it.")] = 1,
    only: Annotated[int | None, typer.Option(min=1, help="Repeat the kill of this number alone.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Members write oftener: more happens in few kills.")] = False,
    keep: Annotated[Path | None, typer.Option(help="Leave database, log and record in this folder.")] = None,
) -> None:
    """Kill the bot again and again while members vote and write, and look whether anything is lost or doubled."""
    chosen = tuple(islice(places(seed), kills)) if only is None else (at(seed, only),)
    typer.echo(f"seed {seed}: it decides what is done and where kills fall, not how bot and Discord interleave")
    folder = keep or Path(tempfile.mkdtemp(prefix="chaos-"))
    folder.mkdir(parents=True, exist_ok=True)
    outcome = asyncio.run(run(Plan(seed, chosen, folder, quick, record=keep is not None), typer.echo))
    if outcome.good and keep is None:
        shutil.rmtree(folder)
    else:
        typer.echo(f"database, log and books are in {folder}")
    for line in report.lines(outcome):
        typer.echo(line)
    if not outcome.good:
        raise typer.Exit(1)


if __name__ == "__main__":
    app()
