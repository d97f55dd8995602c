"""Coq files about a person's networks: theorems about the real functions, from the exact weights.

Nothing here is trusted. What is written is a number, and points between which all is affine; that they are right, coqc
finds by running the proved checker.
"""

import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from importlib.metadata import PackageNotFoundError, version
from math import ceil, floor
from pathlib import Path
from typing import Any

from ..claim import vocabulary
from ..exact import Interval, counts, distance
from ..exact.distance import WIDTH
from ..files import write_bytes
from ..kernel.errors import BadInput, OverBudget, displayed
from ..kernel.numerals import numeral
from ..network.builders import sawtooth
from ..network.network import Network
from ..network.operations import Node
from ..search.networks.line import points
from ..search.networks.setting import Setting

MOST_POINTS = 5_000
LONGEST_VALUE = 100  # characters of a distance that is stated exactly
LINE = 97
FRACTION = "\x00#\x00"  # stands for the sign between numerator and denominator
RUN = "vm_cast_no_check (eq_refl true)."
UNIT = Interval(Fraction(0), Fraction(1))
IMPORTS = """\
From Coq Require Import QArith Qreals.
From Depthproof Require Import Definitions Oscillations.
From Checked Require Import FileNetwork.
From Depthproof Require Import FromFile.
Open Scope R_scope."""
_WORDS = (
    "IF|Prop|SProp|Set|Type|as|at|by|cofix|else|end|exists|exists2|fix|for|forall|fun|if|in|let|match|return|then|"
    "using|where|with"
)
_OWN = "[fg](_weights|_file|_is)?|points|checked"  # the names in such a file
_NAME = re.compile(rf"(?!({_WORDS}|{_OWN})$)[A-Za-z]\w*", re.ASCII)


@dataclass(frozen=True)
class Named:
    """A network, and where it was read from."""

    source: str
    network: Network


@dataclass(frozen=True)
class _Shown:
    """What a file shows: in words, as Coq's proposition, by which run, by which theorem of FromFile.v."""

    said: str
    claim: str
    run: str
    by: str


def pieces_file(name: str, f: Named, on: Interval) -> str:
    """The Coq file whose theorem, `name`, says how many pieces the network has on the interval.

    >>> text = pieces_file("eight", Named("sawtooth:3", sawtooth(3)), UNIT)
    >>> text.splitlines()[0]
    '(* eight: f has exactly 8 pieces on [0, 1].'
    """
    grid, count = _points(on, f.network), counts(f.network, on).pieces
    shown = _Shown(
        f"f has exactly {_plural(count)} on {_interval(on)}",
        f"pieces_exactly {count} {_reals(on)} f",
        f"check_pieces f_file {_rationals(on)} points {count}",
        "pieces_by_points",
    )
    return _file(name, {"f": f}, grid, shown)


def separation_file(name: str, f: Named) -> str:
    """The Coq file whose theorem says how many pieces the network has on [0, 1], and how far it is from every sawtooth.

    >>> text = separation_file("far", Named("sawtooth:1", sawtooth(1)))
    >>> text.splitlines()[0]
    '(* far: f has exactly 2 pieces on [0, 1], and for every k the integral of |Δ^k − f| over [0, 1] is'
    """
    grid, count = _points(UNIT, f.network), counts(f.network, UNIT).pieces
    bound = f"apart (/ 4 * (1 - {count} / 2 ^ k)) (sawtooth k) f"
    shown = _Shown(
        f"f has exactly {_plural(count)} on [0, 1], and for every k the integral of |Δ^k − f|"
        f" over [0, 1] is at least ¼ (1 − {count}/2^k)",
        f"pieces_exactly {count} 0 1 f /\\ forall k, {bound}",
        f"check_pieces f_file 0 1 points {count}",
        "separation_by_points",
    )
    return _file(name, {"f": f}, grid, shown)


def distance_file(
    name: str,
    f: Named,
    g: Named,
    on: Interval,
    norm: str,
    exact: bool = False,
    width: Fraction = WIDTH,
) -> str:
    """The Coq file whose theorem says how far two networks are from each other on the interval.

    That is the exact value; or, of an integral with a long numeral, unless `exact`, decimal fractions around it, about
    `width` apart.

    >>> tent, wave = Named("sawtooth:1", sawtooth(1)), Named("sawtooth:2", sawtooth(2))
    >>> distance_file("apart", tent, wave, UNIT, "sup").splitlines()[0]
    '(* apart: the maximum of |f − g| on [0, 1], exactly.'
    """
    grid = _points(on, f.network, g.network)
    found = distance(f.network, g.network, on, norm, exact, width)
    value = found.value
    if value is not None and not exact and len(numeral(value)) > LONGEST_VALUE:
        value = None  # which is too long to be stated
    if norm == "sup":
        shown = _maximum(on, found.low)
    elif value is not None:
        shown = _integral(on, value)
    else:
        shown = _enclosed(on, found.low, found.high, width, len(grid))
    return _file(name, {"f": f, "g": g}, grid, shown)


