"""Networks as scikit-learn estimators: its own checks, its tools, and what a failure leaves."""

import copy
import io
import os
import pickle
import subprocess
import sys
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

# One of scikit-learn's checks runs only where SciPy was imported under it.
os.environ.setdefault("SCIPY_ARRAY_API", "1")
pytest.importorskip("sklearn")

import joblib
from scipy.sparse import csr_array
from sklearn.base import clone, is_classifier, is_regressor
from sklearn.datasets import load_breast_cancer, load_digits, load_iris, make_regression
from sklearn.exceptions import ConvergenceWarning, NotFittedError
from sklearn.experimental import enable_halving_search_cv  # noqa: F401
from sklearn.metrics import recall_score
from sklearn.model_selection import GridSearchCV, HalvingGridSearchCV, cross_val_score
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler, scale
from sklearn.utils.estimator_checks import parametrize_with_checks

from pynn import SGD, AdamW, CosineDecay, Diverged, load, save
from pynn.layers import BatchNorm, Conv2D, Dense, Dropout, Flatten, MaxPool2D
from pynn.sklearn import NetworkClassifier, NetworkRegressor

# Few epochs do for most of what is asked here.
pytestmark = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")

Classes = tuple[np.ndarray, np.ndarray]


@pytest.fixture(scope="module")
def iris() -> Classes:
    x, y = load_iris(return_X_y=True)
    return scale(x), y


@pytest.fixture(scope="module")
def names(iris: Classes) -> np.ndarray:
    """The same classes as texts."""
    return load_iris().target_names[iris[1]]


@pytest.fixture(scope="module")
def numbers() -> Classes:
    """Two numbers for each row, and nothing but ups and downs around 0."""
    x, y = make_regression(200, 5, n_targets=2, noise=1.0, random_state=0)
    return scale(x), scale(y)


def quick(**words: Any) -> NetworkClassifier:
    return NetworkClassifier(**({"max_iter": 5, "random_state": 0} | words))


@parametrize_with_checks(
    [
        NetworkClassifier(),
        NetworkRegressor(),
        NetworkClassifier(
            layers=[Dense(50, "relu"), BatchNorm(), Dropout(0.1)],
            optimizer=partial(SGD, momentum=0.9),
            learning_rate_init=0.05,
        ),
    ]
)
def test_scikit_learns_own_checks(estimator: Any, check: Callable[[Any], None]) -> None:
    check(estimator)


def test_they_say_what_they_are() -> None:
    assert is_classifier(NetworkClassifier()) and is_regressor(NetworkRegressor())
    assert NetworkRegressor().__sklearn_tags__().target_tags.multi_output
    assert not NetworkClassifier().__sklearn_tags__().input_tags.sparse


def test_pynn_alone_does_not_import_scikit_learn() -> None:
    program = "import sys, pynn; sys.exit('sklearn' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True, env=os.environ | _path())


def test_where_scikit_learn_is_missing_one_sentence_says_how_to_get_it() -> None:
    program = "import sys; sys.modules['sklearn'] = None; import pynn.sklearn"
    command = [sys.executable, "-c", program]
    run = subprocess.run(
        command, capture_output=True, text=True, check=False, env=os.environ | _path()
    )
    assert run.stderr.splitlines()[-1] == (
        "ImportError: pynn.sklearn: expected scikit-learn 1.6 or later; "
        "pip install pynn-playground[sklearn]"
    )


def _path() -> dict[str, str]:
    return {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}


def test_cross_validated_in_a_pipeline_it_tells_the_irises_apart() -> None:
    model = make_pipeline(StandardScaler(), NetworkClassifier(random_state=0))
    assert cross_val_score(model, *load_iris(return_X_y=True)).mean() > 0.93


