"""Ids of buttons, selects and forms that the bot never gave, made from those that it does give.

A pattern that none of `genuine` matches has no forging yet: add a line there.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.e2e.acts.injection import CHANNELS, OPTIONS, ROLES, Sent, choose, press, submit
from tests.e2e.acts.stage import Stage

LONGEST = 100  # characters of an id (Discord's documentation, Component Reference)
NUMBERS = ("0", "-1", "999999999", "9" * 18, "9" * 19, "9" * 20, "9" * 40, "1.5", "1e3", "abc", "", " 1", "0x1", "NULL")
WORDS = ("zzz", "", "APPROVE", "-", "approve;drop", "confirm ")
VALUES = ("abc", "-1", "9" * 40, "", "1 2", "held' --", "\N{GRINNING FACE}")
_WHY = {"reason": ["unkind"], "words": "Because."}


@dataclass(frozen=True, slots=True)
class Genuine:
    """An id that the bot gives, and how it comes back. `viewed`: its parts that say only what is looked at.

    `here`: it names nothing, and so is good on any server. `open_to_all`: members may look, too.
    """

    id: str
    sent: Callable[[str], Sent]
    viewed: tuple[str, ...] = ()
    here: bool = False
    open_to_all: bool = False


def genuine(stage: Stage) -> list[Genuine]:
    """One or more for each pattern, about the bystander's things."""
    things = stage.things[stage.bystander]
    look = f"{stage.draft}:1:0:1"
    return [
        Genuine(f"v1:ballot:{things.points['open']}:1:agree", press),
        Genuine(f"v1:ballot:{things.points['open']}:1:skip", press),
        Genuine(f"v1:ballots:{stage.critique}:begin", press, ("act",)),
        Genuine(f"v1:follows:{stage.house.guild}:stop", press),
        Genuine("v1:add:which", _choosing(str(stage.critique))),
        Genuine(f"v1:add:{stage.critique}", press),
        Genuine(f"v1:add:{stage.critique}", _submitting({"text": "Marmalade is unknown to all of them."})),
        Genuine(f"v1:claim:{things.claim}", press),
        Genuine(f"v1:claim:{things.unclear}:record", press),
        Genuine(f"v1:point:{things.points['open']}:withdraw", press),
        Genuine(f"v1:edit:{things.points['open']}:0", _submitting({"title": "A", "text": "Something else."})),
        Genuine(f"v1:official:{things.points['open']}", _submitting({"text": "No."})),
        Genuine(f"v1:held:{things.points['held']}:approve", press),
        Genuine(f"v1:held:{things.points['held']}:refuse", press),
        Genuine(f"v1:refuse:{things.points['held']}", _submitting(_WHY)),
        Genuine(f"v1:held:{things.points['held']}:merge", press),
        Genuine(f"v1:held-merge:{things.points['held']}", _submitting({"asked": "1", "words": ""})),
        Genuine(f"v1:held-edit:{things.points['held']}:0", _submitting({"title": "A", "text": "Something else."})),
        Genuine(f"v1:held-mute:{things.points['held']}", _submitting({"span": "2h", **_WHY})),
        Genuine("v1:queue:1:refresh", press, ("page", "act"), here=True),
        Genuine(f"v1:report:{things.report}:dismiss", press),
        Genuine(f"v1:report:{things.report}:hide", press),
        Genuine(f"v1:hide-reported:{things.report}", _submitting(_WHY)),
        Genuine(f"v1:reported:{things.typed}", _submitting(_WHY)),
        Genuine("v1:tip", _submitting({"text": "Psst."})),
        Genuine(f"v1:argue:{things.points['open']}:support", _submitting({"text": "So it is."})),
        Genuine(f"v1:argue-which:{things.typed}", _choosing(str(things.points["open"]))),
        Genuine(f"v1:argue-as:{things.typed}:{things.points['open']}:support", press),
        Genuine(
            f"v1:quote:{things.typed}",
            _submitting(
                {
                    "passage": "want windows",
                    "answer": "They do.",
                    "side": ["support"],
                    "point": [str(things.points["open"])],
                }
            ),
        ),
        Genuine(f"v1:argument:{things.argument}:up", press),
        Genuine(f"v1:argument:{things.undecided}:neither", press),
        Genuine(f"v1:unargue:{things.argument}", _submitting(_WHY)),
        Genuine(f"v1:arguments:{things.points['open']}:1", press, ("page",), open_to_all=True),
        Genuine(f"v1:undo:hide:{things.case}", press),
        Genuine(f"v1:case:{things.case}:appeal", press),
        Genuine(f"v1:case:{things.appealed}:grant", press),
        Genuine(f"v1:appeal:{things.case}", _submitting({"text": "Why?"})),
        Genuine(f"v1:answer:{things.appealed}:keep", _submitting({"text": "So it is."})),
        Genuine(f"v1:history:member:{stage.bystander}:1", press, ("which", "page"), here=True),
        Genuine(f"v1:history:point:{things.points['open']}:1", press, ("which", "page"), here=True),
        Genuine("v1:privacy:erase", press, here=True),
        Genuine(f"v1:critique:{stage.untouched}:discard", press),
        Genuine("v1:critiques:1:refresh", press, ("page", "act"), here=True),
        Genuine(f"v1:draft:{look}:drop", press, ("page", "chosen")),
        Genuine(f"v1:draft:{look}:confirm", press, ("page", "chosen")),
        Genuine(f"v1:draft:{look}:cancel", press, ("edition", "page", "chosen")),
        Genuine(f"v1:draft:{look}:later", press, ("page", "chosen")),
        Genuine(f"v1:draft:{look}:retitle", press, ("page", "chosen")),
        Genuine(f"v1:draft:{look}:point", _choosing("1"), ("page", "chosen")),
        Genuine(f"v1:draft:{look}:list", _choosing("2"), ("page", "chosen")),
        Genuine(f"v1:retitle:{look}", _submitting({"title": "Anew"}), ("page", "chosen")),
        Genuine(
            f"v1:paste:{stage.home}:1:public",
            _submitting({"text": "Cakes\n\n1. They are dry.\n2. They are few."}),
            ("list", "votes"),
        ),
        Genuine("v1:setup:digest:next", press, ("step",), here=True),
        Genuine("v1:setup:time-zone:type", press, ("step",), here=True),
        Genuine("v1:setup:digest:channel", _choosing(str(stage.home), CHANNELS)),
        Genuine("v1:setup:roles:role", _choosing(str(stage.moderators), ROLES)),
        Genuine("v1:setup:time-zone:option", _choosing("Europe/Paris"), here=True),
        Genuine("v1:setup:policy:option", _choosing("held"), here=True),
        Genuine("v1:setup:emoji:option", _choosing("✅ ❌"), here=True),
        Genuine("v1:setup:time-zone:form", _submitting({"zone": "Europe/Rome"}), here=True),
        Genuine("v1:setup:emoji:form", _submitting({"agree": "✅", "disagree": "❌"}), here=True),
    ]


