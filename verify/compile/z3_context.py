"""z3's context, one for each thread: z3 crashes where two threads use one at a time.

Terms belong to the context of the thread that made them; they are not for another thread.
"""

import threading
from fractions import Fraction
from functools import lru_cache

import z3


class _Own(threading.local):
    """A thread's context, and the numerals in it."""

    def __init__(self) -> None:
        is_main = threading.current_thread() is threading.main_thread()
        self.context: z3.Context = z3.main_ctx() if is_main else z3.Context()
        self.numeral = lru_cache(10_000)(self._numeral)

    def _numeral(self, value: Fraction | int) -> z3.RatNumRef:
        return z3.Q(value.numerator, value.denominator, self.context)


_OWN = _Own()


def context() -> z3.Context:
    """This thread's: z3's main one in the main thread."""
    return _OWN.context


def numeral(value: Fraction | int) -> z3.RatNumRef:
    """The number as a term of this thread: never through text or a float."""
    return _OWN.numeral(value)
