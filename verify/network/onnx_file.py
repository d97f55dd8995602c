"""Reading ONNX: the graph is walked once, from constants and inputs to the chosen output, and drawn in exact operations.

Weights of float16, bfloat16, float32 and float64 are taken as the binary fractions that they are. A symbolic batch size is 1.
What does not fit is refused by name; nodes that the output does not need are not looked at. The package `onnx` only decodes.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import prod
from typing import Any

import numpy

from ..kernel.errors import BadInput, DepthproofError, OverBudget, displayed, expected, placed
from .network import Input, Network
from .onnx_operators import ATTRIBUTES, OPERATORS, Operator
from .onnx_tensors import FLOATS, WHOLES, Array, Call, Drawing, Tensor, Variable, exact_array, within_budget

MOST_BYTES = 64_000_000


def read(data: bytes, output: str | None = None) -> Network:
    """The network of an ONNX model with one output, or with the output of that name. Exact.

    Raises `BadInput` naming the node, input or initializer and the reason (an operator that is not piecewise linear, weights kept
    in another file, NaN or infinity, shapes that do not fit); `OverBudget` for a model or a tensor that is too large.
    """
    graph, opset = _graph(data)
    constants = _initializers(graph)
    wanted = _output(graph, output)
    nodes = _needed(graph, wanted)
    drawing, values = Drawing(), dict[str, Tensor]()
    inputs = _draw_inputs(drawing, graph, constants, values)
    for node in nodes:
        _draw_node(drawing, node, opset, constants, values)
    if wanted not in values:
        values[wanted] = _value(wanted, constants, values)
    drawing.title = wanted
    last = drawing.flat(values[wanted])
    return Network(inputs, tuple(drawing.nodes.values()), last).pruned


def _graph(data: bytes) -> tuple[Any, int]:
    """The graph of the model that the bytes encode, and the version of ONNX's own operators that it uses."""
    try:
        import onnx
        from google.protobuf.message import DecodeError
    except ImportError:
        raise BadInput("", "reading ONNX needs the package onnx: pip install 'depthproof[onnx]'") from None
    if len(data) > MOST_BYTES:
        raise OverBudget("", f"{len(data)} bytes; at most {MOST_BYTES} are read")
    try:
        model = onnx.load_model_from_string(data)
    except DecodeError:
        raise BadInput("", f"expected an ONNX model, found {len(data)} bytes that do not decode as one") from None
    if not model.HasField("graph") or not model.graph.output:
        raise BadInput("", f"expected an ONNX model, found {len(data)} bytes without a graph")
    versions = [entry.version for entry in model.opset_import if entry.domain in ("", "ai.onnx")]
    return model.graph, max(versions, default=1)


def _output(graph: Any, name: str | None) -> str:
    names = [item.name for item in graph.output]
    if name is not None and name not in names:
        raise BadInput("", f"expected an output among {_listed(names)}, found {displayed(name)}")
    if name is None and len(names) != 1:
        raise BadInput("", f"expected one output, found {len(names)}: {_listed(names)}; choose one as FILE.onnx:NAME")
    return names[0] if name is None else name


def _needed(graph: Any, wanted: str) -> list[Any]:
    """The nodes that a path leads from to the output, in the file's order (which ONNX demands to be topological)."""
    needed, kept = {wanted}, []
    for node in reversed(graph.node):
        if needed.intersection(node.output):
            needed.update(node.input)
            kept.append(node)
    return kept[::-1]


class _Stored:
    """An initializer, converted when first used."""

    def __init__(self, tensor: Any) -> None:
        self.tensor = tensor


def _initializers(graph: Any) -> dict[str, _Stored]:
    if graph.sparse_initializer:
        name = displayed(graph.sparse_initializer[0].values.name)
        raise BadInput("", f"expected dense initializers, found a sparse one: {name}")
    stored: dict[str, _Stored] = {}
    for tensor in graph.initializer:
        if tensor.name in stored:
            raise BadInput(f"initializer {displayed(tensor.name)}", "expected a new name, found this one again")
        stored[tensor.name] = _Stored(tensor)
    return stored


def _draw_inputs(drawing: Drawing, graph: Any, constants: Mapping[str, _Stored], values: dict[str, Tensor]) -> tuple[Input, ...]:
    """The graph's inputs; one that has an initializer is a weight, as older files write it."""
    inputs = []
    for item in graph.input:
        if item.name in constants:
            continue
        place = f"input {displayed(item.name)}"
        with placed(place):
            sizes = _input_shape(item)
            within_budget(prod(sizes))
        if item.name in values:
            raise BadInput(place, "expected a new name, found this one again")
        drawing.title = item.name
        name = drawing.fresh()
        drawing.sizes[name] = prod(sizes)
        drawing.source = drawing.source or name
        values[item.name] = Variable(name, numpy.arange(prod(sizes)).reshape(sizes))
        inputs.append(Input(name, prod(sizes)))
    if not inputs:
        raise BadInput("", "expected at least one input, found none")
    return tuple(inputs)


