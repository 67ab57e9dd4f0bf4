"""What is looked at besides the plane: a layer's view of it, the confusion matrix, time."""

import json
from typing import Any

import numpy as np
import pytest
from live_runs import asked, run_of

from pynn.datasets import features
from pynn.live import Desk, Frame
from pynn.live.inside import LINES, net
from pynn.metrics import confusion_matrix


def opened(**settings: Any) -> Desk:
    desk = Desk()
    asked(desk, "planar", "open", **settings)
    return desk


def names(frame: Frame) -> set[str]:
    return {name for name, _, _ in frame.head["arrays"]}


def test_two_units_are_shown_as_they_are() -> None:
    desk = opened(dataset="moons", network_shape="5,2", features="x1,x2,x1-x2")
    frame = asked(desk, "planar", "watch", inside=2)
    assert frame.head["inside"] == 2 and frame.head["inside_share"] == 1.0
    network: Any = run_of(desk, "planar").network
    points = features(run_of(desk, "planar").sets[0][0], ["x1", "x2", "x1-x2"])  # type: ignore[attr-defined]
    network.forward(network.as_input(points))
    np.testing.assert_allclose(frame.array("inside/points"), network.neurons[1].output, atol=1e-6)
    crossings = features(net(-1.3, 1.3), ["x1", "x2", "x1-x2"])
    answers = network.forward(network.as_input(crossings)).reshape(LINES, LINES, 1)
    np.testing.assert_allclose(frame.array("inside/answers"), answers, atol=1e-6)
    wanted = network.neurons[1].output.reshape(LINES, LINES, 2)
    np.testing.assert_allclose(frame.array("inside/net"), wanted, atol=1e-6)


def test_many_units_are_shown_along_the_widest_spread_and_do_not_spin() -> None:
    desk = opened(dataset="circle", network_shape="12")
    before = asked(desk, "planar", "watch", inside=8)
    assert before.head["inside"] == 1 and 0.5 < before.head["inside_share"] < 1.0
    network: Any = run_of(desk, "planar").network
    network.forward(run_of(desk, "planar").examples[0][0])  # type: ignore[attr-defined]
    said = network.neurons[0].output.astype(np.float64)
    spread = np.linalg.svd(said - said.mean(axis=0), compute_uv=False) ** 2
    assert before.head["inside_share"] == pytest.approx(spread[:2].sum() / spread.sum(), rel=1e-5)
    for _ in range(40):
        after = asked(desk, "planar", "advance", milliseconds=60_000, steps=1)
        one, two = before.array("inside/points"), after.array("inside/points")
        # No turn brings the points nearer to where they were.
        left, _, right = np.linalg.svd(two.T.astype(np.float64) @ one)
        np.testing.assert_allclose(left @ right, np.eye(2), atol=0.12)
        before = after


@pytest.mark.parametrize("shape", ["", "1"])
def test_none_and_one_unit_have_their_pictures(shape: str) -> None:
    desk = opened(dataset="gauss", network_shape=shape)
    frame = asked(desk, "planar", "watch", inside=1)
    assert ("inside/net" in names(frame)) == bool(shape)
    if shape:
        assert not frame.array("inside/points")[:, 1].any()
        assert np.isfinite(frame.array("inside/points")).all()


@pytest.mark.parametrize("dataset", ["moons", "blobs", "quadrants", "own"])
def test_the_confusion_matrix_is_that_of_the_test_points(dataset: str) -> None:
    desk = opened(dataset=dataset, points="AAAAIAQA", network_shape="8")
    assert "confusion" not in names(asked(desk, "planar", "advance", epochs=1))
    asked(desk, "planar", "watch", confusion=True)
    frame = asked(desk, "planar", "advance", milliseconds=60_000, epochs=20)
    run: Any = run_of(desk, "planar")
    x, y = run.sets[-1]
    matrix = frame.array("confusion")
    if dataset != "own":  # a single class has a matrix of two
        np.testing.assert_array_equal(matrix, confusion_matrix(run.network, x, y))
    assert matrix.sum() == len(y) and matrix.trace() / len(y) == pytest.approx(run.accuracy)


def test_a_surface_has_no_confusion_and_nothing_is_left_when_nobody_looks() -> None:
    desk = opened(dataset="hills")
    assert "confusion" not in names(asked(desk, "planar", "watch", confusion=True))
    asked(desk, "planar", "watch", confusion=True, inside=1, timed=True)
    asked(desk, "planar", "watch")
    frame = asked(desk, "planar", "advance", milliseconds=0)
    assert not {"confusion", "inside/net", "timed"} & names(frame)


def test_the_curve_with_its_times_is_told_whole_and_then_on() -> None:
    desk = opened(dataset="xor")
    asked(desk, "planar", "advance", milliseconds=60_000, epochs=30)
    whole = asked(desk, "planar", "watch", timed=True).array("timed")
    np.testing.assert_array_equal(whole[:, 0], np.arange(31))
    np.testing.assert_array_equal(whole[:, 5], np.arange(31))  # an epoch is one mini-batch
    assert whole[0, 6] == 0 and (np.diff(whole[:, 6]) >= 0).all() and whole[-1, 6] > 0
    more = asked(desk, "planar", "advance", milliseconds=60_000, epochs=5)
    np.testing.assert_array_equal(more.array("timed")[:, :5], more.array("history"))
    assert more.array("timed")[0, 6] >= whole[-1, 6]


def test_looking_changes_no_bit_of_the_run() -> None:
    plain, looked = opened(dataset="spiral", dropout=0.2), opened(dataset="spiral", dropout=0.2)
    for desk in (plain, looked):
        if desk is looked:
            asked(desk, "planar", "watch", confusion=True, inside=1, timed=True)
        for _ in range(20):
            asked(desk, "planar", "advance", milliseconds=60_000, steps=7)
    one, two = (run_of(desk, "planar").network.parameters for desk in (plain, looked))
    assert all((one[name] == two[name]).all() for name in one)


def test_what_is_taken_along_is_what_is_there() -> None:
    desk = opened(dataset="pinwheel", seed=3, network_shape="6")
    head = asked(desk, "planar", "advance", milliseconds=60_000, epochs=4).head
    lines = bytes(asked(desk, "planar", "curves").blob or b"").decode().splitlines()
    assert lines[0] == "epoch,train_loss,test_loss,train_accuracy,test_accuracy,mini_batches"
    assert len(lines) == 6 and lines[-1].startswith("4,") and lines[-1].endswith(",76")
    assert float(lines[-1].split(",")[2]) == pytest.approx(head["test_loss"], rel=1e-6)
    book = json.loads(asked(desk, "planar", "notebook").head["notebook"])
    assert (book["nbformat"], book["nbformat_minor"]) == (4, 5)
    kinds = [cell["cell_type"] for cell in book["cells"]]
    assert kinds == ["markdown", *["code"] * (len(kinds) - 1)] and len(kinds) > 4
    assert len({cell["id"] for cell in book["cells"]}) == len(kinds)
    sources = ["".join(cell["source"]) for cell in book["cells"] if cell["cell_type"] == "code"]
    assert sources[0].startswith("%pip install ")
    here: dict[str, Any] = {}
    for source in sources[1:]:
        exec(source, here)
    run: Any = run_of(desk, "planar")
    assert here["tested"].loss == head["test_loss"]
    for name, array in run.network.parameters.items():
        np.testing.assert_array_equal(here["network"].parameters[name], array)
