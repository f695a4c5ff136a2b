"""What members type, and what is an addition in it. The first half of the table is older than the reader."""

import os
import re
import string
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.messages import Clarity, Labels, goes_on, read_additions

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

# Written after the reader, to find it out.
AFTER: list[tuple[str, *tuple[type_of, ...]]] = [
    # Voices.
    (
        "11. im only one person but why dose nobody ever ask us",
        (11, "next", "im only one person but why dose nobody ever ask us"),
    ),
    ("11. NOBODY. ASKED. US.", (11, "next", "NOBODY. ASKED. US.")),
    ("11... maybe trust?",),
    ("11 – Für Pflegende bleibt keine Zeit", (11, "next", "Für Pflegende bleibt keine Zeit")),
    ("11 : personne ne nous a demandé", (11, "next", "personne ne nous a demandé")),
    ("Nr. 11: Niemand hat gefragt", (11, "next", "Niemand hat gefragt")),
    ("№ 11. Никто не спросил", (11, "next", "Никто не спросил")),
    ("11、誰も聞いていない",),
    ("11.没有人问过我们", (11, "next", "没有人问过我们")),
    ("۱۱. کسی از ما نپرسید", (11, "next", "کسی از ما نپرسید")),
    ("Number 11: it privatises by stealth", (11, "next", "it privatises by stealth")),
    ("Point 11 – it privatises by stealth", (11, "next", "it privatises by stealth")),
    ("Reason #11: it privatises by stealth", (11, "next", "it privatises by stealth")),
    ("- 11. a bullet, and a number", (11, "next", "a bullet, and a number")),
    ("* 11) a bullet, and a number", (11, "next", "a bullet, and a number")),
    ("### No. 11: Loud", (11, "next", "Loud")),
    ("***11.*** Very loud", (11, "next", "Very loud")),
    ("_11._ quiet", (11, "next", "quiet")),
    ("11\\. escaped by a careful hand", (11, "next", "escaped by a careful hand")),
    ("11.) both", (11, "next", "both")),
    ("11- it overlooks", (11, "next", "it overlooks")),
    ("11– it overlooks", (11, "next", "it overlooks")),
    ("11 –it overlooks", (11, "next", "it overlooks")),
    ("11 -- it overlooks", (11, "next", "it overlooks")),
    ("11–it overlooks",),
    ("11 -5 degrees",),
    ("Adding one: #11 - the carers", (11, "next", "the carers")),
    ("Yes, 11. was it",),
    ("At 10 p.m. 11. Late",),
    ("11 –It overlooks", (11, "next", "It overlooks")),
    ("11 -It overlooks", (11, "next", "It overlooks")),
    ("11:It overlooks", (11, "next", "It overlooks")),
    ("# 11: it overlooks", (11, "next", "it overlooks")),
    ("(11): it overlooks",),
    ("11. **Carers.** They come last", (11, "next", "**Carers.** They come last")),
    ("11. *Carers* come last", (11, "next", "*Carers* come last")),
    ("**11. Carers.** They come last", (11, "next", "Carers.** They come last")),
    (
        "11. I think\n\nit is unfair\n\n> as they said\nreally",
        (11, "next", "I think\n\nit is unfair\n\n> as they said\nreally"),
    ),
    ("11. `sudo` is not a plan", (11, "next", "`sudo` is not a plan")),
    ("11. See https://example.org/12. Then weep", (11, "next", "See https://example.org/12. Then weep")),
    ("11. It pings <@1> and <t:1:R>", (11, "next", "It pings <@1> and <t:1:R>")),
    ("11. 4.5 million carers are left out", (11, "next", "4.5 million carers are left out")),
    ("11: 500 people were never asked", (11, "next", "500 people were never asked")),
    ("11. 1980s policies in new clothes", (11, "next", "1980s policies in new clothes")),
    ("11. is it fair to ask for more?", (11, "next", "is it fair to ask for more?")),
    ("11. May's plan was no better", (11, "next", "May's plan was no better")),
    ("11. Marching is all we have left", (11, "next", "Marching is all we have left")),
    ("11. A", (11, "next", "A")),
    # Preambles.
    ("So do I. 11. The carers", (11, "next", "The carers")),
    ("Love this… 11. The carers", (11, "next", "The carers")),
    ("Hmm... 11. The carers", (11, "next", "The carers")),
    ("One more for the list: 12) the carers", (12, "ahead", "the carers")),
    ("PS. I would add: 11. The carers", (11, "next", "The carers")),
    ("Here goes:\n11: The carers", (11, "next", "The carers")),
    ("@penny nicked mine.11. The carers", (11, "next", "The carers")),
    ("Ten good points! 11 – The carers", (11, "next", "The carers")),
    ("That was all in 2010. 11. The carers", (11, "next", "The carers")),
    ("Read https://example.org/list. 11. The carers", (11, "next", "The carers")),
    ("`code` first. 11. The carers", (11, "next", "The carers")),
    ("```\n1. code\n```\n11. The carers", (11, "next", "The carers")),
    ("Here is another. 40. Too far ahead", (40, "far-ahead", "Too far ahead")),
    # Numbers in a line that answer or count.
    ("How many came? 12. That is pathetic",),
    ("Score so far: 12. Not bad",),
    ("I was sacked. 57. That is my age",),
    ("We met at 10.11. Then we left",),
    ("He is on p. 12. It says so",),
    ("It is in vol. 12. Look it up",),
    ("Approx. 12. Or so",),
    ("In Feb. 12. Then again",),
    ("It took 3.12. Then 3.13",),
    ("Room A.12. Ring twice",),
    ("John 3:12. Read it",),
    ("I have two numbers. 11. 12. Pick one",),
    ("11. 12. 13.",),
    ("11. and 12. are the same thing",),
    ("11. is right",),
    ("11. was my favourite",),
    ("11, 12 and 13 are fine",),
    ("11. – 13. all miss the mark",),
    ("11/12 of it is wrong",),
    ("11: 30",),
    ("11: 30 pm",),
    ("11 :D",),
    ("11:D nice",),
    ("11 - nil",),
    ("11 – 13 March",),
    ("11 - noon",),
    ("11 – £20 a head",),
    ("12. 5. 2024",),
    ("12. 05. 2024 was the day",),
    ("12.05.2024",),
    ("11. 11. 2024 was the day",),
    ("We met on 11. 12. 2024 and left",),
    ("*) It is rooted in entitlement. No.\n11. Mine",),
    ("Point 4: not so.\n11. Mine",),
    ("12. dec.",),
    ("12. September, 9 am",),
    ("11.jpg is broken",),
    ("11.x is out",),
    ("11.2.1 is out",),
    ("11 .NET developers",),
    ("(11) 5550 1234",),
    ("-11. Cold",),
    ("+11: Warm",),
    ("011. Licence to list",),
    ("0. Nothing",),
    ("11. ?!",),
    ("11. 👍",),
    ("11.\u200b",),
    ("11 11 11",),
    ("$11: cheap",),
    ("11) 12) 13)",),
    ("8) 11) 12) cool",),
    ("My list is 1) this 2) that\n11) those",),
    ("I rate it: 9. 11. is better",),
    ("What I say:4.\nIt pretends. Response: no.5.\nIt does. 11. And more",),
    ("5.\n11. Mine",),
    ("(4) It pretends\n11. Mine",),
    # Several.
    (
        "15. a\n14. b\n13. c\n12. d\n11. e",
        (15, "ahead", "a"),
        (14, "ahead", "b"),
        (13, "next", "c"),
        (12, "clash", "d"),
        (11, "clash", "e"),
    ),
    ("11. The board grew. 15. That is too many", (11, "next", "The board grew. 15. That is too many")),
    (
        "11. The board grew. My next: 15. It shrank",
        (11, "next", "The board grew. My next:"),
        (15, "ahead", "It shrank"),
    ),
    ("11. One\n\n\n12) Two\n13 – Three", (11, "next", "One"), (12, "next", "Two"), (13, "next", "Three")),
    ("11. See #9\n4. is daft\n12. Two", (11, "next", "See #9\n4. is daft"), (12, "next", "Two")),
    ("**11.** One **12.** Two", (11, "next", "One **12.** Two")),
    ("11. One.\n> 12. quoted\n13. Three", (11, "next", "One.\n> 12. quoted"), (13, "ahead", "Three")),
    # Signs that cannot be seen.
    ("11\u200b. text", (11, "next", "text")),
    ("11.\u200btext",),
    ("\ufeff\u200e(\u200b11\u200b)\u200b text", (11, "next", "text")),
    ("\u206611.\u2069 text", (11, "next", "text")),
    ("x\u200b11. text",),
    ("\u202d11. text",),
    ("11. text \u202eafter",),
    ("１２） 全角", (12, "ahead", "全角")),
    ("＃１１：全角", (11, "next", "全角")),
    ("11．Text", (11, "next", "Text")),
    ("⑪ circled is no number",),
    ("²¹. raised is no number",),
    ("११. देवनागरी के अंक नहीं पढ़े जाते",),
]

