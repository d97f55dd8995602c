"""Files that are not networks: name, bytes, where the complaint points, and a part of its reason. Each costs moments only."""

import contextlib
import json
import struct
from collections.abc import Iterator

TENT = {
    "format": "relu-network/1",
    "inputs": [{"name": "x", "size": 1}],
    "nodes": [
        {"name": "z", "op": "Gemm", "inputs": ["x"], "weight": [["1"], ["2"]], "bias": ["0", "-1"]},
        {"name": "a", "op": "Relu", "inputs": ["z"]},
        {"name": "y", "op": "Gemm", "inputs": ["a"], "weight": [["2", "-2"]], "bias": ["0"]},
    ],
    "output": "y",
}
GOOD = json.dumps(TENT)
Row = tuple[str, bytes, str, str]


def changed(pointer: str, value: object) -> bytes:
    """The tent with another value at a place; `...` removes the key."""
    tree = json.loads(GOOD)
    *path, last = [int(part) if part.isdigit() else part for part in pointer.split("/")[1:]]
    place = tree
    for part in path:
        place = place[part]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return json.dumps(tree).encode()


def put(old: str, new: str) -> bytes:
    assert old in GOOD
    return GOOD.replace(old, new, 1).encode()


def json_text() -> Iterator[Row]:
    yield "empty.json", b"", "line 1 column 1", 'expected JSON (Expecting value), found "the end"'
    yield "blank.json", b" \n\t ", "line 2 column 3", 'expected JSON (Expecting value), found "the end"'
    yield "cut.json", GOOD[:100].encode(), "line 1 column", "expected JSON"
    yield "two.json", (GOOD + GOOD).encode(), "line 1 column", "Extra data"
    yield "comma.json", put('"output": "y"', '"output": "y",'), "line 1 column", "expected JSON"
    yield "single_quotes.json", GOOD.replace('"', "'").encode(), "line 1 column 2", "expected JSON"
    yield "comment.json", b"// the tent\n" + GOOD.encode(), "line 1 column 1", "expected JSON"
    yield "control.json", put('"z"', '"z\n"'), "line 1 column", "Invalid control character"
    yield "bom.json", b"\xef\xbb\xbf" + GOOD.encode(), "line 1 column 1", "BOM"
    yield "utf16.json", GOOD.encode("utf-16"), "", 'expected UTF-8, found "0xff at byte 0"'
    yield "utf16le.json", GOOD.encode("utf-16-le"), "line 1 column 2", "expected JSON"
    yield "latin1.json", put('"z"', '"é"').decode().encode("latin-1"), "", 'expected UTF-8, found "0xe9 at byte '
    yield "surrogate.json", put('"z"', '"\\ud800"'), "/nodes/0/name", "a lone surrogate"
    yield "surrogate_key.json", put('"output"', '"\\udfff"'), "/", "udfff"
    yield "nan.json", put('"-1"', "NaN"), "line 1 column 163", "found \"NaN"
    yield "infinity.json", put('"-1"', "-Infinity"), "line 1 column 163", "found \"-Infinity"
    yield "1e400.json", put('"-1"', "1e400"), "line 1 column 163", "found \"1e400"
    yield "float.json", put('"-1"', "0.5"), "line 1 column 163", "found \"0.5"
    yield "long_integer.json", put('"-1"', "9" * 5000), "line 1 column 163", "at most 18 digits"
    yield "repeated_key.json", put('"output": "y"', '"output": "y", "output": "z"'), "", 'expected each key once, found "output"'
    yield "repeated_format.json", put('"format"', '"format": 0, "format"'), "", 'expected each key once, found "format"'
    yield "deep_arrays.json", b"[" * 100_000 + b"]" * 100_000, "", "nested more than 60 deep"
    yield "deep_objects.json", b'{"a":' * 50_000 + b"1" + b"}" * 50_000, "", "nested more than 60 deep"
    yield "deep_unclosed.json", b"[" * 2_000_000, "", "nested more than 60 deep"
    yield "wide.json", b"[" + b"[]," * 300_000 + b"[]]", "", "expected an object, found a list of 300001"
    yield "quotes.json", b'"' + b'\\"' * 1_000_000, "line 1 column 1", "expected JSON"
    yield "large.json", b" " * 16_000_001, "", "more than 8000000 bytes"


