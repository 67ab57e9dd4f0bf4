"""One step opened up: each number is what a plain computation gives, and says where it is from."""

import math
from collections.abc import Iterator

import numpy as np
import pytest
from plain_step import FUNCTIONS, SLOPES, plain_step

from pynn import SGD, Adam, AdamW, Network, RMSprop, train_step
from pynn.layers import AvgPool2D, BatchNorm, Conv2D, Dense, Dropout, Flatten, Layer, MaxPool2D
from pynn.opened import Cell, Moment, OpenedStep

HIDDEN = ["sigmoid", "tanh", "relu", "leaky_relu", "linear"]
DIGITS = 4  # as many as are shown


def random_case(seed: int) -> tuple[Network, np.ndarray, int]:
    rng = np.random.default_rng(seed)

    def activation() -> str:
        return str(rng.choice(HIDDEN))

    layers: list[Layer] = []
    images = rng.random() < 0.6
    if images:
        padding = str(rng.choice(["valid", "same"]))
        stride = int(rng.integers(1, 3))
        l2 = float(rng.choice([0.0, 0.1]))
        layers.append(Conv2D(3, 3, activation(), stride=stride, padding=padding, l2=l2))
        if rng.random() < 0.6:
            layers.append(BatchNorm())
        layers.append(MaxPool2D(2) if rng.random() < 0.6 else AvgPool2D(2))
        layers += [Flatten()]
    if rng.random() < 0.6:
        layers.append(Dropout(0.3))
    layers.append(Dense(int(rng.integers(2, 40)), activation(), l1=float(rng.choice([0.0, 0.05]))))
    if rng.random() < 0.5:
        layers.append(BatchNorm())
    layers.append(Dense(4, "softmax"))
    inputs = (9, 8, 2) if images else 6
    network = Network(layers, inputs, seed=seed, dtype=str(rng.choice(["float32", "float64"])))
    for array in network.parameters.values():  # biases and scales as training leaves them
        array += rng.normal(0, 0.1, array.shape)
    return network, rng.normal(0, 1, network.input_shape), int(rng.integers(4))


def drawn_scales(step: OpenedStep) -> dict[int, np.ndarray]:
    return {
        at: np.array(layer.scale[0], float)
        for at, layer in enumerate(step.network.layers)
        if isinstance(layer, Dropout)
    }


def value_of(cell: Cell) -> float:
    """What the equation gives for the numbers that are told of it."""
    n, products = cell.numbers, [p.first * p.second for p in cell.products]
    total = math.fsum(products) + cell.others[1]
    name = next((k for k, text in EQUATIONS.items() if text == cell.equation), "")
    forms = {
        "z = Σ x W + b": lambda: total + n["b"],
        "z = Σ x W": lambda: total,
        "dW = Σ x dz": lambda: total,
        "dW = Σ x dz + λ₂ W": lambda: total + n["λ₂"] * n["W"],
        "dW = Σ x dz + λ₁ sign W": lambda: total + n["λ₁"] * np.sign(n["W"]),
        "db = dz": lambda: n["dz"],
        "db = Σ dz": lambda: total,
        "dx = Σ dz W": lambda: total,
        "s = z − max z": lambda: n["z"] - n["max z"],
        "e = exp(s)": lambda: math.exp(n["s"]),
        "a = e / Σ e": lambda: n["e"] / n["Σ e"],
        "L = −Σ t log a": lambda: total,
        "dz = a − t": lambda: n["a"] - n["t"],
        "a = max x": lambda: max(products),
        "a = Σ x / n": lambda: total,
        "a = x": lambda: n["x"],
        "a = s x": lambda: n["s"] * n["x"],
        "a = γ (x − μ) / √(σ² + ε) + β": lambda: (
            n["γ"] * (n["x"] - n["μ"]) / math.sqrt(n["σ²"] + n["ε"]) + n["β"]
        ),
        "dx = s da": lambda: n["s"] * n["da"],
        "dx = da": lambda: n["da"],
        "dx = 0": lambda: 0.0,
        "dx = da / n": lambda: n["da"] / n["n"],
        "dx = k da,  k = 1 if x = a else 0": lambda: n["k"] * n["da"],
        "dγ = Σ da x̂": lambda: total,
        "dβ = Σ da": lambda: total,
        "dx = γ/σ da": lambda: n["γ/σ"] * n["da"],
        "dx = γ/σ (da − m₁ − x̂ m₂)": lambda: n["γ/σ"] * (n["da"] - n["m₁"] - n["x̂"] * n["m₂"]),
        "W ← W − r g": lambda: n["W"] - n["r"] * n["g"],
    }
    if name.startswith("f "):
        return float(FUNCTIONS[name[2:]](n["z"]))
    if name.startswith("d "):
        return n["da"] * float(SLOPES[name[2:]](n["a"]))
    return float(forms[cell.equation]())