def test_two_classes_have_one_output_and_two_probabilities() -> None:
    x, y = load_breast_cancer(return_X_y=True)
    model = NetworkClassifier(random_state=0, max_iter=30).fit(scale(x), y)
    assert model.network_.outputs == 1
    proba = model.predict_proba(scale(x))
    np.testing.assert_allclose(proba.sum(axis=1), 1.0)
    np.testing.assert_array_equal(model.predict(scale(x)), proba.argmax(axis=1))
    assert model.score(scale(x), y) > 0.95


def test_labels_may_be_texts(iris: Classes, names: np.ndarray) -> None:
    model = NetworkClassifier(random_state=0).fit(iris[0], names)
    assert model.classes_.tolist() == ["setosa", "versicolor", "virginica"]
    assert set(model.predict(iris[0])) == set(names)
    assert model.score(iris[0], names) > 0.93
    plain = NetworkClassifier(random_state=0).fit(*iris)
    np.testing.assert_array_equal(plain.predict_proba(iris[0]), model.predict_proba(iris[0]))


def test_regressor_answers_in_the_shape_of_y(numbers: Classes) -> None:
    x, y = numbers
    both = NetworkRegressor(random_state=0, learning_rate_init=0.01).fit(x, y)
    assert both.predict(x).shape == y.shape and both.score(x, y) > 0.95
    one = NetworkRegressor(random_state=0, max_iter=3).fit(x, y[:, 0])
    assert one.predict(x).shape == (200,)
    column = NetworkRegressor(random_state=0, max_iter=3).fit(x, y[:, :1])
    assert column.predict(x).shape == (200, 1)


def test_grid_search_chooses_among_sizes_and_among_layers(iris: Classes) -> None:
    deep = [Dense(16, "relu"), BatchNorm(), Dense(16, "relu"), Dropout(0.1)]
    grid = [{"hidden_layer_sizes": [(1,), 30], "alpha": [0.0]}, {"layers": [[Dense(1)], deep]}]
    search = GridSearchCV(quick(max_iter=40, learning_rate_init=0.01), grid, cv=3)
    search.fit(*iris)
    assert search.best_score_ > 0.9 and len(search.cv_results_["params"]) == 4
    assert all(not layer.output_shape for layer in deep)  # as fresh as they were given


def test_halving_search_may_spend_epochs(iris: Classes) -> None:
    grid = {"learning_rate_init": [0.0001, 0.001, 0.02]}
    words = {"resource": "max_iter", "max_resources": 45, "min_resources": 5, "cv": 3}
    search = HalvingGridSearchCV(quick(), grid, random_state=0, **words).fit(*iris)
    assert search.best_params_["learning_rate_init"] == 0.02
    assert search.best_estimator_.n_iter_ == search.best_params_.get("max_iter", 45)


def test_clone_is_not_fitted_and_learns_the_same(iris: Classes) -> None:
    model = quick(layers=[Dense(8, "tanh"), Dropout(0.2)], optimizer=AdamW).fit(*iris)
    other = clone(model)
    with pytest.raises(NotFittedError):
        other.predict(iris[0])
    other.fit(*iris)
    np.testing.assert_array_equal(other.predict_proba(iris[0]), model.predict_proba(iris[0]))


def pickled(model: Any) -> Any:
    return pickle.loads(pickle.dumps(model))


def dumped(model: Any) -> Any:
    file = io.BytesIO()
    joblib.dump(model, file)
    file.seek(0)
    return joblib.load(file)


@pytest.mark.parametrize("kept", [pickled, dumped, copy.deepcopy, copy.copy])
def test_kept_estimator_answers_and_goes_on_as_the_first(
    kept: Callable[[Any], Any], iris: Classes
) -> None:
    model = quick(layers=[Dense(9, "relu"), BatchNorm(), Dropout(0.1)]).fit(*iris)
    before = model.predict_proba(iris[0])
    again = kept(model)
    np.testing.assert_array_equal(again.predict_proba(iris[0]), before)
    after = again.partial_fit(*iris).predict_proba(iris[0])
    assert not np.array_equal(after, before)
    if kept is not copy.copy:  # which shares the network
        np.testing.assert_array_equal(model.partial_fit(*iris).predict_proba(iris[0]), after)


