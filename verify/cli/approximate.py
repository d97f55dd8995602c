"""approximate: a network for a polynomial, and the certificate that it is as close as was asked."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from ..kernel.errors import BadInput, OverBudget, displayed
from .arguments import RATIONAL, interval_option, json_option, print_json, progress, replacing
from .limited import limited

OUT = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.argument("polynomial", metavar="F")
@interval_option
@click.option("--error", type=RATIONAL, required=True, metavar="EPS", help="How far from F the network may be.")
@click.option("--out", type=OUT, help="Write the network there, as JSON.")
@click.option("--certificate", "folder", type=FOLDER, metavar="DIR", help="Write claim, certificate, network there.")
@json_option
@limited(60)
def approximate(
    polynomial: str,
    on: tuple[Fraction, Fraction],
    error: Fraction,
    out: Path | None,
    folder: Path | None,
    seconds: float,
    as_json: bool,
) -> int:
    """A network within EPS of F on an interval, F a polynomial in x such as "x^2*(1 - x)".

    It has one hidden layer: the chords of F, as few as its second derivative allows, where
    approximation.interval counts with slopes alone. That it is so close is proved.
    """
    from ..answers.approximate import approximate as made
    from ..checkers import seconded, words
    from ..exact import Interval
    from ..files import write_bytes, write_files
    from ..network.relu_network import written
    from ..search import Proved, prove

    if out is not None and out.suffix != ".json":
        raise BadInput("--out", f"expected a name that ends in .json, found {displayed(str(out))}")
    found = made(polynomial, Interval(*on), error)
    with progress("certificate", seconds):
        it = prove(found.claim, seconds)
    proved = it if isinstance(it, Proved) else None
    files = {} if proved is None else proved.claim.files(proved.certificate)
    facts: dict[str, Any] = {
        "units": found.network.units,
        "promised": found.promised,
        "slope": str(found.slope),
        "bend": str(found.bend),
        "sha256": found.network.sha256,
        "verdict": "PROVED" if proved is not None else "UNDECIDED",
    }
    if as_json:
        print_json(facts)
    else:
        print(f"units     {facts['units']}: |F''| is at most {found.bend} there")
        print(f"promised  {facts['promised']} by approximation.interval: |F'| is at most {found.slope}")
        if proved is None:
            print(f"UNDECIDED approximation: {getattr(it, 'reason', 'the claim is refuted')}")
        else:
            print("\n".join(proved.lines))
            print(f"  {words(seconded(found.claim.name, files, proved.lines))}")
    if out is not None:
        with replacing(out):
            write_bytes(out, written(found.network))
    if folder is not None and files:
        with replacing(*(folder / name for name in files)):
            write_files(folder, files)
    return OverBudget.exit_code if proved is None else 0
