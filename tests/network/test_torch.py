"""Torch: a state_dict in safetensors, and Sequentials, read without torch; and against torch itself where it is installed."""

import json
import struct
from fractions import Fraction as F

import pytest

from verify.kernel.errors import BadInput, OverBudget
from verify.network import builders
from verify.network.network import Network
from verify.network.torch_modules import from_torch, read

from .naive import value


def stored(tensors, **changes):
    """A safetensors file of {name: (shape, flat float32 entries)}."""
    header, numbers = {"__metadata__": {"format": "pt"}}, b""
    for name, (shape, entries) in tensors.items():
        data = struct.pack(f"<{len(entries)}f", *entries)
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [len(numbers), len(numbers) + len(data)]} | changes
        numbers += data
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + numbers


TENT = {"0.weight": ([2, 1], [1, 2]), "0.bias": ([2], [0, -1]), "2.weight": ([1, 2], [2, -2]), "2.bias": ([1], [0])}


def test_a_state_dict_is_a_dense_network():
    assert read(stored(TENT)).sha256 == builders.tent().sha256


def test_the_order_of_the_tensors_and_a_missing_bias_do_not_matter():
    tensors = {name: TENT[name] for name in ("2.weight", "0.bias", "0.weight")}
    assert read(stored(tensors)).sha256 == builders.tent().sha256


def test_the_tenth_layer_comes_after_the_second():
    tensors = {"10.weight": ([1, 1], [3]), "2.weight": ([1, 1], [1]), "2.bias": ([1], [1])}
    assert value(read(stored(tensors)), [F(1)]) == [6]


def test_weights_are_the_binary_fractions_that_they_are():
    assert value(read(stored({"0.weight": ([1, 1], [0.1])})), [F(1)]) == [F(13421773, 134217728)]


@pytest.mark.parametrize(
    ("dtype", "data", "number"),
    [("F16", b"\x66\x2e", F(819, 8192)), ("BF16", b"\xcd\x3d", F(205, 2048)), ("F64", struct.pack("<d", 0.1), F(0.1))],
)
def test_other_floats(dtype, data, number):
    text = json.dumps({"0.weight": {"dtype": dtype, "shape": [1, 1], "data_offsets": [0, len(data)]}}).encode()
    assert value(read(struct.pack("<Q", len(text)) + text + data), [F(1)]) == [number]


def test_files_of_the_package_safetensors():
    numpy = pytest.importorskip("numpy")
    written = pytest.importorskip("safetensors.numpy", reason="wants the package safetensors").save
    tensors = {name: numpy.array(entries, dtype="float32").reshape(shape) for name, (shape, entries) in TENT.items()}
    assert read(written(tensors, metadata={"format": "pt"})).sha256 == builders.tent().sha256


REFUSED = {
    "layer 1 next to it": stored({"0.weight": ([1, 1], [1]), "1.weight": ([1, 1], [1])}),
    'found "fc1.weight"': stored({"fc1.weight": ([1, 1], [1])}),
    'found "0.running_mean"': stored({"0.running_mean": ([1], [1])}),
    'found "0.0.weight"': stored({"0.0.weight": ([1, 1], [1])}),
    "found shape [1]": stored({"0.weight": ([1], [1])}),
    "beside the bias": stored({"0.bias": ([1], [1])}),
    "expected shape [1], found [2]": stored({"0.weight": ([1, 1], [1]), "0.bias": ([2], [1, 1])}),
    "finite number, found nan": stored({"0.weight": ([1, 2], [1, float("nan")])}),
    "finite number, found inf": stored({"0.weight": ([1, 1], [float("inf")])}),
    'a dtype among F64, F32, F16, BF16, found "I64"': stored({"0.weight": ([1, 1], [1])}, dtype="I64"),
    "found shape [2, 3] of F32": stored({"0.weight": ([1, 1], [1])}, shape=[2, 3]),
    "a shape of whole numbers": stored({"0.weight": ([1, 1], [1])}, shape=[True, 1]),
    "two data_offsets within": stored({"0.weight": ([1, 1], [1])}, data_offsets=[0, 400]),
    "at least one layer": stored({}),
    "found the length": struct.pack("<Q", 2**63) + b"{}",
    "found 0 bytes": b"",
    "bytes of numbers": stored(TENT) + b"\0",
    "expected an object, found a list": struct.pack("<Q", 2) + b"[]",
    "expected JSON": struct.pack("<Q", 2) + b"{,",
    "each key once": struct.pack("<Q", 17) + b'{"a": {},"a": {}}',
}


@pytest.mark.parametrize("reason", REFUSED)
def test_refused(reason):
    with pytest.raises(BadInput) as refused:
        read(REFUSED[reason])
    assert reason in str(refused.value)
    assert "\n" not in str(refused.value)


def test_layers_that_do_not_fit():
    with pytest.raises(BadInput, match="/nodes/2/weight/0"):
        read(stored({"0.weight": ([2, 1], [1, 2]), "2.weight": ([1, 3], [1, 1, 1])}))


def test_deep_headers_are_over_budget():
    header = b"[" * 70 + b"]" * 70
    with pytest.raises(OverBudget):
        read(struct.pack("<Q", len(header)) + header)


# Sequentials. Stand-ins have torch's class names, module names and attributes.


class Numbers:
    """A tensor's stand-in."""

    def __init__(self, entries):
        self.entries = entries

    def detach(self):
        return self

    cpu = detach

    def tolist(self):
        return self.entries


class Sequence:
    def __init__(self, *parts):
        self.parts = parts

    def __iter__(self):
        return iter(self.parts)


def layer(kind, *parts, **attributes):
    made = type(kind, (Sequence,), {"__module__": "torch.nn.modules.made_up"})(*parts)
    for name, attribute in attributes.items():
        setattr(made, name, attribute)
    return made


