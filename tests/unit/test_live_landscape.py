"""The desk shows what a layer makes of the test images, in the plane."""

import numpy as np
import pytest

from pynn.live import Desk, Frame


def call(desk: Desk, name: str, action: str, **args: object) -> Frame:
    frame = desk.call(name, action, args)
    assert "error" not in frame.head, frame.head
    return frame


def purity(frame: Frame) -> float:
    places, labels = frame.array("places"), frame.array("labels")
    apart = ((places[:, np.newaxis] - places) ** 2).sum(axis=2)
    np.fill_diagonal(apart, np.inf)
    return float((labels[apart.argsort(axis=1)[:, :5]] == labels[:, np.newaxis]).mean())


def test_digits_part_from_layer_to_layer(desk: Desk) -> None:
    call(desk, "digits", "open", subset="1000")
    frames = [call(desk, "reading", "landscape", layer=at, method="principal") for at in (0, 7)]
    assert frames[0].head["layers"][0] == "pixels" and frames[0].head["layers"][7] == "dense_1"
    assert frames[0].array("places").shape == (400, 2)
    assert frames[0].array("images").shape == (400, 28, 28)
    assert 0.0 < frames[0].head["share"] < 1.0
    assert purity(frames[1]) > purity(frames[0]) + 0.1


def test_neighbours_are_found_in_slices_of_time(desk: Desk) -> None:
    call(desk, "digits", "open", subset="1000")
    frame = call(desk, "reading", "landscape", layer=7, method="neighbours")
    assert frame.head["done"] == 0.0
    labels = frame
    while frame.head["done"] < 1.0:
        frame = call(desk, "reading", "landscape_step", milliseconds=100)
    places = frame.array("places")
    apart = ((places[:, np.newaxis] - places) ** 2).sum(axis=2)
    np.fill_diagonal(apart, np.inf)
    known = labels.array("labels")
    assert (known[apart.argmin(axis=1)] == known).mean() > 0.95
    again = call(desk, "reading", "landscape_step", milliseconds=100)
    np.testing.assert_array_equal(again.array("places"), places)


@pytest.mark.parametrize("method", ["principal", "neighbours"])
def test_an_image_of_them_lies_where_it_lies(desk: Desk, method: str) -> None:
    call(desk, "digits", "open", subset="1000")
    frame = call(desk, "digits", "landscape", layer=1, method=method)
    image = frame.array("images")[5].astype("<f4").tobytes()
    place = call(desk, "digits", "landscape_place", image=image).array("place")
    np.testing.assert_allclose(place, frame.array("places")[5], atol=1e-3)


def test_without_test_images_there_is_none(tmp_path) -> None:
    desk = Desk(tmp_path)
    frame = call(desk, "reading", "landscape", layer=0, method="principal")
    assert [name for name, *_ in frame.head["arrays"]] == []
    refused = desk.call("reading", "landscape_place", {"image": bytes(4 * 784)})
    assert refused.head["error"]["code"] == "no_images"
    assert desk.call("reading", "landscape", {"layer": 99}).head["error"]["code"] == "range"
