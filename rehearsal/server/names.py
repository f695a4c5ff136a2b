"""Promises names: invented ones for members, the same for the same seed, and a channel's as Discord writes it."""

from random import Random

# fmt: off
_FIRST = (
    "Ada", "Bram", "Cleo", "Dorian", "Elif", "Farid", "Greta", "Hamza", "Ines", "Jonas", "Kaya",
    "Lorcan", "Mirela", "Nadia", "Osman", "Petra", "Quill", "Rosa", "Stellan", "Tariq", "Una", "Viktor",
    "Wren", "Xenia", "Yusuf", "Zofia", "Anselm", "Beatrix", "Corin", "Delphine",
)
# fmt: on
# fmt: off
_LAST = (
    "Abara", "Bexley", "Castellan", "Dunmore", "Eriksen", "Fennimore", "Galloway", "Hartnell", "Ibarra",
    "Jessop", "Kowalczyk", "Lindqvist", "Marchetti", "Novak", "Okafor", "Pemberton", "Quennell",
    "Rasmussen", "Sandoval", "Thackeray", "Umarov", "Valentin", "Whitlock", "Yilmaz", "Zeller",
)
# fmt: on
_TAILS = ("", "", "_", "42", "_reads", ".b", "07", "writes")


def invent(random: Random, taken: set[str]) -> tuple[str, str]:
    """A user name nobody has yet, and the name shown."""
    while True:
        first, last = random.choice(_FIRST), random.choice(_LAST)
        user = random.choice((first, f"{first}.{last}", f"{first[0]}{last}")).lower() + random.choice(_TAILS)
        if user not in taken:
            taken.add(user)
            return user, random.choice((first, f"{first} {last}"))


def of_channel(name: str) -> str:
    """A text channel's or a forum's name: lower case, with hyphens for spaces. Discord's documentation does not say
    so; every client shows it.
    """
    return "-".join(name.lower().split())
