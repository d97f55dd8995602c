"""The pytest plugin: a test asserts a claim about networks; it is proved, or its certificate re-checked, or a counterexample told.

The fixture `depthproof` is all that a test needs. Nothing of this package is imported before a test uses it. Certificates are kept in
pytest's cache by the hash of their claim (which names its networks by their hashes); what comes from there is re-checked by the kernel.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
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
    group.addoption("--depthproof-report", metavar="FILE", help="Write what was claimed and shown into FILE, .json or .html.")
    group.addoption(
        "--depthproof-seconds", metavar="N", type=_seconds, default=SECONDS, help="How long the search for one certificate may take."
    )


def _seconds(text: str) -> float:
    """A time above 0, at most eleven days."""
    seconds = float(text)
    if not 0 < seconds <= 1_000_000:  # nor is nan
        raise ValueError
    return seconds


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "depthproof(seconds): a test of claims about ReLU networks; how long a search may take in it")
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
            from .search.spelling import nearest

            return f"expected seconds=N, found {ascii(name)[1:-1]}={nearest(name, MARKER)}"
        if type(value) not in (int, float) or not value > 0:
            return f"expected a positive number of seconds, found {value!a}"
    return ""


@pytest.fixture
def depthproof(request: pytest.FixtureRequest) -> "Iterator[Depthproof]":
    """Asserts claims about networks, each proved exactly or refuted with a counterexample."""
    marker = request.node.get_closest_marker("depthproof")
    limit = marker.kwargs.get("seconds") if marker else None
    found = Depthproof(request.node.nodeid, request.config, limit or request.config.getoption("--depthproof-seconds"))
    yield found
    request.node.user_properties.extend((PROPERTY, row) for row in found.rows)


class Depthproof:
    """What the fixture gives. Networks are `Network` objects, torch modules, paths or names such as "sawtooth:3", by the name that the
    claim uses."""

    def __init__(self, test: str, config: pytest.Config, seconds: float) -> None:
        self.test, self.config, self.seconds = test, config, seconds
        self.rows: list[dict[str, Any]] = []

    def prove(self, statement: Mapping[str, Any], **networks: "Network | str | Path") -> "Proved":
        """Asserts a statement of a claim, such as {"pieces": {"of": "f", "on": ["0", "1"], "is": "<=", "count": 40}}."""
        __tracebackhide__ = True
        from .search import Proved

        found, _, words = self._settled(statement, networks)
        if not isinstance(found, Proved):
            raise ClaimFailed("\n".join(words))
        return found

    def refute(self, statement: Mapping[str, Any], **networks: "Network | str | Path") -> "dict[str, Fraction]":
        """Asserts that the statement is false. Gives the counterexample, exactly: a point, or the number that it is about."""
        __tracebackhide__ = True
        from .search import Refuted

        found, row, words = self._settled(statement, networks)
        row["expected"] = "REFUTED"
        if not isinstance(found, Refuted):
            raise ClaimFailed("expected a counterexample\n" + "\n".join(words))
        return {found.claim.said(key): value for key, value in found.point.items()}

    def holds(self, formula: str, box: Sequence[Sequence[object]] = (("0", "1"),), variables: Sequence[str] = (),
              **networks: "Network | str | Path") -> "Proved":  # fmt: skip
        """Asserts a formula, such as "f - g <= 0.01", at all points of a box; with variables, one that applies networks to them, such as
        "x <= y implies f(x) <= f(y)"."""
        __tracebackhide__ = True
        own = {"for": list(variables)} if variables else {}
        return self.prove({"forall": own | {"box": [[str(x) for x in side] for side in box], "holds": formula}}, **networks)

    def pieces(self, network: "Network | str | Path", at_most: int | None = None, exactly: int | None = None,
               on: Sequence[object] = ("0", "1")) -> "Proved":  # fmt: skip
        """Asserts how many affine pieces a network with one input has on an interval."""
        __tracebackhide__ = True
        if (at_most is None) == (exactly is None):
            raise TypeError("expected one of at_most and exactly")
        relation, count = ("<=", at_most) if exactly is None else ("=", exactly)
        return self.prove({"pieces": {"of": "f", "on": [str(x) for x in on], "is": relation, "count": count}}, f=network)

    def check(self, path: str | Path) -> None:
        """Asserts that the kernel accepts the certificates at a path (a claim, a certificate, or a folder of them)."""
        __tracebackhide__ = True
        from .kernel.check import report

        lines: list[str] = []
        code = report([str(path)], lines.append)
        heads = [line for line in lines if not line.startswith("  ")]
        for head in heads:
            word = head.split()[0]
            name = head.split('"')[1] if head.count('"') > 1 else str(path)
            self._row(name, word if word == "HOLDS" else "REJECTED", [head])
        if code:
            raise ClaimFailed("\n".join(line for line in heads if line.split()[0] != "HOLDS"))

    def _settled(self, statement: Mapping[str, Any], sources: Mapping[str, Any]) -> "Settled":
        """What was found (None where undecided), what is recorded, and what to tell."""
        __tracebackhide__ = True
        from .kernel.errors import BadInput, DepthproofError

        try:
            return self._decided(statement, sources)
        except DepthproofError as error:
            verdict = "MALFORMED" if isinstance(error, BadInput) else "UNDECIDED"
            self._row(self._name(), verdict, [f"{verdict} {self._name()}", f"  {error}"])
            raise ClaimFailed(str(error)) from None

    def _name(self) -> str:
        """What the next claim of this test is called."""
        return self.test.rpartition("::")[2] + (f" {len(self.rows) + 1}" if self.rows else "")

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
        cached = found is not None
        if found is None:
            settled = prove(claim, self.seconds)
            if isinstance(settled, Undecided):
                words = [f"UNDECIDED {name}", f"  {settled.reason}"]
                row = self._row(name, "UNDECIDED", words, seconds=monotonic() - start, claim=claim.sha256)
                return None, row, words
            found = settled
            store.keep(found)
        verdict, point = "REFUTED" if isinstance(found, Refuted) else "HOLDS", {}
        words = [f"{verdict} {name}", *found.lines[1:]]
        if found.claim.derived is not None:
            words.append(f"  {found.claim.derived.line}")
        if isinstance(found, Refuted):
            said = claim.said
            point = {said(key): str(value) for key, value in found.point.items()}
            values = {said(key): value for key, value in {**found.point, **found.outputs}.items()}
            if point:  # pytest's short summary shows the first line alone
                words[0] += f": {', '.join(f'{key} = {_brief(value)}' for key, value in values.items())}"
            words += [f"  {key} = {value}" for key, value in values.items()]
            words += [f"  in float32 {said(key)} is {', '.join(repr(float(v)) for v in each)}" for key, each in found.float32.items()]
        grade = _grade(found)
        row = self._row(name, verdict, words, grade, cached, monotonic() - start, point, claim.sha256)
        return found, row, words

    def _row(self, name: str, verdict: str, lines: Sequence[str], grade: str = "CHECKED", cached: bool = False, seconds: float = 0.0,
             counterexample: Mapping[str, str] | None = None, claim: str = "") -> dict[str, Any]:  # fmt: skip
        """One claim as plain data, which travels with the test's report between processes."""
        kind = grade if verdict in ("HOLDS", "REFUTED") else "OPEN"
        what: dict[str, Any] = {"test": self.test, "name": name, "claim": claim, "verdict": verdict, "expected": "HOLDS", "grade": kind}
        what |= {"lines": list(lines)}
        self.rows.append(what | {"cached": cached, "seconds": round(seconds, 3), "counterexample": dict(counterexample or {})})
        return self.rows[-1]


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
        """What the kernel says now of the certificate in the cache; None where there is none, or none that it accepts. What was refuted
        is stated again from the claim, never read from the cache."""
        from .files import read_bytes
        from .kernel.errors import DepthproofError
        from .kernel.limits import Budget
        from .kernel.strict_json import tree
        from .rational import rational
        from .search.found import Found
        from .search.proving import judged

        try:
            kept = tree(read_bytes(self.path) if self.path is not None else b"", Budget())
            values = {name: rational(text) for name, text in kept["values"].items()}
            return judged(self.claim, Found(kept["certificate"].encode(), kept["goal"], values))
        except (DepthproofError, ValueError, TypeError, KeyError, AttributeError):
            return None

    def keep(self, found: "Proved | Refuted") -> None:
        from .files import write_bytes
        from .kernel.errors import DepthproofError
        from .search import Refuted

        goal, values = (found.goal, found.point) if isinstance(found, Refuted) else ("", {})
        kept = {"goal": goal, "values": {name: str(x) for name, x in values.items()}, "certificate": found.certificate.decode()}
        if self.path is not None:
            try:
                write_bytes(self.path, json.dumps(kept).encode())
            except DepthproofError:
                return  # a cache that cannot be written is no cache


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
        if report.when == "teardown":
            self.rows.extend(row for key, row in report.user_properties if key == PROPERTY and isinstance(row, dict))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    seen = config.stash[_SEEN]
    rows = sorted(seen, key=lambda row: (str(row["test"]), str(row["name"])))
    path = config.getoption("--depthproof-report")
    if not _is_controller(config) or not (rows or path):
        return
    counts: dict[str, int] = {}
    for row in rows:
        label = {"HOLDS": row["grade"], "REFUTED": f"REFUTED ({row['grade']})"}.get(row["verdict"], row["verdict"])
        counts[label] = counts.get(label, 0) + 1
    cached = sum(row["cached"] for row in rows)
    terminalreporter.section("depthproof")
    said = ", ".join(f"{count} {label}" for label, count in sorted(counts.items()))
    again = f"; {cached} from the cache, re-checked by the kernel" if cached else ""
    wrong = sum(row["verdict"] != row["expected"] for row in rows)
    again += f"; {wrong} NOT as asserted" if wrong else ""
    terminalreporter.write_line(f"{len(rows)} claim{'s' * (len(rows) != 1)}: {said or 'none'}{again}")
    for row in rows:
        if row["verdict"] != row["expected"]:
            terminalreporter.write_line(f"  {ascii(row['test'])[1:-1]}: {row['lines'][0]}")
    if config.get_verbosity() > 0:
        for row in rows:
            terminalreporter.write_line(f"  {row['grade']:<9} {row['verdict']:<9} {row['seconds']:7.2f} s  {ascii(row['test'])[1:-1]}")
    if path is not None:
        terminalreporter.write_line(_written(Path(path), rows))


