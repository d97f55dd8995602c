"""The same queries put to Marabou and to depthproof: `python bench/marabou.py`, in an environment with depthproof and maraboupy.

What it prints is shown in docs/comparison.md. Every point that Marabou returns is put into the network exactly.
"""

import multiprocessing
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from fractions import Fraction
from importlib import metadata
from pathlib import Path
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from maraboupy import Marabou, MarabouCore
from measure import ROOT, machine

from verify import evaluate, load, sawtooth, tent
from verify.network.builders import gemm, square, subtract
from verify.network.network import Input, Network
from verify.network.operations import Node

CLAIMS = ROOT / "tests" / "claims"
SMALL = Fraction(1, 10**7)
SECONDS = 20  # for each query to Marabou, in a process of its own that is then killed: its own time limit did not stop every query
FORMS = ("bound", "inequality")  # the two ways to say y >= c: a lower bound of the variable y, or an equation of type GE


def symmetry(k: int) -> Network:
    """x ↦ (Δ(x) − Δ(1 − x), …, Δ^k(x) − Δ^k(1 − x))."""
    nodes, source, outputs = [gemm("pair", ["x"], [[1], [-1]], [0, 1])], "pair", []
    for i in range(1, k + 1):
        nodes.append(gemm(f"z{i}", [source], [[1, 0], [2, 0], [0, 1], [0, 2]], [0, -1, 0, -1]))
        nodes.append(Node(f"a{i}", "Relu", (f"z{i}",)))
        source = f"y{i}"
        nodes.append(gemm(source, [f"a{i}"], [[2, -2, 0, 0], [0, 0, 2, -2]], [0, 0]))
        outputs.append(source)
    rows = [[{2 * i: 1, 2 * i + 1: -1}.get(j, 0) for j in range(2 * k)] for i in range(k)]
    return Network((Input("x", 1),), (*nodes, gemm("d", outputs, rows, [0] * k)), "d")


def encoded(query: Any, network: Network) -> int:
    """Adds the network, with one input on [0, 1], to the query; the variable of its last output."""
    variables, count = {"x": [0]}, 1
    for node in network.lowered.nodes:
        inputs = [v for name in node.inputs for v in variables[name]]
        size = len(inputs) if node.op == "Relu" else len(node.vector("bias"))
        outputs = variables[node.name] = list(range(count, count + size))
        count += size
        query.setNumberOfVariables(count)
        if node.op == "Relu":
            for before, after in zip(inputs, outputs, strict=True):
                MarabouCore.addReluConstraint(query, before, after)
            continue
        for row, bias, output in zip(node.matrix("weight"), node.vector("bias"), outputs, strict=True):
            equation = MarabouCore.Equation(MarabouCore.Equation.EQ)
            for weight, variable in zip(row, inputs, strict=True):
                if weight:
                    equation.addAddend(float(weight), variable)
            equation.addAddend(-1.0, output)
            equation.setScalar(float(-bias))
            query.addEquation(equation)
    query.setLowerBound(0, 0.0)
    query.setUpperBound(0, 1.0)
    last = variables[network.lowered.output][-1]
    query.markInputVariable(0, 0)
    query.markOutputVariable(last, 0)
    return last


