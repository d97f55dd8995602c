"""The files that say what the integral of a distance on an interval is: a claim, its certificate, the networks."""

from collections.abc import Sequence
from pathlib import Path

from ..claim import Claim
from ..exact import Interval
from ..exact.distance import Distance
from ..files import write_files
from ..kernel.errors import OverBudget
from ..kernel.numerals import numeral
from ..network.network import Network
from .piece_file import stem_of
from .proving import Proved, certified, judged


def write_integral_certificate(networks: Sequence[Network], on: Interval, found: Distance, path: str | Path) -> None:
    """Writes the claim that ∫ |f − g| over the interval is this number, or between these two, its certificate and the networks.

    Raises `OverBudget` if none is found.
    """
    f, g = networks
    measure = {"measure": "d", "is": "integral_abs", "of": "f - g", "on": [numeral(on.low), numeral(on.high)]}
    holds = f"d = {numeral(found.low)}" if found.value is not None else f"{numeral(found.low)} <= d <= {numeral(found.high)}"
    stem = stem_of(path)
    claim = Claim(stem.name, {"f": f, "g": g}, [measure], [{"goal": "integral", "for": [], "holds": holds}])
    proved = judged(claim, certified(claim))
    if not isinstance(proved, Proved):
        raise OverBudget("", "no certificate was found for what the exact engine says")
    write_files(stem.parent, claim.files(proved.certificate, stem.name))
