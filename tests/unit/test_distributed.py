"""Training on a cluster is what `fit` does: in step but for rounding, in one place to the bit."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("distributed")

from cluster_runs import ROWS, WORDS, X, Y, apart, bits, chunked, drawing, on_all, on_one, small
from distributed import Client, LocalCluster
from training_runs import training_run

from pynn import (
    SGD,
    Adam,
    Augmentation,
    CrossEntropy,
    Dense,
    EarlyStopping,
    Network,
    ReduceOnPlateau,
    WarmUp,
    load,
    save,
    train,
)
from pynn.distributed import fit as fit_on
from pynn.distributed import train as train_on
from pynn.recipes.split import SplitNetwork


def regression() -> Network:
    return Network([Dense(12, "tanh"), Dense(2)], 16, seed=4, dtype="float64")


def split() -> Network:
    layers = [Dense(12, "sigmoid"), Dense(3, "sigmoid")]
    return SplitNetwork(layers, 16, seed=4, hidden="squared_error")


PIXELS = np.random.default_rng(1).integers(0, 256, (ROWS, 16)).astype(np.uint8)
CASES: dict[str, tuple[Callable[[], Network], dict[str, Any]]] = {
    "plain": (small, {}),
    "looking ahead": (
        lambda: Network([Dense(64, "relu"), Dense(3, "softmax")], 16, seed=4),
        {"optimizer": lambda: SGD(0.05), "batch_size": 3, "epochs": 2},
    ),
    "schedule": (
        small,
        {"optimizer": lambda: SGD(WarmUp(ReduceOnPlateau(0.1, "loss"), 5), momentum=0.9)},
    ),
    "numbers": (regression, {"y": X[:, :2].astype("float64") ** 2, "loss": "squared_error"}),
    "sum": (small, {"loss": CrossEntropy("sum"), "clip_norm": 1.0, "shuffle": False}),
    "pixels": (small, {"x": PIXELS}),
    "weights": (small, {"sample_weight": np.arange(ROWS) / ROWS, "class_weight": "balanced"}),
    "split off": (small, {"validation_split": 0.2, "early_stopping": EarlyStopping(patience=1)}),
    "validation": (small, {"validation": (X[:50], Y[:50]), "seed": 5}),
    "split": (split, {"loss": "binary_cross_entropy"}),
    "exact": (lambda: small(exact=True), {"epochs": 1}),
    "large batch": (small, {"batch_size": 1000}),
}
CHANCE = {
    "chance": (drawing, {}),
    "augmented": (
        lambda: Network([Dense(12, "relu"), Dense(3, "softmax")], 16, seed=4),
        {"augment": Augmentation(shift=1, image_shape=(4, 4)), "x": PIXELS},
    ),
}


def run(case: tuple[Callable[[], Network], dict[str, Any]], how: Callable[..., Any]) -> Any:
    make, words = case
    network, words = make(), dict(words)
    words["optimizer"] = words.get("optimizer", lambda: Adam(0.01))()
    return network, how(network, **words)


# Looking ahead is for one member.
@pytest.mark.parametrize("name", [name for name in CASES if name != "looking ahead"])
def test_in_step_is_one_machine_but_for_rounding(dask_client: Any, name: str) -> None:
    one, history = run(CASES[name], on_one)
    many, theirs = run(CASES[name], lambda n, **words: on_all(dask_client, n, members=3, **words))
    assert apart(one, many) < 2e-5
    assert theirs.keys() == history.keys()
    for key, numbers in history.items():
        assert theirs[key] == pytest.approx(numbers, rel=1e-3, abs=1e-5), key
    assert one.units.pixels == many.units.pixels


@pytest.mark.parametrize("name", [*CASES, *CHANCE])
def test_one_member_is_one_machine_to_the_bit(dask_client: Any, name: str) -> None:
    case = (CASES | CHANCE)[name]
    one, history = run(case, on_one)
    away, theirs = run(case, lambda n, **words: on_all(dask_client, n, members=1, **words))
    assert theirs == history
    assert bits(away) == bits(one)


@pytest.mark.parametrize("words", [{}, {"local_steps": 2}], ids=["in step", "local"])
def test_members_by_chance_are_the_same_twice(dask_client: Any, words: dict[str, Any]) -> None:
    one, other = drawing(), drawing()
    assert on_all(dask_client, one, **words) == on_all(dask_client, other, **words)
    assert bits(one) == bits(other) != bits(drawing())


@pytest.mark.parametrize(
    "words",
    [{}, {"members": 1}, {"local_steps": 3}, {"local_steps": 2, "shuffle": False}],
    ids=["in step", "one", "local", "in order"],
)
def test_goes_on_from_a_file_as_if_it_had_never_stopped(
    dask_client: Any, tmp_path: Path, words: dict[str, Any]
) -> None:
    def make() -> Any:
        return train_on(
            drawing(), *chunked(X, Y), client=dask_client, loss="cross_entropy",
            optimizer=Adam(0.01), epochs=None, **{"members": 4} | words,
        )  # fmt: skip

    whole, stopped, again = make(), make(), make()
    whole.advance(7)
    stopped.advance(3)
    save(stopped, tmp_path / "training.pynn")
    again.restore(load(tmp_path / "training.pynn"))
    again.advance(4)
    assert bits(again.network) == bits(whole.network) != bits(stopped.network)
    assert again.state().plain == whole.state().plain


def test_ten_fits_of_an_epoch_are_one_of_ten(dask_client: Any) -> None:
    one, many = small(), small()
    on_all(dask_client, one, local_steps=2, seed=np.random.default_rng(3))
    optimizer, seed = Adam(0.01), np.random.default_rng(3)
    for _ in range(3):
        on_all(dask_client, many, local_steps=2, epochs=1, optimizer=optimizer, seed=seed)
    assert bits(one) == bits(many)


@pytest.mark.parametrize(
    "number", [*range(4), *(pytest.param(n, marks=pytest.mark.long) for n in range(4, 60))]
)
def test_a_training_moves_to_a_cluster_and_back_to_the_bit(dask_client: Any, number: int) -> None:
    given = training_run(number)
    whole, here, back = given.make(), given.make(), given.make()
    batches, draw = here.batches, np.random.default_rng(3)
    order = batches.order
    away = train_on(
        here.network, *chunked(batches.rows, batches.targets, size=3), client=dask_client,
        members=1, loss="cross_entropy", optimizer=here.optimizer, batch_size=batches.size,
        epochs=None, seed=here.noise if order is None or order is here.noise else 0,
        shuffle=order is not None, augment=batches.augment,
    )  # fmt: skip
    # Where the order has a generator of its own, the noise's comes with the state.
    given.go(here, given.moment, draw)
    away.restore(here.state())
    away.advance(given.more)
    back.restore(away.state())
    given.go(back, 9, draw)
    given.go(whole, given.moment + given.more + 9, draw)
    assert bits(back.network) == bits(whole.network)
    assert back.state().plain == whole.state().plain


def test_files_are_what_the_arrays_in_them_are(dask_client: Any, tmp_path: Path) -> None:
    files = []
    for number, start in enumerate(range(0, ROWS, 60)):
        files.append(tmp_path / f"part-{number}.npz")
        np.savez(files[-1], x=X[start : start + 60], y=Y[start : start + 60])
    one, other = small(), small()
    words = WORDS | {"optimizer": "adam", "client": dask_client, "members": 2}
    assert fit_on(one, files, **words) == fit_on(other, *chunked(X, Y), **words)
    assert bits(one) == bits(other)


def test_train_is_iterated_over_as_at_home(dask_client: Any) -> None:
    words: dict[str, Any] = {"loss": "cross_entropy", "optimizer": "adam", "batch_size": 100}
    steps = list(train_on(small(), *chunked(X, Y), client=dask_client, members=1, **words))
    assert steps == list(train(small(), X, Y, **words))
    rounds = list(
        train_on(small(), *chunked(X, Y), client=dask_client, members=2, local_steps=2, **words)
    )
    # Chunks 0 to 3 are 240 rows, 4 to 6 are 163; of a member's 3 mini-batches 2 are the first.
    assert [(step.step, step.steps, step.examples) for step in rounds] == [(1, 2, 363), (2, 2, 40)]


def test_threads_of_one_worker_are_members_like_any_others(dask_client: Any) -> None:
    one, other = drawing(), drawing()
    with (
        LocalCluster(
            n_workers=1, threads_per_worker=4, processes=False, dashboard_address=":0"
        ) as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        history = on_all(client, one)
    assert history == on_all(dask_client, other)
    assert bits(one) == bits(other)


def test_what_is_held_and_changed_on_the_way_counts_as_at_home(dask_client: Any) -> None:
    def change(epoch: Any) -> None:
        epoch.optimizer.learning_rate = 0.003
        epoch.network.layers[0].l2 = 0.1
        epoch.network.parameters["dense_2.bias"] = [0.1, 0.2, 0.3]

    networks = []
    for how, words in ((on_one, {}), (on_all, {"members": 1}), (on_all, {"members": 3})):
        network = small()
        network.held["dense_1.weights"] = np.arange(16 * 12).reshape(16, 12) % 5 == 0
        given = [network] if how is on_one else [dask_client, network]
        how(*given, on_epoch=change, **words)
        networks.append(network)
    one, away, many = networks
    assert bits(one) == bits(away) and apart(one, many) < 2e-5
