"""What holds of every string read as a username."""

from hypothesis import given
from hypothesis import strategies as st

from tweetrecon.twitter import usernames

NAMES = st.from_regex(r"[A-Za-z0-9_]{1,15}", fullmatch=True)


@given(st.text(max_size=40))
def test_what_comes_out_is_valid_and_stays(raw: str) -> None:
    username = usernames.clean(raw)
    if username is not None:
        assert usernames.is_valid(username)
        assert usernames.clean(username) == username
        assert usernames.from_path(username) in (username, None)
    assert usernames.fold(usernames.fold(raw)) == usernames.fold(raw)


@given(NAMES, st.sampled_from(["@", "＠", "", "\u200e@", " @"]), st.sampled_from(["", "\u2069", " ", "\n"]))
def test_a_username_survives_what_pages_do_to_it(username: str, before: str, after: str) -> None:
    assert usernames.clean(before + username + after) == username
    assert usernames.clean(before + username.replace("_", "\\_") + after) == username
    assert usernames.fold(before.strip(" \u200e") + username.upper()) == usernames.fold(username)
