"""Other packages' doors, each word with odd values: scikit-learn's, ONNX's, PyTorch's, files."""

import io
import warnings
from typing import Any

import numpy as np
import pytest

import pynn
from pynn.files import from_bytes, to_bytes
from pynn.onnx import export_onnx
from pynn.safetensors import from_safetensors, to_safetensors
from pynn.torch import load_state_dict, state_dict
from tests.unit.odd_runs import (
    ABOVE_0,
    AT_LEAST_0,
    FLAG,
    HUGE,
    PATH,
    WHOLE,
    Call,
    wrong_with,
)

pytest.importorskip("sklearn")

from sklearn.exceptions import ConvergenceWarning

from pynn.sklearn import NetworkClassifier, NetworkRegressor

BIG = " 10**30"


def fitted(s: Any, x: Any = None, y: Any = None, **words: Any) -> Any:
    usual = {"hidden_layer_sizes": 2, "max_iter": 2, "n_iter_no_change": np.inf, "random_state": 0}
    model = NetworkClassifier(**(usual | words))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return model.fit(s.x if x is None else x, s.y if y is None else y).loss_curve_


def stopped(s: Any, **words: Any) -> Any:
    """With as many rows as leave some to hold out."""
    return fitted(s, np.tile(s.x, (5, 1)), np.tile(s.y, 5), **words)


def regressed(s: Any, **words: Any) -> Any:
    usual = {"hidden_layer_sizes": 2, "max_iter": 2, "n_iter_no_change": np.inf, "random_state": 0}
    return NetworkRegressor(**(usual | words)).fit(s.x, s.y).loss_curve_


CALLS: dict[str, tuple[Call, str]] = {
    "sklearn.hidden_layer_sizes": (
        lambda s, v: fitted(s, hidden_layer_sizes=v), "one-number no-numbers empty-list " + WHOLE),
    "sklearn.activation": (lambda s, v: fitted(s, activation=v), ""),
    "sklearn.layers": (
        lambda s, v: fitted(s, hidden_layer_sizes=(100,), layers=v), "None empty-list"),
    "sklearn.input_shape": (lambda s, v: fitted(s, input_shape=v), "None " + WHOLE),
    "sklearn.optimizer": (lambda s, v: fitted(s, optimizer=v), ""),
    "sklearn.alpha": (lambda s, v: fitted(s, alpha=v), AT_LEAST_0 + BIG),
    "sklearn.batch_size": (lambda s, v: fitted(s, batch_size=v), WHOLE + HUGE),
    "sklearn.learning_rate_init": (lambda s, v: fitted(s, learning_rate_init=v), ABOVE_0 + BIG),
    "sklearn.max_iter": (
        lambda s, v: fitted(s, max_iter=v, tol=9.0, n_iter_no_change=1), WHOLE + HUGE),
    "sklearn.shuffle": (lambda s, v: fitted(s, shuffle=v), FLAG),
    "sklearn.random_state": (lambda s, v: fitted(s, random_state=v), "None True 0 int8 uint8"),
    "sklearn.tol": (lambda s, v: fitted(s, tol=v), AT_LEAST_0 + BIG),
    "sklearn.n_iter_no_change": (
        lambda s, v: fitted(s, n_iter_no_change=v), "inf int8 uint8 longdouble" + HUGE),
    "sklearn.early_stopping": (
        lambda s, v: stopped(s, early_stopping=v), FLAG),
    "sklearn.validation_fraction": (
        lambda s, v: stopped(s, early_stopping=True, validation_fraction=v),
        "float16 float32"),
    "sklearn.warm_start": (lambda s, v: fitted(s, warm_start=v), FLAG),
    "sklearn.verbose": (lambda s, v: fitted(s, verbose=v), "0 10**30 10**5000 int8 uint8 " + FLAG),
    "sklearn.dtype": (lambda s, v: fitted(s, dtype=v), ""),
    "sklearn.class_weight": (lambda s, v: fitted(s, class_weight=v), "None"),
    "sklearn.class_weight.weight": (lambda s, v: fitted(s, class_weight={1: v}), AT_LEAST_0 + BIG),
    "sklearn.regressor.alpha": (lambda s, v: regressed(s, alpha=v), AT_LEAST_0 + BIG),
    "sklearn.regressor.layers": (
        lambda s, v: regressed(s, hidden_layer_sizes=(100,), layers=v), "None empty-list"),
    "sklearn.regressor.optimizer": (lambda s, v: regressed(s, optimizer=v), ""),
    "to_bytes": (lambda s, v: to_bytes(v), ""),
    "from_bytes": (lambda s, v: from_bytes(v), ""),
    "to_safetensors": (lambda s, v: to_safetensors(v), ""),
    "from_safetensors": (lambda s, v: from_safetensors(v), ""),
    "load.content": (lambda s, v: pynn.load(io.BytesIO(v if isinstance(v, bytes) else b"")), ""),
    "save.Training": (lambda s, v: pynn.save(v, io.BytesIO()), ""),
    "export_onnx.network": (lambda s, v: export_onnx(v, "a.onnx"), ""),
    "export_onnx.path": (lambda s, v: export_onnx(s.network, v), PATH),
    "state_dict": (lambda s, v: state_dict(v), ""),
    "load_state_dict.network": (lambda s, v: load_state_dict(v, {}), ""),
    "load_state_dict.state": (lambda s, v: load_state_dict(s.network, v), ""),
    "load_state_dict.array": (
        lambda s, v: load_state_dict(s.network, state_dict(s.network) | {"0.bias": v}), ""),
}  # fmt: skip


@pytest.mark.usefixtures("in_tmp_path")
@pytest.mark.parametrize("call", CALLS)
def test_odd_value_is_taken_as_it_is_meant_or_refused_in_one_sentence(call: str) -> None:
    assert not (wrong := wrong_with(*CALLS[call])), "\n" + wrong