def _written(path: Path, rows: Sequence[Mapping[str, Any]]) -> str:
    from .files import write_bytes
    from .kernel.errors import DepthproofError

    try:
        write_bytes(path, _page(rows) if path.suffix == ".html" else json.dumps({"claims": rows}, indent=1).encode() + b"\n")
    except DepthproofError as error:
        return f"depthproof: {error}"
    return f"report: {path}"


def _stated(lines: Sequence[str]) -> list[str]:
    """What is said of a claim without the hashes of its networks: what is declared, proved or refuted."""
    said = [line.strip() for line in lines[1:] if "network with SHA-256" not in line]
    return said or [line.strip() for line in lines]


def _page(rows: Sequence[Mapping[str, Any]]) -> bytes:
    from .report import document as d
    from .report.appendix import SEMANTICS
    from .report.page import page

    cells: list[list[d.Line]] = [
        [[d.Text(row["test"], "code")], [d.Text("; ".join(_stated(row["lines"])))],
         [d.Badge(row["verdict"] if row["verdict"] == "REFUTED" else row["grade"], row["verdict"]), d.Badge(row["grade"], row["grade"])],
         d.text(f"{row['seconds']:.2f} s{' (cache)' if row['cached'] else ''}"), [d.Text(row["claim"][:16], "code")]]
        for row in rows
    ]  # fmt: skip
    table = d.Table(
        d.text(f"{len(rows)} claims"), ["test", "claim", "verdict", "time", "SHA-256 of the claim"], cells, shares=(5, 7, 4, 2, 3)
    )
    title = "Claims of the test suite"
    return page(d.Document(title, [d.Heading(1, d.text(title)), d.Paragraph(d.text(SEMANTICS)), table])).encode()
