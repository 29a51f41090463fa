"""Fetches addresses of named hosts, politely: a rate limit, retries that wait longer each time, bounds on everything.

No redirect is followed, so that no other host is ever asked. This is the one module of the package that opens sockets.
"""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from http.client import HTTPException
from typing import IO, Any
from urllib.parse import urlsplit

from tweetrecon.online.answer import Response, UnansweredError

USER_AGENT = "tweetrecon"
BUSY = (429, 500, 502, 503, 504)
LONGEST_WAIT = 300.0
_PIECE = 64 * 1024


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> None:
        """Leave the redirect as the answer."""


_OPENER = urllib.request.build_opener(_NoRedirects)


@dataclass(slots=True, kw_only=True)
class Client:
    """Asks ``hosts`` (names, with the port where it is not the usual one) and no others.

    At most ``rate`` requests a second; ``tries`` for each; ``timeout`` seconds for each step and ``longest`` for the
    whole of a response, which has at most ``largest`` bytes.
    """

    hosts: frozenset[str]
    rate: float = 1.0
    tries: int = 4
    timeout: float = 20.0
    longest: float = 60.0
    largest: int = 8 * 2**20
    sleep: Callable[[float], object] = time.sleep
    _next: float = field(default=0.0, init=False)

    def get(self, url: str) -> Response:
        """The response to a request, redirects and errors included. Raises UnansweredError where there is none."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or parts.netloc not in self.hosts:
            raise UnansweredError(f"{parts.netloc or url} is not one of the hosts to ask")
        reason = ""
        for attempt in range(self.tries):
            self._wait_for_turn()
            try:
                response, retry_after = self._fetch(url)
            except (OSError, HTTPException, ValueError) as error:
                reason, wait = f"no answer ({error})", 2.0**attempt
            else:
                if response.status not in BUSY:
                    return response
                reason, wait = f"status {response.status}", max(retry_after, 2.0**attempt)
            if attempt + 1 < self.tries:
                self.sleep(min(wait, LONGEST_WAIT))
        raise UnansweredError(f"{reason} after {self.tries} tries")

    def _wait_for_turn(self) -> None:
        now = time.monotonic()
        if self._next > now:
            self.sleep(self._next - now)
        self._next = max(now, self._next) + 1 / self.rate

    def _fetch(self, url: str) -> tuple[Response, float]:
        request = urllib.request.Request(url, headers={"User-Agent": USER_AGENT, "Accept-Encoding": "identity"})
        try:
            with _OPENER.open(request, timeout=self.timeout) as answer:
                return self._read(url, answer, answer.status), 0.0
        except urllib.error.HTTPError as answer:
            with answer:
                after = answer.headers.get("Retry-After", "")
                waiting = float(after) if after.isascii() and after.isdigit() else 0.0
                return self._read(url, answer, answer.code), waiting

    def _read(self, url: str, answer: Any, status: int) -> Response:
        """The body, as long as it comes fast enough and is not too large."""
        body, end = b"", time.monotonic() + self.longest
        while piece := answer.read1(_PIECE) if hasattr(answer, "read1") else answer.read(_PIECE):
            body += piece
            if len(body) > self.largest:
                raise UnansweredError(f"more than {self.largest:,} bytes")
            if time.monotonic() > end:
                raise UnansweredError(f"not complete after {self.longest:g} seconds")
        return Response(url, status, body, datetime.now(UTC))
