"""Reading .nnet, the text format of the Stanley and Reluplex networks: a dense ReLU network with
its normalisation folded in.

The decimal text is the number: "0.1" is 1/10, although float tools read it as the nearest double.
The function read is y ↦ range · N((x − mean) / range) + mean, with the file's means and ranges; a
line that holds the single number 0 where more are expected stands for "none". Clipping the inputs
to the file's minima and maxima is not part of the function.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from operator import itemgetter, mul, truediv

from ..kernel.errors import BadInput, OverBudget, displayed, expected
from .builders import dense
from .network import Network
from .operations import Vector

MOST_BYTES = 64_000_000
MOST_WEIGHTS = 4_000_000
_DECIMAL = re.compile(
    r"[+-]?(?:[0-9]{1,400}\.?[0-9]{0,400}|\.[0-9]{1,400})(?:[eE][+-]?[0-9]{1,3})?", re.ASCII
)
_WHOLE = re.compile(r"[0-9]{1,9}", re.ASCII)
ASSUMED = (
    "a .nnet file holds no activations: assumed is ReLU after every layer but the last, as the"
    " format says; inputs are not clipped to its minima and maxima"
)
Line = tuple[str, list[str]]  # where it is, and its entries
Layer = tuple[list[Vector], list[Fraction]]  # weight (out, in) and bias (out)

ZERO, ONE = Fraction(0), Fraction(1)


def read(data: bytes) -> Network:
    """The network that the bytes write, exact in the decimals of the file. Raises `BadInput` with
    the line and what was expected there."""
    lines = _lines(data)
    sizes = _sizes(lines)
    _line(lines, "the flag line")
    for what in ("minima", "maxima"):
        _vector(lines, f"the inputs' {what}", sizes[0], ZERO)
    means = _vector(lines, "means of the inputs and the output", sizes[0] + 1, ZERO)
    ranges = _vector(lines, "ranges of the inputs and the output", sizes[0] + 1, ONE, nonzero=True)
    layers: list[Layer] = []
    for number, (before, after) in enumerate(pairwise(sizes), 1):
        weight = [
            _vector(lines, f"a row of the weight of layer {number}", before) for _ in range(after)
        ]
        bias = [_vector(lines, f"a bias of layer {number}", 1)[0] for _ in range(after)]
        layers.append((weight, bias))
    surplus = next(lines, None)
    if surplus is not None:
        place, entries = surplus
        raise BadInput(place, f"expected the end of the file, found {displayed(','.join(entries))}")
    return replace(dense(_normalised(layers, means, ranges)), notes=(ASSUMED,))


def _normalised(layers: list[Layer], means: Vector, ranges: Vector) -> list[Layer]:
    """The layers with (x − mean) / range before the first and y · range + mean after the last."""
    *means_in, mean = means
    *ranges_in, spread = ranges
    scaled, shifted = list[Vector](), list[Fraction]()
    for row, constant in zip(*layers[0], strict=True):
        scaled.append(tuple(map(truediv, row, ranges_in)))
        shifted.append(constant - sum(map(mul, scaled[-1], means_in)))
    inner = [(scaled, shifted), *layers[1:]]
    weight, bias = inner.pop()
    stretched = [tuple(entry * spread for entry in row) for row in weight]
    return [*inner, (stretched, [constant * spread + mean for constant in bias])]


def _lines(data: bytes) -> Iterator[Line]:
    """The lines that hold numbers: no comment (//) and not blank."""
    if len(data) > MOST_BYTES:
        raise OverBudget("", f"{len(data)} bytes; at most {MOST_BYTES} are read")
    try:
        text = _without_comments(data) if data.startswith(b"//") else data.decode("ascii")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{error.object[error.start]:02x}"
        raise BadInput(f"line {line}", f"expected ASCII text, found {found}") from None
    lines = ((f"line {i}", _entries(line)) for i, line in enumerate(text.split("\n"), 1))
    return filter(itemgetter(1), lines)


def _without_comments(data: bytes) -> str:
    """The text with its comments, which may be in any encoding, made blank."""
    lines = data.split(b"\n")
    for i, line in enumerate(lines):
        if line.lstrip().startswith(b"//"):
            lines[i] = b""
    return b"\n".join(lines).decode("ascii")


def _entries(line: str) -> list[str]:
    stripped = line.strip()
    if not stripped or stripped.startswith("//"):
        return []
    return [entry.strip() for entry in stripped.removesuffix(",").split(",")]


def _line(lines: Iterator[Line], what: str) -> Line:
    line = next(lines, None)
    if line is None:
        raise BadInput("", f"expected {what}, found the end of the file")
    return line


def _sizes(lines: Iterator[Line]) -> list[int]:
    """The layers' sizes, checked against the header (the number of layers, then optionally input,
    output and largest size)."""
    place, header = _line(lines, "the number of layers")
    count, *rest = _wholes(place, header)
    if not 1 <= count <= 1000:
        raise BadInput(place, f"expected a number of layers from 1 to 1000, found {count}")
    place, entries = _line(lines, "the sizes of the layers")
    sizes = _wholes(place, entries)
    if len(sizes) != count + 1:
        wanted = f"{count + 1} sizes (layers and input)"
        raise BadInput(place, f"expected {wanted}, found {len(sizes)}")
    if min(sizes) < 1:
        raise BadInput(place, f"expected sizes of at least 1, found {min(sizes)}")
    ends = [sizes[0], sizes[-1]]
    if rest[:2] != ends[: len(rest)]:
        wanted = f"input and output sizes {rest[:2]} as in the header"
        raise BadInput(place, f"expected {wanted}, found {ends}")
    weights = sum(a * b for a, b in pairwise(sizes))
    if weights > MOST_WEIGHTS:
        raise OverBudget(place, f"{weights} weights; at most {MOST_WEIGHTS} are read")
    return sizes


def _wholes(place: str, entries: list[str]) -> list[int]:
    for entry in entries:
        if not _WHOLE.fullmatch(entry):
            raise expected(place, "a whole number of at most 9 digits", entry)
    return [int(entry) for entry in entries]


def _vector(
    lines: Iterator[Line],
    what: str,
    size: int,
    without: Fraction | None = None,
    nonzero: bool = False,
) -> Vector:
    """A line of `size` decimals. Where `without` is given, a line that is only 0 stands for that
    many times it."""
    place, entries = _line(lines, what)
    if without is not None and entries == ["0"] and (size > 1 or not nonzero):
        return (without,) * size
    if len(entries) != size:
        raise BadInput(place, f"expected {size} numbers ({what}), found {len(entries)}")
    values = tuple(_decimal(place, entry) for entry in entries)
    if nonzero and not all(values):
        raise BadInput(place, f"expected {what} that are not 0, found 0")
    return values


def _decimal(place: str, text: str) -> Fraction:
    if not _DECIMAL.fullmatch(text):
        raise expected(place, "a decimal number", text)
    return Fraction(text)
