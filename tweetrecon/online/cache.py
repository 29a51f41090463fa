"""Answers on disk, one a line, so that no service is asked twice and an interrupted run goes on."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from tweetrecon.errors import OutputError
from tweetrecon.online.answer import Answer, Availability


def default_folder() -> Path:
    """Where caches stand unless told otherwise: in the user's cache folder."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "tweetrecon"


class Cache:
    """The answers of one resolver. What proved nothing is not kept, so that it is asked again."""

    def __init__(self, folder: Path, resolver: str) -> None:
        self._path = folder / f"{resolver}.jsonl"
        self._answers = {answer.tweet_id: answer for answer in _read(self._path)}

    def get(self, tweet_id: str) -> Answer | None:
        """The last answer about a tweet."""
        return self._answers.get(tweet_id)

    def put(self, answer: Answer) -> None:
        """Keep an answer, at once on disk. Raises OutputError where it cannot be written."""
        self._answers[answer.tweet_id] = answer
        line = json.dumps(asdict(answer) | {"at": answer.at.isoformat()}) + "\n"
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as file:
                file.write(line)
        except OSError as error:
            raise OutputError(f"{self._path}: cannot be written ({error.strerror}); choose another --cache") from error


def _read(path: Path) -> Iterator[Answer]:
    """The answers of a cache; a line that was cut by a kill, or by hand, is left out."""
    if not path.is_file():
        return
    with path.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            try:
                row = json.loads(line)
                at, availability = datetime.fromisoformat(row["at"]), Availability(row["availability"])
                yield Answer(**row | {"at": at, "availability": availability})
            except (ValueError, TypeError, KeyError):
                continue
