"""What exporters write about values: reductions, conditions, products, shapes, constants."""

import numpy
from onnx import TensorProto, numpy_helper

from .onnx_idioms import I64, Idiom, f, grid, i, n, number

PICTURE, K2 = (1, 2, 5, 6), grid(3, 2, 2, 2)

VALUES = {
    # reductions
    "reduce sum": Idiom([n("ReduceSum", "x", "a")], {"a": i(1)}, (2, 3)),
    "reduce sum of all": Idiom([n("ReduceSum", "x", keepdims=0)], {}, (2, 3)),
    "reduce sum of nothing": Idiom([n("ReduceSum", "x", noop_with_empty_axes=1)], {}, (2, 3)),
    "reduce mean": Idiom([n("ReduceMean", "x", axes=[-1, 1])], {}, (2, 2, 2)),
    "reduce mean of three": Idiom(
        [n("ReduceMean", "x", axes=[1], keepdims=0)], {}, (2, 3), rounded=True
    ),
    "reduce mean with axes as an input": Idiom(
        [n("ReduceMean", "x", "a")], {"a": i(0)}, (2, 3), opset=18
    ),
    "reduce max": Idiom([n("ReduceMax", "x", axes=[1])], {}, (2, 5)),
    "reduce min of all": Idiom([n("ReduceMin", "x", keepdims=0)], {}, (2, 3)),
    "reduce L1": Idiom([n("ReduceL1", "x", axes=[1], keepdims=0)], {}, (2, 3)),
    "running sum": Idiom([n("CumSum", "x", "a")], {"a": number(1, I64)}, (2, 4)),
    "running sum, exclusive and reverse": Idiom(
        [n("CumSum", "x", "a", exclusive=1, reverse=1)], {"a": number(-1, I64)}, (2, 4)
    ),
    # sorting
    "the three largest": Idiom([n("TopK", "x", "k", out=["y", "places"])], {"k": i(3)}, (2, 5)),
    "the two smallest of columns": Idiom(
        [n("TopK", "x", "k", axis=0, largest=0, out=["y", "places"])], {"k": i(2)}, (3, 2)
    ),
    "sorted": Idiom([n("TopK", "x", "k", out=["y", "places"])], {"k": i(6)}, (1, 6)),
    # conditions
    "leaky by where": Idiom(
        [n("Greater", "x", "z", out="c"), n("Mul", "x", "a", out="m"), n("Where", "c", "x", "m")],
        {"z": number(0), "a": number(0.25)},
    ),
    "softshrink": Idiom(
        [
            n("Greater", "x", "l", out="g"),
            n("Sub", "x", "l", out="s"),
            n("Where", "g", "s", "z", out="p"),
            n("Less", "x", "m", out="h"),
            n("Add", "x", "l", out="t"),
            n("Where", "h", "t", "z", out="q"),
            n("Add", "p", "q"),
        ],
        {"l": number(0.5), "m": number(-0.5), "z": number(0)},
    ),
    "softshrink, nested": Idiom(
        [
            n("Less", "x", "m", out="h"),
            n("Add", "x", "l", out="t"),
            n("Where", "h", "t", "z", out="q"),
            n("Greater", "x", "l", out="g"),
            n("Sub", "x", "l", out="s"),
            n("Where", "g", "s", "q"),
        ],
        {"l": number(0.5), "m": number(-0.5), "z": number(0)},
    ),
    "softshrink by sign": Idiom(  # as torch's new exporter writes it
        [
            n("Abs", "x", out="b"),
            n("Greater", "b", "l", out="g"),
            n("Sign", "x", out="s"),
            n("Mul", "s", "l", out="m"),
            n("Sub", "x", "m", out="d"),
            n("Mul", "x", "z", out="o"),
            n("Where", "g", "d", "o"),
        ],
        {"l": number(0.5), "z": number(0)},
    ),
    "softshrink by sign, the other way round": Idiom(
        [
            n("Neg", "x", out="t"),
            n("Abs", "t", out="b"),
            n("LessOrEqual", "b", "l", out="h"),
            n("Not", "h", out="g"),
            n("Not", "g", out="k"),
            n("Sign", "t", out="s"),
            n("Div", "s", "two", out="m"),
            n("Sub", "m", "t", out="d"),
            n("Neg", "d", out="e"),
            n("Where", "k", "z", "e", out="f"),
            n("Mul", "f", "two"),
        ],
        {"l": number(0.5), "z": number(0), "two": number(2)},
    ),
    "shrunk on one side": Idiom(
        [
            n("Greater", "x", "l", out="g"),
            n("Sign", "x", out="s"),
            n("Sub", "x", "s", out="d"),
            n("Where", "g", "d", "z"),
        ],
        {"l": number(1), "z": number(0)},
    ),
    "absolute value by sign": Idiom(
        [n("Sign", "x", out="s"), n("Mul", "x", "s", out="b"), n("Add", "b", "x")], {}
    ),
    "Sign at zero": Idiom(
        [
            n("Abs", "x", out="b"),
            n("Greater", "b", "z", out="g"),
            n("Sign", "x", out="s"),
            n("Mul", "s", "z", out="m"),
            n("Sub", "x", "m", out="d"),
            n("Where", "g", "d", "z"),
        ],
        {"z": number(0)},
    ),
    "hardtanh by where": Idiom(
        [
            n("Less", "x", "m", out="h"),
            n("Where", "h", "m", "x", out="q"),
            n("GreaterOrEqual", "x", "l", out="g"),
            n("Where", "g", "l", "q"),
        ],
        {"l": number(1), "m": number(-1)},
    ),
    "relu by a mask": Idiom(
        [
            n("Greater", "x", "z", out="c"),
            n("Cast", "c", to=TensorProto.FLOAT, out="m"),
            n("Mul", "x", "m"),
        ],
        {"z": number(0)},
    ),
    "absolute value by where and not": Idiom(
        [
            n("LessOrEqual", "x", "z", out="c"),
            n("Not", "c", out="d"),
            n("Neg", "x", out="m"),
            n("Where", "d", "x", "m"),
        ],
        {"z": number(0)},
    ),
    "maximum of two values by where": Idiom(
        [n("Mul", "x", "a", out="b"), n("Greater", "x", "b", out="c"), n("Where", "c", "x", "b")],
        {"a": f(2, -1, 0.5, 3)},
    ),
    "a mask of constants": Idiom(
        [n("Where", "c", "x", "z")], {"c": numpy.array([True, False, True, False]), "z": number(2)}
    ),
    "a choice of two values by constants": Idiom(
        [n("Neg", "x", out="m"), n("Where", "c", "x", "m")],
        {"c": numpy.array([[True], [False]])},
        (2, 3),
    ),
    "where of relus": Idiom(
        [
            n("Relu", "x", out="r"),
            n("GreaterOrEqual", "x", "z", out="c"),
            n("Where", "c", "r", "x"),
        ],
        {"z": number(0)},
    ),
    "and of conditions": Idiom(
        [
            n("Greater", "x", "z", out="c"),
            n("Greater", "x", "m", out="d"),
            n("And", "c", "d", out="e"),
            n("Where", "e", "x", "z"),
        ],
        {"z": number(0), "m": number(-1)},
    ),
    "or of conditions": Idiom(
        [
            n("Greater", "x", "z", out="c"),
            n("Greater", "x", "o", out="d"),
            n("Or", "c", "d", out="e"),
            n("Where", "e", "x", "z"),
        ],
        {"z": number(0), "o": number(1)},
    ),
    "equal, where both agree": Idiom(
        [n("Equal", "x", "z", out="c"), n("Where", "c", "z", "x")], {"z": number(0)}, opset=19
    ),
    "shrink": Idiom([n("Shrink", "x", lambd=0.5, bias=0.5)], {}),
    "thresholded relu at 0": Idiom([n("ThresholdedRelu", "x", alpha=0.0)], {}),
    "clip without an end": Idiom(
        [n("Clip", "x", "l", "h")], {"l": number(0), "h": number(numpy.inf)}
    ),
    "clip of crossed ends": Idiom([n("Clip", "x", "l", "h")], {"l": number(1), "h": number(-1)}),
    "max with minus infinity": Idiom([n("Max", "x", "l")], {"l": number(-numpy.inf)}),
    # rearrangements
    "tile": Idiom([n("Tile", "x", "r")], {"r": i(2, 3)}, (2, 2)),
    "expand with ones": Idiom([n("Expand", "x", "s")], {"s": i(3, 1, 4)}),
    "gather n-d": Idiom(
        [n("GatherND", "x", "i")], {"i": numpy.array([[0, 1], [1, 0]], I64)}, (2, 2)
    ),
    "gather n-d in batches": Idiom(
        [n("GatherND", "x", "i", batch_dims=1)], {"i": numpy.array([[1], [0]], I64)}, (2, 2, 2)
    ),
    "gather n-d of constants, one of each batch": Idiom(
        [n("GatherND", "w", "i", batch_dims=1, out="a"), n("Add", "x", "a")],
        {
            "w": numpy.array([[1, 2, 4], [8, 16, 32]], numpy.float32),
            "i": numpy.array([[2], [0]], I64),
        },
        (2,),
    ),
    "gather elements": Idiom(
        [n("GatherElements", "x", "i", axis=1)], {"i": numpy.array([[0, 0], [1, 0]], I64)}, (2, 2)
    ),
    "scatter n-d": Idiom(
        [n("ScatterND", "x", "i", "u")], {"i": numpy.array([[0, 1], [0, 3]], I64), "u": f(0.5, -1)}
    ),
    "scatter elements": Idiom(
        [n("ScatterElements", "x", "i", "u", axis=1)],
        {"i": numpy.array([[1, 3]], I64), "u": f(0.5, -1, shape=[1, 2])},
    ),
    "depth to space DCR": Idiom([n("DepthToSpace", "x", blocksize=2)], {}, (1, 8, 2, 3)),
    "depth to space CRD": Idiom(
        [n("DepthToSpace", "x", blocksize=2, mode="CRD")], {}, (1, 8, 2, 3)
    ),
    "space to depth": Idiom([n("SpaceToDepth", "x", blocksize=2)], {}, (1, 2, 4, 6)),
    "upper triangle": Idiom([n("Trilu", "x", "k")], {"k": number(1, I64)}, (3, 4)),
    "lower triangle": Idiom([n("Trilu", "x", upper=0)], {}, (3, 4)),
    # products
    "matmul of three dimensions": Idiom([n("MatMul", "x", "w")], {"w": grid(2, 3, 4)}, (2, 1, 3)),
    "matmul with a constant left of many": Idiom(
        [n("MatMul", "w", "x")], {"w": grid(2, 3)}, (2, 3, 2)
    ),
    "einsum": Idiom([n("Einsum", "x", "w", equation="bij,jk->bik")], {"w": grid(3, 2)}, (2, 2, 3)),
    "einsum, transposed and summed": Idiom(
        [n("Einsum", "w", "x", equation="jk,bij->kb")], {"w": grid(3, 2)}, (2, 2, 3)
    ),
    "einsum of a diagonal": Idiom([n("Einsum", "x", equation="ii->i")], {}, (3, 3)),
    "einsum without a result": Idiom(
        [n("Einsum", "x", "w", equation="ij,j")], {"w": grid(3)}, (2, 3)
    ),
    "einsum of three": Idiom(
        [n("Einsum", "u", "x", "w", equation="a,ij,jk->aik")],
        {"u": f(1, -2), "w": grid(3, 2)},
        (2, 3),
    ),
    "fused gemm": Idiom(
        [
            n(
                "FusedGemm",
                "x",
                "w",
                "b",
                domain="com.microsoft",
                activation="LeakyRelu",
                activation_alpha=0.25,
            )
        ],
        {"w": grid(4, 3), "b": grid(3)},
    ),
    "fused matmul": Idiom(
        [n("FusedMatMul", "x", "w", domain="com.microsoft", transB=1, alpha=0.5)], {"w": grid(3, 4)}
    ),
    # normalisation and quantised weights
    "batch normalisation": Idiom(
        [n("Conv", "x", "w", out="c"), n("BatchNormalization", "c", "s", "b", "m", "v")],
        {"w": K2, "s": f(1, 2, -1), "b": f(0.5, 0, 1), "m": f(0.25, -1, 0), "v": f(1.5, 2, 0.3)},
        PICTURE,
        rounded=True,
    ),
    "normalisation with constants under a root": Idiom(
        [
            n("Add", "v", "e", out="a"),
            n("Sqrt", "a", out="r"),
            n("Reciprocal", "r", out="q"),
            n("Mul", "x", "q"),
        ],
        {"v": f(1, 4, 2, 0.5), "e": number(1e-5)},
        rounded=True,
    ),
    "dequantised weights": Idiom(
        [n("DequantizeLinear", "q", "s", "z", out="w"), n("MatMul", "x", "w")],
        {
            "q": numpy.array([[1, -2], [3, 4], [-5, 6], [7, -128]], numpy.int8),
            "s": number(0.25),
            "z": number(2, numpy.int8),
        },
    ),
    "weights dequantised by channel": Idiom(
        [n("DequantizeLinear", "q", "s", "z", axis=1, out="w"), n("MatMul", "x", "w")],
        {
            "q": numpy.array([[1, 2], [3, 4], [5, 6], [7, 255]], numpy.uint8),
            "s": f(0.25, 2),
            "z": numpy.array([0, 128], numpy.uint8),
        },
    ),
    "weights quantised and back": Idiom(
        [
            n("QuantizeLinear", "w", "s", "z", out="q"),
            n("DequantizeLinear", "q", "s", "z", out="d"),
            n("MatMul", "x", "d"),
        ],
        {
            "w": f(0.3, 0.125, -0.375, 99, shape=[4, 1]),
            "s": number(0.25),
            "z": number(0, numpy.int8),
        },
    ),
    # scikit-learn
    "a scaler": Idiom(
        [
            n(
                "Scaler",
                "x",
                domain="ai.onnx.ml",
                offset=[1.0, 2.0, 0.5, 0.0],
                scale=[2.0, 0.5, 1.0, 4.0],
            )
        ]
    ),
    "a linear regressor": Idiom(
        [
            n(
                "LinearRegressor",
                "x",
                domain="ai.onnx.ml",
                coefficients=[1.0, 2.0, -1.0, 0.5],
                intercepts=[0.25],
            )
        ]
    ),
    "some features": Idiom(
        [n("ArrayFeatureExtractor", "x", "i", domain="ai.onnx.ml")], {"i": i(2, 0)}
    ),
    "an imputer of nan": Idiom(
        [
            n(
                "Imputer",
                "x",
                domain="ai.onnx.ml",
                imputed_value_floats=[1.0],
                replaced_value_float=numpy.nan,
            )
        ]
    ),
    "features together": Idiom(
        [
            n("Neg", "x", out="m"),
            n("FeatureVectorizer", "x", "m", domain="ai.onnx.ml", inputdimensions=[4, 4]),
        ]
    ),
    # arithmetic on shapes, as exporters leave it
    "the padding of a size by arithmetic": Idiom(
        [
            n("Shape", "x", out="s"),
            n("Gather", "s", "one", out="k"),
            n("Mod", "k", "three", out="r"),
            n("Sub", "three", "r", out="p"),
            n("Unsqueeze", "p", "zero", out="q"),
            n("Concat", "z3", "q", axis=0, out="w"),
            n("Pad", "x", "w"),
        ],
        {"one": number(1, I64), "three": number(3, I64), "zero": i(0), "z3": i(0, 0, 0)},
    ),
    "a shape from products": Idiom(
        [
            n("Shape", "x", out="s"),
            n("ReduceProd", "s", keepdims=1, out="p"),
            n("Concat", "one", "p", axis=0, out="t"),
            n("Reshape", "x", "t"),
        ],
        {"one": i(1)},
        (2, 3),
    ),
    "a shape chosen by where": Idiom(
        [
            n("Shape", "x", out="s"),
            n("ConstantOfShape", "two", value=numpy_helper.from_array(i(1)), out="o"),
            n("Equal", "e", "m", out="c"),
            n("Where", "c", "o", "e", out="t"),
            n("Expand", "x", "t"),
        ],
        {"two": i(2), "e": i(-1, 4), "m": i(-1, -1)},
    ),
    "indices from a range": Idiom(
        [
            n("Size", "x", out="k"),
            n("Range", "zero", "k", "two", out="r"),
            n("Gather", "x", "r", axis=1),
        ],
        {"zero": number(0, I64), "two": number(2, I64)},
    ),
    "indices of what is not 0": Idiom(
        [
            n("NonZero", "m", out="p"),
            n("Squeeze", "p", "zero", out="q"),
            n("Gather", "x", "q", axis=1),
        ],
        {"m": i(1, 0, 1, 1), "zero": i(0)},
    ),
    "powers and rounding of constants": Idiom(
        [
            n("Pow", "c", "two", out="p"),
            n("Floor", "p", out="a"),
            n("Ceil", "p", out="b"),
            n("Round", "p", out="d"),
            n("Sum", "a", "b", "d", "p", out="s"),
            n("Sign", "c", out="g"),
            n("Mul", "s", "g", out="t"),
            n("Add", "x", "t"),
        ],
        {"c": f(1.5, -0.5, 2.5, 0), "two": number(2)},
    ),
    "logic on constants": Idiom(
        [
            n("IsInf", "c", out="a"),
            n("IsNaN", "c", out="b"),
            n("Or", "a", "b", out="d"),
            n("Xor", "d", "t", out="e"),
            n("Not", "e", out="g"),
            n("Where", "g", "x", "z"),
        ],
        {"c": f(1, numpy.inf, 2, 3), "t": numpy.array([True, True, False, False]), "z": number(0)},
        opset=20,
    ),
    "one hot rows": Idiom(
        [n("OneHot", "i", "d", "v", out="w"), n("MatMul", "x", "w")],
        {"i": i(2, 0, 1, 2), "d": i(3), "v": f(0, 1)},
    ),
    # a step times what vanishes there
    "softshrink as a product with a sign": Idiom(
        [
            n("Abs", "x", out="a"),
            n("Sub", "a", "h", out="d"),
            n("Relu", "d", out="r"),
            n("Sign", "x", out="s"),
            n("Mul", "s", "r"),
        ],
        {"h": number(0.5)},
    ),
    "a step times the input": Idiom(
        [n("Greater", "x", "z", out="c"), n("Where", "c", "o", "z", out="s"), n("Mul", "s", "x")],
        {"o": number(1), "z": number(0)},
    ),
    "heaviside times the input": Idiom(
        [
            n("Less", "x", "z", out="c"),
            n("Where", "c", "z", "o", out="s"),
            n("Equal", "x", "z", out="e"),
            n("Where", "e", "h", "s", out="t"),
            n("Mul", "t", "x"),
        ],
        {"o": number(1), "z": number(0), "h": number(0.5)},
    ),
    "a step that is not at 0": Idiom(
        [
            n("Greater", "x", "h", out="c"),
            n("Cast", "c", to=1, out="m"),
            n("Sub", "x", "h", out="d"),
            n("Mul", "m", "h", out="k"),
            n("Mul", "k", "d", out="p"),
            n("Sub", "o", "m", out="w"),
            n("Mul", "w", "d", out="q"),
            n("Add", "p", "q"),
        ],
        {"o": number(1), "h": number(0.5)},
    ),
    "bends on both sides": Idiom(
        [
            n("Clip", "x", "z", "h", out="a"),
            n("Neg", "x", out="m"),
            n("Sub", "m", "h", out="k"),
            n("Relu", "k", out="r"),
            n("LeakyRelu", "r", alpha=0.5, out="l"),
            n("Greater", "x", "z", out="c"),
            n("Where", "c", "a", "l"),
        ],
        {"z": number(0), "h": number(1)},
    ),
    "a mask times a mask": Idiom(
        [
            n("Greater", "x", "z", out="c"),
            n("Cast", "c", to=1, out="m"),
            n("Mul", "m", "m", out="k"),
            n("Mul", "k", "x"),
        ],
        {"z": number(0)},
    ),
    "the sign of a difference": Idiom(
        [
            n("Split", "x", out=["a", "b"], axis=1),
            n("Sub", "a", "b", out="d"),
            n("Abs", "d", out="e"),
            n("Sub", "o", "e", out="g"),
            n("Relu", "g", out="r"),
            n("Sub", "o", "r", out="w"),
            n("Sign", "d", out="s"),
            n("Mul", "w", "s"),
        ],
        {"o": number(1)},
    ),
    "a cast like another": Idiom([n("CastLike", "x", "c")], {"c": f(1)}),
}
