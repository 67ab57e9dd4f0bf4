"""PyTorch's column of docs/en/reference/differences.md, where PyTorch is installed."""

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pytest

from pynn import SGD, Adam, AdamW, Network, RMSprop
from pynn.activations import LeakyReLU
from pynn.gradual import OneCycle
from pynn.layers import Conv2D, Dense, Flatten
from pynn.losses import get_loss
from pynn.optimizer import Optimizer
from tests.unit.moved import moved

torch = pytest.importorskip("torch")
functional = torch.nn.functional


def theirs(
    kind: str, gradients: Iterable[float], rates: Sequence[float] = (), **words: Any
) -> float:
    """`moved` by an optimizer of PyTorch's."""
    w = torch.ones(1, dtype=torch.float64, requires_grad=True)
    optimizer = getattr(torch.optim, kind)([w], **words)
    for at, g in enumerate(gradients):
        if rates:
            optimizer.param_groups[0]["lr"] = rates[at]
        w.grad = torch.full((1,), g, dtype=torch.float64)
        optimizer.step()
    return float(w.detach()[0])


def some_optimizer(rate: float = 1.0, **words: Any) -> Any:
    return torch.optim.SGD([torch.ones(1, requires_grad=True)], lr=rate, **words)


# Optimizers -----------------------------------------------------------------------------------
def test_the_present_rate_multiplies_the_whole_velocity() -> None:
    words = {"lr": 0.5, "momentum": 0.5}
    # v = 1, then 1.5.
    assert theirs("SGD", [1, 1], [0.5, 0.125], **words) == 1 - 0.5 - 0.125 * 1.5
    found = theirs("SGD", [1, 1], [0.5, 0.125], nesterov=True, **words)
    assert found == 1 - 0.5 * 1.5 - 0.125 * (1 + 0.5 * 1.5)
    for nesterov in (False, True):  # one rate all along is the same in both
        here = moved(SGD(0.5, 0.5, nesterov), [1, -2, 3])
        assert here == theirs("SGD", [1, -2, 3], nesterov=nesterov, **words)


@pytest.mark.parametrize(
    ("optimizer", "words"),
    [
        (RMSprop(1.0, 0.75, epsilon=0.125), {"alpha": 0.75}),
        (Adam(1.0, epsilon=0.125), {}),
        (AdamW(1.0, 0.25, epsilon=0.125), {"weight_decay": 0.25}),
    ],
)
def test_epsilon_and_decay_are_the_same(optimizer: Optimizer, words: dict[str, float]) -> None:
    there = theirs(type(optimizer).__name__, [1, 2, -3], lr=1.0, eps=0.125, **words)
    assert moved(optimizer, [1, 2, -3]) == pytest.approx(there, rel=1e-14)


@pytest.mark.parametrize("optimizer", [SGD(0.25), Adam(0.25, epsilon=1e-8)])
def test_weight_decay_is_our_l2(optimizer: Optimizer) -> None:
    there = theirs(type(optimizer).__name__, [2], lr=0.25, weight_decay=0.5)
    assert moved(optimizer, [2 + 0.5]) == pytest.approx(there, rel=1e-14)


def test_usual_words() -> None:
    w = [torch.ones(1)]
    sgd, rmsprop, adam, adamw = (
        getattr(torch.optim, kind)(w).defaults for kind in ("SGD", "RMSprop", "Adam", "AdamW")
    )
    assert [one["lr"] for one in (sgd, rmsprop, adam, adamw)] == [0.001, 0.01, 0.001, 0.001]
    assert {one["eps"] for one in (rmsprop, adam, adamw)} == {1e-8}
    assert (rmsprop["alpha"], adamw["weight_decay"]) == (0.99, 0.01)
    norm = torch.nn.BatchNorm1d(1)
    assert (norm.momentum, norm.eps) == (0.1, 1e-5)
    assert torch.nn.LeakyReLU().negative_slope == LeakyReLU().slope == 0.01
    assert torch.nn.ELU().alpha == 1.0 and torch.nn.GELU().approximate == "none"


def test_clipped_gradients_are_a_little_shorter() -> None:
    w = torch.zeros(2, dtype=torch.float64, requires_grad=True)
    w.grad = torch.tensor([3.0, 4.0], dtype=torch.float64)
    torch.nn.utils.clip_grad_norm_([w], 2.5)
    assert float(w.grad[0]) == pytest.approx(3 * 2.5 / (5 + 1e-6), rel=1e-12)


# Schedules ------------------------------------------------------------------------------------
def test_one_cycle_has_the_same_rates_and_moves_the_momentum_too() -> None:
    optimizer = some_optimizer(momentum=0.9)
    there = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=0.5, total_steps=50)
    here, momenta = OneCycle(0.5, updates=50), []
    for update in range(50):
        assert here(update) == pytest.approx(optimizer.param_groups[0]["lr"], rel=1e-12)
        momenta.append(optimizer.param_groups[0]["momentum"])
        optimizer.step()
        if update < 49:
            there.step()
    assert (min(momenta), max(momenta)) == pytest.approx((0.85, 0.95))


def test_cosine_rises_again_behind_its_end() -> None:
    optimizer = some_optimizer()
    there = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=10)
    for _ in range(15):
        optimizer.step()
        there.step()
    assert optimizer.param_groups[0]["lr"] == pytest.approx(0.5)


