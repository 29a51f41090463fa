"""How inputs are damaged, and what must hold of whatever is read of them."""

import os
import random
from collections.abc import Iterable

from tweetrecon.model import Document, Outcome, Reject, RejectCode

THOROUGH = "TWEETRECON_TORTURE" in os.environ
"""`make torture` sets it: full numbers instead of those that fit into `make test`."""

CRASHES = {RejectCode.FORM_CRASHED, RejectCode.DOCUMENT_CRASHED}
"""Codes that stand for an exception nobody expected."""


def damaged(data: bytes, rng: random.Random, alphabet: tuple[bytes, ...] = ()) -> bytes:
    """The bytes with some flipped, overwritten, cut out, doubled or put in; of ``alphabet`` pieces are put in."""
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        place = rng.randrange(len(changed) + 1)
        length = int(rng.expovariate(1 / 30))
        match rng.randrange(6):
            case 0 if place < len(changed):
                changed[place] ^= 1 << rng.randrange(8)
            case 1:
                changed[place : place + 4] = rng.randbytes(4)
            case 2:
                del changed[place : place + length]
            case 3:
                changed[place:place] = changed[place : place + length]
            case 4:
                other = rng.randrange(len(changed) + 1)
                changed[place:place] = changed[other : other + length]
            case _ if alphabet:
                changed[place:place] = rng.choice(alphabet)
    return bytes(changed)


def check_the_law(items: Iterable[Document | Reject]) -> None:
    """Every document comes once, and ends in one outcome; one that is rejected has its reason, and only it."""
    documents, reasons = {}, set()
    for item in items:
        if isinstance(item, Document):
            assert item.document_id not in documents
            documents[item.document_id] = item.outcome
        elif item.document_id is not None and not item.kept:
            reasons.add(item.document_id)
    assert {i for i, outcome in documents.items() if outcome is Outcome.REJECTED} <= reasons
    assert reasons <= documents.keys()
