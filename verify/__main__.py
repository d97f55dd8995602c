"""`python -m verify` is the command `depthproof`."""

import signal

if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # until the command can say so, Ctrl-C just ends it

from .cli import run

if __name__ == "__main__":
    run()
