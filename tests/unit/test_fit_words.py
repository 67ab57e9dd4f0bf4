"""What `fit` and `train` offer by habit: names, weights, splits, stopping, clipping, numbers."""

from typing import Any

import numpy as np
import pytest

from pynn import (
    SGD,
    Adam,
    Dense,
    EarlyStopping,
    Network,
    ReduceOnPlateau,
    SquaredError,
    evaluate,
    fit,
    train,
)
from pynn.history import Epoch
from pynn.matmul import Array

RNG = np.random.default_rng(5)
X = RNG.standard_normal((60, 3))
Y = (X[:, 0] * X[:, 1] > 0).astype(int)
QUIET: dict[str, Any] = {"verbose": False, "loss": "cross_entropy", "batch_size": 7}


def small(seed: int = 0, exact: bool = False) -> Network:
    return Network(
        [Dense(6, "tanh"), Dense(2, "softmax")], inputs=3, seed=seed, dtype="float64", exact=exact
    )


def line() -> Network:
    return Network([Dense(2)], inputs=3, dtype="float64")


def numbers(network: Network) -> Array:
    return np.concatenate([array.ravel() for array in network.parameters.values()])


def test_optimizer_by_name_is_a_new_one_with_its_usual_rate() -> None:
    named, made = small(), small()
    fit(named, X, Y, optimizer="adam", epochs=2, **QUIET)
    fit(made, X, Y, optimizer=Adam(), epochs=2, **QUIET)
    np.testing.assert_array_equal(numbers(named), numbers(made))
    fit(named, X, Y, optimizer="adam", **QUIET)  # of the first one's numbers nothing is left
    fit(made, X, Y, optimizer=Adam(), **QUIET)
    np.testing.assert_array_equal(numbers(named), numbers(made))


# Weights -------------------------------------------------------------------------------------
@pytest.mark.parametrize("exact", [False, True])
@pytest.mark.parametrize("loss", ["cross_entropy", "squared_error"])
def test_weight_of_two_is_the_same_example_twice(loss: str, exact: bool) -> None:
    weighted, doubled = small(exact=exact), small(exact=exact)
    weights = np.where(np.arange(60) < 20, 2, 1)
    rows = np.repeat(np.arange(60), weights)
    words: Any = {"optimizer": SGD(0.05), "shuffle": False, "epochs": 1}
    (first,) = train(weighted, X, Y, loss=loss, batch_size=60, sample_weight=weights, **words)
    # The mean is one over the examples, so the rate makes up for their number.
    words["optimizer"] = SGD(0.05 * 80 / 60)
    (second,) = train(doubled, X[rows], Y[rows], loss=loss, batch_size=80, **words)
    np.testing.assert_allclose(numbers(weighted), numbers(doubled), rtol=1e-12)
    assert first.loss * 60 == pytest.approx(second.loss * 80, rel=1e-12)


def test_weights_follow_their_rows_through_every_shuffle() -> None:
    """Rows that weigh nothing move nothing, whatever they say."""
    clean, soiled = small(), small()
    weights = (np.arange(60) % 2).astype(float)
    wrong = np.where(weights > 0, Y, 1 - Y)
    for network, y in ((clean, Y), (soiled, wrong)):
        fit(network, X, y, optimizer="adam", epochs=4, sample_weight=weights, **QUIET)
    np.testing.assert_array_equal(numbers(clean), numbers(soiled))


def test_class_weights_are_the_weights_of_their_examples() -> None:
    y = np.where(np.arange(60) < 12, 1, 0)
    balanced, by_class, by_row = small(), small(), small()
    fit(balanced, X, y, optimizer="sgd", class_weight="balanced", **QUIET)
    fit(by_class, X, y, optimizer="sgd", class_weight={0: 0.625, 1: 2.5}, **QUIET)
    rows = np.where(y == 1, 2.5, 0.625)
    fit(by_row, X, y, optimizer="sgd", sample_weight=rows, **QUIET)
    np.testing.assert_array_equal(numbers(by_class), numbers(by_row))
    np.testing.assert_allclose(numbers(balanced), numbers(by_row), rtol=1e-12)
    both, product = small(), small()
    fit(both, X, y, optimizer="sgd", class_weight={1: 3}, sample_weight=rows, **QUIET)
    fit(product, X, y, optimizer="sgd", sample_weight=np.where(y, 3, 1) * rows, **QUIET)
    np.testing.assert_array_equal(numbers(both), numbers(product))


