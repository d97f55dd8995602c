"""Loading: a network from a name (tent, sawtooth:K, square:M, constant:Q, random:WIDTHS:SEED) or from a file, by its ending."""

from collections.abc import Callable, Mapping
from pathlib import Path

from ..kernel.errors import BadInput, DepthproofError, displayed
from ..kernel.numeral import rational
from . import builders
from .network import Network

MOST_COMPOSITIONS = 100_000


def load(source: str | Path) -> Network:
    """The network of that name or in that file. Raises `BadInput` with the file, the place in it and the reason."""
    name, _, rest = str(source).partition(":")
    if isinstance(source, str) and name in NAMED:
        try:
            return NAMED[name](rest)
        except DepthproofError as error:
            raise error.within(str(source)) from None
    path = Path(source)
    read = READERS.get(path.suffix.lower())
    if read is None:
        raise BadInput(displayed(str(source)), f"expected a network: a file ending in {', '.join(READERS)}, or {FORMS}")
    try:
        return read(path)
    except OSError as error:
        raise BadInput(displayed(str(path)), f"cannot be read: {(error.strerror or str(error)).lower()}") from None
    except DepthproofError as error:
        raise error.within(str(path)) from None


def _whole(text: str, what: str, least: int = 0) -> int:
    value = rational(text) if text else None
    if value is None or value.denominator != 1 or not least <= value <= MOST_COMPOSITIONS:
        raise BadInput("", f"expected {what}, a whole number from {least} to {MOST_COMPOSITIONS}, found {displayed(text)}")
    return value.numerator


def _random(rest: str) -> Network:
    widths, _, seed = rest.partition(":")
    return builders.random_network([_whole(w, "a width", 1) for w in widths.split("-")] if widths else [], _whole(seed or "0", "a seed"))


def _tent(rest: str) -> Network:
    if rest:
        raise BadInput("", f"expected nothing after tent, found {displayed(rest)}")
    return builders.tent()


NAMED: Mapping[str, Callable[[str], Network]] = {
    "tent": _tent,
    "sawtooth": lambda rest: builders.sawtooth(_whole(rest, "a number of compositions K")),
    "square": lambda rest: builders.square(_whole(rest, "a number of terms M")),
    "constant": lambda rest: builders.constant(rational(rest)),
    "random": _random,
}
FORMS = "tent, sawtooth:K, square:M, constant:Q, random:WIDTHS:SEED (widths as 8-8)"


def _json(path: Path) -> Network:
    from .relu_network import read

    return read(path.read_bytes())


def _onnx(path: Path) -> Network:
    from .onnx_file import read

    return read(path.read_bytes())


def _nnet(path: Path) -> Network:
    from .nnet_file import read

    return read(path.read_bytes())


def _safetensors(path: Path) -> Network:
    from .torch_modules import read

    return read(path.read_bytes())


READERS: Mapping[str, Callable[[Path], Network]] = {".json": _json, ".onnx": _onnx, ".nnet": _nnet, ".safetensors": _safetensors}
