"""Words of a training that are odd together: one sentence, and nothing has been changed."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from pynn import (
    SGD,
    Adam,
    Augmentation,
    ByEpoch,
    Conv2D,
    Dense,
    EarlyStopping,
    Flatten,
    Network,
    ReduceOnPlateau,
    WarmUp,
    fit,
    train_step,
)
from pynn.matmul import Array
from tests.unit.odd_values import check_sentence

X, Y = np.random.default_rng(0).standard_normal((12, 3)), np.arange(12) % 3
BYTES = np.full((12, 3), 99, np.uint8)
IMAGES = np.random.default_rng(1).random((12, 6, 6, 1))
SPOILED = np.where(np.arange(36).reshape(12, 3) == 7, np.nan, X)
HALF = (Y == 0) * 1.0
MASKED = np.ma.masked_array(np.ones(12), np.arange(12) < 3)


def soft() -> Network:
    return Network([Dense(4, "tanh"), Dense(3, "softmax")], 3, dtype="float64")


def single(dtype: str = "float64") -> Network:
    return Network([Dense(1, "sigmoid")], 3, dtype=dtype)


def eyes() -> Network:
    return Network([Conv2D(2, 3, activation="relu"), Flatten(), Dense(3, "softmax")], (6, 6, 1))


def used() -> Adam:
    """An optimizer that has trained another network."""
    adam = Adam()
    train_step(soft(), X, Y, "cross_entropy", adam)
    return adam


BINARY = {"network": single, "y": Y % 2, "loss": "binary_cross_entropy"}
SINGLE = BINARY | {"network": lambda: single("float32")}
PLATEAU = ReduceOnPlateau(0.1)
# Words of `fit` beside its usual ones, and how the sentence begins.
FITS: list[tuple[dict[str, Any], str]] = [
    ({"y": Y[:-1]}, "train: expected as many targets as examples, at least one, got 12"),
    ({"x": X[:0], "y": Y[:0]}, "train: expected as many targets as examples, at least one, got 0"),
    ({"x": [], "y": []}, "Network: expected x with shape (any, 3), got (0,)"),
    ({"x": X.T}, "Network: expected x with shape (any, 3), got (3, 12)"),
    ({"x": X[:, 0]}, "Network: expected x with shape (any, 3), got (12,)"),
    ({"x": SPOILED}, "train: expected x as finite numbers, got NaN"),
    ({"x": X * np.inf}, "train: expected x as finite numbers, got NaN"),
    (SINGLE | {"x": X * 1e300}, "train: expected x as finite numbers, got NaN"),
    ({"x": X.astype(object)}, "Network: expected x as numbers, got objects"),
    ({"x": (row for row in X)}, "Network: expected x as numbers, got generator"),
    ({"y": (label for label in Y)}, "targets: expected y as numbers, got generator"),
    ({"y": Y.astype(str)}, "targets: expected y as numbers, got text"),
    ({"y": Y.astype(object)}, "targets: expected y as numbers, got objects"),
    ({"y": Y + 1}, "one_hot: expected class numbers from 0 to 2, got 1 to 3"),
    ({"y": Y - 1}, "one_hot: expected class numbers from 0 to 2, got -1 to 1"),
    ({"y": Y * 1.0}, "one_hot: expected class numbers (whole, one-dimensional), got float64"),
    ({"y": np.eye(4)[Y]}, "targets: expected shape (any,) or (any, 3), got (12, 4)"),
    ({"y": np.ones((12, 3))}, "cross_entropy: expected class numbers, or rows of probabilities"),
    ({"y": np.eye(3)[Y] * 2 - 1}, "cross_entropy: expected class numbers, or rows of"),
    ({"y": np.zeros((12, 3, 1))}, "targets: expected shape (any,) or (any, 3), got (12, 3, 1)"),
    (BINARY | {"y": Y}, "binary_cross_entropy: expected targets between 0 and 1, got 0 to 2"),
    ({"loss": "binary_cross_entropy"}, "binary_cross_entropy: expected a last layer with"),
    (BINARY | {"loss": "cross_entropy"}, "cross_entropy: expected a last layer with activation"),
    ({"loss": "mse"}, "loss: expected one of squared_error, "),
    ({"network": eyes, "x": np.ones((12, 6, 6, 3))}, "Network: expected x with shape (any, 6, 6"),
    ({"network": eyes, "x": np.ones((12, 5, 5, 1))}, "Network: expected x with shape (any, 6, 6"),
    ({"network": eyes, "x": IMAGES[0], "y": Y[:1]}, "Network: expected x with shape (any, 6, 6"),
    ({"network": eyes, "x": IMAGES, "validation": (np.ones((3, 6, 6, 3)), Y[:3])},
     "Network: expected x with shape (any, 6, 6, 1), got (3, 6, 6, 3)"),
    ({"validation": (X, Y), "validation_split": 0.2}, "fit: expected validation or validation_sp"),
    ({"validation": (X, Y[:3])}, "validation: expected as many targets as examples"),
    ({"validation": (X[:0], Y[:0])}, "validation: expected as many targets as examples"),
    ({"validation": (SPOILED, Y)}, "validation: expected x as finite numbers"),
    ({"validation": (X, Y + 9)}, "one_hot: expected class numbers from 0 to 2, got 9 to 11"),
    ({"validation": (X, Y, Y)}, "fit: expected validation as a pair (x, y), got tuple"),
    ({"validation": (BYTES, Y)}, "Network: expected numbers as it learned from, got bytes"),
    ({"x": BYTES, "validation": (X * 90, Y)}, "Network: expected pixels as it learned from"),
    ({"validation_split": 0.01}, "fit: expected validation_split to leave examples on both sides"),
    ({"validation_split": 0.99}, "fit: expected validation_split to leave examples on both sides"),
    ({"x": X[:1], "y": Y[:1], "validation_split": 0.5}, "fit: expected validation_split to leave"),
    ({"class_weight": {3: 1.0}}, "train: expected class_weight with classes from 0 to 2"),
    ({"class_weight": {-1: 1.0}}, "train: expected class_weight with classes from 0 to 2"),
    ({"class_weight": {"0": 1.0}}, "train: expected class_weight with classes from 0 to 2"),
    ({"class_weight": {0: -1.0}}, "train: expected class_weight with classes from 0 to 2"),
    ({"class_weight": {0: 0, 1: 0, 2: 0}}, "train: expected weights of which some are above 0"),
    ({"class_weight": [1, 2, 3]}, 'train: expected class_weight as "balanced" or {class: weight}'),
    ({"network": single, "y": X[:, 0], "loss": "squared_error", "class_weight": "balanced"},
     "train: expected targets that are classes with class_weight, got other numbers"),
    ({"sample_weight": np.ones(11)}, "train: expected sample_weight of shape (12,), got (11,)"),
    ({"sample_weight": np.zeros(12)}, "train: expected weights of which some are above 0"),
    ({"sample_weight": -np.ones(12)}, "train: expected sample_weight as finite numbers >= 0"),
    ({"sample_weight": np.full(12, np.nan)}, "train: expected sample_weight as finite numbers"),
    ({"sample_weight": np.ones((12, 1))}, "train: expected sample_weight of shape (12,), got (12"),
    ({"sample_weight": MASKED}, "train: expected sample_weight as numbers, got an array of which"),
    ({"sample_weight": HALF, "class_weight": {0: 0.0}}, "train: expected weights of which some"),
    (SINGLE | {"sample_weight": np.full(12, 1e300)}, "train: expected weights that float32 can"),
    (SINGLE | {"sample_weight": np.full(12, 1e-300)}, "train: expected weights of which some are"),
    ({"sample_weight": np.full(12, 1e200), "class_weight": {0: 1e200}},
     "train: expected weights that float64 can hold, got inf"),
    ({"sample_weight": np.ones(11), "validation_split": 0.25},
     "fit: expected sample_weight of shape (12,), got (11,)"),
    ({"sample_weight": MASKED, "validation_split": 0.25},
     "fit: expected sample_weight as numbers, got an array of which some are masked"),
    ({"sample_weight": [[1], [1, 2]], "validation_split": 0.25},
     "fit: expected sample_weight as numbers, got rows of different lengths"),
    ({"early_stopping": EarlyStopping()}, "fit: expected early_stopping to watch one of loss"),
    ({"early_stopping": EarlyStopping("val_loss"), "validation": (X, Y)},
     "fit: expected early_stopping to watch one of loss, accuracy, validation_loss"),
    ({"early_stopping": EarlyStopping("accuracy"), "network": single, "y": X[:, 0],
      "loss": "squared_error"}, "fit: expected early_stopping to watch one of loss, mean_abs"),
    ({"optimizer": SGD(PLATEAU)}, "fit: expected the schedule to watch one of loss, accuracy"),
    ({"optimizer": SGD(WarmUp(PLATEAU, 3))}, "fit: expected the schedule to watch one of loss"),
    ({"optimizer": SGD(ByEpoch(PLATEAU, 3))}, "fit: expected the schedule to watch one of loss"),
    ({"optimizer": SGD(lambda updates: -1.0)}, "learning_rate: expected a finite number >= 0"),
    ({"optimizer": SGD(lambda updates: None)}, "learning_rate: expected a finite number >= 0"),
    ({"optimizer": SGD(WarmUp(lambda updates: "a", 3))}, "learning_rate: expected a finite num"),
    ({"optimizer": used()}, "Adam: expected the network that it has trained before, got another"),
    ({"optimizer": Adam}, "train: expected an optimizer, SGD(0.1) say, or one of sgd, "),
    ({"optimizer": "Adam"}, "train: expected an optimizer, SGD(0.1) say, or one of sgd, "),
    ({"augment": Augmentation()}, "train: expected images (height, width) or (height, width, ch"),
    ({"augment": Augmentation(image_shape=(2, 2))}, "train: expected images (height, width) or"),
    ({"on_epoch": lambda: None}, "fit: expected on_epoch as a function of an Epoch, got"),
    ({"epochs": 1.0}, "train: expected epochs as a whole number >= 0, got 1.0"),
    ({"clip_norm": 0}, "train: expected a finite clip_norm above 0, got 0"),
]  # fmt: skip


def bits(network: Network) -> Any:
    arrays = {**network.arrays, **network.gradients}
    return {name: a.tobytes() for name, a in arrays.items()}, network.units.pixels, network.held


@pytest.mark.parametrize(("words", "sentence"), FITS, ids=range(len(FITS)))
def test_fit_refuses_in_one_sentence_and_changes_nothing(
    words: dict[str, Any], sentence: str
) -> None:
    usual = {"x": X, "y": Y, "loss": "cross_entropy", "optimizer": Adam(), "verbose": False}
    words = usual | words
    network = words.pop("network", soft)()
    before, updates = bits(network), getattr(words["optimizer"], "updates", None)
    with pytest.raises(ValueError) as told:
        fit(network, **words)
    check_sentence(str(told.value))
    assert str(told.value).startswith(sentence) and bits(network) == before
    assert getattr(words["optimizer"], "updates", None) == updates


def frozen(array: Array) -> Array:
    array = array.copy()
    array.setflags(write=False)
    return array


FORMS: dict[str, Callable[[Array], Any]] = {
    "Fortran": np.asfortranarray,
    "negative strides": lambda a: a[::-1].copy()[::-1],
    "read-only": frozen,
    "big-endian": lambda a: a.astype(a.dtype.newbyteorder(">")),
    "nothing masked": np.ma.masked_array,
    "lists": lambda a: a.tolist(),
    "tuples": lambda a: tuple(map(tuple, a)) if a.ndim == 2 else tuple(a),
    "every other": lambda a: np.repeat(a, 2, axis=0)[::2],
    "long": lambda a: a.astype(np.longdouble if a.dtype.kind == "f" else np.uint64),
    "frame": lambda a: frame(a),
    "frame of another order": lambda a: frame(a, index=range(20, 8, -1)),
}


def frame(array: Array, **words: Any) -> Any:
    pandas = pytest.importorskip("pandas")
    return (pandas.DataFrame if array.ndim == 2 else pandas.Series)(array, **words)


@pytest.mark.parametrize("split", [None, 0.25])
@pytest.mark.parametrize("form", FORMS)
def test_same_numbers_in_another_form_give_the_same_training(
    form: str, split: float | None
) -> None:
    weights, make = np.arange(12.0), FORMS[form]
    words: dict[str, Any] = {"loss": "cross_entropy", "optimizer": "adam", "epochs": 2}
    words |= {"validation_split": split, "verbose": False}
    plain = fit(soft(), X, Y, sample_weight=weights, **words)
    given = [make(array) for array in (X, Y, weights)]
    x, y = given[:2]
    kept = [np.array(one) for one in given]
    told = fit(soft(), x, y, sample_weight=given[2], **words)
    assert {name: pytest.approx(plain[name], rel=1e-12) for name in plain} == told
    assert all(np.array_equal(one, now) for one, now in zip(kept, given, strict=True))


def test_plateau_within_a_warm_up_is_told_how_it_goes() -> None:
    plateau = ReduceOnPlateau(0.5, watch="loss", patience=1, least=100.0)
    words: dict[str, Any] = {"loss": "cross_entropy", "epochs": 3, "verbose": False}
    fit(soft(), X, Y, optimizer=SGD(WarmUp(ByEpoch(plateau, 1), 2)), **words)
    assert plateau.rate == pytest.approx(0.005)
