"""The ONNX operators that are read, one row each: what it draws, how many inputs, and the
attributes that it may have.

The meaning is that of exact real arithmetic. An operator that is not continuous and piecewise
linear has no row; `refused` says why of those that are met.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy

from . import arithmetic, conditions, constants, kinks, reductions, signs, windows
from . import rearrangements as rearrange
from .columns import col2im
from .drawing import Drawing
from .resize import resize, upsample
from .tensors import ONE, Call, Result

MANY = 10**6
Meaning = Callable[[Drawing, Call], Result | list[Result]]


@dataclass(frozen=True)
class Operator:
    """`inputs`: least and most number. `attributes`: those it may have, with their defaults; any
    other is refused."""

    meaning: Callable[[Drawing, Call], Any]
    inputs: tuple[int, int] = (1, 1)
    attributes: Mapping[str, Any] = field(default_factory=dict)


def binary32(text: str) -> Fraction:
    """The rational that a float32 attribute with this decimal default is."""
    return Fraction(float(numpy.float32(text)))


INTS = (
    "axes",
    "dilations",
    "imputed_value_int64s",
    "ends",
    "kernel_shape",
    "output_padding",
    "output_shape",
    "pads",
    "paddings",
    "perm",
    "shape",
    "split",
    "starts",
    "strides",
    "value_ints",
    "inputdimensions",
)
FLOAT = (
    "activation_alpha",
    "activation_beta",
    "activation_gamma",
    "alpha",
    "beta",
    "bias",
    "cubic_coeff_a",
    "epsilon",
    "extrapolation_value",
    "lambd",
    "max",
    "min",
    "momentum",
    "ratio",
    "replaced_value_float",
    "value_float",
)
STRING = (
    "activation",
    "auto_pad",
    "coordinate_transformation_mode",
    "equation",
    "keep_aspect_ratio_policy",
    "mode",
    "nearest_mode",
    "post_transform",
    "reduction",
)
FLOATS = (
    "activation_params",
    "coefficients",
    "imputed_value_floats",
    "intercepts",
    "offset",
    "scale",
    "scales",
    "value_floats",
)
ATTRIBUTES = {  # the types of attributes, by ONNX's names; INT if not listed
    **dict.fromkeys(INTS, "INTS"),
    **dict.fromkeys(FLOAT, "FLOAT"),
    **dict.fromkeys(STRING, "STRING"),
    **dict.fromkeys(FLOATS, "FLOATS"),
    "value": "TENSOR",
}
FLAGS = frozenset(  # 0 or 1
    [
        *(
            "allowzero",
            "antialias",
            "broadcast",
            "ceil_mode",
            "count_include_pad",
            "exclude_outside",
        ),
        *("exclusive", "fmod", "is_test", "keepdims", "largest", "noop_with_empty_axes", "reverse"),
        *("saturate", "sorted", "spatial", "training_mode", "transA", "transB", "upper"),
    ]
)
OF_ONE = {
    ("Pad", "value"): "FLOAT",
    ("Pad", "mode"): "STRING",
}  # where the type depends on the operator

NORMALIZATION = {
    "epsilon": binary32("1e-5"),
    "momentum": None,
    "training_mode": 0,
    "spatial": 1,
    "is_test": 0,
}
CONSTANT = dict.fromkeys(("value", "value_float", "value_floats", "value_int", "value_ints"))
OLD_BROADCAST = {
    "broadcast": 0
}  # opset 1 to 6; numpy's rule contains that one when no axis is given
AXES = {"axes": None}
REDUCED = {"axes": None, "keepdims": 1, "noop_with_empty_axes": 0}
WINDOW = {"auto_pad": "NOTSET", **dict.fromkeys(("dilations", "kernel_shape", "pads", "strides"))}
CONV = {**WINDOW, "group": 1}
POOL = {**WINDOW, "ceil_mode": 0}
COLUMNS = {name: default for name, default in WINDOW.items() if name != "kernel_shape"}
FUSED = {
    "activation": "",
    "activation_alpha": None,
    "activation_beta": None,
    "activation_gamma": None,
}
GEMM = {"alpha": ONE, "beta": ONE, "transA": 0, "transB": 0}
RESIZE = {
    "coordinate_transformation_mode": "half_pixel",
    "mode": "nearest",
    "nearest_mode": "round_prefer_floor",
    "cubic_coeff_a": None,
    "exclude_outside": 0,
    "extrapolation_value": None,
    "antialias": 0,
    "axes": None,
    "keep_aspect_ratio_policy": "stretch",
}
QUANTIZED = {"axis": 1, "block_size": 0, "output_dtype": 0, "saturate": 1, "precision": 0}

OPERATORS: Mapping[str, Operator] = {
    # rearrangements
    "Identity": Operator(rearrange.identity),
    "Cast": Operator(rearrange.cast, (1, 1), {"to": None, "saturate": 1, "round_mode": None}),
    "CastLike": Operator(rearrange.cast_like, (2, 2), {"saturate": 1}),
    "Dropout": Operator(rearrange.dropout, (1, 3), {"ratio": None, "seed": None, "is_test": 0}),
    "Flatten": Operator(rearrange.flatten, (1, 1), {"axis": 1}),
    "Reshape": Operator(rearrange.reshape, (1, 2), {"shape": None, "allowzero": 0}),
    "Squeeze": Operator(rearrange.squeeze, (1, 2), AXES),
    "Unsqueeze": Operator(rearrange.unsqueeze, (1, 2), AXES),
    "Transpose": Operator(rearrange.transpose, (1, 1), {"perm": None}),
    "Expand": Operator(rearrange.expand, (2, 2)),
    "Tile": Operator(rearrange.tile, (2, 2)),
    "Slice": Operator(rearrange.sliced, (1, 5), {"starts": None, "ends": None, "axes": None}),
    "Gather": Operator(rearrange.gather, (2, 2), {"axis": 0}),
    "GatherElements": Operator(rearrange.gather_elements, (2, 2), {"axis": 0}),
    "GatherND": Operator(rearrange.gather_nd, (2, 2), {"batch_dims": 0}),
    "ScatterND": Operator(rearrange.scatter_nd, (3, 3), {"reduction": "none"}),
    "ScatterElements": Operator(
        rearrange.scatter_elements, (3, 3), {"axis": 0, "reduction": "none"}
    ),
    "Split": Operator(rearrange.parts, (1, 2), {"axis": 0, "split": None, "num_outputs": None}),
    "Concat": Operator(rearrange.concat, (1, MANY), {"axis": None}),
    "Trilu": Operator(rearrange.triangle, (1, 2), {"upper": 1}),
    "DepthToSpace": Operator(rearrange.depth_to_space, (1, 1), {"blocksize": None, "mode": "DCR"}),
    "Col2Im": Operator(col2im, (3, 3), COLUMNS),
    "SpaceToDepth": Operator(rearrange.space_to_depth, (1, 1), {"blocksize": None}),
    # constants
    "Constant": Operator(constants.constant_node, (0, 0), CONSTANT),
    "ConstantOfShape": Operator(constants.constant_of_shape, (1, 1), {"value": None}),
    "Shape": Operator(constants.sizes_of, (1, 1), {"start": 0, "end": None}),
    "Size": Operator(constants.size_of),
    "Range": Operator(constants.arange, (3, 3)),
    "Mod": Operator(constants.modulo, (2, 2), {"fmod": 0}),
    "Pow": Operator(constants.power, (2, 2)),
    "NonZero": Operator(constants.non_zero),
    "OneHot": Operator(constants.one_hot, (3, 3), {"axis": -1}),
    **{
        name: Operator(constants.of_constants(name))
        for name in constants.FUNCTIONS
        if name != "IsInf"
    },
    "IsInf": Operator(
        constants.of_constants("IsInf"), (1, 1), {"detect_negative": 1, "detect_positive": 1}
    ),
    "DequantizeLinear": Operator(constants.dequantize, (2, 3), QUANTIZED),
    "QuantizeLinear": Operator(constants.quantize, (2, 3), QUANTIZED),
    # affine maps
    "Add": Operator(arithmetic.add, (2, 2), OLD_BROADCAST),
    "Sum": Operator(arithmetic.add, (1, MANY)),
    "Mean": Operator(arithmetic.mean, (1, MANY)),
    "Sub": Operator(arithmetic.sub, (2, 2), OLD_BROADCAST),
    "Mul": Operator(arithmetic.mul, (2, 2), OLD_BROADCAST),
    "Div": Operator(arithmetic.div, (2, 2), OLD_BROADCAST),
    "Neg": Operator(arithmetic.neg),
    "MatMul": Operator(arithmetic.matmul, (2, 2)),
    "Gemm": Operator(arithmetic.gemm, (2, 3), {**GEMM, "broadcast": 0}),
    "Einsum": Operator(arithmetic.einsum, (1, MANY), {"equation": ""}),
    "BatchNormalization": Operator(arithmetic.batch_normalization, (5, 5), NORMALIZATION),
    "CumSum": Operator(reductions.running_sum, (2, 2), {"exclusive": 0, "reverse": 0}),
    "ReduceSum": Operator(reductions.reduced(reductions.summed), (1, 2), REDUCED),
    "ReduceMean": Operator(reductions.reduced(reductions.averaged), (1, 2), REDUCED),
    "ReduceProd": Operator(reductions.reduced(reductions.multiplied), (1, 2), REDUCED),
    "Resize": Operator(resize, (1, 4), RESIZE),
    "Upsample": Operator(upsample, (1, 2), {"scales": None, "mode": "nearest"}),
    # windows
    "Conv": Operator(windows.conv, (2, 3), CONV),
    "ConvTranspose": Operator(
        windows.conv_transpose, (2, 3), {**CONV, "output_padding": None, "output_shape": None}
    ),
    "MaxPool": Operator(windows.max_pool, (1, 1), {**POOL, "storage_order": 0}),
    "AveragePool": Operator(windows.average_pool, (1, 1), {**POOL, "count_include_pad": 0}),
    "GlobalAveragePool": Operator(windows.global_average_pool),
    "GlobalMaxPool": Operator(windows.global_max_pool),
    "Pad": Operator(
        windows.pad, (1, 4), {"mode": "constant", "pads": None, "paddings": None, "value": None}
    ),
    # kinks
    "Relu": Operator(kinks.relu),
    "Abs": Operator(kinks.absolute),
    "LeakyRelu": Operator(kinks.leaky_relu, (1, 1), {"alpha": binary32("0.01")}),
    "PRelu": Operator(kinks.prelu, (2, 2)),
    "ThresholdedRelu": Operator(kinks.thresholded_relu, (1, 1), {"alpha": ONE}),
    "Shrink": Operator(kinks.shrink, (1, 1), {"bias": Fraction(0), "lambd": Fraction(1, 2)}),
    "Max": Operator(kinks.maximum("Max"), (1, MANY)),
    "Min": Operator(kinks.maximum("Min"), (1, MANY)),
    "Clip": Operator(kinks.clip, (1, 3), {"min": None, "max": None}),
    "HardSigmoid": Operator(
        kinks.hard_sigmoid, (1, 1), {"alpha": binary32("0.2"), "beta": binary32("0.5")}
    ),
    "TopK": Operator(kinks.top_k, (1, 2), {"axis": -1, "largest": 1, "sorted": 1, "k": None}),
    "ReduceMax": Operator(reductions.reduced(reductions.largest("Max")), (1, 2), REDUCED),
    "ReduceMin": Operator(reductions.reduced(reductions.largest("Min")), (1, 2), REDUCED),
    "ReduceL1": Operator(reductions.reduced(reductions.summed_absolute), (1, 2), REDUCED),
    # conditions
    **{
        name: Operator(conditions.comparison(name), (2, 2))
        for name in ("Greater", "GreaterOrEqual", "Less", "LessOrEqual", "Equal")
    },
    "Not": Operator(conditions.connective("not")),
    "And": Operator(conditions.connective("and"), (2, 2)),
    "Or": Operator(conditions.connective("or"), (2, 2)),
    "Xor": Operator(conditions.connective("xor"), (2, 2)),
    "Where": Operator(signs.where_signed, (3, 3)),
    "Sign": Operator(signs.sign),
    # onnxruntime's own, and scikit-learn's
    "com.microsoft.FusedGemm": Operator(kinks.fused_gemm, (2, 3), {**GEMM, **FUSED}),
    "com.microsoft.FusedMatMul": Operator(
        arithmetic.fused_matmul, (2, 2), {"alpha": ONE, "transA": 0, "transB": 0}
    ),
    "com.microsoft.FusedConv": Operator(
        windows.conv, (2, 4), {**CONV, "activation": "", "activation_params": None}
    ),
    "ai.onnx.ml.Scaler": Operator(arithmetic.scaler, (1, 1), {"offset": None, "scale": None}),
    "ai.onnx.ml.LinearRegressor": Operator(
        arithmetic.linear_regressor,
        (1, 1),
        {"coefficients": None, "intercepts": None, "targets": 1, "post_transform": "NONE"},
    ),
    "ai.onnx.ml.ArrayFeatureExtractor": Operator(rearrange.columns, (2, 2)),
    "ai.onnx.ml.Imputer": Operator(
        arithmetic.imputer,
        (1, 1),
        {
            "imputed_value_floats": None,
            "imputed_value_int64s": None,
            "replaced_value_float": Fraction(0),
            "replaced_value_int64": 0,
        },
    ),
    "ai.onnx.ml.FeatureVectorizer": Operator(
        arithmetic.feature_vectorizer, (1, MANY), {"inputdimensions": None}
    ),
}
