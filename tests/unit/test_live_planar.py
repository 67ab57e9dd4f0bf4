"""The planar experiment: opening, budgets, frames, reset, divergence."""

import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from pynn.datasets import PLANAR
from pynn.live import Desk, Frame
from pynn.live.planar_task import TABLE
from pynn.optimizers import OPTIMIZERS

SHAPES = ["", "1", "32", "6,4", "3,3,3,3,3,3"]
ACTIVATIONS = next(row.options for row in TABLE if row.name == "activation")


def opened(**settings: Any) -> tuple[Desk, Frame]:
    desk = Desk()
    frame = desk.call("planar", "open", settings)
    assert "error" not in frame.head, frame.head
    return desk, frame


def advance(desk: Desk, **args: Any) -> Frame:
    return desk.call("planar", "advance", {"milliseconds": 60_000} | args)


def assert_pictures(frame: Frame, classes: int, hidden: list[int]) -> None:
    values = frame.array("map")
    assert values.shape == ((60, 60) if classes <= 2 else (classes, 60, 60))
    low = -1.0 if classes <= 2 else 0.0
    assert np.isfinite(values).all() and values.min() >= low and values.max() <= 1.0
    neurons = frame.array("neurons")
    assert neurons.shape == (sum(hidden), 20, 20)
    assert np.isfinite(neurons).all() and np.abs(neurons).max(initial=0.0) <= 1.0


def combinations() -> Iterator[dict[str, Any]]:
    """Every value of every setting at least once, the data sets with every shape."""
    for dataset in PLANAR:
        for place, shape in enumerate(SHAPES):
            activation = ACTIVATIONS[place % len(ACTIVATIONS)]
            yield {"dataset": dataset, "network_shape": shape, "activation": activation}
        for optimizer in OPTIMIZERS:
            yield {"dataset": dataset, "optimizer": optimizer, "learning_rate": 0.01}
        for extreme in (
            {"batch_size": 1}, {"batch_size": 300}, {"noise": 0}, {"noise": 0.5}, {"l2": 1},
            {"learning_rate": 1e-5}, {"seed": 0}, {"seed": 2**32 - 1},
        ):  # fmt: skip
            yield {"dataset": dataset, **extreme}


@pytest.mark.parametrize("settings", list(combinations()), ids=json.dumps)
def test_every_kind_of_setting_opens_and_trains(settings: dict[str, Any]) -> None:
    desk, first = opened(**settings)
    classes = PLANAR[settings["dataset"]].classes
    hidden = first.head["settings"]["network_shape"]
    assert first.head["layers"] == [2, *hidden, classes if classes > 2 else 1]
    assert first.head["classes"] == classes and first.head["status"] == "ready"
    assert (first.head["epoch"], first.head["step"]) == (0, 0)
    for frame in (first, advance(desk, epochs=1)):
        assert json.loads(json.dumps(frame.head)) == frame.head
        assert_pictures(frame, classes, hidden)
        assert 0.0 <= frame.head["accuracy"] <= 1.0 and frame.head["train_loss"] > 0
        sizes = frame.head.get("layers", first.head["layers"])
        for place, (fan_in, fan_out) in enumerate(pairwise(sizes)):
            assert frame.array(f"weights/{place}").shape == (fan_in, fan_out)
            assert frame.array(f"biases/{place}").shape == (fan_out,)
    assert (frame.head["epoch"], frame.head["status"]) == (1, "running")


def test_opened_frame_has_the_points_and_the_square() -> None:
    _, frame = opened(dataset="spiral", seed=3)
    x, y = PLANAR["spiral"].make(400, 0.1, 3)
    for name, part in (("train", slice(300)), ("test", slice(300, None))):
        np.testing.assert_allclose(frame.array(f"{name}_x"), x[part], rtol=1e-6)
        np.testing.assert_array_equal(frame.array(f"{name}_y"), y[part])
    assert frame.head["extent"] == [-1.3, 1.3, -1.3, 1.3]
    assert (frame.head["map_side"], frame.head["neuron_side"]) == (60, 20)
    _, frame = opened(dataset="xor")
    np.testing.assert_array_equal(frame.array("train_x"), frame.array("test_x"))
    assert frame.array("train_x").shape == (4, 2)


def test_map_has_the_top_row_first_and_shows_the_networks_answers() -> None:
    desk, frame = opened(dataset="gauss", network_shape="", learning_rate=0.1)
    frame = advance(desk, epochs=30)
    values = frame.array("map")
    assert values[0, -1] > 0.9 and values[-1, 0] < -0.9  # class 1 is top right
    network = desk._open["planar"].network
    step = 2.6 / 60
    for row, column in ((0, 0), (0, 59), (30, 7), (59, 59)):
        point = [-1.3 + (column + 0.5) * step, 1.3 - (row + 0.5) * step]
        wanted = 2 * network.predict([point])[0, 0] - 1
        assert values[row, column] == pytest.approx(wanted, abs=1e-5)


