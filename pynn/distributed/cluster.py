"""The cluster: who works where, tasks out and results in, and what is said when it is gone."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError
from typing import Any

import dask
from distributed import Client, Future, KilledWorker, wait
from distributed.comm.core import CommClosedError

from pynn.limits import check_whole, shown

# For so many seconds a cluster may be without any worker, who start again perhaps.
PATIENCE = 60.0
# So often is looked which workers there are.
LOOK = 10.0
# The arguments of a task are what makes it one that may run again anywhere; of large networks
# they are large.
LARGE = {"distributed.admin.large-graph-warning-threshold": "1 TiB"}


class ClusterLost(ConnectionError):
    """The cluster ended in the middle; a training stands where its last step left it."""


class Cluster:
    """A client, and the worker at which each member is at home.

    Homes make that rows stay where they are; a task runs elsewhere when its home is gone,
    and nothing depends on where.

    client   a `distributed.Client`
    members  how many; None: as many as there are workers
    """

    def __init__(self, who: str, client: object, members: int | None) -> None:
        if not isinstance(client, Client) or client.asynchronous:
            raise ValueError(f"{who}: expected client as a Dask Client, got {shown(client)}")
        self.who, self.client = who, client
        self.looked, self.homes = time.monotonic(), self._workers()
        if members is None:
            members = max(1, len(self.homes))
        members = check_whole(who, "members", members)
        self.homes = [
            self.homes[member * len(self.homes) // members] if self.homes else ""
            for member in range(members)
        ]

    @property
    def members(self) -> int:
        return len(self.homes)

    def submit(self, member: int, work: Callable[..., Any], *given: Any) -> Future:
        """Work for a member; futures among what is given stand for their results."""
        if self.client.status in ("closing", "closed"):
            raise self._lost()
        if time.monotonic() - self.looked > LOOK:
            self._look()
        with dask.config.set(LARGE):
            return self.client.submit(work, *given, **self._at_home(member), pure=False)

    def compute(self, member: int, task: Any) -> Future | None:
        """What a task of Dask's comes to, where a member is; None if there is no task."""
        return None if task is None else self.client.compute(task, **self._at_home(member))

    def _at_home(self, member: int) -> dict[str, Any]:
        home = self.homes[member]
        return {"workers": [home], "allow_other_workers": True} if home else {}

    def results(self, futures: Sequence[Future]) -> list[Any]:
        """What they come to; what one of them raises, is raised."""
        try:
            self._wait(futures)
            results: list[Any] = self.client.gather(list(futures))
        except KilledWorker as error:
            raise ClusterLost(
                f"{self.who}: expected workers that last, got {error.allowed_failures + 1} that "
                f"died of the same task, for want of memory perhaps"
            ) from error
        except (CancelledError, CommClosedError) as error:
            raise self._lost() from error
        return results

    def _wait(self, futures: Sequence[Future]) -> None:
        alone = False
        while True:
            try:
                wait(futures, timeout=PATIENCE / 2)
                return
            except TimeoutError as error:
                if self._workers():
                    alone = False
                elif alone:
                    raise ClusterLost(
                        f"{self.who}: expected workers, got none for {PATIENCE:.0f} seconds"
                    ) from error
                else:
                    alone = True

    def _look(self) -> None:
        """Members whose worker is gone get one of those that have the fewest."""
        self.looked, workers = time.monotonic(), self._workers()
        for member, home in enumerate(self.homes):
            if workers and home not in workers:
                self.homes[member] = min(workers, key=self.homes.count)

    def _workers(self) -> list[str]:
        """Their addresses."""
        try:
            return sorted(self.client.nthreads())
        except (OSError, ValueError, CancelledError) as error:
            raise self._lost() from error

    def _lost(self) -> ClusterLost:
        return ClusterLost(f"{self.who}: expected a cluster that answers, got none")