# After additions 11, 12 and, a moment ago, 13.
LATER: list[tuple[str, *tuple[type_of, ...]]] = [
    ("13. Typed at the same time", (13, "clash", "Typed at the same time")),
    ("14. The next", (14, "next", "The next")),
    ("19. Five ahead", (19, "ahead", "Five ahead")),
    ("20. Six ahead", (20, "far-ahead", "Six ahead")),
    ("11. An old one's number", (11, "older-addition", "An old one's number")),
    ("13. Mine\n14. Mine too", (13, "clash", "Mine"), (14, "clash", "Mine too")),
    ("12. Old\n14. New", (12, "older-addition", "Old"), (14, "next", "New")),
    ("13 is right",),
    ("#13 is right",),
    ("13. is right",),
    ("I agree. 11. Rightly so",),
    ("Here is mine. 11. The carers", (11, "older-addition", "The carers")),
    ("14. As they say. 11. Said the same", (14, "next", "As they say. 11. Said the same")),
]


def read(message: str, labels: Labels = FRESH) -> list[type_of]:
    found = read_additions(message, labels)
    for addition in found:
        assert (addition.clarity is Clarity.UNCLEAR) == (addition.why in UNCLEAR)
    return [(addition.written, addition.why, addition.text) for addition in found]


ROWS = [*((row, FRESH) for row in [*BEFORE, *AFTER]), *((row, BUSY) for row in LATER)]


