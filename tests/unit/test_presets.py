"""The playground's presets: Python takes their settings, and they show what they say."""

import json
from typing import Any

import numpy as np
import pytest
from paths import ROOT
from preset_pictures import SIDE, picture

from pynn.live import Desk

FOLDER = ROOT / "web/page"
PRESETS = json.loads((FOLDER / "views/playground/presets.json").read_text("utf-8"))
BY_NAME = {preset["name"]: preset for preset in PRESETS}


def trained(name: str, **others: Any) -> tuple[Desk, dict[str, Any]]:
    desk = Desk()
    head = desk.call("planar", "open", BY_NAME[name]["settings"] | others).head
    while head["epoch"] < BY_NAME[name]["epochs"] and head["status"] != "diverged":
        head = desk.call("planar", "advance", {"milliseconds": 60_000, "epochs": 10}).head
    return desk, head


def told(desk: Desk) -> str | None:
    diagnosis = desk.call("planar", "diagnose", {}).head["diagnosis"]
    return diagnosis and diagnosis["code"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_preset_has_words(language: str) -> None:
    texts = json.loads((FOLDER / f"locales/{language}/playground.json").read_text("utf-8"))
    assert set(texts["presets"]) == {"title", *BY_NAME}


@pytest.mark.parametrize("name", ["lines", "depth"])
def test_a_picture_is_the_map_of_what_was_trained(name: str) -> None:
    settings = BY_NAME[name]["settings"]
    desk = Desk()
    desk.call("planar", "open", settings)
    frame = desk.call("planar", "advance", {"milliseconds": 60_000, "epochs": 5})
    wanted = frame.array("map").reshape(SIDE, 3, SIDE, 3).mean(axis=(1, 3)) * 20
    np.testing.assert_allclose(picture(settings, 5)["map"], wanted.ravel(), atol=0.51)


@pytest.mark.parametrize(
    ("name", "code"),
    [("lines", "linear"), ("dead", "dead"), ("tooFast", "saturated"), ("byHeart", "overfitting")],
)
def test_what_holds_it_up_is_what_it_was_made_for(name: str, code: str) -> None:
    assert told(trained(name)[0]) == code


@pytest.mark.parametrize("name", ["two", "depth", "quadrants", "single", "momentum"])
def test_it_is_learned(name: str) -> None:
    assert trained(name)[1]["accuracy"] > 0.75


def test_a_penalty_keeps_both_losses_together() -> None:
    with_penalty, without = trained("penalty")[1], trained("byHeart")[1]
    assert with_penalty["test_loss"] < 0.75 * without["test_loss"]
    assert with_penalty["train_loss"] > without["train_loss"]


def test_what_the_words_promise_holds() -> None:
    # A hundredth of too high a rate learns; tanh passes where sigmoid fades; SGD is behind.
    assert trained("tooFast", learning_rate=0.1)[1]["accuracy"] == 1
    assert (
        trained("vanishing")[1]["accuracy"]
        < 0.7
        < trained("vanishing", activation="tanh")[1]["accuracy"]
    )
    assert (
        trained("momentum", optimizer="sgd")[1]["train_loss"] > trained("momentum")[1]["train_loss"]
    )
