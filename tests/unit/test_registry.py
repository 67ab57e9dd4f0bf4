"""Layers, activations and losses of one's own: learned with, checked, saved and loaded by name."""

import io
import textwrap
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from training_runs import OneByOne

from pynn import (
    SGD,
    Activation,
    Conv2D,
    Dense,
    Flatten,
    Layer,
    Loss,
    ModelFileError,
    Network,
    Neurons,
    SquaredError,
    check_gradients,
    fit,
    load,
    register,
    save,
    train,
)
from pynn.activations import ACTIVATIONS, Tanh
from pynn.layers import LAYERS
from pynn.losses import LOSSES

RNG = np.random.default_rng(2)
X, Y = RNG.standard_normal((20, 3)), RNG.integers(0, 2, 20)


@pytest.fixture(autouse=True)
def lists_as_before() -> Iterator[None]:
    """What a test registers is forgotten after it."""
    tables: list[dict[str, Any]] = [ACTIVATIONS, LAYERS, LOSSES]
    kept = [dict(table) for table in tables]
    yield
    for table, before in zip(tables, kept, strict=True):
        table.clear()
        table.update(before)


@pytest.fixture
def example() -> dict[str, Any]:
    """What the example in the docstring of `register` defines."""
    lines = (register.__doc__ or "").splitlines()
    start = next(place for place, line in enumerate(lines) if line.strip() == "import numpy as np")
    end = next(place for place, line in enumerate(lines) if line.strip().startswith("Raises"))
    names: dict[str, Any] = {"__name__": "example"}
    exec(textwrap.dedent("\n".join(lines[start:end])), names)
    return names


def of_ones_own() -> Network:
    noise: Any = LAYERS["noise"]
    layers = [Dense(5, "sine"), noise(0.3), Dense(4, "sine"), Dense(2, "softmax")]
    return Network(layers, inputs=3, dtype="float64")


def test_documented_example_learns_and_its_gradients_are_right(example: dict[str, Any]) -> None:
    network = of_ones_own()
    assert network.layer_names == ["dense_1", "noise_1", "dense_2", "dense_3"]
    assert check_gradients(network, X, Y, loss="cross_entropy") < 1e-7
    history = fit(network, X, Y, loss="cross_entropy", optimizer=SGD(0.1), epochs=20, verbose=False)
    assert history["loss"][-1] < history["loss"][0]
    assert network.predict(X).tobytes() == network.predict(X).tobytes()


def test_documented_example_is_saved_and_loaded_by_name(example: dict[str, Any]) -> None:
    network, content = of_ones_own(), io.BytesIO()
    save(network, content)
    loaded = load(io.BytesIO(content.getvalue()))
    assert isinstance(loaded, Network)
    assert isinstance(loaded.layers[1], example["Noise"])
    assert loaded.layers[1].config == {"deviation": 0.3}
    assert loaded.predict(X).tobytes() == network.predict(X).tobytes()
    for table, name in ((LAYERS, "noise"), (ACTIVATIONS, "sine")):
        kept = table.pop(name)  # type: ignore[attr-defined]
        with pytest.raises(ModelFileError, match=name) as caught:
            load(io.BytesIO(content.getvalue()))
        assert caught.value.code == "wrong_shape"
        table[name] = kept  # type: ignore[index]


@pytest.mark.parametrize("last", ["linear", "sine"])
def test_sine_is_right_in_every_place_and_in_several_at_once(
    last: str, example: dict[str, Any]
) -> None:
    sine = example["Sine"]()  # one object, shared by layers
    layers = [Conv2D(3, 2, sine), Flatten(), Dense(4, sine), Dense(4, sine), Dense(2, last)]
    network = Network(layers, inputs=(3, 4, 2), dtype="float64")
    x, t = RNG.standard_normal((5, 3, 4, 2)), RNG.standard_normal((5, 2))
    assert check_gradients(network, x, t, loss="squared_error") < 1e-7


def test_slope_at_a_instead_of_z_is_found(example: dict[str, Any]) -> None:
    class Wrong(example["Sine"]):  # type: ignore[misc]
        needs_z = False

    network = Network([Dense(5, Wrong()), Dense(1)], inputs=3, dtype="float64")
    assert check_gradients(network, X, 1.0 * Y, loss="squared_error") > 1e-3


def test_look_ahead_gives_what_single_steps_give_with_it(example: dict[str, Any]) -> None:
    def running(optimizer: Any) -> Any:
        network = Network([Dense(40, "sine"), Dense(2, "softmax")], inputs=3, dtype="float64")
        words: dict[str, Any] = {"loss": "cross_entropy", "batch_size": 2, "epochs": 3}
        return train(network, X, Y, optimizer=optimizer, **words)

    single, ahead = running(OneByOne(0.1)), running(SGD(0.1))
    assert ahead.ahead is not None
    for _ in single:
        pass
    ahead.advance(1000)
    for name, array in single.network.parameters.items():
        np.testing.assert_allclose(ahead.network.parameters[name], array, rtol=1e-10, atol=1e-12)


