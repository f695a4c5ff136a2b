"""The script of a rehearsal: plain JSON that says what the cast will do, and nothing of the bot's insides.

    {"document": {"filename": "list.txt", "text": "…"} or {"filename": "list.png", "base64": "…"},
     "comments": [{"author": "Ada" or null, "messages": ["…", "…"], "answers": ["Record as", …]}, …],
     "home": "critiques", "home_kind": "text" or "forum", "mention": false,
     "seed": 1, "voters": 40, "points_expected": 11, "emoji": {"agree": "👍", "disagree": "👎"},
     "moderation": null or as in `rehearsal/moderation.py`}

Promises that what `load` accepts can be played: every message fits into Discord (1 to 2,000 characters,
documentation: Create Message), with a mention of the bot in front where `mention` asks for one; every number makes
sense; else one sentence says what is wrong.
"""

from __future__ import annotations

import base64
import json
from dataclasses import asdict, dataclass
from typing import Any

from rehearsal.moderation import Merge, Moderation, Refusal

LONGEST_MESSAGE = 2000
LONGEST_MENTION = len("<@18446744073709551615> ")
HOME_KINDS = ("text", "forum")


class ScriptError(ValueError):
    """What is wrong with a script, in one sentence."""


@dataclass(frozen=True, slots=True)
class Document:
    """The document that the moderator attaches."""

    filename: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of the document, cut into messages; the author is None where the page names none.

    `answers` are words in the labels of the buttons that its author presses where the bot asks about it: under each
    question, the first that is there.
    """

    author: str | None
    messages: tuple[str, ...]
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Script:
    """What the cast plays. The same script on a fresh server gives the same deeds."""

    document: Document
    comments: tuple[Comment, ...]
    home: str
    seed: int
    voters: int
    points_expected: int
    agree: str
    disagree: str
    home_kind: str = "text"
    mention: bool = False
    moderation: Moderation | None = None


def dump(script: Script) -> str:
    """The script as JSON; a document that is not UTF-8 text goes as base64."""
    document: dict[str, str] = {"filename": script.document.filename}
    try:
        document["text"] = script.document.content.decode("utf-8")
    except UnicodeDecodeError:
        document["base64"] = base64.b64encode(script.document.content).decode("ascii")
    comments = [
        {"author": each.author, "messages": list(each.messages), "answers": list(each.answers)}
        for each in script.comments
    ]
    emoji = {"agree": script.agree, "disagree": script.disagree}
    whole = {"document": document, "comments": comments, "emoji": emoji}
    whole |= {
        name: getattr(script, name) for name in ("home", "home_kind", "mention", "seed", "voters", "points_expected")
    }
    whole["moderation"] = None if script.moderation is None else asdict(script.moderation)
    return json.dumps(whole, ensure_ascii=False, indent=1)


def load(text: str) -> Script:
    """Read a script. Raises ScriptError."""
    try:
        found = json.loads(text)
        mention = bool(found.get("mention", False))
        room = LONGEST_MESSAGE - (LONGEST_MENTION if mention else 0)
        return Script(
            document=_document(found["document"]),
            comments=tuple(_comment(n, each, room) for n, each in enumerate(found["comments"], 1)),
            home=str(found["home"]),
            home_kind=_home_kind(found.get("home_kind", "text")),
            mention=mention,
            seed=_number(found, "seed"),
            voters=_number(found, "voters"),
            points_expected=_number(found, "points_expected"),
            agree=str(found["emoji"]["agree"]),
            disagree=str(found["emoji"]["disagree"]),
            moderation=_moderation(found.get("moderation"), len(found["comments"])),
        )
    except json.JSONDecodeError as error:
        raise ScriptError(f"The script is not JSON: {error}.") from error
    except KeyError as error:
        raise ScriptError(f"The script lacks {error}.") from error
    except (TypeError, AttributeError) as error:
        raise ScriptError(f"The script has not the form it should have: {error}.") from error


def _document(found: dict[str, Any]) -> Document:
    if "base64" in found:
        try:
            return Document(found["filename"], base64.b64decode(found["base64"], validate=True))
        except ValueError as error:
            raise ScriptError(f"The script's document is not base64: {error}.") from error
    return Document(found["filename"], found["text"].encode("utf-8"))


def _home_kind(found: object) -> str:
    if found not in HOME_KINDS:
        raise ScriptError(f"The script's 'home_kind' must be one of {', '.join(HOME_KINDS)}, not {found!r}.")
    return str(found)


def _moderation(found: dict[str, Any] | None, comments: int) -> Moderation | None:
    if found is None:
        return None
    refusal, merge = Refusal(**found["refusal"]), Merge(**found["merge"])
    waiting = tuple(str(label) for label in found["waiting"])
    if refusal.label not in waiting or not 1 <= _number(found["refusal"], "comment") <= comments:
        raise ScriptError("The script refuses an addition that none of its comments makes.")
    if merge.label not in waiting or merge.label == refusal.label or merge.into in (merge.label, refusal.label):
        raise ScriptError("The script merges what is not approved, or into what is not on the list.")
    return Moderation(str(found["channel"]), str(found["policy"]), waiting, refusal, merge)


def _comment(number: int, found: dict[str, Any], room: int) -> Comment:
    messages = tuple(found["messages"])
    if not messages:
        raise ScriptError(f"Comment {number} of the script has no message.")
    for message in messages:
        if not message.strip() or len(message) > room:
            raise ScriptError(f"A message of comment {number} has {len(message)} characters; 1 to {room} are allowed.")
    return Comment(found["author"], messages, tuple(map(str, found.get("answers", ()))))


def _number(found: dict[str, Any], name: str) -> int:
    value = found[name]
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ScriptError(f"The script's {name!r} must be a whole number of at least 0, not {value!r}.")
    return value
