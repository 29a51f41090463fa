"""Services asked online: local servers that answer as the real ones do, well and badly. Nothing leaves this machine."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.end_to_end.conftest import FIRST, LATER, SECOND, SOURCE, archived, contents
from tweetrecon.hydration.online import missing, resolve
from tweetrecon.model import RejectCode
from tweetrecon.online.answer import Answer, Availability, UnansweredError
from tweetrecon.online.cache import Cache
from tweetrecon.online.client import Client
from tweetrecon.online.resolver import Cited, Resolver
from tweetrecon.online.resolvers import RESOLVERS
from tweetrecon.online.services import oembed, syndication, token
from tweetrecon.online.wayback import wayback
from tweetrecon.store import open_dataset
from tweetrecon.store.verify import verify

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1", "localhost", "::1"])]

TWEET: dict[str, Any] = {
    "__typename": "Tweet",
    "lang": "en",
    "created_at": "2018-11-27T15:00:33.000Z",
    "id_str": SECOND,
    "text": "The second gauge is under water now. 2/3",
    "user": {"id_str": "7", "name": "Mira K", "screen_name": "mira_k"},
    "entities": {"urls": [], "hashtags": [], "user_mentions": [], "symbols": []},
    "in_reply_to_status_id_str": FIRST,
    "in_reply_to_screen_name": "mira_k",
    "favorite_count": 3,
    "conversation_count": 2,
}
TOMBSTONE = {"__typename": "TweetTombstone", "tombstone": {"text": {"text": "This Post is from a suspended account."}}}
EMBED_CODE = {
    "url": f"https://twitter.com/mira_k/status/{SECOND}",
    "author_name": "Mira K",
    "author_url": "https://twitter.com/mira_k",
    "html": '<blockquote class="twitter-tweet"><p lang="en">The second gauge is under water now. 2/3</p>&mdash;'
    f' Mira K (@mira_k) <a href="https://twitter.com/mira_k/status/{SECOND}">November 27, 2018</a></blockquote>',
    "type": "rich",
    "provider_name": "Twitter",
    "provider_url": "https://twitter.com",
    "version": "1.0",
}


class Server:
    """Answers each request with the next of ``replies``, the last one again and again: status, body, headers."""

    def __init__(self) -> None:
        self.replies: list[tuple[int, bytes, dict[str, str]]] = []
        self.asked: list[str] = []
        self.pause = 0.0
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.asked.append(self.path)
                status, body, headers = server.replies.pop(0) if len(server.replies) > 1 else server.replies[0]
                self.send_response(status)
                for key, value in headers.items():
                    self.send_header(key, value)
                self.end_headers()
                for place in range(0, max(1, len(body)), 1000):
                    time.sleep(server.pause)
                    self.wfile.write(body[place : place + 1000])

            def log_message(self, *_: object) -> None:
                """Nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign] # clients that hang up early
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def reply(self, status: int, content: Any = b"", **headers: str) -> None:
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.replies.append((status, body, headers))


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.stop()


def client(server: Server, **more: Any) -> Client:
    waits: list[float] = more.pop("waits", [])
    host = frozenset({urlsplit(server.address).netloc})
    return Client(hosts=host, rate=1e6, sleep=waits.append, **{"tries": 3, **more})


def asked(server: Server, resolver: Resolver, **more: Any) -> Answer:
    return resolver.resolve(Cited(SECOND, "mira_k"), client(server, **more).get)


def service(server: Server) -> Resolver:
    return syndication(f"{server.address}/tweet-result")


# ------------------------------------------------------------------------------------------------ answers


