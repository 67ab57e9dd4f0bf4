"""The desk opens a step of the network that is there, and changes nothing by it."""

import numpy as np
import pytest
from own_signs import as_bytes

from pynn.live import Desk, Frame

STROKE = np.array([[0.5, 0.1], [0.5, 0.5], [0.5, 0.9]])


def call(desk: Desk, name: str, action: str, **args: object) -> Frame:
    frame = desk.call(name, action, args)
    assert "error" not in frame.head, frame.head
    return frame


def letters(frame: Frame) -> list[str]:
    return [f"{moment['name']}.{moment['letter']}" for moment in frame.head["moments"]]


def image_of(frame: Frame) -> bytes:
    return frame.array("images")[0].astype("<f4").tobytes()


def test_a_drawn_digit_goes_through_the_shipped_network(desk: Desk) -> None:
    read = call(desk, "reading", "read", strokes=as_bytes(STROKE))
    frame = call(desk, "reading", "open_image", image=image_of(read), truth=7)
    assert frame.array("input").shape == (28, 28) and frame.head["truth"] == 7
    np.testing.assert_allclose(frame.array("prediction"), read.array("probabilities")[0], atol=0.2)
    assert frame.head["optimizer"] == "SGD(0.1)"
    names = letters(frame)
    assert names[0] == "conv2d_1.z" and "loss.L" in names and names[-1] == "dense_2.bias.W"
    number = names.index("dense_2.z")
    values = call(desk, "reading", "opened_moment", number=number).array("values")
    cell = call(desk, "reading", "opened_cell", number=number, place=3).head
    total = sum(a * b for _, a, b in cell["products"]) + cell["others"][1]
    assert cell["equation"] == "z = Σ x W + b" and cell["at"] == [3]
    assert total + dict(cell["numbers"])["b"] == pytest.approx(float(values[3]), rel=1e-4)


def test_a_training_image_goes_through_the_own_network_in_the_middle_of_its_training(
    desk: Desk,
) -> None:
    call(desk, "digits", "open", subset="1000", architecture="784-10", epochs=1)
    call(desk, "digits", "advance", milliseconds=10)
    before = desk._open["digits"].network.state().arrays
    frame = call(desk, "digits", "open_example", place=1001)
    assert frame.head["place"] == 1
    assert frame.head["truth"] == int(desk.mnist.train_set[1][1])
    assert "v ← m v − r g" in str(
        call(desk, "digits", "opened_cell", number=len(letters(frame)) - 1, place=0).head
    )
    after = desk._open["digits"].network.state().arrays
    for name, array in before.items():
        np.testing.assert_array_equal(array, after[name])
    call(desk, "digits", "advance", milliseconds=10)


def test_a_point_goes_through_the_playground(desk: Desk) -> None:
    call(desk, "planar", "open", network_shape="3")
    frame = call(desk, "planar", "open_example", place=2)
    assert letters(frame)[:2] == ["dense_1.z", "dense_1.a"] and len(frame.head["point"]) == 2
    assert frame.array("input").tolist() == pytest.approx(frame.head["point"])
    assert frame.head["moments"][0]["lines"][0][0].startswith("pynn/")


@pytest.mark.parametrize(
    ("action", "args"),
    [
        ("opened_moment", {"number": 0}),
        ("opened_cell", {"number": 0, "place": 0}),
        ("open_example", {"place": 0}),
        ("open_image", {"image": b"12", "truth": 1}),
    ],
)
def test_what_is_not_there_is_refused(desk: Desk, action: str, args: dict) -> None:
    frame = desk.call("reading", action, args)
    assert frame.head["error"]["type"] == "SettingsError"


def test_a_moment_or_a_cell_beyond_the_last_is_refused(desk: Desk) -> None:
    call(desk, "planar", "open", network_shape="3")
    count = len(call(desk, "planar", "open_example", place=0).head["moments"])
    for args in ({"number": count}, {"number": 0, "place": 3}):
        action = "opened_cell" if "place" in args else "opened_moment"
        assert desk.call("planar", action, args).head["error"]["code"] == "range"


def test_a_network_that_has_run_away_can_be_opened_all_the_same(desk: Desk) -> None:
    call(desk, "digits", "open", subset="1000", architecture="784-10")
    desk._open["digits"].network.parameters["dense_1.weights"][...] = np.nan
    frame = call(desk, "digits", "open_example", place=0)
    assert np.isnan(frame.array("prediction")).all()
    for number in range(len(letters(frame))):
        call(desk, "digits", "opened_cell", number=number, place=0)
