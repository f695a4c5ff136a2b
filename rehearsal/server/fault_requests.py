"""Promises the faults to other processes: one JSON object, one line of the script.

Under the control prefix: POST `/_stand-in/faults` adds a line, DELETE clears all, GET counts what was dealt. Rules:
1. `kind` says what is wanted; the rest are the parameters of the method of that name in `faults` or `event_faults`,
   ids and permissions as numbers or as strings of digits. What a test does with a callable has no form here.
2. `release` lets go what hangs or is kept back; `cut`, `forget`, `reconnect` and `invalidate` befall the gateway at
   once; `clock` sets how many seconds this Discord is ahead.
3. What is not understood is answered 400, with a sentence.
"""

import json
from collections.abc import Callable
from dataclasses import fields
from typing import Any

from aiohttp import web

from rehearsal.server import event_faults
from rehearsal.server.fault_lines import USUAL, Fault
from rehearsal.server.faults import Faults
from rehearsal.server.mishaps import Answer, Archive, Hang, Limit, Mishap, Overwrite, Refuse, Reset, Slow
from rehearsal.server.outages import Outages
from rehearsal.server.stage import Stage

_MISHAPS: dict[str, Callable[..., Mishap]] = {
    "answer": Answer,
    "limit": Limit,
    "refuse": Refuse,
    "reset": Reset,
    "slow": Slow,
    "hang": Hang,
    "archive": Archive,
    "overwrite": Overwrite,
}
_WHEN = frozenset(each.name for each in fields(Fault)) - {"mishap"}
_IDS = ("channel_id", "thread_id", "allow", "deny")
_KINDS: dict[str, tuple[type, ...]] = {
    "status": (int,),
    "code": (int,),
    "method": (str,),
    "route": (str,),
    "scope": (str,),
    "seconds": (int, float),
    "times": (int, type(None)),
    "skip": (int,),
    "after_effect": (bool,),
    "bot_only": (bool,),
    "resumable": (bool,),
    "seed": (int,),
    "rate": (int, float),
    "events": (list,),
    "faults": (list,),
    **dict.fromkeys(_IDS, (int,)),
}
Json = dict[str, Any]


class FaultRequests:
    """Carries out what other processes ask for."""

    def __init__(self, stage: Stage, faults: Faults, outages: Outages) -> None:
        self._faults = faults
        self._deeds: dict[str, Callable[..., object]] = {
            "random": self._at_random,
            "random_events": self._events_at_random,
            "release": faults.release,
            "cut": outages.cut,
            "forget": outages.forget,
            "reconnect": outages.ask_to_reconnect,
            "invalidate": outages.invalidate,
            "clock": lambda seconds: setattr(stage.world.clock, "ahead", seconds),
        }

    def routes(self, path: str) -> list[web.RouteDef]:
        return [web.post(path, self._add), web.delete(path, self._clear), web.get(path, self._count)]

    async def _add(self, request: web.Request) -> web.Response:
        try:
            self._carry_out(_read(await request.text()))
        except (TypeError, ValueError, LookupError) as fault:
            return web.json_response({"message": str(fault)}, status=400)
        return web.Response(status=204)

    async def _clear(self, _: web.Request) -> web.Response:
        self._faults.clear()
        return web.Response(status=204)

    async def _count(self, _: web.Request) -> web.Response:
        return web.json_response({"dealt": self._faults.dealt})

    def _carry_out(self, given: Json) -> None:
        kind = given.pop("kind", None)
        if kind in _MISHAPS:
            self._faults.add(_fault(kind, given))
        elif kind in event_faults.KINDS:
            self._faults.events.add(kind, given.pop("events", ()), **given)
        elif kind in self._deeds:
            self._deeds[kind](**given)
        else:
            known = ", ".join((*_MISHAPS, *event_faults.KINDS, *self._deeds))
            raise ValueError(f"The kinds are {known}.")

    def _at_random(self, seed: int, rate: float, faults: list[Json] | None = None) -> None:
        wanted = [_fault(each.pop("kind", ""), each) for each in map(_checked, faults or [])]
        self._faults.at_random(seed, rate, wanted or USUAL)

    def _events_at_random(self, seed: int, rate: float, events: list[str], faults: list[str] | None = None) -> None:
        self._faults.events.at_random(seed, rate, *events, kinds=faults or ("duplicate", "swap"))


def _read(text: str) -> Json:
    return _checked(json.loads(text))


def _checked(given: Any) -> Json:
    """Each parameter is known and of its type; ids come as numbers."""
    if not isinstance(given, dict):
        raise TypeError("A fault is a JSON object.")
    found: Json = {}
    for name, value in given.items():
        found[name] = int(value) if name in _IDS and isinstance(value, str) else value
        if name != "kind" and type(found[name]) not in _KINDS.get(name, ()):
            raise TypeError(f"{name} is no parameter of a fault, or not of its type.")
    return found


def _fault(kind: str, given: Json) -> Fault:
    if kind not in _MISHAPS:
        raise ValueError(f"What befalls a request is one of {', '.join(_MISHAPS)}.")
    when = {name: value for name, value in given.items() if name in _WHEN}
    rest = {name: value for name, value in given.items() if name not in _WHEN}
    return Fault(_MISHAPS[kind](**rest), **when)
