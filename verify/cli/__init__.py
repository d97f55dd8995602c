"""The command line, thin: every command reads its arguments, calls the library, prints, and ends in a documented exit code."""

import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from ..kernel.errors import DepthproofError, displayed

COMMANDS = {
    "show": "networks",
    "eval": "networks",
    "pieces": "networks",
    "regions": "regions",
    "distance": "networks",
    "maximise": "regions",
    "plot": "pictures",
    "prove": "theorems",
    "theorems": "theorems",
    "explain": "theorems",
    "check": "theorems",
    "claim": "claims",
    "separate": "answers",
    "appendix": "reports",
    "bundle": "reports",
}
EXIT_CODES = """\b
Exit codes: 0 holds · 1 refuted, or a certificate rejected · 2 bad command line or bad input
            3 undecided (limit, timeout, unsupported) · 4 our own fault"""


SETTINGS: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 110}


class _Commands(click.Group):
    """Commands by name; a command's module is imported only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = COMMANDS.get(cmd_name)
        return None if module is None else getattr(import_module(f".{module}", __name__), cmd_name.replace("eval", "evaluate"))


@click.command(cls=_Commands, no_args_is_help=False, epilog=EXIT_CODES, context_settings=SETTINGS)
@click.version_option(None, "-V", "--version", package_name="depthproof")
def depthproof() -> None:
    """Claims about ReLU networks, turned into theorems or exact counterexamples.

    A network (NET) is a file (.json, .onnx, .nnet, .safetensors) or a name: tent, sawtooth:K,
    square:M, constant:Q, max:N, arrangement:D:M, folding:D:WIDTHS, random:WIDTHS:SEED.
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command. Returns its exit code; never raises, never shows a traceback."""
    try:
        return int(depthproof(list(sys.argv[1:] if arguments is None else arguments), "depthproof", standalone_mode=False) or 0)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.UsageError as error:
        command = f"{error.ctx.info_name} " if error.ctx and error.ctx.parent else ""
        return _said(f"{error.format_message()} (see depthproof {command}--help)", 2)
    except click.ClickException as error:
        return _said(error.format_message(), 2)
    except DepthproofError as error:
        return _said(str(error), error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        return _said("interrupted; nothing was decided", 3)
    except MemoryError:
        return _said("out of memory; nothing was decided", 3)
    except (BrokenPipeError, SystemExit):  # click ends so where a pipe is closed
        return _unread()
    except Exception as error:
        return _said(f"our own fault, please report: {type(error).__name__} at {_place(error)}: {displayed(str(error))}", 4)


def run() -> None:
    """The entry point of the command `depthproof`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal may know ASCII only
    code = main()
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        code = _unread()
    sys.exit(code)


def _unread() -> int:
    """Nobody reads on: nothing was decided."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)
    return 3


def _said(line: str, code: int) -> int:
    print("depthproof:", " ".join(line.split("\n")), file=sys.stderr)
    return code


def _place(error: BaseException) -> str:
    trace: Any = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}" if trace else "an unknown place"
