"""Entities of tweets in every script, against twitter-text's conformance cases, and as displayed texts show them."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tweetrecon.twitter import entities
from tweetrecon.twitter.entities import Entities


def test_everything_in_order() -> None:
    text = "@quay_cat Ferry back #harbour at $SHIP pic: pic.twitter.com/a1B2c3D4e5 via @harbour_desk #harbour"
    assert entities.extract(text) == Entities(
        hashtags=("harbour", "harbour"),
        mentions=("quay_cat", "harbour_desk"),
        cashtags=("SHIP",),
        urls=("pic.twitter.com/a1B2c3D4e5",),
        hashtag_spans=((21, 29), (89, 97)),
        mention_spans=((0, 9), (75, 88)),
        cashtag_spans=((33, 38),),
        url_spans=((44, 70),),
    )


def test_nothing() -> None:
    assert entities.extract("") == Entities()
    assert entities.extract("Ferry back at noon. Really? Yes! 50 % & more") == Entities()


@pytest.mark.parametrize(
    ("text", "hashtags"),
    [
        ("#مرفأ_الشمال، #ميناء٢٠١٨", ("مرفأ_الشمال", "ميناء٢٠١٨")),
        ("#می‌خواهم #نمی‌دانم", ("می‌خواهم", "نمی‌دانم")),
        ("#נמל #צה״ל", ("נמל", "צה״ל")),
        ("#बंदरगाह #বন্দর #துறைமுகம்", ("बंदरगाह", "বন্দর", "துறைமுகம்")),
        ("＃港 #灯台。#항구!", ("港", "灯台", "항구")),
        ("#порт #λιμάνι #նավահանգիստ", ("порт", "λιμάνι", "նավահանգիստ")),
        ("#2018harbour #2018", ("2018harbour",)),
        ("word#harbour", ()),
        ("#a#b", ()),
        ("1️⃣ #️⃣ #1", ()),
        ("https://example.org/#harbour", ()),
        ("#harbour…", ("harbour",)),
        ("(#harbour)🐈#quay", ("harbour", "quay")),
    ],
)
def test_hashtags(text: str, hashtags: tuple[str, ...]) -> None:
    assert entities.extract(text).hashtags == hashtags


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("w/@quay_cat .@harbour_desk (@a)", ("quay_cat", "harbour_desk", "a")),
        ("RT@quay_cat: rt:@harbour_desk", ("quay_cat", "harbour_desk")),
        ("灯台＠quay_catさん", ("quay_cat",)),
        ("mail quay@example.org", ()),
        ("@quay@example.org", ()),
        ("@" + "x" * 21, ()),
        ("https://example.org/@quay_cat", ()),
    ],
)
def test_mentions(text: str, mentions: tuple[str, ...]) -> None:
    assert entities.extract(text).mentions == mentions


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("See https://t.co/a1B2c3D4e5.", ("https://t.co/a1B2c3D4e5",)),
        ("See.https://t.co/a1B2c3D4e5", ("https://t.co/a1B2c3D4e5",)),
        ("灯台https://t.co/a1B2c3D4e5です", ("https://t.co/a1B2c3D4e5",)),
        ("Seehttps://t.co/a1B2c3D4e5", ("https://t.co/a1B2c3D4e5",)),
        ("https://t.co/a1B2c3D4e5https://t.co/f6G7h8I9j0", ("https://t.co/a1B2c3D4e5", "https://t.co/f6G7h8I9j0")),
        ("https://t.co/a1B…", ("https://t.co/a1B…",)),
        ("noon pic.twitter.com/a1B2c3D4e5— Ann", ("pic.twitter.com/a1B2c3D4e5",)),
        ("noonpic.twitter.com/a1B2c3D4e5more", ("pic.twitter.com/a1B2c3D4e5",)),
        ("pic.x.com/a1B2c3D4e5", ("pic.x.com/a1B2c3D4e5",)),
        ("talk: speakerdeck.com/ann/per… by", ("speakerdeck.com/ann/per…",)),
        ("example.org… and more", ("example.org",)),
        ("example.org/ahttps://t.co/a1B2c3D4e5", ("example.org/a", "https://t.co/a1B2c3D4e5")),
        ("https://example.org/?u=https://example.net/", ("https://example.org/?u=https://example.net/",)),
        ("(see example.org/wiki/Pier_(north))", ("example.org/wiki/Pier_(north)",)),
        ("example.org/a_((b)_(c)) and example.org/(b", ("example.org/a_((b)_(c))", "example.org/")),
        ("http://пристань.рф/зима и http://例え.テスト", ("http://пристань.рф/зима",)),
        ("https://пример.xn--p1ai", ("https://пример.xn--p1ai",)),
        ("https://t.…", ()),
        ("Mr.Smith went at 3.30 to St.Ives", ()),
        ("http://localhost/", ()),
        (f"http://{'a.' * 130}com", ()),
    ],
)
def test_urls(text: str, urls: tuple[str, ...]) -> None:
    assert entities.extract(text).urls == urls


def test_what_is_glued_to_a_link_ends_there() -> None:
    found = entities.extract("#Harbourpic.twitter.com/a1B2c3D4e5 @quay_cathttps://t.co/a1B2c3D4e5#Quay")
    assert found.hashtags == ("Harbour", "Quay")
    assert found.mentions == ("quay_cat",)
    assert found.urls == ("pic.twitter.com/a1B2c3D4e5", "https://t.co/a1B2c3D4e5")


# ------------------------------------------------------------------------------------------------ conformance

FIELDS = {
    "mentions": "mentions",
    "hashtags": "hashtags",
    "hashtags_from_astral": "hashtags",
    "cashtags": "cashtags",
    "urls": "urls",
    "tco_urls_with_params": "urls",
    "mentions_with_indices": "mention_spans",
    "hashtags_with_indices": "hashtag_spans",
    "cashtags_with_indices": "cashtag_spans",
    "urls_with_indices": "url_spans",
    "urls_with_directional_markers": "url_spans",
}


def wanted(expected: list[Any]) -> tuple[Any, ...]:
    return tuple(tuple(e["indices"]) if isinstance(e, dict) else e for e in expected)


@pytest.mark.corpus
@pytest.mark.parametrize("group", FIELDS)
def test_twitter_text_conformance(shared: Path, group: str) -> None:
    suite = yaml.safe_load((shared / "corpus" / "twitter-text" / "extract.yml").read_text(encoding="utf-8"))
    for case in suite["tests"][group]:
        found = getattr(entities.extract(case["text"]), FIELDS[group])
        assert found == wanted(case["expected"]), case["description"]


@pytest.mark.corpus
@pytest.mark.parametrize("group", ["country", "generic"])
def test_twitter_text_top_level_domains(shared: Path, group: str) -> None:
    suite = yaml.safe_load((shared / "corpus" / "twitter-text" / "tlds.yml").read_text(encoding="utf-8"))
    for case in suite["tests"][group]:
        assert entities.extract(case["text"]).urls == tuple(case["expected"]), case["description"]