def json_shape() -> Iterator[Row]:
    yield "list.json", b"[]", "/", "expected an object, found a list of 0"
    yield "null.json", b"null", "/", "expected an object, found null"
    yield "text.json", b'"tent"', "/", 'expected an object, found "tent"'
    yield "empty_object.json", b"{}", "/", 'expected the key "inputs"'
    yield "no_format.json", changed("/format", ...), "/format", "found null"
    yield "other_format.json", changed("/format", "relu-network/2"), "/format", 'expected "relu-network/1"'
    yield "no_output.json", changed("/output", ...), "/", 'expected the key "output"'
    yield "unknown_key.json", changed("/comment", "hello"), "/", 'found "comment"'
    yield "key_of_control.json", changed("/\n\x1b[31m", "hello"), "/", r"\n\u001b[31m"
    yield "no_inputs.json", changed("/inputs", []), "/inputs", "expected at least one input"
    yield "inputs_object.json", changed("/inputs", {}), "/inputs", "expected a list"
    yield "size_zero.json", changed("/inputs/0/size", 0), "/inputs/0/size", "an integer of at least 1, found 0"
    yield "size_negative.json", changed("/inputs/0/size", -3), "/inputs/0/size", "found -3"
    yield "size_true.json", changed("/inputs/0/size", True), "/inputs/0/size", "found true"
    yield "size_text.json", changed("/inputs/0/size", "1"), "/inputs/0/size", 'found "1"'
    yield "size_huge.json", changed("/inputs/0/size", 10**15), "/inputs/0/size", "found 1000000000000000"
    yield "name_number.json", changed("/nodes/0/name", 5), "/nodes/0/name", "a name of 1 to 200 characters"
    yield "name_empty.json", changed("/nodes/0/name", ""), "/nodes/0/name", "a name of 1 to 200 characters"
    yield "name_long.json", changed("/nodes/0/name", "z" * 10_000), "/nodes/0/name", "a name of 1 to 200 characters"
    yield "name_repeated.json", changed("/nodes/1/name", "z"), "/nodes/1/name", 'found "z" again'
    yield "name_of_input.json", changed("/nodes/1/name", "x"), "/nodes/1/name", 'found "x" again'
    yield "dangling.json", changed("/nodes/1/inputs/0", "w"), "/nodes/1/inputs/0", 'found "w"'
    yield "dangling_control.json", changed("/nodes/1/inputs/0", "w\n\r\x1b[2J\u2028"), "/nodes/1/inputs/0", r"w\n\r\u001b[2J\u2028"
    yield "dangling_output.json", changed("/output", "w"), "/output", 'found "w"'
    yield "own_input.json", changed("/nodes/1/inputs/0", "a"), "/nodes/1/inputs", "expected no cycle"
    yield "cycle.json", changed("/nodes/0/inputs/0", "a"), "/inputs", "expected no cycle"
    yield "op_unknown.json", changed("/nodes/1/op", "Relux"), "/nodes/1/op", 'found "Relux"'
    yield "op_sigmoid.json", changed("/nodes/1/op", "Sigmoid"), "/nodes/1/op", 'found "Sigmoid"'
    yield "op_case.json", changed("/nodes/1/op", "relu"), "/nodes/1/op", 'found "relu"'
    yield "op_null.json", changed("/nodes/1/op", None), "/nodes/1/op", "found null"
    yield "op_list.json", changed("/nodes/1/op", ["Relu"]), "/nodes/1/op", "found a list of 1"
    yield "node_list.json", changed("/nodes/1", ["Relu"]), "/nodes/1", "expected an object"
    yield "no_weight.json", changed("/nodes/0/weight", ...), "/nodes/0", 'expected the key "weight"'
    yield "relu_with_weight.json", changed("/nodes/1/weight", [["1"]]), "/nodes/1", 'found "weight"'
    yield "arity.json", changed("/nodes/1/inputs", ["z", "x"]), "/nodes/1/inputs", "expected 1 for Relu, found 2"
    yield "arity_zero.json", changed("/nodes/1/inputs", []), "/nodes/1/inputs", "found 0"
    yield "inputs_text.json", changed("/nodes/1/inputs", "z"), "/nodes/1/inputs", "expected a list"
    yield "zero_rows.json", changed("/nodes/0/weight", []), "/nodes/0/weight", "not empty"
    yield "zero_columns.json", changed("/nodes/0/weight", [[], []]), "/nodes/0/weight/0", "not empty"
    yield "ragged.json", changed("/nodes/0/weight", [["1"], ["1", "2"]]), "/nodes/0/weight/1", "expected 1 entries"
    yield "flat_weight.json", changed("/nodes/0/weight", ["1", "2"]), "/nodes/0/weight/0", "expected a list"
    yield "transposed.json", changed("/nodes/2/weight", [["2"], ["-2"]]), "/nodes/2/weight/0", "expected 2 entries"
    yield "short_bias.json", changed("/nodes/0/bias", ["0"]), "/nodes/0/bias", "expected 2 entries"
    many = [{"name": f"c{i}", "op": "Concat", "inputs": ["x" if i == 0 else f"c{i - 1}"] * 2} for i in range(80)]
    yield "doubling.json", json.dumps({**TENT, "nodes": many, "output": "c79"}).encode(), "/nodes/21", "4194304 entries"


