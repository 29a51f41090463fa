"""Nothing that a page holds makes detection raise, and no form crashes on damaged markup."""

from hypothesis import given
from hypothesis import strategies as st

from tweetrecon.detect import detect
from tweetrecon.model import Document, RejectCode

LINK = "https://twitter.com/ada_quill/status/1067387559736246349"
PAGE = (
    '<html lang="en"><head><title>Boats</title></head><body><p>One (@bolind) two</p><blockquote class="twitter-tweet">'
    '<p lang="en" dir="ltr">The <b>ferry</b> left.<br>Again &amp; again</p>&mdash; Ada (@ada_quill) '
    f'<a href="{LINK}?ref_src=twsrc%5Etfw">November 27, 2018</a></blockquote><div data-tweet-id="1367449217433337933">'
    f'</div><p><a href="{LINK}">{LINK}</a></p><textarea><blockquote class="twitter-tweet"><a href="{LINK}"></a>'
    f'</blockquote></textarea><iframe src="https://platform.twitter.com/embed/Tweet.html?id=20"></iframe>'
    f'<aside class="onebox twitterstatus">'
    f'<h4>Ada (ada_quill)</h4><a href="{LINK}">x</a></aside><p>{LINK}</p></body></html>'
)


def crashes(markup: str) -> list[str]:
    detection = detect(Document(document_id="", source_uri="", media_type="text/html", text=markup))
    return [r.detail for r in detection.rejects if r.code is RejectCode.FORM_CRASHED]


@given(st.integers(0, len(PAGE)), st.integers(0, 60), st.text(max_size=12))
def test_a_page_with_a_piece_replaced(start: int, length: int, piece: str) -> None:
    assert crashes(PAGE[:start] + piece + PAGE[start + length :]) == []


@given(st.lists(st.sampled_from(PAGE.replace("<", "\0<").split("\0")), max_size=25))
def test_tags_in_any_order(pieces: list[str]) -> None:
    assert crashes("".join(pieces)) == []
