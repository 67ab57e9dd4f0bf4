"""Drawings and photos of clothes, and digits experiments with Fashion-MNIST in MNIST's place."""

import shutil
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from live_runs import asked

from pynn import Dense, Network
from pynn.live import Desk
from pynn.reader.clothes import CLOTH, ClothesReader, enclosed, outlined

TROUSERS = [(30, 5), (70, 5), (76, 95), (60, 95), (50, 35), (40, 95), (24, 95), (30, 5)]
FASHION = {"dataset": "fashion", "subset": "1000", "architecture": "784-32-10", "epochs": 2}


@pytest.fixture
def both(small_mnist: Path, tmp_path: Path) -> Path:
    """A folder as the page fills it; for its clothes, MNIST's digits turned over."""
    folder = tmp_path / "mnist"
    shutil.copytree(small_mnist, folder)
    shutil.copytree(small_mnist, folder / "fashion")
    path = folder / "fashion/train-images-idx3-ubyte"
    content = path.read_bytes()
    path.write_bytes(content[:16] + bytes(255 - np.frombuffer(content[16:], np.uint8)))
    return folder


def strokes_of(*lines: list[tuple[float, float]]) -> list[np.ndarray]:
    return [np.array(line, float) for line in lines]


def test_what_an_outline_encloses_is_cloth_and_what_it_does_not_is_paper() -> None:
    image = outlined(strokes_of(TROUSERS)).reshape(28, 28)
    assert image[3, 14] == pytest.approx(CLOTH)
    assert image[24, 14] == 0  # between the legs
    assert image[20, 9] == pytest.approx(CLOTH)
    assert image[0].max() == image[-1].max() == pytest.approx(1.0, abs=0.35)
    inked = np.flatnonzero(image.any(axis=0))
    assert inked[0] == 27 - inked[-1]  # it stands in the middle


def test_an_open_line_encloses_nothing() -> None:
    image = outlined(strokes_of([(0, 0), (0, 100), (60, 100), (60, 30)]))
    assert not enclosed(image.reshape(28, 28) > 0.5).any()


@pytest.mark.parametrize("place", [(0, 0), (0, 5), (6, 0), (6, 6)])
def test_a_closed_corner_is_enclosed_wherever_the_gap_is_not(place: tuple[int, int]) -> None:
    lines = np.zeros((7, 7), bool)
    lines[1:6, 1:6] = True
    lines[2:5, 2:5] = False
    inside = np.zeros((7, 7), bool)
    inside[2:5, 2:5] = True
    np.testing.assert_array_equal(enclosed(lines), inside)
    lines[1, 3] = lines[place] = False
    assert not enclosed(lines).any()


@pytest.mark.parametrize("size", [1e-6, 1.0, 1e6])
def test_size_and_place_of_a_drawing_do_not_matter(size: float) -> None:
    moved = [line * size + 3 * size for line in strokes_of(TROUSERS)]
    np.testing.assert_allclose(outlined(moved), outlined(strokes_of(TROUSERS)), atol=1e-4)


def test_all_strokes_are_one_garment_and_no_drawing_is_none() -> None:
    network = Network([Dense(10, "softmax")], 784, seed=0)
    reader = ClothesReader()
    far = strokes_of(TROUSERS, [(900, 5), (960, 5), (930, 90), (900, 5)])
    reading = reader.read(far, network)
    assert len(reading.digits) == 1 and reading.digits[0].is_digit and reading.stray == ()
    expected = network.predict(outlined(far)[np.newaxis])[0]
    np.testing.assert_allclose(reading.digits[0].probabilities, expected, rtol=1e-6)
    assert reader.read([], network).digits == ()
    dot = reader.read(strokes_of([(5, 5)]), network).digits[0]
    assert np.isfinite(dot.probabilities).all()
    with pytest.raises(ValueError, match="finite places"):
        reader.read([np.array([[0, np.nan]])], network)


def test_a_photo_fills_the_image_and_keeps_its_shape() -> None:
    network = Network([Dense(10, "softmax")], 784, seed=0)
    photo = np.full((300, 200), 240, np.uint8)
    photo[50:250, 60:140] = 60
    (found,) = ClothesReader().read_picture(photo, network).digits
    image = found.image.reshape(28, 28)
    assert np.flatnonzero(image.any(axis=1)).tolist() == list(range(28))
    columns = np.flatnonzero(image.any(axis=0))
    assert len(columns) == 11 and columns[0] in (8, 9)
    assert ClothesReader().read_picture(np.full((50, 50), 200, np.uint8), network).digits == ()


# The experiment.


def test_the_page_is_asked_for_the_files_of_the_data_set_that_is_wanted(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    files = desk.call("digits", "needs", FASHION).head["files"]
    digits = desk.call("digits", "needs", FASHION | {"dataset": "mnist"}).head["files"]
    assert files == [f"fashion/{name}" for name in digits] and files


def test_each_data_set_has_its_own_images_and_a_hand_learns_beside_digits_only(
    both: Path,
) -> None:
    desk = Desk(both)
    asked(desk, "digits", "open", **FASHION)
    clothes = asked(desk, "digits", "augmented").array("plain")
    mixed = desk.call("hand", "learn", {"mixed": True})
    assert mixed.head["error"]["code"] == "no_digits"
    asked(desk, "digits", "open", **FASHION | {"dataset": "mnist"})
    digits = asked(desk, "digits", "augmented").array("plain")
    np.testing.assert_allclose(clothes, 1.0 - digits, atol=1e-6)


def test_the_script_finds_the_page_s_files_and_gives_the_same_network(
    both: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(both)
    asked(desk, "digits", "open", **FASHION)
    asked(desk, "digits", "advance", milliseconds=60_000)
    script = asked(desk, "digits", "script").head["script"]
    fetched: list[tuple[str, Path]] = []

    def fetch(address: str, path: Path) -> None:
        """What the page's server would give."""
        fetched.append((address, path))
        part, what = path.name.split("-")[:2]
        name = f"{'t10k' if part == 'test' else 'train'}-{what.split('.')[0]}"
        kind = "idx1" if "labels" in what else "idx3"
        shutil.copy(both / f"fashion/{name}-{kind}-ubyte", path)

    monkeypatch.setattr("urllib.request.urlretrieve", fetch)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["script.py"])
    names: dict[str, Any] = {"__name__": "__main__"}
    exec(compile(script, "script.py", "exec"), names)
    assert {str(path.parent) for _, path in fetched} == {"fashion"}
    assert all(
        address == f"ADDRESS-OF-THE-PAGE/mnist/fashion/{path.name}" for address, path in fetched
    )
    saved = asked(desk, "digits", "save").blob
    assert Path("digits.npz").read_bytes() == saved


def test_a_drawing_is_answered_as_one_garment_once_clothes_are_learned(both: Path) -> None:
    desk = Desk(both)
    asked(desk, "digits", "open", **FASHION)
    asked(desk, "digits", "advance", milliseconds=60_000)
    nan = [(np.nan, np.nan)]
    places = np.array([*TROUSERS, *nan, (900, 5), (960, 90), *nan], "<f4")
    frame = asked(desk, "digits", "read", strokes=places.tobytes(), pen=1.0)
    (one,) = frame.head["digits"]
    drawn = outlined(strokes_of(TROUSERS, [(900, 5), (960, 90)]))
    np.testing.assert_allclose(frame.array("images").ravel(), drawn, atol=1e-5)
    assert one["is_digit"] and frame.head["text"] == one["name"]
    # The page's own reader sees two drawings there.
    assert len(asked(desk, "reading", "read", strokes=places.tobytes()).head["digits"]) == 2