@pytest.mark.parametrize(("row", "labels"), ROWS, ids=[ascii(row[0])[:70] for row, _ in ROWS])
def test_a_message_is_read_as_a_person_would(row: tuple[str, *tuple[type_of, ...]], labels: Labels) -> None:
    assert read(row[0], labels) == list(row[1:])


def seed_comments() -> list[str]:
    if not SEED.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{SEED} is not at hand")
        pytest.skip("the first seed is not at hand")
    text = SEED.read_text(encoding="utf-8")
    column = text[text.index("thoughts on") : text.index("Leave a Reply")]
    return [comment.strip() for comment in re.split(r"\n  \d+\. ", column)[1:]]


def as_messages(comment: str) -> list[str]:
    """A comment as Discord takes it: consecutive messages of at most 2,000 characters, cut at a word."""
    messages: list[str] = []
    while len(comment) > 2000:
        cut = comment.rindex(" ", 0, 2000)
        messages.append(comment[:cut])
        comment = comment[cut + 1 :]
    return [*messages, comment]


def labels_before(comment: int) -> Labels:
    """The labels when the comment is read: 11 is taken by the first, 12 by the fourth."""
    return Labels(ORIGINALS, 11 + (comment > 1) + (comment > 4), frozenset())


def test_the_seed_holds_three_additions_and_no_other() -> None:
    found = []
    comments = seed_comments()
    for number, comment in enumerate(comments, 1):
        for message in as_messages(comment):
            for written, why, text in read(message, labels_before(number)):
                found.append((number, written, why, text[:12]))
    assert len(comments) == 18
    assert found == [
        (1, 11, "next", "it overlooks"),
        (4, 12, "next", "Remember the"),
        (14, 14, "ahead", "Big Society "),
    ]


def test_no_cut_makes_an_addition_of_the_other_comments() -> None:
    for number, comment in enumerate(seed_comments(), 1):
        if number in (1, 4, 14):
            continue
        for cut in range(len(comment)):
            assert read(comment[cut:], labels_before(number)) == []


