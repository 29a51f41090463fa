"""Feeds, exports of blogs, and pages that browsers saved with their parts."""

import base64
import quopri
from pathlib import Path
from typing import Any

import pytest

from tweetrecon import readers
from tweetrecon.model import Document, Outcome, Reject, RejectCode
from tweetrecon.readers import Options, Source

RSS = b"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>News</title>
<item><title>One &amp; two</title><link>https://news.example/1</link><guid>g-1</guid>
<pubDate>Tue, 27 Nov 2018 10:00:00 +0000</pubDate><description>short</description>
<content:encoded><![CDATA[<p>The harbour is <b>open</b>.</p>]]></content:encoded></item>
<item><link>https://news.example/2</link><description>&lt;p&gt;Two&lt;/p&gt;</description></item>
<item><title>no content</title></item>
</channel></rss>"""

ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>
<entry><id>tag:1</id><title>One</title><link rel="alternate" href="https://news.example/1"/>
<published>2018-11-27T10:00:00Z</published><content type="html">&lt;p&gt;One&lt;/p&gt;</content></entry>
<entry><id>tag:2</id><link href="https://news.example/2"/><summary>short</summary><content type="xhtml">
<div xmlns="http://www.w3.org/1999/xhtml"><p>Two</p></div></content></entry></feed>"""

WXR = b"""<?xml version="1.0"?><!-- WordPress eXtended RSS file --><rss xmlns:wp="http://wordpress.org/export/1.2/"
xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<item><link>https://blog.example/1</link><guid>https://blog.example/?p=1</guid><wp:post_type>post</wp:post_type>
<content:encoded><![CDATA[<!-- wp:paragraph --><p>Post</p>]]></content:encoded></item>
<item><guid>2</guid><wp:post_type>attachment</wp:post_type><content:encoded>picture</content:encoded></item>
</channel></rss>"""


def read(data: bytes, name: str = "-", **options: Any) -> tuple[list[Document], list[Reject]]:
    items = list(readers.read_source(Source(name, data=data), Options(**options)))
    return [i for i in items if isinstance(i, Document)], [i for i in items if isinstance(i, Reject)]


def test_rss() -> None:
    (one, two), (passed,) = read(RSS)
    assert (one.source_key, one.url, one.title) == ("g-1", "https://news.example/1", "One & two")
    assert (one.media_type, one.text) == ("text/html", "<p>The harbour is <b>open</b>.</p>")
    assert (str(one.published_at), one.published_at_source) == ("2018-11-27 10:00:00+00:00", "record")
    assert (two.source_key, two.text) == ("https://news.example/2", "<p>Two</p>")
    assert (passed.code, passed.detail) == (RejectCode.NOT_AN_ARTICLE, "passed over: 1 item without an article")


def test_atom() -> None:
    (one, two), rejects = read(ATOM)
    assert (one.source_key, one.url, one.text) == ("tag:1", "https://news.example/1", "<p>One</p>")
    assert str(one.published_at) == "2018-11-27 10:00:00+00:00"
    assert (two.url, "<p>Two</p>" in two.text, rejects) == ("https://news.example/2", True, [])


def test_an_export_of_wordpress() -> None:
    (post,), (passed,) = read(WXR, "export.xml")
    assert post.text == "<!-- wp:paragraph --><p>Post</p>"
    assert passed.detail == "passed over: 1 attachment without an article"


def test_items_of_the_same_key_stay_apart() -> None:
    documents, _ = read(RSS.replace(b"https://news.example/2", b"g-1"))
    assert [d.source_key for d in documents] == ["g-1", "g-1#2"]


@pytest.mark.parametrize(
    "prolog",
    [
        b'<!DOCTYPE rss [<!ENTITY a "AAAAAAAAAA">'
        + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
        + b"]>",
        b'<!DOCTYPE rss [<!ENTITY j SYSTEM "file:///etc/hostname">]>',
    ],
    ids=["billion laughs", "external entity"],
)
def test_entities_are_not_expanded(prolog: bytes) -> None:
    data = prolog + b"<rss><channel><item><description>x &j; y</description></item></channel></rss>"
    documents, _ = read(data, "a.rss")
    assert all(d.size_bytes < 1000 for d in documents)