NUMBERS = {
    "1e3": "1e3",
    "decimal": "0.5",
    "plus": "+1",
    "minus_zero": "-0",
    "leading_zero": "01",
    "zero_over": "0/5",
    "over_zero": "1/0",
    "over_negative": "1/-3",
    "over_one": "3/1",
    "unreduced": "2/4",
    "space": " 1",
    "newline": "1\n",
    "underscore": "1_0",
    "arabic": "\u0661",
    "fullwidth": "\uff11",
    "hexadecimal": "0x1",
    "nan": "nan",
    "infinity": "inf",
    "exponent_bomb": "1e300000000",
    "empty": "",
    "code": "__import__('os')",
    "two_slashes": "1/2/3",
    "null": "1\0",
}


def json_numbers() -> Iterator[Row]:
    for name, text in NUMBERS.items():
        yield f"number_{name}.json", changed("/nodes/0/bias/1", text), "/nodes/0/bias/1", "expected "
    for name, value in {"true": True, "int": 1, "none": None, "list": ["1"], "object": {"p": "1"}}.items():
        yield f"number_is_{name}.json", changed("/nodes/0/bias/1", value), "/nodes/0/bias/1", "expected a rational"
    yield "number_long.json", changed("/nodes/0/bias/1", "7" * 20_001), "/nodes/0/bias/1", "a number of more than 20000 digits"
    clip = {"name": "a", "op": "Clip", "inputs": ["z"], "min": "1", "max": "-1"}
    yield "clip_crossed.json", changed("/nodes/1", clip), "/nodes/1/min", "expected at most max"


NNET = "2,1,1,1\n1,1,1\n0\n0\n0\n0\n0\n1\n0\n1\n0\n"


