"""Dispatch, claims, merging, nested markup and the text path, beyond what the golden cases of single forms show."""

import pytest

from tweetrecon.detect import Detection, Trace, detect, named_ids
from tweetrecon.detect.gate import passes_gate
from tweetrecon.forms import FORMS, placeholder, plain_blockquote
from tweetrecon.forms.form import Form
from tweetrecon.model import Document, RejectCode, Role

ID = "1067387559736246349"
OTHER = "1367449217433337933"
LINK = f"https://twitter.com/ada_quill/status/{ID}"
ATTRIBUTION = f'&mdash; Ada Quill (@ada_quill) <a href="{LINK}?ref_src=twsrc">November 27, 2018</a>'
QUOTE = f'<p lang="en">The ferry left.</p>{ATTRIBUTION}'
EMBED = f'<blockquote class="twitter-tweet">{QUOTE}</blockquote>'


def found(markup: str, media_type: str = "text/html", trace: Trace | None = None) -> Detection:
    return detect(Document(document_id="d", source_uri="s", media_type=media_type, text=markup), trace)


def codes(detection: Detection) -> set[RejectCode]:
    return {reject.code for reject in detection.rejects}


@pytest.mark.parametrize(
    "again",
    [
        f'<div data-tweet-id="{ID}"></div>',
        f'<iframe src="https://platform.twitter.com/embed/Tweet.html?id={ID}"></iframe>',
        f'<p>as <a href="{LINK}">she said</a></p>',
        f'<blockquote class="twitter-tweet"><a href="{LINK}"></a></blockquote>',
    ],
    ids=["placeholder", "widget", "link", "link only"],
)
@pytest.mark.parametrize("first", [True, False], ids=["before", "after"])
def test_weaker_traces_of_a_tweet_become_evidence_of_the_strongest(again: str, first: bool) -> None:
    detection = found(again + EMBED if first else EMBED + again)
    assert [(e.form, e.role, e.raw_text) for e in detection.embeds] == [
        ("twitter_blockquote", Role.EMBEDDED, "The ferry left.")
    ]
    assert RejectCode.SAME_TWEET_AGAIN in codes(detection)


def test_a_wrapper_that_bears_the_id_is_the_same_embed() -> None:
    detection = found(f'<div data-tweet-id="{ID}">{EMBED}</div>')
    assert [(e.form, e.also_forms) for e in detection.embeds] == [("twitter_blockquote", ("placeholder",))]


def test_a_tweet_shown_twice_has_two_places() -> None:
    detection = found(f"{EMBED}<p>Once more:</p>{EMBED}")
    assert [e.raw_username for e in detection.embeds] == ["ada_quill", "ada_quill"]
    assert len({e.xpath for e in detection.embeds}) == 2


def test_embeds_come_in_document_order_whatever_their_form() -> None:
    detection = found(
        f'<div data-tweet-id="{OTHER}"></div><p>Then</p>{EMBED}<p><a href="https://x.com/i/status/20">x</a></p>'
    )
    assert [e.form for e in detection.embeds] == ["placeholder", "twitter_blockquote", "status_link"]
    assert [e.source_line for e in detection.embeds] == [1, 1, 1]


@pytest.mark.parametrize(
    "wall",
    [
        "<textarea>{}</textarea>",
        '<script type="text/template">{}</script>',
        "<iframe>{}</iframe>",
        "<noscript>{}</noscript>",
        "<template>{}</template>",
    ],
)
def test_markup_kept_as_raw_text_is_read(wall: str) -> None:
    detection = found(f"<p>one</p>{wall.format(EMBED)}<p>two</p>")
    assert [(e.raw_text, e.raw_username) for e in detection.embeds] == [("The ferry left.", "ada_quill")]
    assert detection.embeds[0].xpath


def test_embed_code_escaped_in_srcdoc_is_read() -> None:
    escaped = EMBED.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    assert [e.tweet_id or e.raw_url for e in found(f'<iframe srcdoc="{escaped}"></iframe>').embeds] == [
        f"{LINK}?ref_src=twsrc"
    ]


def test_a_byline_in_plain_paragraphs_is_read_with_the_link_of_its_date() -> None:
    detection = found(
        f'<div><p>The ferry left.</p><p>— Ada Quill (@ada_quill) <a href="{LINK}">November 27, 2018</a></p></div>'
    )
    (embed,) = detection.embeds
    assert (embed.raw_text, embed.raw_username, embed.raw_url) == ("The ferry left.", "ada_quill", LINK)
    assert (embed.role, embed.start, embed.text_start) == (Role.EMBEDDED, None, None)


def test_a_byline_of_a_claimed_blockquote_is_not_read_again() -> None:
    assert len(found(f"{EMBED}<p>Write to us (@harbour) any time.</p>").embeds) == 1


def test_an_unclosed_blockquote_does_not_swallow_the_article() -> None:
    article = "<p>The harbour was closed for a week and nobody knew why. </p>" * 20
    detection = found(
        f'<blockquote class="twitter-tweet">{QUOTE}{article}<p><a href="https://x.com/i/status/20">x</a></p>'
    )
    assert (detection.embeds[0].raw_text, detection.embeds[0].raw_username) == ("The ferry left.", "ada_quill")


def test_a_page_without_any_sign_is_not_parsed() -> None:
    assert not passes_gate("<html><body><p>The ferry was late.</p><a href='https://twitter.com/harbour'>Follow</a>")


