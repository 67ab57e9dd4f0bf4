"""Every public function with odd values in every place: right, or refused in a sentence of ours.

A refusal comes before anything is changed, without a warning, and soon.
"""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import pynn
from pynn import Layer, SquaredError, datasets, show
from pynn.activations import LeakyReLU
from pynn.datasets import download
from pynn.recipes import RECIPES, eleven_lines, nielsen, quadrants, skyone
from pynn.recipes.split import SplitNetwork
from pynn.schedules import CosineDecay, StepDecay
from tests.unit.odd_runs import (
    ABOVE_0,
    AT_LEAST_0,
    FLAG,
    FROM_0,
    HUGE,
    LABELS,
    NUMBER,
    PATH,
    REAL,
    SEED,
    SHARE,
    WHOLE,
    WORD,
    Call,
    wrong_with,
)
from tests.unit.odd_subject import (
    augmented,
    averaged,
    between,
    convolved,
    dense,
    performed,
    pooled,
    rates,
    shown,
    started,
    updated,
)

# Where the odd value goes, and the values that have a meaning there.
CALLS: dict[str, tuple[Call, str]] = {
    "Dense.units": (lambda s, v: dense(units=v), WHOLE),
    "Dense.activation": (lambda s, v: dense(activation=v), ""),
    "Dense.bias": (lambda s, v: dense(bias=v), FLAG),
    "Dense.weights": (lambda s, v: dense(weights=v), "None"),
    "Dense.bias_start": (lambda s, v: dense(bias_start=v), "None"),
    "Dense.l1": (lambda s, v: dense(l1=v), AT_LEAST_0 + " 10**30"),
    "Dense.l2": (lambda s, v: dense(l2=v), AT_LEAST_0 + " 10**30"),
    "Conv2D.filters": (lambda s, v: convolved(filters=v), WHOLE),
    "Conv2D.kernel_size": (lambda s, v: convolved(kernel_size=v), WHOLE),
    "Conv2D.padding": (lambda s, v: convolved(padding=v), ""),
    "Conv2D.l2": (lambda s, v: convolved(l2=v), AT_LEAST_0 + " 10**30"),
    "Conv2D.stride": (lambda s, v: convolved(stride=v), WHOLE),
    "AvgPool2D.size": (lambda s, v: averaged(v), WHOLE),
    "Dropout.rate": (lambda s, v: between(pynn.Dropout(v)), SHARE),
    "BatchNorm.momentum": (lambda s, v: between(pynn.BatchNorm(v)), SHARE),
    "BatchNorm.epsilon": (lambda s, v: between(pynn.BatchNorm(epsilon=v)), ABOVE_0 + " 10**30"),
    "MaxPool2D.size": (lambda s, v: pooled(v), WHOLE),
    "LeakyReLU": (lambda s, v: dense(activation=LeakyReLU(v)), "float16 float32"),
    "Uniform.low": (lambda s, v: dense(weights=pynn.Uniform(v, 2.0)), "-1 " + SHARE + " 1.5"),
    "Uniform.high": (lambda s, v: dense(weights=pynn.Uniform(-2, v)), "-1 10**30 " + AT_LEAST_0),
    "Normal": (lambda s, v: dense(weights=pynn.Normal(v)), "10**30 " + ABOVE_0),
    "Layer.config": (lambda s, v: Layer(v), "dict"),
    "Network.layers": (lambda s, v: s.built(layers=v), ""),
    "Network.layer": (lambda s, v: s.built(layers=[s.layer, v]), ""),
    "Network.inputs": (lambda s, v: s.built(inputs=v), WHOLE),
    "Network.axes": (lambda s, v: s.built(inputs=(v,)), WHOLE),
    "Network.seed": (lambda s, v: s.built(seed=v), SEED),
    "Network.dtype": (lambda s, v: s.built(dtype=v), ""),
    "Network.channels": (lambda s, v: s.built(inputs=(3, v)), ""),
    "predict": (lambda s, v: s.network.predict(v), "no-rows"),
    "as_rows": (lambda s, v: s.network.as_rows(v).shape, "no-rows nan-rows inf-rows"),
    "set_parameters": (lambda s, v: s.network.set_parameters(v), ""),
    "set_parameters.array": (lambda s, v: s.network.set_parameters({"dense_1.bias": v}), ""),
    "SGD.rate": (lambda s, v: updated(pynn.SGD, learning_rate=v), ABOVE_0 + " 10**30"),
    "SGD.momentum": (lambda s, v: updated(pynn.SGD, momentum=v), SHARE),
    "SGD.nesterov": (lambda s, v: updated(pynn.SGD, momentum=0.5, nesterov=v), FLAG),
    "SGD.schedule": (lambda s, v: updated(pynn.SGD, learning_rate=lambda n: v),
                     AT_LEAST_0 + " 10**30 0d-whole 0d-real"),
    "RMSprop.rho": (lambda s, v: updated(pynn.RMSprop, rho=v), SHARE),
    "RMSprop.epsilon": (lambda s, v: updated(pynn.RMSprop, epsilon=v), ABOVE_0 + " 10**30"),
    "Adam.rate": (lambda s, v: updated(pynn.Adam, learning_rate=v), ABOVE_0 + " 10**30"),
    "Adam.beta_1": (lambda s, v: updated(pynn.Adam, beta_1=v), SHARE),
    "Adam.beta_2": (lambda s, v: updated(pynn.Adam, beta_2=v), SHARE),
    "Adam.epsilon": (lambda s, v: updated(pynn.Adam, epsilon=v), ABOVE_0 + " 10**30"),
    "AdamW.weight_decay": (lambda s, v: updated(pynn.AdamW, weight_decay=v),
                           AT_LEAST_0 + " 10**30"),
    "optimizer.learning_rate": (lambda s, v: setattr(s.optimizer, "learning_rate", v),
                                ABOVE_0 + " 10**30 function"),
    "optimizer.beta_1": (lambda s, v: setattr(s.optimizer, "beta_1", v), SHARE),
    "optimizer.updates": (lambda s, v: setattr(s.optimizer, "updates", v), FROM_0 + HUGE),
    "StepDecay.rate": (lambda s, v: rates(StepDecay, rate=v, every=2), ABOVE_0 + " 10**30"),
    "StepDecay.every": (lambda s, v: rates(StepDecay, rate=1, every=v), WHOLE + HUGE),
    "StepDecay.factor": (lambda s, v: rates(StepDecay, rate=1, every=2, factor=v),
                         ABOVE_0 + " 10**30"),
    "CosineDecay.rate": (lambda s, v: rates(CosineDecay, rate=v, updates=9), ABOVE_0 + " 10**30"),
    "CosineDecay.updates": (lambda s, v: rates(CosineDecay, rate=1, updates=v), WHOLE + HUGE),
    "CosineDecay.final": (lambda s, v: rates(CosineDecay, rate=1, updates=9, final=v), SHARE),
    "SquaredError": (lambda s, v: s.step(loss=SquaredError(v)), ""),
    "SplitNetwork.hidden": (lambda s, v: SplitNetwork([s.layer], 3, hidden=v).predict(s.x), ""),
    "one_hot.classes": (lambda s, v: pynn.one_hot(v, 4), "one-number range"),
    "one_hot.count": (lambda s, v: pynn.one_hot([0, 1], v), WHOLE),
    "one_hot.dtype": (lambda s, v: pynn.one_hot([0, 1], 2, v),
                      "float16 float32 longdouble int8 uint8 bool_ class"),
    "fit.network": (lambda s, v: pynn.fit(v, s.x, s.y, **s.words()), ""),
    "fit.x": (lambda s, v: pynn.fit(s.network, v, s.y, **s.words()), ""),
    "fit.y": (lambda s, v: pynn.fit(s.network, s.x, v, **s.words()), ""),
    "fit.loss": (lambda s, v: s.fit(loss=v), ""),
    "fit.optimizer": (lambda s, v: s.fit(optimizer=v), ""),
    "fit.batch_size": (lambda s, v: s.fit(batch_size=v), WHOLE + HUGE),
    "fit.epochs": (lambda s, v: s.fit(epochs=v, y=[] if type(v) is int else s.y), "int8 uint8"),
    "fit.seed": (lambda s, v: s.fit(seed=v), SEED),
    "fit.shuffle": (lambda s, v: s.fit(shuffle=v), FLAG),
    "fit.verbose": (lambda s, v: s.fit(verbose=v), FLAG),
    "fit.validation": (lambda s, v: s.fit(validation=v), "None"),
    "fit.validation-x": (lambda s, v: s.fit(validation=(v, s.y)), ""),
    "fit.validation-y": (lambda s, v: s.fit(validation=(s.x, v)), ""),
    "train.epochs": (lambda s, v: s.train(epochs=v), FROM_0 + " None 10**30 10**5000"),
    "train.batch_size": (lambda s, v: s.train(batch_size=v), WHOLE + HUGE),
    "train.seed": (lambda s, v: s.train(seed=v), SEED),
    "train.shuffle": (lambda s, v: s.train(shuffle=v), FLAG),
    "train.augment": (lambda s, v: s.train(augment=v), "None"),
    "Augmentation.shift": (lambda s, v: augmented(shift=v), AT_LEAST_0 + " 10**30"),
    "Augmentation.turn": (lambda s, v: augmented(turn=v), AT_LEAST_0 + " 10**30"),
    "Augmentation.scale": (lambda s, v: augmented(scale=v), SHARE),
    "Augmentation.image_shape": (lambda s, v: augmented(image_shape=v), "None"),
    "Augmentation.images": (lambda s, v: pynn.Augmentation(image_shape=(1, 3))(
        v, np.random.default_rng(0)), "no-rows"),
    "Augmentation.noise": (lambda s, v: pynn.Augmentation()(np.ones((1, 2, 2)), v), ""),
    "register": (lambda s, v: pynn.register(v), ""),
    "train.advance": (lambda s, v: pynn.train(s.network, s.x, s.y, **s.words()).advance(v),
                      FROM_0 + HUGE),
    "train_step.network": (lambda s, v: s.step(network=v), ""),
    "train_step.x": (lambda s, v: s.step(x=v), ""),
    "train_step.y": (lambda s, v: s.step(y=v), ""),
    "train_step.loss": (lambda s, v: s.step(loss=v), ""),
    "train_step.optimizer": (lambda s, v: s.step(optimizer=v), ""),
    "train_step.noise": (lambda s, v: s.step(noise=v), "None"),
    "evaluate.network": (lambda s, v: s.evaluate(network=v), ""),
    "evaluate.x": (lambda s, v: s.evaluate(x=v), ""),
    "evaluate.y": (lambda s, v: s.evaluate(y=v), ""),
    "evaluate.loss": (lambda s, v: s.evaluate(loss=v), ""),
    "accuracy.network": (lambda s, v: s.ask(pynn.accuracy, network=v), ""),
    "accuracy.x": (lambda s, v: s.ask(pynn.accuracy, x=v), ""),
    "accuracy.y": (lambda s, v: s.ask(pynn.accuracy, y=v), ""),
    "confusion.network": (lambda s, v: s.ask(pynn.confusion_matrix, network=v), ""),
    "confusion.x": (lambda s, v: s.ask(pynn.confusion_matrix, x=v), ""),
    "confusion.y": (lambda s, v: s.ask(pynn.confusion_matrix, y=v), ""),
    "accuracy.y-of-one": (lambda s, v: pynn.accuracy(s.single, s.x, v), ""),
    "accuracy.label": (lambda s, v: pynn.accuracy(s.single, s.x, [0, 1, 1, v]),
                       "True 0 bool_"),
    "confusion.y-of-one": (lambda s, v: pynn.confusion_matrix(s.single, s.x, v), ""),
    "check_gradients.network": (lambda s, v: s.gradients(network=v), ""),
    "check_gradients.x": (lambda s, v: s.gradients(x=v), ""),
    "check_gradients.h": (lambda s, v: s.gradients(h=v), ABOVE_0 + " 10**30"),
    "check_gradients.most": (lambda s, v: s.gradients(most=v), WHOLE + HUGE),
    "check_gradients.seed": (lambda s, v: s.gradients(seed=v), SEED),
    "save.network": (lambda s, v: pynn.save(v, s.file), ""),
    "save.where": (lambda s, v: pynn.save(s.network, v), PATH),
    "load": (lambda s, v: pynn.load(v), ""),
}  # fmt: skip
PLANAR = ("xor_cloud", "circle", "gauss", "spiral", "moons", "quadrants")
for name in PLANAR:
    make: Any = getattr(datasets, name)
    CALLS |= {
        f"{name}.n": (lambda s, v, make=make: make(n=v), WHOLE),
        f"{name}.noise": (lambda s, v, make=make: make(noise=v), AT_LEAST_0),
        f"{name}.seed": (lambda s, v, make=make: make(seed=v), SEED),
    }
