"""What the source tells of a page must hold in its tree: no element is passed over that an anchor fits."""

import pytest

from tweetrecon.detect.survey import ANYWHERE, MOST, Survey, beginning

CLASS = "twitter-tweet"


@pytest.mark.parametrize(
    ("source", "elements"),
    [
        ('<blockquote class="twitter-tweet">', {"blockquote"}),
        ("<DIV lang=en class='a twitter-tweet'>", {"div"}),
        ('<p>x</p><my-card class=twitter-tweet title="">', {"my-card"}),
        ('<div title="a > b" class="twitter-tweet">', {"div"}),
        ('<div title="a < b" class="twitter-tweet">', {ANYWHERE}),
        ('<div data-html="<p>a</p>" class="twitter-tweet">', {ANYWHERE}),
        (f'<div data-state="{"x" * 30_000}" class="twitter-tweet">', {ANYWHERE}),
        ("<p>The class twitter-tweet is Twitter's.</p>", set()),
        ('<script>find("twitter-tweet"); x = \'class="twitter-tweet"\'</script>', set()),
        ("<!-- twitter-tweet -->", set()),
        ("no page", set()),
    ],
)
def test_the_elements_in_whose_tags_a_literal_stands(source: str, elements: set[str]) -> None:
    assert Survey(source.encode()).elements(CLASS) == elements


def test_all_places_of_a_literal_and_whether_in_scripts() -> None:
    source = b"full_text <script>full_text<script></script> full_text <SCRIPT>full_text</SCRIPT></script>full_text"
    survey = Survey(source)
    places = list(survey.places("full_text"))
    assert [source[place : place + 9] for place in places] == [b"full_text"] * 5
    assert list(map(survey.in_script, places)) == [False, True, False, True, False]


def test_a_script_that_is_not_closed_ends_with_the_page() -> None:
    survey = Survey(b"<p><script>full_text</p>")
    assert all(map(survey.in_script, survey.places("full_text")))


def test_literals_that_are_not_there() -> None:
    survey = Survey(b"<p>The ferry was late.")
    assert (survey.held, survey.ids, list(survey.places("full_text"))) == (frozenset(), set(), [])


def test_of_a_literal_too_often_there_nothing_is_left_out() -> None:
    survey = Survey(b"<p>" + b"full_text " * (MOST + 1) + b"<script>full_text")
    assert (survey.elements("full_text"), survey.is_in_script("full_text")) == ({ANYWHERE}, True)


def test_the_beginnings_of_the_scripts_that_hold_a_literal() -> None:
    source = (
        b'<script> one  = {"full_text": 1}</script><script>two</script><p>full_text<SCRIPT type=a>\n three full_text'
    )
    survey = Survey(source)
    assert survey.scripts(["full_text", "screen_name"]) == {
        beginning('one = {"full_text": 1}'),
        beginning("threefull_text"),
    }
    assert survey.scripts(["screen_name"]) == set()


def test_where_a_literal_stands_too_often_no_script_is_told_from_others() -> None:
    assert Survey(b"<script>" + b"full_text " * (MOST + 1)).scripts(["full_text"]) is None


@pytest.mark.parametrize(
    ("source", "holders"),
    [
        ("<p>full_text", ()),
        ("<IFRAME src=a></IFRAME><textarea>b</textarea>", ("textarea", "iframe")),
        ("<script>full_text</script>", ("script",)),
        ("<script>other</script>full_text", ()),
    ],
)
def test_the_elements_that_may_hold_a_page_themselves(source: str, holders: tuple[str, ...]) -> None:
    assert Survey(source.encode()).holders == holders
