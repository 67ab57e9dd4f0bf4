"""What came with `fit`, schedules, activations and initializers, each word with odd values."""

from typing import Any

import numpy as np
import pytest

import pynn
from pynn import datasets
from pynn.class_figures import class_report
from pynn.initializers import get_initializer
from pynn.opened import OpenedStep
from tests.unit.odd_runs import (
    ABOVE_0,
    AT_LEAST_0,
    FLAG,
    HUGE,
    LABELS,
    SEED,
    SHARE,
    WHOLE,
    Call,
    wrong_with,
)
from tests.unit.odd_subject import dense, rates, updated

BIG = " 10**30"
COUNT = WHOLE + HUGE
BETWEEN = "float16 float32"
WEIGHTS = "None half-labels big-labels huge-labels"


def stopping(s: Any, **words: Any) -> Any:
    return s.fit(early_stopping=pynn.EarlyStopping(**({"watch": "loss"} | words)))


def plateau(s: Any, **words: Any) -> Any:
    schedule = pynn.ReduceOnPlateau(**({"rate": 0.1, "watch": "loss"} | words))
    return s.fit(optimizer=pynn.SGD(schedule))


def opened(s: Any, **words: Any) -> float:
    usual = {"network": s.network, "loss": "cross_entropy", "optimizer": s.optimizer}
    return OpenedStep(**(usual | {"x": s.x[0], "y": 1} | words)).loss


def told(s: Any, value: Any) -> list[float]:
    s.network.predict_classes(value)
    return []


def restored(s: Any, value: Any) -> None:
    pynn.train(s.network, s.x, s.y, **s.words()).restore(value)


