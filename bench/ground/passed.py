"""What passed between a stand-in and the bot, out of the stand-in's record, in seconds of the monotonic clock."""

import time
from collections import Counter
from typing import Any

from bench import staleness
from bench.ground.critiques import AGREE, DISAGREE
from rehearsal.server import StandIn

_SIDES = {AGREE: 1, DISAGREE: -1}


def of(discord: StandIn) -> dict[str, Any]:
    """Lists and counts, ready to be written as JSON.

    `cast`: every reaction event that the bot was sent, in order, as [message, member, side, whether it was added];
    `edits`: what each edit of a digest showed, as [when, {thread: [agree, disagree]}]; `requests`: how many the bot
    made, by kind; `refused`: how many of them met a rate limit.
    """
    entries = discord.record.entries
    exchanges = [entry for entry in entries if entry["kind"] == "exchange" and entry["by"] in ("bot", None)]
    start = time.monotonic() - discord.world.clock.since_start()
    return {
        "cast": [cast for entry in entries if (cast := _cast(entry)) is not None],
        "edits": [[start + entry["at"], shown] for entry in exchanges if (shown := _shown(entry))],
        "requests": Counter(f"{entry['method']} {entry['route']}" for entry in exchanges),
        "refused": sum(entry["status"] == 429 for entry in exchanges),
    }


def _cast(entry: dict[str, Any]) -> list[Any] | None:
    if entry["kind"] != "event" or entry["to"] != "bot" or not entry["name"].startswith("MESSAGE_REACTION_"):
        return None
    data = entry["data"]
    side = _SIDES[data["emoji"]["name"]]
    return [int(data["message_id"]), int(data["user_id"]), side, entry["name"] == "MESSAGE_REACTION_ADD"]


def _shown(entry: dict[str, Any]) -> dict[int, tuple[int, int]]:
    """The points' figures in a digest that was edited, or posted anew."""
    if entry["method"] not in ("PATCH", "POST") or entry["status"] != 200:
        return {}
    embeds = (entry["request"] or {}).get("embeds") or []
    return {thread: tally for embed in embeds for thread, tally in staleness.read(embed.get("description", "")).items()}
