"""Experiments written out as Python scripts that give the same numbers natively."""

from collections.abc import Mapping, Sequence
from typing import Any

from pynn import __version__
from pynn.optimizers import OPTIMIZERS

# Another project has the name pynn on PyPI. The page puts its own address in the place of the
# capitals: it offers the wheel.
INSTALL = f"pip install ADDRESS-OF-THE-PAGE/package/pynn_playground-{__version__}-py3-none-any.whl"


def planar_script(
    settings: dict[str, Any], classes: int, epochs: int, rates: Mapping[int, float]
) -> str:
    """The playground's run up to the end of an epoch; `rates` as `Rates.within` gives them."""
    name, seed = settings["dataset"], settings["seed"]
    maker = name.replace("-", "_")
    if name == "xor":
        data = "x_train, y_train = x_test, y_test = xor()"
    else:
        data = (
            f"x, y = {maker}(400, noise={settings['noise']}, seed={seed})\n"
            "x_train, y_train, x_test, y_test = x[:300], y[:300], x[300:], y[300:]"
        )
    last = (1, "sigmoid") if classes == 2 else (classes, "softmax")
    layers = [(units, settings["activation"]) for units in settings["network_shape"]]
    loss = "binary_cross_entropy" if classes == 2 else "cross_entropy"
    schedule, rate = _rate(rates)
    kind, optimizer = _optimizer(settings["optimizer"], rate)
    return f'''"""{maker}, learned as on the page: same seed, same numbers to the last bit.

Needs pynn and nothing else:
    {INSTALL}
"""

from pynn import {", ".join(sorted({"Dense", "Network", kind}))}, evaluate, fit
from pynn.datasets import {maker}

{data}

network = Network(
{_layers([*layers, last], settings["l2"])}
    inputs=2,
    seed={seed},
    exact=True,
)
{schedule}fit(
    network,
    x_train,
    y_train,
    loss="{loss}",
    optimizer={optimizer},
    batch_size={settings["batch_size"]},
    epochs={epochs},
    seed={seed},
    verbose=False,
)
train = evaluate(network, x_train, y_train, loss="{loss}")
test = evaluate(network, x_test, y_test, loss="{loss}")
print(f"train loss {{train.loss:.6f}}")
print(f"test loss {{test.loss:.6f}}, accuracy {{test.accuracy:.4f}}")
'''


def digits_script(
    settings: dict[str, Any], sizes: Sequence[int], epochs: int, rates: Mapping[int, float]
) -> str:
    """The digits run up to the end of an epoch; `rates` as `Rates.within` gives them."""
    seed, subset = settings["seed"], int(settings["subset"])
    layers = [(units, settings["activation"]) for units in sizes[1:-1]]
    schedule, rate = _rate(rates)
    kind, optimizer = _optimizer(settings["optimizer"], rate)
    return f'''"""MNIST, learned as on the page: same seed, same numbers.

Needs a folder with MNIST's four IDX files, gzipped or not, and pynn:
    {INSTALL}
"""

import sys

from pynn import {", ".join(sorted({"Dense", "Network", kind}))}, accuracy, fit, save
from pynn.datasets import mnist

folder = sys.argv[1] if len(sys.argv) > 1 else "mnist"
(x_train, y_train), (x_test, y_test) = mnist(folder, train={subset}, seed={seed})

network = Network(
{_layers([*layers, (sizes[-1], "softmax")], 0.0)}
    inputs={sizes[0]},
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
)
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


def _layers(layers: Sequence[tuple[int, str]], l2: float) -> str:
    penalty = f", l2={l2}" if l2 else ""
    rows = "".join(
        f'        Dense({units}, activation="{activation}"{penalty}),\n'
        for units, activation in layers
    )
    return f"    [\n{rows}    ],"


def _optimizer(name: str, rate: str) -> tuple[str, str]:
    """The class of this name in the settings, and what makes one with that rate."""
    made = OPTIMIZERS[name](1.0)
    kind = type(made).__name__
    return kind, f"{kind}({', '.join([rate, *made.words()])})"


def _rate(rates: Mapping[int, float]) -> tuple[str, str]:
    """What stands before the training, and what the optimizer takes for its learning rate."""
    if len(rates) == 1:
        return "", str(rates[0])
    rows = "".join(f"    {updates}: {rate},\n" for updates, rate in rates.items())
    schedule = f"""
# The learning rate was changed during the run. Each holds from so many updates on:
rates = {{
{rows}}}


def rate(updates):
    return rates[max(start for start in rates if start <= updates)]


"""
    return schedule, "rate"
