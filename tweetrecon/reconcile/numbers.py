"""Arrays with a number for each sighting."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.uint64]
"""Texts as numbers: see `tweetrecon.spill.code`."""
Ints = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.int8]


def replaced(codes: Codes, others: Mapping[int, int]) -> Codes:
    """The codes with those that have another one replaced by it."""
    if not others:
        return codes
    former = np.array(sorted(others), dtype=np.uint64)
    present = np.array([others[one] for one in former.tolist()], dtype=np.uint64)
    place = np.minimum(np.searchsorted(former, codes), len(former) - 1)
    return np.where(former[place] == codes, present[place], codes)
