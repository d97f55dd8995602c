"""Many threads at once: each has a z3 context of its own. In a process of its own, since what this
is about ends a process."""

import subprocess
import sys

import pytest

PROVE = """
import json
from concurrent.futures import ThreadPoolExecutor
from verify import Theory

def proved(number):
    theory = Theory(f"sum{number}")
    theory.recursion("s(n)", start="0", step="s(n) + n + 1", sort="Z", n="Z from 0")
    theory.theorem("2*s(n) = n*(n + 1)", name="sum", induction="n", use=["IH"], n="Z from 0")
    theory.theorem("x*x + y*y >= 2*x*y", name="square", squares=["x - y"])
    return {key: part for key, part in json.loads(theory.prove().certificate).items() if key != "claim"}
"""
WRITE = """
from concurrent.futures import ThreadPoolExecutor
from verify.compile.smtlib import of_network
from verify.network.builders import random_network

def proved(number):
    return of_network(random_network([6, 6], 1))
"""
RUN = """
alone = proved(0)
with ThreadPoolExecutor({threads}) as pool:
    for _ in range(2):
        assert all(part == alone for part in pool.map(proved, range(2 * {threads})))
print("the same in every thread")
"""


@pytest.mark.parametrize(("code", "threads"), [(PROVE, 4), (WRITE, 8)])
def test_every_thread_finds_the_same(code: str, threads: int) -> None:
    done = subprocess.run([sys.executable, "-c", code + RUN.format(threads=threads)], capture_output=True, text=True, timeout=300)
    assert (done.returncode, done.stdout) == (0, "the same in every thread\n"), done.stderr[-500:]
