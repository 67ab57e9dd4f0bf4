"""The digits experiment: training and testing in slices, recognising, going on, files."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pynn import accuracy, evaluate
from pynn.datasets import mnist
from pynn.files import from_bytes
from pynn.live import Desk, Frame
from pynn.live.digit_networks import PRESETS

QUICK = {"subset": "1000", "architecture": "784-32-10", "epochs": 2}
DENSE = [text for text in PRESETS if text.replace("-", "").isdigit()]
OTHERS = [text for text in PRESETS if text not in DENSE]


@pytest.fixture
def desk(small_mnist: Path) -> Desk:
    return Desk(small_mnist)


def advance(desk: Desk, **args: Any) -> Frame:
    return desk.call("digits", "advance", {"milliseconds": 60_000} | args)


def opened(desk: Desk, **settings: Any) -> Frame:
    frame = desk.call("digits", "open", QUICK | settings)
    assert "error" not in frame.head, frame.head
    return frame


@pytest.mark.parametrize("architecture", DENSE)
def test_every_dense_architecture_opens_trains_and_finishes(desk: Desk, architecture: str) -> None:
    frame = opened(desk, architecture=architecture, epochs=1)
    sizes = [int(size) for size in architecture.split("-")]
    assert frame.head["layers"] == sizes and frame.head["status"] == "ready"
    assert (frame.head["examples"], frame.head["test_examples"]) == (1000, 1000)
    assert frame.head["test_accuracy"] is None and frame.head["loss"] is None
    assert frame.array("weight_images").shape == (min(sizes[1], 32), 28, 28)
    frame = advance(desk, weights=True, confusion=True)
    assert frame.head["status"] == "finished" and frame.head["test_accuracy"] > 0.4
    images = frame.array("weight_images")
    np.testing.assert_allclose(np.abs(images).max(axis=(1, 2)), 1.0, rtol=1e-6)


@pytest.mark.parametrize("architecture", [*OTHERS, "784-c8x3-bn-a2-flat-32-10"])
def test_every_convolution_opens_trains_and_finishes(desk: Desk, architecture: str) -> None:
    frame = opened(desk, architecture=architecture, epochs=1, optimizer="adam", learning_rate=0.003)
    plan = frame.head["plan"]
    assert [row["part"] for row in plan] == architecture.split("-")[1:]
    assert [row["shape"] for row in plan][-1] == [10]
    network = desk._open["digits"].network
    assert [row["shape"] for row in plan] == [list(la.output_shape) for la in network.layers]
    assert [row["parameters"] for row in plan] == [
        sum(array.size for array in layer.params.values()) for layer in network.layers
    ]
    frame = advance(desk, weights=True, confusion=True)
    assert frame.head["status"] == "finished" and frame.head["test_accuracy"] > 0.3
    assert frame.array("weight_images").shape[1:] == (28, 28)


@pytest.mark.parametrize(
    "settings",
    [{"activation": a} for a in ("relu", "leaky_relu", "tanh", "sigmoid")]
    + [{"optimizer": o, "learning_rate": 0.01} for o in
       ("sgd", "momentum", "nesterov", "rmsprop", "adam", "adamw")]
    + [{"batch_size": 1000}, {"batch_size": 17}, {"seed": 2**32 - 1}, {"subset": "5000"}],
    ids=json.dumps,
)  # fmt: skip
def test_every_kind_of_setting_trains(desk: Desk, settings: dict[str, Any]) -> None:
    opened(desk, epochs=1, **settings)
    head = advance(desk).head
    assert head["status"] == "finished" and head["epoch"] == 1.0 and head["loss"] > 0
    json.dumps(head, allow_nan=False)


def test_run_goes_through_its_stations(desk: Desk) -> None:
    # A batch at a time; a test pass of one chunk at the end.
    seen, epochs, tests = [opened(desk).head["status"]], [], []
    while seen[-1] != "finished":
        frame = advance(desk, milliseconds=0)
        if frame.head["status"] != seen[-1]:
            seen.append(frame.head["status"])
        assert 0.0 <= frame.head["test_done"] <= 1.0 and frame.head["epochs"] == 2
        epochs += frame.array("history").tolist()
        tests += frame.array("tests").tolist()
    assert seen == ["ready", "training", "testing", "finished"]
    assert frame.head["step"] == 2 * 16 and frame.head["epoch"] == 2.0
    done = [*(n * 0.064 for n in range(1, 16)), 1.0]  # 64 of 1000 examples in a mini-batch
    assert [row[0] for row in epochs] == pytest.approx([*done, *(1 + share for share in done)])
    assert len(tests) == 1 and tests[0][0] == 2.0
    assert tests[0][1] == pytest.approx(frame.head["test_accuracy"])
    assert epochs[-1][1] < 0.5 * epochs[0][1]


def test_a_test_pass_tells_loss_and_accuracy_of_test_and_of_training_images(
    desk: Desk, small_mnist: Path
) -> None:
    opened(desk)
    (row,) = advance(desk).array("tests").tolist()
    network = from_bytes(desk.call("digits", "save", {}).blob)
    train_set, test_set = mnist(small_mnist, train=1000)
    tested = evaluate(network, *test_set, loss="cross_entropy")
    learned = evaluate(network, *train_set, loss="cross_entropy")
    assert row == pytest.approx([2, tested.accuracy, tested.loss, learned.accuracy], rel=1e-5)
    assert learned.accuracy > tested.accuracy


def test_slices_of_time_give_the_same_network_as_one_piece(desk: Desk, small_mnist: Path) -> None:
    opened(desk)
    whole = advance(desk)
    other = Desk(small_mnist)
    opened(other)
    while (sliced := advance(other, milliseconds=0)).head["status"] != "finished":
        pass
    for key in ("epoch", "step", "loss", "test_accuracy"):
        assert sliced.head[key] == whole.head[key]
    blobs = [one.call("digits", "save", {}).blob for one in (desk, other)]
    assert blobs[0] == blobs[1]


def test_loss_is_the_mean_of_the_epoch_so_far_and_speed_counts_training_only(desk: Desk) -> None:
    opened(desk)
    rows: list[list[float]] = []
    for _ in range(5):
        frame = advance(desk, milliseconds=0)
        rows += frame.array("history").tolist()
        assert frame.head["loss"] == pytest.approx(np.mean([row[1] for row in rows]), rel=1e-5)
        assert frame.head["speed"] > 0


def test_accuracy_and_pictures_are_of_the_network_as_it_is(desk: Desk, small_mnist: Path) -> None:
    opened(desk)
    frame = advance(desk, confusion=True)
    _, (x, y) = mnist(small_mnist, train=1000)
    network = from_bytes(desk.call("digits", "save", {}).blob or b"")
    assert frame.head["test_accuracy"] == accuracy(network, x, y)
    outputs = network.predict(x)
    answers = outputs.argmax(axis=1)
    confusion = frame.array("confusion")
    assert confusion.shape == (10, 10) and confusion.sum() == 1000
    assert confusion[3, 3] == np.sum((y == 3) & (answers == 3))
    assert confusion[3, 5] == np.sum((y == 3) & (answers == 5))
    labels, images = frame.array("mistake_labels"), frame.array("mistakes")
    assert len(labels) == len(images) == min(24, np.sum(answers != y))
    assert (labels[:, 0] != labels[:, 1]).all() and (np.diff(labels[:, 2]) <= 0).all()
    sure = outputs.max(axis=1)[answers != y].max()
    assert labels[0, 2] == pytest.approx(sure, rel=1e-6)
    place = next(n for n in range(1000) if np.allclose(images[0], x[n] / 255))
    assert labels[0, :2].tolist() == [y[place], answers[place]]


def test_arrays_come_only_where_they_are_asked_for(desk: Desk) -> None:
    frame = opened(desk)
    names = [name for name, *_ in frame.head["arrays"]]
    assert names == ["history", "tests", "weight_images"]  # nothing has been tested yet
    advance(desk)
    for args, more in (
        ({}, []),
        ({"weights": True}, ["weight_images"]),
        ({"confusion": True}, ["confusion", "mistakes", "mistake_labels", "thresholds"]),
    ):
        frame = advance(desk, **args)
        assert [name for name, *_ in frame.head["arrays"]] == ["history", "tests", *more]


def test_more_goes_on_where_the_run_ended(desk: Desk) -> None:
    opened(desk)
    first, idle = advance(desk).head, advance(desk).head
    assert {**idle, "arrays": None} == {**first, "arrays": None}  # finished is finished
    ready = desk.call("digits", "more", {"epochs": 1}).head
    assert (ready["status"], ready["epochs"]) == ("ready", 3)
    frame = advance(desk)
    assert (frame.head["status"], frame.head["epoch"]) == ("finished", 3.0)
    assert frame.array("tests")[:, 0].tolist() == [3.0]
    longer = desk.call("digits", "save", {}).blob
    opened(desk, epochs=3)
    advance(desk)
    assert desk.call("digits", "save", {}).blob == longer


def test_more_during_training_adds_to_the_goal(desk: Desk) -> None:
    opened(desk, epochs=2)
    advance(desk, milliseconds=0)
    head = desk.call("digits", "more", {"epochs": 3}).head
    assert (head["status"], head["epochs"]) == ("training", 5)


def test_reset_gives_the_same_run_again(desk: Desk) -> None:
    first, end = opened(desk), advance(desk, weights=True)
    again, end_again = desk.call("digits", "reset", {}), advance(desk, weights=True)
    assert first.head == again.head
    np.testing.assert_array_equal(first.numbers, again.numbers)
    del end.head["speed"], end_again.head["speed"]
    assert end.head == end_again.head
    np.testing.assert_array_equal(end.numbers, end_again.numbers)


def test_test_passes_come_every_ten_thousand_examples(desk: Desk) -> None:
    opened(desk, subset="5000", epochs=5, architecture="784-10")
    frame = advance(desk)
    assert frame.array("tests")[:, 0].tolist() == pytest.approx([2.0, 4.0, 5.0], abs=0.02)


def test_data_are_read_once_for_the_same_subset(desk: Desk, small_mnist: Path) -> None:
    opened(desk)
    first = desk._open["digits"].train_set[0]
    opened(desk, learning_rate=0.2)
    assert desk._open["digits"].train_set[0] is first
    opened(desk, seed=1)
    assert desk._open["digits"].train_set[0] is not first


def test_augmented_images_are_training_images_a_little_changed(desk: Desk) -> None:
    opened(desk)
    plain = desk.call("digits", "augmented", {"seed": 1})
    assert plain.array("plain").shape == (8, 28, 28)
    np.testing.assert_array_equal(plain.array("plain"), plain.array("changed"))
    opened(desk, augment_shift=3, augment_turn=20)
    one, other = (desk.call("digits", "augmented", {"seed": seed}) for seed in (1, 2))
    changed = one.array("changed")
    assert abs(changed - one.array("plain")).mean() > 0.01
    assert abs(changed - other.array("changed")).mean() > 0.01
    assert changed.min() >= 0.0 and changed.max() <= 1.0
    ink = changed.sum() / one.array("plain").sum()
    assert 0.8 < ink < 1.2, "the same digits still"


def test_it_stops_where_patience_ends_and_goes_on_when_asked(desk: Desk) -> None:
    opened(desk, epochs=1000, patience=2, learning_rate=0.5, architecture="784-10")
    head: dict[str, Any] = {"status": "training"}
    tests: list[float] = []
    while head["status"] in ("training", "testing"):
        frame = advance(desk)
        head = frame.head
        tests += frame.array("tests")[:, 1].tolist()
    assert head["status"] == "finished" and head["epoch"] < 1000
    best = tests.index(max(tests))
    # Of 1,000 images only each tenth epoch is tested, so it may come later than asked for.
    assert best < len(tests) - 1
    more = desk.call("digits", "more", {"epochs": 5}).head
    assert more["status"] == "ready" and more["epochs"] == head["epoch"] + 5


def test_patience_may_change_while_it_trains(desk: Desk) -> None:
    opened(desk, epochs=5)
    settings = QUICK | {"epochs": 5, "patience": 3}
    assert desk.call("digits", "edit", settings).head["goes_on"]
    assert desk.call("digits", "edit", settings | {"seed": 5}).head.get("goes_on") is None


def test_it_trains_no_further_than_is_asked(desk: Desk) -> None:
    opened(desk, epochs=5)
    frame = advance(desk, batches=1)
    assert frame.head["step"] == 1 and frame.head["status"] == "training"
    frame = advance(desk, until=1)
    assert (frame.head["epoch"], frame.head["status"]) == (1, "training")
    assert advance(desk, until=1).head["epoch"] == 1
    assert advance(desk, until=2).head["epoch"] == 2
