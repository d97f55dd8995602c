"""Loading: a network from a name (tent, sawtooth:K, max:N, random:WIDTHS:SEED, …) or from a file,
by its ending."""

from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path

from .. import extras
from ..files import read_bytes
from ..kernel.errors import BadInput, OverBudget, displayed, placed
from ..rational import rational
from . import builders
from .network import Network

MOST_COMPOSITIONS = 100_000
MOST_TERMS = 5_000
MOST_WEIGHTS = 4_000_000
MOST_INPUTS, MOST_UNITS = 20, 200


def load(source: str | Path) -> Network:
    """The network of that name or in that file; FILE.onnx:NAME chooses one of several outputs, or any tensor of the graph.

    Raises `BadInput` with the file, the place in it and the reason."""
    name, _, rest = str(source).partition(":")
    if isinstance(source, str) and name in NAMED:
        with placed(_shown(source)):
            return NAMED[name](rest)
    path, output = _parted(source)
    read = READERS.get(path.suffix.lower())
    if read is None and path.name.lower().endswith(".onnx.gz"):
        read = _onnx
    if read is None:
        raise BadInput(_shown(source), f"expected a network: a file ending in {', '.join(READERS)}, or {FORMS}")
    if "\0" in str(path):
        raise BadInput(_shown(path), "expected the name of a file, found a null character in it")
    with placed(_shown(path)):
        try:
            network = read(path) if output is None else _onnx(path, output)
            _ = network.lowered  # kept with the network; made now, so that "too large" is said with the file's name
            return network
        except (OSError, UnicodeEncodeError) as error:
            raise BadInput("", f"cannot be read: {(getattr(error, 'strerror', None) or 'no such name').lower()}") from None


def _parted(source: str | Path) -> tuple[Path, str | None]:
    """The file, and the tensor named after it."""
    for ending in (".onnx:", ".onnx.gz:"):
        stem, chosen, output = str(source).partition(ending)
        if chosen:
            return Path(stem + ending[:-1]), output
    return Path(source), None


def _shown(source: str | Path) -> str:
    """A name of a file, or of a network, on one printable line."""
    text = str(source)
    return text if text.isprintable() else ascii(text)[1:-1]


def _whole(text: str, what: str, least: int = 0, most: int = MOST_COMPOSITIONS) -> int:
    plain = text.isascii() and text.isdigit() and len(text) < 9
    if not plain or str(int(text)) != text or not least <= int(text) <= most:
        raise BadInput("", f"expected {what}, a whole number from {least} to {most}, found {displayed(text)}")
    return int(text)


def _random(rest: str) -> Network:
    widths, _, seed = rest.partition(":")
    sizes = [_whole(width, "a width", 1) for width in widths.split("-")] if widths else []
    if (weights := sum(a * b for a, b in pairwise([1, *sizes, 1]))) > MOST_WEIGHTS:
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
    sizes = [_whole(width, "a width", 1, MOST_UNITS) for width in widths.split("-")]
    return builders.folding(_whole(inputs, "a number of inputs D", 1, MOST_INPUTS), sizes)


NAMED: Mapping[str, Callable[[str], Network]] = {
    "tent": _tent,
    "sawtooth": lambda rest: builders.sawtooth(_whole(rest, "a number of compositions K")),
    "square": lambda rest: builders.square(_whole(rest, "a number of terms M", most=MOST_TERMS)),
    "constant": lambda rest: builders.constant(rational(rest)),
    "max": lambda rest: builders.maximum(_whole(rest, "a number of inputs N", 1, MOST_UNITS)),
    "arrangement": _arrangement,
    "folding": _folding,
    "random": _random,
}
FORMS = (
    "tent, sawtooth:K, square:M, constant:Q, max:N, arrangement:D:M, folding:D:WIDTHS, "
    "random:WIDTHS:SEED (widths as 8-8)"
)


def _json(path: Path) -> Network:
    from .relu_network import read

    return read(read_bytes(path))


def _onnx(path: Path, output: str | None = None) -> Network:
    extras.need("onnx", "onnx", "reading ONNX")
    from .onnx.model import MOST_BYTES, read

    data = read_bytes(path)
    if path.suffix.lower() == ".gz":
        data = unpacked(data, MOST_BYTES)
    return read(data, output, path.parent)


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


def _nnet(path: Path) -> Network:
    from .nnet_file import read

    return read(read_bytes(path))


def _safetensors(path: Path) -> Network:
    from .torch_modules import read

    return read(read_bytes(path))


READERS: Mapping[str, Callable[[Path], Network]] = {".json": _json, ".onnx": _onnx, ".nnet": _nnet, ".safetensors": _safetensors}