def test_plateau_takes_an_epoch_more_and_its_threshold_is_a_share() -> None:
    def rates(losses: Iterable[float], **words: Any) -> list[float]:
        optimizer, found = some_optimizer(), []
        kind = torch.optim.lr_scheduler.ReduceLROnPlateau
        schedule = kind(optimizer, factor=0.5, patience=2, **words)
        for loss in losses:
            schedule.step(loss)
            found.append(optimizer.param_groups[0]["lr"])
        return found

    assert rates([8, 8, 8, 8, 8]) == [1, 1, 1, 0.5, 0.5]
    # From 8 to 7 is a difference of 1, and less than a half of 8.
    assert rates([8, 7, 7, 7], threshold=0.5) == [1, 1, 1, 0.5]
    assert rates([8, 7, 7, 7], threshold=0.5, threshold_mode="abs") == [1, 1, 1, 1]
    usual = torch.optim.lr_scheduler.ReduceLROnPlateau(some_optimizer())
    assert (usual.threshold, usual.threshold_mode, usual.patience) == (1e-4, "rel", 10)


# Layers ---------------------------------------------------------------------------------------
def test_batch_norm_remembers_the_unbiased_variance_and_refuses_one_row() -> None:
    there = torch.nn.BatchNorm1d(1, momentum=0.25, dtype=torch.float64)
    x = torch.tensor([[1.0], [3.0]], dtype=torch.float64)
    there(x)
    assert (float(there.running_mean), float(there.running_var)) == (0.5, 1.25)
    with pytest.raises(ValueError, match="more than 1 value"):
        there(x[:1])


def test_dropout_makes_the_rest_larger() -> None:
    assert set(torch.nn.Dropout(0.75)(torch.ones(1000)).tolist()) == {0.0, 4.0}


@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel lengths:UserWarning")
def test_same_padding_is_the_same_but_has_no_stride() -> None:
    layer = Conv2D(1, 2, padding="same", weights="ones")
    Network([layer, Flatten(), Dense(1)], (4, 4, 1), dtype="float64")
    there = torch.nn.Conv2d(1, 1, 2, padding="same", bias=False, dtype=torch.float64)
    torch.nn.init.ones_(there.weight)
    x = torch.arange(16.0, dtype=torch.float64).reshape(1, 1, 4, 4)
    here = layer.linear(x.numpy().reshape(1, 4, 4, 1))
    assert here.ravel().tolist() == there(x).detach().ravel().tolist()
    with pytest.raises(ValueError, match="strided"):
        torch.nn.Conv2d(1, 1, 2, padding="same", stride=2)


def test_linear_has_its_outputs_in_front_and_a_bias_that_begins_at_random() -> None:
    there = torch.nn.Linear(10, 20)
    assert there.weight.shape == (20, 10)
    assert 0 < there.bias.abs().max() <= 1 / math.sqrt(10)
    assert 0.8 / math.sqrt(10) < there.weight.abs().max() <= 1 / math.sqrt(10)
    assert torch.nn.Conv2d(2, 5, 3).weight.shape == (5, 2, 3, 3)


def test_kaiming_normal_is_whole_and_trunc_normal_is_not_made_larger() -> None:
    drawn = torch.nn.init.kaiming_normal_(torch.empty(200, 200))
    assert float(drawn.abs().max()) > 3 * math.sqrt(2 / 200)
    cut = torch.nn.init.trunc_normal_(torch.empty(100_000))
    assert float(cut.std()) == pytest.approx(0.8796, rel=0.02) and float(cut.abs().max()) <= 2
    # The ends are numbers, not deviations.
    wide = torch.nn.init.trunc_normal_(torch.empty(100_000), std=0.1)
    assert float(wide.abs().max()) > 0.3


# Losses ---------------------------------------------------------------------------------------
Z = np.array([[1.0, -2.0], [0.5, 3.0]])
T = np.array([[1.0, 0.0], [0.0, 1.0]])


def here(name: str, activation: str) -> float:
    network = Network([Dense(2, activation)], 2, dtype="float64")
    return get_loss(name).value(Z, T, network.last.activation)


def test_losses_are_means_over_all_numbers_but_cross_entropy() -> None:
    z, t = torch.from_numpy(Z), torch.from_numpy(T)
    assert float(functional.mse_loss(z, t)) == here("squared_error", "linear")  # 2 outputs, half
    binary = float(functional.binary_cross_entropy_with_logits(z, t))
    assert 2 * binary == pytest.approx(here("binary_cross_entropy", "sigmoid"))
    assert float(functional.binary_cross_entropy(torch.sigmoid(z), t)) == pytest.approx(binary)
    whole = here("cross_entropy", "softmax")
    assert float(functional.cross_entropy(z, t)) == pytest.approx(whole)
    # It takes logits: probabilities would go through a softmax once more.
    assert float(functional.cross_entropy(torch.softmax(z, 1), t)) > 1.2 * whole


def test_class_weights_divide_by_their_sum_and_other_weights_do_not() -> None:
    z, weights = torch.from_numpy(Z), torch.tensor([3.0, 1.0], dtype=torch.float64)
    each = np.log(np.exp(Z).sum(1)) - (T * Z).sum(1)
    found = float(functional.cross_entropy(z, torch.tensor([0, 1]), weights))
    assert found == pytest.approx(each @ [3, 1] / (3 + 1))
    single = torch.sigmoid(z[:, :1]), torch.from_numpy(T[:, :1])
    each = np.log1p(np.exp(Z[:, 0])) - T[:, 0] * Z[:, 0]
    found = float(functional.binary_cross_entropy(*single, weights[:, None]))
    assert found == pytest.approx(each @ [3, 1] / 2)
