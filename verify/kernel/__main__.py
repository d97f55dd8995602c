"""The stand-alone checker: `python -I -S FOLDER/__main__.py [PATH...]` needs this folder and the
standard library, nothing else.

A path is NAME.claim.json with its certificate beside it, or a folder of them; without one, the
folder where you are.
"""

import importlib
import os
import sys

if sys.version_info < (3, 11):  # noqa: UP036 - older ones cannot even read the modules beside it
    sys.exit("expected Python 3.11 or newer")


def _say(line: str) -> None:
    if sys.stdout is None:  # where it is closed, print would say nothing
        raise OSError
    print(line, flush=True)


if __name__ == "__main__":
    # A package of the modules beside it, whatever its folder is called.
    __path__ = [os.path.dirname(os.path.abspath(__file__))]
    checker = importlib.import_module("__main__.check")
    try:
        code = checker.report(sys.argv[1:] or ["."], _say)
    except (OSError, MemoryError, KeyboardInterrupt):  # an accident decides nothing
        os._exit(3)
    sys.exit(code)
