"""Trees from parent pointers, all at once and never recursive: a chain of a million tweets costs twenty rounds."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


class Forest(NamedTuple):
    """For each node its parent (itself at a root), its root and depth; ``dropped``: whose edge closed a circle."""

    parent: Ints
    root: Ints
    depth: Ints
    dropped: Ints


def grow(parent: Ints, strength: Floats) -> Forest:
    """The forest under ``parent`` (a root points to itself); of every circle the weakest edge is dropped."""
    dropped = _weakest_of_circles(parent, strength)
    parent = parent.copy()
    parent[dropped] = dropped
    root, depth = parent.copy(), (parent != np.arange(len(parent))).astype(np.int64)
    while True:
        further = root[root]
        if np.array_equal(further, root):
            return Forest(parent, root, depth, dropped)
        depth += depth[root]
        root = further


def highest_above(forest: Forest, values: Ints) -> Ints:
    """For each node the highest value on its way to the root, its own included."""
    above, jump = values.copy(), forest.parent.copy()
    while True:
        np.maximum(above, above[jump], out=above)
        further = jump[jump]
        if np.array_equal(further, jump):
            return above
        jump = further


def _weakest_of_circles(parent: Ints, strength: Floats) -> Ints:
    """The child of the weakest edge of each circle; of equally weak ones that with the lowest number."""
    on_circle = _circle_nodes(parent)
    seen: set[int] = set()
    weakest = []
    for start in on_circle.tolist():
        if start in seen:
            continue
        circle = [start]
        while (following := int(parent[circle[-1]])) != start:
            circle.append(following)
        seen.update(circle)
        weakest.append(min(circle, key=lambda node: (strength[node], node)))
    return np.array(sorted(weakest), dtype=np.int64)


def _circle_nodes(parent: Ints) -> Ints:
    """Whoever jumps as often as there are nodes stands on a circle or a root; all of a circle is reached that way."""
    reached, jumps = parent, 1
    while jumps < len(parent):
        reached, jumps = reached[reached], jumps * 2
    nodes: Ints = np.unique(reached)
    circle: Ints = nodes[parent[nodes] != nodes]
    return circle
