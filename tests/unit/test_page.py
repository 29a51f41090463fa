"""The parser loses nothing silently, and displayed text is what a reader sees."""

import pytest

from tweetrecon import page as pages
from tweetrecon.model import Document
from tweetrecon.page import Page, displayed_text, layout


def parsed(markup: str) -> Page:
    page = pages.parse(Document(document_id="", source_uri="", media_type="text/html", text=markup))
    assert page is not None
    return page


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<p>one\n  two</p><p>three</p>", "one two\n\nthree"),
        ("<p>one<br>two<br><br>three</p>", "one\ntwo\n\nthree"),
        ("<div>one<div>two</div></div>three", "one\ntwo\nthree"),
        ("<p>one<br></p><p>two</p>", "one\n\ntwo"),
        ("<p>one&#10;two &#xA;three</p>", "one\ntwo\nthree"),
        ("<p>a<!-- no --> b<script>no</script> c</p>", "a b c"),
        ('<p>yes <img class="emoji" alt="👍🏽"> and <img alt="a photo of a boat"></p>', "yes 👍🏽 and"),
        ("<p>&amp;lt; &lt;b&gt; &quot;x&quot;</p>", '&lt; <b> "x"'),
        ("<p>\u202bשלום\u202c\xa0x</p>", "\u202bשלום\u202c\xa0x"),
        ("<ul><li>one</li><li>two</li></ul>", "one\ntwo"),
        ("<p>a <a href=x>link</a>, <b>bold</b></p>", "a link, bold"),
    ],
)
def test_displayed_text(markup: str, shown: str) -> None:
    assert displayed_text(parsed(markup).root) == shown


def test_spelt_newline_in_an_attribute_stays_what_json_needs() -> None:
    page = parsed('<div data-state="{&quot;a&quot;:&#10;1}">x&#10;y</div>')
    div = next(page.root.iter("div"))
    assert div.get("data-state") == '{"a":\n1}'
    assert displayed_text(div) == "x\ny"


def test_layout_knows_where_each_element_stands() -> None:
    page = parsed("<p>one <a href=x> two</a></p><p><b>three</b></p>")
    shown = layout(page.root)
    parts = {node.tag: shown.text[slice(*span)] for node, span in shown.spans.items()}
    assert (parts["a"], parts["b"]) == ("two", "three")


def test_skipped_elements_keep_their_tails() -> None:
    page = parsed("<p>one <b>no</b> two</p>")
    assert displayed_text(page.root, skip={next(page.root.iter("b"))}) == "one two"


@pytest.mark.parametrize(
    "opening",
    ["<div>" * 3000, "<font>" * 3000, "<div><span>" * 20_000, '<blockquote class="x">' * 2500],
    ids=["divs", "unclosed fonts", "very deep", "kept elements"],
)
def test_what_follows_deep_nesting_is_read_by_a_second_parser(opening: str) -> None:
    page = parsed(f'{opening}<blockquote class="tweet">deep</blockquote><p id="last">after')
    assert not page.complete
    assert [node.text for node in page.root.iter("blockquote") if node.get("class") == "tweet"] == ["deep"]
    assert "after" in displayed_text(page.root)


def test_a_text_node_above_ten_megabytes_is_kept() -> None:
    page = parsed("<p>" + "x" * 10_500_000 + "</p><p id=last>after</p>")
    assert [node.text for node in page.root.iter("p") if node.get("id") == "last"] == ["after"]


@pytest.mark.parametrize("markup", ["", " ", "\x00", "<", "<!--", "<![CDATA[", "</p>", "\ud800"])
def test_markup_without_content_never_raises(markup: str) -> None:
    pages.parse(Document(document_id="", source_uri="", media_type="text/html", text=markup))


def test_second_parser_keeps_names_that_xml_forbids() -> None:
    page = parsed("<div>" * 3000 + '<a"b x"y=1 ok=2>text</a"b>')
    assert "text" in displayed_text(page.root)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("comments-area", True), ("comment even", True), ("commentary", False), ("no-comments-x", True)],
)
def test_comments_are_known_by_their_class(name: str, expected: bool) -> None:
    page = parsed(f'<body class="comments-open"><div class="{name}"><p>x</p></div>')
    assert pages.in_comments(next(page.root.iter("p"))) is expected


def test_pages_glued_together_are_read_whole() -> None:
    one = "<!DOCTYPE html><html><body><p>first</p></body></html>\n"
    page = parsed(one + one.replace("first", "second"))
    assert displayed_text(page.root) == "first\n\nsecond"
