"""The files that say how many pieces a network has: a claim, its certificate, the network."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from ..claim import Claim
from ..files import write_files
from ..kernel.check import CERTIFICATE, CLAIM
from ..kernel.numerals import numeral
from ..network.network import Network
from .proving import certified


def write_piece_certificate(network: Network, on: Sequence[Fraction], path: str | Path) -> None:
    """Counts the pieces of a one-input network on an interval and writes the claim that they are
    so many, its certificate and the network.

    `path` names the certificate or the claim, or their common beginning; the network goes into the
    folder `networks` beside them.
    """
    from ..exact import Interval, pieces

    count = pieces(network, Interval(*on)).pieces
    body = {"of": "f", "on": [numeral(x) for x in on], "is": "=", "count": count}
    stem = stem_of(path)
    claim = Claim.from_short(stem.name, {"pieces": body}, {"f": network})
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
