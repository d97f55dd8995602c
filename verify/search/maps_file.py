"""The files that say which affine maps a network takes: a claim, its certificate, the network."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from ..claim import Claim
from ..exact.cells import Complex
from ..exact.cells.inside import boxes
from ..exact.cells.maps import Map
from ..files import write_files
from ..kernel.declare import entries
from ..kernel.errors import BadInput, OverBudget
from .extreme_file import affine, said
from .piece_file import stem_of
from .proving import Proved, certified, judged


def write_maps_certificate(found: Complex, path: str | Path) -> None:
    """Writes the claim that the network equals one of its affine maps at each point of the domain,
    and each of them on some box in it; the claim's certificate; and the network.

    So there are exactly as many maps as the claim names, and no fewer affine maps would do: that is
    the theorem regions.maps. Raises `OverBudget` if no certificate is found.

        write_maps_certificate(regions(network, domain), "build/maps")
    """
    network = found.network
    if network.output_size > 1:
        what = f"expected one output for a certificate of affine maps, found {network.output_size}"
        raise BadInput("", f"{what}; choose one with --component I")
    names = entries("x", network.input_size)
    texts = [f"f = {_written(one, names)}" for one in found.maps.maps]
    inside = said(found.domain, names)
    holds = " or ".join(texts)
    goals = [{"goal": "covered", "for": [], "holds": f"{inside} implies {holds}" if inside else holds}]
    for number, (text, box) in enumerate(zip(texts, boxes(found, found.maps.cells), strict=True), 1):
        there = f"{inside} and {text}" if inside else text
        goals.append({"goal": f"map{number}", "for": [], "holds": f"{said(box, names)} implies {there}"})
    stem = stem_of(path)
    claim = Claim(stem.name, {"f": network}, [], goals)
    shown = judged(claim, certified(claim))
    if not isinstance(shown, Proved):
        raise OverBudget("", "no certificate was found for what the exact engine says")
    write_files(stem.parent, claim.files(shown.certificate, stem.name))


def _written(one: Map, names: Sequence[str]) -> str:
    """An affine map of one output as a term."""
    ((*weights, bias, under),) = one
    return affine([Fraction(weight, under) for weight in weights], Fraction(bias, under), names)
