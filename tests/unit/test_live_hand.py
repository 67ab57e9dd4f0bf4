"""The desk keeps a person's examples, learns them and reads with them."""

import numpy as np
import pytest
from own_signs import as_bytes, drawn

from pynn.live import Desk, Frame
from pynn.reader import Hand


def call(desk: Desk, action: str, **args: object) -> Frame:
    frame = desk.call("hand", action, args)
    assert "error" not in frame.head, frame.head
    return frame


def add(desk: Desk, sign: str, count: int, rng: np.random.Generator) -> Frame:
    for _ in range(count):
        frame = call(desk, "add", name=sign, strokes=as_bytes(*drawn(sign, rng)), pen=0.045)
    return frame


def learn(desk: Desk, mixed: bool) -> Frame:
    frame = call(desk, "learn", mixed=mixed)
    while frame.head["status"] == "learning":
        frame = call(desk, "advance", milliseconds=1)
    return frame


def test_examples_are_learned_beside_the_digits_and_read(desk: Desk, rng) -> None:
    frame = add(desk, "A", 20, rng)
    assert frame.head["names"] == ["A"] * 20 and frame.head["signs"] == ["A"]
    assert frame.array("images").shape == (20, 28, 28) and frame.array("images").max() == 1.0
    assert sum(frame.head["for_testing"]) == 4
    assert not frame.head["stale"] and not frame.head["reads"]
    desk.call("digits", "open", {"subset": "1000"})
    assert not call(desk, "learn", mixed=True).head["reads"]
    frame = learn(desk, mixed=True)
    assert frame.head["status"] == "learned" and frame.head["mixed"] and frame.head["reads"]
    assert call(desk, "learn", mixed=True).head["reads"]  # as it was learned before, meanwhile
    frame = learn(desk, mixed=True)
    results = frame.array("results")
    assert results.shape == (11, 3) and results[:, 0].tolist() == list(range(11))
    assert results[0, 1] == 0.0 and results[-1, 1] == 1.0 and results[-1, 2] > 0.98
    read = call(desk, "read", strokes=as_bytes(*drawn("A", rng)), pen=0.045)
    assert read.head["text"] == "A" and read.head["names"][10:] == ["A"]
    assert read.head["digits"][0]["name"] == "A" and read.head["digits"][0]["answer"] == 10
    assert read.array("probabilities").shape == (1, 11)
    image = read.array("images")[0].astype("<f4").tobytes()
    assert call(desk, "evidence", image=image, answer=10).array("evidence").shape == (28, 28)


def test_changes_can_be_taken_back(desk: Desk, rng) -> None:
    add(desk, "A", 2, rng)
    add(desk, "K", 1, rng)
    assert call(desk, "remove", place=0).head["names"] == ["A", "K"]
    assert call(desk, "clear").head["names"] == []
    assert call(desk, "undo").head["names"] == ["A", "K"]
    assert call(desk, "undo").head["names"] == ["A", "A", "K"]
    for _ in range(4):
        frame = call(desk, "undo")
    assert frame.head["names"] == [] and not frame.head["can_undo"]


def test_a_file_goes_out_and_comes_in(desk: Desk, anew: Desk, rng) -> None:
    add(desk, "A", 3, rng)
    file = call(desk, "file").blob
    assert file is not None and Hand.from_bytes(file).names == ["A"] * 3
    frame = call(anew, "take", file=file, again=True)
    assert frame.head["names"] == ["A"] * 3 and not frame.head["can_undo"]
    assert call(anew, "take", file=file).head["names"] == ["A"] * 3


def test_what_was_learned_is_stale_after_a_change(desk: Desk, rng) -> None:
    add(desk, "A", 3, rng)
    add(desk, "K", 3, rng)
    assert not learn(desk, mixed=False).head["stale"]
    assert add(desk, "K", 1, rng).head["stale"]
    assert not learn(desk, mixed=False).head["stale"]
    assert np.isnan(call(desk, "advance").array("results")[:, 2]).all()


def test_a_picture_is_an_example(desk: Desk) -> None:
    grey = np.full((40, 60), 255, np.uint8)
    grey[8:30, 20:24] = grey[8:30, 40:44] = 10
    frame = call(desk, "add_picture", name="II", width=60, height=40, grey=grey.tobytes())
    [image] = frame.array("images")
    assert (image[:, :10].max(), image[:, 18:].max()) == (1.0, 1.0)  # both lines are in it


@pytest.mark.parametrize(
    ("action", "args", "code"),
    [
        ("add", {"name": "A", "strokes": b"", "pen": 0.045}, "blank"),
        ("add", {"name": " ", "strokes": as_bytes(np.array([[0.1, 0.2]]))}, "name"),
        ("add_picture", {"name": "A", "width": 2, "height": 2, "grey": bytes(4)}, "blank"),
        ("take", {"file": b"PK no"}, "file"),
        ("learn", {"mixed": True}, "no_digits"),
        ("learn", {"mixed": False}, "few"),
        ("read", {"strokes": b""}, "not_learned"),
        ("evidence", {"image": bytes(4 * 784), "answer": 1}, "not_learned"),
    ],
)
def test_a_refusal_has_a_word_for_the_page(desk: Desk, action: str, args, code: str) -> None:
    frame = desk.call("hand", action, args)
    assert frame.head["error"]["type"] == "HandError" and frame.head["error"]["code"] == code
    assert desk.call("hand", "advance", {}).head["names"] == []


def test_no_answer_is_asked_about_that_is_none(desk: Desk) -> None:
    frame = desk.call("reading", "evidence", {"image": bytes(4 * 784), "answer": 10})
    assert frame.head["error"]["type"] == "SettingsError"
