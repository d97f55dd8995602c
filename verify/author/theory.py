"""The author's interface: a theory is written as mathematics, with hints.

`prove` finds the certificate, or says where it is stuck. Recording a theory costs nothing; only `prove` searches, and
imports z3.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ..claim import Claim
from ..kernel.errors import BadInput, displayed
from ..search import Proved
from ..search.notation import Declaration, application, defined, definition, free_names, recursion
from ..search.numbers.plan import Hints, Plan, Step, Witness
from ..spelling import nearest
from .library import declarations

__all__ = ["Lemma", "Theory", "definition", "recursion"]


HINTS = ("use", "base", "squares", "split", "degree", "have")


class Lemma(str):
    """The name of something proved; called, the hint to use it at these terms."""

    __slots__ = ()

    def __call__(self, *terms: str) -> str:
        return f"{self}({', '.join(terms)})"


@dataclass
class Script:
    """Declarations, lemmas and goals in the order in which they were written."""

    name: str
    declared: list[Declaration] = field(default_factory=list)
    items: list[Step | Declaration] = field(default_factory=list)

    def lemma(self, text: str, *, name: str = "", induction: str = "", **options: Any) -> Lemma:
        """Proves `text` for all values of its variables, real unless said otherwise as in k="Z from 1".

        Hints: see `Hints`.
        """
        return self._record("lemma", name or f"lemma{len(self.items) + 1}", text, induction, options)

    def theorem(self, text: str, *, name: str = "", induction: str = "", **options: Any) -> Lemma:
        """The same for a goal of the claim."""
        return self._record("goal", name or self.name, text, induction, options)

    def local(self, declaration: Declaration) -> None:
        """A definition that only the proof uses."""
        self.items.append(declaration)

    def _record(self, kind: str, name: str, text: str, induction: str, options: dict[str, Any]) -> Lemma:
        """Records a lemma or a goal. `options`: hints, and the sorts of variables."""
        place = f"{kind} {name}"
        hints = {key: options[key] for key in HINTS if key in options}
        sorts = {key: value for key, value in options.items() if key not in HINTS}
        for key, value in hints.items():
            if key != "degree" and not _are_texts(value):
                raise BadInput(place, f"expected a list of texts as {key}, found {displayed(value)}")
        for key, value in sorts.items():
            if not isinstance(value, str):
                wanted = f"the hints {', '.join(HINTS)}, induction, or the sort of a variable"
                raise BadInput(place, f"expected {wanted}, found {key}={displayed(value)}{nearest(key, HINTS)}")
        self.items.append(Step(kind, name, text, self._variables(text, sorts), induction, Hints(**hints)))
        return Lemma(name)

    def _variables(self, text: str, sorts: dict[str, str]) -> tuple[tuple[str, str], ...]:
        """The variables of a text with their sorts, those first of which a sort is said."""
        constants = [str(item.get("define") or item.get("free")) for item in self.declared if _is_constant(item)]
        found = dict(sorts)
        for name in free_names(text, constants):
            found.setdefault(name, "R")
        return tuple(found.items())

    def goals(self) -> list[dict[str, Any]]:
        """The goals as the claim states them."""
        found = []
        for item in self.items:
            if isinstance(item, Step) and item.kind == "goal":
                pairs = [list(pair) for pair in item.variables]
                found.append({"goal": item.name, "for": pairs, "holds": item.text})
        return found


def _are_texts(value: Any) -> bool:
    return not isinstance(value, str) and all(isinstance(text, str) for text in value)


def _is_constant(item: Declaration) -> bool:
    """Whether a definition or a free function has no arguments."""
    return not item.get("for", item.get("arguments"))


class Theory(Script):
    """A schematic theorem in the making: definitions, assumptions, lemmas, goals. `source`: lecture and heading.

    >>> theory = Theory("squares")
    >>> theory.theorem("x^2 + y^2 >= 2*x*y", name="product", squares=["x - y"])
    'product'
    >>> theory.prove().claim.name
    'squares'
    """

    def __init__(self, name: str, source: str = "") -> None:
        super().__init__(name)
        self.source = source
        self._witness: tuple[dict[str, list[Declaration]], Script] | None = None

    def _repr_html_(self) -> str:
        from html import escape

        rows = []
        for goal in self.goals():
            variables = ", ".join(" in ".join(pair) for pair in goal["for"])
            texts = [goal["goal"], variables, goal["holds"]]
            rows.append("".join(f"<td>{escape(text)}</td>" for text in texts))
        cells = "".join(f"<tr>{row}</tr>" for row in rows)
        definitions = [defined(item) for item in self.declared if "define" in item]
        lines = "".join(f"<p><code>{escape(text)}</code></p>" for text in definitions)
        head = "<tr><th>goal</th><th>for</th><th>holds</th></tr>"
        return f"<div>{lines}<table><thead>{head}</thead><tbody>{cells}</tbody></table></div>"

    def library(self, *names: str) -> None:
        """Shared definitions, with those that they need."""
        known = {str(item.get("define")) for item in self.declared}
        self.declared.extend(declarations(names, known))

    def define(self, text: str, *, sort: str = "R", **sorts: str) -> str:
        """A function by cases, such as "abs(x) = x if x >= 0 else -x". Gives what is declared, as text."""
        self.declared.append(definition(text, sort, **sorts))
        return defined(self.declared[-1])

    def recursion(self, head: str, *, start: str, step: str, sort: str = "R", **sorts: str) -> str:
        """A function by recursion on its first variable.

        `start` is its value at the least, `step` its value at one more. Gives what is declared, with one less for the
        variable, as text.
        """
        self.declared.append(recursion(head, start, step, sort, **sorts))
        return defined(self.declared[-1])

    def free(self, head: str, *, sort: str = "R", **sorts: str) -> None:
        """Any function: free("m(i)", sort="Z", i="Z"), or any constant."""
        name, variables = application(head)
        arguments = [sorts.get(variable, "R") for variable in variables or []]
        self.declared.append({"free": name, "arguments": arguments, "sort": sort})

    def assume(self, name: str, text: str, **sorts: str) -> Lemma:
        """Part of the claim: what is supposed of the free functions."""
        pairs = [list(pair) for pair in self._variables(text, dict(sorts))]
        self.declared.append({"assume": name, "for": pairs, "holds": text})
        return Lemma(name)

    def witness(self, **models: Declaration | list[Declaration]) -> Script:
        """Definitions of the free functions. In the script that is returned, prove every assumption, under its name."""
        script = Script(f"witness of {self.name}", self.declared)
        listed = {}
        for name, model in models.items():
            listed[name] = model if isinstance(model, list) else [model]
        self._witness = listed, script
        return script

    def claim(self) -> Claim:
        """What the theory claims."""
        return Claim(self.name, {}, self.declared, self.goals())

    def plan(self) -> Plan:
        """How it would be proved."""
        if self._witness is None:
            return Plan(tuple(self.items))
        models, script = self._witness
        return Plan(tuple(self.items), Witness(_modelled(self.declared, models), tuple(script.items)))

    def prove(self) -> Proved:
        """The claim with a certificate that the kernel accepts. Raises `Stuck` where the hints do not suffice."""
        from ..search.numbers.certificate import evidence

        claim = self.claim()
        certificate = claim.certificate(evidence(claim, self.plan()))
        return Proved(claim, certificate, claim.check(certificate))


def _modelled(declared: Sequence[Declaration], models: dict[str, list[Declaration]]) -> list[Declaration]:
    """The declarations with the models in place of the free functions, and without assumptions."""
    found: list[Declaration] = []
    for item in declared:
        if "free" in item:
            found.extend(models[str(item["free"])])
        elif "assume" not in item:
            found.append(item)
    return found