@pytest.mark.parametrize(
    ("status", "content", "availability", "reason"),
    [
        (200, TWEET, Availability.FOUND, ""),
        (200, TOMBSTONE, Availability.UNAVAILABLE, "suspended account"),
        (200, {}, Availability.NOT_FOUND, "empty"),
        (404, b"", Availability.NOT_FOUND, "404"),
        (403, b"", Availability.UNAVAILABLE, "403"),
        (200, b"<html>busy", Availability.UNKNOWN, "no JSON"),
        (200, b"[" * 100_000, Availability.UNKNOWN, "no JSON"),
        (200, [1], Availability.UNKNOWN, "without a tweet"),
        (429, b"", Availability.UNKNOWN, "429 after 3 tries"),
        (503, b"", Availability.UNKNOWN, "503 after 3 tries"),
        (302, b"", Availability.UNKNOWN, "302"),
    ],
)
def test_what_each_answer_proves(
    status: int, content: Any, availability: Availability, reason: str, server: Server
) -> None:
    server.reply(status, content, Location="http://127.0.0.1:1/elsewhere")
    answer = asked(server, service(server))
    assert answer.availability == availability
    assert reason in answer.reason
    query = parse_qs(urlsplit(server.asked[0]).query)
    assert (query["id"], query["token"]) == ([SECOND], [token(SECOND)])


def test_busy_services_are_asked_again_after_longer_waits(server: Server) -> None:
    server.reply(429, **{"Retry-After": "7"})
    server.reply(500)
    server.reply(200, TWEET)
    waits: list[float] = []
    assert asked(server, service(server), waits=waits).availability == Availability.FOUND
    assert [wait for wait in waits if wait >= 1] == [7.0, 2.0]
    assert len(server.asked) == 3


def test_answers_too_large_or_too_slow_are_given_up(server: Server) -> None:
    server.reply(200, b"x" * 5000)
    assert "more than 2,000 bytes" in asked(server, service(server), largest=2000).reason
    server.pause = 0.05
    assert "not complete" in asked(server, service(server), longest=0.02).reason
    server.pause = 0.3
    assert "no answer" in asked(server, service(server), timeout=0.1, tries=1).reason


def test_no_other_host_is_ever_asked(server: Server) -> None:
    other = client(server)
    for url in ("http://example.org/", f"file://{urlsplit(server.address).netloc}/etc", "http://127.0.0.1:1/"):
        with pytest.raises(UnansweredError, match="not one of the hosts"):
            other.get(url)
    assert server.asked == []


def test_requests_keep_to_the_rate() -> None:
    waits: list[float] = []
    slow = Client(hosts=frozenset({"127.0.0.1:9"}), rate=2, tries=3, timeout=0.2, sleep=waits.append)
    with pytest.raises(UnansweredError):
        slow.get("http://127.0.0.1:9/")
    assert sum(0.3 < wait <= 1.0 for wait in waits) >= 2


def test_each_resolver_names_its_hosts() -> None:
    assert {name: set(r.hosts) for name, r in RESOLVERS.items()} == {
        "syndication": {"cdn.syndication.twimg.com"},
        "oembed": {"publish.twitter.com"},
        "wayback": {"web.archive.org"},
        "snscrape": set(),
    }


# ------------------------------------------------------------------------------------------------ datasets


def test_only_cited_tweets_are_asked_for_and_only_once(out: Path, server: Server, tmp_path: Path) -> None:
    server.reply(200, TWEET)
    server.reply(404)
    assert [cited.tweet_id for cited in missing(open_dataset(out))] == [SECOND, LATER]
    cache = tmp_path / "cache"
    done = resolve(out, service(server), Cache(cache, "syndication"), client(server).get)
    assert (done.found, done.not_found, done.unknown) == (1, 1, 0)
    assert archived(out) == {SECOND, LATER}
    assert verify(out) == []
    resolve(out, service(server), Cache(cache, "syndication"), client(server).get)
    assert len(server.asked) == 2


def test_what_was_answered_stands_in_the_tables_with_its_time(out: Path, server: Server, tmp_path: Path) -> None:
    server.reply(200, TWEET)
    server.reply(200, TOMBSTONE)
    resolve(out, service(server), Cache(tmp_path, "syndication"), client(server).get)
    dataset = open_dataset(out)
    tweets = {t["tweet_id"]: t for t in dataset.tweets.to_pylist()}
    assert "unavailable" in tweets[LATER]["flags"]
    assert tweets[SECOND]["like_count"] == 3
    assert dataset.thread(SECOND).tweets[0].tweet_id == FIRST
    told = [d for d in dataset.documents.to_pylist() if d["captured_at_source"] == "record"]
    assert {urlsplit(d["source_uri"]).path for d in told} == {"/tweet-result"}
    assert all(d["captured_at"] for d in told)
    (reject,) = [r for r in dataset.rejects.to_pylist() if r["code"] == RejectCode.NOT_RESOLVED]
    assert (reject["source_key"], reject["kept"]) == (LATER, True)
    assert "suspended account" in reject["detail"]


