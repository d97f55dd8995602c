"""Reading torch: a safetensors state_dict of a Sequential, or a Sequential itself. Torch need not
be installed; weights arrive exactly.

A state_dict does not say what stands between the linear layers. It is read on the assumption that
this is one ReLU (and nothing that changes values): so the names must be those of a Sequential
("0.weight", "0.bias", "2.weight", …), with a place between two layers.
"""

import importlib.util
import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from math import prod
from pathlib import Path
from typing import Any

from ..kernel.errors import BadInput, DepthproofError, OverBudget, displayed, expected, placed
from ..kernel.limits import Budget
from ..kernel.strict_json import tree
from .builders import dense, exact
from .matrix import Matrix, beside
from .network import Input, Network
from .operations import Node, Parameter, Rows, Vector

MOST_BYTES = 64_000_000
MOST_HEADER = 1_000_000
MOST_WEIGHTS = 4_000_000
WIDTHS = {"F64": 8, "F32": 4, "F16": 2, "BF16": 2}
_NAME = re.compile(r"(0|[1-9][0-9]{0,5})\.(weight|bias)", re.ASCII)
ZERO = Fraction(0)


@dataclass(frozen=True)
class Tensor:
    shape: tuple[int, ...]
    entries: Vector


def read(data: bytes) -> Network:
    """The network of a safetensors file with the state_dict of a Sequential of Linear layers with
    one ReLU between each two. Exact. Raises `BadInput` with the tensor's name and the reason."""
    tensors = _tensors(data)
    layers: dict[int, dict[str, Tensor]] = {}
    for name, tensor in tensors.items():
        match = _NAME.fullmatch(name)
        if match is None:
            wanted = 'a name of a Sequential\'s Linear layer such as "0.weight" or "2.bias"'
            raise expected(f"tensor {displayed(name)}", wanted, name)
        layers.setdefault(int(match[1]), {})[match[2]] = tensor
    if not layers:
        raise BadInput("", "expected at least one layer, found none")
    places = sorted(layers)
    for before, after in pairwise(places):
        if after == before + 1:
            wanted = f"a place for ReLU after layer {before}"
            found = f"layer {after} next to it"
            raise BadInput(f'tensor "{after}.weight"', f"expected {wanted}, found {found}")
    network = dense([_linear(place, layers[place]) for place in places])
    return replace(network, notes=(_assumed(places),))


def _assumed(places: Sequence[int]) -> str:
    between = []
    for before, after in pairwise(places):
        first, last = before + 1, after - 1
        where = f"one at {first} to {last}" if first < last else f"at {first}"
        between.append(where)
    relus = f"ReLU {', '.join(between)}" if between else "no ReLU"
    return (
        f"a state_dict holds no activations: assumed is {relus}, nothing else that changes values,"
        f" nothing before layer {places[0]} or after layer {places[-1]}"
    )


def _linear(place: int, tensors: Mapping[str, Tensor]) -> tuple[Rows, Vector]:
    where = f'tensor "{place}.weight"'
    if "weight" not in tensors:
        raise BadInput(where, "expected this tensor beside the bias, found none")
    weight = tensors["weight"]
    if len(weight.shape) != 2 or 0 in weight.shape:
        raise BadInput(
            where, f"expected the matrix of a Linear layer, found shape {list(weight.shape)}"
        )
    rows, columns = weight.shape
    bias = tensors.get("bias", Tensor((rows,), (ZERO,) * rows))
    if bias.shape != (rows,):
        raise BadInput(
            f'tensor "{place}.bias"', f"expected shape [{rows}], found {list(bias.shape)}"
        )
    return tuple(weight.entries[i * columns : (i + 1) * columns] for i in range(rows)), bias.entries


def _tensors(data: bytes) -> dict[str, Tensor]:
    """The tensors of a safetensors file: eight bytes that say how long the JSON header is, the
    header, the numbers."""
    if len(data) > MOST_BYTES:
        raise OverBudget("", f"{len(data)} bytes; at most {MOST_BYTES} are read")
    if len(data) < 8:
        raise BadInput("", f"expected a safetensors header, found {len(data)} bytes")
    length = int.from_bytes(data[:8], "little")
    if length > min(len(data) - 8, MOST_HEADER):
        most = min(len(data) - 8, MOST_HEADER)
        raise BadInput("", f"expected a header of at most {most} bytes, found the length {length}")
    with placed("header"):
        header = tree(data[8 : 8 + length], Budget())
    if type(header) is not dict:
        raise expected("header", "an object", header)
    numbers, tensors, end = data[8 + length :], {}, 0
    header.pop("__metadata__", None)
    spans = {name: _span(name, entry, len(numbers)) for name, entry in header.items()}
    for name, (kind, shape, start, stop) in sorted(spans.items(), key=lambda item: item[1][2:]):
        if start != end:
            wanted = f"it to start at byte {end}, where the one before ends"
            raise BadInput(f"tensor {displayed(name)}", f"expected {wanted}, found {start}")
        tensors[name] = Tensor(shape, _numbers(name, kind, numbers[start:stop]))
        end = stop
    if end != len(numbers):
        raise BadInput(
            "", f"expected {end} bytes of numbers as in the header, found {len(numbers)}"
        )
    return tensors


