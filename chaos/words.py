"""Promises sentences of which no two are the same, and no digit is a part."""

from itertools import count, product

_WHAT = ("teapot", "saucer", "biscuit", "kettle", "spoon", "napkin", "scone", "doily", "strainer", "tray")
_WHOSE = ("landlord", "waiter", "cellist", "vicar", "gardener", "typist", "cousin", "porter", "dentist", "pilot")
_FAULT = ("too small", "always warm", "never clean", "out of tune", "badly lit", "too far off", "late", "bent")
_WHEN = ("on Mondays", "at noon", "in the rain", "by candlelight", "upstairs", "in public", "at dusk", "for weeks")


class Words:
    """An endless supply."""

    def __init__(self) -> None:
        self._sentences = (
            f"The {whose}'s {what} is {fault} {when}{again}."
            for again in _again()
            for fault, whose, when, what in product(_FAULT, _WHOSE, _WHEN, _WHAT)
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