def test_the_continuation_of_the_fourth_comment_is_no_addition() -> None:
    first, second = as_messages(seed_comments()[3])
    assert goes_on(first)
    assert read(second, Labels(ORIGINALS, 13, frozenset({12}))) == []


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("a" * 1500, True),
        ("a" * 1499 + ".", True),
        ("a" * 1498 + ".", False),
        ("a" * 500, True),
        ("a" * 499, False),
        ("a" * 600 + ",", True),
        ("a" * 600 + " –", True),
        ("a" * 600 + "; ", True),
        ("a" * 600 + "!", False),
        ("a" * 600 + "?”", False),
        ("a" * 600 + ".)\n", False),
        ("a" * 600 + "…", False),
        ("a" * 600 + " 👍🏽", False),
        ("字" * 600 + "。", False),
        ("字" * 600, True),
        ("", False),
        (" " * 2000, False),
    ],
    ids=lambda value: ascii(value)[-12:],
)
def test_a_long_part_without_an_end_goes_on(part: str, expected: bool) -> None:
    assert goes_on(part) is expected


messages = st.text(
    st.one_of(
        st.sampled_from("0123456789.):–-#(*_`>\n \u200b\u202e１٢…?!"),
        st.sampled_from(["a", "May ", "No. ", "is ", "and ", "Another", "http://"]).flatmap(st.sampled_from),
        st.characters(),
    ),
    max_size=200,
)
TOKENS = ["11", "12", "13", "1", "9", "40", ". ", ".", ") ", ": ", " – ", "#", "(", "**", "\n", "No. ", "May", " is "]
TOKENS += ["text ", "Another one. ", "`", "> ", "<@1> ", "\u200b", "\u202e", "１１", "https://x.org ", "and ", "? "]
tokens = st.lists(st.sampled_from(TOKENS), max_size=40).map("".join)
labels = st.builds(
    Labels,
    st.sampled_from([ORIGINALS, frozenset[str](), frozenset({"*"}), frozenset({"1", "12", "A"})]),
    st.integers(1, 1000),
    st.frozensets(st.integers(1, 30), max_size=4),
)
steady = settings(derandomize=True, deadline=None, max_examples=400)


@steady
@given(st.one_of(messages, tokens), labels)
def test_any_text_is_read_and_the_texts_are_its_own(message: str, exist: Labels) -> None:
    found = read_additions(message, exist)
    place = 0
    for addition in found:
        assert addition.text
        assert addition.text == addition.text.strip()
        place = message.index(addition.text, place) + len(addition.text)
        assert 1 < addition.written < 1000
        assert str(addition.written) not in exist.originals
        assert (addition.why in UNCLEAR) == (addition.clarity is Clarity.UNCLEAR)


@steady
@given(st.text(string.ascii_letters + string.punctuation + " \n", max_size=300))
def test_prose_without_a_digit_gives_nothing(message: str) -> None:
    assert read_additions(message, FRESH) == ()


@steady
@given(st.sampled_from(["{}. ", "{}) ", "{}: ", "{} – ", "{} - ", "#{} – ", "#{}: ", "({}) ", "No. {}: ", "**{}.** "]))
def test_every_form_is_read_alone_on_a_line_and_after_a_sentence(form: str) -> None:
    mark = form.format(11)
    for before in ("", "\n", "I agree.\n", "I agree. ", "Here is mine: "):
        assert read(f"{before}{mark}Nobody asked") == [(11, "next", "Nobody asked")]


HOSTILE = ["11. ", "12. x? ", "!11. a ", "`", "<", "> ", "*", " ", "\n", "\u200b1", "http://", "1", "11", "No. 11 "]
HOSTILE += ["add 12. x. ", "_**11**_ ", "() ", "www.", "11. May ", "11 - ", "11\n", "``", "<@1>", '."""" ', "١١. ا"]


@pytest.mark.parametrize("piece", HOSTILE, ids=ascii)
@pytest.mark.parametrize("before", ["", "11. x\n", "12. a `"])
def test_a_hostile_message_is_read_in_linear_time(before: str, piece: str) -> None:
    def seconds(size: int) -> float:
        message = (before + piece * size)[:size]
        best = 1.0
        for _ in range(3):
            start = time.perf_counter()
            read_additions(message, FRESH)
            best = min(best, time.perf_counter() - start)
        return best

    assert seconds(16_000) < 0.1  # four times Discord's most; a quadratic reader takes seconds
