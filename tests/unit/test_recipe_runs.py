"""The runs: every published digit, shortened MNIST runs, plain data, and stopping at will."""

import io
import time
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pynn.recipes import RECIPES, bp_mnist, eleven_lines, perform, quadrants
from pynn.recipes.events import Compared, Event, File, Line, Picture, Point, Progress
from pynn.settings import check


def told(name: str, folder: Path | None = None, **given: Any) -> list[Event]:
    return list(perform(name, check(RECIPES[name].TABLE, given), folder))


def of(kind: type, events: Iterable[Event]) -> list[Any]:
    return [event for event in events if isinstance(event, kind)]


def test_eleven_lines_gives_all_eighteen_published_numbers() -> None:
    events = told("eleven_lines")
    results = of(Compared, events)
    wanted = [text for texts in eleven_lines.PUBLISHED.values() for text in texts]
    assert [result.published for result in results] == wanted and len(wanted) == 18
    assert [result.here for result in results] == wanted
    assert of(Line, events)[1].text == "Error:0.00899024507125"
    curve = of(Point, events)
    assert len(curve) == 60 and curve[0].y == pytest.approx(0.500628229093)
    assert of(Progress, events)[-1].done == pytest.approx(1.0, abs=1e-4)


def test_quadrants_places_its_points_after_10_000_updates_and_not_after_100() -> None:
    events = told("quadrants", seeds=2)
    results = {result.name: (result.published, result.here) for result in of(Compared, events)}
    assert results["after 100 updates"] == ("not all right", "3 1 4 2")
    assert results["after 10,000 updates"] == ("1 2 3 4", "1 2 3 4")
    assert results["of seeds 0 to 1, not all right"] == ("", "0")
    losses = [point.y for point in of(Point, events)]
    assert losses[-1] < 0.01 < losses[0]
    picture = of(Picture, events)[-1]
    assert picture.images.shape == (4, 60, 60) and picture.extent == (-3, 3, -3, 3)
    np.testing.assert_allclose(picture.images.sum(axis=0), 1.0)
    corners = picture.images.argmax(axis=0)[[0, 0, -1, -1], [-1, 0, 0, -1]]
    np.testing.assert_array_equal(corners, [0, 1, 2, 3])  # the top row is the upper half


@pytest.mark.parametrize(("seed", "misses"), [(12, 1), (13, 0)])
def test_quadrants_depends_on_the_seed(seed: int, misses: int) -> None:
    program = quadrants.start(seed=seed)
    program.update(10_000)
    answers = program.network.predict(quadrants.X_TEST).argmax(axis=1)
    assert np.count_nonzero(answers != np.arange(4)) == misses


def test_short_skyone_learns_with_both_losses(small_mnist: Path) -> None:
    events = told("skyone", small_mnist, images=3000)
    for result in of(Compared, events):
        assert 75.0 < float(result.here.rstrip("%")) < 100.0
    assert [(r.name, r.published) for r in of(Compared, events)] == [
        ("as published", "about 95 %"),
        ("single loss", ""),
    ]
    assert of(Picture, events)[0].images.shape == (100, 28, 28)