def _span(name: str, entry: Any, most: int) -> tuple[str, tuple[int, ...], int, int]:
    where = f"tensor {displayed(name)}"
    if type(entry) is not dict or entry.keys() != {"dtype", "shape", "data_offsets"}:
        found = ", ".join(entry) if type(entry) is dict else entry
        raise expected(where, "the keys dtype, shape and data_offsets", found)
    kind, shape, offsets = entry["dtype"], entry["shape"], entry["data_offsets"]
    if type(kind) is not str or kind not in WIDTHS:
        raise expected(where, f"a dtype among {', '.join(WIDTHS)}", kind)
    for numbers, what in ((shape, "shape"), (offsets, "data_offsets")):
        if type(numbers) is not list or any(type(n) is not int or n < 0 for n in numbers):
            raise expected(where, f"a {what} of whole numbers", numbers)
    if len(offsets) != 2 or not offsets[0] <= offsets[1] <= most:
        found = displayed(str(offsets))[1:-1]
        raise BadInput(where, f"expected two data_offsets within {most} bytes, found {found}")
    if len(shape) > 8 or prod(shape) * WIDTHS[kind] != offsets[1] - offsets[0]:
        found = f"shape {displayed(str(shape))[1:-1]} of {kind}"
        raise BadInput(
            where, f"expected {offsets[1] - offsets[0]} bytes as in data_offsets, found {found}"
        )
    return kind, tuple(shape), offsets[0], offsets[1]


def _numbers(name: str, kind: str, data: bytes) -> Vector:
    import numpy

    if len(data) // WIDTHS[kind] > MOST_WEIGHTS:
        found = f"{len(data) // WIDTHS[kind]} entries"
        raise OverBudget(f"tensor {displayed(name)}", f"{found}; at most {MOST_WEIGHTS} are read")
    if kind == "BF16":  # the upper half of a float32
        array = (numpy.frombuffer(data, "<u2").astype("<u4") << 16).view("<f4")
    else:
        array = numpy.frombuffer(data, f"<f{WIDTHS[kind]}")
    if not numpy.isfinite(array).all():
        position = int(numpy.argmin(numpy.isfinite(array)))
        where = f"tensor {displayed(name)}: entry {position}"
        raise BadInput(where, f"expected a finite number, found {array[position]}")
    return tuple(Fraction(value) for value in array.astype("<f8").tolist())


# A module in memory


class _Drawing:
    """The nodes drawn so far, the name of the last value, and its size."""

    def __init__(self, size: int) -> None:
        self.nodes: list[Node] = []
        self.last, self.size = "x", size

    def add(self, op: str, **parameters: Parameter | Rows) -> None:
        name = f"n{len(self.nodes)}"
        self.nodes.append(Node(name, op, (self.last,), parameters))
        self.last = name


def from_torch(module: Any, example: Any = None) -> Network:
    """The network of a Linear layer, or of a Sequential of Linear, ReLU, LeakyReLU, PReLU,
    Hardtanh, ReLU6, Hardsigmoid, Identity, Flatten and Dropout (in eval mode), nested or not. With
    an example of its input, that of any module, as torch's exporter writes it in ONNX.

    A weight is the binary fraction that it is, and so is a Python float such as a slope. Raises
    `BadInput` with the layer's place ("2.0") and type.

        from_torch(model.eval(), torch.zeros(1, 3, 8, 8))
    """
    if example is not None:
        return _exported(module, example)
    layers = _layers(module, "")
    first = next((layer for _, layer in layers if type(layer).__name__ == "Linear"), None)
    if first is None:
        found = displayed(type(module).__name__)[1:-1]
        raise BadInput("", f"expected a Linear layer or a Sequential with one, found {found}")
    columns = int(first.in_features)
    drawing = _Drawing(columns)
    for place, layer in layers:
        try:
            LAYERS[type(layer).__name__](drawing, layer)
        except DepthproofError as error:
            raise BadInput(f"layer {place}", error.reason) from None
    return Network((Input("x", columns),), tuple(drawing.nodes), drawing.last)


def _exported(module: Any, example: Any) -> Network:
    """The network that torch's exporter makes of a module. Its graph optimisations are off: they
    may round."""
    from .onnx.model import read as read_onnx

    torch = importlib.import_module("torch")
    if getattr(module, "training", False):
        found = "found it in training mode: call module.eval() first"
        raise BadInput("", f"expected a module in eval mode, {found}")
    options = {"dynamo": False, "do_constant_folding": False}
    if importlib.util.find_spec("onnxscript") is not None:  # the new exporter needs it
        options = {"dynamo": True, "optimize": False}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.onnx"
        try:
            torch.onnx.export(module, (example,), str(path), verbose=False, **options)
        except Exception as error:  # the exporter's own, of any kind
            reason = displayed(f"{type(error).__name__}: {error}".split("\n")[0])[1:-1]
            raise BadInput("", f"torch does not export this module: {reason}") from None
        network = read_onnx(path.read_bytes(), folder=path.parent)
    return replace(network, notes=(*network.notes, "read as torch's ONNX exporter writes it"))


