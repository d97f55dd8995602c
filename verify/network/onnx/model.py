"""Reading ONNX: the graph is walked once, from constants and inputs to the chosen tensor, and drawn
in exact operations.

A symbolic batch size is 1. What does not fit is refused by name; nodes that the tensor does not
need are not looked at. The package `onnx` only decodes.
"""

from collections.abc import Sequence
from dataclasses import replace
from math import prod
from pathlib import Path
from typing import Any

import numpy

from ...kernel.errors import BadInput, DepthproofError, OverBudget, displayed, expected, placed
from ..network import Input, Network
from .drawing import Drawing
from .operators import OPERATORS, Operator
from .refused import REFUSED
from .stored import Stored, attribute_value, refuse_infinite
from .tensors import FLOATS, Call, Result, Tensor, Unread, Variable, within_budget

MOST_BYTES = 64_000_000


def read(data: bytes, output: str | None = None, folder: Path | None = None) -> Network:
    """The network of an ONNX model with one output, or that of the tensor of that name. Exact, but
    for what its `notes` say.

    Weights may be kept in a file in the model's folder, if that is given. Raises `BadInput` naming
    the node, input or initializer and the reason (an operator that is not piecewise linear, NaN or
    infinity, shapes that do not fit); `OverBudget` for a model or a tensor that is too large.
    """
    graph, opset = _graph(data)
    walk = _Walk(graph, opset, folder)
    wanted = walk.output(output)
    drawing = walk.drawing
    inputs = walk.draw_inputs()
    for node in walk.needed(wanted):
        walk.draw(node)
    result = walk.value(wanted)
    drawing.title = wanted
    last = drawing.flat(result)
    network = Network(inputs, tuple(drawing.nodes.values()), last).pruned
    return replace(network, notes=tuple(drawing.notes)) if drawing.notes else network


def _graph(data: bytes) -> tuple[Any, int]:
    """The graph of the model that the bytes encode, and the version of ONNX's own operators that it
    uses."""
    import onnx
    from google.protobuf.message import DecodeError

    if len(data) > MOST_BYTES:
        raise OverBudget("", f"{len(data)} bytes; at most {MOST_BYTES} are read")
    try:
        model = onnx.load_model_from_string(data)
    except DecodeError:
        raise BadInput(
            "", f"expected an ONNX model, found {len(data)} bytes that do not decode as one"
        ) from None
    if not model.HasField("graph") or not model.graph.output:
        raise BadInput("", f"expected an ONNX model, found {len(data)} bytes without a graph")
    if len(model.functions):
        model = _inlined(model)
    versions = [entry.version for entry in model.opset_import if entry.domain in ("", "ai.onnx")]
    return model.graph, max(versions, default=1)


def _inlined(model: Any) -> Any:
    """The model without functions of its own."""
    from onnx import inliner

    try:
        return inliner.inline_local_functions(model)
    except Exception as error:  # the package's own, of any kind
        (reason, *_) = str(error).splitlines() or [type(error).__name__]
        found = displayed(reason)[1:-1]
        raise BadInput("", f"expected functions that can be written out, found {found}") from None


