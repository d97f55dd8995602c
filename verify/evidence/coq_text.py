"""The text of a Coq file about given networks: their exact weights, a run of the proved checker, a theorem.

Of networks with one input, or with more: what differs is in `_ONE` and `_MANY`.
"""

import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from importlib.metadata import PackageNotFoundError, version
from math import ceil, floor
from typing import Any

from ..exact import Interval
from ..kernel.numerals import numeral
from ..network.builders import sawtooth
from ..network.network import Network
from ..network.operations import Node

LINE = 97
FRACTION = "\x00#\x00"  # stands for the sign between numerator and denominator
RUN = "vm_cast_no_check (eq_refl true)."


@dataclass(frozen=True)
class Named:
    """A network, and where it was read from."""

    source: str
    network: Network


@dataclass(frozen=True)
class Shown:
    """What a file shows: in words, as Coq's proposition, by which run, by which theorem of the development."""

    said: str
    claim: str
    run: str
    by: str


@dataclass(frozen=True)
class _Functions:
    """How functions of so many inputs are written."""

    imports: str
    type: str
    variables: str
    of_file: str  # the function that a file computes
    of_weights: str  # the function of a layered network's weights, named KEY
    same: str  # the theorem that these are the same
    numbers: str  # the tactic for what is left of a theorem: that numbers are those of the run


_ONE = _Functions(
    """\
From Coq Require Import QArith Qreals.
From Depthproof Require Import Definitions Oscillations.
From Checked Require Import FileNetwork.
From Depthproof Require Import FromFile.
Open Scope R_scope.""",
    "R -> R",
    "t",
    "file_function",
    "eval (real_network KEY_weights)",
    "file_of_layered",
    "number",
)
_MANY = _Functions(
    """\
From Coq Require Import QArith Qreals.
From Depthproof Require Import Definitions SpaceIntegrals.
From Checked Require Import Syntax FileNetwork.
From Depthproof Require Import FromFile SpaceRun FromSpace.
Open Scope R_scope.""",
    "list R -> R",
    "v",
    "file_space",
    "network_value Layered relu (real_network KEY_weights)",
    "file_of_space",
    "first [number|sides]",
)


def file_text(name: str, networks: Mapping[str, Named], data: Sequence[str], shown: Shown) -> str:
    """The whole file; the theorem in it is called `name`. `data`: definitions that the run reads."""
    (inputs,) = {it.network.input_size for it in networks.values()}
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
    of = _ONE if inputs == 1 else _MANY
    functions = [_function(key, it.network, of) for key, it in networks.items()]
    run = _proved(f"Lemma checked : {shown.run} = true", RUN)
    known = " ".join(f"try exact {key}_is;" for key in networks)
    theorem = _proved(f"Theorem {name} : {shown.claim}", f"eapply {shown.by}; try exact checked; {known} {of.numbers}.")
    parts = [
        head,
        of.imports,
        *functions,
        *data,
        f"(* The proved checker, run. *)\n{run}",
        theorem,
    ]
    return "\n\n".join(parts) + "\n"


def _function(key: str, network: Network, of: _Functions) -> str:
    """The function `key`, the file that computes it, and that it does."""
    same = f"Lemma {key}_is {of.variables} : {of.of_file} {key}_file {of.variables} = {key} {of.variables}."
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
            definition(f"{key}_file : file", _operations(network.lowered)),
            f"Definition {key} : {of.type} := {of.of_file} {key}_file.",
            f"{same} Proof. reflexivity. Qed.",
        ]
    else:
        lines = [
            definition(f"{key}_weights : qnetwork", f"({_weights(layers)})%Q"),
            f"Definition {key} : {of.type} := {of.of_weights.replace('KEY', key)}.",
            f"Definition {key}_file : file := file_of Layered {key}_weights.",
            f"{same} Proof. apply {of.same}. Qed.",
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
    return [f"({listed(weights)}, {short(bias)})" for weights, bias in rows]


def listed(numbers: Iterable[Fraction]) -> str:
    return f"[{'; '.join(map(short, numbers))}]"


def short(value: Fraction) -> str:
    """A rational of Coq's in its own scope."""
    if value.denominator == 1:
        return numeral(value.numerator)
    return f"{numeral(value.numerator)} # {numeral(value.denominator)}"


def rational(value: Fraction) -> str:
    """A rational as an argument."""
    return f"({numeral(value.numerator)} # {numeral(value.denominator)})"


def real(value: Fraction) -> str:
    """A real number as an argument."""
    text = numeral(value).replace("/", " / ")
    return text if text.isdigit() else f"({text})"


def reals(on: Interval) -> str:
    return f"{real(on.low)} {real(on.high)}"


def rationals(on: Interval) -> str:
    return f"{rational(on.low)} {rational(on.high)}"


def definition(head: str, body: str) -> str:
    return _wrapped(f"Definition {head} := {body}.")


def _proved(claim: str, proof: str) -> str:
    return f"{_wrapped(claim + '.')}\n{_wrapped(f'Proof. {proof} Qed.')}"


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


def interval(on: Interval) -> str:
    return f"[{numeral(on.low)}, {numeral(on.high)}]"


def plural(count: int) -> str:
    return "1 piece" if count == 1 else f"{count} pieces"


def _version() -> str:
    try:
        return version("depthproof")
    except PackageNotFoundError:
        return "from its sources"


def decimals(low: Fraction, high: Fraction, width: Fraction, terms: int) -> tuple[int, Fraction, Fraction]:
    """Decimal fractions around these two, in parts of a power of ten that are at most `width`; and finer parts.

    The run rounds each of so many terms to one of the finer parts.
    """
    parts = 1
    while parts * width < 1:
        parts *= 10
    finer = parts * 1000
    while finer < 1000 * parts * terms:
        finer *= 10
    room = Fraction(1, 1000)  # for what the run rounds
    return finer, Fraction(floor(low * parts - room), parts), Fraction(ceil(high * parts + room), parts)
