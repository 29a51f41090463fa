"""Build the word tables that :mod:`tweetrecon.twitter.dates` reads: month names, weekdays, half-days, "3 days ago".

    python scripts/build_date_tables.py            write tweetrecon/twitter/languages/{calendar,ago}.json
    python scripts/build_date_tables.py --check    exit 1 if the committed tables differ from what would be written

The words come from Unicode's CLDR through Babel; what CLDR lacks is added below, with its source. Words are kept as
they are written; :mod:`tweetrecon.twitter.languages.calendar` folds them when it loads them.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator
from typing import Any

import babel
from babel import Locale

from tweetrecon.twitter.languages.calendar import FOLDER, fold

# The 47 languages of Twitter's interface (its own hreflang links) by the tag that the tables use, with CLDR's locales.
# Arabic months differ by country: Latin names in Egypt and the Gulf, Syriac ones in the Levant and Iraq, French ones in
# Algeria and Tunisia, their own in Morocco and Mauritania.
LOCALES = {
    "ar": "ar ar_LB ar_IQ ar_DZ ar_TN ar_MA ar_MR", "bg": "bg", "bn": "bn", "ca": "ca", "cs": "cs", "da": "da",
    "de": "de de_AT", "el": "el", "en": "en en_GB en_AU en_CA", "es": "es es_MX es_AR", "eu": "eu", "fa": "fa",
    "fi": "fi", "fil": "fil", "fr": "fr fr_CA", "ga": "ga", "gl": "gl", "gu": "gu", "he": "he", "hi": "hi", "hr": "hr",
    "hu": "hu", "id": "id", "it": "it", "ja": "ja", "kn": "kn", "ko": "ko", "mr": "mr", "ms": "ms", "nl": "nl",
    "no": "nb nn", "pl": "pl", "pt": "pt pt_PT", "ro": "ro", "ru": "ru", "sk": "sk", "sr": "sr sr_Latn", "sv": "sv",
    "ta": "ta", "th": "th", "tr": "tr", "uk": "uk", "ur": "ur", "vi": "vi", "zh": "zh zh_Hant",
}  # fmt: skip

# Names of months that CLDR does not hold, or no longer: language → month → names.
MONTHS = {
    # Newspapers: without the article, and the French and Egyptian spellings of Maghreb and Mashriq.
    "ar": {
        1: "كانون ثاني", 5: "نوار", 6: "يونيه", 7: "يوليه", 8: "أغشت", 10: "تشرين أول", 11: "تشرين ثاني",
        12: "كانون أول",
    },
    # The abbreviations of CLDR until 2014, which Twitter printed beside clocks.
    "bg": {1: "ян", 2: "февр", 9: "септ", 11: "ноем"},
    "fi": {
        1: "tammik", 2: "helmik", 3: "maalisk", 4: "huhtik", 5: "toukok", 6: "kesäk", 7: "heinäk", 8: "elok",
        9: "syysk", 10: "lokak", 11: "marrask", 12: "jouluk",
    },
    "hi": {1: "जन", 2: "फर", 4: "अप्रै", 7: "जुला", 8: "अग", 9: "सितं", 10: "अक्टू|अक्तूबर", 11: "नवं", 12: "दिसं"},
    "id": {8: "Agt"},
    # Spellings that replaced CLDR's in newspapers.
    "bn": {1: "জানুয়ারি", 2: "ফেব্রুয়ারি"},
    "es": {9: "set|setiembre"},
    "fa": {5: "می", 7: "جولای", 8: "آگوست"},
    # Numerals in words: CLDR until 2014.
    "vi": {
        1: "tháng một", 2: "tháng hai", 3: "tháng ba", 4: "tháng tư", 5: "tháng năm", 6: "tháng sáu", 7: "tháng bảy",
        8: "tháng tám", 9: "tháng chín", 10: "tháng mười", 11: "tháng mười một", 12: "tháng mười hai",
    },
}  # fmt: skip

# What stands between the parts of a date, and between a date and a clock: the literals of CLDR's patterns, the
# definite articles, "of" in Arabic ("27 من تشرين الثاني"), and "written on" of Chinese translations.
FILLERS = (
    "de del d of the den من ngày năm วันที่ ที่ el le on 写于 发表于 发布于 "
    "at um à às a las alle ore kl klo om o в у ob lúc pukul saat στις ساعت الساعة בשעה Uhr ч h น 中午"
)  # fmt: skip
YEAR_MARKS = "г р року года година r roku"
ERAS = "ค.ศ. พ.ศ."

# Half-days that CLDR lacks, or counts among the flexible parts of the day: Twitter's clocks of before 2016 had them.
AM = "a.m. π.μ. ق.ظ. صباحا 上午 凌晨 早上 清晨 म.पू. पूर्वाह्न পূর্বাহ্ন முற்பகல் ಪೂರ್ವಾಹ್ನ ก่อนเที่ยง"
PM = "p.m. μ.μ. ب.ظ. مساء 下午 晚上 傍晚 म.उ. अपराह्न অপরাহ্ন பிற்பகல் ಅಪರಾಹ್ನ หลังเที่ยง"

# "Today" and "yesterday" are in CLDR, but Babel does not carry them.
RELATIVE_DAYS = {
    "0": """today|hoy|aujourd’hui|aujourd'hui|heute|oggi|hoje|hari ini|vandaag|idag|i dag|tänään|dzisiaj|dziś|ma|bugün|
    сегодня|сьогодні|днес|данас|danas|dnes|astăzi|azi|avui|hoxe|gaur|inniu|σήμερα|اليوم|امروز|آج|היום|आज|આજે|আজ|இன்று|
    ಇಂದು|วันนี้|hôm nay|ngayong araw|今日|오늘|今天""",
    "1": """yesterday|ayer|hier|gestern|ieri|ontem|kemarin|semalam|gisteren|igår|i går|eilen|wczoraj|tegnap|dün|вчера|
    вчора|јуче|juče|jučer|včera|včeraj|ahir|onte|atzo|inné|χθες|χτες|أمس|دیروز|אתמול|कल|काल|ગઈકાલે|গতকাল|நேற்று|ನಿನ್ನೆ|
    เมื่อวาน|เมื่อวานนี้|hôm qua|kahapon|昨日|어제|昨天""",
}  # fmt: skip
# Twitter's own words: "about 2 hours ago" (its first years), "2 mins ago" (widgets).
AGO = {
    "second": "# secs ago|less than # seconds ago|just now|now",
    "minute": "# mins ago|about # mins ago|about # minutes ago|about a minute ago|less than a minute ago|a minute ago",
    "hour": "# hrs ago|about # hours ago|about # hour ago|about an hour ago|an hour ago",
    "day": "about # days ago|about # day ago|about a day ago|a day ago",
}
TWITTERS_OWN = {"# s": "second", "# m": "minute", "# h": "hour", "# d": "day"}  # whatever other languages abbreviate so
SYNONYMS = {"قبل": "منذ"}  # Twitter and the newspapers prefer the second

UNITS = ("second", "minute", "hour", "day", "week", "month", "year")
BARE_UNITS = ("second", "minute", "hour", "day")  # "2h" without "ago"; a bare month is nobody's
UNNUMBERED = {"zero": "0", "one": "1", "two": "2"}  # plural categories whose phrase may hold no number: "قبل يومين"


# ------------------------------------------------------------------------------------------------ calendar


def calendar() -> dict[str, Any]:
    return {
        "months": {tag: month_names(tag) for tag in LOCALES},
        "weekdays": {tag: weekday_names(tag) for tag in LOCALES},
        "am": half_days("am", AM),
        "pm": half_days("pm", PM),
        "fillers": FILLERS.split(),
        "year_marks": YEAR_MARKS.split(),
        "eras": ERAS.split(),
        "numeric_order": numeric_orders(),
    }


def locales(tag: str) -> list[Locale]:
    return [Locale.parse(name) for name in LOCALES[tag].split()]


def month_names(tag: str) -> list[str]:
    """Twelve strings, the names of a month parted by ``|``. Numbers ("5月", "tháng 5") are the parser's business."""
    names: list[list[str]] = [[] for _ in range(12)]
    for locale in locales(tag):
        for number, name in names_of(locale.months):
            names[number - 1] += inflected(tag, re.sub("^(?:de |d’)", "", name))
    for number, more in MONTHS.get(tag, {}).items():
        names[number - 1] += more.split("|")
    return [joined(of_month) for of_month in names]


