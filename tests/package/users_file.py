"""What a user writes: every public name, called. `mypy --strict` finds nothing in it."""

from fractions import Fraction
from pathlib import Path

import verify as v

unit = v.Interval(Fraction(0), Fraction(1))
f: v.Network = v.sawtooth(3)
g: v.Network = v.load("constant:1/2")
h: v.PiecewiseLinear = v.pieces(f, unit)
count: int = h.pieces + v.activation_intervals(v.tent(), unit).count
values: tuple[Fraction, ...] = v.evaluate(f, (Fraction(1, 3),))
slope: Fraction = v.gradient(f, [Fraction(1, 3)]).gradient[0]
far: Fraction | None = v.distance(f, g, unit).value
square = v.Box.cube(Fraction(0), Fraction(1), 2)
domains: list[v.Box | v.Polyhedron | v.Simplex | v.Space] = [
    square,
    v.Space(2),
    v.Polyhedron((), square),
]
domains.append(v.Simplex(((Fraction(0),), (Fraction(1),))))
cells: v.Complex = v.regions(v.load("max:2"), square)
k: int | None = v.separate(3, 8, Fraction(1, 32)).k
smaller: int = len(v.excluded(6, Fraction(1, 32)).sizes)
low: Fraction = v.bracket(3, 4).lower
theory = v.Theory("doubling")
theory.recursion("pow2(n)", start="1", step="2*pow2(n)", sort="Z")
theorem = v.Theorem("doubling", "2^n grows", "an example", [])
best: v.Grade = min(v.Grade)
statement = {"forall": {"box": [["0", "1"]], "holds": "f <= 1"}}
claim = v.Claim.from_short("low", statement, {"f": f})
found: v.Proved | v.Refuted | v.Undecided = v.prove(claim)
if isinstance(found, v.Proved):
    print(v.check(claim.canonical, found.certificate, {f.sha256: f.canonical}.__getitem__)[0])
v.plot(f, g, on=unit).save(Path("picture.svg"))
print(count, values, slope, far, k, smaller, low, best.name, len(domains), v.__version__)
print(theorem.name, theory.name, cells.count("affine"))
