"""Measuring: several ways to do one thing, side by side, in turn, medians over the runs."""

import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Mapping
from importlib import metadata
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("numpy", "python-flint", "networkx", "gmpy2", "regioncam", "relucent", "affinitree")


def side_by_side(ways: Mapping[str, Callable[[], Any]], runs: int, clock: Callable[[], float] = perf_counter) -> dict[str, float]:
    """Median seconds of each way. One round warms up; in each further round every way runs once, so that all meet the same conditions.
    With `process_time` as the clock, time in which other processes had the processor does not count."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(runs + 1):
        for name, way in ways.items():
            start = clock()
            way()
            if turn:
                times[name].append(clock() - start)
    return {name: median(values) for name, values in times.items()}


def machine() -> dict[str, Any]:
    versions = {}
    for package in PACKAGES:
        try:
            versions[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            versions[package] = "missing"
    here = {"processor": _processor(), "cores": os.cpu_count(), "load": os.getloadavg()[0], "python": platform.python_version()}
    return here | {"versions": versions}


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    lines = information.read_text().splitlines() if information.exists() else []
    named = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor() or platform.machine()


def peak_megabytes(code: str) -> float:
    """The peak resident memory of a fresh Python that runs the code."""
    start = f"import resource, sys; sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / 'bench')!r}]"
    program = f"{start}\n{code}\nprint(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    output = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    return int(output.split()[-1]) / 1024


def write(path: Path, value: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=1) + "\n")
