"""Engines to compare with: ExactLine in numpy float64, without guarantee; the same in gmpy2.mpq, exact and naive; and published
tools where installed."""

from itertools import pairwise

import numpy as np
from networks import Arrays


def exactline(layers: Arrays, low: float = 0.0, high: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """ExactLine (Sotoudeh and Thakur 2019), vectorised: breakpoints and values there."""
    places = np.array([low, high])
    values = places[:, None].copy()
    for number, (weight, bias) in enumerate(layers):
        image = values @ weight + bias
        if number == len(layers) - 1:
            return places, image[:, 0]
        at, unit = np.nonzero(image[:-1] * image[1:] < 0)
        if len(at):
            part = image[at, unit] / (image[at, unit] - image[at + 1, unit])
            new = places[at] + part * (places[at + 1] - places[at])
            rows = image[at] + part[:, None] * (image[at + 1] - image[at])
            rows[np.arange(len(at)), unit] = 0.0
            order = np.lexsort((new, at))
            places = np.insert(places, at[order] + 1, new[order])
            image = np.insert(image, at[order] + 1, rows[order], axis=0)
        values = np.maximum(image, 0)
    raise ValueError("no layers")


def exactline_counts(layers: Arrays) -> tuple[int, int]:
    """Pieces (slopes that differ by more than rounding, as best floats can tell) and intervals."""
    places, values = exactline(layers)
    slopes = np.diff(values) / np.maximum(np.diff(places), 1e-300)
    return 1 + int((abs(np.diff(slopes)) > 1e-9 * (1 + abs(slopes[1:]) + abs(slopes[:-1]))).sum()), len(places) - 1


def naive_mpq(layers: Arrays) -> tuple[list, list]:
    """The same in gmpy2.mpq, entry by entry: exact breakpoints and values."""
    from gmpy2 import mpq

    exact = [([[mpq(x) for x in column] for column in weight.T.tolist()], [mpq(x) for x in bias.tolist()]) for weight, bias in layers]
    places = [mpq(0), mpq(1)]
    values = [[x] for x in places]
    for number, (columns, bias) in enumerate(exact):
        units = list(zip(columns, bias, strict=True))
        image = [[sum((w * h for w, h in zip(column, row, strict=True) if h), b) for column, b in units] for row in values]
        if number == len(exact) - 1:
            return places, [row[0] for row in image]
        new_places, new_image = [places[0]], [image[0]]
        for (x, left), (y, right) in pairwise(zip(places, image, strict=True)):
            parts = {a / (a - b) for a, b in zip(left, right, strict=True) if a < 0 < b or b < 0 < a}
            for part in sorted(parts):
                new_places.append(x + part * (y - x))
                new_image.append([a + part * (b - a) for a, b in zip(left, right, strict=True)])
            new_places.append(y)
            new_image.append(right)
        places, values = new_places, [[max(entry, 0) for entry in row] for row in new_image]
    raise ValueError("no layers")


class Regioncam:
    """regioncam: Rust, float32. It counts activation intervals."""

    name = "regioncam"

    def __init__(self) -> None:
        from regioncam import Regioncam1D

        self.line = Regioncam1D

    def prepared(self, layers: Arrays) -> list[tuple[np.ndarray, np.ndarray]]:
        return [(np.ascontiguousarray(weight, dtype=np.float32), bias.astype(np.float32)) for weight, bias in layers]

    def intervals(self, prepared: list[tuple[np.ndarray, np.ndarray]]) -> int:
        line = self.line.through_points(np.array([[0.0], [1.0]], np.float32), size=2.0)  # size 2: from one point to the other
        for number, (weight, bias) in enumerate(prepared):
            line.linear(weight, bias)
            if number < len(prepared) - 1:
                line.relu()
        return int(line.num_edges)


class Relucent:
    """relucent: a search over cells, each by linear programming. It counts activation regions; asked for those that meet [-1/2,
    1/2]."""

    name = "relucent"

    def __init__(self) -> None:
        import relucent
        from relucent.model.model import LinearLayer, ReLULayer, ReLUNetwork

        self.complex, self.linear, self.relu, self.network = relucent.Complex, LinearLayer, ReLULayer, ReLUNetwork

    def prepared(self, layers: Arrays) -> object:
        parts: list[object] = []
        for number, (weight, bias) in enumerate(layers):
            parts.append(self.linear(weight.T, bias + 0.5 * weight[0] if number == 0 else bias))
            if number < len(layers) - 1:
                parts.append(self.relu())
        return self.network(parts)

    def intervals(self, prepared: object) -> int:
        found = self.complex(prepared)
        found.bfs(start=np.array([[0.0131]]), cube_radius=0.5, cube_mode="intersect", nworkers=1, verbose=0, verify=False)
        return len(found)


def peers() -> tuple[list[Regioncam | Relucent], dict[str, str]]:
    """The tools that are installed, and for the others why not."""
    found, missing = list[Regioncam | Relucent](), {}
    for kind in (Regioncam, Relucent):
        try:
            found.append(kind())
        except ImportError as error:
            missing[kind.name] = str(error)
    return found, missing
