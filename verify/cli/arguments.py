"""What the commands share: their types of arguments, how exact numbers are shown, and `--json`."""

import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from ..kernel.errors import BadInput, DepthproofError, placed
from ..kernel.numerals import numeral
from ..network.network import Network
from ..plain import fraction
from ..rational import rational
from . import tell
from .progress import progress as progress

if TYPE_CHECKING:
    from ..exact.cells import Box, Domain, Space

LONGEST_SHOWN = 60


class _Rational(click.ParamType):
    name = "rational"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Fraction:
        return value if isinstance(value, Fraction) else _parsed(value, self, param, ctx)


class _Point(click.ParamType):
    """Rationals separated by commas, of a fixed number or any."""

    name = "rationals"

    def __init__(self, size: int | None = None) -> None:
        self.size = size

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[Fraction, ...]:
        if isinstance(value, tuple):
            return value
        parts = value.split(",")
        if self.size is not None and len(parts) != self.size:
            self.fail(f'expected {self.size} rationals with a comma between, such as "0,1", found "{value}"', param, ctx)
        return tuple(_parsed(part, self, param, ctx) for part in parts)


def _parsed(text: str, kind: click.ParamType, param: click.Parameter | None, ctx: click.Context | None) -> Fraction:
    """A rational as a person types it: a reduced or unreduced fraction, or a decimal, which is taken exactly."""
    try:
        over, _, under = str(fraction(text.strip())).partition("/")
        if over == "-0":
            over = "0"
        return rational(over) / rational(under or "1")
    except (DepthproofError, ZeroDivisionError):
        kind.fail(f'expected a rational such as -3/4, found "{text}"', param, ctx)


class _Side(click.ParamType):
    """An interval, or R for all reals (None)."""

    name = "side"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[Fraction, ...] | None:
        if value is None or isinstance(value, tuple):
            return value
        if value == "R":
            return None
        low, high = _Point(2).convert(value, param, ctx)
        if low >= high:
            self.fail(f'expected a lower end and then a higher one, such as "0,1", found "{value}"', param, ctx)
        return low, high


class _Fixed(click.ParamType):
    """An input by its number, and the value at which it is held."""

    name = "fixed"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, Fraction]:
        if isinstance(value, tuple):
            return value
        number, equals, held = value.partition("=")
        counted = number.isascii() and number.isdigit() and len(number) < 9 and int(number) > 0
        if not (counted and equals):
            wanted = f'expected an input from 1 and its value, such as "3=1/2", found "{value}"'
            self.fail(wanted, param, ctx)
        return int(number), _parsed(held, self, param, ctx)


class _Seconds(click.ParamType):
    """A time above 0, at most eleven days."""

    name = "seconds"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        try:
            seconds = float(value)
        except ValueError:
            seconds = 0.0
        if not 0 < seconds <= 1_000_000:  # nor is nan
            self.fail(f'expected seconds, such as 60, found "{value}"', param, ctx)
        return seconds


class _Net(click.ParamType):
    """A network's file or name; a shell completes both."""

    name = "net"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        from ..network.load import NAMED

        names = [name for name in NAMED if name.startswith(incomplete)]
        return [*map(CompletionItem, names), CompletionItem(incomplete, type="file")]


SECONDS = _Seconds()
NET = _Net()
RATIONAL = _Rational()
POINT = _Point()
FIXED = _Fixed()

json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
coq_option = click.option(
    "--coq", type=click.Path(dir_okay=False), metavar="FILE.v", help="Write a Coq file that proves this of the real function."
)
interval_option = click.option("--on", "on", type=_Point(2), default="0,1", metavar="A,B", help="The closed interval.  [default: 0,1]")
domain_option = click.option(
    "--on",
    "on",
    type=_Side(),
    multiple=True,
    default=["0,1"],
    metavar="A,B",
    help="The closed interval of every input; once for each input, in their order, if they differ; "
    "R for all reals.  [default: 0,1]",
)


def line_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """--from P --to Q restrict a network to a line, --component I chooses an output."""
    command = click.option("--to", "end", type=POINT, metavar="Q", help="… and 1 at Q.")(command)
    command = click.option("--from", "start", type=POINT, metavar="P", help="Restrict to the line through P and Q: t is 0 at P …")(command)
    return click.option("--component", type=int, metavar="I", help="The output to take, from 0.")(command)


Place = Sequence[Fraction] | None


