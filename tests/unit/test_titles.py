"""Titles of tweets' pages, as link previews show them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tweetrecon.twitter import titles

TITLES = [
    ("Bo Lind on Twitter", ("Bo Lind", None, None)),
    ('Bo Lind on Twitter: "Wet again."', ("Bo Lind", None, "Wet again.")),
    ("Bo Lind on Twitter: “Wet again.” / Twitter", ("Bo Lind", None, "Wet again.")),
    ('(2) Bo Lind on X: "Wet "again"" / X', ("Bo Lind", None, 'Wet "again"')),
    ("Bo Lind (@bolind) on X", ("Bo Lind", "bolind", None)),
    ("Bo Lind (@bolind) / X", ("Bo Lind", "bolind", None)),
    ("Bo Lind auf Twitter: „Nass“", ("Bo Lind", None, "Nass")),
    ("Бо Линд в Твиттере", ("Бо Линд", None, None)),
    ("Xユーザーのボーさん: 「また濡れた」 / X", ("ボー", None, "また濡れた")),
    ("ボー (@bolind)さんはTwitterを使っています 「また」", ("ボー", "bolind", "また")),
    ("트위터에서 즐기는 보", ("보", None, None)),
    ("Twitter 上的 Bo：“again”", ("Bo", None, "again")),
]
OTHERS = ["View on X", "Read more on Twitter", "Follow us on Twitter", "Bo Lind", "Notes on X and Y", ""]


@pytest.mark.parametrize(("title", "told"), TITLES)
def test_title_tells_author_and_words(title: str, told: tuple[str, str | None, str | None]) -> None:
    assert titles.parse(title) == told


@pytest.mark.parametrize("title", OTHERS)
def test_other_titles_tell_nothing(title: str) -> None:
    assert titles.parse(title) is None


@given(st.text(alphabet='aX @(Twiter)on:“”"/\n', max_size=700))
def test_what_is_told_stands_in_the_title(title: str) -> None:
    told = titles.parse(title)
    assert told is None or (titles.names_site(title) and all(part in title for part in told if part))


@pytest.mark.parametrize(("words", "bare"), [("“Wet again.”", "Wet again."), ("“Wet", "“Wet"), ("Wet", "Wet")])
def test_quotation_marks_around_the_words_are_taken_off(words: str, bare: str) -> None:
    assert titles.unquoted(words) == bare
