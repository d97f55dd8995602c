"""Patterns of signs as one formula: which units are at least 0 and which at most, in one of several
ways. Nothing here is trusted."""

from collections.abc import Sequence

import numpy as np

Array = np.ndarray


def formula(patterns: Array, names: Sequence[str]) -> str:
    """That one of these patterns is contradicted by no sign: different rows, where an entry is true
    for >= 0. The signs that all rows share are said once; then one unit tells them apart.

        formula(np.array([[True, True], [False, True]]), ["z", "w"])
        "w >= 0 and (z >= 0 or z <= 0)"
    """
    return " and ".join(_parts(patterns, names, np.zeros(len(names), bool)))


def sign(name: str, active: bool) -> str:
    """That a number does not contradict a pattern."""
    return f"{name} >= 0" if active else f"{name} <= 0"


def halving(patterns: Array) -> int:
    """The unit that divides some different patterns most evenly."""
    active = np.count_nonzero(patterns, axis=0)
    return int(abs(2 * active - len(patterns)).argmin())


def shared(patterns: Array) -> Array:
    """Of which units all patterns have the same sign."""
    return np.asarray(patterns.all(axis=0) | ~patterns.any(axis=0))


def depth(patterns: Array) -> int:
    """How many units the formula tells apart, one within the other."""
    if len(patterns) == 1:
        return 0
    side = patterns[:, halving(patterns)]
    return 1 + max(depth(patterns[side]), depth(patterns[~side]))


def _parts(patterns: Array, names: Sequence[str], said: Array) -> list[str]:
    """The formula as a conjunction, without the signs of units that are said."""
    common = shared(patterns)
    new = np.flatnonzero(common & ~said).tolist()
    found = [sign(names[unit], patterns[0, unit]) for unit in new]
    if len(patterns) > 1:
        unit, known = halving(patterns), common | said
        known[unit] = True
        sides = []
        for active in (True, False):
            rest = _parts(patterns[patterns[:, unit] == active], names, known)
            sides.append(" and ".join([sign(names[unit], active), *rest]))
        found.append(f"({' or '.join(sides)})")
    return found
