"""Dropout and batch normalisation: what they do, in plain words and beside PyTorch."""

from typing import Any

import numpy as np
import pytest

from pynn import BatchNorm, Dense, Dropout, Layer, Network, train
from pynn.optimizers import OPTIMIZERS
from pynn.state import State


def built(layer: Any, inputs: tuple[int, ...], dtype: str = "float64") -> Any:
    layer.build(inputs, np.random.default_rng(1), dtype)
    return layer


def mask_of(layer: Dropout, noise: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """The same numbers as `layer` will draw."""
    return (noise.random(shape) >= layer.config["rate"]) / (1.0 - layer.config["rate"])


def test_dropout_leaves_out_its_share_and_keeps_the_mean(rng: np.random.Generator) -> None:
    layer = built(Dropout(0.3), (50, 50, 4))
    x = np.full((10, 50, 50, 4), 7.0)
    a = layer.forward_training(x, rng)
    assert set(np.unique(a)) == {0.0, 7.0 * (1.0 / 0.7)}
    assert np.mean(a == 0.0) == pytest.approx(0.3, abs=0.01)
    assert a.mean() == pytest.approx(7.0, rel=0.01)
    np.testing.assert_array_equal(layer.forward(x), x)


def test_dropout_draws_other_numbers_each_time(rng: np.random.Generator) -> None:
    layer, x = built(Dropout(0.5), (30,)), np.ones((4, 30))
    first = layer.forward_training(x, rng).copy()
    assert 0.2 < np.mean(first != layer.forward_training(x, rng)) < 0.8


def test_dropout_of_nothing_changes_nothing(rng: np.random.Generator) -> None:
    layer, x = built(Dropout(0), (5,)), rng.standard_normal((3, 5))
    np.testing.assert_array_equal(layer.forward_training(x, rng), x)


def test_dropout_leaves_the_start_of_all_other_layers_as_it_is() -> None:
    layers = [Dense(4, "tanh"), Dropout(), BatchNorm(), Dense(2, "softmax")]
    with_, without = Network(layers, 3, seed=5), Network([Dense(4), Dense(2)], 3, seed=5)
    for name, array in without.parameters.items():
        np.testing.assert_array_equal(with_.parameters[name], array)


def plain_batchnorm(
    x: np.ndarray, scale: np.ndarray, shift: np.ndarray, da: np.ndarray, epsilon: float
) -> dict[str, np.ndarray]:
    """Ioffe and Szegedy's algorithm 1 and their chain of derivatives, line by line."""
    m = len(x)
    mean = x.sum(axis=0) / m
    variance = ((x - mean) ** 2).sum(axis=0) / m
    normal = (x - mean) / np.sqrt(variance + epsilon)
    d_normal = da * scale
    d_variance = np.sum(d_normal * (x - mean) * -0.5 * (variance + epsilon) ** -1.5, axis=0)
    d_mean = np.sum(-d_normal / np.sqrt(variance + epsilon), axis=0)
    d_mean += d_variance * np.sum(-2.0 * (x - mean), axis=0) / m
    d_x = d_normal / np.sqrt(variance + epsilon) + d_variance * 2.0 * (x - mean) / m + d_mean / m
    return {
        "a": scale * normal + shift, "dx": d_x, "scale": np.sum(da * normal, axis=0),
        "shift": da.sum(axis=0), "mean": mean, "variance": variance * m / (m - 1),
    }  # fmt: skip


@pytest.mark.parametrize("shape", [(6,), (4, 5, 3)])
def test_batchnorm_is_the_papers_algorithm(
    shape: tuple[int, ...], rng: np.random.Generator
) -> None:
    layer = built(BatchNorm(momentum=0.7, epsilon=1e-3), shape)
    width = shape[-1]
    for name in ("scale", "shift"):
        layer.params[name] = rng.standard_normal(width)
    mean, variance = np.zeros(width), np.ones(width)
    for n in (8, 5, 2):
        x, da = 3.0 + 2.0 * rng.standard_normal((2, n, *shape))
        wanted = plain_batchnorm(
            x.reshape(-1, width), layer.params["scale"], layer.params["shift"],
            da.reshape(-1, width), 1e-3,
        )  # fmt: skip
        a = layer.forward_training(x, None)
        np.testing.assert_allclose(a.reshape(-1, width), wanted["a"], rtol=0, atol=1e-12)
        dx = layer.backward(da.copy())
        np.testing.assert_allclose(dx.reshape(-1, width), wanted["dx"], rtol=0, atol=1e-12)
        for name in ("scale", "shift"):
            np.testing.assert_allclose(layer.grads[name], wanted[name], rtol=1e-12, atol=1e-12)
        mean = 0.7 * mean + 0.3 * wanted["mean"]
        variance = 0.7 * variance + 0.3 * wanted["variance"]
        np.testing.assert_allclose(layer.statistics["mean"], mean, rtol=1e-13)
        np.testing.assert_allclose(layer.statistics["variance"], variance, rtol=1e-13)
    normal = (x - mean) / np.sqrt(variance + 1e-3)
    wanted_in_use = layer.params["scale"] * normal + layer.params["shift"]
    before = {name: array.copy() for name, array in layer.statistics.items()}
    np.testing.assert_allclose(layer.forward(x), wanted_in_use, rtol=0, atol=1e-12)
    for name, array in before.items():
        np.testing.assert_array_equal(layer.statistics[name], array)


def test_one_row_alone_is_treated_as_in_use_and_leaves_the_statistics(
    rng: np.random.Generator,
) -> None:
    layer = built(BatchNorm(), (3,))
    layer.forward_training(rng.standard_normal((20, 3)), None)
    before = {name: array.copy() for name, array in layer.statistics.items()}
    x = rng.standard_normal((1, 3))
    np.testing.assert_array_equal(layer.forward_training(x, None).copy(), layer.forward(x))
    for name, array in before.items():
        np.testing.assert_array_equal(layer.statistics[name], array)
    # One image has many pixels.
    image = built(BatchNorm(), (4, 4, 1))
    assert abs(image.forward_training(rng.random((1, 4, 4, 1)), None).mean()) < 1e-12
    assert image.statistics["mean"][0] > 0


def test_constant_inputs_stay_finite() -> None:
    layer = built(BatchNorm(), (2,), "float32")
    a = layer.forward_training(np.full((8, 2), 1e4, np.float32), None)
    dx = layer.backward(np.ones((8, 2), np.float32))
    assert np.isfinite(a).all() and np.isfinite(dx).all()


def learning_network() -> Network:
    layers = [Dense(6, "relu"), BatchNorm(), Dropout(0.4), Dense(3, "softmax")]
    return Network(layers, inputs=4, seed=2)


def test_statistics_have_names_and_come_with_the_state(rng: np.random.Generator) -> None:
    network = learning_network()
    assert list(network.statistics) == ["batchnorm_1.mean", "batchnorm_1.variance"]
    assert network.statistics["batchnorm_1.mean"] is network.layers[1].statistics["mean"]
    assert not set(network.statistics) & set(network.parameters)
    x, y = rng.standard_normal((30, 4)), rng.integers(0, 3, 30)
    for _ in train(network, x, y, loss="cross_entropy", optimizer=OPTIMIZERS["adam"](0.01)):
        pass
    assert network.statistics["batchnorm_1.mean"].any()
    state, answers = network.state(), network.predict(x)
    assert isinstance(state, State)
    fresh = learning_network()
    fresh.restore(state)
    assert fresh.predict(x).tobytes() == answers.tobytes() == network.predict(x).tobytes()


def test_summary_leaves_activation_empty_where_there_is_none() -> None:
    assert learning_network().summary().splitlines() == [
        "layer        activation  output  parameters",
        "dense_1      relu        6               30",
        "batchnorm_1              6               12",
        "dropout_1                6                0",
        "dense_2      softmax     3               21",
        "total                                    63",
    ]


@pytest.mark.parametrize("bad", [1.0, -0.1, float("nan"), "x", None])
def test_share_outside_0_to_1_is_refused(bad: Any) -> None:
    with pytest.raises(ValueError, match=r"^Dropout: expected 0 <= rate < 1, got "):
        Dropout(bad)
    with pytest.raises(ValueError, match=r"^BatchNorm: expected 0 <= momentum < 1, got "):
        BatchNorm(bad)


def test_dropout_without_noise_and_batchnorm_of_rows_of_rows_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^Dropout: expected noise as a NumPy Generator, got No"):
        built(Dropout(), (2,)).forward_training(np.ones((1, 2)), None)
    with pytest.raises(ValueError, match=r"^BatchNorm: expected flat inputs or images .*\(2, 3\)$"):
        built(BatchNorm(), (2, 3))


def deep(dropout: bool) -> list[Layer]:
    return [
        Dense(7, "tanh"), BatchNorm(0.8, 1e-4), *[Dropout(0.3)] * dropout, Dense(6, "relu"),
        BatchNorm(), Dense(3, "softmax"),
    ]  # fmt: skip


def test_training_and_use_equal_pytorchs_to_1e_12() -> None:
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(3)
    x, y = rng.standard_normal((24, 5)), rng.integers(0, 3, 24)
    network = Network(deep(dropout=True), inputs=5, seed=1, dtype="float64")

    def tensor(name: str) -> Any:
        return torch.tensor(network.parameters[name].copy(), requires_grad=True)

    own = {name: tensor(name) for name in network.parameters}
    running = [
        (torch.zeros(width, dtype=torch.float64), torch.ones(width, dtype=torch.float64))
        for width in (7, 6)
    ]

    def forward(rows: np.ndarray, mask: np.ndarray | None) -> Any:
        def normalised(a: Any, number: int, momentum: float, epsilon: float) -> Any:
            return torch.nn.functional.batch_norm(
                a, *running[number - 1], own[f"batchnorm_{number}.scale"],
                own[f"batchnorm_{number}.shift"], mask is not None, momentum, epsilon,
            )  # fmt: skip

        a = torch.tensor(rows) @ own["dense_1.weights"] + own["dense_1.bias"]
        a = normalised(torch.tanh(a), 1, 0.2, 1e-4)
        a = a if mask is None else a * torch.tensor(mask)
        a = torch.relu(a @ own["dense_2.weights"] + own["dense_2.bias"])
        a = normalised(a, 2, 0.1, 1e-5)
        return a @ own["dense_3.weights"] + own["dense_3.bias"]

    steps = train(
        network, x, y, loss="cross_entropy", optimizer=OPTIMIZERS["sgd"](0.1), batch_size=8,
        epochs=4, shuffle=False, seed=np.random.default_rng(6),
    )  # fmt: skip
    noise = np.random.default_rng(6)
    for number, step in enumerate(steps):
        rows = slice(number % 3 * 8, number % 3 * 8 + 8)
        mask = mask_of(Dropout(0.3), noise, (8, 7))
        loss = torch.nn.functional.cross_entropy(forward(x[rows], mask), torch.tensor(y[rows]))
        gradients = torch.autograd.grad(loss, list(own.values()))
        assert step.loss == pytest.approx(loss.item(), abs=1e-12)
        for (name, parameter), gradient in zip(own.items(), gradients, strict=True):
            np.testing.assert_allclose(network.gradients[name], gradient, rtol=0, atol=1e-12)
            with torch.no_grad():
                parameter -= 0.1 * gradient
            np.testing.assert_allclose(
                network.parameters[name], parameter.detach(), rtol=0, atol=1e-12
            )
        for place, statistics in enumerate(running, start=1):
            for name, array in zip(("mean", "variance"), statistics, strict=True):
                ours = network.statistics[f"batchnorm_{place}.{name}"]
                np.testing.assert_allclose(ours, array, rtol=0, atol=1e-12)
        answers = torch.softmax(forward(x, None), dim=1).detach()
        np.testing.assert_allclose(network.predict(x), answers, rtol=0, atol=1e-12)
    assert number == 11


def test_batchnorm_of_images_equals_pytorchs_to_1e_12(rng: np.random.Generator) -> None:
    torch = pytest.importorskip("torch")
    layer, theirs = built(BatchNorm(), (4, 5, 3)), torch.nn.BatchNorm2d(3, dtype=torch.float64)
    for _ in range(3):
        x, da = rng.standard_normal((2, 6, 4, 5, 3))
        given = torch.tensor(x.transpose(0, 3, 1, 2).copy(), requires_grad=True)
        a = theirs(given)
        a.backward(torch.tensor(da.transpose(0, 3, 1, 2).copy()))
        ours = layer.forward_training(x, None)
        np.testing.assert_allclose(ours.transpose(0, 3, 1, 2), a.detach(), rtol=0, atol=1e-12)
        dx = layer.backward(da)
        np.testing.assert_allclose(dx.transpose(0, 3, 1, 2), given.grad, rtol=0, atol=1e-12)
    theirs.eval()
    wanted = theirs(torch.tensor(x.transpose(0, 3, 1, 2).copy())).detach()
    np.testing.assert_allclose(layer.forward(x).transpose(0, 3, 1, 2), wanted, rtol=0, atol=1e-12)


def test_dropout_may_be_exact_and_batchnorm_says_that_it_may_not() -> None:
    network = Network([Dense(4, "tanh"), Dropout(), Dense(1)], inputs=2, exact=True)
    x, y = np.ones((8, 2)), np.ones(8)
    optimizer = OPTIMIZERS["sgd"](0.01)
    for step in train(network, x, y, loss="squared_error", optimizer=optimizer):
        assert np.isfinite(step.loss)
    with pytest.raises(ValueError) as caught:
        Network([Dense(4), BatchNorm(), Dense(1)], inputs=2, exact=True)
    words = "Network: expected layers that may be exact, got BatchNorm()"
    assert str(caught.value) == words


def test_looking_ahead_draws_and_remembers_what_single_steps_do(rng: np.random.Generator) -> None:
    x, y = rng.standard_normal((50, 6)), rng.integers(0, 3, 50)

    def running() -> Any:
        layers = [Dense(64, "tanh"), BatchNorm(), Dropout(0.3), Dense(3, "softmax")]
        return train(
            Network(layers, inputs=6, dtype="float64"), x, y, loss="cross_entropy",
            optimizer=OPTIMIZERS["sgd"](0.1), batch_size=3, epochs=3, seed=5,
        )  # fmt: skip

    single, ahead = running(), running()
    assert ahead.ahead is not None
    for _ in single:
        pass
    for portion in (7, 1, 100):
        ahead.advance(portion)
    for name, array in single.network.arrays.items():
        np.testing.assert_allclose(ahead.network.arrays[name], array, rtol=1e-9, atol=1e-11)
