"""The stand-alone checker: `python -I -S FOLDER/__main__.py PATH...` needs this folder and the standard library, nothing else."""

import importlib
import importlib.util
import sys
from pathlib import Path

NAME = "standalone_kernel"


def main(arguments: list[str]) -> int:
    """Checks what the arguments name; the exit code."""
    if not arguments:
        print("usage: python -I -S __main__.py PATH...   (NAME.claim.json, its certificate beside it, or folders)", file=sys.stderr)
        return 2
    if __package__:
        package = __package__
    else:  # run as a file: the folder becomes a package, whatever its name is
        folder = Path(__file__).resolve().parent
        spec = importlib.util.spec_from_file_location(NAME, folder / "__init__.py", submodule_search_locations=[str(folder)])
        if spec is None:
            raise ImportError(str(folder))
        package, sys.modules[NAME] = NAME, importlib.util.module_from_spec(spec)
    result: int = importlib.import_module(f"{package}.check").report(arguments, print)
    return result


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
