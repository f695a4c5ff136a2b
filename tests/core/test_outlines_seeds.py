"""The two real documents, and the project's own sample."""

import re
from pathlib import Path

import pytest

from bot.core.outlines import Outline, read, render
from bot.display.outlines import as_json, as_text

ROOT = Path(__file__).parents[2]
BLOG_PAGE = "003_96e57ab49cc591c4.txt"
BULLETS = "000_a375ee7644f6250d.txt"


@pytest.fixture
def blog_page(shared: Path) -> Outline:
    return read((shared / "seeds" / BLOG_PAGE).read_bytes(), name=BLOG_PAGE)


@pytest.fixture
def bullets(shared: Path) -> Outline:
    return read((shared / "seeds" / BULLETS).read_bytes(), name=BULLETS)


@pytest.fixture
def sample() -> Outline:
    return read((ROOT / "samples" / "open-plan.txt").read_bytes())


def test_the_blog_page_has_ten_points_and_a_bonus(blog_page: Outline):
    assert [point.label for point in blog_page.points] == [*map(str, range(1, 11)), "*"]


def test_the_points_of_the_blog_page_are_one_sentence_each(blog_page: Outline):
    texts = [point.text for point in blog_page.points]
    assert all(text.startswith(("It ", "For this reason, it ")) and "\n" not in text for text in texts)
    assert texts[9].endswith("where it is effective")
    assert texts[10].endswith("no basis in social justice")


def test_the_blog_page_keeps_what_stands_around_its_list(blog_page: Outline):
    assert blog_page.title.startswith("What’s the problem with")
    assert blog_page.introduction.startswith("Nat Wei")
    assert blog_page.introduction.endswith("is conceptually flawed because:")
    assert blog_page.closing.startswith("As our Minister")
    assert blog_page.closing.endswith("do either of those things.")


def test_the_blog_page_has_eighteen_comments_of_the_twenty_nine_announced(blog_page: Outline):
    assert (len(blog_page.comments), blog_page.comments_announced) == (18, 29)
    assert "18 comments found, 29 announced" in as_text(blog_page)


def test_the_text_of_a_comment_stands_without_the_number_of_the_comment(blog_page: Outline):
    texts = [comment.text for comment in blog_page.comments]
    assert texts[0].startswith("11. it overlooks")
    assert "one.12. Remember" in texts[3]
    assert texts[8].endswith("some of the cherished services.") and "\n8. 9. and 10. are seen" in texts[8]
    assert texts[13].startswith("#14 –")
    assert not any(re.match(rf"{place}\.", text) for place, text in enumerate(texts, start=1))


def test_the_form_below_the_comments_is_dropped(blog_page: Outline):
    assert blog_page.comments[-1].text.endswith("the people of this country.")
    assert "Leave a Reply" not in str(as_json(blog_page))


def test_the_blog_page_leaves_nothing_uncertain(blog_page: Outline):
    assert blog_page.warnings == () and blog_page.other_lists == ()


def test_eight_bullets_are_eight_points_with_a_warning(bullets: Outline):
    assert [point.label for point in bullets.points] == [*"12345678"]
    assert [notice.code for notice in bullets.warnings] == ["not_numbered"]
    assert bullets.comments == () and bullets.comments_announced is None


def test_the_page_furniture_below_the_bullets_is_dropped(bullets: Outline):
    assert bullets.closing.endswith("should be enabled to flourish.")


def test_both_documents_read_back_from_their_rendering(blog_page: Outline, bullets: Outline):
    assert read(render(blog_page)).points == blog_page.points
    assert read(render(blog_page)).comments == blog_page.comments
    assert read(render(bullets)).points == bullets.points


def test_the_projects_own_sample_reads_as_intended(sample: Outline):
    assert [point.label for point in sample.points] == [*map(str, range(1, 11)), "*"]
    assert (len(sample.comments), sample.comments_announced) == (14, 23)
    assert sample.warnings == ()
    assert sum(len(comment.text) > 2_000 for comment in sample.comments) == 1
    assert sample.comments[-1].text.endswith("You are all very untidy.")