def weekday_names(tag: str) -> list[str]:
    """Monday first. One letter is no weekday except in Han, where "(金)" follows dates."""
    names: list[list[str]] = [[] for _ in range(7)]
    for locale in locales(tag):
        for number, name in names_of(locale.days):
            if len(name.strip(".")) > 1 or "\u4e00" <= name <= "\u9fff":
                names[number] += [name, name + "ที่"] if tag == "th" else [name]  # Thai: "วันอังคารที่ 27"
    return [joined(of_day) for of_day in names]


def names_of(contexts: Any) -> Iterator[tuple[int, str]]:
    """(number, name) in all forms of a locale's months or days, but its one-letter ones."""
    for widths in contexts.values():
        for width, names in widths.items():
            if width != "narrow":
                yield from names.items()


def inflected(tag: str, name: str) -> list[str]:
    """A month's name as it stands in a date, where the language's pattern glues something to it."""
    if tag == "he":  # "d בMMMM y"
        return [name, "ב" + name]
    if tag == "eu" and not name.endswith("."):  # "urtarrilaren 27(a)"; until 2014 "urtarrilak 27"
        return [name, name + "ren", name + "k"]
    return [name]


def half_days(which: str, more: str) -> list[str]:
    words = []
    for tag in LOCALES:
        for locale in locales(tag):
            for widths in locale.day_periods.values():
                words += [periods[which] for width, periods in widths.items() if width != "narrow" and which in periods]
    return unique([*words, *more.split()])