def test_estimator_whose_arrays_may_not_be_written_answers(iris: Classes, tmp_path: Path) -> None:
    """So joblib hands large ones to other processes."""
    model = quick(layers=[Dense(9, "relu"), BatchNorm()]).fit(*iris)
    joblib.dump(model, tmp_path / "model")
    shared = joblib.load(tmp_path / "model", mmap_mode="r")
    assert not shared.network_.parameters["dense_1.weights"].flags.writeable
    np.testing.assert_array_equal(shared.predict_proba(iris[0]), model.predict_proba(iris[0]))


def test_same_random_state_same_numbers_another_other_ones(iris: Classes) -> None:
    first, second, third = (quick(random_state=n).fit(*iris) for n in (3, 3, 4))
    np.testing.assert_array_equal(first.predict_proba(iris[0]), second.predict_proba(iris[0]))
    assert first.loss_curve_ == second.loss_curve_ != third.loss_curve_
    first.fit(*iris)
    assert first.loss_curve_ == second.loss_curve_


def test_partial_fits_are_the_epochs_of_a_fit(iris: Classes, numbers: Classes) -> None:
    words = {"random_state": 1, "max_iter": 4, "n_iter_no_change": np.inf, "batch_size": 32}
    whole, parts = NetworkClassifier(**words).fit(*iris), NetworkClassifier(**words)
    for _ in range(4):
        parts.partial_fit(*iris, classes=[2, 0, 1])
    np.testing.assert_array_equal(parts.predict_proba(iris[0]), whole.predict_proba(iris[0]))
    assert parts.loss_curve_ == whole.loss_curve_ and parts.n_iter_ == 4
    regressor, pieces = NetworkRegressor(**words).fit(*numbers), NetworkRegressor(**words)
    for _ in range(4):
        pieces.partial_fit(*numbers)
    np.testing.assert_array_equal(pieces.predict(numbers[0]), regressor.predict(numbers[0]))


def test_partial_fit_takes_classes_as_they_come(iris: Classes, names: np.ndarray) -> None:
    model, known = quick(learning_rate_init=0.01), np.unique(names)
    for name in known.tolist() * 20:
        chosen = names == name
        model.partial_fit(iris[0][chosen], names[chosen], classes=known)
    assert model.classes_.tolist() == known.tolist() and model.n_iter_ == 60
    model.partial_fit(iris[0], names)  # who knows the classes need not be told again
    assert model.score(iris[0], names) > 0.8


def test_partial_fit_goes_on_from_a_fit(iris: Classes) -> None:
    model = quick().fit(*iris)
    before = model.loss_curve_[-1]
    for _ in range(20):
        model.partial_fit(*iris)
    assert model.n_iter_ == 25 and model.loss_curve_[-1] < before


def test_warm_start_goes_on_and_a_plain_fit_begins_anew(iris: Classes) -> None:
    cold, warm = quick(), quick(warm_start=True)
    for model in (cold, warm):
        model.fit(*iris).fit(*iris)
    assert cold.n_iter_ == 5 and warm.n_iter_ == 10
    assert warm.loss_curve_[:5] == cold.loss_curve_
    assert warm.loss_curve_[9] < warm.loss_curve_[5] < warm.loss_curve_[4]
    warm.set_params(learning_rate_init=0.1, alpha=0.01).fit(*iris)  # other words for the same
    assert warm.network_.neurons[0].l2 == pytest.approx(0.01 / 150)


def test_warm_start_refuses_other_layers_and_other_data(iris: Classes) -> None:
    model = quick(warm_start=True).fit(*iris)
    answers = model.predict_proba(iris[0])
    with pytest.raises(ValueError, match="expected the layers of the last fit with warm_start"):
        model.set_params(hidden_layer_sizes=(7,)).fit(*iris)
    model.set_params(hidden_layer_sizes=(100,))
    with pytest.raises(ValueError, match="X has 2 features"):
        model.fit(iris[0][:, :2], iris[1])
    with pytest.raises(ValueError, match="previously unseen labels"):
        model.fit(iris[0], iris[1] + 1)
    np.testing.assert_array_equal(model.predict_proba(iris[0]), answers)