# Validation ----------------------------------------------------------------------------------
def test_validation_split_measures_examples_that_are_never_trained_on() -> None:
    network, other = small(), small()
    history = fit(network, X, Y, optimizer="adam", epochs=2, validation_split=0.25, **QUIET)
    assert list(history) == ["loss", "accuracy", "validation_loss", "validation_accuracy"]
    # A change of what is held out changes nothing but the measurements.
    drawn = _held_out(0.25)
    assert len(drawn) == 15 and len(set(drawn)) == 15
    x = X.copy()
    x[drawn] = 0.0
    changed = fit(other, x, Y, optimizer="adam", epochs=2, validation_split=0.25, **QUIET)
    np.testing.assert_array_equal(numbers(network), numbers(other))
    assert changed["validation_loss"] != history["validation_loss"]
    assert (
        history["validation_loss"][-1]
        == evaluate(network, X[drawn], Y[drawn], loss="cross_entropy").loss
    )


def _held_out(share: float) -> Array:
    from pynn.validation import split

    return split(60, share, 0)[1]


def test_split_cuts_the_weights_along() -> None:
    whole, part = small(), small()
    weights = RNG.random(60)
    kept = np.setdiff1d(np.arange(60), _held_out(0.5))
    fit(whole, X, Y, optimizer="sgd", validation_split=0.5, sample_weight=weights, **QUIET)
    fit(part, X[kept], Y[kept], optimizer="sgd", sample_weight=weights[kept], **QUIET)
    np.testing.assert_array_equal(numbers(whole), numbers(part))


# Early stopping and callbacks ----------------------------------------------------------------
def test_early_stopping_ends_after_its_patience_and_brings_the_best_back() -> None:
    network = small()
    # A rate at which it soon gets worse on what it is not trained on.
    history = fit(
        network, X[:30], Y[:30], optimizer=Adam(0.1), epochs=200, validation=(X[30:], Y[30:]),
        early_stopping=EarlyStopping(patience=4), **QUIET,
    )  # fmt: skip
    losses = history["validation_loss"]
    best = int(np.argmin(losses))
    assert len(losses) == best + 1 + 4 < 200
    assert evaluate(network, X[30:], Y[30:], loss="cross_entropy").loss == losses[best]


def test_early_stopping_watches_an_accuracy_upwards_and_may_keep_the_last() -> None:
    network = small()
    stopping = EarlyStopping("validation_accuracy", patience=3, restore=False)
    history = fit(
        network, X[:30], Y[:30], optimizer=Adam(0.1), epochs=200, validation=(X[30:], Y[30:]),
        early_stopping=stopping, **QUIET,
    )  # fmt: skip
    shares = history["validation_accuracy"]
    assert len(shares) == int(np.argmax(shares)) + 1 + 3 < 200
    assert evaluate(network, X[30:], Y[30:], loss="cross_entropy").accuracy == shares[-1]


def test_least_says_how_much_counts_as_better() -> None:
    patient = {"epochs": 30, "optimizer": SGD(1e-4)}
    never = EarlyStopping("loss", patience=2, least=1.0)
    assert len(fit(small(), X, Y, early_stopping=never, **patient, **QUIET)["loss"]) == 3
    patient["optimizer"] = SGD(1e-4)
    always = EarlyStopping("loss", patience=2)
    assert len(fit(small(), X, Y, early_stopping=always, **patient, **QUIET)["loss"]) == 30


