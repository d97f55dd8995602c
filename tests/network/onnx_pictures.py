"""What exporters write about pictures: convolutions, pools, padding, resizing."""

from .onnx_idioms import Idiom, f, grid, i, n, number

PICTURE = (1, 2, 5, 6)
K3, K2 = grid(4, 2, 3, 3), grid(3, 2, 2, 2)

PICTURES = {
    # convolutions
    "conv with padding": Idiom(
        [n("Conv", "x", "w", "b", pads=[1, 1, 1, 1])], {"w": K3, "b": grid(4)}, PICTURE
    ),
    "conv with strides and dilations": Idiom(
        [n("Conv", "x", "w", strides=[2, 1], dilations=[1, 2], pads=[1, 0, 0, 2])],
        {"w": K3},
        PICTURE,
    ),
    "conv in groups": Idiom([n("Conv", "x", "w", group=2)], {"w": grid(4, 1, 2, 3)}, PICTURE),
    "depthwise conv with kernel_shape": Idiom(
        [n("Conv", "x", "w", group=2, kernel_shape=[3, 3])], {"w": grid(2, 1, 3, 3)}, PICTURE
    ),
    "conv 1-D": Idiom(
        [n("Conv", "x", "w", "b", pads=[2, 1])], {"w": grid(2, 3, 3), "b": grid(2)}, (1, 3, 7)
    ),
    "conv 3-D": Idiom([n("Conv", "x", "w")], {"w": grid(2, 1, 2, 2, 2)}, (1, 1, 3, 3, 3)),
    "conv of two pictures": Idiom([n("Conv", "x", "w")], {"w": K2}, (2, 2, 3, 3)),
    "conv SAME_UPPER": Idiom(
        [n("Conv", "x", "w", auto_pad="SAME_UPPER", strides=[2, 2])], {"w": K2}, PICTURE
    ),
    "conv SAME_LOWER": Idiom(
        [n("Conv", "x", "w", auto_pad="SAME_LOWER", strides=[2, 3])], {"w": K3}, PICTURE
    ),
    "conv VALID": Idiom([n("Conv", "x", "w", auto_pad="VALID")], {"w": K2}, PICTURE),
    "conv of a transposed picture, as tf2onnx writes NHWC": Idiom(
        [
            n("Transpose", "x", perm=[0, 3, 1, 2], out="t"),
            n("Conv", "t", "w", out="c"),
            n("Relu", "c", out="r"),
            n("Transpose", "r", perm=[0, 2, 3, 1]),
        ],
        {"w": K2},
        (1, 4, 4, 2),
    ),
    "conv of a repeated picture": Idiom(
        [n("Expand", "x", "s", out="e"), n("Conv", "e", "w")],
        {"s": i(1, 2, 3, 3), "w": K2},
        (1, 1, 3, 3),
    ),
    "conv, then a channel's scale and shift": Idiom(
        [n("Conv", "x", "w", out="c"), n("Mul", "c", "s", out="m"), n("Add", "m", "t")],
        {"w": K2, "s": f(2, -1, 0.5, shape=[1, 3, 1, 1]), "t": f(1, 0, -2, shape=[3, 1, 1])},
        PICTURE,
    ),
    "conv transpose": Idiom(
        [n("ConvTranspose", "x", "w", "b")], {"w": grid(2, 3, 3, 3), "b": grid(3)}, PICTURE
    ),
    "conv transpose with strides": Idiom(
        [n("ConvTranspose", "x", "w", strides=[2, 3], pads=[1, 0, 1, 2], output_padding=[1, 0])],
        {"w": grid(2, 3, 3, 3)},
        PICTURE,
    ),
    "conv transpose in groups, dilated": Idiom(
        [n("ConvTranspose", "x", "w", group=2, dilations=[2, 1])], {"w": grid(2, 2, 2, 2)}, PICTURE
    ),
    "conv transpose with output_shape": Idiom(
        [n("ConvTranspose", "x", "w", strides=[2, 2], output_shape=[10, 12])],
        {"w": grid(2, 1, 3, 3)},
        PICTURE,
    ),
    "conv transpose SAME_UPPER": Idiom(
        [n("ConvTranspose", "x", "w", strides=[2, 2], auto_pad="SAME_UPPER")],
        {"w": grid(2, 1, 3, 3)},
        PICTURE,
    ),
    "conv transpose 1-D": Idiom(
        [n("ConvTranspose", "x", "w", strides=[3])], {"w": grid(2, 2, 4)}, (1, 2, 5)
    ),
    "fold": Idiom([n("Col2Im", "x", "s", "b")], {"s": i(4, 5), "b": i(2, 3)}, (1, 12, 9), opset=18),
    "fold with strides, pads and dilations": Idiom(
        [n("Col2Im", "x", "s", "b", strides=[2, 1], pads=[1, 0, 2, 1], dilations=[1, 2])],
        {"s": i(5, 4), "b": i(2, 2)},
        (2, 4, 12),
        opset=18,
    ),
    "fold of one axis": Idiom(
        [n("Col2Im", "x", "s", "b", strides=[3])], {"s": i(7), "b": i(2)}, (1, 4, 2), opset=18
    ),
    "fused conv": Idiom(
        [
            n(
                "FusedConv",
                "x",
                "w",
                "b",
                domain="com.microsoft",
                activation="Relu",
                kernel_shape=[2, 2],
            )
        ],
        {"w": K2, "b": grid(3)},
        PICTURE,
    ),
    # pools
    "max pool": Idiom([n("MaxPool", "x", kernel_shape=[2, 2], strides=[2, 2])], {}, PICTURE),
    "max pool 3 x 3, padded": Idiom(
        [n("MaxPool", "x", kernel_shape=[3, 3], pads=[1, 1, 1, 1])], {}, PICTURE
    ),
    "max pool, ceil": Idiom(
        [n("MaxPool", "x", kernel_shape=[2, 3], strides=[2, 2], ceil_mode=1)], {}, PICTURE
    ),
    "max pool, dilated": Idiom(
        [n("MaxPool", "x", kernel_shape=[2, 2], dilations=[2, 3])], {}, PICTURE
    ),
    "max pool SAME_UPPER": Idiom(
        [n("MaxPool", "x", kernel_shape=[3, 3], strides=[2, 2], auto_pad="SAME_UPPER")], {}, PICTURE
    ),
    "max pool 1-D": Idiom([n("MaxPool", "x", kernel_shape=[3], strides=[1])], {}, (1, 2, 7)),
    "global max pool": Idiom([n("GlobalMaxPool", "x")], {}, (1, 2, 3, 3)),
    "average pool": Idiom(
        [n("AveragePool", "x", kernel_shape=[2, 2], strides=[2, 2])], {}, PICTURE
    ),
    "average pool, padded": Idiom(
        [n("AveragePool", "x", kernel_shape=[3, 3], pads=[1, 1, 1, 1])], {}, PICTURE, rounded=True
    ),
    "average pool that counts its padding": Idiom(
        [n("AveragePool", "x", kernel_shape=[3, 3], pads=[1, 1, 1, 1], count_include_pad=1)],
        {},
        PICTURE,
        rounded=True,
    ),
    "average pool, ceil": Idiom(
        [n("AveragePool", "x", kernel_shape=[2, 2], strides=[2, 2], ceil_mode=1)],
        {},
        PICTURE,
        rounded=True,
    ),
    "average pool, ceil, counting": Idiom(
        [
            n(
                "AveragePool",
                "x",
                kernel_shape=[3, 3],
                strides=[2, 2],
                pads=[1, 1, 1, 1],
                ceil_mode=1,
                count_include_pad=1,
            )
        ],
        {},
        (1, 1, 4, 6),
        opset=19,
        rounded=True,
    ),
    "global average pool": Idiom([n("GlobalAveragePool", "x")], {}, (1, 2, 2, 4)),
    # padding
    "pad": Idiom([n("Pad", "x", "p", "v")], {"p": i(0, 1, 0, 2), "v": number(0.5)}),
    "pad that cuts": Idiom([n("Pad", "x", "p")], {"p": i(0, -1, 0, 2)}),
    "pad by reflection": Idiom(
        [n("Pad", "x", "p", mode="reflect")], {"p": i(0, 0, 2, 1, 0, 0, 1, 2)}, PICTURE
    ),
    "pad by edges": Idiom(
        [n("Pad", "x", "p", mode="edge")], {"p": i(0, 0, 2, 1, 0, 0, 1, 2)}, PICTURE
    ),
    "pad of some axes": Idiom([n("Pad", "x", "p", "", "a")], {"p": i(1, 2), "a": i(-1)}, opset=18),
    "pad by wrapping": Idiom([n("Pad", "x", "p", mode="wrap")], {"p": i(0, 2, 0, 1)}, opset=19),
    "pad, old": Idiom([n("Pad", "x", pads=[0, 1, 0, 2], value=0.5)], {}, opset=10),
    # resizing
    "resize nearest": Idiom(
        [
            n(
                "Resize",
                "x",
                "",
                "s",
                mode="nearest",
                coordinate_transformation_mode="asymmetric",
                nearest_mode="floor",
            )
        ],
        {"s": f(1, 1, 2, 2)},
        (1, 1, 2, 3),
    ),
    "resize nearest to sizes": Idiom(
        [n("Resize", "x", "", "", "z", mode="nearest")], {"z": i(1, 1, 5, 4)}, (1, 1, 2, 3)
    ),
    "resize linear": Idiom(
        [n("Resize", "x", "", "s", mode="linear", coordinate_transformation_mode="half_pixel")],
        {"s": f(1, 1, 2, 4)},
        (1, 1, 3, 2),
    ),
    "resize linear, corners aligned": Idiom(
        [
            n(
                "Resize",
                "x",
                "",
                "",
                "z",
                mode="linear",
                coordinate_transformation_mode="align_corners",
            )
        ],
        {"z": i(1, 1, 5, 3)},
        (1, 1, 3, 2),
    ),
    "resize linear to less, torch's way": Idiom(
        [
            n(
                "Resize",
                "x",
                "",
                "",
                "z",
                mode="linear",
                coordinate_transformation_mode="pytorch_half_pixel",
            )
        ],
        {"z": i(1, 1, 2, 1)},
        (1, 1, 4, 4),
    ),
    "upsample": Idiom(
        [n("Upsample", "x", "s", mode="nearest")], {"s": f(1, 1, 2, 3)}, (1, 1, 2, 2), opset=9
    ),
}