class Huber(Loss):
    """Squared near 0, straight from 1 on."""

    name = "huber"

    def total(
        self, z: np.ndarray, targets: np.ndarray, activation: Activation, gradient: Any
    ) -> float:
        a = activation.forward(z, out=np.empty_like(z))
        error = a - targets
        if gradient is not None:
            slope = np.clip(error, -1.0, 1.0)
            activation.backward(z if activation.needs_z else a, slope, out=gradient)
        small = np.minimum(np.abs(error), 1.0)
        return float(np.sum(small * (np.abs(error) - 0.5 * small)))


def test_loss_of_ones_own_is_used_by_name() -> None:
    register(Huber)
    network = Network([Dense(4, "tanh"), Dense(1)], inputs=3, dtype="float64")
    t = 5.0 * RNG.standard_normal(20)
    assert check_gradients(network, X, t, loss="huber") < 1e-7
    history = fit(network, X, t, loss="huber", optimizer=SGD(0.1), epochs=5, verbose=False)
    assert history["loss"][-1] < history["loss"][0]


class Wired(Neurons):
    """Every input to its own neuron; a network may end in it."""

    def __init__(self, activation: str = "linear") -> None:
        super().__init__({"activation": activation})

    def shapes(self, input_shape: Any) -> Any:
        return {"weights": input_shape}, input_shape

    def initializer(self, name: str) -> Any:
        return lambda shape, rng: rng.uniform(0.5, 1.5, shape)

    def linear(self, x: np.ndarray) -> np.ndarray:
        self.x = x
        return x * self.params["weights"]

    def linear_backward(self, dz: np.ndarray, need_dx: bool) -> np.ndarray | None:
        np.sum(dz * self.x, axis=0, out=self.grads["weights"])
        return dz * self.params["weights"] if need_dx else None


def test_neurons_of_ones_own_may_stand_anywhere() -> None:
    register(Wired)
    layers = [Wired("tanh"), Dense(3), Wired("tanh")]
    network = Network(layers, inputs=3, dtype="float64")
    assert check_gradients(network, X, X**2, loss=SquaredError()) < 1e-7
    content = io.BytesIO()
    save(network, content)
    again = load(io.BytesIO(content.getvalue()))
    assert isinstance(again, Network)
    assert again.predict(X).tobytes() == network.predict(X).tobytes()


def test_class_that_is_defined_again_takes_its_own_place() -> None:
    def cell() -> type[Layer]:
        class Odd(Layer):
            pass

        return Odd

    first, second = register(cell()), register(cell())
    assert first is not second and LAYERS["odd"] is second


def named(base: type, given: object) -> type:
    return type("Given", (base,), {"name": given})


REFUSED = {
    "another-class": (int, "expected a class of layers, activations or losses, got"),
    "instance": (Tanh(), "expected a class of layers, activations or losses, got"),
    "text": ("tanh", "expected a class of layers, activations or losses, got 'tanh'"),
    "no-name": (named(Activation, ""), "expected a name of letters, digits and _, got ''"),
    "odd-name": (named(Loss, "a b"), "expected a name of letters, digits and _, got 'a b'"),
    "number": (named(Loss, 3), "expected a name of letters, digits and _, got 3"),
    "name-of-pynns": (
        named(Activation, "tanh"),
        "expected a name of its own, got tanh, which is pynn.activations.Tanh's",
    ),
    "inherited": (
        type("Mine", (Tanh,), {}),
        "expected a name of its own, got tanh, which is pynn.activations.Tanh's",
    ),
    "layer-of-pynns": (
        type("Dense", (Dense,), {}),
        "expected a name of its own, got dense, which is pynn.layers.dense.Dense's",
    ),
}


@pytest.mark.parametrize(("given", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_registered_is_refused(given: Any, sentence: str) -> None:
    before = dict(ACTIVATIONS), dict(LAYERS), dict(LOSSES)
    with pytest.raises(ValueError) as caught:
        register(given)
    assert str(caught.value).startswith(f"register: {sentence}")
    assert before == (ACTIVATIONS, LAYERS, LOSSES)


def test_word_that_no_file_can_hold_is_refused_in_a_sentence() -> None:
    @register
    class Wordy(Layer):
        def shapes(self, input_shape: Any) -> Any:
            return {}, input_shape

    network = Network([Wordy({"word": np.ones(9)}), Dense(1)], inputs=2)
    sentence = r"^save: expected words of layers as numbers, texts, flags or lists, got an array"
    with pytest.raises(ValueError, match=sentence):
        save(network, io.BytesIO())
