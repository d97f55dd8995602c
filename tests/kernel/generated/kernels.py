"""Kernels: the one of the repository, and copies of it in which a check is taken out."""

import ast
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

FOLDER = Path(__file__).parents[3] / "verify" / "kernel"
CHECKS = {"need", "want", "must", "of"}


class Kernel:
    """The modules of one kernel; what they define, by its name, wherever it stands."""

    def __init__(self, modules: dict[str, ModuleType]) -> None:
        self.modules = modules
        self.check = modules["check"].check

    def __getattr__(self, name: str) -> Any:
        for module in self.modules.values():
            if name in vars(module):
                return vars(module)[name]
        raise AttributeError(name)

    def rule(self, name: str) -> Any:
        """The function of a rule: of the vocabulary and the rest of the context, the branch, and
        its arguments.
        """
        found = self.RULES[name]
        return getattr(found, "apply", found)


class _Sources(MetaPathFinder, Loader):
    """A package whose modules are texts in memory."""

    def __init__(self, package: str, texts: Mapping[str, str]) -> None:
        self.package, self.texts = package, texts

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if name.split(".")[0] != self.package:
            return None
        return spec_from_loader(name, self, is_package=name == self.package)

    def exec_module(self, module: ModuleType) -> None:
        name = module.__name__.rpartition(".")[2]
        text = "" if name == self.package else self.texts[name]
        exec(compile(text, f"<planted {name}>", "exec"), module.__dict__)


def sources() -> dict[str, str]:
    """The kernel's modules by name."""
    return {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("[a-z]*.py"))}


def own() -> Kernel:
    """The kernel as it is."""
    return Kernel({name: import_module(f"verify.kernel.{name}") for name in sources()})


def loaded(texts: Mapping[str, str]) -> Kernel:
    """A kernel of these texts, as modules of its own, which nothing else sees."""
    package = "planted_kernel"
    finder = _Sources(package, texts)
    sys.meta_path.insert(0, finder)
    try:
        return Kernel({name: import_module(f"{package}.{name}") for name in texts})
    finally:
        sys.meta_path.remove(finder)
        for name in [name for name in sys.modules if name.split(".")[0] == package]:
            del sys.modules[name]


def planted(*changes: tuple[str, str]) -> Kernel:
    """The kernel with texts replaced, each of which stands in it once."""
    texts = sources()
    for old, new in changes:
        assert sum(text.count(old) for text in texts.values()) == 1, (
            f"{old!r} does not stand there once"
        )
        texts = {name: text.replace(old, new) for name, text in texts.items()}
    return loaded(texts)


class Removal(NamedTuple):
    """A check that is taken out: where it stands, and what it says."""

    module: str
    line: int
    number: int
    text: str


def removals() -> Iterator[Removal]:
    """Every call of `need`, `want`, `must` and `of`, and every `raise`, of the kernel, in order."""
    for module, text in sources().items():
        for number, node in enumerate(_checks(ast.parse(text))):
            said = ast.get_source_segment(text, node) or ""
            yield Removal(module, node.lineno, number, " ".join(said.split()))


def without(removal: Removal) -> Kernel:
    """The kernel without this check: a call gives its first argument, a `raise` does nothing."""
    texts = sources()
    tree = ast.parse(texts[removal.module])
    node = list(_checks(tree))[removal.number]
    texts[removal.module] = ast.unparse(ast.fix_missing_locations(_Taken(node).visit(tree)))
    return loaded(texts)


def watched() -> tuple[Kernel, set[tuple[str, int]]]:
    """The kernel, and a set that takes up the module and number of each check that refuses."""
    texts, fired = sources(), set[tuple[str, int]]()
    for module, text in texts.items():
        tree = ast.parse(text)
        numbers = {id(node): number for number, node in enumerate(_checks(tree))}
        texts[module] = ast.unparse(ast.fix_missing_locations(_Watched(numbers).visit(tree)))
    kernel = loaded(texts)
    for module, one in kernel.modules.items():
        vars(one)["_watch"] = _watcher(module, fired)
    return kernel, fired


def _watcher(module: str, fired: set[tuple[str, int]]) -> Any:
    def watch(number: int, check: Any, *arguments: Any, **named: Any) -> Any:
        if check is None:
            fired.add((module, number))
            return arguments[0]
        try:
            return check(*arguments, **named)
        except Exception:
            fired.add((module, number))
            raise

    return watch


class _Watched(ast.NodeTransformer):
    """Every check tells `_watch` when it refuses."""

    def __init__(self, numbers: dict[int, int]) -> None:
        self.numbers = numbers

    def visit(self, node: ast.AST) -> Any:
        number = self.numbers.get(id(node))
        self.generic_visit(node)
        if number is None:
            return node
        name, mark = ast.Name("_watch", ast.Load()), ast.Constant(number)
        if isinstance(node, ast.Call):
            return ast.Call(name, [mark, node.func, *node.args], node.keywords)
        if isinstance(node, ast.Raise) and node.exc is not None:
            node.exc = ast.Call(name, [mark, ast.Constant(None), node.exc], [])
        return node


def _checks(tree: ast.AST) -> Iterator[Any]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise):
            yield node
        if isinstance(node, ast.Call) and _called(node) in CHECKS:
            yield node


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Name):
        return node.func.id
    if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
        return node.func.attr if node.func.value.id == "self" else ""
    return ""


class _Taken(ast.NodeTransformer):
    def __init__(self, taken: ast.AST) -> None:
        self.taken = taken

    def visit(self, node: ast.AST) -> Any:
        if node is not self.taken:
            return self.generic_visit(node)
        if isinstance(node, ast.Raise):
            return ast.Pass()
        assert isinstance(node, ast.Call)
        value = node.args[1] if _called(node) == "of" else node.args[0]
        return self.generic_visit(value)
