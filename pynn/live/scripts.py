"""The digits written out as Python scripts that give the same numbers natively."""

from collections.abc import Mapping
from typing import Any

from pynn import __version__
from pynn.live.digit_networks import augmentation
from pynn.live.rates import kinds_in
from pynn.live.rates import rate as rate_of
from pynn.optimizers import OPTIMIZERS
from pynn.settings.architecture import layers_of, source_of

# Another project has the name pynn on PyPI. The page puts its own address in the place of the
# capitals: it offers the wheel.
INSTALL = f"pip install ADDRESS-OF-THE-PAGE/package/pynn_playground-{__version__}-py3-none-any.whl"


def digits_script(settings: dict[str, Any], epochs: int, rates: Mapping[int, float]) -> str:
    """The digits run up to the end of an epoch; `rates` as `Rates.within` gives them."""
    seed, subset = settings["seed"], int(settings["subset"])
    layers, inputs = layers_of(settings["architecture"], settings["activation"])
    kinds = {type(layer).__name__ for layer in layers}
    augment = augmentation(settings, inputs)
    if augment is not None:
        kinds.add("Augmentation")
    schedule, rate = _rate(settings, rates)
    kinds |= kinds_in(schedule + rate)
    kind, optimizer = optimizer_words(settings["optimizer"], rate)
    augmented = "" if augment is None else f"    augment={augment},\n"
    rows = "".join(f"        {source_of(layer)},\n" for layer in layers)
    return f'''"""MNIST, learned as on the page: same seed, same numbers.

Needs a folder with MNIST's four IDX files, gzipped or not, and pynn:
    {INSTALL}
"""

import sys

from pynn import {", ".join(sorted({*kinds, "Network", kind}))}, accuracy, fit, save
from pynn.datasets import mnist

folder = sys.argv[1] if len(sys.argv) > 1 else "mnist"
(x_train, y_train), (x_test, y_test) = mnist(folder, train={subset}, seed={seed})

network = Network(
    [
{rows}    ],
    inputs={inputs[0] if len(inputs) == 1 else inputs},
    seed={seed},
)
{schedule}fit(
    network,
    x_train,
    y_train,
    loss="cross_entropy",
    optimizer={optimizer},
    batch_size={settings["batch_size"]},
    epochs={epochs},
    seed={seed},
{augmented})
print(f"{{accuracy(network, x_test, y_test):.2%}} of {{len(y_test)}} test images")
save(network, "digits.npz")
'''


def loaded_script() -> str:
    """A model that came from a file: there is no run to repeat, only the file to use."""
    return f'''"""Use a model file natively, whatever its name: python THIS.py MODEL.npz FOLDER

Needs a folder with MNIST's four IDX files, gzipped or not, and pynn:
    {INSTALL}
"""

import sys

from pynn import accuracy, load
from pynn.datasets import mnist

if len(sys.argv) != 3:
    sys.exit(f"Usage: python {{sys.argv[0]}} MODEL.npz FOLDER, the folder being MNIST's")
network = load(sys.argv[1])
print(network.summary())
_, (x_test, y_test) = mnist(sys.argv[2], train=1)
print(f"{{accuracy(network, x_test, y_test):.2%}} of {{len(y_test)}} test images")
'''


def optimizer_words(name: str, rate: str) -> tuple[str, str]:
    """The class of this name in the settings, and what makes one with that rate."""
    made = OPTIMIZERS[name](1.0)
    kind = type(made).__name__
    return kind, f"{kind}({', '.join([rate, *made.words()])})"


def _rate(settings: dict[str, Any], rates: Mapping[int, float]) -> tuple[str, str]:
    """What stands before the training, and what the optimizer takes for its learning rate."""
    if len(rates) == 1:
        return "", str(rate_of({**settings, "learning_rate": rates[0]}))
    form = str(rate_of({**settings, "learning_rate": 1.0}))
    at = "rates[max(start for start in rates if start <= updates)]"
    # A schedule begins with whichever rate was chosen last.
    value = at if form == "1.0" else f"{form.replace('rate=1.0', f'rate={at}')}(updates)"
    rows = "".join(f"    {updates}: {rate},\n" for updates, rate in rates.items())
    schedule = f"""
# The learning rate was changed during the run. Each holds from so many updates on:
rates = {{
{rows}}}


def rate(updates):
    return {value}


"""
    return schedule, "rate"
