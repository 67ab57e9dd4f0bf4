"""What a training on a cluster refuses, and how it ends when it fails: in one sentence."""

import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("distributed")

import dask.array as da
from cluster_runs import ROWS, WORDS, X, Y, bits, chunked, on_all, small
from distributed import Client, LocalCluster

from pynn import SGD, Dense, Diverged, Network, train
from pynn.activations import Tanh
from pynn.classes import cut_between, tells_classes
from pynn.distributed import ClusterLost
from pynn.distributed import fit as fit_on
from pynn.distributed import train as train_on
from pynn.distributed.shards import telling
from pynn.losses import BinaryCrossEntropy
from pynn.matmul import Array


def test_pynn_does_not_import_dask() -> None:
    code = "import sys, pynn; assert not {'dask', 'distributed'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


ODD: dict[str, tuple[dict[str, Any], str]] = {
    "client": ({"client": "here"}, "fit: expected client as a Dask Client, got 'here'"),
    "members": ({"members": 0}, "fit: expected members as a whole number >= 1, got 0"),
    "many": (
        {"members": 9},
        "fit: expected at least one shard for each of 9 members, got 7",
    ),
    "local_steps": ({"local_steps": 0}, "fit: expected local_steps as a whole number >= 1, got 0"),
    "epochs": (
        {"epochs": None},
        "fit: expected epochs as a whole number >= 0, got None; train goes on for ever",
    ),
    "arrays": (
        {"x": [1, 2], "y": [3, 4]},
        "fit: expected x and y as Dask arrays, or x as a list of .npz files, got [1, 2] and [3, 4]",
    ),
    "only x": (
        {"y": [3, 4]},
        "fit: expected x and y as Dask arrays, or x as a list of .npz files, "
        "got a Dask array and [3, 4]",
    ),
    "countless": (
        {"members": 10**5000},
        "fit: expected at least one shard for each of a number of thousands of digits members, "
        "got 7",
    ),
    "split": (
        {"validation_split": 1.5},
        "fit: expected validation_split as a number between 0 and 1, got 1.5",
    ),
    "both": (
        {"validation_split": 0.5, "validation": (X, Y)},
        "fit: expected validation or validation_split, got both",
    ),
    "every epoch": (
        {"on_epoch": int},
        "fit: expected on_epoch as a function of an Epoch, got <class 'int'>",
    ),
    "columns": (
        {"x": da.from_array(X, chunks=(60, 8))},
        "fit: expected x in chunks along its first axis alone, got (7, 2) of them; "
        "rechunk gives others",
    ),
    "chunks": (
        {"x": da.from_array(X, chunks=(90, 16))},
        "fit: expected x and y in as many chunks, got 5 and 7",
    ),
    "rows": (
        {"x": da.from_array(X[:400], chunks=(60, 16))},
        "fit: in chunk 6: train: expected as many targets as examples, at least one, "
        "got 40 examples and 43 targets",
    ),
    "weights": (
        {"sample_weight": np.ones(9)},
        f"fit: expected sample_weight of shape ({ROWS},), got (9,)",
    ),
    "missing": (
        {"x": ["nowhere.npz"], "y": None, "members": 1},
        "fit: in nowhere.npz: [Errno 2] No such file or directory: 'nowhere.npz'",
    ),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_word_is_refused_in_one_sentence(dask_client: Any, name: str) -> None:
    odd, sentence = ODD[name]
    x, y = chunked(X, Y)
    words = WORDS | {"optimizer": "adam", "client": dask_client, "x": x, "y": y} | odd
    network = small()
    before = bits(network)
    with pytest.raises(ValueError) as told:
        fit_on(network, **words)
    assert str(told.value) == sentence and bits(network) == before


def spoiled(row: int, x: float | None = None, y: int | None = None) -> tuple[Array, Array]:
    rows, classes = X.copy(), Y.copy()
    if x is not None:
        rows[row] = x
    if y is not None:
        classes[row] = y
    return rows, classes


def test_bad_shard_is_named_before_anything_is_trained(dask_client: Any) -> None:
    network = small()
    with pytest.raises(ValueError, match=r"^fit: in chunk 3: one_hot: expected class numbers"):
        on_all(dask_client, network, *spoiled(200, y=3))
    with pytest.raises(ValueError, match=r"^fit: in chunk 6: train: expected x as finite numbers"):
        on_all(dask_client, network, *spoiled(ROWS - 1, x=np.nan))


def test_files_that_are_none_are_named(dask_client: Any, tmp_path: Path) -> None:
    whole, part = io.BytesIO(), io.BytesIO()
    np.save(whole, X)
    np.savez(part, x=X)
    wrong = {
        "expected a .npz file of x and y, got none of y": part.getvalue(),
        "expected a .npz file of x and y, got an .npy file": whole.getvalue(),
        "": b"no zip",
    }
    for number, (sentence, content) in enumerate(wrong.items()):
        path = tmp_path / f"{number}.npz"
        path.write_bytes(content)
        with pytest.raises(ValueError) as told:
            fit_on(small(), [path], client=dask_client, **WORDS, optimizer="adam")
        assert str(told.value).startswith(f"fit: in {path}: {sentence}")


def test_shards_of_several_kinds_are_refused(dask_client: Any, tmp_path: Path) -> None:
    files = [tmp_path / "a.npz", tmp_path / "b.npz"]
    np.savez(files[0], x=X[:60], y=Y[:60])
    np.savez(files[1], x=np.full((60, 16), 200, np.uint8), y=Y[:60])
    with pytest.raises(ValueError) as told:
        fit_on(small(), files, client=dask_client, **WORDS, optimizer="adam")
    assert str(told.value) == f"fit: expected all shards as float32, got uint8 in {files[1]}"


@pytest.mark.parametrize(
    "words", [{}, {"members": 1}, {"local_steps": 2}], ids=["in step", "one", "local"]
)
def test_divergence_is_told_as_at_home(dask_client: Any, words: dict[str, Any]) -> None:
    network = Network([Dense(4, "relu"), Dense(2)], 16, dtype="float32")
    words = {"optimizer": SGD(1e30), "loss": "squared_error"} | words
    with pytest.raises(Diverged, match=r"^train: .* in epoch \d, step \d; try a smaller"):
        on_all(dask_client, network, y=X[:, :2], **words)


@pytest.mark.parametrize(
    "words", [{}, {"members": 1}, {"local_steps": 2}], ids=["in step", "one", "local"]
)
def test_what_a_layer_raises_comes_as_it_is(dask_client: Any, words: dict[str, Any]) -> None:
    class Odd(Tanh):
        def forward(self, z: Array, out: Array) -> Array:
            raise LookupError("a word of its own")

    with pytest.raises(LookupError, match="a word of its own"):
        on_all(dask_client, small(Odd()), **words)


@pytest.mark.parametrize(
    "words", [{}, {"members": 1}, {"local_steps": 2}], ids=["in step", "one", "local"]
)
def test_lost_cluster_is_told_and_the_training_stands_where_it_was(words: dict[str, Any]) -> None:
    with LocalCluster(
        n_workers=2, processes=False, threads_per_worker=1, dashboard_address=":0"
    ) as cluster:
        client = Client(cluster)
        training = train_on(
            small(), *chunked(X, Y), client=client, loss="cross_entropy", optimizer="adam", **words
        )
        next(training)
        before = training.state()
        client.close()
    with pytest.raises(ClusterLost, match=r"^train: expected a cluster that answers, got none$"):
        next(training)
    after = training.state()
    assert after.plain == before.plain
    assert all(np.array_equal(a, after.arrays[name]) for name, a in before.arrays.items())


@pytest.mark.parametrize("number", range(200))
def test_telling_targets_say_what_all_of_them_say(number: int) -> None:
    draw, loss = np.random.default_rng(number), BinaryCrossEntropy()
    values = draw.choice([-1.0, 0.0, 1.0, 0.5], size=draw.integers(1, 4), replace=False)
    targets = draw.choice(values, size=(draw.integers(1, 40), draw.integers(1, 4)))
    if draw.random() < 0.5:
        targets = np.where(np.eye(3)[draw.integers(0, 3, 20)] == 1, 1.0, values[0])
        targets[draw.integers(20)] *= draw.choice([1, 1, 0])
    shards = np.array_split(targets, min(len(targets), 3))
    told = np.concatenate([telling(shard) for shard in shards])
    assert tells_classes(told, loss) == tells_classes(targets, loss)
    assert cut_between(told, Tanh()) == cut_between(targets, Tanh())


def test_local_steps_average_what_each_member_comes_to(dask_client: Any) -> None:
    """Two members, of which one has three steps to go and the other two."""
    together = small()
    words: dict[str, Any] = {"loss": "cross_entropy", "batch_size": 50, "shuffle": False}
    x, y = da.from_array(X[:300], chunks=(100, 16)), da.from_array(Y[:300], chunks=100)
    rounds = train_on(
        together, x, y, client=dask_client, members=2, local_steps=3,
        optimizer=SGD(0.1, momentum=0.5), **words,
    )  # fmt: skip
    step = next(rounds)
    alone, losses = [], []
    for rows, steps in ((slice(0, 200), 3), (slice(200, 300), 2)):
        network = small()
        training = train(network, X[rows], Y[rows], optimizer=SGD(0.1, momentum=0.5), **words)
        losses += [next(training).loss for _ in range(steps)]
        alone.append((network, steps / 5))
    for name, array in together.arrays.items():
        mean = sum(share * network.arrays[name] for network, share in alone)
        assert np.abs(array - mean).max() < 1e-6
    assert step.loss == pytest.approx(np.mean(losses), rel=1e-6)
    assert (step.step, step.steps, step.examples) == (1, 2, 250)
