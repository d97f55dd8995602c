"""Names that a stranger may write: plain ones, and ones that collide with what the kernel makes
itself.
"""

import random
from collections.abc import Sequence

PLAIN = [
    "a",
    "b",
    "c",
    "d",
    "g",
    "h",
    "i",
    "k",
    "m",
    "n",
    "p",
    "s",
    "t",
    "u",
    "w",
    "y",
    "z",
    "A",
    "Z",
]
HEADER = ["value", *(f"value{v}" for v in range(6)), "x", *(f"x{v}" for v in range(4))]
BUILT_IN = ["integers", "squares", "floor", "div", "IH", "value_1", "value01", "x_1", "x01"]
WORDS = ["implies", "or", "and", "not", "true", "false", "if", "else", "in", "for", "all", "from"]
CASE = ["X", "X1", "Value1", "VALUE", "F", "ih", "TRUE", "Floor", "R"]
MARKS = [
    "",
    "1x",
    "x.y",
    "f g",
    "_x",
    "x'",
    "\u03b1",
    "x" * 41,
    "x" * 42,
    "x\n",
    "value 1",
    "value 0",
    "x 1",
]


def name(source: random.Random, around: Sequence[str] = ()) -> str:
    """A name: half of the time a plain one, otherwise one that stands for something here or looks
    so.
    """
    way = source.random()
    if way < 0.5 or (not around and way < 0.62):
        return source.choice(PLAIN)
    if way < 0.62:
        return source.choice(around)
    if way < 0.7 and around:
        return source.choice(around) + source.choice(["1", "2", "0", "_", "3"])
    if way < 0.9:
        return source.choice(HEADER)
    pool = source.choice([BUILT_IN, WORDS, CASE, CASE, MARKS])
    return source.choice(pool)


def key(source: random.Random) -> str:
    """A name for a network."""
    if source.random() < 0.8:
        return source.choice(["f", "g", "f1", "f2", "h", "n"])
    return name(source)
