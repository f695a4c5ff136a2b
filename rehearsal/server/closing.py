"""Promises the reason why the server closes a client's socket.

docs: topics/opcodes-and-status-codes#gateway-gateway-close-event-codes. A session outlives every close after which
the documentation lets a client reconnect, so that it can be resumed.
"""


class Closing(Exception):
    """Close the socket with this code."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


def undecodable() -> Closing:
    return Closing(4002, "Error while decoding payload.")
