"""The digits written out as Python scripts that give the same numbers natively."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pynn.datasets.mnist import pool_size
from pynn.live.digit_networks import AUGMENT, augmentation
from pynn.live.edits import Edit
from pynn.live.folder import FASHION
from pynn.live.rates import kinds_in, rate
from pynn.live.script_parts import (
    INSTALL,
    Settings,
    in_parts,
    optimizer_words,
    training_changed,
)
from pynn.settings.architecture import layers_of, source_of


@dataclass(frozen=True)
class Images:
    """What a script says of a data set: its name, what has to be there, and where it is found."""

    title: str
    needs: str
    imports: str
    folder: str


MNIST_IMAGES = Images(
    "MNIST",
    "Needs a folder with MNIST's four IDX files, gzipped or not, and pynn:",
    "import sys",
    '\nfolder = sys.argv[1] if len(sys.argv) > 1 else "mnist"',
)
FASHION_IMAGES = Images(
    "Fashion-MNIST",
    """\
Needs the page's files, which it fetches into a folder, since the order of the images is the
page's own; and pynn:""",
    """\
import sys
from pathlib import Path
from urllib.request import urlretrieve""",
    """\
from pynn.datasets.mnist import file_names

folder = Path(sys.argv[1] if len(sys.argv) > 1 else "fashion")
folder.mkdir(exist_ok=True)
for name in [*file_names("train", {pool}), *file_names("test", 10000)]:
    if not (folder / name).exists():
        urlretrieve(f"ADDRESS-OF-THE-PAGE/mnist/fashion/{{name}}", folder / name)
""",
)


def digits_script(first: Settings, edits: Sequence[Edit], epochs: int, steps: int) -> str:
    """The run of the settings it began with, up to the end of an epoch, which is so many steps."""
    seed, subset = first["seed"], int(first["subset"])
    layers, inputs = layers_of(first["architecture"], first["activation"])
    kind, optimizer = optimizer_words(first["optimizer"], str(rate(first)))
    if edits:
        body = f"optimizer = {optimizer}\nsteps = {_call('train', first, 'optimizer', None)}"
        body = "\n".join([body, *in_parts(first, edits, steps, _changed)])
    else:
        body = _call("fit", first, optimizer, epochs)
    kinds = {type(layer).__name__ for layer in layers} | kinds_in(body) | {"Network", kind}
    kinds |= {"Augmentation"} if "Augmentation(" in body else set()
    calls = f"accuracy, {'save, train' if edits else 'fit, save'}"
    rows = "".join(f"        {source_of(layer)},\n" for layer in layers)
    images = FASHION_IMAGES if first["dataset"] == FASHION else MNIST_IMAGES
    return f'''"""{images.title}, learned as on the page: same seed, same numbers.

{images.needs}
    {INSTALL}
"""

{images.imports}

from pynn import {", ".join(sorted(kinds))}, {calls}
from pynn.datasets import mnist
{images.folder.format(pool=pool_size(subset))}
(x_train, y_train), (x_test, y_test) = mnist(folder, train={subset}, seed={seed})

network = Network(
    [
{rows}    ],
    inputs={inputs[0] if len(inputs) == 1 else inputs},
    seed={seed},
)
{body}
print(f"{{accuracy(network, x_test, y_test):.2%}} of {{len(y_test)}} test images")
save(network, "digits.npz")
'''


def _call(name: str, settings: Settings, optimizer: str, epochs: int | None) -> str:
    """A call of `fit` or of `train`."""
    augment = _augment(settings)
    augmented = "" if augment == "None" else f"    augment={augment},\n"
    return f"""{name}(
    network,
    x_train,
    y_train,
    loss="cross_entropy",
    optimizer={optimizer},
    batch_size={settings["batch_size"]},
    epochs={epochs},
    seed={settings["seed"]},
{augmented})"""


def _changed(settings: Settings, due: Sequence[Edit]) -> Iterator[str]:
    names = {edit.name for edit in due}
    yield from training_changed(settings, names)
    if names & AUGMENT:
        yield f"steps.batches.augment = {_augment(settings)}"


def _augment(settings: Settings) -> str:
    _, inputs = layers_of(settings["architecture"], settings["activation"])
    return str(augmentation(settings, inputs))


def loaded_script(dataset: str) -> str:
    """A model that came from a file: there is no run to repeat, only the file to use."""
    of = "Fashion-MNIST" if dataset == FASHION else "MNIST"
    return f'''"""Use a model file natively, whatever its name: python THIS.py MODEL.npz FOLDER

Needs a folder with {of}'s four IDX files, gzipped or not, and pynn:
    {INSTALL}
"""

import sys

from pynn import accuracy, load
from pynn.datasets import mnist

if len(sys.argv) != 3:
    sys.exit(f"Usage: python {{sys.argv[0]}} MODEL.npz FOLDER, the folder being {of}'s")
network = load(sys.argv[1])
print(network.summary())
_, (x_test, y_test) = mnist(sys.argv[2], train=1)
print(f"{{accuracy(network, x_test, y_test):.2%}} of {{len(y_test)}} test images")
'''
