"""A worker that dies changes no bit of a training, and one that is over leaves nothing behind."""

import gc
import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("distributed")

from cluster_runs import bits, deadly, drawing, on_all, small
from distributed import Client, LocalCluster


@pytest.mark.parametrize(
    "words", [{}, {"members": 1}, {"local_steps": 2}], ids=["in step", "one", "local"]
)
def test_a_worker_that_dies_at_work_changes_no_bit(
    dask_client: Any, tmp_path: Path, words: dict[str, Any]
) -> None:
    flag = tmp_path / "died"
    fated, other = small(deadly(flag, after=4)), small("tanh")
    theirs = on_all(dask_client, fated, **words)
    assert flag.exists()
    assert theirs == on_all(dask_client, other, **words)
    assert bits(fated) == bits(other)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no such signal here")
def test_a_worker_that_is_killed_changes_no_bit(dask_client: Any) -> None:
    killed = []

    def kill(epoch: Any) -> None:
        if epoch.number == 2:
            dask_client.wait_for_workers(4, timeout=60)
            pid = list(dask_client.run(os.getpid).values())[2]
            os.kill(pid, signal.SIGKILL)
            killed.append(pid)

    one, other = drawing(), drawing()
    history = on_all(dask_client, one, members=4, epochs=4, on_epoch=kill)
    assert killed and history == on_all(dask_client, other, members=4, epochs=4)
    assert bits(one) == bits(other)


@pytest.mark.parametrize(
    "words", [{}, {"members": 1}, {"local_steps": 2}], ids=["in step", "one", "local"]
)
def test_members_give_their_rows_back_with_the_training(
    dask_client: Any, words: dict[str, Any]
) -> None:
    gc.collect()
    gc.disable()
    try:
        on_all(dask_client, small(), **words)
        until = time.monotonic() + 10  # the client lets go a moment later
        while dask_client.futures and time.monotonic() < until:
            time.sleep(0.01)
        assert not dask_client.futures
    finally:
        gc.enable()


@pytest.mark.long
@pytest.mark.parametrize(
    "words", [{}, {"members": 1}, {"local_steps": 2}], ids=["in step", "one", "local"]
)
def test_the_only_worker_may_die_too(
    dask_client: Any, tmp_path: Path, words: dict[str, Any]
) -> None:
    """Then there is a moment without any, for which Dask keeps tasks that have a home."""
    fated, other = small(deadly(tmp_path / "died", after=4)), small("tanh")
    with (
        LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=":0") as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        theirs = on_all(client, fated, **words)
    assert (tmp_path / "died").exists() and theirs == on_all(dask_client, other, **words)
    assert bits(fated) == bits(other)