def test_a_broken_feed_keeps_what_came() -> None:
    documents, _ = read(RSS[: RSS.index(b"<item><link>") + 20])
    assert documents[0].source_key == "g-1"
    documents, _ = read(RSS.replace(b"</b>", b"</i>").replace(b"&amp;", b"&nbsp;"))
    assert documents[0].source_key == "g-1"
    (document,), (reject,) = read(b"<rss><channel></channel></rss>")
    assert (document.outcome, reject.code) == (Outcome.REJECTED, RejectCode.EMPTY)


# ------------------------------------------------------------------------------------------------ MHTML

PAGE = '<!DOCTYPE html><html><body><p>Größe</p><iframe id="t" src="cid:frame-1@mhtml"></iframe></body></html>'
FRAME = '<html><body><p>The words in the "frame"</p></body></html>'


def part(content: bytes, encoding: str, *head: str) -> str:
    body = quopri.encodestring(content) if encoding == "quoted-printable" else base64.encodebytes(content)
    return "\r\n".join(["--cut", f"Content-Transfer-Encoding: {encoding}", *head, "", body.decode(), ""])


def message(*parts: str) -> bytes:
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://news.example/1\r\nSubject: One\r\n"
        "Date: Tue, 27 Nov 2018 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="cut"\r\n\r\n\r\n'
    )
    return (head + "".join(parts) + "--cut--\r\n").encode()


MAIN = part(
    PAGE.encode(),
    "quoted-printable",
    "Content-Type: text/html; charset=utf-8",
    "Content-ID: <frame-0@mhtml>",
    "Content-Location: https://news.example/1",
)
INNER = part(FRAME.encode(), "base64", "Content-Type: text/html", "Content-ID: <frame-1@mhtml>")
PICTURE = part(b"\x89PNG", "base64", "Content-Type: image/png")


@pytest.mark.parametrize("parts", [(MAIN, INNER, PICTURE), (PICTURE, INNER, MAIN)])
def test_mhtml(parts: tuple[str, ...]) -> None:
    (document,), rejects = read(message(*parts))
    assert (document.url, document.charset, rejects) == ("https://news.example/1", "utf-8", [])
    assert (str(document.captured_at), document.captured_at_source) == ("2018-11-27 10:00:00+00:00", "record")
    assert "Größe" in document.text
    assert 'srcdoc="&lt;html&gt;&lt;body&gt;&lt;p&gt;The words in the &quot;frame&quot;' in document.text


def test_a_message_without_a_page() -> None:
    (document,), (reject,) = read(message(PICTURE))
    assert (document.outcome, reject.code) == (Outcome.REJECTED, RejectCode.EMPTY)


def test_parts_in_parts_in_parts() -> None:
    head = b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n"
    data = b"".join(head % (n, n) for n in range(3000))
    documents, rejects = read(data, "a.mht")
    assert (documents[0].outcome, len(rejects)) == (Outcome.REJECTED, 1)


# ------------------------------------------------------------------------------------------------ saved "complete"


def test_frames_in_the_folder_beside_a_page(tmp_path: Path) -> None:
    page = (
        '<!DOCTYPE html><html><iframe src="./One%20%26%20two_files/Tweet.html"></iframe>'
        '<iframe src="./One%20%26%20two_files/../secret.html"></iframe><iframe src="secret.html"></iframe>'
        '<iframe src="One &amp; two_files/gone.html"></iframe>'
        '<iframe src="./One & two_files/linked.html"></iframe></html>'
    )
    (tmp_path / "One & two.html").write_text(page)
    folder = tmp_path / "One & two_files"
    folder.mkdir()
    (folder / "Tweet.html").write_text(FRAME)
    (tmp_path / "secret.html").write_text("<html>SECRET</html>")
    (folder / "linked.html").symlink_to(tmp_path / "secret.html")
    documents = [item for item in readers.read([tmp_path]) if isinstance(item, Document)]
    assert [d.source_uri for d in documents] == ["One & two.html", "secret.html"]
    assert documents[0].text.count("srcdoc=") == 1
    assert "The words in the &quot;frame&quot;" in documents[0].text
    assert "SECRET" not in documents[0].text