def print_table(rows: Sequence[Sequence[str]]) -> None:
    """Rows of as many cells each, in columns."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        print("  ".join(cells).rstrip())


def optional(value: Any, write: Callable[[Any], Any]) -> Any:
    """What is written of a value; None where there is none."""
    return None if value is None else write(value)


def network(source: str, component: int | None = None, start: Place = None, end: Place = None) -> Network:
    """The network that a user named, restricted as asked; errors name it."""
    from ..network import builders
    from ..network.load import load

    result = load(source)
    said([f"{source}: {note}" for note in result.notes])
    with placed(source):
        if (start is None) != (end is None):
            found = "--to" if start is None else "--from"
            raise BadInput("", f"expected --from and --to together, found only {found}")
        if start is not None and end is not None:
            result = builders.on_line(result, start, end)
        return result if component is None else builders.component(result, component)


def one_variable(source: str, component: int | None, start: Place, end: Place) -> Network:
    """The same, which must have one input and one output."""
    result = network(source, component, start, end)
    with placed(source):
        return result.univariate()


def one_output(source: str, component: int | None, start: Place, end: Place) -> Network:
    """The same, which must have one output."""
    result = network(source, component, start, end)
    if result.output_size != 1:
        found = f"found {result.output_size}; choose one with --component I"
        raise BadInput(source, f"expected a network with one output, {found}")
    return result


Sides = Sequence[tuple[Fraction, Fraction] | None]


where_option = click.option(
    "--where",
    metavar="CONDITIONS",
    help='Only where these hold, such as "x1 <= x2 and 0 <= x2 + 1/2*x3".',
)


def domain(it: Network, on: Sides, where: str | None = None) -> "Domain":
    """The box that --on says for this network, or all of R^n; cut by the conditions of --where."""
    from ..exact.cells import Polyhedron
    from ..exact.cells.conditions import conditions

    whole = _box(it.input_size, on)
    return whole if where is None else Polyhedron(conditions(where, it.input_size), whole)


def _box(size: int, on: Sides) -> "Box | Space":
    from ..exact import Interval
    from ..exact.cells import Box, Space

    if len(on) not in (1, size):
        found = f"found it {len(on)} times"
        raise BadInput("", f"expected --on once, or once for each of {size} inputs, {found}")
    if None in on:
        if set(on) != {None}:
            raise BadInput("", "expected --on R for all inputs or for none, found it for some")
        return Space(size)
    sides = [Interval(*side) for side in on if side is not None]
    if len(sides) == 1:
        sides *= size
    return Box(tuple(sides))


def is_interval(on: Sides, where: str | None = None) -> bool:
    """Whether --on says one interval, and --where nothing."""
    return where is None and len(on) == 1 and on[0] is not None


def interval(on: Sides, where: str | None = None) -> tuple[Fraction, Fraction]:
    """The interval that --on says, for a function of one variable."""
    if where is not None:
        raise BadInput("", "expected --on A,B here, and no --where")
    if len(on) != 1 or on[0] is None:
        raise BadInput("", "expected --on A,B once, for one input; depthproof regions takes --on R too")
    return on[0]


def only(place: str, where: str, **options: object) -> None:
    """Refuses options that would say nothing: each is read only `where`, which is not so here.

    >>> only("max:2", "with one input", coq="max.v")
    Traceback (most recent call last):
        ...
    verify.kernel.errors.BadInput: max:2: expected --coq only with one input, found it here
    """
    for name, value in options.items():
        if value is not None:
            raise BadInput(place, f"expected --{name} only {where}, found it here")


def point(place: Sequence[Fraction]) -> str:
    """A point for a person."""
    return f"({', '.join(map(brief, place))})"


def brief(x: Fraction) -> str:
    text = numeral(x)
    return text if len(text) <= 16 else decimal(x)


def whole(count: int) -> str:
    """A count for a person."""
    text = numeral(count)
    return text if len(text) <= 60 else f"{text[:20]}… ({len(text)} digits; --json has it)"


def counted(count: int, word: str) -> str:
    """So many of what the word names.

    >>> counted(1, "piece"), counted(3, "piece")
    ('1 piece', '3 pieces')
    """
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def shown(value: Fraction, longest: int = LONGEST_SHOWN) -> str:
    """An exact number for a person: its numeral, and where that is long its first digits and how long it is."""
    text = numeral(value)
    if len(text) <= longest:
        return text if value.denominator == 1 else f"{text} ({decimal(value)})"
    return f"{decimal(value)} (exactly a fraction of {len(text)} characters; --json has it)"


def decimal(value: Fraction, digits: int = 16) -> str:
    """The first digits of the decimal expansion, cut (not rounded), with … where it goes on: 0.0503846867256697…"""
    scaled, rest = divmod(abs(value.numerator) * 10**digits, value.denominator)
    whole, decimals = divmod(scaled, 10**digits)
    sign = "-" if value < 0 else ""
    if rest and not scaled:
        exponent = len(numeral(value.denominator)) - len(numeral(abs(value.numerator)))
        return f"{sign}about 10^-{exponent}"
    body = f"{sign}{numeral(whole)}.{decimals:0{digits}d}"
    return f"{body}…" if rest else body.rstrip("0").rstrip(".")


def print_json(value: dict[str, Any]) -> None:
    """One object on standard output; whole numbers of any length (the process ends after this)."""
    sys.set_int_max_str_digits(0)
    print(json.dumps(value, ensure_ascii=True, indent=2))


@contextmanager
def replacing(*paths: Path) -> Iterator[None]:
    """Says on standard error which of these files held something else before."""
    before = {path: _content(path) for path in paths}
    yield
    for path, data in before.items():
        if data is not None and data != _content(path):
            tell(f"{path} is replaced: it held something else")


@contextmanager
def writing(certificate: str | Path) -> Iterator[None]:
    """Says on standard error what a claim's files are, whose certificate is asked for by this path."""
    from ..search.piece_file import piece_files

    files = piece_files(certificate)
    with replacing(*files):
        yield
    tell(f"wrote {', '.join(map(str, files))}; what they are about is in {files[0].parent / 'networks'}")


def _content(path: Path) -> bytes | None:
    """The file's hash, None where there is no file to read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except (OSError, ValueError):
        return None


def said(notes: Sequence[str]) -> None:
    """What was assumed or rounded in reading, on standard error."""
    for note in notes:
        tell(f"note: {note}")
