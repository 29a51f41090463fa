"""Flattened forms on any text: nothing raises, spans stay inside and in order, no pattern runs away."""

import re
from re import _constants, _parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tweetrecon.forms import flat_byline, flat_quotation, flat_rendered, flat_retweet, widget_text
from tweetrecon.forms.form import TextForm, TextView
from tweetrecon.twitter import byline, evidence, markdown, passage, talk, wording

PIECES = st.sampled_from(
    ["— ", "- ", "(@ada)", "(@bo_b) ", "June 1, 2018", "2018年6月1日", "\n", "\n\n", "> ", " ", "Ada ", "word ", "✔",
     "pic.twitter.com/a1", "https://t.co/a1", "#tag ", "@ada_q", "“", "”", '"', "RT @ada: ", "3:05 PM - Apr 1, 2018",
     "tweeted: ", "Sentence one. ", "寿司。", "تويتر ", "[", "](", ")", "<", ">", "🍣", "\u200f", "1. ", ":", "* "]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=80)
FORMS = (flat_byline.FORM, flat_rendered.FORM, flat_retweet.FORM, flat_quotation.FORM)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
@given(text=TEXTS)
def test_spans_stay_inside_and_in_order(form: TextForm, text: str) -> None:
    last = 0
    for embed in form.read(TextView(text)):
        assert embed.start is not None
        assert embed.end is not None
        assert last <= embed.start < embed.end <= len(text)
        if embed.text_start is not None:
            assert embed.text_end is not None
            assert embed.start <= embed.text_start < embed.text_end <= embed.end
        assert 0 <= embed.confidence <= 1
        last = embed.end if form is flat_byline.FORM else last


@given(TEXTS)
def test_the_text_before_a_byline_changes_nothing_above_the_byline_before(text: str) -> None:
    fixed = "\n\n— Ada (@ada) June 1, 2018\n\nKeep it.\n\n— Bo (@bo_b) June 2, 2018\n"
    *_, last = flat_byline.read(TextView(text + fixed))
    assert last.raw_username == "bo_b"
    assert (last.text_start or 0) >= len(text)


@given(TEXTS)
def test_displayed_is_stable_on_text_without_marks(text: str) -> None:
    once = markdown.displayed(text)
    if not re.search(r"[\[\]<>\\{}]", text):
        assert once == text.strip()


@given(TEXTS)
def test_talk_is_counted_once_in_one_text_and_twice_in_two(text: str) -> None:
    far = "\n" + "." * (talk.NEAR + 1) + "\n"
    assert talk.count(text + far + text) == 2 * talk.count(text)


def patterns(module: ModuleType) -> list[re.Pattern[str]]:
    return [value for value in vars(module).values() if isinstance(value, re.Pattern)]


MODULES = (byline, evidence, markdown, passage, talk, wording, widget_text, flat_quotation, flat_retweet)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rpartition(".")[2])
def test_no_pattern_repeats_without_bound_inside_a_repetition(module: ModuleType) -> None:
    for pattern in patterns(module):
        assert not _nested(list(_parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)), False), pattern.pattern


def _nested(items: list[Any], inside: bool) -> bool:
    """Whether an unbounded repetition stands inside another repetition."""
    for op, argument in items:
        if op in (_constants.MAX_REPEAT, _constants.MIN_REPEAT):
            endless = argument[1] is _constants.MAXREPEAT
            parts, within = [argument[2]], True
            if endless and inside:
                return True
        else:
            parts, within = _parts(op, argument), inside
        if any(_nested(list(part), within) for part in parts):
            return True
    return False


def _parts(op: Any, argument: Any) -> list[Any]:
    if op is _constants.SUBPATTERN:
        return [argument[-1]]
    return list(argument[1]) if op is _constants.BRANCH else []