CALLS: dict[str, tuple[Call, str]] = {
    "fit.sample_weight": (lambda s, v: s.fit(sample_weight=v), WEIGHTS),
    "fit.sample_weight.one": (lambda s, v: s.fit(sample_weight=[1, 2, 0, v]),
                              "True bool_ 0d-whole 0d-real " + AT_LEAST_0),
    "fit.class_weight": (lambda s, v: s.fit(class_weight=v), "None"),
    "fit.class_weight.class": (lambda s, v: s.fit(class_weight={key(v): 2.0}), "0"),
    "fit.class_weight.weight": (lambda s, v: s.fit(class_weight={1: v}), AT_LEAST_0 + BIG),
    "fit.clip_norm": (lambda s, v: s.fit(clip_norm=v), "None" + BIG + " " + ABOVE_0),
    "fit.validation_split": (lambda s, v: s.fit(validation_split=v), "None " + BETWEEN),
    "fit.early_stopping": (lambda s, v: s.fit(early_stopping=v), "None"),
    "fit.on_epoch": (lambda s, v: s.fit(on_epoch=v), "None function"),
    "fit.augment": (lambda s, v: s.fit(augment=v), "None"),
    "train.loss": (lambda s, v: s.train(loss=v), ""),
    "train.optimizer": (lambda s, v: s.train(optimizer=v), ""),
    "train.sample_weight": (lambda s, v: s.train(sample_weight=v), WEIGHTS),
    "train.class_weight": (lambda s, v: s.train(class_weight=v), "None"),
    "train.clip_norm": (lambda s, v: s.train(clip_norm=v), "None" + BIG + " " + ABOVE_0),
    "train.x": (lambda s, v: pynn.train(s.network, v, s.y, **s.words()), ""),
    "train.y": (lambda s, v: pynn.train(s.network, s.x, v, **s.words()), ""),
    "train.network": (lambda s, v: pynn.train(v, s.x, s.y, **s.words()), ""),
    "Training.restore": (restored, ""),
    "Network.restore": (lambda s, v: s.network.restore(v), ""),
    "Network.exact": (lambda s, v: s.built(exact=v), FLAG),
    "predict_classes": (told, "no-rows"),
    "held.name": (lambda s, v: s.network.held.__setitem__(key(v), True), ""),
    "held.mask": (lambda s, v: s.network.held.__setitem__("dense_1.bias", v), FLAG),
    "EarlyStopping.watch": (lambda s, v: stopping(s, watch=v), ""),
    "EarlyStopping.patience": (lambda s, v: stopping(s, patience=v), COUNT),
    "EarlyStopping.least": (lambda s, v: stopping(s, least=v), AT_LEAST_0 + BIG),
    "EarlyStopping.restore": (lambda s, v: stopping(s, restore=v), FLAG),
    "WarmUp.rate": (lambda s, v: rates(pynn.WarmUp, rate=v, updates=2), ABOVE_0 + BIG),
    "WarmUp.updates": (lambda s, v: rates(pynn.WarmUp, rate=1, updates=v), WHOLE),
    "OneCycle.rate": (lambda s, v: rates(pynn.OneCycle, rate=v, updates=9), ABOVE_0 + BIG),
    "OneCycle.updates": (lambda s, v: rates(pynn.OneCycle, rate=1, updates=v), WHOLE),
    "OneCycle.rise": (lambda s, v: rates(pynn.OneCycle, rate=1, updates=9, rise=v), BETWEEN),
    "ByEpoch.rate": (lambda s, v: rates(pynn.ByEpoch, rate=v, updates=2), ABOVE_0 + BIG),
    "ByEpoch.updates": (lambda s, v: rates(pynn.ByEpoch, rate=1, updates=v), COUNT),
    "ByEpoch.inner": (lambda s, v: updated(
        pynn.SGD, learning_rate=pynn.ByEpoch(lambda epoch: v, updates=2)),
        AT_LEAST_0 + BIG + " 0d-whole 0d-real"),
    "WarmUp.inner": (lambda s, v: updated(
        pynn.SGD, learning_rate=pynn.WarmUp(lambda updates: v, updates=2)),
        AT_LEAST_0 + BIG + " 0d-whole 0d-real"),
    "ReduceOnPlateau.rate": (lambda s, v: plateau(s, rate=v), ABOVE_0 + BIG),
    "ReduceOnPlateau.watch": (lambda s, v: plateau(s, watch=v), ""),
    "ReduceOnPlateau.factor": (lambda s, v: plateau(s, factor=v), BETWEEN),
    "ReduceOnPlateau.patience": (lambda s, v: plateau(s, patience=v), COUNT),
    "ReduceOnPlateau.least": (lambda s, v: plateau(s, least=v), AT_LEAST_0 + BIG),
    "ReduceOnPlateau.lowest": (lambda s, v: plateau(s, lowest=v), AT_LEAST_0 + BIG),
    "ReduceOnPlateau.see": (lambda s, v: pynn.ReduceOnPlateau(0.1).see(v), ""),
    "ReduceOnPlateau.see.number": (lambda s, v: pynn.ReduceOnPlateau(0.1).see(
        {"validation_loss": v}), "nan inf -inf -1 longdouble" + HUGE + " " + AT_LEAST_0),
    "RMSprop.rate": (lambda s, v: updated(pynn.RMSprop, learning_rate=v), ABOVE_0 + BIG),
    "AdamW.rate": (lambda s, v: updated(pynn.AdamW, learning_rate=v), ABOVE_0 + BIG),
    "ELU.scale": (lambda s, v: dense(activation=pynn.ELU(v)), ABOVE_0 + BIG),
    "get_initializer": (lambda s, v: get_initializer(v, "he"), "None function"),
    "Dense.initializer.gives": (lambda s, v: dense(weights=lambda *given: v), ""),
    "Activation": (lambda s, v: dense(activation=v), ""),
    "CrossEntropy": (lambda s, v: s.step(loss=pynn.CrossEntropy(v)), ""),
    "BinaryCrossEntropy": (lambda s, v: s.step(loss=pynn.BinaryCrossEntropy(v)), ""),
    "class_report.network": (lambda s, v: str(s.ask(class_report, network=v)), ""),
    "class_report.x": (lambda s, v: str(s.ask(class_report, x=v)), ""),
    "class_report.y": (lambda s, v: str(s.ask(class_report, y=v)), ""),
    "check_gradients.y": (lambda s, v: s.gradients(y=v), ""),
    "check_gradients.loss": (lambda s, v: s.gradients(loss=v), ""),
    "OpenedStep.network": (lambda s, v: opened(s, network=v), ""),
    "OpenedStep.loss": (lambda s, v: opened(s, loss=v), ""),
    "OpenedStep.optimizer": (lambda s, v: opened(s, optimizer=v), ""),
    "OpenedStep.x": (lambda s, v: opened(s, x=v), "range"),
    "OpenedStep.y": (lambda s, v: opened(s, y=v), "True 0 bool_"),
    "OpenedStep.seed": (lambda s, v: opened(s, seed=v), SEED),
    "Augmentation.thickness": (lambda s, v: pynn.Augmentation(thickness=v)(
        np.ones((2, 3, 4)), np.random.default_rng(0)), SHARE),
    "Augmentation.deviation": (lambda s, v: pynn.Augmentation(noise=v)(
        np.ones((2, 3, 4)), np.random.default_rng(0)), AT_LEAST_0 + BIG),
    "balanced.n": (lambda s, v: datasets.balanced(datasets.moons, v, 1.0), WHOLE),
    "balanced.balance": (lambda s, v: datasets.balanced(datasets.moons, 9, v), ABOVE_0),
    "balanced_rows": (lambda s, v: datasets.balanced_rows(v, 0), LABELS),
}  # fmt: skip


def key(value: Any) -> Any:
    """What a dictionary takes for a key."""
    try:
        hash(value)
    except Exception:
        return "other"
    return value


@pytest.mark.parametrize("call", CALLS)
def test_odd_value_is_taken_as_it_is_meant_or_refused_in_one_sentence(call: str) -> None:
    assert not (wrong := wrong_with(*CALLS[call])), "\n" + wrong