def _input_shape(item: Any) -> list[int]:
    kind = item.type.tensor_type
    if not item.type.HasField("tensor_type") or kind.elem_type not in FLOATS:
        raise BadInput("", f"expected a floating-point tensor, found element type {kind.elem_type}")
    if not kind.HasField("shape"):
        raise BadInput("", "expected a shape, found none")
    sizes = []
    for index, entry in enumerate(kind.shape.dim):
        if entry.HasField("dim_value") and entry.dim_value > 0:
            sizes.append(entry.dim_value)
        elif index == 0 and len(kind.shape.dim) > 1 and not entry.HasField("dim_value"):
            sizes.append(1)
        else:
            found = entry.dim_value if entry.HasField("dim_value") else entry.dim_param or "no size"
            raise expected("", "a fixed size of at least 1 for every dimension but a leading batch dimension", found)
    return sizes


def _draw_node(drawing: Drawing, node: Any, opset: int, constants: Mapping[str, _Stored], values: dict[str, Tensor]) -> None:
    names = [name for name in node.output if name]
    place = f"node {displayed(node.name or next(iter(names), ''))}"
    try:
        operator, attributes = _operator(node)
        inputs = [_value(name, constants, values) if name else None for name in node.input]
        drawing.title = next(iter(names), "")
        results = operator.meaning(drawing, Call(node.op_type, inputs, attributes, len(node.output), opset))
        results = results if isinstance(results, list) else [results]
    except DepthproofError as error:
        raise type(error)(f"{place}: {error.where}" if error.where else place, error.reason) from None
    for name, value in zip(node.output, results, strict=False):
        if name in values or name in constants:
            raise BadInput(place, f"expected a new name, found {displayed(name)} again")
        if name:
            values[name] = value


def _operator(node: Any) -> tuple[Operator, dict[str, Any]]:
    """The row of the operator, and the attributes with its defaults filled in."""
    title = node.op_type if node.domain in ("", "ai.onnx") else f"{node.domain}.{node.op_type}"
    if title not in OPERATORS:
        raise BadInput("", f"expected a piecewise-linear operator, found {displayed(title)[1:-1]}")
    operator = OPERATORS[title]
    least, most = operator.inputs
    if not least <= len(node.input) <= most:
        raise BadInput("", f"expected {least} to {most} inputs of {title}, found {len(node.input)}")
    attributes = dict(operator.attributes)
    for attribute in node.attribute:
        if attribute.name not in attributes:
            allowed = (
                f"only the attributes {', '.join(operator.attributes)} of {title}"
                if operator.attributes
                else f"no attribute of {title}"
            )
            raise expected("", allowed, attribute.name)
        with placed(f"attribute {displayed(attribute.name)}"):
            attributes[attribute.name] = _attribute(attribute)
    return operator, attributes


def _attribute(attribute: Any) -> Any:
    """A float as the Fraction that it is, an int, a list of either, or a tensor as an array of Fractions."""
    kind = attribute.AttributeType.Name(attribute.type)
    wanted = ATTRIBUTES.get(attribute.name, "INT")
    if kind != wanted:
        raise expected("", f"an attribute of type {wanted}", kind)
    if kind == "INT" or kind == "INTS":
        return attribute.i if kind == "INT" else list(attribute.ints)
    if kind == "FLOAT" or kind == "FLOATS":
        return _finite(attribute.f) if kind == "FLOAT" else [_finite(value) for value in attribute.floats]
    return _array(attribute.t)


def _finite(value: float) -> Fraction:
    if value - value != 0:
        raise BadInput("", f"expected a finite number, found {value}")
    return Fraction(value)


def _value(name: str, constants: Mapping[str, _Stored], values: dict[str, Tensor]) -> Tensor:
    if name not in values:
        if name not in constants:
            raise BadInput("", f"expected the name of an input, initializer or earlier output, found {displayed(name)}")
        with placed(f"initializer {displayed(name)}"):
            values[name] = _array(constants[name].tensor)
    return values[name]


def _array(tensor: Any) -> Array:
    """A tensor as an array of Fractions. Raises `BadInput` for NaN, infinity, external data, and types that hold no numbers."""
    from onnx import numpy_helper

    if tensor.data_location == tensor.EXTERNAL or tensor.external_data:
        file = next((entry.value for entry in tensor.external_data if entry.key == "location"), "")
        raise BadInput("", f"expected weights inside the file, found them kept in another: {displayed(file)}")
    if tensor.data_type not in FLOATS and tensor.data_type not in WHOLES:
        raise BadInput("", f"expected numbers, found element type {tensor.data_type}")
    if min(tensor.dims, default=1) < 0:
        raise BadInput("", f"expected sizes of at least 0, found {min(tensor.dims)}")
    within_budget(prod(tensor.dims))
    try:
        array = numpy.asarray(numpy_helper.to_array(tensor))
    except (ValueError, TypeError) as error:
        raise BadInput("", f"expected {prod(tensor.dims)} entries, found {displayed(str(error))[1:-1]}") from None
    if tensor.data_type in FLOATS:
        with numpy.errstate(invalid="ignore"):  # a signalling NaN, refused below
            array = array.astype(numpy.float64)
        if not numpy.isfinite(array).all():
            position = "/".join(map(str, numpy.argwhere(~numpy.isfinite(array))[0]))
            raise BadInput(position and f"/{position}", f"expected a finite number, found {array[~numpy.isfinite(array)][0]}")
    return exact_array(array.ravel().tolist()).reshape(array.shape)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(displayed(name) for name in names[:8]) + (", …" if len(names) > 8 else "")
