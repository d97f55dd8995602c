"""Those that share the work of a search: processes on this machine, or the workers of a Dask
scheduler, or any executor's."""

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

from .. import extras
from ..kernel.errors import BadInput, displayed


class Team(NamedTuple):
    """An executor, and how many tasks it does at once."""

    executor: Executor
    jobs: int


@dataclass(frozen=True)
class Workers:
    """So many processes on this machine; or the workers of the Dask scheduler at this address."""

    jobs: int = 1
    dask: str | None = None

    @contextmanager
    def team(self) -> Iterator[Team]:
        """Threads, each of which waits for a process; or Dask's workers. What waits is given up at
        the end. Raises `BadInput` where no scheduler answers.

        with Workers(jobs=2).team() as team: ...
        """
        if self.dask is None:
            threads = ThreadPoolExecutor(self.jobs)
            try:
                yield Team(threads, self.jobs)
            finally:
                threads.shutdown(wait=False, cancel_futures=True)
            return
        extras.need("distributed", "dask", "--dask")
        import distributed

        client: Any = distributed.Client
        try:
            client = client(self.dask, timeout=10)
        except (OSError, ValueError) as error:
            wanted = "expected the address of a Dask scheduler"
            raise BadInput("--dask", f"{wanted}, found {displayed(self.dask)}: {error}") from None
        with client:
            yield Team(client.get_executor(), max(1, sum(client.nthreads().values())))
