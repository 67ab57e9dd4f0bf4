"""The desk reads drawings at once, with the shipped network, and with a person's own."""

import numpy as np
import pytest
from own_signs import as_bytes

from pynn.datasets import mnist
from pynn.live import Desk, Frame
from pynn.reader import Reader
from pynn.reader.strokes import image_of

PLACES = [np.array([[0.2, 0.1], [0.2, 0.9]]), np.array([[0.8, 0.1], [0.8, 0.5], [0.8, 0.9]])]


def read(desk: Desk, *strokes: np.ndarray, name: str = "reading") -> Frame:
    frame = desk.call(name, "read", {"strokes": as_bytes(*strokes)})
    assert "error" not in frame.head, frame.head
    return frame


def test_it_reads_without_being_opened_or_having_any_images(tmp_path) -> None:
    frame = read(Desk(tmp_path), *PLACES)
    assert frame.head["text"] == "11" and frame.head["stray"] == []
    first, second = frame.head["digits"]
    assert first["answer"] == 1 and first["is_digit"] and not first["unsure"]
    assert second["box"] == pytest.approx([0.8, 0.1, 0.8, 0.9])
    assert frame.array("probabilities").shape == (2, 10)
    np.testing.assert_allclose(frame.array("probabilities").sum(axis=1), 1.0, atol=1e-5)
    np.testing.assert_allclose(frame.array("images")[0].ravel(), image_of(PLACES[:1]), atol=1e-6)


def test_it_reads_as_the_package_does(tmp_path) -> None:
    frame, own = read(Desk(tmp_path), *PLACES), Reader().read(PLACES)
    np.testing.assert_allclose(
        frame.array("probabilities"), [digit.probabilities for digit in own.digits], atol=1e-5
    )


def test_no_strokes_give_no_digits(tmp_path) -> None:
    frame = Desk(tmp_path).call("reading", "read", {"strokes": b""})
    assert frame.head["text"] == "" and frame.head["digits"] == []
    assert frame.array("images").shape == (0, 28, 28)


def test_a_stray_dot_is_told_by_its_number(tmp_path) -> None:
    dot = np.array([[1.4, 0.05]])
    assert read(Desk(tmp_path), dot, *PLACES[:1]).head["stray"] == [0]


def test_an_own_network_answers_for_itself(desk: Desk) -> None:
    desk.call("digits", "open", {"subset": "1000"})
    shipped, own = read(desk, *PLACES), read(desk, *PLACES, name="digits")
    assert len(own.head["digits"]) == 2
    assert abs(own.array("probabilities") - shipped.array("probabilities")).max() > 0.1
    [network] = [desk._open["digits"].network]
    np.testing.assert_allclose(
        own.array("probabilities")[:1], network.predict(image_of(PLACES[:1])[np.newaxis]), atol=1e-6
    )


def test_the_shipped_network_is_tested_once_there_are_images(desk: Desk) -> None:
    before = desk.call("reading", "advance", {"milliseconds": 60_000})
    assert before.head["test_accuracy"] is None and before.head["test_done"] == 0.0
    assert before.array("weight_images").shape[1:] == (28, 28)
    desk.call("digits", "open", {"subset": "1000"})
    after = desk.call("reading", "advance", {"milliseconds": 60_000})
    while after.head["test_done"] < 1.0:
        after = desk.call("reading", "advance", {"milliseconds": 60_000})
    assert after.head["test_accuracy"] > 0.95
    assert after.array("confusion").shape == (10, 10)
    assert after.array("confusion").trace() / after.array("confusion").sum() == pytest.approx(
        after.head["test_accuracy"]
    )


@pytest.mark.parametrize(
    ("strokes", "code"),
    [
        (b"1234", "SettingsError.type"),
        (np.array([np.inf, 0], "<f4").tobytes(), "SettingsError.type"),
        (np.array([np.nan, 0], "<f4").tobytes(), "SettingsError.type"),
        (np.array([1e30, 0], "<f4").tobytes(), "SettingsError.type"),
        (bytes((1 << 20) + 8), "SettingsError.range"),
        ("text", "SettingsError.type"),
    ],
)
def test_other_than_strokes_is_refused_in_a_sentence(tmp_path, strokes, code: str) -> None:
    error = Desk(tmp_path).call("reading", "read", {"strokes": strokes}).head["error"]
    assert f"{error['type']}.{error['code']}" == code
    assert error["message"].startswith("strokes: expected ")


def test_places_without_an_end_are_a_stroke_too(tmp_path) -> None:
    open_ended = PLACES[0].astype("<f4").tobytes()
    frame = Desk(tmp_path).call("reading", "read", {"strokes": open_ended})
    assert frame.head["text"] == "1"


def test_a_cell_of_the_confusion_matrix_shows_its_images(desk: Desk) -> None:
    for name in ("reading", "digits"):
        if name == "digits":
            desk.call("digits", "open", {"subset": "1000", "architecture": "784-10", "epochs": 1})
            before = desk.call(name, "cell", {"truth": 3, "answer": 3})
            assert before.head["arrays"] == [], "nothing has been tested yet"
        else:
            desk.call("digits", "open", {"subset": "1000"})
        frame = desk.call(name, "advance", {"milliseconds": 60_000})
        if name == "digits":
            frame = desk.call(name, "advance", {"milliseconds": 0, "confusion": True})
        confusion = frame.array("confusion")
        truth, answer = np.unravel_index(
            (confusion - np.diag(np.diag(confusion))).argmax(), confusion.shape
        )
        for place in ((int(truth), int(answer)), (4, 4)):
            cell = desk.call(name, "cell", {"truth": place[0], "answer": place[1]})
            labels = cell.array("mistake_labels")
            assert len(labels) == min(24, confusion[place])
            assert (labels[:, :2] == place).all()
            assert (np.diff(labels[:, 2]) <= 0).all(), "the surest first"
            assert cell.array("mistakes").shape[1:] == (28, 28)


def test_a_photo_is_read_in_the_same_way(desk: Desk, small_mnist) -> None:
    image, label = (part[0] for part in mnist(small_mnist)[1])
    grey = np.pad(255 - image, 6, constant_values=255)
    args = {"width": 40, "height": 40, "grey": grey.tobytes()}
    frame = desk.call("reading", "picture", args)
    assert frame.head["text"] == str(label) and frame.head["stray"] == []
    assert frame.array("images").shape == (1, 28, 28)
    desk.call("digits", "open", {"subset": "1000"})
    own = desk.call("digits", "picture", args)
    np.testing.assert_array_equal(own.array("images"), frame.array("images"))
    assert abs(own.array("probabilities") - frame.array("probabilities")).max() > 0.1
    short = desk.call("reading", "picture", args | {"grey": b"123"}).head["error"]
    assert short["message"] == "grey: expected 1600 bytes for 40 x 40, got 3"
