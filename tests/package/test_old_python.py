"""An older Python, where somebody has put the package on its path, gets one line."""

import ast
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "verify" / "__init__.py"
OLD = """
import sys
sys.version_info = (3, 9, 18, "final", 0)
import verify
"""


def test_an_older_python_gets_one_line() -> None:
    ast.parse(PACKAGE.read_text(), feature_version=(3, 7))  # it must be read to say so
    done = subprocess.run([sys.executable, "-c", OLD], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "expected Python 3.11 or newer\n"
