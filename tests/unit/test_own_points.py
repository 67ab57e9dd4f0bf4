"""Points of one's own: the text of an address, CSV, and what garbage comes to."""

import numpy as np
import pytest
from own_points import some_points

from pynn.datasets import PointsError, read_csv, read_points, write_csv, write_points
from pynn.datasets.points import HIGH, LOW


def test_a_text_gives_the_points_again() -> None:
    x, y = some_points(2000)
    text = write_points(x, y)
    again, labels = read_points(text)
    assert len(text) == 8000
    np.testing.assert_allclose(again, x, atol=1 / 1600)
    np.testing.assert_array_equal(labels, y)
    assert write_points(again, labels) == text


def test_corners_classes_and_what_lies_beyond() -> None:
    x = [[LOW, LOW], [HIGH, HIGH], [0, 0], [-9, 9]]
    again, labels = read_points(write_points(x, [0, 1, 2, 3]))
    np.testing.assert_array_equal(again, [[-1.28, -1.28], [1.27875, 1.27875], [0, 0], [LOW, HIGH]])
    np.testing.assert_array_equal(labels, [0, 1, 2, 3])
    assert read_points("")[0].shape == (0, 2)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("abc", "points: expected four characters of A-Z, a-z, 0-9, - and _ a point, got abc"),
        ("ab*d", "points: expected four characters of A-Z, a-z, 0-9, - and _ a point, got ab*d"),
        ("äbcd", "points: expected four characters of A-Z, a-z, 0-9, - and _ a point, got äbcd"),
        ("A" * 8004, "points: expected at most 2,000 points, got 2,001"),
    ],
)
def test_a_damaged_text_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(PointsError) as caught:
        read_points(text)
    assert str(caught.value) == sentence


@pytest.mark.parametrize("classes", [[4], [-1]])
def test_other_classes_have_no_text(classes: list[int]) -> None:
    with pytest.raises(ValueError, match="expected classes from 0 to 3"):
        write_points([[0, 0]], classes)


def test_csv_gives_the_points_again() -> None:
    x, y = read_points(write_points(*some_points(300)))
    found = read_csv(write_csv(x, y))
    np.testing.assert_array_equal(found.x, x)
    np.testing.assert_array_equal(found.y, y)
    assert found.labels == ["0", "1", "2", "3"] and not found.scaled


TWO = ([[0.5, -1.0], [1.0, 0.25]], [0, 1])


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("0.5,-1,a\n1,0.25,b", ["a", "b"]),
        ("x,y,label\r\n0.5,-1,a\r\n1,0.25,b\r\n", ["a", "b"]),
        ("\ufeffx1;x2;wer\n0,5;-1;a\n\n1;0,25;b\n", ["a", "b"]),
        ("0.5\t-1\t10\n1\t0.25\t9.5e2", ["10", "9.5e2"]),
        ('"0.5", " -1 ", "one, two"\n1, .25, "so ""it"" is"', ["one, two", 'so "it" is']),
        ("0.5,-1,-1\r1,0.25,1\r", ["-1", "1"]),
    ],
)
def test_every_way_to_write_it_is_read(text: str, labels: list[str]) -> None:
    found = read_csv(text)
    np.testing.assert_array_equal(found.x, TWO[0])
    np.testing.assert_array_equal(found.y, TWO[1])
    assert found.labels == labels and not found.scaled


def test_labels_that_are_numbers_have_their_order() -> None:
    assert read_csv("0,0,10\n0,0,9\n0,0,-1").labels == ["-1", "9", "10"]
    assert read_csv("0,0,10\n0,0,9\n0,0,x").labels == ["10", "9", "x"]


def test_points_beyond_the_plane_are_scaled_into_it() -> None:
    found = read_csv("150,40,a\n190,80,b\n170,100,a")
    np.testing.assert_allclose(found.x, [[-1, -1], [1, 1 / 3], [0, 1]])
    assert found.scaled
    np.testing.assert_array_equal(read_csv("5,7,a\n5,9,b").x, [[0, -1], [0, 1]])
    wide = read_csv("-1.7e308,0,a\n1.7e308,0,b\n0,0,a").x
    np.testing.assert_allclose(wide, [[-1, 0], [1, 0], [0, 0]])


@pytest.mark.parametrize(
    ("text", "code", "sentence"),
    [
        ("", "none", "expected lines of x1, x2 and a label, got none"),
        ("x,y,label\n", "none", "expected lines of x1, x2 and a label, got none"),
        ("0,0,a\n1,2\n", "cells", "expected x1, x2 and a label, got 2 in line 2"),
        ("0,0,a\n1,2,3,4\n", "cells", "expected x1, x2 and a label, got 4 in line 2"),
        ("x,y,label\n0,0,a\n1,zwei,b", "number", "expected a number, got zwei in line 3"),
        ("0,0,a\n\n,2,b", "number", "expected a number, got nothing in line 3"),
        ("0,inf,a", "number", "expected a number, got inf in line 1"),
        ("0,0,a\n0,0,\n", "label", "expected a label, got nothing in line 2"),
        ("0,0,1\n0,0,2\n0,0,3\n0,0,4\n0,0,5", "labels",
         "expected at most 4 labels, got 5 in line 5"),
        ("0,0,1\n" * 2001, "many", "expected at most 2,000 points, got 2,001"),
        ("<html><body>", "cells", "expected x1, x2 and a label, got 1 in line 1"),
    ],
)  # fmt: skip
def test_the_first_bad_line_is_named(text: str, code: str, sentence: str) -> None:
    with pytest.raises(PointsError) as caught:
        read_csv(text)
    assert str(caught.value) == f"points: {sentence}" and caught.value.code == code
    lines = {"line": int(sentence.rsplit(" ", 1)[1])} if "in line" in sentence else {}
    assert {key: caught.value.values[key] for key in lines} == lines


def test_ten_thousand_files_of_garbage_are_read_or_refused() -> None:
    draw = np.random.default_rng(7)
    pieces = ["0.5", "-1", "1e9", "nan", "a", "", '"', ",", ";", "\t", "\n", "\r\n", "x", "1,2,3",
              "\x00", "é", "\u2028", "0,0,a\n", "=1+1", "1e999", "-0", " ", "٣", "∞"]  # fmt: skip
    read = 0
    for _ in range(10_000):
        text = "".join(draw.choice(pieces, draw.integers(0, 30)))
        try:
            found = read_csv(text)
        except PointsError:
            continue
        read += 1
        assert len(found.x) == len(found.y) and np.isfinite(found.x).all()
        assert np.abs(found.x).max() <= 1.28 and 0 <= found.y.min() <= found.y.max() < 4
        again, labels = read_points(write_points(found.x, found.y))
        np.testing.assert_allclose(again, found.x, atol=1 / 1600)
        np.testing.assert_array_equal(labels, found.y)
    assert read > 100
