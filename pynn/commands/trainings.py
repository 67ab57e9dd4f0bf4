"""A training made of the words of `pynn train`: begun anew, or gone on with from a file."""

import argparse
import math
from dataclasses import asdict
from typing import Any

import numpy as np

from pynn.augmentation import Augmentation
from pynn.commands.about import CLASSES, About, opened, spread
from pynn.commands.examples import WANTED, Examples, examples
from pynn.commands.layers import layers_in, network_for
from pynn.commands.learning import WORDS, Learning
from pynn.commands.train_words import FLAGS, OPTIONAL, TABLE, optimizer_for
from pynn.layers import Dense
from pynn.losses import get_loss
from pynn.matmul import Array
from pynn.metrics import evaluate
from pynn.network import Network
from pynn.options import checked, chosen, option
from pynn.paths import as_path
from pynn.settings import SettingsError
from pynn.training import train
from pynn.validation import given, split

Words = dict[str, Any]
# What may be said beside --resume.
FREE = {"epochs", "save", "json", "data", "resume", "command"}


def words_of(options: argparse.Namespace) -> Words:
    """The options as values; None for what is left out. Raises SettingsError."""
    words = checked(TABLE, chosen(options, TABLE))
    for setting in OPTIONAL:
        name, typed = setting.name, getattr(options, setting.name)
        words[name] = None if typed is None else checked([setting], {name: typed})[name]
    if words["validation"] and words["validation_split"]:
        raise SettingsError("choice", "--validation-split: expected no --validation beside it")
    return words | {name: bool(getattr(options, name)) for name in FLAGS} | {"data": options.data}


def begun(options: argparse.Namespace) -> Learning:
    """A training that has not made a step."""
    if options.data is None:
        raise SettingsError("data", f"DATA: expected {WANTED}, got nothing")
    words = words_of(options)
    hidden = layers_in(*(words[name] for name in ("layers", "activation", "l1", "l2", "dropout")))
    found = examples("DATA", words["data"], "train", words["task"], words["target"])
    about = about_of(found, words)
    classes = about.tells_classes
    outputs = len(found.classes) if classes else math.prod(found.y.shape[1:])
    penalties = {"l1": words["l1"], "l2": words["l2"]}
    last = Dense(outputs, "softmax" if classes else "linear", **penalties)
    usual = words["seed"], words["dtype"], words["exact"]
    return learning_of(network_for(hidden, found.inputs, last, *usual), about, found, words)


def resumed(options: argparse.Namespace) -> Learning:
    """The training in a file, where it was when it was saved."""
    typed = [name for name, value in vars(options).items() if value is not None]
    if odd := [name for name in typed if name not in FREE]:
        raise SettingsError("choice", f"{option(odd[0])}: expected none beside --resume")
    network, about, state = opened(as_path("--resume", options.resume))
    words = None if state is None else state.plain.get(WORDS)
    if state is None or not isinstance(words, dict):
        raise SettingsError("resume", f"--resume: expected a training, got {options.resume}")
    names = [*(setting.name for setting in [*TABLE, *OPTIONAL]), *FLAGS, "data"]
    free = {name: getattr(options, name) for name in ("epochs", "data") if name in typed}
    # They are checked again as if they were typed: anybody may have written the file.
    words = words_of(argparse.Namespace(**dict.fromkeys(names) | words | free))
    found = examples("DATA", str(words["data"]), "train", words["task"], words["target"])
    if found.sha256 != about.sha256:
        raise SettingsError("data", f"DATA: expected the same as before, got other {words['data']}")
    learning = learning_of(network, about, found, words)
    learning.restore(state)
    if (done := learning.steps.epochs_done) >= words["epochs"]:
        got = words["epochs"]
        raise SettingsError("epochs", f"--epochs: expected more than {done}, all done, got {got}")
    return learning


def about_of(found: Examples, words: Words) -> About:
    """What has to be known beside the network."""
    task = words["task"]
    about = About(task, "cross_entropy" if task == CLASSES else "squared_error", found.classes)
    about.columns, about.target = found.columns, found.target
    about.prepare, about.sha256 = found.prepare, found.sha256
    about.shape = list(found.inputs) if len(found.inputs) == 3 else []
    if words["standardise"] == "yes" and (found.x.ndim != 2 or found.x.dtype == np.uint8):
        raise SettingsError("choice", "--standardise: expected columns of numbers, got images")
    if words["standardise"] == "yes" or (words["standardise"] == "tables" and found.is_table):
        kept, _ = parted(found, words)
        about.means, about.deviations = spread(found.x[kept].astype(np.float64))
        if task != CLASSES:
            numbers = spread(found.y.reshape(len(found.y), -1)[kept])
            about.target_means, about.target_deviations = numbers
    return about


def parted(found: Examples, words: Words) -> tuple[Array, Array]:
    """The numbers of the rows to learn from, and of those to measure."""
    count, share = len(found.x), words["validation_split"]
    if share is None:
        return np.arange(count), np.arange(0)
    if not 0 < round(share * count) < count:
        wanted = "--validation-split: expected examples on both sides"
        raise SettingsError("range", f"{wanted}, got {share} of {count}")
    return split(count, share, words["seed"])


def learning_of(network: Network, about: About, found: Examples, words: Words) -> Learning:
    """A training of this network on these examples."""
    loss = network.arithmetic.loss(get_loss(about.loss))
    kept, measured = parted(found, words)
    x, y = as_learned(about, found)
    held_out = None
    if len(measured):
        held_out = given(network, (x[measured], y[measured]), loss)
        x, y = x[kept], y[kept]
    elif words["validation"]:
        task, target = words["task"], words["target"]
        other = examples("--validation", words["validation"], "test", task, target, about)
        held_out = given(network, as_learned(about, other), loss)
    augment = None
    if words["augment"]:
        if len(found.inputs) != 3:
            raise SettingsError("choice", f"--augment: expected images, got {words['data']}")
        augment = Augmentation(image_shape=found.inputs)
    steps = train(
        network,
        x,
        y,
        loss=about.loss,
        optimizer=optimizer_for(words, -(-len(x) // words["batch_size"]), held_out is not None),
        batch_size=words["batch_size"],
        epochs=words["epochs"],
        seed=words["seed"],
        augment=augment,
        clip_norm=words["clip_norm"],
    )
    return Learning(steps, held_out, words["patience"], about, words)


def as_learned(about: About, found: Examples) -> tuple[Array, Array]:
    """Inputs and targets in the units of the network."""
    y = found.y
    if not about.tells_classes:
        y = about.measured_targets(y.reshape(len(y), -1))
    return about.measured(found.x), y


def tested(learning: Learning) -> dict[str, float]:
    """What the network is worth on the data's own test part, where there is one."""
    words, about = learning.words, learning.about
    found = examples("DATA", words["data"], "test", words["task"], words["target"], about)
    if not found.is_part:
        return {}
    made = evaluate(learning.steps.network, *as_learned(about, found), loss=about.loss)
    return {name: value for name, value in asdict(made).items() if not math.isnan(value)}


def sentence(about: About, measured: dict[str, float]) -> str:
    """loss 0.1234, accuracy 97.10%, validation loss …"""
    parts = []
    for name, value in measured.items():
        text = f"{value:.4f}"
        if name.endswith("accuracy"):
            text = f"{value:.2%}"
        elif name.endswith("error"):
            text = f"{about.error_in_units(value):.6g}"
        parts.append(f"{name.replace('_', ' ')} {text}")
    return ", ".join(parts)
