"""What members type, and what is an addition in it. The first half of the table is older than the reader."""

from pathlib import Path

import pytest

from bot.core.messages import Clarity, Labels, read_additions

ORIGINALS = frozenset([*map(str, range(1, 11)), "*"])
FRESH = Labels(ORIGINALS, next=11, recent=frozenset())
BUSY = Labels(ORIGINALS, next=14, recent=frozenset({13}))  # 11 and 12 are older, 13 was taken a moment ago
SEED = Path(__file__).parents[2].parent / "shared" / "seeds" / "003_96e57ab49cc591c4.txt"
UNCLEAR = {"far-ahead", "older-addition"}

type_of = tuple[int, str, str]

# Written before the reader. A row: the message, then for each addition: number, why, text.
BEFORE: list[tuple[str, *tuple[type_of, ...]]] = [
    # The forms, at the start of the message.
    ("11. It overlooks the carers", (11, "next", "It overlooks the carers")),
    ("11) it overlooks the carers", (11, "next", "it overlooks the carers")),
    ("11: It overlooks the carers", (11, "next", "It overlooks the carers")),
    ("11 – It overlooks the carers", (11, "next", "It overlooks the carers")),
    ("11 — It overlooks the carers", (11, "next", "It overlooks the carers")),
    ("11 - it overlooks the carers", (11, "next", "it overlooks the carers")),
    ("#11 – It overlooks the carers", (11, "next", "It overlooks the carers")),
    ("#11: It overlooks the carers", (11, "next", "It overlooks the carers")),
    ("(11) It overlooks the carers", (11, "next", "It overlooks the carers")),
    ("No. 11: It overlooks the carers", (11, "next", "It overlooks the carers")),
    ("no 11: it overlooks the carers", (11, "next", "it overlooks the carers")),
    ("**11.** It overlooks the carers", (11, "next", "It overlooks the carers")),
    ("**11. It overlooks the carers**", (11, "next", "It overlooks the carers")),
    ("__11__: It overlooks the carers", (11, "next", "It overlooks the carers")),
    ("## 11. It overlooks the carers", (11, "next", "It overlooks the carers")),
    ("# **#11:** It overlooks the carers", (11, "next", "It overlooks the carers")),
    ("11.It overlooks the carers", (11, "next", "It overlooks the carers")),
    ("11)it overlooks the carers", (11, "next", "it overlooks the carers")),
    ("   11. indented and still an addition", (11, "next", "indented and still an addition")),
    ("11.\nIt overlooks the carers", (11, "next", "It overlooks the carers")),
    ("<@123456789012345678> 11. It overlooks the carers", (11, "next", "It overlooks the carers")),
    ("<@!42> 11. It overlooks the carers", (11, "next", "It overlooks the carers")),
    ("<@42>\n11. It overlooks the carers", (11, "next", "It overlooks the carers")),
    ('11. "Community" is not a budget line', (11, "next", '"Community" is not a budget line')),
    ("11. 5000 organisers were promised", (11, "next", "5000 organisers were promised")),
    ("11. £80 a week is what carers get", (11, "next", "£80 a week is what carers get")),
    # At the start of a line, and after a preamble.
    ("Great list!\n\n11. Nobody asked the libraries", (11, "next", "Nobody asked the libraries")),
    ("As Penny took mine, here's another one.12. Remember the 5000", (12, "ahead", "Remember the 5000")),
    ("As Penny took mine, I have another one. 12. Remember the 5000", (12, "ahead", "Remember the 5000")),
    ("As someone took mine, here is another: 11. it costs more", (11, "next", "it costs more")),
    ("Can I add one? 11. Libraries", (11, "next", "Libraries")),
    ("Brilliant! #11 – Trust takes years", (11, "next", "Trust takes years")),
    ("I agree with #9. 11. Remember the carers", (11, "next", "Remember the carers")),
    ("#9 is not quite fair.\n11. Remember the carers", (11, "next", "Remember the carers")),
    ("> 3. it pretends\nNot so.\n11. It pretends even more", (11, "next", "It pretends even more")),
    ("(sorry, long) I have one.) 11. Buses", (11, "next", "Buses")),
    ("“Nobody asked us.” 11. Nobody asked us", (11, "next", "Nobody asked us")),
    # Several in one message.
    ("11. One thing\n12. Another thing", (11, "next", "One thing"), (12, "next", "Another thing")),
    ("11. One thing. 12. Another thing", (11, "next", "One thing."), (12, "next", "Another thing")),
    ("11) a thing 2) not a mark\n12) b thing", (11, "next", "a thing 2) not a mark"), (12, "next", "b thing")),
    ("11. One\n11. Two", (11, "next", "One"), (11, "clash", "Two")),
    ("11. Why so few? 12. Who pays?", (11, "next", "Why so few?"), (12, "next", "Who pays?")),
    ("11. It has parts:\n1. this\n2. that", (11, "next", "It has parts:\n1. this\n2. that")),
    ("11. One\n40. Two", (11, "next", "One"), (40, "far-ahead", "Two")),
    # How sure.
    ("16. Five ahead is clear", (16, "ahead", "Five ahead is clear")),
    ("17. Six ahead is not", (17, "far-ahead", "Six ahead is not")),
    ("100. Nobody counts like this", (100, "far-ahead", "Nobody counts like this")),
    # A list, a reference, arguments.
    ("1. a list\n2. of mine",),
    ("1) first 2) second\n11) eleventh",),
    ("4. is wrong, geography matters",),
    ("9. Response: not at all\n11. And this is new",),
    ("10: I disagree",),
    ("#9 is not quite fair",),
    ("#11 is right",),
    ("I agree with 4 and 11.",),
    ("7.\n8. 9. and 10. are seen as natural consequences",),
    ("My reasons:1.\n It fails to see\n11. new",),
    # Times, scores, dates, prices, versions, decimals, ordinals.
    ("11:30 works for me",),
    ("11.30 works for me",),
    ("11 – 2 at half time",),
    ("11-2",),
    ("11 : 2",),
    ("12. May",),
    ("12. May 2024 was the day",),
    ("12. May, in the morning",),
    ("12. May I add that nobody asked?", (12, "ahead", "May I add that nobody asked?")),
    ("12. March for the libraries", (12, "ahead", "March for the libraries")),
    ("12 - Dec 2024",),
    ("11.5 million people",),
    ("£11. That is all they give",),
    ("11% of all carers",),
    ("v11. It is out",),
    ("See page 12. Then decide",),
    ("We met at 11. Then we left",),
    ("11 people came",),
    ("11.",),
    ("11)",),
    ("#11:",),
    ("11th. That was the place",),
    ("11-year-olds deserve better",),
    ("2010. It was a year",),
    # Quotes, code, links.
    ("> 11. It overlooks the carers",),
    (">>> 11. a\n12. b",),
    ("`11. code`",),
    ("```\n11. code\n```",),
    ("https://example.org/a.12. Then",),
    ("[11. text](https://example.org)",),
    # Signs that cannot be seen, and other digits.
    ("\u200b11. It overlooks", (11, "next", "It overlooks")),
    ("1\u200b1\u2060. It overlooks", (11, "next", "It overlooks")),
    ("\u202e21. It overlooks",),
    ("\u200f11. לא שאלו אותנו", (11, "next", "לא שאלו אותנו")),
    ("１１．誰も聞いていない", (11, "next", "誰も聞いていない")),
    ("١١. لم يسألنا أحد", (11, "next", "لم يسألنا أحد")),
    ("1１. mixed digits are a trick",),
    ("1️⃣1️⃣ keycaps are no label",),
    # Plain talk.
    ("I founded a group in 2008 and found 7 people.",),
    ("Nothing to count here.",),
    ("",),
]


def read(message: str, labels: Labels = FRESH) -> list[type_of]:
    found = read_additions(message, labels)
    for addition in found:
        assert (addition.clarity is Clarity.UNCLEAR) == (addition.why in UNCLEAR)
    return [(addition.written, addition.why, addition.text) for addition in found]


@pytest.mark.parametrize("row", BEFORE, ids=lambda row: repr(row[0])[:60])
def test_a_message_is_read_as_a_person_would_before(row: tuple[str, *tuple[type_of, ...]]) -> None:
    assert read(row[0]) == list(row[1:])
