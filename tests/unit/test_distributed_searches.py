"""Searches of scikit-learn over pynn's estimators go to a Dask cluster by joblib, as they are."""

import math
from typing import Any

import numpy as np
import pytest

pytest.importorskip("distributed")
pytest.importorskip("sklearn")

import joblib
from sklearn.datasets import load_iris
from sklearn.experimental import enable_halving_search_cv  # noqa: F401  it makes the next known
from sklearn.model_selection import GridSearchCV, HalvingGridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from pynn.sklearn import NetworkClassifier

SETTINGS = {
    "networkclassifier__hidden_layer_sizes": [(4,), (8, 4)],
    "networkclassifier__learning_rate_init": [0.01, 0.1],
}


@pytest.mark.parametrize("kind", [GridSearchCV, HalvingGridSearchCV])
def test_search_on_a_cluster_finds_what_it_finds_at_home(dask_client: Any, kind: Any) -> None:
    x, y = load_iris(return_X_y=True)
    words = {"factor": 2, "random_state": 0} if kind is HalvingGridSearchCV else {}
    model = make_pipeline(
        StandardScaler(),
        NetworkClassifier(random_state=0, max_iter=5, n_iter_no_change=math.inf),
    )

    def search() -> Any:
        return kind(model, SETTINGS, cv=2, error_score="raise", n_jobs=-1, **words).fit(x, y)

    with joblib.parallel_config(backend="dask", client=dask_client):
        found = search()
    with joblib.parallel_config(backend="sequential"):
        at_home = search()
    assert found.best_params_ == at_home.best_params_
    scores = [search.cv_results_["mean_test_score"] for search in (found, at_home)]
    assert np.array_equal(*scores)
    assert np.array_equal(found.predict(x), at_home.predict(x))
