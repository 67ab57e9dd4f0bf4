"""The network changed by hand: weights set and held, units switched off, and all of it repeated."""

from typing import Any

import numpy as np
import pytest
from edited_runs import edited_run, fingerprint, run_script
from live_runs import asked, run_of, steps, weights

from pynn.live import Desk

MOONS = {"dataset": "moons", "network_shape": "4,3"}


@pytest.fixture
def desk() -> Desk:
    return Desk()


def put(desk: Desk, changes: str) -> dict[str, Any]:
    return asked(desk, "planar", "put", changes=changes).head


def test_a_weight_and_a_bias_are_set_and_the_losses_follow(desk: Desk) -> None:
    before = asked(desk, "planar", "open", **MOONS)
    frame = asked(desk, "planar", "put", changes="w2.1.2_-2.5*b1.3_0.75")
    assert frame.array("weights/1")[1, 2] == -2.5 and frame.array("biases/0")[3] == 0.75
    same = before.array("weights/1").copy()
    same[1, 2] = -2.5
    np.testing.assert_array_equal(frame.array("weights/1"), same)
    assert frame.head["train_loss"] != before.head["train_loss"]
    assert frame.head["goes_on"] and frame.head["link"]["edits"] == "0_w2.1.2_-2.5*0_b1.3_0.75"


def test_xor_is_solved_by_hand_with_two_lines(desk: Desk) -> None:
    asked(desk, "planar", "open", network_shape="2")
    # Above the lower line, and above the upper one; what lies between is class 1.
    lines = "w1.0.0_10*w1.1.0_10*b1.0_-5*w1.0.1_10*w1.1.1_10*b1.1_-15"
    head = put(desk, f"{lines}*w2.0.0_5*w2.1.0_-5*b2.0_-5")
    assert head["accuracy"] == 1.0 and head["train_loss"] < 0.02


def test_what_is_held_stays_while_the_others_learn_until_it_is_free(desk: Desk) -> None:
    asked(desk, "planar", "open", **MOONS)
    steps(desk, "planar", 20)
    head = put(desk, "w1.0.2_1.5*hold.w1.0.2_1*hold.b2.0_1")
    assert head["held"] == ["b2.0", "w1.0.2"]
    steps(desk, "planar", 20)
    parameters = run_of(desk, "planar").network.parameters
    bias = float(parameters["dense_2.bias"][0])
    steps(desk, "planar", 20)
    assert parameters["dense_1.weights"][0, 2] == 1.5
    assert float(parameters["dense_2.bias"][0]) == bias
    assert put(desk, "hold.w1.0.2_0")["held"] == ["b2.0"]
    steps(desk, "planar", 1)
    assert parameters["dense_1.weights"][0, 2] != 1.5
    assert float(parameters["dense_2.bias"][0]) == bias


def test_a_unit_switched_off_says_nothing_and_speaks_as_before_when_it_is_on(desk: Desk) -> None:
    asked(desk, "planar", "open", **MOONS)
    steps(desk, "planar", 100)
    run = run_of(desk, "planar")
    leading_on = run.network.parameters["dense_2.weights"]
    row = leading_on[1].copy()
    head = put(desk, "off1.1_1")
    assert head["off"] == ["1.1"] and not leading_on[1].any()
    steps(desk, "planar", 30)
    assert not leading_on[1].any()
    assert put(desk, "off1.1_0")["off"] == []
    np.testing.assert_array_equal(leading_on[1], row)
    steps(desk, "planar", 1)
    assert not np.array_equal(leading_on[1], row)


def test_what_leads_on_from_a_silent_unit_is_set_and_held_when_it_speaks_again(desk: Desk) -> None:
    asked(desk, "planar", "open", **MOONS)
    put(desk, "off1.1_1")
    put(desk, "w2.1.2_4*hold.w2.1.2_1")
    leading_on = run_of(desk, "planar").network.parameters["dense_2.weights"]
    steps(desk, "planar", 3)
    assert not leading_on[1].any()
    put(desk, "off1.1_0")
    steps(desk, "planar", 3)
    assert leading_on[1, 2] == 4.0 and leading_on[1, 1] != 4.0


