"""One task, one process, under limits of time and memory. Whatever happens to the process is a value, and never evidence of anything.

The process is a fresh interpreter (not a fork: a solver keeps state and threads), which limits its own address space before it imports
what the task needs, and which its parent kills at one and a half times its seconds. The task and its value travel as pickles over pipes.
"""

import contextlib
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

MEMORY = 2 * 2**30
GRACE = 1.5
_CHILD = "import sys; sys.path[:] = {path!r}; from {module} import _serve; _serve()"


@dataclass(frozen=True)
class Task:
    """A call of a function that is importable by name, with arguments that can be pickled."""

    function: Callable[..., Any]
    arguments: Sequence[Any] = ()


@dataclass(frozen=True)
class Outcome:
    """The value that the task returned; or None and the reason why there is none: time, memory, a crash, an exception, an interrupt."""

    value: Any = None
    reason: str = ""

    @property
    def decided(self) -> bool:
        return not self.reason


def run(task: Task, seconds: float, memory: int = MEMORY) -> Outcome:
    """Runs the task in a process of its own, for at most 1.5 × seconds and in at most so many bytes. Raises nothing."""
    parcel = pickle.dumps((memory, pickle.dumps((task.function, tuple(task.arguments)))))
    command = [sys.executable, "-c", _CHILD.format(path=sys.path, module=__name__)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as child:
        try:
            result, complaint = child.communicate(parcel, timeout=GRACE * seconds)
        except subprocess.TimeoutExpired:
            return Outcome(reason=f"time is over: {GRACE * seconds:g} s")
        except KeyboardInterrupt:
            return Outcome(reason="interrupted")
        finally:
            _end(child)
    if child.returncode < 0:
        return Outcome(reason=f"the process was ended by {_signal(-child.returncode)}")
    try:
        value, reason = pickle.loads(result)  # noqa: S301 - written by our own child
    except Exception:  # a child that dies can leave any bytes
        last = complaint.decode("utf-8", "replace").strip().splitlines()[-1:] or ["nothing said"]
        return Outcome(reason=f"the process ended with code {child.returncode}: {ascii(last[0])[1:-1][:200]}")
    return Outcome(value, reason)


def here(task: Task, seconds: float) -> Outcome:
    """The task's value without a process of its own and without limits, where those are in force already. Raises what the task raises."""
    return Outcome(task.function(*task.arguments))


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


def _serve() -> None:
    """The child: sets its limits, does the task, writes (value, reason). What the task prints goes to standard error."""
    import resource

    memory, call = _parcel(sys.stdin.buffer.read())
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    with contextlib.suppress(ValueError, OSError):  # a tighter limit may be in force already
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
