"""approximate: a network for a function, by an existence theorem, and how close it is, certified."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..kernel.errors import BadInput, OverBudget, Rejected, displayed
from ..kernel.numerals import numeral
from .arguments import POINT, RATIONAL, json_option, point, print_json, progress, replacing, shown
from .limited import limited

if TYPE_CHECKING:
    from ..answers.certify import Closeness
    from ..answers.construct import Construction
    from ..network.network import Network

OUT = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
METHODS = ("chords", "interval", "cube", "product", "polynomial", "sobolev")
ONLY_WITH = {"--lipschitz": ("interval", "cube"), "--order": ("sobolev",), "--cells": ("sobolev",)}


@click.command()
@click.argument("function", metavar="F")
@click.option("--on", type=POINT, multiple=True, default=["0,1"], metavar="A,B", help="The inputs' interval, or one for each.")
@click.option("--error", type=RATIONAL, required=True, metavar="EPS", help="How far from F the network may be.")
@click.option("--by", "method", type=click.Choice(METHODS), help="The theorem; by default one that fits F.")
@click.option("--lipschitz", type=RATIONAL, metavar="C", help="For interval and cube: F's constant in the l1 norm; by default derived.")
@click.option("--order", type=click.IntRange(1, 8), help="For sobolev: of the derivatives that are bounded.  [default: 2]")
@click.option("--cells", type=click.IntRange(1, 64), help="For sobolev: of each side.  [default: 4]")
@click.option("--out", type=OUT, help="Write the network there, as JSON.")
@click.option("--certificate", "folder", type=FOLDER, metavar="DIR", help="Write claim, certificate, network there.")
@json_option
@limited(60)
def approximate(
    function: str,
    on: tuple[tuple[Fraction, ...], ...],
    error: Fraction,
    method: str | None,
    lipschitz: Fraction | None,
    order: int | None,
    cells: int | None,
    out: Path | None,
    folder: Path | None,
    seconds: float,
    as_json: bool,
) -> int:
    """A network within EPS of F, such as "x^2*(1 - x)" or "max(x1, x2)/2", on an interval or a box.

    \b
    chords      of a polynomial in x, as few as its second derivative allows (the default there)
    interval    approximation.interval: n units give C/(2n) (for other functions of x)
    cube        approximation.cube: the largest of cones (for other functions of more inputs)
    product     smooth.product.network: x1*x2 by three squares, by sums of sawtooths (the default of x1*x2)
    polynomial  smooth.polynomial: Horner's rule; with more inputs a chain of products for each term
    sobolev     smooth.sobolev: Yarotsky's network

    That it is so close is proved where F is piecewise linear or has one input, computed exactly where
    F is another polynomial; else it is as the theorem says.
    """
    from ..answers.construct import Wish, construct
    from ..answers.target import Target

    if out is not None and out.suffix != ".json":
        raise BadInput("--out", f"expected a name that ends in .json, found {displayed(str(out))}")
    sides = _sides(on)
    inputs = len(sides) if len(sides) > 1 else None
    target = Target.of(function, inputs)
    method = method or _method(target, lipschitz)
    for option, given in (("--lipschitz", lipschitz), ("--order", order), ("--cells", cells)):
        if given is not None and method not in ONLY_WITH[option]:
            raise BadInput(option, f"expected it with --by {' or '.join(ONLY_WITH[option])}, found {method}")
    if len(sides) == 1:
        sides *= len(target.names)
    if method == "chords":
        return _chords(target.text, sides, error, out, folder, seconds, as_json)
    made = construct(target, sides, method, Wish(error, lipschitz, order or 2, cells or 4))
    return _constructed(made, error, out, folder, seconds, as_json)


def _sides(on: Sequence[Sequence[Fraction]]) -> list[Any]:
    from ..exact import Interval

    for ends in on:
        if len(ends) != 2:
            raise BadInput("--on", f'expected two rationals with a comma between, such as "0,1", found {len(ends)}')
    return [Interval(low, high) for low, high in on]


def _method(target: Any, lipschitz: Fraction | None) -> str:
    if len(target.names) > 1:
        return "product" if target.is_product and lipschitz is None else "cube"
    is_plain = target.terms is not None and lipschitz is None
    return "chords" if is_plain else "interval"


def _chords(
    function: str, sides: Sequence[Any], error: Fraction, out: Path | None, folder: Path | None, seconds: float, as_json: bool
) -> int:
    """Chords of a polynomial in x, where approximation.interval counts with slopes alone."""
    from ..answers.approximate import approximate as made
    from ..search import Proved, prove

    if len(sides) != 1:
        raise BadInput("--by", f"expected one input for chords, found {len(sides)}; cube takes more")
    found = made(function, sides[0], error)
    with progress("certificate", seconds):
        it = prove(found.claim, seconds)
    proved = it if isinstance(it, Proved) else None
    verdict = "UNDECIDED" if proved is None else "PROVED"
    facts: dict[str, Any] = {
        "units": found.network.units,
        "promised": found.promised,
        "slope": str(found.slope),
        "bend": str(found.bend),
        "sha256": found.network.sha256,
        "verdict": verdict,
    }
    if as_json:
        print_json(facts)
    else:
        print(f"units     {facts['units']}: |F''| is at most {found.bend} there")
        print(f"promised  {facts['promised']} by approximation.interval: |F'| is at most {found.slope}")
        if proved is None:
            print(f"UNDECIDED approximation: {getattr(it, 'reason', 'the claim is refuted')}")
    files = _say_proof(proved, as_json)
    _write(found.network, files, out, folder)
    return OverBudget.exit_code if proved is None else 0


def _constructed(made: "Construction", error: Fraction, out: Path | None, folder: Path | None, seconds: float, as_json: bool) -> int:
    """The network of a theorem, beside what the theorem says of it."""
    from ..answers.certify import certify

    with progress("certificate", seconds):
        found = certify(made, error, seconds)
    promised = "none: a hypothesis was not derived" if made.promised is None else numeral(made.promised)
    if as_json:
        print_json(_facts(made, found))
    else:
        premise = f", provided that {made.premise}" if made.premise else ""
        print(f"theorem   {made.theorem}{premise}")
        print(f"units     {made.network.units} = {made.units_by}")
        print(f"depth     {made.network.depth} = {made.depth_by}")
        print(f"bound     {made.bound}")
        print(f"promised  {promised}")
        print(f"error     {_error(found, error)}")
    files = _say_proof(found.proof, as_json)
    _write(made.network, files, out, folder)
    if found.holds is None:
        return OverBudget.exit_code
    return 0 if found.holds else Rejected.exit_code


def _facts(made: "Construction", found: "Closeness") -> dict[str, Any]:
    def text(value: Fraction | None) -> str | None:
        return None if value is None else numeral(value)

    return {
        "theorem": made.theorem,
        "units": made.network.units,
        "depth": made.network.depth,
        "bound": made.bound,
        "promised": text(made.promised),
        "premise": made.premise,
        "certified_by": found.by,
        "holds": found.holds,
        "low": text(found.low),
        "high": text(found.high),
        "at": [numeral(x) for x in found.at],
        "sha256": _hash(made.network),
    }


def _hash(network: "Network") -> str | None:
    try:
        return network.sha256
    except OverBudget:
        return None


def _error(found: "Closeness", error: Fraction) -> str:
    """One line on how far the network is, and who says so."""
    if found.by == "kernel":
        return f"at most {numeral(error)}: proved" if found.holds else f"more than {numeral(error)}: refuted"
    if found.by == "theorem":
        said = "as the theorem says" if found.holds else "nothing is known"
        return f"{said}; not certified here: {found.reason}"
    if found.low == found.high and found.high is not None:
        size = f"exactly {shown(found.high)}, at {point(found.at)}"
    else:
        size = f"between {shown(found.low or Fraction(0))} and {shown(found.high or Fraction(0))}"
    kept = {True: "", False: f", more than {numeral(error)}", None: f"; {numeral(error)} is undecided"}
    return f"{size}: by the exact engine{kept[found.holds]}"


def _say_proof(proof: Any, as_json: bool) -> Mapping[str, bytes]:
    """Prints what the kernel said; the files that it read."""
    from ..checkers import seconded, words
    from ..search import Proved

    if proof is None:
        return {}
    files: Mapping[str, bytes] = proof.claim.files(proof.certificate)
    if not as_json:
        first = proof.lines[0] if isinstance(proof, Proved) else "REFUTED approximation"
        print("\n".join([first, *proof.lines[1:]]))
        print(f"  {words(seconded(proof.claim.name, files, proof.lines))}")
    return files


def _write(network: "Network", files: Mapping[str, bytes], out: Path | None, folder: Path | None) -> None:
    from ..files import write_bytes, write_files
    from ..network.relu_network import written

    if out is not None:
        with replacing(out):
            write_bytes(out, written(network))
    if folder is None:
        return
    if not files:
        raise OverBudget("--certificate", "nothing was proved by the kernel, so that nothing is written")
    with replacing(*(folder / name for name in files)):
        write_files(folder, files)