def test_early_stopping_keeps_the_weights_with_the_best_score(iris: Classes) -> None:
    model = NetworkClassifier(
        random_state=0, early_stopping=True, validation_fraction=0.2, learning_rate_init=0.02
    ).fit(*iris)
    scores = model.validation_scores_
    assert scores is not None and len(scores) == model.n_iter_ < 200
    best = scores.index(max(scores))
    assert model.n_iter_ - best - 1 >= 10  # as long as it was waited for a better one
    # As many epochs without a look at the others lead to the same weights.
    brief = clone(model).set_params(max_iter=best + 1).fit(*iris)
    np.testing.assert_array_equal(brief.predict_proba(iris[0]), model.predict_proba(iris[0]))


def test_early_stopping_of_numbers_goes_by_r2(numbers: Classes) -> None:
    model = NetworkRegressor(random_state=0, early_stopping=True, learning_rate_init=0.01)
    model.fit(*numbers)
    assert model.validation_scores_ is not None and max(model.validation_scores_) > 0.9
    assert model.set_params(early_stopping=False).fit(*numbers).validation_scores_ is None


def test_loss_that_falls_no_more_ends_a_fit_where_scikit_learn_ends_it(iris: Classes) -> None:
    words = {"random_state": 0, "tol": 100.0, "n_iter_no_change": 3}
    for kind in (NetworkClassifier, MLPClassifier):
        assert kind(**words).fit(*iris).n_iter_ == 5  # the first, one to wait after, three more
    assert 10 < NetworkClassifier(random_state=0, tol=0.01).fit(*iris).n_iter_ < 100
    assert quick(n_iter_no_change=np.inf, tol=100.0).fit(*iris).n_iter_ == 5


def test_too_few_epochs_are_warned_of_unless_they_were_asked_for(iris: Classes) -> None:
    with pytest.warns(ConvergenceWarning, match="after max_iter=5 epochs"):
        quick().fit(*iris)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        quick(n_iter_no_change=np.inf).fit(*iris)
        quick().partial_fit(*iris, classes=[0, 1, 2])


def test_alpha_is_the_l2_of_every_layer_by_the_rows_of_a_mini_batch(iris: Classes) -> None:
    layers = [Dense(5, "relu", l1=0.1, l2=0.5)]
    model = quick(layers=layers, alpha=0.3, batch_size=30).fit(*iris)
    own, last = model.network_.neurons
    assert (own.l1, own.l2) == (0.1, pytest.approx(0.51)) and last.l2 == pytest.approx(0.01)
    model.partial_fit(iris[0][:10], iris[1][:10])
    assert last.l2 == pytest.approx(0.03)
    weak, strong = (
        NetworkClassifier(alpha=alpha, random_state=0).fit(*iris) for alpha in (0.0, 50.0)
    )
    norms = [np.linalg.norm(m.network_.parameters["dense_1.weights"]) for m in (weak, strong)]
    assert norms[1] < norms[0] / 2


def test_loss_curve_has_the_penalties_in_it(iris: Classes) -> None:
    model = quick(alpha=100.0, max_iter=1).fit(*iris)
    plain = quick(alpha=0.0, max_iter=1).fit(*iris)
    penalty = model.network_.penalty()
    assert penalty > 1.0
    assert model.loss_curve_[0] == pytest.approx(plain.loss_curve_[0] + penalty)


