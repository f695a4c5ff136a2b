"""One step done by one person, over that person's own requests and gateway session, to Red's answer."""

from __future__ import annotations

from typing import Any

from rehearsal.member import Member, MemberError, buttons
from rehearsal.stranger.steps import Place, Step

ANSWERS_WITHIN = 20.0

Json = dict[str, Any]


async def act(person: Member, bot: str, step: Step, channel: str, guild: str) -> Json:
    """The message that answers the step. Raises MemberError when none comes, or no such button."""
    if step.place is not Place.CHANNEL:
        channel = await _open(person, bot, step.place, channel)
    since = len(person.gateway.seen)
    await person.say(channel, step.says)

    def answers(data: Json) -> bool:
        return data["author"]["id"] == bot and data["channel_id"] == channel

    answer = await person.wait_for("MESSAGE_CREATE", answers, ANSWERS_WITHIN, since)
    if step.presses:
        return await person.press(answer, _button(answer, step.presses), guild)
    if step.reacts:
        return await _react(person, bot, answer, step.reacts, since)
    return answer


async def _open(person: Member, bot: str, place: Place, channel: str) -> str:
    """The id of the direct message with the bot, or of a new thread on the channel."""
    if place is Place.DIRECT:
        return (await person.api.request("POST", "/users/@me/channels", {"recipient_id": bot}))["id"]
    said = await person.say(channel, "Something to talk about.")
    path = f"/channels/{channel}/messages/{said['id']}/threads"
    return (await person.api.request("POST", path, {"name": "Talk"}))["id"]


def _button(answer: Json, emoji: str) -> str:
    """The custom id of the button that shows this emoji."""
    for each in buttons(answer):
        if each.get("emoji", {}).get("name") == emoji:
            return each["custom_id"]
    raise MemberError(f"The answer bears no button with {emoji}.")


async def _react(person: Member, bot: str, answer: Json, emoji: str, since: int) -> Json:
    """Adds to Red's own reaction, and gives the answer as Red changes it for that."""

    def offered(data: Json) -> bool:
        mine = data["user_id"] == bot and data["message_id"] == answer["id"]
        return mine and data["emoji"]["name"] == emoji

    await person.wait_for("MESSAGE_REACTION_ADD", offered, ANSWERS_WITHIN, since)
    before = len(person.gateway.seen)
    await person.react(answer["channel_id"], answer["id"], emoji)
    return await person.wait_for("MESSAGE_UPDATE", lambda data: data["id"] == answer["id"], ANSWERS_WITHIN, before)
