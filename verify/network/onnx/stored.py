"""Numbers stored in an ONNX file, or in a file beside it: tensors and attributes as arrays of
Fractions.

Weights of float16, bfloat16, float32 and float64 are taken as the binary fractions that they are;
infinity is kept where an operator takes it for a bound, NaN is refused.
"""

from collections.abc import Callable
from fractions import Fraction
from math import prod
from pathlib import Path
from typing import Any

import numpy

from ...kernel.errors import BadInput, OverBudget, displayed, expected
from .operators import ATTRIBUTES, FLAGS, OF_ONE
from .tensors import FLOATS, WHOLES, Array, exact_array, exact_entry, within_budget

MOST_EXTERNAL = 256_000_000
INFINITE = frozenset(
    [
        "Cast",
        "Clip",
        "Constant",
        "ConstantOfShape",
        "Expand",
        "Identity",
        "IsInf",
        "IsNaN",
        "Max",
        "Min",
        "Where",
    ]
)


class Stored:
    """An initializer, converted when first used."""

    def __init__(self, tensor: Any, folder: Path | None) -> None:
        self.tensor, self.folder = tensor, folder

    def array(self) -> Array:
        return array_of_tensor(self.tensor, self.folder)


def array_of_tensor(tensor: Any, folder: Path | None = None) -> Array:
    """A tensor as an array of Fractions. Raises `BadInput` for NaN, and for types that hold no
    numbers."""
    from onnx import numpy_helper

    if tensor.data_type not in FLOATS and tensor.data_type not in WHOLES:
        raise BadInput("", f"expected numbers, found element type {tensor.data_type}")
    if min(tensor.dims, default=1) < 0:
        raise BadInput("", f"expected sizes of at least 0, found {min(tensor.dims)}")
    within_budget(prod(tensor.dims))
    if tensor.data_location == tensor.EXTERNAL or tensor.external_data:
        tensor = _with_external(tensor, folder)
    try:
        array = numpy.asarray(numpy_helper.to_array(tensor))
    except (ValueError, TypeError, AttributeError) as error:
        found = displayed(str(error))[1:-1]
        raise BadInput("", f"expected {prod(tensor.dims)} entries, found {found}") from None
    if tensor.data_type in FLOATS:
        with numpy.errstate(invalid="ignore"):  # a signalling NaN, refused below
            array = array.astype(numpy.float64)
        if numpy.isnan(array).any():
            position = "/".join(map(str, numpy.argwhere(numpy.isnan(array))[0]))
            raise BadInput(position and f"/{position}", "expected a finite number, found nan")
    elif tensor.data_type in (21, 22):  # four bits
        array = array.astype(numpy.int8)
    return exact_array(array.ravel().tolist()).reshape(array.shape)


def _with_external(tensor: Any, folder: Path | None) -> Any:
    """A copy of the tensor with its bytes, from a file beside the model: in its folder, never
    outside."""
    entries = {entry.key: entry.value for entry in tensor.external_data}
    location = entries.get("location", "")
    shown = displayed(location)
    if folder is None:
        raise BadInput("", f"expected weights inside the file, found them kept in another: {shown}")
    file = _beside(folder, location)
    offset, length = (_whole(entries.get(key, ""), key) for key in ("offset", "length"))
    data = _bytes(file, shown, offset or 0, length)
    copy = type(tensor)()
    copy.dims.extend(tensor.dims)
    copy.data_type, copy.raw_data = tensor.data_type, data
    return copy


def _beside(folder: Path, location: str) -> Path:
    relative = Path(location)
    if (
        not location
        or "\0" in location
        or relative.is_absolute()
        or ".." in relative.parts
        or "\\" in location
    ):
        raise BadInput(
            "", f"expected weights in the model's folder, found the path {displayed(location)}"
        )
    file = (folder / relative).resolve()
    if not file.is_relative_to(folder.resolve()):
        found = f"{displayed(location)} that leads out of it"
        raise BadInput("", f"expected weights in the model's folder, found {found}")
    if not file.is_file():
        raise BadInput(
            "", f"expected the weights' file {displayed(location)} beside the model, found none"
        )
    return file


def _whole(text: str, what: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise BadInput(
            "", f"expected a whole number as the {what} of external data, found {displayed(text)}"
        )
    return int(text)


def _bytes(file: Path, shown: str, offset: int, length: int | None) -> bytes:
    wanted = MOST_EXTERNAL + 1 if length is None else length
    if length is not None and length > MOST_EXTERNAL:
        raise OverBudget("", f"{length} bytes of weights; at most {MOST_EXTERNAL} are read")
    with file.open("rb") as stream:
        stream.seek(offset)
        data = stream.read(min(wanted, MOST_EXTERNAL + 1))
    if len(data) > MOST_EXTERNAL:
        raise OverBudget("", f"more than {MOST_EXTERNAL} bytes of weights")
    if length is not None and len(data) != length:
        raise BadInput("", f"expected {length} bytes at {offset} of {shown}, found {len(data)}")
    return data


def attribute_value(op: str, attribute: Any, folder: Path | None) -> Any:
    """A float as the Fraction that it is, an int, a text, a list of them, or a tensor as an array
    of Fractions."""
    kind = attribute.AttributeType.Name(attribute.type)
    wanted = OF_ONE.get((op, attribute.name)) or ATTRIBUTES.get(attribute.name, "INT")
    if kind != wanted:
        raise expected("", f"an attribute of type {wanted}", kind)
    if kind == "TENSOR":
        return array_of_tensor(attribute.t, folder)
    if attribute.name in FLAGS and attribute.i not in (0, 1):
        raise expected("", "0 or 1", attribute.i)
    return READ[kind](attribute)


def _text(data: bytes) -> str:
    try:
        text = data.decode("ascii")
    except UnicodeDecodeError:
        raise expected("", "a text in ASCII", data.decode("utf-8", "replace")) from None
    if not text.isprintable():
        raise expected("", "a printable text", text)
    return text


def _number(value: float) -> Fraction | float:
    if value != value:
        raise BadInput("", "expected a finite number, found nan")
    return exact_entry(value)  # type: ignore[no-any-return]


def _finite(value: float) -> Fraction:
    if value - value != 0:
        raise BadInput("", f"expected a finite number, found {value}")
    return Fraction(value)


BOUNDS: dict[str, Callable[[float], Any]] = {  # attributes that may hold no finite number
    "min": _number,
    "max": _number,
    "replaced_value_float": lambda value: None if value != value else _finite(value),
}
READ: dict[str, Callable[[Any], Any]] = {
    "INT": lambda attribute: attribute.i,
    "INTS": lambda attribute: list(attribute.ints),
    "FLOAT": lambda attribute: BOUNDS.get(attribute.name, _finite)(attribute.f),
    "FLOATS": lambda attribute: [_finite(value) for value in attribute.floats],
    "STRING": lambda attribute: _text(attribute.s),
}


def refuse_infinite(op: str, value: object) -> None:
    """Only some operators take infinity for no bound."""
    if op in INFINITE or not isinstance(value, numpy.ndarray):
        return
    for index, entry in zip(numpy.ndindex(value.shape), value.flat, strict=True):
        if type(entry) is float:
            raise BadInput(
                "".join(f"/{i}" for i in index), f"expected a finite number, found {entry}"
            )
