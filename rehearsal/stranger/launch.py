"""A program for the stranger's own environment: Red-DiscordBot, started on the stand-in.

Run with the addresses of the API and of the gateway, then Red's own arguments. Promises that of Red and of
discord.py nothing is changed but the two addresses. Beside that, names of other machines are not looked up here:
whatever Red asks of one fails at once, and is told on the standard error output, one line each.
"""

import importlib
import socket
import sys
from typing import Any

REFUSED = "not looked up: "


def main(api: str, gateway: str, arguments: list[str]) -> None:
    red = importlib.import_module("redbot.__main__")
    importlib.import_module("discord.http").Route.BASE = api
    address = importlib.import_module("yarl").URL(gateway)
    importlib.import_module("discord.gateway").DiscordWebSocket.DEFAULT_GATEWAY = address
    _stay_here()
    sys.argv = ["redbot", *arguments]
    red.main()


def _stay_here() -> None:
    """Red asks all it asks through aiohttp; numeric addresses, like the stand-in's, need no look-up."""
    connector: Any = importlib.import_module("aiohttp.connector")
    resolver = importlib.import_module("aiohttp.abc").AbstractResolver

    class Nowhere(resolver):
        def __init__(self, *_: Any, **__: Any) -> None:
            pass

        async def resolve(self, host: str, port: int = 0, family: int = socket.AF_INET) -> list[Any]:
            sys.stderr.write(f"{REFUSED}{host}\n")
            raise OSError(f"{host} is not looked up in a rehearsal")

        async def close(self) -> None:
            pass

    connector.DefaultResolver = Nowhere


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
