"""The fewest requests in which it can be found out what members hold, after a time in which nothing was heard.

1. What stands under points is read by pages of 100 messages in a text home, by one request a post in a forum: a post's
   reactions come with its first message alone.
2. Who holds an emoji is read by pages of 100 users, the bot among them; only where that has changed, and only where
   anybody but the bot holds it.
"""

from collections.abc import Iterable

PAGE = 100


def pages(size: int) -> int:
    """Requests for so many messages or users."""
    return -(-size // PAGE)


def for_points(homes: Iterable[int], *, forum: bool) -> int:
    """Requests for the points of some homes, by how many there are in each."""
    return sum(points if forum else pages(points) for points in homes)


def for_voters(changed: Iterable[int]) -> int:
    """Requests for the holders of emoji that changed hands, by how many but the bot hold each now."""
    return sum(pages(others + 1) for others in changed if others)
