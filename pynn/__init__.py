"""pynn: a small neural-network package in pure NumPy.

    network = Network([Dense(128, activation="relu"), Dense(10, activation="softmax")], inputs=784)
    fit(network, x, y, loss="cross_entropy", optimizer=SGD(0.1, momentum=0.9))
    network.predict(x)

Read it in this order: activations, losses, initializers, layers, network,
optimizers, training. Each file has one idea.
"""

import importlib
from typing import TYPE_CHECKING, Any

from pynn.activations import Activation
from pynn.augmentation import Augmentation
from pynn.classes import one_hot
from pynn.early_stopping import EarlyStopping
from pynn.fitting import fit
from pynn.gradual import ByEpoch, OneCycle, ReduceOnPlateau, WarmUp
from pynn.initializers import Normal, Uniform
from pynn.layers import (
    AvgPool2D,
    BatchNorm,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    Layer,
    MaxPool2D,
    Neurons,
)
from pynn.losses import BinaryCrossEntropy, CrossEntropy, Loss, SquaredError
from pynn.metrics import accuracy, confusion_matrix, evaluate
from pynn.mini_batch import train_step
from pynn.network import Network
from pynn.optimizers import SGD, Adam, AdamW, RMSprop
from pynn.registry import register
from pynn.schedules import CosineDecay, StepDecay
from pynn.smooth_activations import ELU, GELU, SiLU, Softplus
from pynn.state import State, StateError
from pynn.steps import Diverged
from pynn.training import train

if TYPE_CHECKING:
    from pynn import datasets, digits, show
    from pynn.class_figures import class_report
    from pynn.files import load, save
    from pynn.gradient_check import check_gradients
    from pynn.model_header import ModelFileError

# Read once somebody asks for them, so that `import pynn` stays quick: names, and their modules.
LATER = {
    "datasets": "datasets",
    "digits": "digits",
    "show": "show",
    "class_report": "class_figures",
    "load": "files",
    "save": "files",
    "check_gradients": "gradient_check",
    "ModelFileError": "model_header",
}

__version__ = "1.0.0"

__all__ = [
    "ELU",
    "GELU",
    "SGD",
    "Activation",
    "Adam",
    "AdamW",
    "Augmentation",
    "AvgPool2D",
    "BatchNorm",
    "BinaryCrossEntropy",
    "ByEpoch",
    "Conv2D",
    "CosineDecay",
    "CrossEntropy",
    "Dense",
    "Diverged",
    "Dropout",
    "EarlyStopping",
    "Flatten",
    "Layer",
    "Loss",
    "MaxPool2D",
    "ModelFileError",
    "Network",
    "Neurons",
    "Normal",
    "OneCycle",
    "RMSprop",
    "ReduceOnPlateau",
    "SiLU",
    "Softplus",
    "SquaredError",
    "State",
    "StateError",
    "StepDecay",
    "Uniform",
    "WarmUp",
    "accuracy",
    "check_gradients",
    "class_report",
    "confusion_matrix",
    "datasets",
    "digits",
    "evaluate",
    "fit",
    "load",
    "one_hot",
    "register",
    "save",
    "show",
    "train",
    "train_step",
]


def __getattr__(name: str) -> Any:
    if name not in LATER:
        raise AttributeError(f"module 'pynn' has no attribute {name!r}")
    module = importlib.import_module(f"pynn.{LATER[name]}")
    return getattr(module, name, module)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