def nnet() -> Iterator[Row]:
    yield "empty.nnet", b"", "", "found the end of the file"
    yield "comments.nnet", b"// one\n// two\n", "", "expected the number of layers"
    yield "missing_lines.nnet", NNET.rsplit("\n", 2)[0].encode(), "", "a bias of layer 2, found the end of the file"
    yield "surplus.nnet", (NNET + "7\n").encode(), "line 12", "expected the end of the file"
    yield "nan.nnet", NNET.replace("0\n1\n0\n1\n0\n", "0\nnan\n0\n1\n0\n").encode(), "line 8", 'found "nan"'
    yield "wide_row.nnet", NNET.replace("0\n1\n0\n1\n0\n", "0\n1,1\n0\n1\n0\n").encode(), "line 8", "expected 1 numbers"
    yield "exponent_bomb.nnet", NNET.replace("0\n1\n0\n1\n0\n", "0\n1e99999\n0\n1\n0\n").encode(), "line 8", 'found "1e99999"'
    yield "negative_size.nnet", NNET.replace("1,1,1\n0", "1,-1,1\n0").encode(), "line 2", 'found "-1"'
    yield "zero_size.nnet", NNET.replace("1,1,1\n0", "1,0,1\n0").encode(), "line 2", "sizes of at least 1"
    yield "huge_size.nnet", b"1,999999999,999999999,1\n999999999,999999999\n", "line 2", "999999998000000001 weights"
    yield "huge_count.nnet", b"999999999\n", "line 1", "number of layers from 1 to 1000"
    yield "zero_range.nnet", NNET.replace("0\n1\n0\n1\n0\n", "1,0\n1\n0\n1\n0\n").encode(), "line 7", "that are not 0"
    yield "utf16.nnet", NNET.encode("utf-16"), "line 1", "expected ASCII text, found byte 0xff"
    yield "binary.nnet", bytes(range(256)), "line", "expected"


def safetensors(header: object, data: bytes = b"") -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


def tensor(shape: list[object], start: int = 0, end: int = 4, dtype: object = "F32") -> dict[str, object]:
    return {"dtype": dtype, "shape": shape, "data_offsets": [start, end]}


def safetensors_files() -> Iterator[Row]:
    one, nan = struct.pack("<f", 1), struct.pack("<f", float("nan"))
    yield "empty.safetensors", b"", "", "found 0 bytes"
    yield "short.safetensors", b"\1\0\0", "", "found 3 bytes"
    yield "huge_header.safetensors", b"\xff" * 8 + b"{}", "", "found the length 18446744073709551615"
    yield "bad_header.safetensors", safetensors(b"{'0.weight'}"), "header: line 1", "expected JSON"
    yield "list_header.safetensors", safetensors([]), "header", "expected an object"
    yield "pickle.safetensors", b"\x80\x02}q\x00X\x08\x00\x00\x00", "", "found the length"
    yield "nan.safetensors", safetensors({"0.weight": tensor([1, 1])}, nan), "entry 0", "found nan"
    yield (
        "names.safetensors",
        safetensors({"fc.weight": tensor([1, 1])}, one),
        'tensor "fc.weight"',
        "a Sequential's Linear layer",
    )
    yield "control_name.safetensors", safetensors({"a\nb": tensor([1, 1])}, one), r'tensor "a\nb"', "a Sequential's Linear layer"
    yield "integers.safetensors", safetensors({"0.weight": tensor([1, 1], dtype="I32")}, one), 'tensor "0.weight"', 'found "I32"'
    yield (
        "dtype_list.safetensors",
        safetensors({"0.weight": tensor([1, 1], dtype=[])}, one),
        'tensor "0.weight"',
        "found a list of 0",
    )
    yield (
        "negative_shape.safetensors",
        safetensors({"0.weight": tensor([-1, -1])}, one),
        'tensor "0.weight"',
        "a shape of whole numbers",
    )
    yield (
        "huge_shape.safetensors",
        safetensors({"0.weight": tensor([10**9, 10**9])}, one),
        'tensor "0.weight"',
        "expected 4 bytes",
    )
    yield "beyond.safetensors", safetensors({"0.weight": tensor([1, 1], 0, 8)}, one), 'tensor "0.weight"', "within 4 bytes"
    yield (
        "overlap.safetensors",
        safetensors({"0.weight": tensor([1, 1]), "0.bias": tensor([1])}, one),
        "tensor",
        "to start at byte 4",
    )
    yield "trailing.safetensors", safetensors({"0.weight": tensor([1, 1])}, one + one), "", "bytes of numbers"
    yield "vector.safetensors", safetensors({"0.weight": tensor([1])}, one), 'tensor "0.weight"', "the matrix of a Linear layer"
    yield (
        "zero_layer.safetensors",
        safetensors({"0.weight": tensor([0, 1], 0, 0)}),
        'tensor "0.weight"',
        "the matrix of a Linear layer",
    )