def test_callback_sees_each_epoch_and_ends_the_training() -> None:
    told: list[Epoch] = []

    def see(epoch: Epoch) -> bool:
        told.append(epoch)
        return epoch.number == 3

    network = small()
    history = fit(network, X, Y, optimizer="sgd", epochs=10, on_epoch=see, **QUIET)
    assert [one.number for one in told] == [1, 2, 3]
    assert [one.measured["loss"] for one in told] == history["loss"]
    assert told[0].network is network and told[0].epochs == 10


def test_callback_changes_the_rate() -> None:
    def halve(epoch: Epoch) -> None:
        epoch.optimizer.learning_rate = 0.1 * 0.5**epoch.number

    optimizer = SGD(0.1)
    fit(small(), X, Y, optimizer=optimizer, epochs=3, on_epoch=halve, **QUIET)
    assert optimizer.learning_rate == 0.1 * 0.125


def test_plateau_lowers_the_rate_that_the_optimizer_uses() -> None:
    optimizer = SGD(ReduceOnPlateau(1e-9, "loss", factor=0.5, patience=2, least=0.5))
    fit(small(), X, Y, optimizer=optimizer, epochs=7, **QUIET)
    # The first epoch is better than nothing; after each two more, half the rate.
    assert optimizer.rate() == 1e-9 / 8


# Clipping ------------------------------------------------------------------------------------
@pytest.mark.parametrize("exact", [False, True])
def test_clipping_shortens_a_long_gradient_and_leaves_a_short_one(exact: bool) -> None:
    moves = {}
    for most in (None, 0.01, 1e6):
        network = small(exact=exact)
        before = numbers(network)
        for _ in train(
            network, X, Y, loss="cross_entropy", optimizer=SGD(1.0), batch_size=60, clip_norm=most
        ):
            moves[most] = numbers(network) - before
    whole = np.linalg.norm(moves[None])
    assert whole > 0.01
    assert np.linalg.norm(moves[0.01]) == pytest.approx(0.01, rel=1e-9)
    np.testing.assert_allclose(moves[0.01] / 0.01, moves[None] / whole, rtol=1e-6)
    np.testing.assert_array_equal(moves[1e6], moves[None])


def test_clipping_holds_for_small_batches_that_are_done_together() -> None:
    network = Network([Dense(64, "tanh"), Dense(2, "softmax")], inputs=3, dtype="float64")
    before = numbers(network)
    steps = train(
        network, X, Y, loss="cross_entropy", optimizer=SGD(1.0), batch_size=1, clip_norm=1e-6
    )
    for _ in steps:
        after = numbers(network)
        assert np.linalg.norm(after - before) <= 1e-6 * (1 + 1e-6)
        before = after


# Numbers -------------------------------------------------------------------------------------
def test_numbers_have_their_mean_absolute_error_and_r2_and_no_accuracy() -> None:
    network, y = line(), np.stack([X @ [1.0, 2.0, 0.5] + 3.0, 100.0 - X[:, 2]], axis=1)
    words: Any = {"loss": "squared_error", "optimizer": SGD(0.0 + 1e-12), "batch_size": 7}
    history = fit(network, X, y, verbose=False, validation=(X[:9], y[:9]), **words)
    names = ("loss", "mean_absolute_error", "r2")
    assert list(history) == [*names, *(f"validation_{name}" for name in names)]
    errors = network.predict(X) - y
    explained = 1 - (errors**2).sum(0) / ((y - y.mean(0)) ** 2).sum(0)
    assert history["mean_absolute_error"][0] == pytest.approx(np.abs(errors).mean(), rel=1e-6)
    assert history["r2"][0] == pytest.approx(explained.mean(), rel=1e-6)
    found = evaluate(network, X, y, loss="squared_error")
    assert found.r2 == pytest.approx(explained.mean(), rel=1e-12) and np.isnan(found.accuracy)


