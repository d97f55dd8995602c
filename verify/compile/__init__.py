"""Compiling: one operation list, and a table of meanings for each target: sympy, z3, and SMT-LIB
text through z3. Nothing is imported until it is used."""

from importlib import import_module

TARGETS = ("sympy_form", "z3_form", "smtlib")


def __getattr__(name: str) -> object:
    if name in TARGETS:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
