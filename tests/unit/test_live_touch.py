"""A point of the plane on its way through the network, and the answers to few points."""

from typing import Any

import numpy as np
import pytest

from pynn.live import Desk, Frame


@pytest.fixture
def desk() -> Desk:
    return Desk()


def asked(desk: Desk, action: str, **args: Any) -> Frame:
    frame = desk.call("planar", action, args)
    assert "error" not in frame.head, frame.head
    return frame


def names(frame: Frame) -> set[str]:
    return {name for name, *_ in frame.head["arrays"]}


@pytest.mark.parametrize("dataset", ["moons", "quadrants"])
@pytest.mark.parametrize("shape", ["", "5", "4,3"])
def test_what_comes_together_in_a_unit_is_its_shares_and_its_bias(
    desk: Desk, dataset: str, shape: str
) -> None:
    asked(desk, "open", dataset=dataset, network_shape=shape, activation="tanh")
    asked(desk, "advance", milliseconds=0)
    way = asked(desk, "touch", x1=0.25, x2=-0.5)
    frame = asked(desk, "advance", milliseconds=0, epochs=1)
    network = desk._open["planar"].network
    last = len(network.layers)
    assert way.array("touch/values/0").tolist() == [0.25, -0.5]
    for place in range(last):
        values, weights = frame.array(f"touch/values/{place}"), frame.array(f"weights/{place}")
        shares = values[:, np.newaxis] * weights
        np.testing.assert_allclose(frame.array(f"touch/shares/{place}"), shares, rtol=1e-6)
        sums = shares.sum(axis=0) + frame.array(f"biases/{place}")
        np.testing.assert_allclose(frame.array(f"touch/sums/{place}"), sums, rtol=1e-5, atol=1e-6)
        if place < last - 1:
            said = np.tanh(frame.array(f"touch/sums/{place}"))
            np.testing.assert_allclose(frame.array(f"touch/values/{place + 1}"), said, rtol=1e-5)
    answer = network.predict(np.array([[0.25, -0.5]]))[0]
    np.testing.assert_allclose(frame.array(f"touch/values/{last}"), answer, rtol=1e-6)


def test_every_frame_follows_the_point_until_it_is_let_go(desk: Desk) -> None:
    asked(desk, "open")
    assert "touch/values/0" not in names(asked(desk, "advance", milliseconds=0))
    asked(desk, "touch", x1=1, x2=0)
    for action, args in (("advance", {"milliseconds": 0}), ("look", {"step": 0}), ("reset", {})):
        assert "touch/values/2" in names(asked(desk, action, **args))
    asked(desk, "let_go")
    assert "touch/values/0" not in names(asked(desk, "advance", milliseconds=0))


def test_a_look_does_not_change_what_is_learned(desk: Desk) -> None:
    anew = Desk()
    for place, one in enumerate((desk, anew)):
        asked(one, "open", dataset="spiral")
        for _ in range(40):
            if place:
                asked(one, "touch", x1=0.1, x2=0.2)
            frame = asked(one, "advance", milliseconds=0)
    other = asked(desk, "advance", milliseconds=0)
    frame = asked(anew, "advance", milliseconds=0)
    assert np.array_equal(other.array("weights/0"), frame.array("weights/0"))


def test_the_point_of_a_network_that_has_run_away_is_finite(desk: Desk) -> None:
    asked(desk, "open", activation="relu")
    desk._open["planar"].network.parameters["dense_1.weights"] = np.full((2, 8), 3e38)
    way = asked(desk, "touch", x1=1000, x2=1000)
    assert np.isfinite(way.array("touch/values/1")).any()
    assert not np.isnan(way.numbers).any()


@pytest.mark.parametrize("x1", ["here", 1e4, float("nan")])
def test_a_place_that_is_none_is_refused(desk: Desk, x1: object) -> None:
    asked(desk, "open")
    frame = desk.call("planar", "touch", {"x1": x1, "x2": 0})
    assert frame.head["error"]["values"]["name"] == "x1"


def test_only_points_that_are_few_are_answered_one_by_one(desk: Desk) -> None:
    frame = asked(desk, "open")
    network = desk._open["planar"].network
    rows = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    np.testing.assert_allclose(frame.array("answers"), network.predict(rows), rtol=1e-6)
    assert "answers" not in names(asked(desk, "open", dataset="xor-cloud"))
