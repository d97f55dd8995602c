"""Definitions that several theories share, as text.

A claim copies those that it uses, so the checker reads and prints them each time.
"""

from ..kernel.errors import BadInput, displayed
from ..search.notation import Declaration, definition, recursion
from ..spelling import nearest

LIBRARY: dict[str, tuple[Declaration, tuple[str, ...]]] = {
    "relu": (definition("relu(x) = 0 if x <= 0 else x"), ()),
    "abs": (definition("abs(x) = x if x >= 0 else -x"), ()),
    "frac": (definition("frac(x) = x - floor(x)"), ()),
    "tent": (definition("tent(x) = 2*relu(x) - 2*relu(2*x - 1)"), ("relu",)),
    "D": (recursion("D(k, x)", start="x", step="tent(D(k, x))"), ("tent",)),
    "pow2": (recursion("pow2(n)", start="1", step="2*pow2(n)", sort="Z"), ()),
    "half": (recursion("half(n)", start="1", step="1/2*half(n)"), ()),
    "quarter": (recursion("quarter(n)", start="1", step="1/4*quarter(n)"), ()),
    # the mean over [0, 1] of |y + (z - y)*t|, an affine function with ends y and z
    "mean": (definition("mean(y, z) = div(y^2 + z^2, 2*abs(y - z)) if y*z < 0 else abs(y + z)/2"), ("abs",)),
}  # each with the names of those that it needs


def declarations(names: tuple[str, ...], known: set[str]) -> list[Declaration]:
    """The named declarations with what they need, each once, in order, without those known.

    >>> [item["define"] for item in declarations(("D",), {"relu"})]
    ['tent', 'D']
    """
    found: list[Declaration] = []
    met = set(known)

    def visit(name: str) -> None:
        if name not in met:
            met.add(name)
            declaration, needs = LIBRARY[name]
            for needed in needs:
                visit(needed)
            found.append(declaration)

    for name in names:
        if name not in LIBRARY:
            wanted = f"expected shared definitions among {', '.join(LIBRARY)}"
            hint = nearest(str(name), LIBRARY)
            raise BadInput("library", f"{wanted}, found {displayed(name)}{hint}")
        visit(name)
    return found