def _maximum(on: Interval, value: Fraction) -> _Shown:
    inside = f"{_real(on.low)} <= t <= {_real(on.high)}"
    reached = f"exists t, {inside} /\\ Rabs (f t - g t) = {_real(value)}"
    return _Shown(
        f"the maximum of |f − g| on {_interval(on)}, exactly",
        f"(forall t, {inside} -> Rabs (f t - g t) <= {_real(value)}) /\\ {reached}",
        f"check_maximum f_file g_file {_rationals(on)} points {_rational(value)}",
        "maximum_by_points",
    )


def _integral(on: Interval, value: Fraction) -> _Shown:
    return _Shown(
        f"the integral of |f − g| over {_interval(on)} exists, and is exactly this number",
        _of_integral(on, "{} = " + _real(value)),
        f"check_distance f_file g_file {_rationals(on)} points {_rational(value)}",
        "distance_by_points",
    )


def _enclosed(on: Interval, low: Fraction, high: Fraction, width: Fraction, segments: int) -> _Shown:
    """Decimal fractions around these two, in parts of a power of ten that are at most `width`.

    The run rounds on every segment, so it has finer ones.
    """
    parts = 1
    while parts * width < 1:
        parts *= 10
    finer = parts * 1000
    while finer < 1000 * parts * segments:
        finer *= 10
    room = Fraction(1, 1000)  # for what the run rounds
    below = Fraction(floor(low * parts - room), parts)
    above = Fraction(ceil(high * parts + room), parts)
    return _Shown(
        f"the integral of |f − g| over {_interval(on)} exists, and is between these two numbers,"
        f" which are {numeral(above - below)} apart",
        _of_integral(on, f"{_real(below)} <= {{}} <= {_real(above)}"),
        f"check_between f_file g_file {_rationals(on)} points {finer} {_rational(below)} {_rational(above)}",
        "distance_between_by_points",
    )


def _of_integral(on: Interval, claim: str) -> str:
    """The integral exists, and this is so of it."""
    integral = f"RInt (fun t => Rabs (f t - g t)) {_reals(on)}"
    return f"ex_{integral} /\\ {claim.format(integral)}"


def _points(on: Interval, *networks: Network) -> list[Fraction]:
    """Points between which all units keep their signs. Raises `OverBudget` where they are too many for a file."""
    for network in networks:
        if counts(network.univariate(), on).activation_intervals > MOST_POINTS:
            most = f"a Coq file is for functions with at most {MOST_POINTS} activation intervals"
            raise OverBudget("", f"{most}, and this one has more")
    named = {f"f{i}": network for i, network in enumerate(networks)}
    return points(Setting(vocabulary(named)), on.low, on.high)


# ---------- the text ----------


def _file(name: str, networks: Mapping[str, Named], grid: Sequence[Fraction], shown: _Shown) -> str:
    about = []
    for key, it in networks.items():
        about.append(f"{key}: {_safe(it.source)}, SHA-256 of its exact form {it.network.sha256}")
    head = _comment(
        f"{name}: {shown.said}.",
        *about,
        f"Written by depthproof {_version()} for Coq 8.16 and Coquelicot 3.2.",
        "To check it, after make coq:",
        f"coqc -w none -R build/coq Depthproof -Q build/coq/checker Checked {name}.v",
    )
    functions = [_function(key, it.network) for key, it in networks.items()]
    points = _definition("points : list Q", f"{_list(grid)}%Q")
    run = _proved(f"Lemma checked : {shown.run} = true", RUN)
    known = " ".join(f"try exact {key}_is;" for key in networks)
    theorem = _proved(f"Theorem {name} : {shown.claim}", f"eapply {shown.by}; try exact checked; {known} number.")
    parts = [
        head,
        IMPORTS,
        *functions,
        f"(* Between neighbours of these points no unit changes its sign. *)\n{points}",
        f"(* The proved checker, run. *)\n{run}",
        theorem,
    ]
    return "\n\n".join(parts) + "\n"


def _function(key: str, network: Network) -> str:
    """The function `key`, the file that computes it, and that it does."""
    same = f"Lemma {key}_is t : file_function {key}_file t = {key} t."
    k = network.depth
    layers = _layers(network.lowered.nodes)
    if network.sha256 == sawtooth(k).sha256:
        lines = [
            f"Definition {key} : R -> R := sawtooth {k}.",
            f"Definition {key}_file : file := sawtooth_file {k}.",
            f"{same} Proof. apply sawtooth_file_function. Qed.",
        ]
    elif layers is None:
        lines = [
            _definition(f"{key}_file : file", _operations(network.lowered)),
            f"Definition {key} : R -> R := file_function {key}_file.",
            f"{same} Proof. reflexivity. Qed.",
        ]
    else:
        lines = [
            _definition(f"{key}_weights : qnetwork", f"({_weights(layers)})%Q"),
            f"Definition {key} : R -> R := eval (real_network {key}_weights).",
            f"Definition {key}_file : file := file_of Layered {key}_weights.",
            f"{same} Proof. apply file_of_layered. Qed.",
        ]
    return "\n".join(lines)


