"""Promises `python -m rehearsal.stranger`: a run and its report; exit code 1 when not all went well."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from rehearsal.referee import find_openapi, load
from rehearsal.stranger.play import play
from rehearsal.stranger.red import RedFailed
from rehearsal.stranger.report import lines

ROOT = Path(__file__).parents[2]


def main(
    python: Annotated[Path, typer.Option(help="The Python in whose environment Red is installed.")] = ROOT
    / "build/stranger/bin/python",
) -> None:
    """Run Red-DiscordBot on the stand-in and say how that went."""
    if not python.exists():
        typer.echo(f"There is no Python at {python}; `make stranger` installs Red.", err=True)
        raise typer.Exit(1)
    openapi = find_openapi(ROOT)
    try:
        run = asyncio.run(play(python.absolute(), load(openapi) if openapi else None))
    except (RedFailed, OSError) as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(1) from None
    typer.echo("\n".join(lines(run)))
    raise typer.Exit(0 if run.went_well else 1)


if __name__ == "__main__":
    typer.run(main)