@pytest.mark.parametrize(
    "changes",
    [
        "w0.0.0_1", "w3.3.0_1", "w1.2.0_1", "w4.0.0_1", "b3.1_1", "off3.0_1", "off1.4_1",
        "off0.0_1", "w1.0.0_nan", "w1.0.0_inf", "w1.0.0_1e7", "w1.0.0_", "w1.0.0", "x_1", "_",
        "hold.w1.0.0_2",
        "off1.0_yes", "learning-rate_1", "dataset_xor", "w1.0.0_1*b9.0_1", "w1.0.0_1**b1.0_1",
    ],
)  # fmt: skip
def test_what_the_network_has_not_or_cannot_be_is_refused_and_nothing_is_changed(
    desk: Desk, changes: str
) -> None:
    asked(desk, "planar", "open", **MOONS)
    before = weights(desk, "planar")
    error = desk.call("planar", "put", {"changes": changes}).head["error"]
    assert (error["code"], error["values"]["name"]) == ("edits", "edits")
    assert weights(desk, "planar") == before
    assert asked(desk, "planar", "advance", milliseconds=0).head["held"] == []


def test_a_diverged_run_is_not_changed_by_hand(desk: Desk) -> None:
    asked(desk, "planar", "open", **MOONS)
    assert put(desk, "w2.0.0_1e6")["status"] == "ready"
    run_of(desk, "planar").status = "diverged"
    assert desk.call("planar", "put", {"changes": "b1.0_1"}).head["error"]["code"] == "diverged"


def test_data_that_become_noisier_move_and_the_training_goes_on(desk: Desk) -> None:
    opened = asked(desk, "planar", "open", **MOONS, noise=0.1)
    told = [asked(desk, "planar", "advance", milliseconds=0).head for _ in range(40)]
    before = weights(desk, "planar")
    frame = asked(desk, "planar", "edit", **MOONS, noise=0.3)
    assert frame.head["goes_on"] and weights(desk, "planar") == before
    other = asked(Desk(), "planar", "open", **MOONS, noise=0.3)
    for name in ("train_x", "train_y", "test_x", "test_y"):
        np.testing.assert_array_equal(frame.array(name), other.array(name))
    past = asked(desk, "planar", "look", step=20, exact=True)
    np.testing.assert_array_equal(past.array("train_x"), opened.array("train_x"))
    for name in ("train_loss", "test_loss", "train_accuracy", "accuracy", "measured"):
        assert past.head[name] == told[19][name]
    assert past.head["settings"]["noise"] == 0.1
    now = asked(desk, "planar", "advance", milliseconds=0)
    np.testing.assert_array_equal(now.array("train_x"), other.array("train_x"))
    assert "train_x" not in [name for name, _, _ in asked(
        desk, "planar", "advance", milliseconds=0).head["arrays"]]  # fmt: skip


def test_the_link_of_a_changed_run_gives_the_same_run(desk: Desk) -> None:
    asked(desk, "planar", "open", **MOONS)
    steps(desk, "planar", 30)
    put(desk, "w1.0.1_0.123456789*hold.b1.0_1*off1.2_1")
    steps(desk, "planar", 25)
    changed = {**MOONS, "learning_rate": 0.3, "l2": 0.01, "batch_size": 7}
    asked(desk, "planar", "edit", **changed)
    steps(desk, "planar", 45)
    link = asked(desk, "planar", "edit", **changed, stop_at=900).head["link"]
    assert (link["learning_rate"], link["stop_at"]) == (0.3, 900)
    assert link["edits"].startswith("0_batch-size_16*0_l2_0.0*0_learning-rate_0.03*30_w1.0.1_")
    again = Desk()
    assert asked(again, "planar", "open", **link).head["settings"]["learning_rate"] == 0.03
    told = [asked(again, "planar", "advance", milliseconds=0).head for _ in range(100)]
    assert weights(again, "planar") == weights(desk, "planar")
    assert told[54]["settings"]["batch_size"] == 7 and "settings" not in told[55]
    assert (told[-1]["held"], told[-1]["off"]) == (["b1.0"], ["1.2"])


def test_before_the_first_mini_batch_a_setting_is_one_to_begin_with(desk: Desk) -> None:
    asked(desk, "planar", "open", **MOONS)
    changed = {**MOONS, "learning_rate": 0.2, "l1": 0.01, "batch_size": 9}
    link = asked(desk, "planar", "edit", **changed).head["link"]
    assert (link["learning_rate"], link["batch_size"], link["edits"]) == (0.2, 9, "")