def onnx_files() -> Iterator[Row]:
    """Needs the package onnx."""
    import onnx
    from onnx import TensorProto, helper

    def model(nodes, weights=(), inputs=(("x", [1, 1]),), outputs=("y",), kind=TensorProto.FLOAT) -> onnx.ModelProto:
        info = [helper.make_tensor_value_info(name, kind, shape) for name, shape in inputs]
        out = [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs]
        return helper.make_model(
            helper.make_graph(nodes, "g", info, out, list(weights)), opset_imports=[helper.make_opsetid("", 20)]
        )

    def node(op, *inputs, out="y", **more):
        return helper.make_node(op, inputs, [out], **{"name": "it", **more})

    def weight(*values, shape=None, kind=TensorProto.FLOAT):
        return helper.make_tensor("w", kind, [1, len(values)] if shape is None else shape, values)

    matmul = [node("MatMul", "x", "w")]
    whole = model(matmul, [weight(2.0)]).SerializeToString()
    yield "empty.onnx", b"", "", "expected an ONNX model, found 0 bytes"
    yield "text.onnx", b"this is not a model", "", "expected an ONNX model"
    yield "json.onnx", GOOD.encode(), "", "expected an ONNX model"
    yield "truncated.onnx", whole[: len(whole) // 2], "", "expected an ONNX model"
    yield "no_graph.onnx", helper.make_model(onnx.GraphProto()).SerializeToString(), "", "without a graph"
    for op in ("Sigmoid", "Tanh", "Softplus", "Exp", "Erf", "Gelu", "Elu", "Sqrt", "Reciprocal", "Softmax"):
        yield f"{op}.onnx", model([node(op, "x")]).SerializeToString(), 'node "it"', f"a piecewise-linear operator, found {op}"
    yield "Sign.onnx", model([node("Sign", "x")]).SerializeToString(), "", "found Sign, or a step, of the input"
    for op in ("Floor", "Round", "ArgMax"):
        yield f"{op}.onnx", model([node(op, "x")]).SerializeToString(), 'node "it"', f"that is continuous in its inputs, found {op}"
    jump = model([node("ThresholdedRelu", "x")])
    yield "ThresholdedRelu.onnx", jump.SerializeToString(), 'node "it"', "a continuous function, found ThresholdedRelu with alpha 1"
    yield "Conv.onnx", model([node("Conv", "x", "w")], [weight(1.0)]).SerializeToString(), 'node "it"', "at least one axis for Conv"
    yield "Loop.onnx", model([node("Loop", "x")]).SerializeToString(), 'node "it"', "an operator that is read here, found Loop"
    yield "control_op.onnx", model([node("Si\n\x1b[1mg", "x")]).SerializeToString(), 'node "it"', r"found Si\n\u001b[1mg"
    yield (
        "domain.onnx",
        model([node("Relu", "x", domain="com.example")]).SerializeToString(),
        'node "it"',
        "found com.example.Relu",
    )
    control = model([node("Tanh", "x", name="a\n\x1b[2Jb\u202e")])
    yield "control_name.onnx", control.SerializeToString(), r'node "a\n\u001b[2Jb\u202e"', "found Tanh"
    for name, value in (("nan", float("nan")), ("infinity", float("inf"))):
        yield f"{name}.onnx", model(matmul, [weight(1.0, value)]).SerializeToString(), 'initializer "w": /0/1', "a finite number"
        slope = model([node("LeakyRelu", "x", alpha=value)])
        yield f"{name}_slope.onnx", slope.SerializeToString(), 'attribute "alpha"', "a finite number"
    outside = onnx.TensorProto(name="w", dims=[1, 1], data_type=1, data_location=onnx.TensorProto.EXTERNAL)
    outside.external_data.add(key="location", value="model.onnx.data")
    yield "external.onnx", model(matmul, [outside]).SerializeToString(), 'initializer "w"', '"model.onnx.data" beside the model'
    for name, location in (("above", "../w"), ("inside", "a/../../w"), ("absolute", "/etc/passwd"), ("nowhere", ""), ("zero", "a\0b")):
        away = onnx.TensorProto(name="w", dims=[1, 1], data_type=1, data_location=onnx.TensorProto.EXTERNAL)
        away.external_data.add(key="location", value=location)
        made = model(matmul, [away]).SerializeToString()
        yield f"external_{name}.onnx", made, 'initializer "w"', "weights in the model's folder, found the path"
    short = onnx.TensorProto(name="w", dims=[1, 9], data_type=1, raw_data=b"\0\0\0\0")
    yield "short_weight.onnx", model(matmul, [short]).SerializeToString(), 'initializer "w"', "expected 9 entries"
    for name, dims in (("negative", [-1, -1]), ("huge", [2**31, 2**31]), ("zero", [1, 0]), ("empty", [0, 3])):
        bad = onnx.TensorProto(name="w", dims=dims, data_type=1)
        yield f"{name}_weight.onnx", model(matmul, [bad]).SerializeToString(), '"', "expected" if name != "huge" else "at most"
    yield "text_weight.onnx", model(matmul, [weight(b"a", kind=8)]).SerializeToString(), 'initializer "w"', "expected numbers"
    yield "unfit.onnx", model(matmul, [weight(1.0, 2.0, shape=[2, 1])]).SerializeToString(), 'node "it"', "1x1 times 2x1"
    yield (
        "no_broadcast.onnx",
        model([node("Add", "x", "w")], [weight(1.0, 2.0)], [("x", [1, 3])]).SerializeToString(),
        'node "it"',
        "broadcast",
    )
    yield "square.onnx", model([node("Mul", "x", "x")]).SerializeToString(), 'node "it"', "a product with a constant"
    yield "product.onnx", model([node("MatMul", "x", "x")]).SerializeToString(), 'node "it"', "a product with a constant"
    yield "reciprocal.onnx", model([node("Div", "w", "x")], [weight(1.0)]).SerializeToString(), 'node "it"', "expected a constant"
    yield "over_zero.onnx", model([node("Div", "x", "w")], [weight(0.0)]).SerializeToString(), 'node "it"', "not zero"
    yield (
        "two_outputs.onnx",
        model([node("Relu", "x"), node("Abs", "x", out="z")], outputs=["y", "z"]).SerializeToString(),
        "",
        "found 2",
    )
    yield "dangling.onnx", model([node("Relu", "nowhere")]).SerializeToString(), 'node "it"', 'found "nowhere"'
    yield "output.onnx", model([node("Relu", "x", out="z")]).SerializeToString(), "", 'found "y"'
    loop = model([node("Relu", "b", out="a"), node("Relu", "a", out="b"), node("Add", "b", "x")])
    yield "cycle.onnx", loop.SerializeToString(), 'node "it"', "expected no cycle"
    yield "repeated.onnx", model([node("Relu", "x"), node("Abs", "x")]).SerializeToString(), 'node "it"', 'found "y" again'
    yield "repeated_weight.onnx", model(matmul, [weight(1.0)] * 2).SerializeToString(), 'initializer "w"', "again"
    yield "no_inputs.onnx", model(matmul, [weight(1.0)], []).SerializeToString(), "", "at least one input"
    yield "no_shape.onnx", model([node("Relu", "x")], inputs=[("x", None)]).SerializeToString(), 'input "x"', "a shape"
    yield "symbolic.onnx", model([node("Relu", "x")], inputs=[("x", [1, "N"])]).SerializeToString(), 'input "x"', 'found "N"'
    yield "size_zero.onnx", model([node("Relu", "x")], inputs=[("x", [1, 0])]).SerializeToString(), 'input "x"', "found 0"
    yield "size_huge.onnx", model([node("Relu", "x")], inputs=[("x", [2**40, 2**40])]).SerializeToString(), 'input "x"', "entries"
    yield (
        "integers.onnx",
        model([node("Relu", "x")], kind=TensorProto.INT64).SerializeToString(),
        'input "x"',
        "a floating-point tensor",
    )
    yield (
        "attribute.onnx",
        model([node("Relu", "x", slope=1.0)]).SerializeToString(),
        'node "it"',
        'no attribute of Relu, found "slope"',
    )
    yield "attribute_type.onnx", model([node("Flatten", "x", axis=[1])]).SerializeToString(), 'attribute "axis"', 'found "INTS"'
    yield "axis.onnx", model([node("Flatten", "x", axis=7)]).SerializeToString(), 'node "it"', "expected an axis"
    yield "permutation.onnx", model([node("Transpose", "x", perm=[0, 0])]).SerializeToString(), 'node "it"', "a permutation"
    yield "no_inputs_of_node.onnx", model([node("Gemm", "x")]).SerializeToString(), 'node "it"', "expected 2 to 3 inputs"
    for op in ("Expand", "ConstantOfShape", "Reshape"):
        bomb = helper.make_tensor("w", 7, [3], [2**30, 2**30, 2**30])
        made = model([node(op, *(["w"] if op == "ConstantOfShape" else ["x", "w"]), out="y")], [bomb])
        yield f"bomb_{op}.onnx", made.SerializeToString(), 'node "it"', ""
    for name, sizes in (("huge", [2000, 3000]), ("long", [1, 2_000_000])):
        wanted = helper.make_tensor("w", 7, [2], sizes)
        made = model([node("Resize", "x", "", "", "w")], [wanted], [("x", [2, 2])])
        yield f"resize_{name}.onnx", made.SerializeToString(), 'node "it"', "at most 4000000 are read"
    wanted, empty = helper.make_tensor("w", 7, [2], [2, 2]), helper.make_tensor("v", 1, [2, 0], [])
    made = model([node("Resize", "v", "", "", "w", out="z"), node("Add", "x", "z")], [wanted, empty], [("x", [2, 2])])
    yield "resize_empty.onnx", made.SerializeToString(), 'node "it"', "expected sizes of at least 1"
    far = helper.make_tensor("w", 7, [1], [2**62])
    yield (
        "gather.onnx",
        model([node("Gather", "x", "w", axis=1)], [far]).SerializeToString(),
        'node "it"',
        "indices within the value",
    )
    yield (
        "root.onnx",
        model([node("BatchNormalization", "x", *"wwww")], [weight(-1.0, shape=[1])]).SerializeToString(),
        'node "it"',
        "var + epsilon that is positive",
    )
    jumps = model([node("Greater", "x", "w", out="c"), node("Where", "c", "x", "c")], [weight(1.0, shape=[])])
    yield "truth.onnx", jumps.SerializeToString(), 'node "it"', "continuous as a whole"
    zero = helper.make_tensor("v", 1, [], [0.0])
    jumps = model([node("Greater", "x", "w", out="c"), node("Where", "c", "x", "v")], [weight(1.0, shape=[]), zero])
    yield "jumps.onnx", jumps.SerializeToString(), 'node "it"', "continuous as a whole"


def rows() -> list[Row]:
    """All of them; those of ONNX only where the package onnx is installed."""
    made = [*json_text(), *json_shape(), *json_numbers(), *nnet(), *safetensors_files()]
    with contextlib.suppress(ImportError):
        made += onnx_files()
    return made
