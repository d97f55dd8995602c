"""Claims in, certificates or exact counterexamples out. Nothing here is trusted: the kernel
re-checks what is found."""

from .proving import Proved, Refuted, Undecided, prove

__all__ = ["Proved", "Refuted", "Undecided", "prove"]
