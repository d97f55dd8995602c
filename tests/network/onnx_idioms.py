"""What exporters write, as small models: a name, nodes, constants, and the shape of the input x;
the result is y."""

from dataclasses import dataclass, field

import numpy
from onnx import TensorProto, helper, numpy_helper

F32, I64 = numpy.float32, numpy.int64
Nodes = list


def n(op, *inputs, out="y", domain="", **attributes):
    return helper.make_node(
        op, list(inputs), [out] if isinstance(out, str) else out, domain=domain, **attributes
    )


def f(*values, shape=None):
    return numpy.array(values, dtype=F32).reshape(shape if shape is not None else [len(values)])


def i(*values):
    return numpy.array(values, dtype=I64)


def number(value, kind=F32):
    return numpy.array(value, dtype=kind)


def grid(*shape):
    """Small dyadic numbers of both signs, with zeros."""
    count = int(numpy.prod(shape))
    entries = [((7 * k + k * k // 3) % 9 - 4) / 4 for k in range(count)]
    return numpy.array(entries, dtype=F32).reshape(shape)


@dataclass
class Idiom:
    nodes: Nodes
    constants: dict = field(default_factory=dict)
    shape: tuple = (1, 4)
    opset: int = 17
    rounded: bool = False  # whether the runtime's arithmetic rounds, so that a bound is wanted

    def model(self):
        info = [helper.make_tensor_value_info("x", TensorProto.FLOAT, self.shape)]
        out = [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)]
        stored = [numpy_helper.from_array(value, name) for name, value in self.constants.items()]
        graph = helper.make_graph(self.nodes, "g", info, out, stored)
        opsets = [helper.make_opsetid("", self.opset)]
        opsets += [helper.make_opsetid(domain, 1) for domain in ("com.microsoft", "ai.onnx.ml")]
        return helper.make_model(
            graph, opset_imports=opsets, ir_version=8 if self.opset < 20 else 9
        )
