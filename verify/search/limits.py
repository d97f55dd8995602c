"""One task, one process, under limits of time and memory. Whatever happens to the process is a
value, and never evidence of anything.

The process is a fresh interpreter (not a fork: a solver keeps state and threads). It limits its own
address space before it imports what the task needs, and its parent kills it soon after its seconds.
The task and its value travel as pickles over pipes.
"""

import contextlib
import fcntl
import os
import pickle
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

MEMORY = 2 * 2**30
# a task is killed at its seconds times the one, plus the other for the interpreter
LATER, START = 1.1, 0.4
_CHILD = "import sys; sys.path[:] = {path!r}; from {module} import _serve; _serve({line})"


@dataclass(frozen=True)
class Task:
    """A call of a function that is importable by name, with arguments that can be pickled."""

    function: Callable[..., Any]
    arguments: Sequence[Any] = ()


@dataclass(frozen=True)
class Ending:
    """The value that the task returned; or None and the reason why there is none: time, memory, a
    crash, an exception, an interrupt."""

    value: Any = None
    reason: str = ""

    @property
    def decided(self) -> bool:
        return not self.reason


def run(task: Task, seconds: float, memory: int | None = MEMORY) -> Ending:
    """Runs the task in a process of its own, for at most 1.1 × seconds and 0.4 s, in at most so
    many bytes. Raises nothing.

    The process ends when this one does, however that ends: it holds one end of a pipe whose other
    end is here alone.

        run(Task(math.sqrt, [2]), seconds=1).value      1.4142135623730951
    """
    parcel = pickle.dumps((memory, pickle.dumps((task.function, tuple(task.arguments)))))
    try:
        with (
            tempfile.TemporaryDirectory(prefix="depthproof-", ignore_cleanup_errors=True) as folder,
            _line() as (theirs, _),
        ):
            return _answer(parcel, theirs, folder, seconds)
    except OSError as error:  # no process, no descriptor, no room on the disk
        why = error.strerror or str(error)
        return Ending(reason=f"no process could be started: {why.lower()}")
    except KeyboardInterrupt:
        return Ending(reason="interrupted")


def here(task: Task, seconds: float) -> Ending:
    """The task's value without a process of its own and without limits, where those are in force
    already. Raises what the task raises."""
    return Ending(task.function(*task.arguments))


def _answer(parcel: bytes, line: int, folder: str, seconds: float) -> Ending:
    """What the child process says; its temporary files are in the folder."""
    command = [sys.executable, "-c", _CHILD.format(path=sys.path, module=__name__, line=line)]
    pipes: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    environment = os.environ | {"TMPDIR": folder}
    own: dict[str, Any] = {"start_new_session": True, "pass_fds": [line], "env": environment}
    with subprocess.Popen(command, **pipes, **own) as child:
        try:
            result, complaint = child.communicate(parcel, timeout=LATER * seconds + START)
        except subprocess.TimeoutExpired:
            return Ending(reason=f"time is over: {seconds:g} s")
        finally:
            _end(child)
    if child.returncode < 0:
        return Ending(reason=f"the process was ended by {_signal(-child.returncode)}")
    try:
        value, reason = pickle.loads(result)  # noqa: S301 - written by our own child
    except Exception:  # a child that dies can leave any bytes
        lines = complaint.decode("utf-8", "replace").strip().splitlines()
        last = ascii(lines[-1])[1:-1] if lines else "nothing said"
        return Ending(reason=f"the process ended with code {child.returncode}: {last[:200]}")
    return Ending(value, reason)


@contextlib.contextmanager
def _line() -> Iterator[tuple[int, int]]:
    """The two ends of a pipe, on which nothing is ever said."""
    ends = os.pipe()
    try:
        yield ends
    finally:
        for end in ends:
            os.close(end)


def _end_with_parent(line: int) -> None:
    """Lets the system kill this whole session when the other end of the pipe is closed: by a
    signal, so that a solver which never looks up ends too."""
    fcntl.fcntl(line, fcntl.F_SETOWN, -os.getpgrp())
    if hasattr(fcntl, "F_SETSIG"):
        fcntl.fcntl(line, fcntl.F_SETSIG, signal.SIGKILL)
    fcntl.fcntl(line, fcntl.F_SETFL, fcntl.fcntl(line, fcntl.F_GETFL) | os.O_ASYNC)
    if select.select([line], [], [], 0)[0]:  # it was closed before
        os.killpg(0, signal.SIGKILL)


def _end(child: "subprocess.Popen[bytes]") -> None:
    """Ends the child's whole session, so that nothing it started lives on."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _serve(line: int) -> None:
    """The child: ends with its parent, sets its limits, does the task, writes (value, reason).
    What the task prints goes to standard error."""
    import resource

    _end_with_parent(line)
    memory, call = _parcel(sys.stdin.buffer.read())
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    with contextlib.suppress(ValueError, OSError):  # a tighter limit may be in force already
        if memory is not None:
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        function, arguments = _parcel(call)  # this imports what the task needs
        answer = pickle.dumps((function(*arguments), ""))
    except MemoryError:
        answer = pickle.dumps((None, f"out of memory: {memory} bytes"))
    except Exception as error:  # any failure of the task is a reason
        answer = pickle.dumps((None, ascii(f"{type(error).__name__}: {error}")[1:-1][:500]))
    with answers:
        answers.write(answer)
    os._exit(0)  # no solver's destructors


def _parcel(data: bytes) -> Any:
    return pickle.loads(data)  # noqa: S301 - written by our own parent