EQUATIONS = {
    "f sigmoid": "a = 1 / (1 + exp(−z))",
    "f tanh": "a = tanh(z)",
    "f relu": "a = max(z, 0)",
    "f leaky_relu": "a = z if z > 0 else s z",
    "d sigmoid": "dz = da a (1 − a)",
    "d tanh": "dz = da (1 − a²)",
    "d relu": "dz = da if a > 0 else 0",
    "d leaky_relu": "dz = da if a > 0 else s da",
}


def same(found: float, wanted: float, scale: float) -> None:
    assert found == pytest.approx(wanted, rel=10.0**-DIGITS, abs=10.0**-DIGITS * max(scale, 1e-2))


def some_places(moment: Moment, rng: np.random.Generator) -> Iterator[int]:
    yield int(np.abs(moment.values).argmax())
    yield from (int(place) for place in rng.integers(moment.values.size, size=4))


@pytest.mark.parametrize("seed", range(50))
def test_every_number_is_that_of_a_plain_computation(seed: int) -> None:
    network, x, target = random_case(seed)
    step = OpenedStep(network, "cross_entropy", SGD(0.1), x, target, seed=seed)
    wanted = plain_step(network, np.asarray(x, network.dtype), target, 0.1, drawn_scales(step))
    rng = np.random.default_rng(seed)
    told = set()
    for moment in step.moments:
        told.add((moment.name, moment.letter))
        plain = wanted[moment.name, moment.letter]
        scale = float(np.abs(plain).max())
        np.testing.assert_allclose(
            moment.values, plain, rtol=10.0**-DIGITS, atol=10.0**-DIGITS * max(scale, 1e-2)
        )
        for place in some_places(moment, rng):
            cell = moment.cell(place)
            assert cell.value == pytest.approx(float(moment.values.ravel()[place]))
            same(value_of(cell), float(plain.ravel()[place]), scale)
            sizes = [abs(product.value) for product in cell.products]
            assert sizes == sorted(sizes, reverse=True)
    # Nothing is left out: but what is linear has no a of its own, and the first layer no dx.
    first = network.layer_names[0]
    missing = {
        (name, letter)
        for name, letter in set(wanted) - told
        if (name, letter) != (first, "dx") and letter not in ("a", "dz")
    }
    assert not missing


def test_the_products_of_a_convolution_are_told_by_their_pixels() -> None:
    network = Network([Conv2D(2, 3), Flatten(), Dense(3, "softmax")], (5, 5, 1), seed=1)
    x = np.arange(25.0).reshape(5, 5, 1) / 25
    step = OpenedStep(network, "cross_entropy", SGD(0.1), x, 1)
    cell = step.moments[0].cell((1, 2, 1))
    assert {product.at for product in cell.products} == {
        (row, column, 0) for row in (1, 2, 3) for column in (2, 3, 4)
    }
    for product in cell.products:
        assert product.first == pytest.approx(x[product.at])
        row, column, _ = product.at
        weight = network.parameters["conv2d_1.weights"][row - 1, column - 2, 0, 1]
        assert product.second == pytest.approx(float(weight))


