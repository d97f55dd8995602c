"""A tree of cuts that many processes search together: each takes some parts of the box for a short
while, and hands back what it found with the parts that are still open.

What is handed back is kept whatever happens to a process then. One that is lost costs the parts
that it had, which are given to another; where none is left they are searched here.
"""

import time
from collections.abc import Mapping
from concurrent.futures import FIRST_COMPLETED, Future, wait
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from ..limits import Task, run
from ..workers import Team
from .boxes import Unsettled
from .tree import Cuts, Facts, Forest, Group

ALONE = 1.0  # seconds that are searched here first, so that there are parts to share
SLICE = 5.0  # seconds of a task
LATE = 20.0  # seconds after which a task of that length is taken for lost
MOST_LOST = 4  # tasks for each process, after which no more are given away
MOST_POINTS = 20  # that a task hands back, to be tried exactly


class Share(NamedTuple):
    """What a task found, its nodes numbered from 0: first those of the parts that it was given.

    `made`, `doubtful`, `numbers`: as a `Forest` has them. `open`: parts that are left. `points`:
    where floats say that the facts hold."""

    made: Mapping[int, tuple[list[int], int]]
    doubtful: set[int]
    numbers: int
    open: list[Group]
    points: list[list[Fraction]]


def searched(facts: Facts, group: Group, seconds: float) -> Share:
    """What is found in so many seconds. The task of a process."""
    points = list[list[Fraction]]()

    def kept(point: list[Fraction]) -> None:
        if len(points) < MOST_POINTS:
            points.append(point)

    end = time.monotonic() + seconds
    forest = Forest(facts, kept, end)
    forest.count = len(group.nodes)
    left = forest.advanced([Group(group.parts, np.arange(forest.count), group.levels)], end)
    return Share(forest.made, forest.doubtful, forest.count, left, points)


def apart(facts: Facts, group: Group, seconds: float) -> Share:
    """The same in a process of its own, under limits. Raises `Unsettled` where that is lost."""
    outcome = run(Task(searched, (facts, group, seconds)), LATE)
    if not isinstance(outcome.value, Share):
        raise Unsettled(outcome.reason)
    return outcome.value


class Division:
    """The search for a tree, divided among a team.

    Division(forest, Team(executor, jobs=2)).cuts()
    """

    def __init__(self, forest: Forest, team: Team) -> None:
        self.forest, self.executor, self.jobs = forest, team.executor, team.jobs
        self.tasks = dict["Future[Share]", Group]()
        self.lost, self.most_lost = 0, MOST_LOST * team.jobs

    def cuts(self) -> Cuts:
        """The tree. Raises `Unsettled` when time is over, and what `attempt` raises."""
        try:
            self.open = self.forest.advanced([self.forest.whole], time.monotonic() + ALONE)
            while self.open or self.tasks:
                self._turn()
            return self.forest.written()
        finally:
            for future in self.tasks:
                future.cancel()

    def _turn(self) -> None:
        """Gives open parts away, and takes in what was found; or searches here."""
        left = self.forest.end - time.monotonic()
        if left <= 0:
            lost = f", {self.lost} tasks lost" if self.lost else ""
            waiting = [*self.open, *self.tasks.values()]
            raise self.forest.over(waiting, lost)
        self._give()
        if not self.tasks:
            self.open = self.forest.advanced(self.open, time.monotonic() + SLICE)
            return
        done, _ = wait(self.tasks, left, FIRST_COMPLETED)
        for future in done:
            self._take(future, self.tasks.pop(future))

    def _give(self) -> None:
        """Divides the open parts among those that have nothing to do."""
        idle = self.jobs - len(self.tasks)
        if not self.open or idle <= 0:
            return
        whole = Group.joined(self.open)
        shares = min(idle, len(whole.nodes))
        self.open = [whole.taken(np.arange(k, len(whole.nodes), shares)) for k in range(shares)]
        while self.open:
            try:
                future = self.executor.submit(apart, self.forest.facts, self.open[-1], SLICE)
            except Exception:  # the executor's, of any kind: it takes no more tasks
                self.jobs = 0
                return
            self.tasks[future] = self.open.pop()

    def _take(self, future: "Future[Share]", group: Group) -> None:
        try:
            share = future.result()
        except Exception:  # the executor's, of any kind: the process or the connection is lost
            self.lost += 1
            if self.lost > self.most_lost:
                self.jobs = 0
            self.open.append(group)
            return
        for point in share.points:
            self.forest.attempt(point)
        self._merge(share, group)

    def _merge(self, share: Share, group: Group) -> None:
        """Adds what was found to the tree, with numbers of its own."""
        forest, given = self.forest, len(group.nodes)
        number = np.arange(share.numbers) + forest.count - given
        number[:given] = group.nodes
        for node, (own, first) in share.made.items():
            following = int(number[first]) if first else 0
            forest.made[int(number[node])] = own, following
        forest.doubtful |= {int(number[node]) for node in share.doubtful}
        forest.count += share.numbers - given
        self.open += [Group(it.parts, number[it.nodes], it.levels) for it in share.open]
