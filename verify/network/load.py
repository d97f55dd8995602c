"""Loading: a network from a name (tent, sawtooth:K, max:N, random:WIDTHS:SEED, …) or from a file,
by its ending."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from fractions import Fraction
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from .. import extras
from ..files import MOST_BYTES, read_bytes
from ..kernel.errors import BadInput, OverBudget, displayed, placed
from ..rational import rational
from ..spelling import nearest
from ..typed import want_type
from . import builders
from .network import Network
from .products import multiplied

MOST_COMPOSITIONS = 100_000
MOST_TERMS = 5_000
MOST_WEIGHTS = 4_000_000
MOST_INPUTS, MOST_UNITS = 20, 200


class Format(NamedTuple):
    """Files with these endings are read by the module of this package: by its `read(data)`, or,
    where a file holds a graph of tensors of which one may be chosen, its `read(data, tensor,
    folder)`. What ends in .gz is unpacked first. `extra`: what has to be installed for it."""

    endings: tuple[str, ...]
    module: str
    has_tensors: bool = False
    extra: str = ""


FORMATS = (
    Format((".json",), "relu_network"),
    Format((".onnx", ".onnx.gz"), "onnx.model", has_tensors=True, extra="onnx"),
    Format((".nnet",), "nnet_file"),
    Format((".safetensors",), "torch_modules"),
)
ENDINGS = {ending: form for form in FORMATS for ending in form.endings}


def load(source: str | Path) -> Network:
    """The network of that name or in that file.

    `FILE.onnx:NAME` chooses one of several outputs, or any tensor or node inside. Raises `BadInput`
    with the file, the place in it and the reason.

    >>> load("sawtooth:3")
    <Network 1-2-2-2-1, 6 units, depth 3>
    """
    wanted = "a name or a path; Network.from_torch(module, example) takes a module of torch"
    want_type(source, (str, Path), wanted)
    name, _, rest = str(source).partition(":")
    if isinstance(source, str) and name in NAMED:
        with placed(_shown(source)):
            return NAMED[name](rest)
    path, tensor = _parted(source)
    ending = ending_of(path)
    if not ending:
        wanted = f"a file ending in {', '.join(ENDINGS)}, or {FORMS}"
        hint = nearest(name, NAMED) or _near_file(path)
        if hint:
            raise BadInput(_shown(source), f"expected a network, found no such name{hint}")
        raise BadInput(_shown(source), f"expected a network: {wanted}")
    if "\0" in str(path):
        raise BadInput(_shown(path), "expected the name of a file, found a null character in it")
    with placed(_shown(path)):
        try:
            network = _read(path, ending, tensor)
            _ = network.lowered  # made now, so that "too large" is said with the file's name
            return network
        except (OSError, UnicodeEncodeError) as error:
            reason = getattr(error, "strerror", None) or "no such name"
            raise BadInput("", f"cannot be read: {reason.lower()}") from None
        except BadInput as error:
            raise BadInput(error.where, error.reason + _near_file(path)) from None


def _near_file(path: Path) -> str:
    """"; did you mean nets/lindex.onnx?", where a network's file has nearly this name."""
    with suppress(OSError, ValueError):
        if not path.exists():
            beside = [it for it in path.parent.iterdir() if ending_of(it) and it.name.isprintable()]
            return nearest(str(path), map(str, beside))
    return ""


def ending_of(path: Path) -> str:
    """By which ending of its name a file's format is known; "" if by none.

    >>> ending_of(Path("nets/model.ONNX.gz"))
    '.onnx.gz'
    """
    name = path.name.lower()
    return next((ending for ending in ENDINGS if name.endswith(ending)), "")


def _read(path: Path, ending: str, tensor: str | None) -> Network:
    form = ENDINGS[ending]
    if form.extra:
        extras.need(form.extra, form.extra, f"reading {form.extra.upper()}")
    data = read_bytes(path)
    if ending.endswith(".gz"):
        data = unpacked(data, MOST_BYTES)
    module = import_module(f"{__package__}.{form.module}")
    network: Network
    if form.has_tensors:
        network = module.read(data, tensor, path.parent)
        return network
    network = module.read(data)
    return network if tensor is None else builders.inside(network, tensor)