def test_images_go_through_layers_for_images() -> None:
    x, y = load_digits(return_X_y=True)
    layers = [Conv2D(8, 3, "relu"), MaxPool2D(), Flatten()]
    model = NetworkClassifier(
        layers=layers, input_shape=(8, 8, 1), learning_rate_init=0.01, max_iter=15, random_state=0
    )
    assert model.fit(x[:1000] / 16, y[:1000]).score(x[1000:] / 16, y[1000:]) > 0.88
    assert model.network_.input_shape == (8, 8, 1)


def test_layers_may_be_made_for_what_comes_in_and_out(iris: Classes) -> None:
    def layers(inputs: int, outputs: int) -> list[Dense]:
        return [Dense(inputs * outputs, "tanh")]

    model = quick(layers=layers).fit(*iris)
    assert model.network_.parameters["dense_1.weights"].shape == (4, 12)


def test_optimizers_go_by_name_or_are_made_for_the_rate(iris: Classes) -> None:
    made = quick(optimizer=partial(SGD, momentum=0.5), learning_rate_init=CosineDecay(0.1, 5))
    assert made.fit(*iris).loss_curve_[-1] < made.loss_curve_[0]
    names = [quick(optimizer=name).fit(*iris).loss_curve_[-1] for name in ("sgd", "rmsprop")]
    assert names[0] != names[1]


def test_scikit_learns_names_of_activations_are_known(iris: Classes) -> None:
    for theirs, ours in (("identity", "linear"), ("logistic", "sigmoid")):
        models = [quick(activation=name).fit(*iris) for name in (theirs, ours)]
        assert models[0].loss_curve_ == models[1].loss_curve_


def test_dtype_is_that_of_network_and_answers(iris: Classes) -> None:
    assert quick().fit(*iris).predict_proba(iris[0]).dtype == np.float64
    model = quick(dtype="float32").fit(*iris)
    assert model.network_.dtype == model.predict_proba(iris[0]).dtype == np.float32


def test_verbose_writes_an_epoch_a_line(iris: Classes, capsys: pytest.CaptureFixture[str]) -> None:
    quick(max_iter=2, early_stopping=True, verbose=True).fit(*iris)
    out, err = capsys.readouterr()
    assert out == "" and err.count("validation score") == 2
    quick(max_iter=2).fit(*iris)
    assert capsys.readouterr().err == ""


def test_network_is_one_to_save_and_use_without_scikit_learn(iris: Classes) -> None:
    model, file = quick().fit(*iris), io.BytesIO()
    save(model.network_, file)
    file.seek(0)
    np.testing.assert_array_equal(load(file).predict(iris[0]), model.predict_proba(iris[0]))


# Class weights.


def test_weights_of_one_are_no_weights(iris: Classes) -> None:
    plain, weighted = quick().fit(*iris), quick(class_weight={0: 1.0}).fit(*iris)
    np.testing.assert_allclose(weighted.loss_curve_, plain.loss_curve_)


def test_balanced_weights_find_more_of_the_rare_class(rng: np.random.Generator) -> None:
    y = (np.arange(600) % 12 == 0).astype(int)
    x = rng.normal(size=(600, 2)) + 1.2 * y[:, np.newaxis]
    plain, balanced, told = (
        recall_score(
            y, NetworkClassifier((8,), random_state=0, class_weight=w).fit(x, y).predict(x)
        )
        for w in (None, "balanced", {0: 600 / (2 * 550), 1: 600 / (2 * 50)})
    )
    assert plain < 0.5 < 0.7 < balanced == told


def test_balanced_weights_need_all_rows(iris: Classes) -> None:
    with pytest.raises(ValueError, match="expected class_weight as a dictionary with partial_fit"):
        quick(class_weight="balanced").partial_fit(*iris, classes=[0, 1, 2])


