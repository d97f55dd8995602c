"""Volumes and integrals over a complex, exactly: a sum over simplices of determinants and values at
vertices."""

from fractions import Fraction
from math import factorial

import numpy as np
from flint import fmpq

from ..flint_numbers import fraction_of, summed
from .incidence import simplices
from .integers import Integers
from .lattice import Array, Lattice
from .minors import minors, objects

MOST_SIMPLICES = 2_000_000


def volume(lattice: Lattice, numbers: Integers) -> Fraction:
    """The volume of all cells together."""
    _, corners, sizes = _sizes(lattice, numbers)
    t = np.concatenate(objects(numbers.rows, [numbers.size]))
    under = np.prod(t[corners], axis=1)
    return fraction_of(_total(sizes, under)) / factorial(lattice.dimension)


def integral(lattice: Lattice, numbers: Integers, component: int) -> Fraction:
    """∫ f: over a simplex, its volume times the mean of f at its vertices."""
    _, corners, sizes = _sizes(lattice, numbers)
    name, d = numbers.network.output, lattice.dimension
    t, z = objects(numbers.rows, [numbers.size, numbers.columns[name][component]])
    over, under = _mean(t[corners], z[corners])
    found = fraction_of(_total(sizes * over, under * np.prod(t[corners], axis=1)))
    return found / (factorial(d) * (d + 1) * numbers.scale[name])


def _mean(t: Array, z: Array) -> tuple[Array, Array]:
    """Σ z / t over each row, as numerators and denominators."""
    over, under = z[:, 0], t[:, 0]
    for column in range(1, t.shape[1]):
        over, under = over * t[:, column] + z[:, column] * under, under * t[:, column]
    return over, under


def _sizes(lattice: Lattice, numbers: Integers) -> tuple[Array, Array, Array]:
    """The simplices, and the absolute values of their determinants."""
    owner, corners = simplices(lattice)
    columns = objects(numbers.rows, range(numbers.size + 1))
    rows = [[column[chosen] for column in columns] for chosen in corners.T]
    (found,) = minors(rows).values()
    return owner, corners, abs(found)


def _total(over: Array, under: Array) -> fmpq:
    return summed([fmpq(int(a), int(b)) for a, b in zip(over, under, strict=True)])