def _parted(source: str | Path) -> tuple[Path, str | None]:
    """The file, and the tensor named after it."""
    for ending in ENDINGS:
        stem, colon, tensor = str(source).partition(f"{ending}:")
        if colon:
            return Path(stem + ending), tensor
    return Path(source), None


def _shown(source: str | Path) -> str:
    """A name of a file, or of a network, on one printable line."""
    text = str(source)
    return text if text.isprintable() else ascii(text)[1:-1]


def _whole(text: str, what: str, least: int = 0, most: int = MOST_COMPOSITIONS) -> int:
    plain = text.isascii() and text.isdigit() and len(text) < 9
    if not plain or str(int(text)) != text or not least <= int(text) <= most:
        wanted = f"{what}, a whole number from {least} to {most}"
        raise BadInput("", f"expected {wanted}, found {displayed(text)}")
    return int(text)


def _widths(text: str, most: int) -> list[int]:
    """The widths of hidden layers, written with - between them."""
    if not re.fullmatch("[0-9]+(-[0-9]+)*", text, re.ASCII):
        wanted = "the widths of hidden layers with - between, such as 8-8"
        raise BadInput("", f"expected {wanted}, found {displayed(text)}")
    return [_whole(width, "a width", 1, most) for width in text.split("-")]


def _random(rest: str) -> Network:
    widths, _, seed = rest.partition(":")
    sizes = _widths(widths, MOST_COMPOSITIONS) if widths else []
    weights = sum(a * b for a, b in pairwise([1, *sizes, 1]))
    if weights > MOST_WEIGHTS:
        raise OverBudget("", f"{weights} weights; at most {MOST_WEIGHTS} are made")
    return builders.random_network(sizes, _whole(seed or "0", "a seed"))


def _tent(rest: str) -> Network:
    if rest:
        raise BadInput("", f"expected nothing after tent, found {displayed(rest)}")
    return builders.tent()


def _arrangement(rest: str) -> Network:
    inputs, _, units = rest.partition(":")
    size = _whole(inputs, "a number of inputs D", 1, MOST_INPUTS)
    return builders.arrangement(size, _whole(units, "a number of units M", 1, MOST_UNITS))


def _folding(rest: str) -> Network:
    inputs, _, widths = rest.partition(":")
    size = _whole(inputs, "a number of inputs D", 1, MOST_INPUTS)
    return builders.folding(size, _widths(widths, MOST_UNITS))


def _multiply(rest: str) -> Network:
    terms, colon, bound = rest.partition(":")
    most = rational(bound) if colon else Fraction(1)
    return multiplied(_whole(terms, "a number of terms M", most=MOST_UNITS), most).network


_MADE: Mapping[str, Callable[[str], Network]] = {
    "tent": _tent,
    "sawtooth:K": lambda rest: builders.sawtooth(_whole(rest, "a number of compositions K")),
    "square:M": lambda rest: builders.square(_whole(rest, "a number of terms M", most=MOST_TERMS)),
    "constant:Q": lambda rest: builders.constant(rational(rest)),
    "multiply:M:B": _multiply,
    "max:N": lambda rest: builders.maximum(_whole(rest, "a number of inputs N", 1, MOST_UNITS)),
    "arrangement:D:M": _arrangement,
    "folding:D:WIDTHS": _folding,
    "random:WIDTHS:SEED": _random,
}
NAMED = {form.partition(":")[0]: make for form, make in _MADE.items()}
FORMS = f"{', '.join(_MADE)} (WIDTHS of hidden layers, as 8-8; random has one input)"


def unpacked(data: bytes, most: int) -> bytes:
    """What gzip packed. Raises `BadInput` for anything else, `OverBudget` beyond `most` bytes."""
    import io
    import zlib
    from gzip import GzipFile

    try:
        with GzipFile(fileobj=io.BytesIO(data)) as stream:
            whole = stream.read(most + 1)
    except (OSError, EOFError, zlib.error):
        raise BadInput("", "expected a file that gzip packed, found another") from None
    if len(whole) > most:
        raise OverBudget("", f"more than {most} bytes when unpacked")
    return whole
