"""The stand-alone checker: `python -I -S FOLDER/__main__.py PATH...` needs this folder and the standard library, nothing else."""

import importlib
import os
import sys
from pathlib import Path

if __name__ == "__main__":
    __path__ = [str(Path(__file__).resolve().parent)]  # this module is a package of the modules beside it, whatever the folder is called
    if not sys.argv[1:]:
        print("usage: python -I -S __main__.py PATH...   (NAME.claim.json, its certificate beside it, or folders)", file=sys.stderr)
        sys.exit(2)
    try:
        code = importlib.import_module("__main__.check").report(sys.argv[1:], print)
        print(end="", flush=True)
    except OSError:  # nobody reads on: nothing was decided
        os._exit(3)
    sys.exit(code)
