"""What the owner and a member do with Red, in order, and what its answer must hold.

The answers are Red's own words, in English, as of the version in requirements.txt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Any

OWNER, MEMBER = "the owner", "a member"
NEXT = "\N{BLACK RIGHT-POINTING TRIANGLE}\N{VARIATION SELECTOR-16}"
NEXT_PAGE = "\N{BLACK RIGHTWARDS ARROW}\N{VARIATION SELECTOR-16}"


class Place(Enum):
    """Where something is said; the value follows the words in a step's name."""

    CHANNEL = ""
    THREAD = " in a new thread"
    DIRECT = " in a direct message"


@dataclass(frozen=True, slots=True)
class Step:
    """One message in some place, and a pattern that the answer must hold somewhere. With `presses` the
    button of the answer that shows this emoji is pressed, with `reacts` this emoji is added under it once Red has;
    then it is the answer as Red changes it that counts.
    """

    who: str
    says: str
    answer: str
    place: Place = Place.CHANNEL
    presses: str = ""
    reacts: str = ""

    @property
    def name(self) -> str:
        then = f", presses {self.presses}" * bool(self.presses) + f", reacts with {self.reacts}" * bool(self.reacts)
        return f"{self.who} says {self.says}{self.place.value}{then}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of something that was tried: its name, whether it went as it should, and a line about it."""

    name: str
    well: bool
    line: str


FIRST = (
    Step(OWNER, "!ping", r"^Pong\."),
    Step(MEMBER, "!ping", r"^Pong\."),
    Step(OWNER, "!load general mod cleanup customcom", r"Loaded.*general"),
    Step(MEMBER, "!choose tea coffee", r"^(tea|coffee)$"),
    Step(MEMBER, "!flip", r"\b(HEADS|TAILS)\b"),
    Step(MEMBER, "!roll 6", r"\b[1-6]\b"),
    Step(MEMBER, "!serverinfo", r"Rehearsal"),
    Step(MEMBER, "!userinfo", r"Joined this server"),
    Step(MEMBER, "!help ping", r"Pong"),
    Step(OWNER, "!helpset usemenus buttons", r"button menus"),
    Step(OWNER, "!help", r"Page 2 of", presses=NEXT),
    Step(OWNER, "!helpset usemenus reactions", r"reaction menus"),
    Step(OWNER, "!help", r"Page 2 of", reacts=NEXT_PAGE),
    Step(OWNER, "!customcom create simple greet Good day to you.", r"added"),
    Step(MEMBER, "!greet", r"^Good day to you\.$"),
    Step(OWNER, "!cleanup messages 3", r"3 messages"),
    Step(OWNER, "!set status playing chess", r"[Ss]tatus"),
    Step(OWNER, "!uptime", r"up for"),
    Step(OWNER, "!set bot nickname Reddish", r"[Dd]one"),
    Step(OWNER, "!set serverprefix ?", r"prefix.* set"),
    Step(MEMBER, "?ping", r"^Pong\."),
    Step(OWNER, "?slash sync", r"[Ss]ynced"),
    Step(OWNER, "?ping", r"^Pong\.", Place.THREAD),
    Step(OWNER, "!ping", r"^Pong\.", Place.DIRECT),
)
AGAIN = (
    Step(MEMBER, "?ping", r"^Pong\."),
    Step(MEMBER, "?greet", r"^Good day to you\.$"),
)


def text_of(message: dict[str, Any]) -> str:
    """All that can be read in a message: its content and its embeds."""
    parts = [message["content"]]
    for embed in message["embeds"]:
        parts += [embed.get("author", {}).get("name"), embed.get("title"), embed.get("description")]
        for field in embed.get("fields", []):
            parts += [field["name"], field["value"]]
        parts.append(embed.get("footer", {}).get("text"))
    return "\n".join(each for each in parts if each)


def judge(step: Step, answer: dict[str, Any]) -> Outcome:
    """Whether the answer is the one this step wants; the line is the answer's first."""
    text = text_of(answer)
    line = text.splitlines()[0] if text else "(a message without words)"
    return Outcome(step.name, re.search(step.answer, text, re.MULTILINE) is not None, line)
