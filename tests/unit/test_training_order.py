"""Which rows a mini-batch has: shuffled by seed, every row once an epoch, or in file order."""

from collections import Counter

import numpy as np
import pytest

from pynn import SGD, Dense, Network, train

N = 60


class Recorder(Network):
    """Notes which examples go into each mini-batch; an example's first number is its row."""

    def backpropagate(self, x, targets, loss, noise=None):  # type: ignore[no-untyped-def]
        # Row r has the target 10 r, so a pair that is torn apart shows.
        np.testing.assert_array_equal(targets[:, 0], 10.0 * x[:, 0])
        self.batches.append([int(row) for row in x[:, 0]])
        return super().backpropagate(x, targets, loss, noise)


def batches(seed: int = 0, shuffle: bool = True, epochs: int = 3, size: int = 8) -> list[list[int]]:
    network = Recorder([Dense(1, weights="zeros")], inputs=2, dtype="float64")
    network.batches = []  # type: ignore[attr-defined]
    rows = np.arange(N, dtype=float)
    x, y = np.column_stack([rows, rows]), 10.0 * rows
    steps = train(
        network, x, y, loss="squared_error", optimizer=SGD(1e-9),
        batch_size=size, epochs=epochs, seed=seed, shuffle=shuffle,
    )  # fmt: skip
    assert sum(1 for _ in steps) == len(network.batches)  # type: ignore[attr-defined]
    return network.batches  # type: ignore[attr-defined, no-any-return]


def by_epoch(found: list[list[int]], size: int = 8) -> list[list[list[int]]]:
    per = -(-N // size)
    return [found[start : start + per] for start in range(0, len(found), per)]


@pytest.mark.parametrize("size", [1, 7, 8, 60, 100])
@pytest.mark.parametrize("shuffle", [True, False])
def test_every_row_is_seen_once_an_epoch(shuffle: bool, size: int) -> None:
    for epoch in by_epoch(batches(shuffle=shuffle, size=size), size):
        assert Counter(row for batch in epoch for row in batch) == Counter(range(N))
        assert [len(batch) for batch in epoch[:-1]] == [size] * (len(epoch) - 1)


def test_rows_are_mixed_between_batches_and_anew_each_epoch() -> None:
    epochs = by_epoch(batches())
    groups = [frozenset(batch) for epoch in epochs for batch in epoch]
    assert len(set(groups)) == len(groups)  # no two batches hold the same rows
    # Rows that were neighbours in the file are apart: few batches hold consecutive rows.
    pairs = sum(row + 1 in batch for batch in groups for row in batch)
    assert pairs < 0.3 * 3 * N
    flat = [[row for batch in epoch for row in batch] for epoch in epochs]
    assert flat[0] != flat[1] != flat[2] and all(order != sorted(order) for order in flat)


def test_order_depends_on_the_seed_alone() -> None:
    assert batches(seed=3) == batches(seed=3)
    assert batches(seed=3) != batches(seed=4)


def test_without_shuffling_rows_come_in_file_order() -> None:
    for epoch in by_epoch(batches(shuffle=False)):
        assert [row for batch in epoch for row in batch] == list(range(N))


def test_every_row_comes_to_every_place_in_the_long_run() -> None:
    first = [epoch[0][0] for epoch in by_epoch(batches(epochs=600), 8)]
    assert len(set(first)) == N  # 600 draws of 60: the chance to miss one is 0.25 %, and seeded
