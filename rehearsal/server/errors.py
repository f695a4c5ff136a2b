"""Promises Discord's own refusals: the HTTP status, the JSON error code and its words.

docs: topics/opcodes-and-status-codes#json-json-error-codes
"""

from typing import Any


class Refusal(Exception):
    """An answer that says no. `code` is Discord's JSON error code."""

    def __init__(self, status: int, code: int, message: str, errors: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.body: dict[str, Any] = {"message": message, "code": code}
        if errors:
            self.body["errors"] = errors


_KNOWN: dict[int, tuple[int, str]] = {
    10002: (404, "Unknown Application"),
    10003: (404, "Unknown Channel"),
    10004: (404, "Unknown Guild"),
    10007: (404, "Unknown Member"),
    10008: (404, "Unknown Message"),
    10009: (404, "Unknown Overwrite"),
    10011: (404, "Unknown Role"),
    10013: (404, "Unknown User"),
    10014: (400, "Unknown Emoji"),
    10015: (404, "Unknown Webhook"),
    10087: (404, "Unknown tag"),
    10026: (404, "Unknown Ban"),
    10062: (404, "Unknown interaction"),
    10063: (404, "Unknown application command"),
    20001: (403, "Bots cannot use this endpoint"),
    20002: (403, "Only bots can use this endpoint"),
    20012: (403, "You are not authorized to perform this action on this application"),
    30003: (400, "Maximum number of pins reached (250)"),
    30005: (400, "Maximum number of guild roles reached (250)"),
    30010: (400, "Maximum number of reactions reached (20)"),
    30013: (400, "Maximum number of guild channels reached (500)"),
    30033: (400, "Maximum number of thread participants has been reached (1000)"),
    30032: (400, "Maximum number of application commands reached"),
    30047: (400, "Maximum number of pinned threads in a forum channel has been reached"),
    30048: (400, "Maximum number of tags in a forum channel has been reached"),
    40003: (403, "You are opening direct messages too fast"),
    40060: (400, "Interaction has already been acknowledged."),
    40061: (400, "Tag names must be unique"),
    40066: (400, "There are no tags available that can be set by non-moderators"),
    40067: (400, "A tag is required to create a forum post in this channel"),
    50001: (403, "Missing Access"),
    50003: (403, "Cannot execute action on a DM channel"),
    50005: (403, "Cannot edit a message authored by another user"),
    50006: (400, "Cannot send an empty message"),
    50007: (403, "Cannot send messages to this user"),
    50008: (400, "Cannot send messages in a non-text channel"),
    50013: (403, "Missing Permissions"),
    50021: (403, "Cannot execute action on a system message"),
    50024: (403, "Cannot execute action on this channel type"),
    50028: (400, "Invalid Role"),
    50027: (401, "Invalid Webhook Token"),
    50033: (400, "Invalid Recipient(s)"),
    50034: (
        400,
        "You can only bulk delete messages that are under 14 days old.",
    ),
    50055: (400, "Invalid Guild"),
    50083: (400, "Thread is archived"),
    50109: (400, "The request body contains invalid JSON."),
    160002: (400, "Cannot reply without permission to read message history"),
    160004: (400, "A thread has already been created for this message"),
    160005: (403, "Thread is locked"),
    160006: (400, "Maximum number of active threads reached"),
}


def refusal(code: int) -> Refusal:
    """The refusal Discord gives under this code."""
    status, message = _KNOWN[code]
    return Refusal(status, code, message)


def slowed(seconds: float) -> Refusal:
    """The refusal of a member who has to wait this long (docs: topics/rate-limits, JSON error 20016)."""
    found = Refusal(429, 20016, "This action cannot be performed due to slowmode rate limit")
    found.body |= {"retry_after": seconds, "global": False}
    return found


def unauthorised() -> Refusal:
    return Refusal(401, 0, "401: Unauthorized")


def not_modelled(what: str) -> Refusal:
    """What this server does not do is said so; nothing is made up."""
    return Refusal(501, 0, f"The stand-in does not model {what}")