def linear(weight, bias=None):
    return layer("Linear", weight=Numbers(weight), bias=None if bias is None else Numbers(bias), in_features=len(weight[0]))


def tent():
    return layer("Sequential", linear([[1.0], [2.0]], [0.0, -1.0]), layer("ReLU"), linear([[2.0, -2.0]]))


def test_from_torch():
    assert Network.from_torch(tent()).sha256 == builders.tent().sha256
    assert from_torch(linear([[1.5]])).sha256 == builders.affine([[F(3, 2)]], [0]).sha256


def test_nested_sequentials_and_layers_that_do_nothing():
    nothing = [layer("Flatten"), layer("Identity"), layer("Dropout", training=False)]
    network = from_torch(layer("Sequential", *nothing, tent(), layer("Sequential", layer("Sequential", *nothing), tent())))
    assert network.sha256 == builders.sawtooth(2).sha256


ACTIVATIONS = {
    "ReLU": ({}, lambda x: max(x, 0)),
    "LeakyReLU": ({"negative_slope": 0.1}, lambda x: x if x > 0 else F(0.1) * x),
    "Hardtanh": ({"min_val": -1.0, "max_val": 0.5}, lambda x: min(max(x, -1), F(1, 2))),
    "ReLU6": ({}, lambda x: min(max(x, 0), 6)),
    "Hardsigmoid": ({}, lambda x: min(max(x / 6 + F(1, 2), 0), 1)),
    "PReLU": ({"weight": Numbers([0.25])}, lambda x: x if x > 0 else x / 4),
}


@pytest.mark.parametrize("kind", ACTIVATIONS)
@pytest.mark.parametrize("x", [F(0), F(-1), F(1, 3), F(-7, 2), F(7), F(6), F(1, 2), F(-3), F(3)])
def test_activations(kind, x):
    attributes, function = ACTIVATIONS[kind]
    network = from_torch(layer("Sequential", linear([[1.0], [-1.0]]), layer(kind, **attributes)))
    assert value(network, [x]) == [function(x), function(-x)]


def test_prelu_with_a_slope_an_entry():
    network = from_torch(layer("Sequential", linear([[1.0], [1.0]]), layer("PReLU", weight=Numbers([0.5, -2.0]))))
    assert value(network, [F(-3)]) == [F(-3, 2), 6]
    assert value(network, [F(3)]) == [3, 3]


class Linear:
    """A user's class with torch's name."""


REFUSED_MODULES = {
    "layer 1: expected one of torch.nn's": layer("Sequential", linear([[1.0]]), layer("Sigmoid")),
    "layer 1.0: expected one of torch.nn's": layer("Sequential", linear([[1.0]]), layer("Sequential", layer("Tanh"))),
    "found Linear": Linear(),
    "layer 1: expected Dropout in eval mode": layer("Sequential", linear([[1.0]]), layer("Dropout", training=True)),
    "without hooks": layer("Sequential", linear([[1.0]]), layer("ReLU", _forward_hooks={0: print})),
    "layer 0: expected a finite number": layer("Sequential", linear([[float("nan")]])),
    "layer 1: expected a finite number": layer(
        "Sequential", linear([[1.0]]), layer("Hardtanh", min_val=0.0, max_val=float("inf"))
    ),
    "a Sequential with one": layer("Sequential", layer("ReLU")),
    "layer 1: expected 1 or 1 slopes": layer("Sequential", linear([[1.0]]), layer("PReLU", weight=Numbers([1.0, 2.0]))),
    "/nodes/1/weight/0": layer("Sequential", linear([[1.0]]), linear([[1.0, 1.0]])),
}


@pytest.mark.parametrize("reason", REFUSED_MODULES)
def test_refused_modules(reason):
    with pytest.raises(BadInput) as refused:
        from_torch(REFUSED_MODULES[reason])
    assert reason in str(refused.value)
    assert "\n" not in str(refused.value)


# With torch itself


def torch_sequential(torch):
    nn = torch.nn
    layers = [nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 4), nn.LeakyReLU(0.25), nn.PReLU(4), nn.Linear(4, 4, bias=False)]
    layers += [nn.Sequential(nn.Hardtanh(-0.5, 2.0), nn.Dropout(), nn.Linear(4, 2)), nn.ReLU6(), nn.Identity(), nn.Flatten()]
    module = nn.Sequential(*layers).eval()
    torch.manual_seed(0)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(torch.randint(-8, 9, parameter.shape) / 4)
    return module


def test_torch_agrees():
    torch = pytest.importorskip("torch", reason="wants torch")
    module = torch_sequential(torch)
    network = from_torch(module)
    for i in range(30):
        point = [((7 * i + 5 * j + i * i * j) % 17 - 8) / 4 for j in range(3)]
        wanted = module.double()(torch.tensor([point], dtype=torch.float64))[0].tolist()
        assert value(network, [F(x) for x in point]) == [F(x) for x in wanted]


def test_torch_state_dicts_agree():
    torch = pytest.importorskip("torch", reason="wants torch")
    save = pytest.importorskip("safetensors.torch", reason="wants the package safetensors").save
    module = torch.nn.Sequential(torch.nn.Linear(2, 5), torch.nn.ReLU(), torch.nn.Linear(5, 1))
    assert read(save(module.state_dict())).sha256 == from_torch(module).sha256


@pytest.mark.parametrize("kind", ["float16", "bfloat16", "float32", "float64"])
def test_torch_weights_are_exact(kind):
    torch = pytest.importorskip("torch", reason="wants torch")
    module = torch.nn.Linear(1, 1, bias=False).to(getattr(torch, kind))
    assert value(from_torch(module), [F(1)]) == [F(module.weight.double().item())]
