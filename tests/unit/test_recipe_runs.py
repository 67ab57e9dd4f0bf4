"""The programs' runs: every published digit, shortened MNIST runs, and results in slices."""

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pynn import show
from pynn.recipes import RECIPES, bp_mnist, perform, quadrants
from pynn.recipes.programs import program
from pynn.settings import check
from pynn.show.items import Compared, Plane
from pynn.show.record import Record, Taken
from pynn.show.stage import Stage


class Told(Record):
    """A record, and the share of the loop whenever it was told."""

    def __init__(self) -> None:
        super().__init__()
        self.shares: list[float] = []

    def progress(self, share: float) -> None:
        super().progress(share)
        self.shares.append(share)


def told(name: str, folder: Path | None = None, **given: Any) -> tuple[Told, Taken]:
    with show.to(record := Told()):
        perform(name, given, folder)
    assert isinstance(record, Told)
    return record, record.take()


def results(record: Record) -> dict[str, Compared]:
    return {one.name: one for one in record.compared}


def test_eleven_lines_gives_all_eighteen_published_numbers() -> None:
    record, taken = told("eleven_lines")
    wanted = [text for texts in program("eleven_lines").published.values() for text in texts]
    assert [one.published for one in record.compared] == wanted and len(wanted) == 18
    assert [one.here for one in record.compared] == wanted
    assert [one.at for one in record.compared if one.name == "mean error"][2] == {"updates": 20_000}
    assert taken.lines[1] == "Error:0.00899024507125"
    assert len(taken.points) == 61 and taken.points[0].y == pytest.approx(0.500628229093)
    assert record.shares[-1] == 1.0


def test_quadrants_places_its_points_after_10_000_updates_and_not_after_100() -> None:
    record, taken = told("quadrants", seeds=2)
    assert [(one.published, one.here, one.at) for one in record.compared] == [
        ("not all right", "3 1 4 2", {"updates": 100}),
        ("1 2 3 4", "1 2 3 4", {"updates": 10_000}),
        ("", "0", {"seeds": 2}),
    ]
    assert taken.points[-1].y < 0.01 < taken.points[0].y
    assert isinstance(taken.plane, Plane)
    chances = taken.plane.chances()
    assert chances.shape == (4, 60, 60) and taken.plane.extent == (-3, 3, -3, 3)
    np.testing.assert_allclose(chances.sum(axis=0), 1.0)
    corners = chances.argmax(axis=0)[[0, 0, -1, -1], [-1, 0, 0, -1]]
    np.testing.assert_array_equal(corners, [0, 1, 2, 3])  # the top row is the upper half


@pytest.mark.parametrize(("seed", "misses"), [(12, 1), (13, 0)])
def test_quadrants_depends_on_the_seed(seed: int, misses: int) -> None:
    started = quadrants.start(seed=seed)
    started.update(10_000)
    answers = started.network.predict(quadrants.X_TEST).argmax(axis=1)
    assert np.count_nonzero(answers != np.arange(4)) == misses


def test_short_skyone_learns_with_both_losses(small_mnist: Path) -> None:
    record, taken = told("skyone", small_mnist, images=3000)
    assert [(one.name, one.published) for one in record.compared] == [
        ("as published", "about 95 %"),
        ("single loss", ""),
    ]
    for one in record.compared:
        assert 75.0 < float(one.here.rstrip("%")) < 100.0
    assert taken.images["weights"].images.shape == (100, 28, 28)


def test_skyone_of_two_epochs_goes_on_and_sees_every_image_twice(small_mnist: Path) -> None:
    record, taken = told("skyone", small_mnist, images=1000, epochs=2)
    assert [line.partition(" images")[0] for line in taken.lines[::2]] == ["1,000", "2,000"]
    once = told("skyone", small_mnist, images=1000, epochs=1)[1].lines
    assert taken.lines[:2] == once and taken.lines[:2] != taken.lines[2:]
    # One loop within another: all of it goes from 0 to 1, and never back.
    assert record.shares == sorted(record.shares)
    assert (record.shares[0], record.shares[-1]) == (0.0, 1.0) and len(set(record.shares)) > 30


def test_short_nielsen_prints_right_of_total_after_each_epoch(small_mnist: Path) -> None:
    record, taken = told("nielsen", small_mnist, images=5000, epochs=2, initial="lecun")
    assert [line.partition(":")[0] for line in taken.lines] == ["Epoch 1", "Epoch 2"]
    assert all(line.endswith(" / 1000 lecun") for line in taken.lines)
    assert [(point.curve, point.x) for point in taken.points] == [("lecun", 1), ("lecun", 2)]
    assert taken.points[-1].y > 0.85
    (one,) = record.compared
    assert (one.name, one.published, one.at) == ("lecun", "", {"sizes": "784-30-10"})


def test_nielsen_warns_of_100_neurons_and_lecun_learns_where_normal_is_stuck(
    small_mnist: Path,
) -> None:
    _, taken = told("nielsen", small_mnist, images=5000, epochs=2, hidden="100", initial="both")
    assert "get stuck" in taken.lines[0]
    last = {point.curve: point.y for point in taken.points}
    assert last["lecun"] > 0.85 and last["lecun"] > last["normal"] + 0.1


def test_short_bp_mnist_saves_its_weights_and_tests_from_the_file(small_mnist: Path) -> None:
    record, taken = told("bp_mnist", small_mnist, images=3000, epochs=2)
    content = record.files["bp_mnist.npz"].content
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        shapes = {name: arrays[name].shape for name in arrays}
    assert shapes == {"w1": (784, 500), "b1": (500,), "w2": (500, 10), "b2": (10,)}
    measured = {point.curve: point.y for point in taken.points}
    assert measured["accuracy from the file"] == measured["accuracy"] > 0.3
    (one,) = record.compared
    assert (one.published, one.here) == ("96.48 %", f"{100 * measured['accuracy']:.2f} %")


def test_file_of_bp_mnist_starts_it_again(tmp_path: Path) -> None:
    X, Y = np.random.default_rng(0).random((6, 784)), np.eye(10)[:6]
    started = bp_mnist.start(X=X, Y=Y)
    started.update(4)
    bp_mnist.save(started, str(tmp_path / "weights.npz"))
    again = bp_mnist.start(bp_mnist.load(str(tmp_path / "weights.npz")), X=X, Y=Y)
    for name, array in started.weights.items():
        np.testing.assert_array_equal(array, again.weights[name])


@pytest.mark.parametrize("name", RECIPES)
def test_run_in_slices_pauses_often_and_can_be_left(name: str, small_mnist: Path) -> None:
    script, record = program(name), Told()
    given = {"images": 1000} if "images" in script.short else {}
    settings = check(script.table, script.short | given)
    slices = script.slices(Stage(record, {**settings, "data": str(small_mnist)}))
    for _ in range(12):
        next(slices)
    assert 0.0 < record.share < 1.0
    slices.close()  # type: ignore[attr-defined]
    assert list(slices) == []


def test_missing_data_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"^mnist: expected train-labels"):
        told("skyone", tmp_path, images=1000)