def test_after_deep_nesting_the_tweet_is_found_and_the_page_marked() -> None:
    detection = found("<div>" * 4000 + EMBED)
    assert [e.raw_username for e in detection.embeds] == ["ada_quill"]
    assert RejectCode.PARSE_INCOMPLETE in codes(detection)


def test_a_form_that_raises_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(node: object, page: object) -> None:
        raise ZeroDivisionError("boat")

    place = FORMS.index(plain_blockquote.FORM)
    form = Form(name="broken", doc="", anchors=(), read=broken, since=2006)  # type: ignore[arg-type]
    forms = (*FORMS[:place], form, *FORMS[place + 1 :])
    monkeypatch.setattr("tweetrecon.detect.FORMS", forms)
    detection = found(f"<blockquote>{QUOTE}</blockquote>{EMBED}")
    assert [e.raw_username for e in detection.embeds] == ["ada_quill"]
    assert [(r.code, r.form, r.detail) for r in detection.rejects if r.code is RejectCode.FORM_CRASHED] == [
        (RejectCode.FORM_CRASHED, "broken", "ZeroDivisionError: boat")
    ]


def test_every_reject_names_its_document() -> None:
    detection = found('<blockquote class="twitter-tweet"><a href="/more">Read more</a></blockquote>')
    assert [(r.code, r.form, r.document_id, r.source_uri) for r in detection.rejects] == [
        (RejectCode.NO_EVIDENCE, "twitter_blockquote", "d", "s")
    ]


def test_the_trace_names_the_anchors_that_fired() -> None:
    trace = Trace()
    found(EMBED, trace=trace)
    assert ("twitter_blockquote", "/html/body/blockquote") in trace.fired


def test_text_forms_keep_their_offsets_in_plain_documents() -> None:
    text = f"The ferry was late.\n\n{LINK}\n\nIt sails at noon."
    (embed,) = found(text, "text/plain").embeds
    assert text[slice(embed.start, embed.end)] == LINK


def test_the_prose_around_an_embed_is_kept() -> None:
    (embed,) = found(f"<h2>Boats</h2><p>Late again:</p><div><div>{EMBED}</div></div><p>It sails at noon.</p>").embeds
    assert (embed.context_before, embed.context_after) == ("Boats\nLate again:", "It sails at noon.")


def test_a_host_that_only_resembles_twitters_is_refused() -> None:
    detection = found(f'<p><a href="https://x-twitter.com/ada_quill/status/{ID}">x</a></p>')
    assert (detection.embeds, codes(detection)) == ((), {RejectCode.LOOKALIKE_HOST})


def test_unclosed_blockquotes_hold_the_next_and_each_is_read() -> None:
    number = 30
    links = [f"https://twitter.com/ada_quill/status/{int(ID) + n}" for n in range(number)]
    embeds = [f'<p>Boat {n}.</p>&mdash; Ada (@ada_quill) <a href="{url}">May 1</a>' for n, url in enumerate(links)]
    detection = found("".join(f'<blockquote class="twitter-tweet">{embed}' for embed in embeds))
    assert [(e.raw_text, e.raw_url) for e in detection.embeds] == [(f"Boat {n}.", url) for n, url in enumerate(links)]


def test_thousands_of_nested_blockquotes_end() -> None:
    detection = found('<blockquote class="twitter-tweet">' * 8000 + QUOTE)
    assert [e.raw_username for e in detection.embeds] == ["ada_quill"]


def test_the_same_words_without_an_id_are_one_tweet() -> None:
    byline = "<p>The ferry left.</p><p>— Ada Quill (@ada_quill) November 27, 2018</p>"
    detection = found(f"{EMBED}<p>Once more.</p><div>{byline}</div>")
    assert [(e.form, e.also_forms) for e in detection.embeds] == [("twitter_blockquote", ("flat_byline",))]


@pytest.mark.parametrize("name", placeholder.IDS)
def test_every_attribute_that_holds_an_id_by_its_name_passes_the_gate(name: str) -> None:
    detection = found(f'<div {name}="{ID}"></div>')
    assert [(e.form, e.tweet_id) for e in detection.embeds] == [("placeholder", ID)]


@pytest.mark.parametrize("word", named_ids.WORDS)
def test_a_tag_that_speaks_of_twitter_and_holds_an_id_passes_the_gate(word: str) -> None:
    said = word.strip('="')
    assert passes_gate(f'<p>A</p><div data-kind="{said}" data-key="{ID}">')
    assert not passes_gate(f'<p>A</p><div data-kind="{said}"></div><p data-key="{ID}">')


def test_elements_with_impossible_names_are_passed_over() -> None:
    detection = found(f'<p\x08 title="a < b" class="x twitter-tweet"></p><\x08>{EMBED}')
    assert [embed.tweet_id or embed.raw_username for embed in detection.embeds] == ["ada_quill"]


@pytest.mark.parametrize("tag", ["<script>", '<script data-rule="a > b">', '<script src="x">'])
def test_a_script_is_read_however_its_tag_is_written(tag: str) -> None:
    scripts = "<script>var other = 1</script>" * 3 + f"{tag}twttr.widgets.createTweet('{ID}', box)</script>"
    assert [embed.tweet_id for embed in found(f"<body><p>The ferry.</p>{scripts}").embeds] == [ID]
