"""The command line: `python -m bot --help`.

Each command imports what it needs when it runs, so that `outline` does not wait for Discord's client. What
goes wrong is one sentence on standard error and an exit code that is not 0.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

import typer

from bot.texts import _

if TYPE_CHECKING:
    from bot.settings import Settings

app = typer.Typer(
    help="Point Eleven holds a structured debate over a numbered critique in Discord.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _fail(*sentences: str) -> NoReturn:
    for sentence in sentences:
        typer.echo(sentence, err=True)
    raise typer.Exit(1)


def _bytes_of(document: Path) -> bytes:
    try:
        if document.is_dir():
            _fail(_("{path} is a folder; name the document in it.").format(path=document))
        return document.read_bytes()
    except FileNotFoundError:
        _fail(_("There is no file {path}; check the name.").format(path=document))
    except OSError as error:
        _fail(_("{path} cannot be read: {why}.").format(path=document, why=error.strerror))


@app.command()
def outline(
    document: Annotated[Path, typer.Argument(help="A .txt, .md or saved .html page, 1 MiB at most.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the outline as JSON.")] = False,
    which: Annotated[int, typer.Option("--list", min=1, help="Which list: 1 is the longest.")] = 1,
) -> None:
    """Read a document as the bot would, and show its points, comments and warnings."""
    from bot.core import outlines
    from bot.display import outlines as display

    content = _bytes_of(document)
    try:
        found = outlines.read(content, name=document.name, choose=which)
    except outlines.Unreadable as error:
        _fail(display.sentence(error))
    if as_json:
        typer.echo(json.dumps(display.as_json(found), ensure_ascii=False, indent=2))
    else:
        typer.echo(display.as_text(found))


def _settings() -> "Settings":
    from pydantic import ValidationError

    from bot.settings import Settings, faults

    try:
        return Settings()  # pyright: ignore[reportCallIssue] - the values come from the environment
    except ValidationError as error:
        _fail(*faults(error))


@app.command()
def doctor(as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False) -> None:
    """Say what works, what does not, and how to mend it. It changes nothing, and may run beside the bot."""
    import asyncio

    from bot.core.examinations import unfit
    from bot.display import examinations as display

    settings = _settings()
    from bot.doctor import examine

    found = asyncio.run(examine(settings))
    typer.echo(json.dumps(display.as_json(found), ensure_ascii=False, indent=2) if as_json else display.as_text(found))
    if unfit(found):
        raise typer.Exit(1)


@app.command()
def run() -> None:
    """Run the bot until Ctrl-C or SIGTERM."""
    from bot import start

    raise typer.Exit(start.run())


@app.command()
def rehearse(
    document: Annotated[Path, typer.Argument(help="The document whose debate is re-enacted.")],
    seed: Annotated[int, typer.Option(help="Seeds the invented votes and names: the same seed, the same debate.")] = 11,
    home: Annotated[Literal["text", "forum"], typer.Option(help="What holds the points.")] = "text",
    message_content: Annotated[
        bool,
        typer.Option(help="Whether the bot may read what members type; without, the cast mentions it."),
    ] = True,
    moderated: Annotated[
        bool,
        typer.Option("--moderated", help="Have additions wait: one is refused and appealed against, one merged."),
    ] = False,
    report: Annotated[Path | None, typer.Option("--json", help="Write the report here as JSON, too.")] = None,
    picture: Annotated[Path | None, typer.Option("--picture", help="Write the report here as SVG, too.")] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Leave bot and stand-in running until Ctrl-C.")] = False,
) -> None:
    """Rehearse a document's debate on the stand-in: a Discord on this machine, with simulated members."""
    import asyncio

    from bot import rehearse as rehearsals
    from bot.core.critiques import HomeKind

    content = _bytes_of(document)
    try:
        asyncio.run(
            rehearsals.rehearse(
                document,
                content,
                seed=seed,
                kind=HomeKind(home),
                message_content=message_content,
                moderated=moderated,
                report=report,
                picture=picture,
                keep=keep,
            )
        )
    except rehearsals.RehearsalFailed as error:
        _fail(str(error))
    except KeyboardInterrupt:
        _fail(_("Stopped; nothing was left running."))