def _layers(nodes: Sequence[Node]) -> list[Node] | None:
    """The affine maps of a layered network, Gemm and Relu in turn; None if it is none."""
    source, is_affine = "x", False
    for node in nodes:
        is_affine = not is_affine
        wanted = "Gemm" if is_affine else "Relu"
        if node.op != wanted or node.inputs != (source,):
            return None
        source = node.name
    return list(nodes[::2]) if is_affine else None  # the last is affine too


def _weights(layers: Sequence[Node]) -> str:
    """The affine maps of a layered network as Coq's `qnetwork`: lists of rows, and the last map's only row."""
    *hidden, (last,) = map(_rows, layers)
    lists = "; ".join(f"[{'; '.join(rows)}]" for rows in hidden)
    return f"QNetwork [{lists}] {last}"


def _operations(network: Network) -> str:
    """The operations of a network as Coq's `File`; the input is number 0, and each has a number more."""
    number_of = {"x": 0} | {node.name: i for i, node in enumerate(network.nodes, 1)}
    written = []
    for node in network.nodes:
        sources = [str(number_of[name]) for name in node.inputs]
        if node.op == "Gemm":
            written.append(f"Gemm [{'; '.join(sources)}]%nat [{'; '.join(_rows(node))}]%Q")
        else:
            written.append(f"Relu {sources[0]}")
    return f"File [{'; '.join(written)}] {number_of[network.output]}"


def _rows(node: Node) -> list[str]:
    """The rows of a Gemm: weights and bias."""
    parameters: Any = node.parameters
    rows = zip(parameters["weight"], parameters["bias"], strict=True)
    return [f"({_list(weights)}, {_short(bias)})" for weights, bias in rows]


def _list(numbers: Iterable[Fraction]) -> str:
    return f"[{'; '.join(map(_short, numbers))}]"


def _short(value: Fraction) -> str:
    """A rational of Coq's in its own scope."""
    if value.denominator == 1:
        return numeral(value.numerator)
    return f"{numeral(value.numerator)} # {numeral(value.denominator)}"


def _rational(value: Fraction) -> str:
    """A rational as an argument."""
    return f"({numeral(value.numerator)} # {numeral(value.denominator)})"


def _real(value: Fraction) -> str:
    """A real number as an argument."""
    text = numeral(value).replace("/", " / ")
    return text if text.isdigit() else f"({text})"


def _reals(on: Interval) -> str:
    return f"{_real(on.low)} {_real(on.high)}"


def _rationals(on: Interval) -> str:
    return f"{_rational(on.low)} {_rational(on.high)}"


def _definition(head: str, body: str) -> str:
    return _wrapped(f"Definition {head} := {body}.")


def _proved(claim: str, proof: str) -> str:
    return f"{_wrapped(claim + '.')}\nProof. {proof} Qed."


def _wrapped(text: str, indent: str = "  ") -> str:
    """Lines of at most LINE characters, if its words allow it; a fraction is one word."""
    whole = text.replace(" # ", FRACTION)
    lines = textwrap.wrap(whole, LINE, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines).replace(FRACTION, " # ")


def _comment(*lines: str) -> str:
    return "(* " + "\n   ".join(_wrapped(line, "   ") for line in lines) + " *)"


def _safe(text: str) -> str:
    """Text that neither ends a comment of Coq's nor begins a string in it."""
    return re.sub(r"[^\w ./:,+-]", "?", text)


def _interval(on: Interval) -> str:
    return f"[{numeral(on.low)}, {numeral(on.high)}]"


def _plural(count: int) -> str:
    return "1 piece" if count == 1 else f"{count} pieces"


def _version() -> str:
    try:
        return version("depthproof")
    except PackageNotFoundError:
        return "from its sources"


def name_of(path: str) -> str:
    """What the theorem of a file is called. Raises `BadInput` where coqc would not compile a file of that name.

    >>> name_of("out/bound.v")
    'bound'
    """
    stem = Path(path).name.removesuffix(".v")
    if not path.endswith(".v") or _NAME.fullmatch(stem) is None:
        wanted = "a file name such as bound.v (letters, digits and _; its theorem is called so)"
        raise BadInput(displayed(path), f"expected {wanted}, not a word of Coq or of the file")
    return stem


def write(path: str, text: str) -> None:
    """Writes the file whole or not at all."""
    write_bytes(Path(path), text.encode())
