"""Terms and formulas in SMT-LIB's words: let, definitions, chains, and whatever else comes down to
affine comparisons."""

from collections.abc import Callable, Mapping
from functools import reduce
from itertools import pairwise

from ...kernel.errors import OverBudget, expected
from .logic import FALSE, ONE, TRUE, Comparison, Formula, Junction, Term, Variable, together
from .smtlib_text import List, Tree, Word, decimal

MOST_PARTS = 200_000
RELATIONS = ("<=", "<", ">=", ">", "=")

Value = Term | Formula


class Values:
    """What words and lists mean, with the definitions so far. A subclass says what the variables
    are."""

    def __init__(self) -> None:
        self.scopes: list[dict[str, Value]] = [{}]
        self.macros: dict[str, tuple[list[str], Tree]] = {}
        self.parts = 0

    def variable(self, word: Word) -> Variable:
        raise NotImplementedError

    def formula(self, tree: Tree) -> Formula:
        return as_formula(self.value(tree), tree)

    def term(self, tree: Tree) -> Term:
        return as_term(self.value(tree), tree)

    def value(self, tree: Tree) -> Value:
        self._spend(1, tree)
        if isinstance(tree, Word):
            return self._word(tree)
        head = tree.head
        if head in OPERATORS:
            found = OPERATORS[head](self, tree)
            size = found.size if isinstance(found, Junction) else 1
            self._spend(size, tree)
            return found
        if head in self.macros:
            return self._applied(tree)
        raise expected(tree.place, f"one of {' '.join(OPERATORS)}", head or "a list")

    def _spend(self, parts: int, tree: Tree) -> None:
        self.parts += parts
        if self.parts > MOST_PARTS:
            raise OverBudget(
                tree.place, f"formulas of more than {MOST_PARTS} parts when written out"
            )

    def _word(self, word: Word) -> Value:
        number = decimal(word)
        if number is not None:
            return Term({}, number)
        name = name_of(word)
        if name in ("true", "false"):
            return TRUE if name == "true" else FALSE
        for scope in reversed(self.scopes):
            if name in scope:
                return scope[name]
        return Term({self.variable(word): ONE})

    def _applied(self, tree: List) -> Value:
        parameters, body = self.macros[tree.head]
        values = [self.value(part) for part in tree.rest(len(parameters), len(parameters))]
        return self._within(dict(zip(parameters, values, strict=True)), body, tree)

    def _within(self, scope: dict[str, Value], body: Tree, tree: Tree) -> Value:
        if len(self.scopes) > 100:
            raise OverBudget(tree.place, "definitions nested more than 100 deep")
        self.scopes.append(scope)
        try:
            return self.value(body)
        finally:
            self.scopes.pop()

    def let(self, tree: List) -> Value:
        bindings, body = tree.rest(2, 2)
        scope = {}
        pairs = bindings.parts if isinstance(bindings, List) else ()
        for binding in pairs:
            if not isinstance(binding, List) or len(binding.parts) != 2:
                raise expected(binding.place, "(NAME VALUE)", shown(binding))
            scope[name_of(binding.parts[0])] = self.value(binding.parts[1])
        if not scope:
            raise expected(bindings.place, "bindings in brackets", shown(bindings))
        return self._within(scope, body, tree)

    def annotated(self, tree: List) -> Value:
        """(! VALUE :named NAME): the value."""
        return self.value(tree.rest(1)[0])

    def junction(self, tree: List) -> Formula:
        parts = [self.formula(part) for part in tree.rest(0)]
        return Junction(tree.head, tuple(together(parts) if tree.head == "or" else parts))

    def negation(self, tree: List) -> Formula:
        return self.formula(tree.rest(1, 1)[0]).negated()

    def implication(self, tree: List) -> Formula:
        *premises, conclusion = [self.formula(part) for part in tree.rest(2)]
        return Junction("or", (*(premise.negated() for premise in premises), conclusion))

    def exclusive(self, tree: List) -> Formula:
        return reduce(_unlike, [self.formula(part) for part in tree.rest(2)])

    def choice(self, tree: List) -> Value:
        condition, yes, no = tree.rest(3, 3)
        first = self.formula(condition)
        chosen = Junction("and", (first, self.formula(yes)))
        return Junction("or", (chosen, Junction("and", (first.negated(), self.formula(no)))))

    def comparison(self, tree: List) -> Formula:
        """Of two, or a chain of more; = also of formulas."""
        values = [(self.value(part), part) for part in tree.rest(2)]
        if tree.head in ("=", "distinct") and not isinstance(values[0][0], Term):
            tree.rest(2, 2)
            unlike = _unlike(*(as_formula(value, part) for value, part in values))
            return unlike if tree.head == "distinct" else unlike.negated()
        terms = [as_term(value, part) for value, part in values]
        if tree.head == "distinct":
            self._spend(len(terms) ** 2, tree)
            pairs = [(a, b) for i, a in enumerate(terms) for b in terms[i + 1 :]]
            return Junction("and", tuple(Comparison(a, "!=", b) for a, b in pairs))
        links = tuple(Comparison(a, tree.head, b) for a, b in pairwise(terms))
        return links[0] if len(links) == 1 else Junction("and", links)

    def addition(self, tree: List) -> Term:
        return reduce(Term.plus, [self.term(part) for part in tree.rest(1)])

    def subtraction(self, tree: List) -> Term:
        first, *others = [self.term(part) for part in tree.rest(1)]
        return reduce(lambda a, b: a.plus(b, -ONE), others, first) if others else first.times(-ONE)

    def multiplication(self, tree: List) -> Term:
        result = Term({}, ONE)
        for part in tree.rest(1):
            factor = self.term(part)
            if result.form and factor.form:
                raise expected(
                    part.place, "a product with a number: claims are affine", shown(part)
                )
            form, number = (result, factor) if result.form else (factor, result)
            result = form.times(number.constant)
        return result

    def division(self, tree: List) -> Term:
        result = self.term(tree.rest(2)[0])
        for part in tree.rest(2)[1:]:
            divisor = self.term(part)
            if divisor.form or not divisor.constant:
                raise expected(part.place, "a divisor that is a number other than 0", shown(part))
            result = result.times(1 / divisor.constant)
        return result


