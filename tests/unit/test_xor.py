"""The first thing a person sees: XOR at the page's default settings is learned."""

import pytest

from pynn.live import Desk

EPOCHS = 3000  # each takes one step of four points; most seeds need a few hundred


def epochs_until_right(seed: int) -> int | None:
    desk = Desk()
    assert desk.call("planar", "open", {"seed": seed}).head["settings"]["dataset"] == "xor"
    for _ in range(EPOCHS // 50):
        head = desk.call("planar", "advance", {"milliseconds": 60_000, "epochs": 50}).head
        if head["accuracy"] == 1.0 and head["train_loss"] < 0.3:
            return int(head["epoch"])
    return None


def test_xor_is_learned_from_at_least_19_of_20_seeds() -> None:
    found = [epochs_until_right(seed) for seed in range(20)]
    assert sum(epochs is not None for epochs in found) >= 19, found


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_xor_stays_learned(seed: int) -> None:
    desk = Desk()
    desk.call("planar", "open", {"seed": seed})
    head = desk.call("planar", "advance", {"milliseconds": 60_000, "epochs": 1000}).head
    assert head["accuracy"] == 1.0 and head["train_loss"] < 0.05
    outputs = desk._open["planar"].network.predict([[0, 0], [0, 1], [1, 0], [1, 1]])
    assert (outputs[:, 0] > 0.5).tolist() == [False, True, True, False]
