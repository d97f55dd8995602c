"""The benchmark's networks: lists of (weight (in, out), bias), float64 arrays; the same for a seed on every machine."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import numpy as np

from verify.network.builders import dense
from verify.network.network import Network

Arrays = list[tuple[np.ndarray, np.ndarray]]


def he(widths: Sequence[int], seed: int = 0, float32: bool = False, inputs: int = 1) -> Arrays:
    """Normal weights of variance 2 / fan-in, biases of deviation 0.1; rounded to float32 if asked."""
    chosen = np.random.default_rng(seed)
    sizes, layers = [inputs, *widths, 1], []
    for before, after in pairwise(sizes):
        weight, bias = chosen.normal(0, np.sqrt(2 / before), (before, after)), chosen.normal(0, 0.1, after)
        layers.append((rounded(weight), rounded(bias)) if float32 else (weight, bias))
    return layers


def quarters(widths: Sequence[int], seed: int = 0) -> Arrays:
    """Weights k / 4, as people write them: kinks coincide, and floats meet true zeros."""
    chosen = np.random.default_rng(seed)
    sizes = [1, *widths, 1]
    return [(chosen.integers(-8, 9, (a, b)) / 4.0, chosen.integers(-8, 9, b) / 4.0) for a, b in pairwise(sizes)]


def eighths(widths: Sequence[int], seed: int = 0, inputs: int = 1) -> Arrays:
    """Weights k / 8, biases k / 8 of at most ½: as `quarters`, with any number of inputs."""
    chosen = np.random.default_rng(seed)
    sizes = [inputs, *widths, 1]
    layers = []
    for before, after in pairwise(sizes):
        weight, bias = chosen.integers(-8, 9, (before, after)), chosen.integers(-4, 5, after)
        layers.append((weight / 8.0, bias / 8.0))
    return layers


def thirds(widths: Sequence[int], seed: int = 0) -> tuple[Arrays, Network]:
    """Weights k / 3: the nearest floats, and the network of the rationals themselves, in which kinks coincide that floats pull apart."""
    chosen = np.random.default_rng(seed)
    sizes = [1, *widths, 1]
    whole = [(chosen.integers(-6, 7, (a, b)), chosen.integers(-6, 7, b)) for a, b in pairwise(sizes)]
    exact = [([_thirds(column) for column in weight.T.tolist()], _thirds(bias.tolist())) for weight, bias in whole]
    return [(weight / 3.0, bias / 3.0) for weight, bias in whole], dense(exact)


def _thirds(values: list[int]) -> list[Fraction]:
    return [Fraction(value, 3) for value in values]


def sawtooth(k: int) -> Arrays:
    """The k-fold composed tent as a layered network of width 2."""
    inside = (np.array([[2.0, 2.0], [-4.0, -4.0]]), np.array([0.0, -0.5]))
    return [(np.array([[1.0, 1.0]]), np.array([0.0, -0.5])), *[inside] * (k - 1), (np.array([[2.0], [-4.0]]), np.array([0.0]))]


def noisy_sawtooth(k: int, seed: int = 0, size: float = 1e-3) -> Arrays:
    chosen = np.random.default_rng(seed)

    def near(values: np.ndarray, scale: np.ndarray | float) -> np.ndarray:
        return values + size * scale * chosen.uniform(-1, 1, values.shape)

    return [(near(weight, weight), near(bias, 1.0)) for weight, bias in sawtooth(k)]


def rounded(values: np.ndarray) -> np.ndarray:
    return values.astype(np.float32).astype(np.float64)


def network(arrays: Arrays) -> Network:
    return dense([(weight.T.tolist(), bias.tolist()) for weight, bias in arrays])
