"""What is assigned to a network or a layer has its effect, or is refused in one sentence."""

import copy
import json
import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from pynn import SGD, Dense, Layer, Network, fit

Change = Callable[[Network], object]


def small(**words: Any) -> Network:
    return Network([Dense(3, "tanh", l2=0.1), Dense(2)], inputs=4, **words)


def by_set_parameters(network: Network, value: Any) -> None:
    network.set_parameters({"dense_1.weights": value})


def by_item(network: Network, value: Any) -> None:
    network.parameters["dense_1.weights"] = value


def by_update(network: Network, value: Any) -> None:
    network.parameters.update({"dense_1.weights": value})


def by_or(network: Network, value: Any) -> None:
    network.parameters |= {"dense_1.weights": value}


def by_layer(network: Network, value: Any) -> None:
    network.layers[0].params["weights"] = value


WAYS = (by_set_parameters, by_item, by_update, by_or, by_layer)
every_way = pytest.mark.parametrize("assign", WAYS, ids=lambda way: way.__name__)


@every_way
def test_assigned_numbers_count_and_are_trained(
    assign: Callable[[Network, Any], None], rng: np.random.Generator
) -> None:
    network, given = small(), rng.standard_normal((4, 3))
    x, own = rng.random((6, 4)), network.parameters["dense_1.weights"]
    before, kept = network.predict(x), given.copy()
    assign(network, given)
    after = network.predict(x)
    assert np.abs(after - before).max() > 1e-3
    assert own is network.parameters["dense_1.weights"] is network.layers[0].params["weights"]
    np.testing.assert_array_equal(own, given.astype("float32"))
    fit(network, x, np.ones((6, 2)), loss="squared_error", optimizer=SGD(0.5), verbose=False)
    assert np.abs(network.predict(x) - after).max() > 1e-3
    np.testing.assert_array_equal(given, kept)  # it was copied


NOT_TAKEN = {
    "shape": (np.ones(3), " of shape (4, 3), got (3,)"),
    "number": (1.0, " of shape (4, 3), got ()"),
    "nan": (np.full((4, 3), np.nan),
            " as finite numbers, got NaN, infinity or more than float32 holds"),
    "too-large": (np.full((4, 3), 1e300),
                  " as finite numbers, got NaN, infinity or more than float32 holds"),
    "complex": (np.ones((4, 3)) * 1j, " as numbers, got complex128"),
    "complex-number": (1 + 2j, " as numbers, got complex128"),
    "none": (None, " as numbers, got None"),
    "text": ("abc", " as numbers, got text"),
    "ragged": ([[1.0], [1.0, 2.0]], " as numbers, got rows of different lengths"),
}  # fmt: skip


@every_way
@pytest.mark.parametrize(("value", "sentence"), NOT_TAKEN.values(), ids=NOT_TAKEN)
def test_numbers_that_do_not_fit_change_nothing(
    value: object, sentence: str, assign: Callable[[Network, Any], None]
) -> None:
    network = small()
    before = network.parameters["dense_1.weights"].copy()
    with pytest.raises(ValueError) as caught:
        assign(network, value)
    who = "Dense: expected weights" if assign is by_layer else "Network: expected dense_1.weights"
    assert str(caught.value) == who + sentence
    np.testing.assert_array_equal(network.parameters["dense_1.weights"], before)


def test_all_of_several_are_taken_or_none() -> None:
    network = small()
    with pytest.raises(ValueError, match=r"dense_2\.bias as finite"):
        network.set_parameters({"dense_1.bias": np.ones(3), "dense_2.bias": [np.inf, 0]})
    assert not network.parameters["dense_1.bias"].any()


def test_arrays_may_change_places() -> None:
    network = Network([Dense(3), Dense(3)], inputs=3)
    one, two = (network.parameters[f"dense_{k}.weights"].copy() for k in (1, 2))
    own = network.parameters
    own.update(
        {"dense_1.weights": own["dense_2.weights"], "dense_2.weights": own["dense_1.weights"]}
    )
    np.testing.assert_array_equal(network.layers[0].params["weights"], two)
    np.testing.assert_array_equal(network.layers[1].params["weights"], one)