def test_other_noise_before_the_first_mini_batch_begins_anew_with_its_own_first_loss(
    desk: Desk,
) -> None:
    asked(desk, "planar", "open", **MOONS, edits="9_l2_0.1")
    put(desk, "b1.0_0.5")
    frame = asked(desk, "planar", "edit", **MOONS, noise=0.3, l1=0.001)
    assert "goes_on" not in frame.head
    link = frame.head["link"]
    assert (link["noise"], link["edits"]) == (0.3, "0_b1.0_0.5")
    other = asked(Desk(), "planar", "open", **link)
    assert other.array("history")[0, 1] == frame.array("history")[0, 1]
    assert other.head["train_loss"] == frame.head["train_loss"]


def test_what_an_address_says_of_later_steps_is_forgotten_when_somebody_changes_something(
    desk: Desk,
) -> None:
    asked(desk, "planar", "open", **MOONS, edits="50_learning-rate_0.3")
    steps(desk, "planar", 10)
    assert put(desk, "b1.0_1")["link"]["edits"] == "10_b1.0_1.0"
    steps(desk, "planar", 45)
    assert run_of(desk, "planar").settings["learning_rate"] == 0.03


@pytest.mark.parametrize(
    "edits",
    [
        "x",
        "1_2",
        "-1_l2_0.1",
        "1.5_l2_0.1",
        "3_l2_2",
        "3_seed_4",
        "3_w9.0.0_1",
        "1_l2_0.1**",
        "²_l2_0",
    ],
)
def test_edits_of_an_address_that_cannot_be_made_are_refused(desk: Desk, edits: str) -> None:
    error = desk.call("planar", "open", {**MOONS, "edits": edits}).head["error"]
    assert error["type"] == "SettingsError" and error["values"]["name"] in ("edits", "l2")


def test_it_stops_at_an_epoch_or_below_a_loss_and_goes_on_when_it_is_asked_again(
    desk: Desk,
) -> None:
    asked(desk, "planar", "open", **MOONS, stop_at=7)
    head = asked(desk, "planar", "advance", milliseconds=60_000, epochs=20).head
    assert (head["epoch"], head["status"]) == (7, "finished")
    head = asked(desk, "planar", "advance", milliseconds=60_000, epochs=20).head
    assert (head["epoch"], head["status"]) == (27, "running")
    asked(desk, "planar", "edit", **MOONS, stop_at=head["train_loss"] / 2)
    head = asked(desk, "planar", "advance", milliseconds=60_000, epochs=10_000).head
    assert head["status"] == "finished" and head["train_loss"] <= run_of(
        desk, "planar").settings["stop_at"]  # fmt: skip
    losses = run_of(desk, "planar").history.whole()[:-1, 1]  # type: ignore[attr-defined]
    assert losses.min() > head["train_loss"]
    assert asked(desk, "planar", "advance", milliseconds=0).head["status"] == "running"


@pytest.mark.parametrize("stop_at", [3, 0.3])
def test_it_stops_there_also_where_epochs_are_asked_for_one_by_one(
    desk: Desk, stop_at: float
) -> None:
    asked(desk, "planar", "open", **MOONS, stop_at=stop_at)
    for _ in range(200):
        head = asked(desk, "planar", "advance", milliseconds=60_000, epochs=1).head
        if head["status"] == "finished":
            break
    assert head["epoch"] == 3 if stop_at == 3 else head["train_loss"] <= 0.3


@pytest.mark.parametrize("seed", range(40))
def test_random_runs_are_repeated_bit_by_bit_by_their_script_and_by_their_link(seed: int) -> None:
    run = edited_run(seed, 400)
    assert run["weights"] == run_script(run["script"])
    again = Desk()
    asked(again, "planar", "open", **run["link"])
    if run["steps"]:
        asked(again, "planar", "advance", milliseconds=60_000, steps=run["steps"])
    assert run["weights"] == fingerprint(run_of(again, "planar").network)


def test_a_run_that_was_kept_goes_on_with_all_that_was_changed(desk: Desk) -> None:
    settings = {**MOONS, "l2": 0.01}
    asked(desk, "planar", "open", **MOONS)
    steps(desk, "planar", 20)
    put(desk, "off1.1_1*hold.w1.0.2_1*w2.0.1_3")
    asked(desk, "planar", "edit", **settings)
    steps(desk, "planar", 7)
    blob, again = asked(desk, "planar", "keep").blob, Desk()
    asked(again, "planar", "resume", run=blob, settings=settings)
    for one in (desk, again):
        steps(one, "planar", 20)
        put(one, "off1.1_0")
        steps(one, "planar", 20)
    assert weights(again, "planar") == weights(desk, "planar")
    told = [asked(one, "planar", "script").head["script"] for one in (desk, again)]
    assert told[0] == told[1] and "off.pop((0, 1))" in told[0]