def test_targets_that_are_all_one_number_explain_nothing() -> None:
    network = Network([Dense(1, weights="zeros")], inputs=3, dtype="float64")
    assert evaluate(network, X, np.full(60, 7.0), loss="squared_error").r2 == 0.0
    network.set_parameters({"dense_1.bias": [7.0]})
    assert evaluate(network, X, np.full(60, 7.0), loss="squared_error").r2 == 1.0


@pytest.mark.parametrize(
    ("y", "classes"),
    [
        ([0, 1, 1], True),
        ([-1.0, 1.0, -1.0], True),
        ([1, 1, 1], True),
        ([0.0, 0.5, 1.0], False),
        ([-1, 0, 1], False),
        ([2, 3, 2], False),
    ],
)
def test_one_output_learns_classes_or_numbers(y: list[float], classes: bool) -> None:
    network = Network([Dense(1)], inputs=3)
    history = fit(network, X[:3], y, loss="squared_error", optimizer="sgd", verbose=False)
    assert ("accuracy" in history) == classes


def test_running_accuracy_is_that_of_the_answers_before_each_update() -> None:
    network, still = small(), small()
    history = fit(network, X, Y, optimizer=SGD(1e-12), **QUIET)
    assert history["accuracy"][0] == evaluate(still, X, Y, loss="cross_entropy").accuracy
    summed = fit(small(), X, Y, loss=SquaredError("sum"), optimizer=SGD(1e-12), verbose=False)
    assert summed["accuracy"] == history["accuracy"]


# What is refused -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"sample_weight": np.ones(59)}, "train: expected sample_weight of shape (60,), got (59,)"),
        ({"sample_weight": np.full(60, -1)}, "sample_weight as finite numbers >= 0"),
        ({"sample_weight": np.full(60, np.nan)}, "sample_weight as finite numbers >= 0"),
        ({"sample_weight": np.zeros(60)}, "expected weights of which some are above 0"),
        ({"class_weight": "even"}, 'expected class_weight as "balanced" or {class: weight}'),
        ({"class_weight": {2: 1.0}}, "expected class_weight with classes from 0 to 1"),
        ({"class_weight": {0: -1.0}}, "and weights >= 0, got 0: -1.0"),
        ({"clip_norm": 0.0}, "train: expected a finite clip_norm above 0, got 0.0"),
        ({"validation_split": 1.0}, "fit: expected validation_split as a number between 0 and 1"),
        ({"validation_split": 0.001}, "to leave examples on both sides, got 0.001 of 60"),
        ({"validation_split": 0.2, "validation": (X, Y)}, "got both"),
        ({"early_stopping": 3}, "fit: expected early_stopping as an EarlyStopping, got 3"),
        ({"early_stopping": EarlyStopping()}, "to watch one of loss, accuracy, got 'valid"),
        ({"early_stopping": EarlyStopping("r2")}, "to watch one of loss, accuracy, got 'r2'"),
        ({"on_epoch": 3}, "fit: expected on_epoch as a function of an Epoch, got 3"),
        ({"optimizer": SGD(ReduceOnPlateau(0.1))}, "expected the schedule to watch one of loss"),
        ({"optimizer": "adm"}, "one of sgd, momentum, nesterov, rmsprop, adam, adamw, got 'adm'"),
    ],
)
def test_word_is_refused_in_one_sentence_and_nothing_is_changed(
    words: dict[str, Any], sentence: str
) -> None:
    network = small()
    before = numbers(network)
    with pytest.raises(ValueError) as refused:
        fit(network, X, Y, **({"optimizer": "sgd"} | words), **QUIET)
    assert sentence in str(refused.value) and "\n" not in str(refused.value)
    np.testing.assert_array_equal(numbers(network), before)


def test_class_weights_want_classes() -> None:
    with pytest.raises(ValueError, match="expected targets that are classes with class_weight"):
        fit(
            line(), X, X[:, :2], loss="squared_error", optimizer="sgd", verbose=False,
            class_weight="balanced",
        )  # fmt: skip