# What is refused, and what that leaves.


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"hidden_layer_sizes": (5, 0)}, "expected hidden_layer_sizes as a whole number >= 1, got"),
        ({"hidden_layer_sizes": None}, "expected hidden_layer_sizes as a whole number >= 1, got"),
        ({"activation": "step"}, "activation: expected one of tanh, relu"),
        ({"layers": [Dense(3)], "activation": "tanh"}, "layers, or hidden_layer_sizes and activ"),
        ({"layers": [Dense(3)], "hidden_layer_sizes": 9}, "layers, or hidden_layer_sizes and a"),
        ({"layers": Dense(3)}, "expected layers as a list of layers, got Dense"),
        ({"layers": [3]}, "expected layers only, got 3"),
        ({"layers": [Flatten()], "input_shape": (3, 2, 1)}, "an input_shape for 4 features, got"),
        ({"optimizer": "lbfgs"}, "expected optimizer as one of sgd, momentum"),
        ({"optimizer": SGD(0.1)}, "or what makes one for a rate, got SGD"),
        ({"alpha": -0.1}, "expected alpha >= 0, got -0.1"),
        ({"batch_size": "all"}, "expected batch_size as a whole number >= 1 or 'auto', got 'all'"),
        ({"learning_rate_init": 0}, "learning_rate: expected a number above 0, got 0"),
        ({"max_iter": 0}, "expected max_iter as a whole number >= 1, got 0"),
        ({"shuffle": "yes"}, "expected shuffle as True or False, got 'yes'"),
        ({"random_state": "x"}, "expected random_state as None, a whole number"),
        ({"tol": -1}, "expected tol >= 0, got -1"),
        ({"n_iter_no_change": 0.5}, "expected n_iter_no_change as a whole number >= 1, got 0.5"),
        ({"early_stopping": "no"}, "expected early_stopping as True or False, got 'no'"),
        ({"early_stopping": True, "validation_fraction": 1}, "0 < validation_fraction < 1, got 1"),
        ({"warm_start": 3}, "expected warm_start as True or False, got 3"),
        ({"dtype": "int32"}, "expected dtype float32 or float64, got 'int32'"),
        ({"class_weight": {0: -1, 1: 1}}, "numbers >= 0 by class, of .0, 1, 2., got {0: -1"),
        ({"class_weight": {9: 1}}, "numbers >= 0 by class, of .0, 1, 2., got {9: 1}"),
    ],
)
def test_words_without_sense_are_refused_in_a_fit_alone(
    words: dict[str, Any], sentence: str, iris: Classes
) -> None:
    model = NetworkClassifier(**words)
    before = vars(model).copy()
    with pytest.raises(ValueError, match=sentence):
        model.fit(*iris)
    assert vars(model) == before


def bad_data(x: np.ndarray, y: np.ndarray) -> list[tuple[Any, Any, str]]:
    return [
        (csr_array(x), y, "dense data is required"),
        (np.where(x > 2, np.nan, x), y, "contains NaN"),
        (x, y[:-1], "inconsistent numbers of samples"),
        (x[:0], y[:0], "0 sample"),
        (x[:, 0], y, "Expected 2D array"),
        (x.astype(str) + "a", y, "could not convert string to float"),
        (x, None, "y to be passed"),
    ]


def test_bad_rows_are_refused(iris: Classes, numbers: Classes) -> None:
    for model, (x, y) in ((quick(), iris), (NetworkRegressor(max_iter=5), numbers)):
        before = vars(model).copy()
        for rows, targets, sentence in bad_data(x, y):
            with pytest.raises((TypeError, ValueError), match=sentence):
                model.fit(rows, targets)
            assert vars(model) == before


def test_bad_classes_are_refused(iris: Classes) -> None:
    x, y = iris
    for targets, sentence in (
        (y + 0.5, "Unknown label type"),
        (np.eye(3)[y], "1d array"),
        (np.zeros(150), "expected at least 2 classes, got 1 class"),
    ):
        with pytest.raises(ValueError, match=sentence):
            quick().fit(x, targets)
    model = quick()
    with pytest.raises(ValueError, match="expected classes in the first partial_fit, got none"):
        model.partial_fit(x, y)
    with pytest.raises(ValueError, match="previously unseen labels"):
        model.partial_fit(x, y, classes=[0, 1])
    assert not hasattr(model, "classes_")
    model.partial_fit(x, y, classes=[0, 1, 2])
    with pytest.raises(ValueError, match=r"the classes it knows, \[0, 1, 2\], got \[0, 1\]"):
        model.partial_fit(x, y, classes=[0, 1])


