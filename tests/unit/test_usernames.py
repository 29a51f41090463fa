"""Usernames: what may be one, what pages make of them, and placeholders in paths."""

import pytest

from tweetrecon.twitter import usernames


@pytest.mark.parametrize("username", ["a", "J", "_", "1", "quay_cat", "_solnic_", "QUAYCAT2018", "x" * 15, "x" * 20])
def test_valid(username: str) -> None:
    assert usernames.is_valid(username)
    assert usernames.clean(username) == username


@pytest.mark.parametrize(
    "text", ["", " ", "@", "quay-cat", "quay.cat", "quäy", "x" * 21, "1067433821456789504", "１２", "quay cat", "a@b"]
)
def test_invalid(text: str) -> None:
    assert not usernames.is_valid(text)
    assert usernames.clean(text) is None


@pytest.mark.parametrize(
    ("raw", "username"),
    [
        ("@quay_cat", "quay_cat"),
        ("＠quay_cat", "quay_cat"),
        (" @QuayCat\n", "QuayCat"),
        ("@quay\\_cat\\_", "quay_cat_"),
        ("\u202a@quay_cat\u202c", "quay_cat"),
        ("\u2066@\u200equay_cat\u2069", "quay_cat"),
        ("@\u200bquay\u200d_cat\ufeff", "quay_cat"),
        ("@X", "X"),
        ("@TwitterAPI", "TwitterAPI"),
        ("@@quay_cat", None),
        ("@quay_cat's", None),
    ],
)
def test_clean(raw: str, username: str | None) -> None:
    assert usernames.clean(raw) == username


@pytest.mark.parametrize("segment", [*usernames.PATH_PLACEHOLDERS, "X", "Web", "@i", "%40user", "quay-cat", ""])
def test_no_username_in_a_path(segment: str) -> None:
    assert usernames.from_path(segment) is None


@pytest.mark.parametrize("segment", ["QuayCat", "@QuayCat", "%40QuayCat"])
def test_username_in_a_path(segment: str) -> None:
    assert usernames.from_path(segment) == "QuayCat"


def test_fold() -> None:
    assert usernames.fold("@QuayCat") == usernames.fold("quaycat")
    assert usernames.fold("quay_cat") != usernames.fold("quaycat")
