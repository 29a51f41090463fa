"""Cards for notebooks show what pages said as text, and stay short."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

import tweetrecon as tr
from tweetrecon.model import Gap, Precision, ThreadKind, ThreadTweet

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
HOSTILE = "</p><script>alert(1)</script> & \x1b[31m \u202eevil"
TWEET = tr.Tweet(
    tweet_key="1",
    author_username="ada_quill",
    author_name=HOSTILE,
    text=HOSTILE,
    url="javascript:alert(1)",
    created_at=datetime(2018, 11, 27, tzinfo=UTC),
    created_at_precision=Precision.DAY,
)


def thread(count: int) -> tr.Thread:
    tweets = tuple(
        ThreadTweet(position=n, depth=n, tweet_key=str(n), author_username="ada_quill", text=f"number {n}")
        for n in range(count)
    )
    gaps = (Gap(after_position=0, reason="number_missing", author_username="ada_quill", number="2/9"),)
    return tr.Thread(thread_id="0", kind=ThreadKind.SELF_THREAD, tweets_count=count, tweets=tweets, gaps=gaps)


def test_nothing_of_a_page_becomes_markup() -> None:
    shown = TWEET._repr_html_()
    assert "<script" not in shown
    assert "javascript:" not in shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "⟨U+202E⟩" in shown
    assert "&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in shown


def test_markdown_cannot_be_broken_out_of() -> None:
    shown = replace(TWEET, text="[a](http://b) `c`\n# d <i>", url=None)._repr_markdown_()
    assert shown.splitlines()[:2] == ["> \\[a\\]\\(http://b\\) \\`c\\`", "> \\# d \\<i\\>"]


def test_time_says_how_exact_it_is() -> None:
    assert "27 Nov 2018 (day only)" in TWEET._repr_html_()
    exact = replace(TWEET, created_at=datetime(2018, 11, 27, 9, 5, tzinfo=UTC), created_at_precision=Precision.SECOND)
    assert "27 Nov 2018 09:05 UTC<" in exact._repr_html_()
    assert "no date" in replace(TWEET, created_at=None)._repr_html_()


def test_gaps_stand_where_something_is_missing() -> None:
    shown = thread(3)._repr_html_()
    assert shown.index("number 0") < shown.index("2/9 by @ada_quill is missing") < shown.index("number 1")
    assert "2/9 by @ada\\_quill is missing" in thread(3)._repr_markdown_()


@pytest.mark.parametrize(("count", "more"), [(50, None), (53, "… and 3 more")])
def test_long_threads_are_cut_and_say_so(count: int, more: str | None) -> None:
    for shown in (thread(count)._repr_html_(), thread(count)._repr_markdown_()):
        assert "number 49" in shown
        assert "number 50" not in shown
        assert ("more" in shown) is bool(more)


def test_right_to_left_text_has_its_direction() -> None:
    dataset = tr.run([SAMPLES / "east-of-the-river.txt"])
    chain = dataset.thread(next(t["thread_id"] for t in dataset.threads.to_pylist() if t["kind"] == "retweet_chain"))
    assert "<p dir='rtl'" in chain._repr_html_()
    assert "known only through another tweet" in chain._repr_html_()


def test_dataset_shows_its_tables() -> None:
    dataset = tr.run([SAMPLES / "gec-feneri.html"])
    assert "<td>tweets</td><td style='text-align:right'>1</td>" in dataset._repr_html_()
    assert "| tweets | 1 |" in dataset._repr_markdown_()
