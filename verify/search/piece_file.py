"""The files that say how many pieces a network has, or what its integral is: a claim, its certificate,
the networks."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..claim import Claim
from ..files import write_files
from ..kernel.check import CERTIFICATE, CLAIM
from ..kernel.numerals import numeral
from ..network.network import Network
from .proving import certified

if TYPE_CHECKING:
    from ..exact import Interval


def write_piece_certificate(network: Network, on: Sequence[Fraction], path: str | Path) -> None:
    """Counts the pieces of a one-input network on an interval and writes the claim that they are
    so many, its certificate and the network.

    `path` names the certificate or the claim, or their common beginning; the network goes into the
    folder `networks` beside them.
    """
    from ..exact import Interval, pieces

    count = pieces(network, Interval(*on)).pieces
    body = {"of": "f", "on": [numeral(x) for x in on], "is": "=", "count": count}
    _write({"f": network}, {"pieces": body}, path)


def write_measure_certificate(
    networks: Mapping[str, Network],
    kind: str,
    of: str,
    on: "Interval",
    value: tuple[Fraction, Fraction],
    path: str | Path,
) -> None:
    """Writes the claim that a measure of networks with one input is between these two values, or if
    they are the same is this one, its certificate and the networks.

    `kind`: integral, integral_abs or sup_abs; `of`: an affine expression in the networks' names.
    """
    ends, (low, high) = [numeral(on.low), numeral(on.high)], map(numeral, value)
    if low == high:
        _write(networks, {kind: {"of": of, "on": ends, "is": "=", "bound": low}}, path)
        return
    measure = {"measure": "d", "is": kind, "of": of, "on": ends}
    goal = {"goal": "enclosed", "for": [], "holds": f"{low} <= d <= {high}"}
    _write(networks, {"declare": [measure], "goals": [goal]}, path)


def _write(networks: Mapping[str, Network], statement: Any, path: str | Path) -> None:
    stem = stem_of(path)
    claim = Claim.from_short(stem.name, statement, networks)
    write_files(stem.parent, claim.files(certified(claim).certificate, stem.name))


def piece_files(path: str | Path) -> list[Path]:
    """The claim and the certificate that `write_piece_certificate` writes."""
    stem = stem_of(path)
    return [stem.with_name(stem.name + ending) for ending in (CLAIM, CERTIFICATE)]


def stem_of(path: str | Path) -> Path:
    """The common beginning of a claim's path and its certificate's; dots in it stay.

    >>> stem_of("out/a.b.claim.json").name, stem_of("a.b").name
    ('a.b', 'a.b')
    """
    for ending in (CERTIFICATE, CLAIM, ".json"):
        if str(path).endswith(ending):
            return Path(str(path).removesuffix(ending))
    return Path(path)