class _Walk:
    """The graph with what has been drawn of it."""

    def __init__(self, graph: Any, opset: int, folder: Path | None) -> None:
        self.graph, self.opset, self.folder = graph, opset, folder
        self.drawing, self.values = Drawing(), dict[str, Result]()
        self.constants = _initializers(graph, folder)
        self.kinds = {name: stored.tensor.data_type for name, stored in self.constants.items()}
        self.producers = self._producers()

    def _producers(self) -> dict[str, Any]:
        made: dict[str, Any] = {}
        given = {item.name for item in self.graph.input}
        for node in self.graph.node:
            for name in filter(None, node.output):
                if name in made or name in self.constants or name in given:
                    place = f"node {displayed(node.name or name)}"
                    raise BadInput(place, f"expected a new name, found {displayed(name)} again")
                made[name] = node
        return made

    def output(self, name: str | None) -> str:
        """The chosen tensor: an output, or any other that a node gives."""
        names = [item.name for item in self.graph.output]
        if name is not None and name not in names and name not in self.producers:
            listed = _listed(names)
            wanted = f"a tensor of the graph such as its outputs {listed}"
            raise expected("", wanted, name)
        if name is None and len(names) != 1:
            found = f"found {len(names)}: {_listed(names)}"
            raise BadInput("", f"expected one output, {found}; choose one as FILE.onnx:NAME")
        return names[0] if name is None else name

    def needed(self, wanted: str) -> list[Any]:
        """The nodes that a path leads from to the tensor, each after those that it reads, whatever
        the file's order."""
        order: list[Any] = []
        state: dict[int, int] = {}  # 1: begun, 2: done
        stack = [wanted]
        while stack:
            node = self.producers.get(stack[-1])
            if node is None or state.get(id(node)) == 2:
                stack.pop()
                continue
            made = [name for name in node.input if name in self.producers]
            states = {name: state.get(id(self.producers[name])) for name in made}
            waiting = [name for name in made if states[name] != 2]
            if not waiting:
                state[id(node)] = 2
                order.append(node)
                stack.pop()
            elif state.get(id(node)) == 1 and 1 in states.values():
                raise BadInput(
                    f"node {displayed(node.name or node.output[0])}", "expected no cycle, found one"
                )
            else:
                state[id(node)] = 1
                stack += waiting
        return order

    def draw_inputs(self) -> tuple[Input, ...]:
        """The graph's inputs; one that has an initializer is a weight, as older files write it."""
        inputs = []
        for item in self.graph.input:
            if item.name in self.constants:
                continue
            place = f"input {displayed(item.name)}"
            with placed(place):
                sizes = _input_shape(item)
                within_budget(prod(sizes))
            if item.name in self.values:
                raise BadInput(place, "expected a new name, found this one again")
            self.drawing.title = item.name
            name = self.drawing.fresh()
            self.drawing.sizes[name] = prod(sizes)
            self.drawing.source = self.drawing.source or name
            self.values[item.name] = Variable(name, numpy.arange(prod(sizes)).reshape(sizes))
            inputs.append(Input(name, prod(sizes)))
        if not inputs:
            raise BadInput("", "expected at least one input, found none")
        return tuple(inputs)

    def draw(self, node: Any) -> None:
        names = [name for name in node.output if name]
        place = f"node {displayed(node.name or next(iter(names), ''))}"
        notes = len(self.drawing.notes)
        try:
            title, operator, attributes = _operator(node, self.folder)
            inputs = [self.value(name) if name else None for name in node.input]
            for name, value in zip(node.input, inputs, strict=True):
                where = f"initializer {displayed(name)}" if name in self.constants else ""
                with placed(where):
                    refuse_infinite(node.op_type, value)
            self.drawing.title = next(iter(names), "")
            kinds = [self.kinds.get(name) for name in node.input]
            call = Call(title, inputs, kinds, attributes, len(node.output), self.opset)
            results = operator.meaning(self.drawing, call)
        # numpy's, about sizes, and about more axes than it has
        except (ValueError, IndexError, OverflowError, RuntimeError) as error:
            raise expected(place, "inputs and attributes that fit together", str(error)) from None
        except MemoryError:
            raise OverBudget(place, "out of memory") from None
        except DepthproofError as error:
            where = f"{place}: {error.where}" if error.where else place
            raise type(error)(where, error.reason) from None
        self.drawing.notes[notes:] = [f"{place}: {note}" for note in self.drawing.notes[notes:]]
        if not isinstance(results, list):
            results = [results]
        for name, value in zip(node.output, results, strict=False):
            if name:
                self.values[name] = value
        self._kind_of_constant(node)

    def _kind_of_constant(self, node: Any) -> None:
        for attribute in node.attribute:
            if node.op_type == "Constant" and attribute.name == "value":
                self.kinds[node.output[0]] = attribute.t.data_type

    def value(self, name: str) -> Tensor:
        if name not in self.values:
            if name not in self.constants:
                raise expected("", "the name of an input, initializer or output", name)
            with placed(f"initializer {displayed(name)}"):
                self.values[name] = self.constants[name].array()
        found = self.values[name]
        if isinstance(found, Unread):
            raise BadInput("", f"expected another tensor, found {displayed(name)}: {found.reason}")
        return found


def _initializers(graph: Any, folder: Path | None) -> dict[str, Stored]:
    if graph.sparse_initializer:
        name = displayed(graph.sparse_initializer[0].values.name)
        raise BadInput("", f"expected dense initializers, found a sparse one: {name}")
    stored: dict[str, Stored] = {}
    for tensor in graph.initializer:
        if tensor.name in stored:
            raise BadInput(
                f"initializer {displayed(tensor.name)}", "expected a new name, found this one again"
            )
        stored[tensor.name] = Stored(tensor, folder)
    return stored


def _input_shape(item: Any) -> list[int]:
    kind = item.type.tensor_type
    if not item.type.HasField("tensor_type") or kind.elem_type not in FLOATS:
        raise BadInput("", f"expected a floating-point tensor, found element type {kind.elem_type}")
    if not kind.HasField("shape"):
        raise BadInput("", "expected a shape, found none")
    sizes = []
    for index, entry in enumerate(kind.shape.dim):
        known = entry.HasField("dim_value") and entry.dim_value != -1
        if known and entry.dim_value > 0:
            sizes.append(entry.dim_value)
        elif (
            index == 0 and len(kind.shape.dim) > 1 and not known
        ):  # older exporters write -1 for a batch
            sizes.append(1)
        else:
            found = entry.dim_value if entry.HasField("dim_value") else entry.dim_param or "no size"
            wanted = "a fixed size of at least 1 for every dimension but a leading batch dimension"
            raise expected("", wanted, found)
    return sizes


def _operator(node: Any, folder: Path | None) -> tuple[str, Operator, dict[str, Any]]:
    """The operator's name, its row, and the attributes with its defaults filled in."""
    title = node.op_type if node.domain in ("", "ai.onnx") else f"{node.domain}.{node.op_type}"
    if title not in OPERATORS:
        wanted = REFUSED.get(title, "an operator that is read here")
        raise BadInput("", f"expected {wanted}, found {displayed(title)[1:-1]}")
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
            attributes[attribute.name] = attribute_value(title, attribute, folder)
    return title, operator, attributes


def _listed(names: Sequence[str]) -> str:
    shown = [displayed(name) for name in names[:8]]
    if len(names) > 8:
        shown.append("…")
    return ", ".join(shown)
