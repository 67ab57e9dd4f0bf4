"""A guess of the boundary: read from an address, and how near the network's comes to it."""

import numpy as np
import pytest
from live_runs import asked

from pynn.live import Desk
from pynn.live.guess import distance, read_guess
from pynn.settings import SettingsError

# Left half below 0, right half above.
HALVES = np.where(np.arange(60) < 30, -1.0, 1.0)[np.newaxis].repeat(60, axis=0)


def test_a_guess_on_the_boundary_is_near_and_one_beside_it_is_as_far_as_it_is() -> None:
    near = distance(read_guess("500-0_500-1000"), HALVES)
    assert near is not None and near < 0.01
    beside = distance(read_guess("700-0_700-1000"), HALVES)
    assert beside == pytest.approx(0.2, abs=0.01)


def test_a_guess_of_half_the_boundary_is_further_than_one_of_all_of_it() -> None:
    half = distance(read_guess("500-0_500-500"), HALVES)
    whole = distance(read_guess("500-0_500-500*500-500_500-1000"), HALVES)
    assert half is not None and whole is not None and half > whole + 0.05


def test_up_is_up() -> None:
    upper = np.where(np.arange(60) < 15, 1.0, -1.0)[:, np.newaxis].repeat(60, axis=1)
    near = distance(read_guess("0-750_1000-750"), upper)
    assert near is not None and near < 0.01


def test_classes_have_boundaries_too_and_one_colour_has_none() -> None:
    classes = np.stack([HALVES, -HALVES, np.full((60, 60), -2.0)])
    near = distance(read_guess("500-0_500-1000"), classes)
    assert near is not None and near < 0.01
    assert distance(read_guess("500-0_500-1000"), np.ones((60, 60))) is None
    assert distance([], HALVES) is None


def test_a_single_point_is_a_guess() -> None:
    assert distance(read_guess("500-500"), HALVES) is not None


@pytest.mark.parametrize(
    "text",
    ["x", "1", "1-", "1001-0", "-1-2", "1-2_", "*", "1-2__3-4", "1.5-2", "١-٢", "1-2_" * 500],
)
def test_what_is_no_guess_is_refused(text: str) -> None:
    with pytest.raises(SettingsError) as refusal:
        read_guess(text)
    assert refusal.value.values["name"] == "guess"


def test_a_run_tells_how_near_it_comes_and_learns_the_same() -> None:
    desk, plain = Desk(), Desk()
    asked(desk, "planar", "open", dataset="gauss", guess="0-1000_1000-0")
    asked(plain, "planar", "open", dataset="gauss")
    frames = [
        asked(one, "planar", "advance", milliseconds=60_000, epochs=40) for one in (desk, plain)
    ]
    assert frames[0].head["guess_distance"] < 0.08
    assert "guess_distance" not in frames[1].head
    assert frames[0].head["train_loss"] == frames[1].head["train_loss"]
    went_on = asked(desk, "planar", "edit", dataset="gauss", guess="")
    assert went_on.head["goes_on"] and "guess_distance" not in went_on.head
    assert desk.call("planar", "edit", {"guess": "?"}).head["error"]["code"] == "guess"