def asked(network: Network, least: Fraction, form: str) -> tuple[str, str]:
    """Marabou's answer to: is there an x in [0, 1] with network(x) >= least? And the whole story."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe()
    child = context.Process(target=lambda: there.send(solved(network, least, form)))
    child.start()
    answer = here.recv() if here.poll(SECONDS) else ("no answer", f"no answer in {SECONDS} s")
    child.kill()
    child.join()
    return answer


def solved(network: Network, least: Fraction, form: str) -> tuple[str, str]:
    query = MarabouCore.InputQuery()
    query.setNumberOfVariables(1)
    y = encoded(query, network)
    if form == "bound":
        query.setLowerBound(y, float(least))
    else:
        equation = MarabouCore.Equation(MarabouCore.Equation.GE)
        equation.addAddend(1.0, y)
        equation.setScalar(float(least))
        query.addEquation(equation)
    start = perf_counter()
    answer, point, _ = MarabouCore.solve(query, Marabou.createOptions(verbosity=0), "")
    seconds = perf_counter() - start
    if answer != "sat":
        return answer, f"{answer} ({seconds:.3f} s)"
    exact = evaluate(network, [Fraction(point[0])])[-1]
    value = str(exact) if len(str(exact)) < 12 else f"{float(exact):.9g}…"
    fits = "meets it" if exact >= least else f"short by {float(least - exact):.1e}"
    return answer, f"sat ({seconds:.3f} s): x = {point[0]:.10g}, y = {point[y]:.10g}; exactly {value}, {fits}"


def told(words: str, network: Network, least: Fraction) -> Iterator[str]:
    stories = [asked(network, least, form)[1] for form in FORMS]
    yield from (f"  {words:<24} {form:<10} {story}" for form, story in zip(FORMS, stories, strict=True))


def decided(name: str) -> str:
    """What `depthproof claim` says of a claim, and how long it and the re-check take, starting Python included."""
    with tempfile.TemporaryDirectory() as folder:
        start = perf_counter()
        claim = [sys.executable, "-m", "verify", "claim", str(CLAIMS / f"{name}.json"), "--certificate", folder, "--allow-outside"]
        said = subprocess.run(claim, cwd=ROOT, capture_output=True, text=True).stdout.splitlines()
        middle = perf_counter()
        check = subprocess.run([sys.executable, "-I", "-S", "verify/kernel/__main__.py", folder], cwd=ROOT, capture_output=True, text=True)
        end = perf_counter()
    checked = f"re-checked in {end - middle:.2f} s" if check.stdout.startswith("HOLDS") else f"NOT RE-CHECKED: {check.stdout}"
    at = ", ".join(line.strip().partition(" (")[0] for line in said if re.match(r"  \w+ = ", line))
    return f"depthproof: {said[0]}{f' not at {at}' if at else ''} ({middle - start:.2f} s, {checked})"


def which(networks: dict[int, Network], base: int, form: str, margin: Fraction) -> str:
    answers = {k: asked(network, base + margin, form)[0] for k, network in networks.items()}
    kinds = {answer: [str(k) for k in answers if answers[k] == answer] for answer in dict.fromkeys(answers.values())}
    found = "; ".join(f"{answer} for k = {', '.join(ks)}" for answer, ks in kinds.items())
    return f"  margin {float(margin):.0e}, {form + ':':<11} {found}"


def report() -> Iterator[str]:
    here = machine()
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("maraboupy", "numpy"))
    yield f"{here['processor']}, Python {platform.python_version()}, {versions}"
    peaks = {k: sawtooth(k) for k in range(1, 11)}
    yield "\nIs there an x in [0, 1] with Δ^k(x) >= 1 + 10^-7? No: the maximum is 1."
    yield decided("peaks")
    for k, network in peaks.items():
        yield from told(f"Δ^{k}(x) >= 1 + 10^-7", network, 1 + SMALL)
    yield from (which(peaks, 1, form, Fraction(1, 10**e)) for e in (8, 7, 6) for form in FORMS)
    mirrored = {k: symmetry(k) for k in range(1, 7)}
    assert load(CLAIMS / "networks" / "sawtooth_symmetry.json").sha256 == mirrored[6].sha256
    yield "\nIs there an x in [0, 1] with Δ^k(x) − Δ^k(1−x) >= 10^-7? No: it is 0."
    yield decided("symmetry")
    for k, network in mirrored.items():
        yield from told(f"k = {k}: difference >= 10^-7", network, SMALL)
    yield from (which(mirrored, 0, "inequality", Fraction(1, 10**e)) for e in (6, 5, 4))
    yield "\nIs Δ < 1 on [0, 1]? No, Δ(1/2) = 1. Is Δ <= 1? Yes."
    yield decided("tent_below_one")
    yield from told("Δ(x) >= 1", tent(), Fraction(1))
    yield decided("tent_at_most_one")
    for e in (7, 10):
        yield from told(f"Δ(x) >= 1 + 10^-{e}", tent(), 1 + Fraction(1, 10**e))
    yield "\nTwo networks: f_3 − f_4, which is Δ^4/4^4. At most 1/256? Yes. Below 1/256? No."
    squares = subtract(square(3), square(4))
    yield decided("squares_at_most")
    yield from told("f_3 − f_4 >= 1/256 + 10^-7", squares, Fraction(1, 256) + SMALL)
    yield decided("squares_below")
    yield from told("f_3 − f_4 >= 1/256", squares, Fraction(1, 256))
    yield "\nTwo networks: a trained one, N, and M = Δ^4. Is |N − M| <= 0.33173852? Yes, by 9.3·10^-9."
    yield decided("trained_near_sawtooth")
    trained = load(ROOT / "tests" / "networks" / "fit64_saw4.onnx")
    c = Fraction("0.33173852")
    yield from told("N − M >= c", subtract(trained, sawtooth(4)), c)
    yield from told("M − N >= c", subtract(sawtooth(4), trained), c)


if __name__ == "__main__":
    for line in report():
        print(line, flush=True)