def numeric_orders() -> dict[str, str]:
    """Language → ``dmy`` or ``mdy`` for 04/05/2018. None where the countries of a language differ."""
    orders = {tag: {order_of(locale) for locale in locales(tag)} - {"ymd"} for tag in LOCALES if tag != "en"}
    orders |= {f"en-{c.lower()}": {order_of(Locale("en", c))} for c in ("US", "GB", "AU", "IE", "IN", "NZ")}
    return {tag: found.pop() for tag, found in sorted(orders.items()) if len(found) == 1}


def order_of(locale: Locale) -> str:
    return "".join(dict.fromkeys(re.sub("[^dmy]", "", str(locale.date_formats["short"]).lower())))


# ------------------------------------------------------------------------------------------------ ago


def ago() -> dict[str, dict[str, list[str]]]:
    """Unit → amount → phrases; ``#`` in a phrase stands for a number, which then is the amount."""
    phrases: dict[str, dict[str, str]] = {unit: {} for unit in UNITS}
    for unit, known in phrases.items():
        for tag in LOCALES:
            for locale in locales(tag):
                known |= {phrase: amount for phrase, amount in phrases_of(locale, unit) if "(" not in phrase}
        known |= {p: "#" if "#" in p else "1" for p in AGO.get(unit, "").split("|") if p}
        known |= {p.replace(old, new): n for p, n in known.items() for old, new in SYNONYMS.items() if old in p.split()}
    for amount, words in RELATIVE_DAYS.items():
        phrases["day"] |= dict.fromkeys((word.strip() for word in words.split("|")), amount)
    meant = unit_of_phrase(phrases)
    return {u: by_amount({p: n for p, n in known.items() if meant[fold(p)] == u}) for u, known in phrases.items()}


def phrases_of(locale: Locale, unit: str) -> Iterator[tuple[str, str]]:
    """("vor # Tagen", "#"), ("قبل يومين", "2"), and of short units "# Std."."""
    for width in ("", "-short", "-narrow"):
        past = locale._data["date_fields"].get(unit + width, {}).get("past", {})
        for category, pattern in past.items():
            if "{0}" in pattern:
                yield numbered(pattern), "#"
            elif category in UNNUMBERED:
                yield pattern, UNNUMBERED[category]
    for widths in locale._data["unit_patterns"].get(f"duration-{unit}", {}).values() if unit in BARE_UNITS else ():
        for category, pattern in widths.items() if hasattr(widths, "items") else ():
            if category != "per" and "{0}" in pattern:
                yield numbered(pattern), "#"


def numbered(pattern: str) -> str:
    return " ".join(pattern.replace("{0}", " # ").split())


def unit_of_phrase(phrases: dict[str, dict[str, str]]) -> dict[str, str | None]:
    """Folded phrase → unit. One that means different units in different languages is Twitter's own, or nothing."""
    units: dict[str, set[str]] = {}
    for unit, known in phrases.items():
        for phrase in known:
            units.setdefault(fold(phrase), set()).add(unit)
    return {key: TWITTERS_OWN.get(key) or (min(found) if len(found) == 1 else None) for key, found in units.items()}


def by_amount(phrases: dict[str, str]) -> dict[str, list[str]]:
    amounts = {amount: unique(p for p, n in phrases.items() if n == amount) for amount in "#012"}
    return {amount: sorted(known) for amount, known in amounts.items() if known}


# ------------------------------------------------------------------------------------------------ files


def unique(words: Iterable[str]) -> list[str]:
    """Each word once, by what the reader folds it to; with its abbreviation dot off, and none that holds a number."""
    firsts: dict[str, str] = {}
    for word in (word.strip(" .") for word in words):
        if word and not re.search(r"\d", word):
            firsts.setdefault(fold(word), word)
    return list(firsts.values())


def joined(words: Iterable[str]) -> str:
    return "|".join(unique(words))


def rendered(table: dict[str, Any]) -> str:
    """JSON with one language, or one list, a line."""
    return "{\n" + ",\n".join(f"{json.dumps(key)}: {block(value)}" for key, value in table.items()) + "\n}\n"


def block(value: Any) -> str:
    if isinstance(value, dict) and any(isinstance(inner, list) for inner in value.values()):
        lines = (f"  {json.dumps(key)}: {json.dumps(inner, ensure_ascii=False)}" for key, inner in value.items())
        return "{\n" + ",\n".join(lines) + "\n}"
    return json.dumps(value, ensure_ascii=False)


def tables() -> dict[str, str]:
    """File name → content."""
    about = {"about": f"CLDR through Babel {babel.__version__}, and our own; by scripts/build_date_tables.py"}
    return {"calendar.json": rendered(about | calendar()), "ago.json": rendered(ago())}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a committed table differs")
    check = parser.parse_args().check
    stale = [name for name, text in tables().items() if check and (FOLDER / name).read_text("utf-8") != text]
    for name, text in tables().items() if not check else ():
        (FOLDER / name).write_text(text, "utf-8")
    print(f"stale: {', '.join(stale)}" if stale else "the tables are up to date")
    return bool(stale)


if __name__ == "__main__":
    sys.exit(main())
