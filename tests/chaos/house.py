"""One critique as it should be at the end of a run, on both sides, to plant faults in."""

from collections.abc import Mapping
from dataclasses import replace

from bot.core.votes import NOTHING, Hold, MemberVotes, Stance
from chaos.checks.books import Books, Message, Thread
from chaos.checks.stored import Critique, Point, Stored
from chaos.deeds import Confirmed, Deeds, Sent, Typed

BOT, ANNA, BERT = 1, 11, 12
HOME = 500
FIRST, ADDED, TYPED, DIGEST = 601, 602, 701, 801
BOTH = {"👍": frozenset({BOT, ANNA}), "👎": frozenset({BOT, BERT})}
ALONE = {"👍": frozenset({BOT}), "👎": frozenset({BOT})}
TEXT = "They call a biscuit a dessert."
SHOWN = """1 point + 1 addition · 2 people · 2 votes · 0 replies
Newest: **2**

**[1](https://discord.com/channels/9/601)** · They close early.
`█████░░░░░` 1 agrees · 1 disagrees · 0 replies

**[2](https://discord.com/channels/9/602)** · They call a biscuit a dessert.
0 agree · 0 disagree · 0 replies"""


def point(number: int, message: int, **changed: object) -> Point:
    votes: Mapping[int, MemberVotes] = {}
    plain = Point(
        number, 1, str(number), False, None, "They close early.", None, message, message, False, 0, (0, 0), votes
    )
    return replace(plain, **changed)  # pyright: ignore[reportArgumentType] - by name


def holding(sides: Mapping[int, int | None]) -> dict[int, MemberVotes]:
    """What members have who hold one emoji each, or, with None, both in an order that nobody knows."""
    both = MemberVotes(Hold(None), Hold(None))
    return {
        member: both if side is None else NOTHING.with_hold(Stance(side), Hold(1)) for member, side in sides.items()
    }


def stored() -> Stored:
    voted = point(1, FIRST, tally=(1, 1), votes=holding({ANNA: 1, BERT: -1}))
    added = point(2, ADDED, addition=True, text=TEXT, author=ANNA)
    pages = {"point:1": (FIRST,), "point:2": (ADDED,), "digest:1": (DIGEST,)}
    critique = Critique(1, "Tea rooms", HOME, False, None, 3)
    return Stored((critique,), (voted, added), {TYPED: (2,)}, pages, (), ())


def books() -> Books:
    messages = (
        Message(FIRST, HOME, BOT, "**1)** They close early.", None, ()),
        Message(ADDED, HOME, BOT, f"**2)** {TEXT}", None, ()),
        Message(TYPED, HOME, ANNA, f"2. {TEXT}", None, ()),
        Message(DIGEST, HOME, BOT, "", None, (SHOWN,)),
    )
    threads = (Thread(FIRST, HOME, BOT, "1 · They close early."), Thread(ADDED, HOME, BOT, f"2 · {TEXT}"))
    reactions = {FIRST: BOTH, ADDED: ALONE, TYPED: {"📌": frozenset({BOT})}}
    return Books(
        BOT, {message.id: message for message in messages}, {thread.id: thread for thread in threads}, reactions
    )


def deeds() -> Deeds:
    done = Deeds()
    done.typed.append(Typed(TYPED, TEXT))
    done.confirmed.append(Confirmed("Tea rooms", 1, answered=True))
    done.sent.append(Sent("Never answered."))
    done.held.put((FIRST, ANNA), 1)
    done.held.put((FIRST, BERT), -1)
    return done