def test_bad_numbers_are_refused(numbers: Classes) -> None:
    x, y = numbers
    for targets, sentence in (
        (csr_array(y), "Sparse data was passed for y"),
        (["a"] * 200, "'numeric'"),
        (np.where(y > 2, np.inf, y), "contains infinity"),
    ):
        with pytest.raises((TypeError, ValueError), match=sentence):
            NetworkRegressor(max_iter=3).fit(x, targets)
    model = NetworkRegressor(max_iter=3).fit(x, y)
    with pytest.raises(ValueError, match=r"expected shape \(any,\) or \(any, 2\)"):
        model.partial_fit(x, y[:, 0])


def test_training_that_diverges_leaves_what_was_there(numbers: Classes) -> None:
    x, y = numbers
    fresh = NetworkRegressor(optimizer="sgd", random_state=0)
    for rate in (1e30, 1e200):  # of the second the outputs are infinite before a loss is
        for early_stopping in (False, True):
            fresh.set_params(learning_rate_init=rate, early_stopping=early_stopping)
            with pytest.raises(Diverged, match="try a smaller learning rate"):
                fresh.fit(x, y)
            assert vars(fresh) == fresh.get_params()
    model = NetworkRegressor(max_iter=3, random_state=0).fit(x, y)
    answers, curve = model.predict(x), model.loss_curve_
    model.set_params(optimizer="sgd", learning_rate_init=1e30)
    with pytest.raises(Diverged):
        model.fit(x[:, :3], y)
    np.testing.assert_array_equal(model.predict(x), answers)
    assert (model.n_features_in_, model.n_iter_, model.loss_curve_) == (5, 3, curve)


def test_last_update_of_a_fit_that_ends_early_is_looked_at(numbers: Classes) -> None:
    model = NetworkRegressor(optimizer="sgd", random_state=0, tol=1e9, n_iter_no_change=1)
    model.set_params(learning_rate_init=lambda updates: 1e308 if updates == 2 else 1e-9)
    with pytest.raises(Diverged, match="became NaN or infinite"):
        model.fit(numbers[0], 100 * numbers[1])
    assert not hasattr(model, "network_")


def test_partial_fit_that_fails_under_way_is_undone_bit_by_bit(numbers: Classes) -> None:
    x, y = numbers
    words = {"random_state": 0, "batch_size": 20}
    model, twin = (NetworkRegressor(**words).partial_fit(x, y) for _ in range(2))
    wild = y.copy()
    wild[-1] = 1e300
    with pytest.raises(Diverged):
        model.partial_fit(x, wild)
    for one in (model, twin):
        one.partial_fit(x, y)
    np.testing.assert_array_equal(model.predict(x), twin.predict(x))
    assert model.loss_curve_ == twin.loss_curve_


def test_answers_are_asked_of_a_fit_and_of_its_features(iris: Classes) -> None:
    model = quick()
    with pytest.raises(NotFittedError):
        model.predict_proba(iris[0])
    model.fit(*iris)
    with pytest.raises(ValueError, match="X has 3 features"):
        model.predict(iris[0][:, :3])
    with pytest.raises(ValueError, match="NaN"):
        model.predict(iris[0] * np.nan)


def test_columns_keep_their_names(iris: Classes) -> None:
    pandas = pytest.importorskip("pandas")
    table = pandas.DataFrame(iris[0], columns=list("abcd"))
    model = quick().fit(table, iris[1])
    assert model.feature_names_in_.tolist() == list("abcd") and model.n_features_in_ == 4
    with pytest.raises(ValueError, match="feature names"):
        model.predict(table[list("dcba")])