@pytest.mark.parametrize(
    "make",
    [
        lambda: SGD(0.1),
        lambda: SGD(0.1, momentum=0.9),
        lambda: SGD(0.1, momentum=0.9, nesterov=True),
        lambda: RMSprop(0.01),
        lambda: Adam(0.01),
        lambda: AdamW(0.01),
    ],
)
def test_the_step_is_the_one_that_training_would_take(make) -> None:
    rng = np.random.default_rng(5)
    network = Network([Dense(5, "tanh"), BatchNorm(), Dense(3, "softmax")], 4, seed=2)
    optimizer = make()
    for _ in range(3):
        train_step(network, rng.random((8, 4)), rng.integers(0, 3, 8), "cross_entropy", optimizer)
    network.held["dense_1.weights"][0, 0] = True
    x, before = rng.random(4), {k: v.copy() for k, v in network.parameters.items()}
    step = OpenedStep(network, "cross_entropy", optimizer, x, 2)
    updates = [moment for moment in step.moments if moment.phase == "update"]
    for name, array in network.parameters.items():  # the one that is running is not changed
        np.testing.assert_array_equal(array, before[name])
    assert optimizer.updates == 3
    loss = train_step(network, x[np.newaxis], np.array([2]), "cross_entropy", optimizer)
    assert step.loss == pytest.approx(loss)
    assert [moment.name for moment in updates] == list(network.parameters)
    for moment in updates:
        np.testing.assert_array_equal(moment.values, network.parameters[moment.name])
    held = next(moment for moment in updates if moment.name == "dense_1.weights").cell(0)
    assert held.value == held.numbers["W"]
    told = set(updates[0].cell(1).numbers)
    assert {"W", "g", "r"} <= told and all(f"{s} before" in told for s in SLOTS[type(optimizer)])


SLOTS: dict[type, str] = {SGD: "", RMSprop: "s", Adam: "mv", AdamW: "mv"}


@pytest.mark.parametrize(
    ("loss", "activation", "target", "equation"),
    [
        ("squared_error", "sigmoid", [0.2, 1.0], "L = ½ Σ (a − t)²"),
        ("binary_cross_entropy", "sigmoid", [0.0, 1.0], None),
        ("squared_error", "linear", [3.0, -1.0], "L = ½ Σ (a − t)²"),
    ],
)
def test_other_losses_are_told_as_well(loss, activation, target, equation) -> None:
    network = Network([Dense(2, activation)], 3, seed=1, dtype="float64")
    step = OpenedStep(network, loss, SGD(0.1), [0.1, -0.4, 0.3], target)
    [told] = [moment.cell(0) for moment in step.moments if moment.phase == "loss"]
    assert equation in (None, told.equation)
    assert math.fsum(p.value for p in told.products) == pytest.approx(step.loss)
    dz = next(moment for moment in step.moments if moment.letter == "dz")
    a, t = step.prediction, np.array(target)
    short = a - t if loss != "squared_error" else (a - t) * [SLOPES[activation](v) for v in a]
    np.testing.assert_allclose(dz.values, short, rtol=1e-12)


def test_each_moment_has_the_lines_of_python_that_did_it() -> None:
    network, x, target = random_case(3)
    for moment in OpenedStep(network, "cross_entropy", Adam(0.1), x, target).moments:
        assert moment.lines
        for line in moment.lines:
            file = __import__("pathlib").Path(__file__).parent.parent.parent / line.file
            assert file.read_text().splitlines()[line.number - 1].strip() == line.text


def test_an_exact_network_can_be_opened_too() -> None:
    network = Network([Dense(3, "tanh"), Dense(1, "sigmoid")], 2, seed=1, exact=True)
    step = OpenedStep(network, "binary_cross_entropy", SGD(0.5), [0.0, 1.0], [1.0])
    assert step.moments[0].lines and step.loss > 0


def test_a_place_beyond_the_array_is_refused() -> None:
    network = Network([Dense(2, "softmax")], 3, seed=1)
    moment = OpenedStep(network, "cross_entropy", SGD(0.1), [1, 2, 3], 1).moments[0]
    with pytest.raises(IndexError, match="cell: expected 0 to 1, got 2"):
        moment.cell(2)


def test_a_batch_is_refused() -> None:
    network = Network([Dense(2, "softmax")], 3, seed=1)
    with pytest.raises(ValueError):
        OpenedStep(network, "cross_entropy", SGD(0.1), np.zeros((2, 3)), 1)