def test_arithmetic_in_place_is_taken_even_past_what_is_finite() -> None:
    network = small()
    expected = network.parameters["dense_1.weights"] + 1
    network.layers[0].params["weights"] += 1
    np.testing.assert_array_equal(network.parameters["dense_1.weights"], expected)
    network.parameters["dense_1.bias"] -= np.inf
    assert np.isinf(network.layers[0].params["bias"]).all()


def test_assigned_gradient_is_copied_whatever_its_numbers() -> None:
    network = small()
    network.layers[0].grads["bias"] = np.array([1.0, np.nan, np.inf])
    np.testing.assert_array_equal(network.gradients["dense_1.bias"], [1.0, np.nan, np.inf])


NAMES = "dense_1.weights, dense_1.bias, dense_2.weights, dense_2.bias"
STAY = (
    f"Network: expected {NAMES} to stay, got a change; assign to one of them, or use set_parameters"
)
BUILT = (
    "Network: expected {} to stay as built, got another; "
    "set_parameters changes the numbers, a new Network anything else"
)
CONFIG = (
    "Dense: expected units, activation, bias, l1, l2 to stay, got a change; "
    "make a new layer instead"
)
REFUSED: dict[str, tuple[Change, str]] = {
    "unknown": (
        lambda n: n.parameters.update({"weights": 1}),
        f"Network: expected a parameter of {NAMES}, got 'weights'",
    ),
    "no-mapping": (
        lambda n: n.set_parameters([np.ones(3)]),  # type: ignore[arg-type]
        "Network: expected arrays by name in a dictionary, got list",
    ),
    "delete": (lambda n: n.parameters.__delitem__("dense_1.bias"), STAY),
    "pop": (lambda n: n.parameters.pop("dense_1.bias"), STAY),
    "popitem": (lambda n: n.parameters.popitem(), STAY),
    "clear": (lambda n: n.parameters.clear(), STAY),
    "setdefault": (lambda n: n.parameters.setdefault("a", np.ones(1)), STAY),
    "layer-delete": (
        lambda n: n.layers[0].params.pop("bias"),
        STAY.replace("Network", "Dense").replace(NAMES, "weights, bias"),
    ),
    "parameters": (lambda n: setattr(n, "parameters", {}), BUILT.format("parameters")),
    "gradients": (lambda n: setattr(n, "gradients", {}), BUILT.format("gradients")),
    "layers": (lambda n: setattr(n, "layers", [Dense(2)]), BUILT.format("layers")),
    "dtype": (lambda n: setattr(n, "dtype", "float64"), BUILT.format("dtype")),
    "config": (lambda n: n.layers[0].config.__setitem__("l2", 0.5), CONFIG),
    "config-update": (lambda n: n.layers[0].config.update({"l2": 0.5}), CONFIG),
    "config-or": (lambda n: n.layers[0].config.__ior__({"l2": 0.5}), CONFIG),
}


@pytest.mark.parametrize(("change", "sentence"), REFUSED.values(), ids=REFUSED)
def test_change_without_effect_is_refused(change: Change, sentence: str) -> None:
    network = small()
    before = {name: array.copy() for name, array in network.parameters.items()}
    with pytest.raises(ValueError) as caught:
        change(network)
    assert str(caught.value) == sentence
    assert list(network.parameters) == list(before) and len(network.layers) == 2
    assert network.layers[0].config["l2"] == 0.1


def test_layers_are_a_tuple() -> None:
    assert isinstance(small().layers, tuple)


@pytest.mark.parametrize(
    "copied", [copy.copy, copy.deepcopy, lambda a: pickle.loads(pickle.dumps(a))]
)
def test_copies_are_as_fixed_as_the_original(copied: Callable[[Any], Any]) -> None:
    layer: Layer = small().layers[0]
    params, config = copied(layer.params), copied(layer.config)
    np.testing.assert_array_equal(params["weights"], layer.params["weights"])
    assert config == layer.config and json.loads(json.dumps(config)) == config
    own = params["bias"]
    params["bias"] = [1, 2, 3]
    assert params["bias"] is own and list(own) == [1, 2, 3]
    with pytest.raises(ValueError, match=r"^Dense: expected units, .* to stay"):
        config["units"] = 4
