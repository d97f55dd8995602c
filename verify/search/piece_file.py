"""The files that say how many pieces a network has: a claim, its certificate, the network."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path

from ..claim import Claim
from ..kernel.check import CERTIFICATE, CLAIM
from ..kernel.errors import BadInput
from ..kernel.numerals import numeral
from ..network.network import Network
from .proving import certified


def write_piece_certificate(network: Network, on: Sequence[Fraction], path: str | Path) -> None:
    """Counts the pieces of a one-input network on an interval and writes the claim that they are so many, its certificate and the network.

    `path` names the certificate or the claim, or their common beginning; the network goes into the folder `networks` beside them.
    """
    from ..exact import Interval, pieces

    count = pieces(network, Interval(*on)).pieces
    body = {"of": "f", "on": [numeral(x) for x in on], "is": "=", "count": count}
    stem = _stem(path)
    claim = Claim.from_short(stem.name, {"pieces": body}, {"f": network})
    save(stem.parent, claim.files(certified(claim).certificate))


def piece_files(path: str | Path) -> list[Path]:
    """The claim and the certificate that `write_piece_certificate` writes."""
    stem = _stem(path)
    return [stem.with_name(stem.name + ending) for ending in (CLAIM, CERTIFICATE)]


def _stem(path: str | Path) -> Path:
    """The common beginning of the two; dots in it stay."""
    for ending in (CERTIFICATE, CLAIM, ".json"):
        if str(path).endswith(ending):
            return Path(str(path).removesuffix(ending))
    return Path(path)


def save(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes the files that the checker reads, by their names in the folder."""
    for name, data in files.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary = path.with_name(f".{path.name}.new")
            temporary.write_bytes(data)
            temporary.replace(path)
        except OSError as error:
            raise BadInput(str(path), f"cannot be written: {(error.strerror or str(error)).lower()}") from None
