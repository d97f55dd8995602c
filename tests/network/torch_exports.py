"""Modules of torch through both of its ONNX exporters, read, and compared with the runtime.

    python -m tests.network.torch_exports      (needs torch, onnxscript, onnxruntime)

At random points the exact values differ from the runtime's by its rounding alone: at most
(layers' sizes are small) 2^-16 of what the values' magnitudes add up to.
"""

import sys
import tempfile
import warnings
from collections import Counter
from fractions import Fraction
from pathlib import Path

import numpy
import onnxruntime
import torch
from torch import nn
from torch.nn import functional

from verify.exact import evaluate
from verify.kernel.errors import DepthproofError
from verify.network.onnx.model import read

POINTS = 4
S = nn.Sequential
IMAGE, LINE, FLAT = (1, 3, 8, 8), (1, 3, 12), (1, 6)


class Of(nn.Module):
    """A function of x as a module."""

    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, x):
        return self.function(x)


class Residual(nn.Module):
    def __init__(self):
        super().__init__()
        self.one, self.two = nn.Linear(6, 6), nn.Linear(6, 6)

    def forward(self, x):
        return torch.relu(self.two(torch.relu(self.one(x))) + x)


class Branches(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Conv2d(3, 2, 1), nn.Conv2d(3, 2, 3, padding=1)

    def forward(self, x):
        return torch.cat([torch.relu(self.a(x)), self.b(x)], 1).flatten(1)


def modules():
    """Names, modules, shapes of the input."""
    activations = {
        "ReLU": nn.ReLU(),
        "LeakyReLU": nn.LeakyReLU(0.125),
        "PReLU": nn.PReLU(6),
        "Hardtanh": nn.Hardtanh(),
        "ReLU6": nn.ReLU6(),
        "Hardsigmoid": nn.Hardsigmoid(),
        "Softshrink": nn.Softshrink(0.5),
        "Identity": nn.Identity(),
        "Threshold": nn.Threshold(0, 0),
        "Dropout": nn.Dropout(0.5),
        "RReLU": nn.RReLU(),
        "Hardshrink": nn.Hardshrink(0.5),
        "Hardswish": nn.Hardswish(),
        "GELU": nn.GELU(),
        "Sigmoid": nn.Sigmoid(),
        "Softmax": nn.Softmax(1),
    }  # fmt: skip
    for name, layer in activations.items():
        yield name, S(nn.Linear(6, 6), layer, nn.Linear(6, 3)), FLAT
    flat = nn.Flatten()
    pictures = {
        "Conv2d": nn.Conv2d(3, 4, 3),
        "Conv2d stride": nn.Conv2d(3, 4, 3, 2),
        "Conv2d pads": nn.Conv2d(3, 4, 3, 1, 1),
        "Conv2d dilated": nn.Conv2d(3, 4, 3, dilation=2),
        "Conv2d groups": nn.Conv2d(3, 6, 3, groups=3),
        "Conv2d no bias": nn.Conv2d(3, 4, 1, bias=False),
        "Conv2d same": nn.Conv2d(3, 4, 3, padding="same"),
        "Conv2d reflect": nn.Conv2d(3, 4, 3, padding=1, padding_mode="reflect"),
        "Conv2d replicate": nn.Conv2d(3, 4, 3, padding=1, padding_mode="replicate"),
        "ConvTranspose2d": nn.ConvTranspose2d(3, 2, 3),
        "ConvTranspose2d stride": nn.ConvTranspose2d(3, 2, 3, 2, 1, 1),
        "MaxPool2d": nn.MaxPool2d(2),
        "MaxPool2d pads": nn.MaxPool2d(3, 2, 1),
        "MaxPool2d ceil": nn.MaxPool2d(3, 2, ceil_mode=True),
        "AvgPool2d": nn.AvgPool2d(2),
        "AvgPool2d pads": nn.AvgPool2d(3, 2, 1),
        "AvgPool2d excl": nn.AvgPool2d(3, 2, 1, count_include_pad=False),
        "AdaptiveAvgPool2d": nn.AdaptiveAvgPool2d(1),
        "AdaptiveAvgPool2d 4": nn.AdaptiveAvgPool2d(4),
        "AdaptiveMaxPool2d": nn.AdaptiveMaxPool2d(2),
        "BatchNorm2d": nn.BatchNorm2d(3),
        "ZeroPad2d": nn.ZeroPad2d(1),
        "ReflectionPad2d": nn.ReflectionPad2d(1),
        "ReplicationPad2d": nn.ReplicationPad2d(1),
        "ConstantPad2d": nn.ConstantPad2d(1, 0.5),
        "PixelShuffle": S(nn.Conv2d(3, 4, 1), nn.PixelShuffle(2)),
        "PixelUnshuffle": nn.PixelUnshuffle(2),
        "Upsample nearest": nn.Upsample(scale_factor=2),
        "ChannelShuffle": S(nn.Conv2d(3, 4, 1), nn.ChannelShuffle(2)),
        "Upsample bilinear": nn.Upsample(scale_factor=2, mode="bilinear"),
        "Upsample corners": nn.Upsample(size=(5, 5), mode="bilinear", align_corners=True),
        "LayerNorm": nn.LayerNorm(8),
        "InstanceNorm2d": nn.InstanceNorm2d(3),
        "Unfold": nn.Unfold(2),
        "Fold": S(nn.Unfold(3), nn.Fold((8, 8), 3)),
        "Fold pads": S(nn.Unfold((2, 3), 2, 1, 2), nn.Fold((8, 8), (2, 3), 2, 1, 2)),
        "Unflatten": S(nn.Conv2d(3, 4, 1), nn.Unflatten(1, (2, 2))),
    }  # fmt: skip
    for name, layer in pictures.items():
        yield name, S(layer, nn.ReLU(), flat), IMAGE
    lines = {
        "Conv1d": nn.Conv1d(3, 4, 3),
        "ConvTranspose1d": nn.ConvTranspose1d(3, 2, 3),
        "MaxPool1d": nn.MaxPool1d(2),
        "AvgPool1d": nn.AvgPool1d(3),
        "BatchNorm1d": nn.BatchNorm1d(3),
        "Upsample linear": nn.Upsample(scale_factor=2, mode="linear"),
        "ConstantPad1d": nn.ConstantPad1d(1, 1.0),
    }  # fmt: skip
    for name, layer in lines.items():
        yield name, S(layer, nn.ReLU(), flat), LINE
    functions = {
        "abs": torch.abs,
        "neg": torch.neg,
        "max with 0": lambda x: torch.maximum(x, torch.zeros(())),
        "clamp": lambda x: x.clamp(-0.5, 0.75),
        "where": lambda x: torch.where(x > 0, x, 0.25 * x),
        "sign": lambda x: torch.sign(x) * x,
        "max": lambda x: x.max(1).values,
        "amin": lambda x: x.amin(1),
        "sum": lambda x: x.sum(1),
        "mean": lambda x: x.mean(1),
        "cumsum": lambda x: x.cumsum(1),
        "topk": lambda x: x.topk(2, 1).values,
        "sort": lambda x: x.sort(1).values,
        "flip": lambda x: x.flip(1),
        "roll": lambda x: x.roll(2, 1),
        "einsum": lambda x: torch.einsum("bi,ij->bj", x, torch.ones(6, 2)),
        "stack": lambda x: torch.stack([x, -x], 1).flatten(1),
        "chunk": lambda x: x.chunk(2, 1)[1],
        "tril": lambda x: torch.tril(x.reshape(1, 2, 3)).flatten(1),
        "slice": lambda x: x[:, ::2],
        "index": lambda x: x[:, [3, 1]],
        "repeat": lambda x: x.repeat(1, 2),
        "norm 1": lambda x: x.norm(1, dim=1),
        "linear, relu": lambda x: functional.relu(functional.linear(x, torch.ones(2, 6))),
        "square": lambda x: x * x,
        "softplus": functional.softplus,
        "a step times x": lambda x: torch.where(x > 0, torch.ones(()), torch.zeros(())) * x,
        "heaviside times x": lambda x: torch.heaviside(x, torch.zeros(1)) * x,
        "softshrink by sign": lambda x: torch.sign(x) * torch.relu(torch.abs(x) - 0.5),
        "a mask and its rest": lambda x: (x > 0).float() * x + (1 - (x > 0).float()) * 0.25 * x,
        "bends on both sides": lambda x: torch.where(x > 0, x.clamp(0, 0.5), torch.relu(-x - 0.25)),
        "sign that jumps": lambda x: torch.sign(x) * torch.relu(torch.abs(x) + 0.5),
        "clamp by tensors": lambda x: torch.clamp(x, -torch.ones(6), torch.linspace(0, 1, 6)),
        "masked_fill": lambda x: x.masked_fill(x < 0, 0.0),
        "masked_fill that jumps": lambda x: x.masked_fill(x < 0.5, 0.0),
        "aminmax": lambda x: torch.aminmax(x, dim=1).max,
        "topk smallest": lambda x: x.topk(3, 1, largest=False).values,
        "argmax": lambda x: x.argmax(1).float(),
        "pad negative": lambda x: functional.pad(x, (-1, 2)),
        "split": lambda x: torch.cat(x.split([1, 2, 3], 1)[::-1], 1),
        "gather": lambda x: x.gather(1, torch.tensor([[5, 0, 0]])),
        "diff": lambda x: x.diff(dim=1),
        "scatter": lambda x: torch.zeros(1, 6).scatter(1, torch.tensor([[0, 2, 5]]), x[:, :3]),
        "logsumexp": lambda x: x.logsumexp(1),
        "norm inf": lambda x: x.norm(float("inf"), dim=1),
    }  # fmt: skip
    for name, function in functions.items():
        yield name, Of(function), FLAT
    yield "residual", Residual(), FLAT
    yield "branches", Branches(), IMAGE


def outcome(module, shape, dynamo, folder):
    """right; refused, with the reason; not exported; or wrong."""
    path = Path(folder) / "model.onnx"
    try:
        torch.onnx.export(module, (torch.zeros(shape),), str(path), dynamo=dynamo, verbose=False)
    except Exception as error:
        return f"not exported: {type(error).__name__}"
    try:
        network = read(path.read_bytes(), folder=path.parent)
    except DepthproofError as error:
        return f"refused: {error}"
    session = onnxruntime.InferenceSession(str(path))
    for seed in range(POINTS):
        x = numpy.random.default_rng(seed).integers(-64, 65, shape) / 32
        x = x.astype(numpy.float32)
        (ours,) = (session.run(None, {session.get_inputs()[0].name: x})[0],)
        exact = evaluate(network, [Fraction(float(v)) for v in x.ravel()])
        seen = ours.ravel().tolist()
        if len(seen) != len(exact):
            return f"wrong: {len(exact)} outputs, not {len(seen)}"
        scale = 1 + max(abs(v) for v in seen)
        if any(abs(Fraction(v) - w) > Fraction(scale) / 2**16 for v, w in zip(seen, exact, strict=True)):
            return f"wrong at {x.ravel().tolist()}"
    return "right"


def main():
    warnings.simplefilter("ignore")
    torch.manual_seed(1)
    counts = Counter()
    for name, module, shape in modules():
        module.eval()
        for layer in module.modules():
            if isinstance(layer, nn.BatchNorm1d | nn.BatchNorm2d):
                layer.running_mean.uniform_(-1, 1)
                layer.running_var.uniform_(0.5, 2)
        for dynamo in (False, True):
            with tempfile.TemporaryDirectory() as folder:
                found = outcome(module, shape, dynamo, folder)
            kind = found.partition(":")[0].split(" at ")[0]
            counts[("new" if dynamo else "old"), kind] += 1
            if kind != "right":
                print(f"{name} ({'new' if dynamo else 'old'}): {found}"[:200], flush=True)
    for (exporter, kind), count in sorted(counts.items()):
        print(f"{exporter} exporter: {count} {kind}")
    return 1 if any(kind == "wrong" for _, kind in counts) else 0


if __name__ == "__main__":
    sys.exit(main())