def test_neuron_pictures_are_the_map_of_each_hidden_unit_to_scale() -> None:
    _, frame = opened(dataset="xor-cloud", network_shape="2", activation="linear")
    weights, pictures = frame.array("weights/0"), frame.array("neurons")
    along = -1.3 + (np.arange(1, 60, 3) + 0.5) * 2.6 / 60
    x, y = np.meshgrid(along, along[::-1])
    for unit in (0, 1):
        wanted = x * weights[0, unit] + y * weights[1, unit]
        np.testing.assert_allclose(pictures[unit], wanted / np.abs(wanted).max(), atol=1e-5)


@pytest.mark.parametrize("epochs", [1, 2, 7])
def test_advance_does_so_many_epochs_and_no_more(epochs: int) -> None:
    desk, _ = opened(dataset="circle", batch_size=100)
    for round_ in (1, 2, 3):
        head = advance(desk, epochs=epochs).head
        assert (head["epoch"], head["step"]) == (round_ * epochs, round_ * epochs * 3)


@pytest.mark.parametrize("steps", [1, 2, 5])
def test_advance_does_so_many_mini_batches_and_no_more(steps: int) -> None:
    desk, _ = opened(dataset="circle", batch_size=100)
    for round_ in (1, 2, 3):
        head = advance(desk, steps=steps).head
        assert (head["epoch"], head["step"]) == (round_ * steps // 3, round_ * steps)


class Clock:
    """`perf_counter` that goes on by a millisecond each time somebody looks."""

    def __init__(self) -> None:
        self.now = 100.0

    def perf_counter(self) -> float:
        self.now += 0.001
        return self.now


@pytest.mark.parametrize("milliseconds", [0, 1, 20, 500])
def test_advance_keeps_its_time_budget(milliseconds: int, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, _ = opened(dataset="circle", batch_size=100)
    monkeypatch.setattr("pynn.live.experiment.time", Clock())
    steps = advance(desk, milliseconds=milliseconds).head["step"]
    assert (
        max(1, milliseconds - 1) <= steps <= milliseconds + 1
    )  # a step a millisecond; at least one
    again = advance(desk, milliseconds=milliseconds).head["step"]
    assert max(1, milliseconds - 1) <= again - steps <= milliseconds + 1


def test_slices_of_time_give_the_same_run_as_one_piece() -> None:
    sliced, _ = opened(dataset="moons")
    while (frame := advance(sliced, milliseconds=0)).head["step"] < 3 * 19:
        assert frame.head["epoch"] == frame.head["step"] // 19
    whole, _ = opened(dataset="moons")
    wanted = advance(whole, epochs=3)
    assert {k: v for k, v in frame.head.items() if k != "arrays"} == {
        k: v for k, v in wanted.head.items() if k != "arrays"
    }
    for name in ("map", "neurons", "weights/0", "biases/1"):
        np.testing.assert_array_equal(frame.array(name), wanted.array(name))


def test_history_comes_once_and_without_gaps() -> None:
    desk, frame = opened(dataset="circle")
    rows = [frame.array("history")]
    assert rows[0].shape == (1, 5) and rows[0][0, 0] == 0
    for epochs in (1, 3, 2):
        frame = advance(desk, epochs=epochs)
        rows.append(frame.array("history"))
        assert len(rows[-1]) == epochs
        names = ("epoch", "train_loss", "test_loss", "train_accuracy", "accuracy")
        last = [frame.head[name] for name in names]
        np.testing.assert_allclose(rows[-1][-1], last, rtol=1e-6)
    assert np.concatenate(rows)[:, 0].tolist() == list(range(7))


def test_reset_gives_the_same_frames_again() -> None:
    desk, first = opened(dataset="spiral", network_shape="8,8")
    later = [advance(desk, epochs=2), advance(desk, epochs=3)]
    again = [desk.call("planar", "reset", {}), advance(desk, epochs=2), advance(desk, epochs=3)]
    for one, two in zip([first, *later], again, strict=True):
        assert one.head == two.head
        np.testing.assert_array_equal(one.numbers, two.numbers)


def test_another_seed_gives_other_points_and_another_network() -> None:
    _, one = opened(dataset="moons", seed=1)
    _, two = opened(dataset="moons", seed=2)
    assert (one.array("train_x") != two.array("train_x")).all()
    assert (one.array("weights/0") != two.array("weights/0")).all()