def test_skyone_goes_on_from_part_to_part_of_the_file(
    small_mnist: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = of(Compared, told("skyone", small_mnist, images=1000))
    monkeypatch.setattr("pynn.recipes.skyone.PART", 300)
    assert of(Compared, told("skyone", small_mnist, images=1000)) == whole


def test_skyone_of_two_epochs_goes_on_and_sees_every_image_twice(small_mnist: Path) -> None:
    events = told("skyone", small_mnist, images=1000, epochs=2)
    lines = [event.text for event in of(Line, events)]
    assert [line.partition(" images")[0] for line in lines[::2]] == ["1,000", "2,000"]
    once = of(Line, told("skyone", small_mnist, images=1000, epochs=1))
    assert lines[:2] == [event.text for event in once] and lines[:2] != lines[2:]
    done = [event.done for event in of(Progress, events)]
    assert done == sorted(done) and done[-1] == pytest.approx(1.0)


def test_short_nielsen_prints_right_of_total_after_each_epoch(small_mnist: Path) -> None:
    events = told("nielsen", small_mnist, images=5000, epochs=2, initial="lecun")
    lines = [line.text for line in of(Line, events)]
    assert [line.partition(":")[0] for line in lines] == ["Epoch 1", "Epoch 2"]
    assert all(line.endswith(" / 1000 lecun") for line in lines)
    assert [(p.curve, p.x) for p in of(Point, events)] == [("lecun", 1), ("lecun", 2)]
    assert of(Point, events)[-1].y > 0.85
    (result,) = of(Compared, events)
    assert (result.name, result.published) == ("784-30-10 lecun", "")


def test_nielsen_warns_of_100_neurons_and_lecun_learns_where_normal_is_stuck(
    small_mnist: Path,
) -> None:
    events = told("nielsen", small_mnist, images=5000, epochs=2, hidden="100", initial="both")
    assert "get stuck" in of(Line, events)[0].text
    last = {point.curve: point.y for point in of(Point, events)}
    assert last["lecun"] > 0.85 and last["lecun"] > last["normal"] + 0.1


def test_short_bp_mnist_saves_its_weights_and_tests_from_the_file(small_mnist: Path) -> None:
    events = told("bp_mnist", small_mnist, images=3000, epochs=2)
    (file,) = of(File, events)
    with np.load(io.BytesIO(file.content), allow_pickle=False) as arrays:
        shapes = {name: arrays[name].shape for name in arrays}
    assert shapes == {"w1": (784, 500), "b1": (500,), "w2": (500, 10), "b2": (10,)}
    measured = {point.curve: point.y for point in of(Point, events)}
    assert measured["accuracy from the file"] == measured["accuracy"] > 0.3
    (result,) = of(Compared, events)
    assert result.published == "96.48 %"
    assert result.here == f"{100 * measured['accuracy']:.2f} %"


def test_file_of_bp_mnist_starts_it_again(tmp_path: Path) -> None:
    X, Y = np.random.default_rng(0).random((6, 784)), np.eye(10)[:6]
    program = bp_mnist.start(X=X, Y=Y)
    program.update(4)
    bp_mnist.save(program, str(tmp_path / "weights.npz"))
    again = bp_mnist.start(bp_mnist.load(str(tmp_path / "weights.npz")), X=X, Y=Y)
    for name, array in program.weights.items():
        np.testing.assert_array_equal(array, again.weights[name])


@pytest.mark.parametrize("name", RECIPES)
def test_run_pauses_often_and_can_be_left(name: str, small_mnist: Path) -> None:
    run = perform(name, check(RECIPES[name].TABLE, RECIPES[name].SHORT), small_mnist)
    if "images" in RECIPES[name].SHORT:
        shorter = check(RECIPES[name].TABLE, {"images": 1000})
        run = perform(name, shorter, small_mnist)
    next(run)  # reads the data
    slices, events = [], []
    for _ in range(12):
        began = time.process_time()
        events.append(next(run))
        slices.append(time.process_time() - began)
    assert np.median(slices) < 0.1  # of the processor's time; natively it is about 0.01
    run.close()  # type: ignore[attr-defined]
    shares = [event.done for event in of(Progress, events)]
    assert shares == sorted(shares) and 0.0 < shares[0] < shares[-1] < 1.0


def test_events_are_plain_data(small_mnist: Path) -> None:
    plain = (str, int, float, bytes, tuple, dict, np.ndarray, type(None))
    for event in told("bp_mnist", small_mnist, images=300, epochs=1):
        for field in fields(event):
            value = getattr(event, field.name)
            assert isinstance(value, plain) and not isinstance(value, np.generic)


def test_missing_data_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"^mnist: expected train-labels"):
        told("skyone", tmp_path, images=1000)
