"""The command line, thin: every command reads its arguments, calls the library, prints, and ends in a documented exit code."""

import io
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import Any

import click

from ..kernel.errors import DepthproofError, displayed

COMMANDS = {
    "show": "networks",
    "eval": "networks",
    "pieces": "networks",
    "regions": "regions",
    "distance": "distances",
    "integral": "distances",
    "maximise": "regions",
    "plot": "pictures",
    "explore": "explore",
    "prove": "theorems",
    "theorems": "theorems",
    "explain": "theorems",
    "check": "check",
    "claim": "claims",
    "sweep": "sweep",
    "approximate": "approximate",
    "circuit": "circuits",
    "separate": "answers",
    "appendix": "reports",
    "bundle": "reports",
    "paper-check": "papers",
    "init": "skeletons",
    "compare": "compare",
}
FUNCTIONS = {"eval": "evaluate", "paper-check": "paper_check"}  # where they differ from the command
EXIT_CODES = """\b
Exit codes: 0 holds · 10 refuted, a certificate rejected, or worse than before
            2 bad command line, or what cannot be read or written · 4 our own fault
            3 undecided (limit, timeout, unsupported, interrupted, an accident of the machine)
            Any other, such as 1: the program could not run; nothing was decided."""


SETTINGS: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 110}


@contextmanager
def _one_line() -> Iterator[None]:
    """An interruption is said in one line, by `main`: at a KeyboardInterrupt click says an empty one first."""
    try:
        yield
    except KeyboardInterrupt:
        raise click.Abort from None


class _Commands(click.Group):
    """Commands by name; a command's module is imported only when it is asked for."""

    def make_context(self, *arguments: Any, **named: Any) -> click.Context:
        with _one_line():
            return super().make_context(*arguments, **named)

    def invoke(self, ctx: click.Context) -> Any:
        with _one_line():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = COMMANDS.get(cmd_name)
        name = FUNCTIONS.get(cmd_name, cmd_name)
        return None if module is None else getattr(import_module(f".{module}", __name__), name)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from ..network.load import ENDINGS, FORMS

        super().format_help_text(ctx, formatter)
        with formatter.indentation():
            formatter.write_paragraph()
            formatter.write_text(f"A network (NET) is a file ({', '.join(ENDINGS)}) or a name: {FORMS}.")


@click.command(cls=_Commands, no_args_is_help=False, epilog=EXIT_CODES, context_settings=SETTINGS)
@click.version_option(None, "-V", "--version", package_name="depthproof")
def depthproof() -> None:
    """Claims about ReLU networks, turned into theorems or exact counterexamples."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command. Returns its exit code; never raises, never shows a traceback."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    try:
        return int(depthproof(given, "depthproof", standalone_mode=False) or 0)
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
    except (BrokenPipeError, SystemExit) as end:  # nobody reads on; click ends so where a pipe is closed, or a shell asked
        answered = isinstance(end, SystemExit) and not end.code
        return 0 if answered else 3
    except (OSError, ImportError) as error:  # an accident of the machine is no verdict
        reason = getattr(error, "strerror", None) or str(error)
        return _said(f"{displayed(reason)[1:-1]}; nothing was decided", 3)
    except Exception as error:
        return _said(f"our own fault, please report: {type(error).__name__} at {_place(error)}: {displayed(str(error))}", 4)


def run() -> None:
    """The entry point of the command `depthproof`. The exit code is that of `main` only if all that was printed has been written."""
    is_closed = sys.stdout is None
    _open_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal may know ASCII only
    try:
        if signal.getsignal(signal.SIGINT) == signal.SIG_DFL:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        code = _said("standard output is closed; nothing was decided", 3) if is_closed else main()
        sys.stdout.flush()
    except KeyboardInterrupt:  # the second one
        os._exit(3)
    except OSError as error:
        if code != 3 and not isinstance(error, BrokenPipeError):
            _said(f"standard output: {(error.strerror or str(error)).lower()}; nothing was decided", 3)
        os._exit(3)  # Python's own end would try again
    if code == 3:
        os._exit(3)  # without waiting for what still runs
    sys.exit(code)


def _open_streams() -> None:
    """Opens the standard streams that are closed, so that no file is taken for one of them."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    if sys.stdout is None:
        sys.stdout = io.StringIO()
    if sys.stderr is None:
        sys.stderr = io.StringIO()


def tell(line: str) -> None:
    """Says one line on standard error. What is not printable in it, such as a name of a file may have, is escaped."""
    text = "".join(map(_printable, line.replace("\n", " ")))
    with suppress(OSError, ValueError):  # where nobody can hear it, the exit code says enough
        print("depthproof:", text, file=sys.stderr, flush=True)


def _printable(character: str) -> str:
    return character if character.isprintable() else ascii(character)[1:-1]


def _said(line: str, code: int) -> int:
    tell(line)
    return code


def _place(error: BaseException) -> str:
    trace: Any = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}" if trace else "an unknown place"
