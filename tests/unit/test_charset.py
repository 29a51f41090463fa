"""Bytes → text, whatever label they bear."""

import pytest

from tweetrecon.readers.charset import decode, is_binary, well_formed
from tweetrecon.readers.times import parse

SAMPLES = {
    "windows-1256": "أعلنت الوزارة اليوم أن المحادثات ستستأنف في الأسبوع المقبل بحضور ممثلين عن الطرفين",
    "windows-1251": "Министерство сообщило сегодня, что переговоры возобновятся на следующей неделе",
    "koi8-r": "Министерство сообщило сегодня, что переговоры возобновятся на следующей неделе",
    "shift_jis": "外務省は本日、来週から協議を再開すると発表した。両国の代表が出席する見通し。",
    "euc-jp": "外務省は本日、来週から協議を再開すると発表した。両国の代表が出席する見通し。",
    "iso-2022-jp": "外務省は本日、来週から協議を再開すると発表した。両国の代表が出席する見通し。",
    "euc-kr": "외교부는 오늘 다음 주부터 협의를 재개한다고 발표했다. 양국 대표가 참석할 전망이다.",
    "gb18030": "外交部今天宣布，双方代表将于下周恢复会谈，届时将讨论边境问题以及贸易问题。",
    "big5": "外交部今天宣布，雙方代表將於下週恢復會談，屆時將討論邊境問題以及貿易問題。",
    "windows-1254": "Bakanlık bugün, görüşmelerin önümüzdeki hafta iki tarafın katılımıyla süreceğini açıkladı",
    "iso-8859-2": "A minisztérium ma közölte, hogy a tárgyalások a jövő héten folytatódnak, előre láthatóan őszig",
}
FRAME = "<html><head>{meta}<title>x</title></head><body><p>{text}</p></body></html>"


def meta(label: str) -> str:
    return f'<meta http-equiv="Content-Type" content="text/html; charset={label}">'


@pytest.mark.parametrize("charset", SAMPLES)
@pytest.mark.parametrize("label", ["right", "none", "utf-8", "nonsense"])
def test_legacy_pages_are_read_under_any_label(charset: str, label: str) -> None:
    stated = {"right": meta(charset), "none": ""}.get(label, meta(label))
    page = FRAME.format(meta=stated, text=SAMPLES[charset] * 3)
    decoded = decode(page.encode(charset), markup=True)
    assert decoded is not None
    assert decoded.text == page


@pytest.mark.parametrize("charset", SAMPLES)
def test_legacy_text_is_detected(charset: str) -> None:
    text = SAMPLES[charset] * 3
    decoded = decode(text.encode(charset))
    assert decoded is not None
    assert decoded.text == text


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_with_and_without_a_mark(charset: str) -> None:
    page = FRAME.format(meta=meta("iso-8859-1"), text="naïve 😀")
    decoded = decode(page.encode(charset), markup=True)
    assert decoded is not None
    assert decoded.text == page


def test_valid_utf8_is_utf8_whatever_it_says() -> None:
    page = FRAME.format(meta=meta("windows-1251"), text="naïve")
    decoded = decode(page.encode(), markup=True)
    assert decoded is not None
    assert (decoded.text, decoded.charset) == (page, "utf-8")


def test_a_broken_byte_does_not_change_the_charset() -> None:
    decoded = decode("Sätze mit Umlauten, äöü, und ein Ende im Zeichen: ß".encode()[:-1])
    assert decoded is not None
    assert decoded.charset == "utf-8"
    assert decoded.text.endswith("Zeichen: \ufffd")


def test_what_no_charset_fits_is_not_decoded() -> None:
    assert decode(bytes(range(0x80, 0x100)) * 50) is None


@pytest.mark.parametrize("label", ["punycode", "idna", "rot13", "unicode_escape", "zlib", "x" * 40, "utf-16", "\u00e9"])
def test_labels_that_are_no_charsets_are_ignored(label: str) -> None:
    page = FRAME.format(meta=meta(label), text="Grüße aus der Stadt").encode("windows-1252")
    decoded = decode(page, markup=True)
    assert decoded is not None
    assert "Grüße" in decoded.text


def test_binary() -> None:
    assert is_binary(b"\x89PNG\r\n\x1a\n")
    assert is_binary(bytes(range(256)))
    assert not is_binary(b"text \x1b$B with an escape and a tab\t\f")
    assert not is_binary("مقال".encode("utf-16"))


def test_lone_surrogates() -> None:
    assert well_formed("a\ud800b") == "a\ufffdb"
    assert well_formed("\ud83d\ude00") == "\U0001f600"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2018-11-27", "2018-11-27 00:00:00+00:00"),
        ("2018-11-27T10:00:00Z", "2018-11-27 10:00:00+00:00"),
        (" 2018-11-27 10:00:00.5+03:00 ", "2018-11-27 07:00:00.500000+00:00"),
        ("Tue, 27 Nov 2018 10:00:00 GMT", "2018-11-27 10:00:00+00:00"),
        (1543312800, "2018-11-27 10:00:00+00:00"),
        (1543312800000, "2018-11-27 10:00:00+00:00"),
        (1543312800.5, "2018-11-27 10:00:00.500000+00:00"),
        ("last week", "None"),
        ("", "None"),
        ("0001-01-01T00:00:00+23:59", "None"),
        ("Tue, 99 Nov 2018 10:00:00 GMT", "None"),
        (20181127, "None"),
        (1e300, "None"),
        (float("nan"), "None"),
        (True, "None"),
        (None, "None"),
        (["2018-11-27"], "None"),
    ],
)
def test_times_of_records(value: object, expected: str) -> None:
    assert str(parse(value)) == expected
