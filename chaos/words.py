"""Promises sentences of which any two differ in two words at least, and no digit is a part."""

from itertools import count, product

_WHAT = ("teapot", "saucer", "biscuit", "kettle", "spoon", "napkin", "scone", "doily", "strainer", "tray")
_WHOSE = ("landlord", "waiter", "cellist", "vicar", "gardener", "typist", "cousin", "porter", "dentist", "pilot")
_FAULT = ("too small", "always warm", "never clean", "out of tune", "badly lit", "too far off", "late", "bent")
_WHEN = ("on Mondays", "at noon", "in the rain", "by candlelight", "upstairs", "in public", "at dusk", "for weeks")
_LISTS = _FAULT, _WHOSE, _WHEN, _WHAT
_LONGEST = max(map(len, _LISTS))


class Words:
    """An endless supply."""

    def __init__(self) -> None:
        self._sentences = (
            f"The {whose}'s {what} is {fault} {when}{again}."
            for again in _again()
            for places in product(*map(range, map(len, _LISTS)))
            if sum(places) % _LONGEST == 0  # so that whoever changes one word must change another
            for fault, whose, when, what in [[words[place] for words, place in zip(_LISTS, places, strict=True)]]
        )

    def sentence(self) -> str:
        """The next one."""
        return next(self._sentences)

    def document(self, title: str, points: int) -> str:
        """A numbered list of so many points and a bonus one, under a title."""
        lines = [f"{number}. {self.sentence()}" for number in range(1, points)]
        return "\n".join([title, "", *lines, "", f"*) {self.sentence()}", ""])


def _again():
    yield ""
    for times in count(1):
        yield " and" + " once more" * times
