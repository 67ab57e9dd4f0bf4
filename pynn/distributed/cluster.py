"""The cluster: who works where, tasks out and results in, and what is said when it is gone."""

from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError
from typing import Any

import dask
from distributed import Client, Future, KilledWorker, wait
from distributed.comm.core import CommClosedError

from pynn.limits import check_whole, shown

# For so many seconds a cluster may have no worker at work; they start again perhaps.
PATIENCE = 60.0
# The arguments of a task are what makes it one that may run again anywhere; of large networks
# they are large.
LARGE = {"distributed.admin.large-graph-warning-threshold": "1 TiB"}


class ClusterLost(ConnectionError):
    """The cluster ended in the middle; a training stands where its last step left it."""


class Cluster:
    """A client, and the worker at which each member is at home.

    There its rows are read; then tasks go where rows are, and nothing depends on where.

    client   a `distributed.Client`
    members  how many; None: as many as there are workers
    """

    client: Any

    def __init__(self, who: str, client: object, members: int | None) -> None:
        if not isinstance(client, Client) or client.asynchronous:
            raise ValueError(f"{who}: expected client as a Dask Client, got {shown(client)}")
        self.who, self.client = who, client
        self.homes = self._workers()
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

    def submit(self, work: Callable[..., Any], *given: Any) -> Future:
        """Work for whoever is nearest to what it is given, where futures stand for results."""
        return self._submit(None, work, *given)

    def submit_at_home(self, member: int, work: Callable[..., Any], *given: Any) -> Future:
        """The same at a member's home, if that is still there."""
        return self._submit(self.homes[member] or None, work, *given)

    def _submit(self, home: str | None, work: Callable[..., Any], *given: Any) -> Future:
        if self.client.status in ("closing", "closed"):
            raise self._lost()
        place = {} if home is None else {"workers": [home], "allow_other_workers": True}
        with dask.config.set(LARGE):
            return self.client.submit(work, *given, **place, pure=False)

    def settle(self, results: Sequence[Future], made_from: Sequence[Future]) -> None:
        """Waits for results, and lets them be made again anywhere from then on.

        A task with a home that Dask is to run again in a moment without any worker would wait
        for that very home, even with `allow_other_workers`.
        """
        self.results([self.submit(_seen, result) for result in results])
        anywhere: dict[Any, list[str]] = {future.key: [] for future in (*results, *made_from)}
        try:
            self.client.sync(self.client.scheduler.set_restrictions, worker=anywhere)
        except (OSError, ValueError, CancelledError) as error:
            raise self._lost() from error

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
        idle = False
        while True:
            try:
                wait(futures, timeout=PATIENCE / 2)
                return
            except TimeoutError as error:
                works = any(self.client.processing().values())
                if idle and not works:
                    raise ClusterLost(
                        f"{self.who}: expected workers at work, got none for {PATIENCE:.0f} seconds"
                    ) from error
                idle = not works

    def _workers(self) -> list[str]:
        """Their addresses."""
        try:
            return sorted(self.client.nthreads())
        except (OSError, ValueError, CancelledError) as error:
            raise self._lost() from error

    def _lost(self) -> ClusterLost:
        return ClusterLost(f"{self.who}: expected a cluster that answers, got none")


def _seen(result: object) -> None:
    """A task that needs a result to be there, and has none to send."""
