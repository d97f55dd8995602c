"""The fitted test networks: random first layers, and a last layer by least squares, close to a sawtooth.

Run as `python tests/networks/fit.py DIR`, with numpy and onnx. The number after "saw" is the number of compositions of the tent.
"""

import sys
from pathlib import Path

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

JOBS = [("fit64_saw4", (64,), 4, 1), ("fit24x24_saw3", (24, 24), 3, 3)]  # name, hidden widths, compositions, seed


def sawtooth(x: numpy.ndarray, k: int) -> numpy.ndarray:
    for _ in range(k):
        x = 2 * numpy.maximum(x, 0) - 2 * numpy.maximum(2 * x - 1, 0)
    return x


def fitted(widths: tuple[int, ...], k: int, seed: int) -> list[tuple[numpy.ndarray, numpy.ndarray]]:
    """The layers' weights (out, in) and biases."""
    chosen = numpy.random.default_rng(seed)
    x = numpy.linspace(0, 1, 4001)[:, None]
    layers, values = [], x
    for i, width in enumerate(widths):
        if i == 0:
            weight, bias = numpy.ones((width, 1)), -numpy.sort(chosen.uniform(0, 1, width))
            bias[0] = 0
        else:
            weight = chosen.normal(0, numpy.sqrt(2 / widths[i - 1]), (width, widths[i - 1]))
            bias = -numpy.median(values @ weight.T, axis=0) + chosen.normal(0, 0.1, width)
        layers.append((weight.astype(numpy.float32), bias.astype(numpy.float32)))
        values = numpy.maximum(values @ layers[-1][0].T + layers[-1][1], 0)
    columns = numpy.hstack([values, numpy.ones_like(x)])
    last = numpy.linalg.lstsq(columns, sawtooth(x, k), rcond=1e-6)[0].astype(numpy.float32)
    return [*layers, (last[:-1].T, last[-1])]


def model(name: str, layers: list[tuple[numpy.ndarray, numpy.ndarray]]) -> onnx.ModelProto:
    nodes, initializers, source = [], [], "x"
    for i, (weight, bias) in enumerate(layers):
        initializers += [numpy_helper.from_array(weight, f"W{i}"), numpy_helper.from_array(bias, f"b{i}")]
        last = i == len(layers) - 1
        nodes.append(helper.make_node("Gemm", [source, f"W{i}", f"b{i}"], ["y" if last else f"z{i}"], transB=1))
        if not last:
            nodes.append(helper.make_node("Relu", [f"z{i}"], [f"a{i}"]))
            source = f"a{i}"
    value = [helper.make_tensor_value_info(v, TensorProto.FLOAT, [1, 1]) for v in "xy"]
    graph = helper.make_graph(nodes, name, value[:1], value[1:], initializers)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)


if __name__ == "__main__":
    for name, widths, k, seed in JOBS:
        onnx.save(model(name, fitted(widths, k, seed)), Path(sys.argv[1]) / f"{name}.onnx")