CALLS |= {
    "mnist.folder": (lambda s, v: datasets.mnist(v), ""),
    "read_idx": (lambda s, v: datasets.read_idx(v), ""),
    "write_idx.path": (lambda s, v: datasets.write_idx(v, np.ones(3)), PATH),
    "subset_rows.labels": (lambda s, v: datasets.subset_rows(v, 1), LABELS),
    "subset_rows.count": (lambda s, v: datasets.subset_rows(np.arange(9), v), WHOLE),
    "subset_rows.seed": (lambda s, v: datasets.subset_rows(np.arange(9), 3, v), SEED),
    "balanced_rows.labels": (lambda s, v: datasets.balanced_rows(v, 1), LABELS),
    "balanced_rows.count": (lambda s, v: datasets.balanced_rows(np.arange(9), v), FROM_0),
    "balanced_rows.seed": (lambda s, v: datasets.balanced_rows(np.arange(9), 3, v), SEED),
    "perform.name": (lambda s, v: performed(v, {"seed": 1}), ""),
    "perform.settings": (lambda s, v: performed("quadrants", v), ""),
    "perform.folder": (lambda s, v: performed("nielsen", {"images": 100, "epochs": 1}, v), "None"),
    "perform.seed": (lambda s, v: performed("quadrants", {"seed": v, "seeds": 0}),
                     "0 int8 uint8 text-3 text_ 0d-whole"),
    "show.curve.x": (lambda s, v: shown(show.curve, "a", v, 1.0), NUMBER),
    "show.curve.y": (lambda s, v: shown(show.curve, "a", 1, v), NUMBER),
    "show.image": (lambda s, v: shown(show.image, v), "nan-rows inf-rows big-array"),
    "show.image.signed": (lambda s, v: shown(show.image, np.eye(3), "a", v), FLAG),
    "show.map.network": (lambda s, v: shown(show.map, v, (0, 1, 0, 1)), ""),
    "show.map.extent": (lambda s, v: shown(show.map, s.plane, v), "big-labels huge-labels"),
    "show.map.points": (
        lambda s, v: shown(show.map, s.plane, (0, 1, 0, 1), {"train": v}),
        "no-rows nan-rows inf-rows"),
    "show.compare.published": (lambda s, v: shown(show.compare, "a", v, 1), WORD),
    "show.compare.here": (
        lambda s, v: shown(show.compare, "a", "0.5", v),
        REAL + WORD + " True bool_ one-number 0d-whole 0d-real"),
    "show.file.name": (lambda s, v: shown(show.file, v, b""), "text-3 text_"),
    "show.file.content": (lambda s, v: shown(show.file, "a", v), "bytes big-bytes"),
    "show.setting.default": (lambda s, v: show.setting("a", v, low=0, high=9), "0 1.5" + WORD),
    "skyone.single_loss": (
        lambda s, v: started(skyone, X=np.zeros((4, 784)), T=np.eye(4, 10), single_loss=v), FLAG),
    "eleven_lines.part": (lambda s, v: started(eleven_lines, part=v), ""),
    "eleven_lines.X": (lambda s, v: started(eleven_lines, X=v), "None"),
    "quadrants.t": (lambda s, v: started(quadrants, t=v), ""),
    "nielsen.sizes": (lambda s, v: started(nielsen, X=s.x, Y=np.eye(4, 2), sizes=v), ""),
    "nielsen.batch_size": (
        lambda s, v: started(nielsen, X=s.x, Y=np.eye(4, 2), sizes=[3, 2], batch_size=v),
        WHOLE + HUGE),
    "nielsen.initial": (lambda s, v: started(nielsen, initial=v), ""),
    "nielsen.shuffle": (
        lambda s, v: started(nielsen, X=s.x, Y=np.eye(4, 2), sizes=[3, 2], shuffle=v), FLAG),
}  # fmt: skip
for name in RECIPES:
    recipe = RECIPES[name]
    CALLS |= {
        f"{name}.weights": (lambda s, v, r=recipe: r.start(v, X=s.x, Y=np.eye(4)), ""),
        f"{name}.seed": (lambda s, v, r=recipe: r.start(seed=v, X=s.x, Y=np.eye(4)), ""),
    }


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Relative paths lead nowhere, and nothing is downloaded."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("PYNN_DATA", raising=False)
    monkeypatch.setattr(download, "MIRRORS", ("http://127.0.0.1:9/",))


@pytest.mark.parametrize("call", CALLS)
def test_odd_value_is_taken_as_it_is_meant_or_refused_in_one_sentence(call: str) -> None:
    assert not (wrong := wrong_with(*CALLS[call])), "\n" + wrong
