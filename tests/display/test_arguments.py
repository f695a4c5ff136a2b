"""Arguments in words: within every limit, inert, the digest's lines short, a page's buttons in their rows."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.arguments import LONGEST, LONGEST_QUOTE, Argument, Side, page, panel
from bot.core.ids import ArgumentId, ChannelId, GuildId, MemberId, MessageId
from bot.display import arguments, limits, quotes
from tests.display.test_points import CRITIQUE, NOON, POINT, shown_texts

GUILD = GuildId(2**63)


def argument(text: str, side: Side | None = Side.SUPPORT, number: int = 1, quote: str = "") -> Argument:
    return Argument(
        id=ArgumentId(number),
        point=POINT.id,
        author=MemberId(2**63),
        message=None,
        channel=None,
        side=side,
        text=text[:LONGEST],
        quote=quote[:LONGEST_QUOTE],
        ordinal=0,
        at=NOON + timedelta(seconds=number),
        shown=MessageId(2**63),
        thread=ChannelId(2**63),
        quoted=MessageId(7),
        quoted_in=ChannelId(8),
    )


@given(shown_texts, shown_texts, st.sampled_from([*Side, None]))
def test_whatever_is_argued_fits_in_one_message_and_begins_with_its_side(
    text: str, quote: str, side: Side | None
) -> None:
    here = argument(text * 9, side, quote=quote)
    elsewhere = replace(here, message=MessageId(2**63), channel=ChannelId(2**62))
    for each in (here, elsewhere):
        shown = arguments.message(each, CRITIQUE)
        assert shown.startswith(arguments.begins(each)) and limits.length(shown) <= limits.MESSAGE
        assert ("the whole" in shown) is (each is elsewhere)


@given(st.lists(shown_texts, min_size=1, max_size=7))
def test_panel_page_and_summary_fit_and_the_digests_two_lines_take_120_units_at_most(texts: list[str]) -> None:
    known = [argument(text * 9, side, n) for n, text in enumerate(texts, 1) for side in Side]
    known = [replace(each, id=ArgumentId(n)) for n, each in enumerate(known, 1)]
    argued = panel(known)
    assert limits.length(arguments.panel(argued, GUILD)) <= limits.MESSAGE
    assert limits.length(arguments.summary(argued, GUILD)) <= limits.MESSAGE // 2
    for number in (1, 2, 3):
        assert limits.length(arguments.page(page(POINT.id, known, number), POINT, GUILD)) <= limits.MESSAGE
    lines = arguments.brief(argued)
    assert len(lines) == 2 and sum(limits.length(line) for line in lines) <= 120
    assert all("\n" not in line for line in lines)


def test_a_page_of_five_has_a_row_of_buttons_each_and_the_way_on_in_the_last() -> None:
    known = [argument("So.", number=number) for number in range(1, 12)]
    middle = page(POINT.id, known, 2)
    view = arguments.page_view(middle, [each.id for each in middle.arguments])
    rows = [[child.label for child in view.children if child.row == row] for row in range(5)]  # type: ignore[attr-defined]
    assert [len(row) for row in rows] == [3, 3, 3, 3, 5]
    assert rows[4][-2:] == ["Earlier", "Later"]
    assert len(arguments.page_view(page(POINT.id, [], 1), ()).children) == 0


def test_a_former_members_argument_names_nobody() -> None:
    shown = arguments.message(replace(argument("So."), author=None), CRITIQUE)
    assert "a former member" in shown and "<@" not in shown


@given(shown_texts)
def test_the_passage_offered_stands_in_the_message_and_fits(text: str) -> None:
    said = text if text.strip() else "So."
    form = quotes.form(MessageId(1), said, [POINT], is_certain=True)
    passage = form.children[0].component.default  # type: ignore[attr-defined]
    assert passage in said and 0 < len(passage) <= LONGEST_QUOTE