def test_an_interrupted_run_goes_on_from_its_cache(out: Path, server: Server, tmp_path: Path) -> None:
    server.reply(200, TWEET)
    server.reply(404)

    def stop(answer: Answer) -> None:
        raise KeyboardInterrupt

    before = contents(out)
    with pytest.raises(KeyboardInterrupt):
        resolve(out, service(server), Cache(tmp_path, "syndication"), client(server).get, stop)
    assert contents(out) == before
    with (tmp_path / "syndication.jsonl").open("a") as file:
        file.write('{"tweet_id": "10')
    resolve(out, service(server), Cache(tmp_path, "syndication"), client(server).get)
    assert len(server.asked) == 2
    assert archived(out) == {SECOND, LATER}


def test_failures_prove_nothing_and_are_asked_again(out: Path, server: Server, tmp_path: Path) -> None:
    server.reply(503)
    done = resolve(out, service(server), Cache(tmp_path, "syndication"), client(server).get)
    assert done.unknown == 2
    assert archived(out) == set()
    rejects = [r for r in open_dataset(out).rejects.to_pylist() if r["code"] == RejectCode.NOT_RESOLVED]
    assert {(r["source_key"], r["kept"]) for r in rejects} == {(SECOND, False), (LATER, False)}
    server.replies = []
    server.reply(404)
    assert resolve(out, service(server), Cache(tmp_path, "syndication"), client(server).get).not_found == 2


def test_embed_codes_hold_the_tweet(out: Path, server: Server, tmp_path: Path) -> None:
    server.reply(200, EMBED_CODE)
    server.reply(404)
    resolve(out, oembed(f"{server.address}/oembed"), Cache(tmp_path, "oembed"), client(server).get)
    assert parse_qs(urlsplit(server.asked[0]).query)["url"] == [f"https://twitter.com/mira_k/status/{SECOND}"]
    told = [s for s in open_dataset(out).sightings.to_pylist() if s["role"] == "archived" and s["tweet_id"] == SECOND]
    assert [s["form"] for s in told] == ["twitter_oembed"]


def test_the_wayback_machine_gives_captured_pages(out: Path, server: Server, tmp_path: Path) -> None:
    page = EMBED_CODE["html"].encode()
    server.reply(200, [["timestamp", "original"], ["20181128000000", f"https://twitter.com/mira_k/status/{SECOND}"]])
    server.reply(200, b"<html><body>" + page + b"</body></html>")
    server.reply(200, [])
    done = resolve(out, wayback(server.address), Cache(tmp_path, "wayback"), client(server).get)
    assert (done.found, done.not_found) == (1, 1)
    assert server.asked[1] == f"/web/20181128000000id_/https://twitter.com/mira_k/status/{SECOND}"
    assert archived(out) == {SECOND, LATER}
    assert verify(out) == []


@pytest.mark.parametrize("listing", [b"", b"oops", b'[["timestamp"]]', b'[["a","b"],["x","y"]]', b"{}", b"null"])
def test_odd_lists_of_captures_end_in_a_reason(listing: bytes, server: Server) -> None:
    server.reply(200, listing)
    answer = asked(server, wayback(server.address))
    assert answer.availability in (Availability.UNKNOWN, Availability.NOT_FOUND)
    assert answer.reason


def test_an_answer_about_another_tweet_is_not_used(out: Path, server: Server, tmp_path: Path) -> None:
    server.reply(200, TWEET | {"id_str": SOURCE})
    resolve(out, service(server), Cache(tmp_path, "syndication"), client(server).get)
    assert archived(out) == set()
    assert open_dataset(out).rejects.num_rows >= 2
