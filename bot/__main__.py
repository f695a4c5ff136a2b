"""`python -m bot`: the command line; `run` alone, which runs for months, goes without what only that needs."""

import sys


def main() -> None:
    """Does what the arguments say."""
    if sys.argv[1:] == ["run"]:
        from bot.start import run

        sys.exit(run())
    from bot.command_line import app

    app(prog_name="python -m bot")


if __name__ == "__main__":
    main()
