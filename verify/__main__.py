"""`python -m verify` is the command `depthproof`."""

from .cli import run

if __name__ == "__main__":
    run()
