"""The bot as a process of its own: its settings, its log, and one sentence where it cannot run.

It needs nothing of the command line, which takes two megabytes.
"""

import sys

# At DEBUG they log all that Discord sends and all that is stored: members' words and names.
_TALKATIVE = ("discord", "aiohttp", "aiosqlite", "sqlalchemy")


def run() -> int:
    """Runs the bot until Ctrl-C or SIGTERM. The exit code."""
    import asyncio
    import logging

    from pydantic import ValidationError

    from bot import settings as given

    try:
        settings = given.Settings()  # pyright: ignore[reportCallIssue] - the values come from the environment
    except ValidationError as error:
        return _fail(*given.faults(error))
    logging.basicConfig(
        level=settings.log_level,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        datefmt="%Y-%m-%dT%H:%M:%S%z",
    )
    for library in _TALKATIVE:
        logging.getLogger(library).setLevel(max(logging.INFO, logging.getLogger().level))
    from bot import app, faults

    try:
        asyncio.run(app.run(settings))
    except faults.EXPECTED as error:
        return _fail(faults.sentence(error))
    return 0


def _fail(*sentences: str) -> int:
    for sentence in sentences:
        sys.stderr.write(f"{sentence}\n")
    return 1
