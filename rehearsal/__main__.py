"""Promises `python -m rehearsal serve`: the stand-in alone, announced by one line of JSON, until SIGTERM or SIGINT."""

import asyncio
import json
import signal
from pathlib import Path
from typing import Annotated, Literal

import typer

from rehearsal.server import BadState, StandIn
from rehearsal.server.starts import SECONDS

app = typer.Typer(add_completion=False, help="A small Discord on this machine.")


@app.callback()
def main() -> None:
    """A small Discord on this machine."""


@app.command()
def serve(
    port: Annotated[int, typer.Option(help="0 takes a free one.", min=0, max=65535)] = 0,
    state: Annotated[Path | None, typer.Option(help="Go on where this file was left.")] = None,
    members: Annotated[int, typer.Option(help="Ordinary members of a new server.", min=0)] = 20,
    home: Annotated[
        Literal["text", "forum"], typer.Option(help="What the channel critique of a new server is.")
    ] = "text",
    record: Annotated[Path | None, typer.Option(help="Append every exchange and event to this file.")] = None,
    shards: Annotated[int, typer.Option(help="The number of shards a bot is told to use.", min=1)] = 1,
    max_concurrency: Annotated[int, typer.Option(help="Shards that may identify at the same time.", min=1)] = 1,
    identify_seconds: Annotated[float, typer.Option(help="The pause between two that may not.", min=0)] = SECONDS,
    rate_limits: Annotated[bool, typer.Option("--rate-limits", help="Refuse who asks too often.")] = False,
) -> None:
    """Start the stand-in and print where it is and who is there."""
    try:
        asyncio.run(
            _serve(
                StandIn(
                    state=state,
                    members=members,
                    port=port,
                    record=record,
                    home=home,
                    shards=shards,
                    max_concurrency=max_concurrency,
                    identify_seconds=identify_seconds,
                    rate_limits=rate_limits,
                )
            )
        )
    except BadState as fault:
        _give_up(str(fault))
    except OSError as fault:
        _give_up(f"The stand-in cannot start: {fault.strerror or fault}.")


def _give_up(sentence: str) -> None:
    typer.echo(sentence, err=True)
    raise typer.Exit(1)


async def _serve(stand_in: StandIn) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    async with stand_in as discord:
        typer.echo(json.dumps(discord.announcement))
        await stopped.wait()


if __name__ == "__main__":
    app()
