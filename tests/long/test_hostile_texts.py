"""Ten thousand hostile texts through every place where member text is shown (`make long`).

A place may bear marks of its own: a text must add none, take none away and move none. What a client takes for a mark
is read by the small reader of `tests/display/test_inert.py`, which is not the bot's.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.arguments import LONGEST, LONGEST_QUOTE, Argument, Side, panel
from bot.core.arguments import page as argument_page
from bot.core.cases import LONGEST_ANSWER, LONGEST_APPEAL, LONGEST_WORDS, Appeal, Case, CaseAct, CaseReason, Why
from bot.core.claims import Claim
from bot.core.digests import Digest, Line
from bot.core.ids import (
    ArgumentId,
    CaseId,
    ChannelId,
    ClaimId,
    CritiqueId,
    GuildId,
    MemberId,
    MessageId,
    NoticeId,
    ReportId,
)
from bot.core.moderation import Reason
from bot.core.notes import LONGEST as LONGEST_NOTE
from bot.core.notes import Note, Record
from bot.core.notices import Cause, Notice, Subject
from bot.core.overviews import Overview
from bot.core.points import Moved, Official, Origin, Point, PointStatus, Target
from bot.core.queue import in_order
from bot.core.queue import page as waiting_page
from bot.core.refusals import Code, Refusal
from bot.core.reports import Report, Voice
from bot.core.titles import title_of
from bot.core.votes import Tally
from bot.display import (
    arguments,
    asides,
    cases,
    claims,
    critiques,
    digests,
    errors,
    inert,
    limits,
    lobbies,
    notes,
    notices,
    officials,
    overviews,
    points,
    queue,
    reports,
    submissions,
)
from tests.display.test_inert import ACTIVE, BARE, ENCLOSED, ESCAPE, PINGS
from tests.display.test_points import CRITIQUE, NOON, POINT
from tests.long.hostile import COUNT, texts

pytestmark = pytest.mark.long

Places = Mapping[str, Callable[[str], Sequence[str]]]

# A place shows a text that goes on after its title, one on several lines, a long one, or none in another way.
PLAIN = [
    "They rattle the spoons",
    "They rattle. They do.",
    "They\n\nrattle",
    "They rattle the spoons. " * 200,
    "…",
    "",
    "They\u200brattle",
]
OWN = "https://discord.com/"
POINT_BY = MemberId(6)


def _queue(text: str) -> str:
    page = waiting_page(in_order([point(text)], [case(text, Appeal(text, NOON))]), 1)
    shown = queue.listed(page, GuildId(1))
    return "" if shown is None else shown.description or ""


def point(text: str, **changed: object) -> Point:
    shown = replace(POINT, text=text, title=title_of(text), origin=Origin.ADDITION, thread=ChannelId(7))
    return replace(shown, message=MessageId(8), author=MemberId(6), **changed)


def case(text: str, appeal: Appeal | None = None) -> Case:
    return Case(
        id=CaseId(7),
        guild=GuildId(1),
        act=CaseAct.REFUSE,
        why=Why(CaseReason.OTHER, text[:LONGEST_WORDS]),
        at=NOON,
        by=MemberId(5),
        member=MemberId(6),
        critique=CritiqueId(1),
        title=title_of(text),
        label="14",
        text=text,
        appeal=appeal,
    )


def moved(text: str) -> Moved:
    return Moved(Target(POINT.id, "4", None), title_of(text))


def answered(text: str) -> Case:
    appeal = Appeal(text[:LONGEST_APPEAL], NOON, text[:LONGEST_ANSWER], NOON + timedelta(hours=1), granted=True)
    return case(text, appeal)


def claim(text: str) -> Claim:
    return Claim(ClaimId(1), CRITIQUE.id, MemberId(6), text, None, Reason.ALIKE, NOON, like=POINT.id, label="4")


def digest(text: str) -> str:
    return digests.pages(Digest(replace(CRITIQUE, title=title_of(text)), (Line(point(text), Tally(3, 2)),), 5))[0]


def argument(text: str) -> Argument:
    return Argument(
        ArgumentId(1), POINT.id, MemberId(6), None, None, Side.SUPPORT, text[:LONGEST], text[:LONGEST_QUOTE], 0, NOON
    )


def argued(text: str) -> str:
    line = Line(POINT, Tally(3, 2), panel([argument(text)]))
    return digests.pages(Digest(CRITIQUE, (line,), 5))[0]


def notice(text: str) -> str:
    about = Subject(critique=CRITIQUE.id)
    return notices.text([Notice(NoticeId(1), GuildId(1), Cause.DIGEST_DELETED, about, "", title_of(text), NOON)])


def report(text: str) -> str:
    said = [Voice(CaseReason.OTHER, text[: reports.LONGEST], NOON)] * 7
    about = Report(ReportId(1), GuildId(1), NOON, said, CRITIQUE.id, POINT.id, author=MemberId(6))
    return reports.text(about, point(text), replace(CRITIQUE, title=title_of(text)))


def tip(text: str) -> str:
    said = [Voice(None, text[: reports.LONGEST_TIP].strip() or "x", NOON)]
    return reports.text(Report(ReportId(1), GuildId(1), NOON, said), None, None)


def record(text: str) -> str:
    note = Note(text[:LONGEST_NOTE], MemberId(5), NOON)
    shown = notes.history(Record((note, case(text)), 1, 1), "<@6>").description
    assert shown is not None
    return shown


# Where Discord reads marks: messages, and an embed's description.
MARKED: Places = {
    "a point's messages": lambda text: points.pages(point(text), CRITIQUE),
    "an adopted point": lambda text: [points.adopted(point(text), replace(CRITIQUE, title=title_of(text)))],
    "/point show": lambda text: [points.panel(Line(point(text), Tally(3, 2)))],
    "a tombstone": lambda text: [points.tombstone(point(text, status=PointStatus.HIDDEN))],
    "where a point was moved": lambda text: [points.tombstone(point("x", status=PointStatus.MOVED, moved=moved(text)))],
    "what an author is told of a move": lambda text: [
        cases.told(replace(case("x"), act=CaseAct.MOVE, moved=moved(text)), "Tea")
    ],
    "what was undone": lambda text: [asides.undone(replace(case("x"), act=CaseAct.CLOSE, title=title_of(text)))],
    "a withdrawal": lambda text: [points.withdrawal(point(text))],
    "the digest": lambda text: [digest(text)],
    "the queue": lambda text: [queue.text(point(text, status=PointStatus.HELD), CRITIQUE)],
    "/mod queue": lambda text: [_queue(text)],
    "what an author is told": lambda text: [cases.told(case(text), title_of(text) or "x")],
    "the answer to an appeal": lambda text: [cases.told(answered(text), "Tea")],
    "/case mine": lambda text: [cases.mine([case(text)], "Tea")],
    "an appeal": lambda text: [cases.appeal(case(text, Appeal(text[:LONGEST_APPEAL], NOON)))],
    "an appeal that was answered": lambda text: [cases.appeal(answered(text))],
    "a claim": lambda text: [claims.text(claim(text), point(text))],
    "an addition recorded": lambda text: [submissions.recorded([point(text)], CRITIQUE)],
    "a refusal": lambda text: [errors.sentence(Refusal(Code.NO_POINT, asked=text[:100]))],
    "a notice": lambda text: [notice(text)],
    "/critique list": lambda text: [
        f"**{overviews.title(Overview(replace(CRITIQUE, title=title_of(text)), 4, 1, 0, 1, 0, 5, 0, 0))}**"
    ],
    "a report of a point": lambda text: [report(text)],
    "a tip": lambda text: [tip(text)],
    "an official answer": lambda text: [officials.message(Official(text[: officials.LONGEST], POINT_BY, NOON, None))],
    "/mod history": lambda text: [record(text)],
    "an argument": lambda text: [arguments.message(argument(text), CRITIQUE)],
    "an argument that stands elsewhere": lambda text: [
        arguments.message(replace(argument(text), message=MessageId(9), channel=ChannelId(9)), CRITIQUE)
    ],
    "the panel of arguments": lambda text: [arguments.panel(panel([argument(text)]), GuildId(1))],
    "all arguments": lambda text: [arguments.page(argument_page(POINT.id, [argument(text)], 1), POINT, GuildId(1))],
    "an argument in the digest": lambda text: [argued(text)],
    "the forum's own post": lambda text: [lobbies.text(replace(CRITIQUE, title=title_of(text)))],
}
# Where it reads none: names, choices, titles of forms.
BARE_PLACES: Mapping[str, tuple[int, Callable[[str], str]]] = {
    "a thread's name": (limits.THREAD_NAME, lambda text: inert.thread_name("12", text)),
    "a choice": (limits.CHOICE_NAME, lambda text: points.choice(point(text))),
    "a critique's choice": (
        limits.CHOICE_NAME,
        lambda text: critiques.choices([replace(CRITIQUE, title=title_of(text))], "")[0].name,
    ),
    "a form's title": (limits.FORM_TITLE, lambda text: submissions.form(replace(CRITIQUE, title=title_of(text))).title),
}


EMBEDDED = ("the digest", "/mod history", "an argument in the digest")


def marks(content: str) -> list[str]:
    """What a client takes for marks, mentions and links there, in order."""
    found: list[str] = []
    at = 0
    while at < len(content):
        if taken := PINGS.match(content, at):
            found.append(taken[0])
        elif taken := ESCAPE.match(content, at):
            pass
        elif taken := ENCLOSED.match(content, at) or BARE.match(content, at):
            found += [taken[0]] if taken[0].startswith(OWN) else []
        elif taken := ACTIVE.match(content, at):
            found.append(taken[0].strip(" "))
        else:
            at += 1
            continue
        at = taken.end()
    return found


@pytest.fixture(scope="module")
def hostile() -> list[str]:
    return texts()


def test_there_are_ten_thousand_of_them_and_each_is_another(hostile: list[str]) -> None:
    assert len(set(hostile)) == COUNT


@pytest.mark.parametrize("place", MARKED)
def test_none_pings_and_none_breaks_out_of_its_place(place: str, hostile: list[str]) -> None:
    show = MARKED[place]
    own = [marks(show(text)[0]) for text in PLAIN]
    for text in hostile:
        first, *further = show(text)
        assert marks(first) in own, ascii(text)
        assert not any(marks(page) for page in further), ascii(text)
        for page in (first, *further):
            room = limits.EMBED_DESCRIPTION if place in EMBEDDED else limits.MESSAGE
            assert 0 < limits.length(page) <= room, ascii(text)
            assert page.encode(), ascii(text)  # no half characters


@pytest.mark.parametrize("place", BARE_PLACES)
def test_names_choices_and_titles_stay_on_one_line_and_within_their_limits(place: str, hostile: list[str]) -> None:
    room, show = BARE_PLACES[place]
    for text in hostile:
        shown = show(text)
        assert 0 < limits.length(shown) <= room and len(shown.splitlines()) == 1, ascii(text)
        assert shown.encode(), ascii(text)
