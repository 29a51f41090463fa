"""What holds of the number of every text, however broken: no error, a true span, a number that is one."""

from hypothesis import given
from hypothesis import strategies as st

from tweetrecon.twitter import numbering

NUMBERS = [
    "1/",
    "2/5",
    "(3/n)",
    "[4/4]",
    "4. ",
    "5)",
    "(6)",
    "①",
    "1️⃣",
    "🔟",
    "٢/٥",
    "３／７",
    "24/7",
    "其三",
    "10. April",
]
AROUND = [
    "🧵",
    "thread",
    "(cont'd)",
    "@a_1 ",
    "#tag ",
    " https://t.co/a1B2c3D4e5",
    " ",
    "\n",
    "…",
    "…and",
    "hello",
    "灯台",
]
PIECES = st.sampled_from(NUMBERS + AROUND)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES | st.text(max_size=4), max_size=30).map("".join))
ZEROS = "0٠۰०০๐０"
FRAMES = ["{} A tower by the sea", "A tower by the sea {}", "({}) A tower by the sea", "A tower by the sea ({}) #sea"]


@given(TEXTS)
def test_a_number_is_spanned(text: str) -> None:
    found = numbering.parse(text)
    if found:
        assert found.number >= 1
        assert found.total is None or found.number <= found.total + 2
        assert text[found.start : found.end].strip() == text[found.start : found.end] != ""


@given(TEXTS)
def test_words_are_looked_for_in_any_text(text: str) -> None:
    assert numbering.opens_thread(text) in (True, False)
    assert numbering.continues(text) in (True, False)


@given(st.integers(1, 99), st.integers(1, 99), st.sampled_from(FRAMES), st.sampled_from(ZEROS))
def test_a_number_is_read_back_in_every_script(first: int, second: int, frame: str, zero: str) -> None:
    number, total = sorted((first, second))
    digits = str.maketrans("0123456789", "".join(chr(ord(zero) + value) for value in range(10)))
    found = numbering.parse(frame.format(f"{number}/{total}".translate(digits)))
    idiom = "(" not in frame and (number, total) in {(9, 11), (50, 50)}
    assert (found and (found.number, found.total)) == (None if idiom else (number, total))


@given(
    st.integers(1, 99), st.sampled_from(["{}/ A tower", "{}. A tower", "{}) A tower", "A tower {}/", "({}/) A tower"])
)
def test_a_number_without_total_is_read_back(number: int, frame: str) -> None:
    found = numbering.parse(frame.format(number))
    assert found
    assert (found.number, found.total) == (number, None)
