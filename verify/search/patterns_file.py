"""The files that say which activation patterns occur on sets with an interior: a claim, its certificate, the network."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ..claim import Claim, vocabulary
from ..exact.cells import Box, Complex
from ..exact.cells.inside import boxes
from ..files import write_files
from ..kernel.declare import entries
from ..kernel.errors import BadInput, OverBudget
from .extreme_file import said
from .networks import patterns
from .networks.setting import Setting
from .piece_file import stem_of

MOST_SIGNS = 100_000  # of all patterns together: no claim with more is within the kernel's limits

Array = np.ndarray


def write_patterns_certificate(found: Complex, path: str | Path) -> None:
    """Writes the claim that at each point of the domain the signs of the network's units do not
    contradict one of these activation patterns, and that each of them is the pattern on some box in
    it; the claim's certificate; and the network.

    So these are the patterns that occur on sets with an interior, and no others: that is the
    theorem regions.patterns. Raises `OverBudget` beyond the limits of the kernel.

        write_patterns_certificate(regions(network, domain), "build/patterns")
    """
    stem, network = stem_of(path), found.network
    inside = said(found.domain, entries("x", network.input_size))
    table, cells = _patterns(found)
    setting = Setting(vocabulary({"f": network}))
    units = [f"value{unit.z}" for unit in setting.graph.units]
    whole = patterns.divided(setting, table)
    covered = patterns.formula(whole, units)
    if inside:
        covered = f"{inside} implies {covered}"
    items = [("covered", covered, patterns.steps(setting, network, covered, whole))]
    for number, (row, box) in enumerate(zip(table, boxes(found, cells), strict=True), 1):
        items.append((f"pattern{number}", _taken(row, box, units, inside), patterns.on_box(box)))
    claim = Claim(stem.name, {"f": network}, [], [{"goal": name, "for": [], "holds": text} for name, text, _ in items])
    certificate = claim.certificate({"items": [{"goal": name, "proof": steps} for name, _, steps in items]})
    claim.check(certificate)
    write_files(stem.parent, claim.files(certificate, stem.name))


def _patterns(found: Complex) -> tuple[Array, Array]:
    """The patterns of the cells, different ones, and a cell for each."""
    table, cells = np.unique(found.active, axis=0, return_index=True)
    count, units = table.shape
    if not units:
        raise BadInput("", "expected a network with units for a certificate of activation regions, found none")
    if table.size > MOST_SIGNS:
        raise OverBudget("", f"{count} patterns of {units} units have more than {MOST_SIGNS} signs")
    return table, cells


def _taken(row: Sequence[bool], box: Box, units: Sequence[str], inside: str) -> str:
    """That a box lies in the domain, and this is the pattern there."""
    signs = zip(units, row, strict=True)
    parts = [f"{unit} > 0" if active else f"{unit} <= 0" for unit, active in signs]
    if inside:
        parts.insert(0, inside)
    return f"{said(box, entries('x', box.size))} implies {' and '.join(parts)}"
