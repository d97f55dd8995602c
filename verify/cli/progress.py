"""How far long work has come, on standard error: a bar with what is left on a terminal, elsewhere a line now and then."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from . import tell

EVERY = 10.0  # seconds between two lines where there is no terminal

Step = Callable[[str], None]


@contextmanager
def steps(what: str, total: int) -> Iterator[Step]:
    """Inside, each call says that one more of `total` is done, and which.

    >>> with steps("proving", 2) as done:
    ...     done("sawtooth.map")
    """
    if sys.stderr.isatty():
        with _bar(what, total) as step:
            yield step
    else:
        yield _Lines(what, total).step


@contextmanager
def _bar(what: str, total: int) -> Iterator[Step]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    words, last = TextColumn("{task.description}", markup=False), TextColumn("{task.fields[last]}", markup=False)
    columns = (words, BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), last)
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total, last="")

        def step(name: str) -> None:
            bar.update(task, advance=1, last=name[:40])

        yield step


@contextmanager
def progress(what: str, seconds: float | None = None) -> Iterator[None]:
    """Says what took more than a second; on a terminal also while it lasts, with the limit."""
    start, over = time.monotonic(), threading.Event()
    shown = threading.Thread(target=_shown, args=(what, seconds, over), daemon=True)
    if sys.stderr.isatty():
        shown.start()
    try:
        yield
    finally:
        over.set()
        if shown.is_alive():
            shown.join()
    if (took := time.monotonic() - start) > 1:
        tell(f"{what}: {took:.1f} s")


def _shown(what: str, seconds: float | None, over: threading.Event) -> None:
    """A line that turns while the work lasts, from its second second on."""
    if over.wait(1.0):
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    words = what if seconds is None else f"{what} (at most {seconds:g} s)"
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as line:
        line.add_task(words)
        over.wait()


class _Lines:
    """What is said where there is no terminal: nothing about what is soon done."""

    def __init__(self, what: str, total: int) -> None:
        self.what, self.total, self.done = what, total, 0
        self.start = self.said = time.monotonic()

    def step(self, name: str) -> None:
        self.done += 1
        now = time.monotonic()
        if now - self.said >= EVERY and self.done < self.total:
            self.said = now
            left = (now - self.start) / self.done * (self.total - self.done)
            tell(f"{self.what}: {self.done}/{self.total}, about {left:.0f} s left")
