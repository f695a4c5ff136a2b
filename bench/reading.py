"""How far the reader of messages agrees with careful people, and how fast it is.

The messages are `bench/messages/kept.jsonl`, which nobody tuned the reader on, or a file of the same form (`--file`;
see `bench.labelled`). The stream that is timed is nine tenths plain talk: lines of `bench/messages/talk.txt` and, one
in ten of them, plain messages of the set, which are full of traps; the rest are the set's others. It is drawn with a
fixed seed.
"""

import re
from collections.abc import Callable
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

from bench.figures import Aim, Figure, Found
from bench.labelled import Labelled, Score, ground, load, score
from bench.runs import Plan, in_turn, over
from bot.core.messages import Ground, read

_HERE = Path(__file__).parent / "messages"
_SEED = 11
_STREAM = 20_000
_PLAIN = 0.9
_TRAPS = 0.1
_LONGEST = 4000
_PRECISION = {"addition": 0.98, "argument": 0.98, "reference": 0.95}
_RECALL = 0.85
_LETTERS = re.compile(r"[^\W\d_]+")

Said = tuple[str, Ground]


def measure(plan: Plan) -> Found:
    """Reads the set once, and a stream of messages and some hostile ones in each run."""
    messages = load(plan.file or _HERE / "kept.jsonl")
    scores = score(messages)
    said = stream(messages, 4_000 if plan.quick else _STREAM)
    taken = in_turn(
        plan,
        {"reading": lambda: _seconds(said, _read), "words": lambda: _seconds(said, _words), "hostile": _hostile},
    )
    per_second = tuple(len(said) / each for each in taken["reading"])
    slowest = tuple(each * 1000 for each in taken["hostile"])
    says = "the slowest of hostile messages of 4,000 characters"
    middle = median(len(text) for text, _ground in said)
    figures = (
        Figure("messages_per_s", per_second, "messages read on one core", "/s", Aim(least=50_000)),
        Figure("hostile_ms", slowest, says, "ms", Aim(most=5)),
        Figure("median_characters", (middle,), "the stream's median message", "characters"),
        Figure("messages", (len(messages),), "labelled messages"),
    )
    slower = Figure("reading_over_words", over(taken["reading"], taken["words"]), "reading over finding every word")
    return Found(figures, (*_agreement(scores), slower), _remarks(scores))


def _agreement(scores: dict[str, Score]) -> tuple[Figure, ...]:
    found = [
        Figure(f"{kind}_precision", (each.precision,), f"{kind}s found that are there", aim=Aim(least=_PRECISION[kind]))
        for kind, each in scores.items()
    ]
    there = [
        Figure(f"{kind}_recall", (each.recall,), f"{kind}s there that are found", aim=Aim(least=_RECALL))
        for kind, each in scores.items()
    ]
    return (*found, *there)


def _remarks(scores: dict[str, Score]) -> tuple[str, ...]:
    counts = (f"{kind}s: {it.right} right, {it.wrong} wrong, {it.missed} missed" for kind, it in scores.items())
    return (f"{'; '.join(counts)}.", f"The stream is drawn with seed {_SEED}.")


def stream(messages: list[Labelled], length: int) -> list[Said]:
    """Messages in the order in which they are read, drawn with a fixed seed."""
    random = Random(_SEED)  # noqa: S311 - seeded on purpose
    lobby = ground([*map(str, range(1, 11)), "*"])
    talk = [(line, lobby) for line in (_HERE / "talk.txt").read_text(encoding="utf-8").splitlines()]
    traps = [(each.text, each.ground) for each in messages if each.is_plain] or talk
    others = [(each.text, each.ground) for each in messages if not each.is_plain] or talk
    return [
        random.choice(others if random.random() >= _PLAIN else traps if random.random() < _TRAPS else talk)
        for _ in range(length)
    ]


def _seconds(said: list[Said], act: Callable[[Said], object]) -> float:
    begun = perf_counter()
    for each in said:
        act(each)
    return perf_counter() - begun


def _read(said: Said) -> object:
    return read(*said)


def _words(said: Said) -> object:
    """The control: whatever reads a message has to find its words."""
    return _LETTERS.findall(said[0])


def _hostile() -> float:
    """The slowest of the hostile messages."""
    on = ground([*map(str, range(1, 11)), "*"], "4")
    return max(min(_seconds([(text, on)], _read) for _ in range(3)) for text in hostile())


def hostile() -> list[str]:
    """Messages as long as Discord lets any member write, made to keep a reader busy."""
    pieces = (
        "#1 ", "1. ", "1. a ", "> ", "> 4. a\nb c d\n", "point 1, 2, 3, ", "#4: ", "not ", "i am not sure that ",
        "agree ", "1 and ", "Response: ", "the first and ", "is is is ", "“", '"a" ', "a", " ", "\n", ".", "1", "*",
        "mine ", "the ", "the strongest ", "one more ", "i would like to ", "#9 is not quite fair. ",
        "I agree with #3, ", "1–10, ", "(", "-", "point 4 (", "re 4, ", "`", "```", "not so but ", "I'd ", "add ",
        "and also ", "if #4 ", "he said ", "no. ", "\u200b1. ", "é1. ", "1)2)", "#1/#2/", "1,", "very ", "\u202b#1",
    )  # fmt: skip
    return [(piece * _LONGEST)[:_LONGEST] for piece in pieces]