def _layers(module: Any, place: str) -> list[tuple[str, Any]]:
    """The layers in order with their places. Only torch's own classes: a class of the user's may
    compute anything under any name."""
    kind = type(module)
    where = f"layer {place}" if place else ""
    if not kind.__module__.startswith("torch.nn.") or kind.__name__ not in (*LAYERS, "Sequential"):
        advice = "any module is read with an example of its input, from_torch(module, example)"
        found = f"found {displayed(kind.__name__)[1:-1]}; {advice}"
        raise BadInput(where, f"expected one of torch.nn's {', '.join(LAYERS)}, {found}")
    hooks = ("_forward_hooks", "_forward_pre_hooks", "parametrizations")
    if any(getattr(module, name, None) for name in hooks):
        wanted = "a layer without hooks or parametrizations"
        raise BadInput(where, f"expected {wanted}, found one with them")
    if kind.__name__ != "Sequential":
        return [(place or "0", module)]
    layers = []
    for index, layer in enumerate(module):
        inner = f"{place}.{index}" if place else str(index)
        layers += _layers(layer, inner)
    return layers


def _entries(tensor: Any) -> Any:
    """A tensor's numbers as nested lists of Python floats, which hold float16, bfloat16, float32
    and float64 exactly."""
    for step in ("detach", "cpu"):
        if hasattr(tensor, step):
            tensor = getattr(tensor, step)()
    return tensor.tolist()


def _draw_linear(drawing: _Drawing, layer: Any) -> None:
    weight = tuple(_vector(row) for row in _entries(layer.weight))
    bias = (ZERO,) * len(weight) if layer.bias is None else _vector(_entries(layer.bias))
    drawing.add("Gemm", weight=weight, bias=bias)
    drawing.size = len(weight)


def _vector(entries: Sequence[object]) -> Vector:
    return tuple(exact(entry) for entry in entries)


def _draw_prelu(drawing: _Drawing, layer: Any) -> None:
    slopes = _vector(_entries(layer.weight))
    if len(set(slopes)) == 1:
        drawing.add("LeakyRelu", alpha=slopes[0])
        return
    if len(slopes) != drawing.size:
        raise BadInput("", f"expected 1 or {drawing.size} slopes, found {len(slopes)}")
    before, n = drawing.last, drawing.size  # αz + (1 − α)σ(z), with one α an entry
    drawing.add("Relu")
    weight = beside([Matrix.diagonal(slopes), Matrix.diagonal([1 - slope for slope in slopes])])
    parameters: dict[str, Parameter | Rows] = {"weight": weight, "bias": (ZERO,) * n}
    node = Node(f"n{len(drawing.nodes)}", "Gemm", (before, drawing.last), parameters)
    drawing.nodes.append(node)
    drawing.last = node.name


def _draw_clip(drawing: _Drawing, least: object, most: object) -> None:
    drawing.add("Clip", min=exact(least), max=exact(most))


def _draw_hardsigmoid(drawing: _Drawing, layer: Any) -> None:
    drawing.add("Mul", factor=(Fraction(1, 6),) * drawing.size)
    bias = (Fraction(1, 2),) * drawing.size
    drawing.add("Gemm", weight=Matrix.multiple(Fraction(1), drawing.size), bias=bias)
    _draw_clip(drawing, 0, 1)


def _draw_dropout(drawing: _Drawing, layer: Any) -> None:
    if layer.training:
        wanted = f"{type(layer).__name__} in eval mode"
        found = "it in training mode: call module.eval() first"
        raise BadInput("", f"expected {wanted}, found {found}")


def _draw_nothing(drawing: _Drawing, layer: Any) -> None:
    """The layer keeps the values of a vector, and their order."""


LAYERS: Mapping[str, Callable[[_Drawing, Any], None]] = {
    "Linear": _draw_linear,
    "ReLU": lambda drawing, layer: drawing.add("Relu"),
    "LeakyReLU": lambda drawing, layer: drawing.add("LeakyRelu", alpha=exact(layer.negative_slope)),
    "PReLU": _draw_prelu,
    "Hardtanh": lambda drawing, layer: _draw_clip(drawing, layer.min_val, layer.max_val),
    "ReLU6": lambda drawing, layer: _draw_clip(drawing, 0, 6),
    "Hardsigmoid": _draw_hardsigmoid,
    "Dropout": _draw_dropout,
    "AlphaDropout": _draw_dropout,
    "Identity": _draw_nothing,
    "Flatten": _draw_nothing,
}
