"""The pytest plugin: a test asserts a claim about networks; it is proved, or refuted by a counterexample.

The fixture `depthproof` is all that a test needs. Nothing of this package is imported before a test uses it.
Certificates are kept in pytest's cache by the hash of their claim (which names its networks by their hashes); what
comes from there is re-checked by the kernel.
"""

import json
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from fractions import Fraction

    from .claim import Claim
    from .network.network import Network
    from .search import Proved, Refuted

    Settled = tuple[Proved | Refuted | None, dict[str, Any], list[str]]

SECONDS = 60.0
PROPERTY = "depthproof"
MARKER = ("seconds",)
_SEEN = pytest.StashKey[list[dict[str, Any]]]()


class ClaimFailed(AssertionError):
    """The claim is refuted, undecided, or its certificate rejected."""


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("depthproof", "certified claims about ReLU networks")
    written = "Write what was claimed and shown into FILE, .json or .html."
    group.addoption("--depthproof-report", metavar="FILE", help=written)
    limit = "How long the search for one certificate may take."
    group.addoption("--depthproof-seconds", metavar="N", type=_seconds, default=SECONDS, help=limit)


def _seconds(text: str) -> float:
    """A time above 0, at most eleven days."""
    seconds = float(text)
    if not 0 < seconds <= 1_000_000:  # nor is nan
        raise ValueError
    return seconds


def pytest_configure(config: pytest.Config) -> None:
    marker = "depthproof(seconds): a test of claims about ReLU networks; how long a search may take in it"
    config.addinivalue_line("markers", marker)
    rows: list[dict[str, Any]] = []
    config.stash[_SEEN] = rows
    config.pluginmanager.register(_Collector(rows), "depthproof-collector")
    path = config.getoption("--depthproof-report")
    if path is not None and Path(path).suffix not in (".json", ".html"):
        raise pytest.UsageError(f"--depthproof-report: expected a name ending in .json or .html, found {path}")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A marker that says what nobody reads, such as second=10, would go unnoticed."""
    for marker in item.iter_markers("depthproof"):
        wrong = _misused(marker)
        if wrong:
            pytest.fail(f"@pytest.mark.depthproof: {wrong}", pytrace=False)


def _misused(marker: pytest.Mark) -> str:
    """What is wrong with a marker's arguments; "" if nothing is."""
    if marker.args:
        return f"expected seconds=N by name, found {marker.args[0]!a}"
    for name, value in marker.kwargs.items():
        if name != "seconds":
            from .spelling import nearest

            return f"expected seconds=N, found {ascii(name)[1:-1]}={nearest(name, MARKER)}"
        if type(value) not in (int, float) or not value > 0:
            return f"expected a positive number of seconds, found {value!a}"
    return ""


@pytest.fixture
def depthproof(request: pytest.FixtureRequest) -> "Iterator[Depthproof]":
    """Asserts claims about networks, each proved exactly or refuted with a counterexample."""
    seconds = request.config.getoption("--depthproof-seconds")
    marker = request.node.get_closest_marker("depthproof")
    if marker is not None:
        seconds = marker.kwargs.get("seconds", seconds)
    found = Depthproof(request.node.nodeid, request.config, seconds)
    yield found
    request.node.user_properties.extend((PROPERTY, row) for row in found.rows)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Puts a failure's first line first in the short summary, which is cut at the terminal's width:
    the counterexample, without the name of the error's class."""
    report = yield
    crash = getattr(report.longrepr, "reprcrash", None)
    if crash is not None:
        crash.message = crash.message.removeprefix(f"{__name__}.{ClaimFailed.__name__}: ")
    return report