def as_formula(value: Value, tree: Tree) -> Formula:
    """The value of a tree, which must be a formula."""
    if isinstance(value, Term):
        raise expected(tree.place, "a formula: a comparison, and, or, not, =>", shown(tree))
    return value


def as_term(value: Value, tree: Tree) -> Term:
    """The value of a tree, which must be a term."""
    if not isinstance(value, Term):
        raise expected(tree.place, "a number, X_i or Y_i", shown(tree))
    return value


def _unlike(one: Formula, other: Formula) -> Formula:
    either = Junction("and", (one, other.negated())), Junction("and", (one.negated(), other))
    return Junction("or", either)


def name_of(tree: Tree) -> str:
    """The name that a word is, without the bars around it. Raises `BadInput` for a list.

    >>> name_of(Word("|X_0|", "line 1, column 1"))
    'X_0'
    """
    if not isinstance(tree, Word):
        raise expected(tree.place, "a name", "a list")
    return tree.text[1:-1] if tree.text.startswith("|") and len(tree.text) > 1 else tree.text


def shown(tree: Tree) -> str:
    """The text of a tree for a complaint, with the first four parts of each list.

    >>> shown(List((Word("check-sat", ""),), ""))
    '(check-sat)'
    """
    if isinstance(tree, Word):
        return tree.text
    return f"({' '.join(shown(part) for part in tree.parts[:4])})"


OPERATORS: Mapping[str, Callable[[Values, List], Value]] = {
    **dict.fromkeys(("and", "or"), Values.junction),
    "not": Values.negation,
    "=>": Values.implication,
    "xor": Values.exclusive,
    "ite": Values.choice,
    "let": Values.let,
    "!": Values.annotated,
    **dict.fromkeys((*RELATIONS, "distinct"), Values.comparison),
    "+": Values.addition,
    "-": Values.subtraction,
    "*": Values.multiplication,
    "/": Values.division,
}
