"""An interaction as the member lives it: sent, told its id, and answered or failed.

POST /interactions and the events INTERACTION_CREATE, INTERACTION_MODAL_CREATE, INTERACTION_SUCCESS and
INTERACTION_FAILURE to a member are those of Discord's own client, which Discord documents nowhere; the stand-in's
form of them is followed.
An interaction must be answered within three seconds, and a deferred one within fifteen minutes
(documentation: Receiving and Responding, "Interaction Callback"); a member here is less patient.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from rehearsal.member.api import Api, File, MemberError
from rehearsal.member.gateway import Event, Gateway, Unseen

COMMAND, COMPONENT, AUTOCOMPLETE, SUBMISSION = 2, 3, 4, 5
LOADING = 1 << 7
# Three seconds are the bot's; Discord's own word that they have passed needs a moment to arrive.
ANSWER_WITHIN = 3.0
MARGIN = 2.0
FOLLOW_UP_WITHIN = 30.0

Json = dict[str, Any]
Wanted = Callable[[str, Json], bool]


class Unanswered(MemberError):
    """The bot did not answer an interaction, or not in time."""


@dataclass(frozen=True, slots=True)
class _Sent:
    """An interaction under way: what was sent, from which place in the events on its outcome may stand."""

    gateway: Gateway
    body: Json
    what: str
    since: int

    async def told_id(self) -> str:
        """The interaction's id, which Discord tells the member's client at once."""
        _, data = await self.seen(lambda name, data: name == "INTERACTION_CREATE" and self.mine(data))
        return str(data["id"])

    def mine(self, data: Json) -> bool:
        return data.get("nonce") == self.body["nonce"]

    async def seen(self, wanted: Wanted, within: float = ANSWER_WITHIN + MARGIN) -> Event:
        """The first such event; raises Unanswered when Discord reports a failure first, or time runs out."""

        def ends(name: str, data: Json) -> bool:
            return wanted(name, data) or (name == "INTERACTION_FAILURE" and self.mine(data))

        try:
            found = await self.gateway.wait(ends, within, f"an answer to {self.what}", self.since)
        except Unseen as error:
            raise Unanswered(f"The bot did not answer {self.what}: {error}") from error
        if found[0] == "INTERACTION_FAILURE":
            raise Unanswered(f"The bot did not answer {self.what} within {ANSWER_WITHIN:g} s, says Discord.")
        return found


async def _send(api: Api, gateway: Gateway, body: Json, what: str, files: Sequence[File] = ()) -> _Sent:
    since = len(gateway.seen)
    await api.request("POST", "/interactions", body, files)
    return _Sent(gateway, body, what, since)


async def interact(
    api: Api, gateway: Gateway, body: Json, what: str, files: Sequence[File] = (), pressed: str | None = None
) -> Json:
    """Send an interaction and give back what answers it: a message, or a modal (which has a `title`).

    `pressed` is the message that the interaction came from, which the answer may change. Raises Refused or
    Unanswered.
    """
    sent = await _send(api, gateway, body, what, files)
    known = await sent.told_id()

    def answers(name: str, data: Json) -> bool:
        if name == "INTERACTION_MODAL_CREATE":
            return sent.mine(data)
        if name == "MESSAGE_UPDATE" and pressed is not None and data["id"] == pressed:
            return True
        about = data.get("interaction_metadata") or {}
        return name in ("MESSAGE_CREATE", "MESSAGE_UPDATE") and about.get("id") == known

    def heard(name: str, data: Json) -> bool:
        return answers(name, data) or (name == "INTERACTION_SUCCESS" and sent.mine(data))

    def shown(name: str, data: Json) -> bool:
        return answers(name, data) and not data.get("flags", 0) & LOADING

    await sent.seen(heard)
    # Discord's word of success, or an answer still loading, only promises what is shown in the end.
    return (await sent.seen(shown, FOLLOW_UP_WITHIN))[1]


async def complete(api: Api, gateway: Gateway, body: Json, what: str) -> list[Json]:
    """Send an autocomplete interaction and give back the choices. Raises Refused or Unanswered."""
    sent = await _send(api, gateway, body, what)

    def offered(name: str, data: Json) -> bool:
        return name == "APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE" and sent.mine(data)

    return (await sent.seen(offered))[1]["choices"]