class Depthproof:
    """What the fixture gives.

    Networks are `Network` objects, torch modules, paths or names such as "sawtooth:3", by the name that the claim uses.
    """

    def __init__(self, test: str, config: pytest.Config, seconds: float) -> None:
        self.test, self.config, self.seconds = test, config, seconds
        self.rows: list[dict[str, Any]] = []

    def prove(self, statement: Mapping[str, Any], **networks: "Network | str | Path") -> "Proved":
        """Asserts a statement of a claim.

        Such as {"pieces": {"of": "f", "on": ["0", "1"], "is": "<=", "count": 40}}.
        """
        __tracebackhide__ = True
        from .search import Proved

        found, _, words = self._settled(statement, networks)
        if not isinstance(found, Proved):
            raise ClaimFailed("\n".join(words))
        return found

    def refute(self, statement: Mapping[str, Any], **networks: "Network | str | Path") -> "dict[str, Fraction]":
        """Asserts that the statement is false.

        Gives the counterexample, exactly: a point, or the number that it is about.
        """
        __tracebackhide__ = True
        from .search import Refuted

        found, row, words = self._settled(statement, networks)
        row["expected"] = "REFUTED"
        if not isinstance(found, Refuted):
            raise ClaimFailed("expected a counterexample\n" + "\n".join(words))
        return {found.claim.said(key): value for key, value in found.point.items()}

    def holds(self, formula: str, box: Sequence[Sequence[object]] = (("0", "1"),), variables: Sequence[str] = (),
              **networks: "Network | str | Path") -> "Proved":  # fmt: skip
        """Asserts a formula, such as "f - g <= 0.01", at all points of a box, or of R^n: box "R".

        With variables, it applies networks to them, such as "x <= y implies f(x) <= f(y)".
        """
        __tracebackhide__ = True
        sides = [list(map(str, side)) for side in box if not isinstance(box, str)]
        statement: dict[str, Any] = {"box": sides or box, "holds": formula}
        if variables:
            statement = {"for": list(variables)} | statement
        return self.prove({"forall": statement}, **networks)

    def pieces(self, network: "Network | str | Path", at_most: int | None = None, exactly: int | None = None,
               on: Sequence[object] = ("0", "1")) -> "Proved":  # fmt: skip
        """Asserts how many affine pieces a network with one input has on an interval."""
        __tracebackhide__ = True
        statement: dict[str, Any] = {"of": "f", "on": [str(end) for end in on]}
        if at_most is not None and exactly is None:
            statement |= {"is": "<=", "count": at_most}
        elif exactly is not None and at_most is None:
            statement |= {"is": "=", "count": exactly}
        else:
            raise TypeError("expected one of at_most and exactly")
        return self.prove({"pieces": statement}, f=network)

    def check(self, path: str | Path) -> None:
        """Asserts that the kernel accepts the certificates at a path (a claim, a certificate, or a folder of them)."""
        __tracebackhide__ = True
        from .kernel.check import report

        lines: list[str] = []
        code = report([str(path)], lines.append)
        refused = list[str]()
        for head in lines:
            if not head.startswith("  "):
                name = head.split('"')[1] if head.count('"') > 1 else str(path)
                if head.split()[0] == "HOLDS":
                    self._record(_Asserted(name, verdict="HOLDS", grade="CHECKED", lines=[head]))
                else:
                    self._record(_Asserted(name, verdict="REJECTED", lines=[head]))
                    refused.append(head)
        if code:
            raise ClaimFailed("\n".join(refused))

    def _settled(self, statement: Mapping[str, Any], sources: Mapping[str, Any]) -> "Settled":
        """What was found (None where undecided), what is recorded, and what to tell."""
        __tracebackhide__ = True
        from .kernel.errors import BadInput, DepthproofError

        try:
            return self._decided(statement, sources)
        except DepthproofError as error:
            verdict = "MALFORMED" if isinstance(error, BadInput) else "UNDECIDED"
            name = self._name()
            self._record(_Asserted(name, verdict=verdict, lines=[f"{verdict} {name}", f"  {error}"]))
            raise ClaimFailed(str(error)) from None

    def _name(self) -> str:
        """What the next claim of this test is called."""
        name = self.test.rpartition("::")[2]
        return f"{name} {len(self.rows) + 1}" if self.rows else name

    def _decided(self, statement: Mapping[str, Any], sources: Mapping[str, Any]) -> "Settled":
        from time import monotonic

        from .claim import Claim
        from .search import Refuted, Undecided, prove

        start = monotonic()
        networks = {name: _network(name, source) for name, source in sources.items()}
        name = self._name()
        claim = Claim.from_short("claim", statement, networks)  # always this name, so that only what it says counts
        store = _Store(self.config, claim)
        found = store.found()
        row = _Asserted(name, claim.sha256, cached=found is not None)
        if found is None:
            settled = prove(claim, self.seconds)
            if isinstance(settled, Undecided):
                row.lines = [f"UNDECIDED {name}", f"  {settled.reason}"]
                row.seconds = monotonic() - start
                return None, self._record(row), row.lines
            found = settled
            store.keep(found)
        row.verdict = "HOLDS"
        row.lines = [f"HOLDS {name}", *found.lines[1:]]
        if isinstance(found, Refuted):
            row.verdict = "REFUTED"
            row.counterexample = {claim.said(key): str(value) for key, value in found.point.items()}
            row.lines[0] = _refuted(name, found)
        if found.claim.derived is not None:
            row.lines.append(f"  {found.claim.derived.line}")
        if isinstance(found, Refuted):
            row.lines += _counterexample(found)
        row.grade = _grade(found)
        row.seconds = monotonic() - start
        return found, self._record(row), row.lines

    def _record(self, row: "_Asserted") -> dict[str, Any]:
        """Keeps a claim as plain data, which travels with the test's report between processes."""
        self.rows.append({"test": self.test, **vars(row), "seconds": round(row.seconds, 3)})
        return self.rows[-1]


@dataclass
class _Asserted:
    """What is known of one claim. `claim`: its hash; `cached`: whether its certificate was kept from an earlier run."""

    name: str
    claim: str = ""
    verdict: str = "UNDECIDED"
    expected: str = "HOLDS"
    grade: str = "OPEN"
    lines: list[str] = field(default_factory=list)
    cached: bool = False
    seconds: float = 0.0
    counterexample: dict[str, str] = field(default_factory=dict)


