"""A network is broken for the one who looks: units off, noise on its weights; it is not changed."""

import numpy as np
import pytest
from own_signs import as_bytes

from pynn.layers import Dense
from pynn.live import Desk, Frame
from pynn.live.broken import broken
from pynn.model_format import to_bytes
from pynn.network import Network

STROKE = np.array([[0.5, 0.1], [0.5, 0.5], [0.5, 0.9]])


def call(desk: Desk, name: str, action: str, **args: object) -> Frame:
    frame = desk.call(name, action, args)
    assert "error" not in frame.head, frame.head
    return frame


@pytest.mark.parametrize("activation", ["relu", "sigmoid", "tanh", "leaky_relu"])
def test_a_unit_that_is_off_gives_nothing(activation: str) -> None:
    network = Network([Dense(4, activation), Dense(3, "softmax")], 5, seed=1)
    before = network.state().arrays
    made = broken(network, {"dense_1": [2]}, 0.0)
    x = np.random.default_rng(0).normal(0, 1, (6, 5)).astype("float32")
    assert np.abs(made.layers[0].forward(x)[:, 2]).max() < 1e-12
    np.testing.assert_array_equal(
        made.layers[0].forward(x)[:, 1].copy(), network.layers[0].forward(x)[:, 1].copy()
    )
    for name, array in before.items():
        np.testing.assert_array_equal(array, network.state().arrays[name])


def test_an_answer_that_is_off_is_never_given() -> None:
    network = Network([Dense(3, "softmax")], 2, seed=1)
    made = broken(network, {"dense_1": [0]}, 0.0)
    assert made.predict(np.ones((1, 2)))[0, 0] < 1e-6


def test_noise_is_as_large_as_is_asked_and_always_the_same() -> None:
    network = Network([Dense(200, "relu"), Dense(3, "softmax")], 100, seed=1)
    weights = network.parameters["dense_1.weights"]
    first, again = (broken(network, {}, 0.5).parameters["dense_1.weights"] for _ in range(2))
    np.testing.assert_array_equal(first, again)
    assert (first - weights).std() == pytest.approx(0.5 * weights.std(), rel=0.05)


def test_what_is_broken_reads_worse_until_it_is_mended(desk: Desk) -> None:
    call(desk, "digits", "open", subset="1000")
    strokes = as_bytes(STROKE)
    before = call(desk, "reading", "read", strokes=strokes).array("probabilities")
    whole = call(desk, "reading", "break_network", off="", noise=0.0).head
    assert whole["before"] == whole["after"] > 0.98
    filters = ",".join(map(str, range(12)))
    head = call(desk, "reading", "break_network", off=f"conv2d_1:{filters}", noise=0.0).head
    assert head["before"] > 0.98 and head["after"] < head["before"]
    after = call(desk, "reading", "read", strokes=strokes).array("probabilities")
    assert np.abs(after - before).max() > 1e-3
    assert call(desk, "reading", "break_network", off="", noise=3.0).head["after"] < 0.9
    call(desk, "reading", "break_network", off="", noise=0.0)
    np.testing.assert_array_equal(
        call(desk, "reading", "read", strokes=strokes).array("probabilities"), before
    )


def test_a_broken_network_learns_on_as_if_it_were_whole(desk: Desk, anew: Desk) -> None:
    for one in (desk, anew):
        call(one, "digits", "open", subset="1000", architecture="784-30-10", epochs=1)
        call(one, "digits", "advance", milliseconds=1)
    call(desk, "digits", "break_network", off="dense_1:0,1,2", noise=0.5)
    for one in (desk, anew):
        while call(one, "digits", "advance", milliseconds=1000).head["status"] != "finished":
            pass
    assert call(desk, "digits", "save").blob == call(anew, "digits", "save").blob
    # And what is broken of it is what it has become.
    read = [call(one, "digits", "read", strokes=as_bytes(STROKE)) for one in (desk, anew)]
    assert np.abs(read[0].array("probabilities") - read[1].array("probabilities")).max() > 0


def test_layers_tell_how_they_do(desk: Desk) -> None:
    bare = call(desk, "reading", "health").head["layers"]
    assert bare[0] == {"name": "conv2d_1", "units": 16}
    call(desk, "digits", "open", subset="1000", architecture="784-30-10")
    network = desk._open["digits"].network
    network.parameters["dense_1.weights"][:, 4] = 0.0
    network.parameters["dense_1.bias"][4] = -1.0
    first, last = call(desk, "digits", "health").head["layers"]
    assert first["name"] == "dense_1" and first["units"] == 30 and 4 in first["silent"]
    assert first["gradient"] > 0 and last["silent"] == []


@pytest.mark.parametrize(
    "off", ["dense_9:1", "conv2d_1:16", "conv2d_1:x", "conv2d_1", "flatten_1:0"]
)
def test_units_that_are_not_there_are_refused(desk: Desk, off: str) -> None:
    frame = desk.call("reading", "break_network", {"off": off})
    assert frame.head["error"]["code"] == "units_off"


def test_another_network_is_broken_as_far_as_it_has_such_units(desk: Desk) -> None:
    call(desk, "digits", "open", subset="1000", architecture="784-128-10")
    call(desk, "digits", "break_network", off="dense_1:0,100", noise=0.0)
    small = Network([Dense(20, "relu"), Dense(10, "softmax")], 784, seed=3)
    call(desk, "digits", "load", model=to_bytes(small))
    read = call(desk, "digits", "read", strokes=as_bytes(STROKE))
    assert read.array("probabilities").shape == (1, 10)
