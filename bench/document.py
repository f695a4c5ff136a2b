"""How long reading a document takes, from 10 KiB to 1 MiB, and that it grows straight with the document."""

from collections.abc import Callable
from functools import partial
from itertools import count
from time import perf_counter

from bench.figures import Aim, Figure, Found
from bench.runs import Plan, in_turn, over
from bot.core import outlines

Write = Callable[[int], bytes]

_KIB = 1024
_SIZES = {"10k": 10 * _KIB, "100k": 100 * _KIB, "1m": 1024 * _KIB}
_READ_AT_LEAST = 256 * _KIB  # a small document is read so often that the clock can tell
_SENTENCE = "The board decided it behind closed doors, and the minutes (page 4) say nothing of who was asked. "


def measure(plan: Plan) -> Found:
    """Reads a plain text and a web page of each size. It takes some seconds, quick or not."""
    kinds: dict[str, Write] = {"text": text, "page": page}
    sides: dict[str, Callable[[], float]] = {
        f"{kind}_{size}": partial(_seconds, write(length), f"it.{'html' if write is page else 'txt'}")
        for kind, write in kinds.items()
        for size, length in _SIZES.items()
    }
    taken = in_turn(plan, sides)
    times = [
        Figure(f"{side}_ms", tuple(each * 1000 for each in seconds), f"one {side.replace('_', ' of ')}", "ms")
        for side, seconds in taken.items()
    ]
    straight = [_straightness(kind, taken[f"{kind}_1m"], taken[f"{kind}_10k"]) for kind in kinds]
    points = len(outlines.read(text(_SIZES["1m"])).points)
    return Found(tuple(times), tuple(straight), (f"The text of 1 MiB has {points:,} points.",))


def _straightness(kind: str, large: list[float], small: list[float]) -> Figure:
    ratios = tuple(each * _SIZES["10k"] / _SIZES["1m"] for each in over(large, small))
    return Figure(f"{kind}_1m_over_10k", ratios, f"a KiB of 1 MiB over a KiB of 10 KiB, {kind}", aim=Aim(most=1.5))


def _seconds(document: bytes, name: str) -> float:
    """How long it takes to read the document once."""
    times = max(1, _READ_AT_LEAST // len(document))
    begun = perf_counter()
    for _ in range(times):
        outlines.read(document, name=name)
    return (perf_counter() - begun) / times


def text(length: int) -> bytes:
    """A numbered critique as plain text, of at most `length` bytes and nearly that."""
    return _filled(
        "Tea rooms\n\n", lambda number: f"{number}. Reason {number} is this. {_SENTENCE * 12}\n\n", "", length
    )


def page(length: int) -> bytes:
    """The same as a saved web page."""
    return _filled(
        "<!doctype html><html><head><title>Tea rooms</title></head><body><article><h1>Tea rooms</h1>\n",
        lambda number: f"<p><b>{number}.</b> Reason {number} is <i>this</i>. {_SENTENCE * 12}</p>\n",
        "</article></body></html>\n",
        length,
    )


def _filled(begin: str, point: Callable[[int], str], end: str, length: int) -> bytes:
    parts, left = [begin], length - len(begin) - len(end)
    for number in count(1):
        part = point(number)
        if len(part) > left:
            break
        parts.append(part)
        left -= len(part)
    return "".join([*parts, end]).encode()