def _refuted(name: str, found: "Refuted") -> str:
    """The first line, with the counterexample in short: pytest's short summary shows nothing more."""
    if not found.point:
        return f"REFUTED {name}"
    values = [f"{key} = {_brief(value)}" for key, value in _values(found).items()]
    return f"REFUTED {name}: {', '.join(values)}"


def _counterexample(found: "Refuted") -> list[str]:
    """The point and the outputs there, exactly, and as float32 has them."""
    lines = [f"  {key} = {value}" for key, value in _values(found).items()]
    for key, values in found.float32.items():
        said = ", ".join(repr(float(value)) for value in values)
        lines.append(f"  in float32 {found.claim.said(key)} is {said}")
    return lines


def _values(found: "Refuted") -> "dict[str, Fraction]":
    """The point and the outputs there, as the claim's author calls them."""
    return {found.claim.said(key): value for key, value in {**found.point, **found.outputs}.items()}


def _network(name: str, source: Any) -> "Network":
    """The network that a test gives: itself, a torch module, a path or a name."""
    from .kernel.errors import BadInput
    from .network.load import load
    from .network.network import Network
    from .network.torch_modules import from_torch

    if isinstance(source, Network):
        return source
    if isinstance(source, str | Path):
        return load(source)
    if any(kind.__module__.partition(".")[0] == "torch" for kind in type(source).__mro__):
        return from_torch(source)
    what = "expected a Network, a torch module, a path or a name"
    raise BadInput(name, f"{what}, found a {type(source).__name__}")


def _brief(value: "Fraction") -> str:
    """A number, or its first digits where it is long."""
    text = str(value)
    return text if len(text) <= 24 else f"{float(value):.6g}…"


class _Store:
    """The certificate of one claim in pytest's cache, by the hash of the claim."""

    def __init__(self, config: pytest.Config, claim: "Claim") -> None:
        self.claim = claim
        folder = self._folder(config)
        self.path = folder / f"{claim.sha256}.json" if folder is not None else None

    @staticmethod
    def _folder(config: pytest.Config) -> "Path | None":
        """Where certificates are kept; None where there is no cache, or none that can be made."""
        cache = getattr(config, "cache", None)
        try:
            return Path(cache.mkdir("depthproof")) if cache is not None else None
        except (OSError, ValueError):
            return None

    def found(self) -> "Proved | Refuted | None":
        """What the kernel says now of the certificate in the cache; None where there is none, or none that it accepts.

        What was refuted is stated again from the claim, never read from the cache.
        """
        from .files import read_bytes
        from .kernel.errors import DepthproofError
        from .kernel.limits import Budget
        from .kernel.strict_json import tree
        from .rational import rational
        from .search.found import Found
        from .search.proving import judged

        if self.path is None:
            return None
        try:
            kept = tree(read_bytes(self.path), Budget())
            values = {name: rational(text) for name, text in kept["values"].items()}
            return judged(self.claim, Found(kept["certificate"].encode(), kept["goal"], values))
        except (DepthproofError, ValueError, TypeError, KeyError, AttributeError):
            return None

    def keep(self, found: "Proved | Refuted") -> None:
        """Puts the certificate into the cache; a cache that cannot be written is no cache."""
        from .files import write_bytes
        from .kernel.errors import DepthproofError
        from .search import Refuted

        if self.path is None:
            return
        kept: dict[str, Any] = {"goal": "", "values": {}, "certificate": found.certificate.decode()}
        if isinstance(found, Refuted):
            kept["goal"] = found.goal
            kept["values"] = {name: str(value) for name, value in found.point.items()}
        with suppress(DepthproofError):
            write_bytes(self.path, json.dumps(kept).encode())


def _grade(found: "Proved | Refuted") -> str:
    """KERNEL if the proved checker accepts it too; CHECKED if that is not here to be asked."""
    from .checkers import seconded

    files = found.claim.files(found.certificate, "claim")
    return seconded("claim", files, found.lines).name


def _is_controller(config: pytest.Config) -> bool:
    return not hasattr(config, "workerinput")


class _Collector:
    """Gathers what the tests' reports bring, also from other processes."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.rows = rows

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when != "teardown":
            return
        for key, row in report.user_properties:
            if key == PROPERTY and isinstance(row, dict):
                self.rows.append(row)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    seen = config.stash[_SEEN]
    rows = sorted(seen, key=lambda row: (str(row["test"]), str(row["name"])))
    path = config.getoption("--depthproof-report")
    has_something_to_tell = bool(rows) or path is not None
    if not _is_controller(config) or not has_something_to_tell:
        return
    from .pytest_report import lines, written

    terminalreporter.section("depthproof")
    for line in lines(rows, details=config.get_verbosity() > 0):
        terminalreporter.write_line(line)
    if path is not None:
        terminalreporter.write_line(written(Path(path), rows))