def _choosing(value: str, kind: int = OPTIONS) -> Callable[[str], Sent]:
    return lambda custom_id: choose(custom_id, value, kind=kind)


def _submitting(fields: dict[str, Any]) -> Callable[[str], Sent]:
    return lambda custom_id: submit(custom_id, fields)


def tampered(one: Genuine, pattern: re.Pattern[str]) -> Iterator[str]:
    """Ids like it: another value in each part, and something before or after the whole."""
    found = pattern.fullmatch(one.id)
    assert found is not None
    for part, value in found.groupdict().items():
        if part not in one.viewed:
            start, end = found.span(part)
            for other in _others(value):
                yield one.id[:start] + other + one.id[end:]
    yield from (one.id + "x", one.id + ":1", one.id + "\n", " " + one.id, one.id.upper(), one.id.replace("v1", "v2"))
    yield from (one.id[:-1] + "é", (one.id + "9" * LONGEST)[:LONGEST])


def looked_at(one: Genuine, pattern: re.Pattern[str]) -> Iterator[str]:
    """Ids that differ in what is looked at alone."""
    found = pattern.fullmatch(one.id)
    assert found is not None
    for part in one.viewed:
        start, end = found.span(part)
        for other in _others(found[part]):
            yield one.id[:start] + other + one.id[end:]


def never_offered(one: Genuine) -> Iterator[Sent]:
    """The select with a value that it did not offer; Discord itself knows its channels and roles."""
    if one.sent(one.id).data.get("component_type") == OPTIONS:
        yield from (choose(one.id, value) for value in VALUES)


def _others(value: str) -> Iterator[str]:
    return (other for other in (NUMBERS if value.isdecimal() else WORDS) if other != value)
