"""Matrices of exact rationals that keep their structure: a row is a choice of columns and a list of
weights for them.

A dense matrix has one choice of columns, all of them, and a list of weights for each row. A
convolution has a choice of columns for each place of its window and a list of weights for each
channel; every row names one of each, so that a million rows take a few megabytes. All choices and
lists of a matrix have one length; the column -1 stands for none, as where a window leaves its
picture.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import chain
from typing import Any

from ..kernel.errors import OverBudget

Vector = tuple[Fraction, ...]
Whole = Sequence[int]  # a range or an array of 32-bit integers

MOST_DENSE = 16_000_000
ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True, eq=False, repr=False)
class Matrix:
    """Row i has the weights `weights[weight[i]]` at the columns of choice `place[i]`:
    `columns[place[i] * terms:][:terms]`.

    No column is twice in one choice. Indexing and iterating give dense rows; `row` gives the terms
    that are not zero.
    """

    width: int
    terms: int
    columns: Whole
    weights: tuple[Vector, ...]
    place: Whole
    weight: Whole

    @classmethod
    def of(cls, rows: Iterable[Vector]) -> "Matrix":
        """The matrix with these dense rows."""
        kept = tuple(rows)
        width = len(kept[0]) if kept else 0
        return cls(
            width, width, range(width), kept, array("i", bytes(4 * len(kept))), range(len(kept))
        )

    @classmethod
    def diagonal(cls, factors: Sequence[Fraction]) -> "Matrix":
        number = {factor: index for index, factor in enumerate(dict.fromkeys(factors))}
        weights = tuple((factor,) for factor in number)
        n = len(factors)
        return cls(n, 1, range(n), weights, range(n), array("i", map(number.__getitem__, factors)))

    @classmethod
    def multiple(cls, factor: Fraction, n: int) -> "Matrix":
        """`factor` times the identity."""
        return cls(n, 1, range(n), ((factor,),), range(n), array("i", bytes(4 * n)))

    @classmethod
    def selection(cls, chosen: Sequence[int], width: int) -> "Matrix":
        """Row i takes the entry `chosen[i]`."""
        n = len(chosen)
        return cls(width, 1, array("i", chosen), ((ONE,),), range(n), array("i", bytes(4 * n)))

    def __len__(self) -> int:
        return len(self.place)

    def __getitem__(self, index: int) -> Vector:
        weights = self.weights[self.weight[index]]
        if self.is_dense:
            return weights
        row = [ZERO] * self.width
        for column, weight in zip(self.choice(index), weights, strict=True):
            if column >= 0:
                row[column] = weight
        return tuple(row)

    def __iter__(self) -> Iterator[Vector]:
        return map(self.__getitem__, range(len(self)))

    def choice(self, index: int) -> Whole:
        start = self.place[index] * self.terms
        return self.columns[start : start + self.terms]

    def row(self, index: int) -> Iterator[tuple[int, Fraction]]:
        """The columns and weights of a row, where the weight is not zero."""
        pairs = zip(self.choice(index), self.weights[self.weight[index]], strict=True)
        return ((column, weight) for column, weight in pairs if weight and column >= 0)

    @property
    def is_dense(self) -> bool:
        return self.terms == self.width and self.columns == range(self.width)

    @property
    def size(self) -> int:
        """An upper bound of the number of terms, which what is done with the matrix costs."""
        return len(self) * self.terms

    @cached_property
    def dense(self) -> tuple[Vector, ...]:
        """All rows in full. Raises `OverBudget` beyond `MOST_DENSE` entries."""
        if len(self) * self.width > MOST_DENSE:
            found = f"a matrix of {len(self)} x {self.width} entries to be written in full"
            raise OverBudget("", f"{found}; at most {MOST_DENSE} are")
        return tuple(self)

    def chosen(self, rows: Whole) -> "Matrix":
        """The rows with these numbers, in this order."""
        place, weight = (
            array("i", map(part.__getitem__, rows)) for part in (self.place, self.weight)
        )
        return Matrix(self.width, self.terms, self.columns, self.weights, place, weight)

    def scaled(self, factors: Sequence[Fraction]) -> "Matrix":
        """Each row times its factor."""
        if all(factor == ONE for factor in factors):
            return self
        number: dict[tuple[int, Fraction], int] = {}
        weight = array("i")
        for pair in zip(self.weight, factors, strict=True):
            weight.append(number.setdefault(pair, len(number)))
        weights = tuple(
            tuple(factor * entry for entry in self.weights[old]) for old, factor in number
        )
        return Matrix(self.width, self.terms, self.columns, weights, self.place, weight)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Matrix | tuple):
            return NotImplemented
        return len(self) == len(other) and all(
            one == two for one, two in zip(self, other, strict=True)
        )

    def __hash__(self) -> int:
        return hash((len(self), self.width))

    def __repr__(self) -> str:
        return f"<Matrix {len(self)} x {self.width}>"


def beside(blocks: Sequence[Matrix]) -> Matrix:
    """The matrices of equally many rows side by side: row i is the rows i of all of them, one after
    another."""
    if len(blocks) == 1:
        return blocks[0]
    if all(block.is_dense for block in blocks):
        return Matrix.of(sum(rows, ()) for rows in zip(*blocks, strict=True))
    import numpy

    chosen, place = _together([block.place for block in blocks])
    lists, weight = _together([block.weight for block in blocks])
    tables, start = [], 0
    for block, numbers in zip(blocks, chosen, strict=True):
        own = _numbers(block.columns).reshape(-1, block.terms)[numbers]
        tables.append(numpy.where(own >= 0, own + start, -1))
        start += block.width
    columns = array_of(numpy.concatenate(tables, 1).ravel())
    keys = zip(*(numbers.tolist() for numbers in lists), strict=True)
    weights = []
    for key in keys:
        one_each = (block.weights[number] for block, number in zip(blocks, key, strict=True))
        weights.append(tuple(chain.from_iterable(one_each)))
    terms = sum(block.terms for block in blocks)
    return Matrix(start, terms, columns, tuple(weights), place, weight)


def _together(parts: Sequence[Whole]) -> tuple[Any, Whole]:
    """The different combinations of the numbers that the parts have for a row, (parts,
    combinations), and each row's."""
    import numpy

    first, tables = parts[0], [_numbers(part) for part in parts]
    if isinstance(first, range) and all(part == first for part in parts):
        return tables, first
    number = tables[0]
    for table in tables[1:]:  # a combination of combinations, numbered anew each time
        number = number.astype(numpy.int64) * (int(table.max(initial=0)) + 1) + table
        _, index, number = numpy.unique(number, return_index=True, return_inverse=True)
    return [table[index] for table in tables], array_of(number)


def _numbers(part: Whole) -> Any:
    import numpy

    if isinstance(part, range):
        return numpy.arange(part.start, part.stop, part.step)
    return numpy.asarray(part)


def array_of(numbers: object) -> Whole:
    """Numbers, of numpy or in a list, as an array of 32-bit integers."""
    import numpy

    made = array("i")
    made.frombytes(numpy.ascontiguousarray(numbers, dtype=numpy.int32).tobytes())
    return made
