"""How numbers go on: whether the next one belongs to the same list.

1. Counting goes up or down; the first two numbers that differ say which.
2. A number that begins again (1 and then 2; or a countdown's top) begins another list.
3. Repeats, gaps up to ten and disorder are an author's slips and go on, unless the number stands
   in the middle of a paragraph: there it must be the next one or the same again.
4. A number further off belongs only where its own successor follows.
"""

from enum import Enum

from bot.core.outlines.values import Notice

_GAP = 10
_NAMED = 12


class Sequel(Enum):
    """What a number does to the list before it."""

    GOES_ON = 1
    BEGINS = 2
    NOTHING = 3


def sequel(numbers: list[int], number: int, following: list[int], *, loose: bool) -> Sequel:
    """What `number` does to the list `numbers`, seeing the (up to two) numbers after it."""
    last, after = numbers[-1], following[0] if following else None
    if number == last:
        again = number == 1 and after == 2 and len(numbers) > 1 and numbers[0] > 1
        return Sequel.BEGINS if again else Sequel.GOES_ON
    if last == numbers[0]:
        return _second(last, number, following, loose=loose)
    step = 1 if last > numbers[0] else -1
    if number == last + step:
        return Sequel.GOES_ON
    if _restarts(last, step, number, following):
        return Sequel.BEGINS
    if not loose or (abs(number - last) > _GAP and after != number + step):
        return Sequel.NOTHING
    return Sequel.GOES_ON


def _second(first: int, number: int, following: list[int], *, loose: bool) -> Sequel:
    after = following[0] if following else None
    if abs(number - first) == 1:
        return Sequel.BEGINS if number == 1 and after == 2 else Sequel.GOES_ON
    if not loose:
        return Sequel.NOTHING
    if first == 1 and after is not None and number <= _GAP:
        return Sequel.BEGINS if following[:2] == [number - 1, number - 2] else Sequel.GOES_ON
    up = number > first
    agrees = after is not None and (after > number) == up and abs(after - number) <= _GAP
    return Sequel.GOES_ON if agrees and abs(number - first) <= _GAP else Sequel.BEGINS


def _restarts(last: int, step: int, number: int, following: list[int]) -> bool:
    after = following[0] if following else None
    if number == 1:
        return after == 2
    falls = following[:2] == [number - 1, number - 2]
    return falls and ((step > 0 and number >= last) or (step < 0 and last <= 1))


def slips(numbers: list[int]) -> tuple[Notice, ...]:
    """What a reader should look at twice in the numbers of a list, as written."""
    found: list[Notice] = []
    seen: set[int] = set()
    repeated = dict.fromkeys(number for number in numbers if number in seen or seen.add(number))
    if repeated:
        found.append(Notice("repeated", {"labels": _named(list(repeated))}))
    low, high = min(seen), max(seen)
    missing = [number for number in range(low, high) if number not in seen]
    if missing:
        found.append(Notice("missing", {"labels": _named(missing)}))
    if low > 1:
        found.append(Notice("begins_late", {"label": str(low)}))
    distinct = list(dict.fromkeys(numbers))
    if distinct not in (sorted(seen), sorted(seen, reverse=True)):
        found.append(Notice("disordered"))
    return tuple(found)


def _named(numbers: list[int]) -> str:
    names = ", ".join(map(str, numbers[:_NAMED]))
    return f"{names}, …" if len(numbers) > _NAMED else names
