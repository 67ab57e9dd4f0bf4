"""--layers: a network's layers as a line of text, conv:8:5,pool:2,flatten,dense:128:relu.

Between commas stands a layer: its kind and its words, with colons between them.

    dense:128       neurons; 128 alone means the same     pool:2        the largest of 2 x 2
    conv:8:5        filters, size of the window           avgpool:2     the mean of 2 x 2
    conv:8:5:2      and stride                            dropout:0.2   the share left out
    conv:8:3:same   images as wide after                  flatten, bn   without words

dense and conv may name an activation, dense:128:tanh; --activation is that of the others.
The last layer is added for the data, and flatten where dense follows images.
"""

import math
from collections.abc import Callable
from typing import Any

from pynn.activations import ACTIVATIONS
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
    Shape,
)
from pynn.limits import shown
from pynn.network import Network

# What a part makes: how it is called, how many numbers it takes at least and at most.
Make = Callable[[list[float], dict[str, Any]], Layer]
KINDS: dict[str, tuple[int, int, Make]] = {
    "dense": (1, 1, lambda n, w: Dense(_whole(n[0]), **w)),
    "conv": (1, 3, lambda n, w: _convolution(n, w)),
    "pool": (0, 1, lambda n, w: MaxPool2D(*map(_whole, n))),
    "avgpool": (0, 1, lambda n, w: AvgPool2D(*map(_whole, n))),
    "dropout": (0, 1, lambda n, w: Dropout(*n)),
    "flatten": (0, 0, lambda n, w: Flatten()),
    "bn": (0, 0, lambda n, w: BatchNorm()),
}
NUMBERS = {0: "no number", 1: "one number", 3: "one to three numbers"}
PADDINGS = ("same", "valid")


def layers_in(
    text: str, activation: str = "relu", l1: float = 0.0, l2: float = 0.0, dropout: float = 0.0
) -> list[Layer]:
    """The layers of a line as above. Raises ValueError, which names the part.

    l1, l2   penalties of dense and conv
    dropout  a Dropout of this share behind every dense, above 0
    """
    found: list[Layer] = []
    for place, part in enumerate(text.replace(" ", "").split(",") if text.strip() else [], 1):
        found.append(_layer(part, place, {"activation": activation, "l1": l1, "l2": l2}))
        if dropout and isinstance(found[-1], Dense):
            found.append(Dropout(dropout))
    return found


def network_for(
    layers: list[Layer], inputs: Shape, last: Dense, seed: int, dtype: str, exact: bool
) -> Network:
    """The network of these layers, of the missing Flatten and of the last layer.

    inputs  (n,), or (height, width, channels), which a network that begins with dense takes as
            rows. Raises ValueError.
    """
    first = next((one for one in layers if not isinstance(one, (Dropout, BatchNorm))), last)
    if isinstance(first, (Dense, Flatten)):
        inputs = (math.prod(inputs),)
    shape, whole = inputs, list[Layer]()
    for place, layer in enumerate([*layers, last], 1):
        if isinstance(layer, Dense) and len(shape) > 1:
            whole.append(Flatten())
            shape = (math.prod(shape),)
        try:
            shape = layer.shapes(shape)[1]
        except ValueError as error:
            raise ValueError(f"--layers: layer {place}: {error}") from None
        whole.append(layer)
    return Network(whole, inputs, seed=seed, dtype=dtype, exact=exact)


def _layer(part: str, place: int, words: dict[str, Any]) -> Layer:
    kind, *rest = part.split(":")
    if kind.isdecimal():
        kind, rest = "dense", [kind, *rest]
    who = f"--layers: layer {place} ({shown(part)[1:-1]})"
    if kind not in KINDS:
        raise ValueError(f"{who}: expected one of {', '.join(KINDS)}, got {shown(kind)}")
    least, most, make = KINDS[kind]
    numbers: list[float] = []
    said: dict[str, Any] = {}
    for word in rest:
        number = _number(word)
        if number is not None and not said:
            numbers.append(number)
        elif kind in ("dense", "conv") and word in ACTIVATIONS and "activation" not in said:
            said["activation"] = word
        elif kind == "conv" and word in PADDINGS and "padding" not in said:
            said["padding"] = word
        else:
            raise ValueError(f"{who}: expected {_wanted(kind)}, got {shown(word)}")
    if not least <= len(numbers) <= most:
        wanted = NUMBERS[most]
        raise ValueError(f"{who}: expected {wanted} after {kind}, got {len(numbers)}")
    try:
        layer = make(numbers, words | said)
    except ValueError as error:
        raise ValueError(f"{who}: {error}") from None
    if isinstance(layer, Neurons) and layer.activation.name == "softmax":
        raise ValueError(f"{who}: expected softmax in the last layer alone, which is added")
    return layer


def _wanted(kind: str) -> str:
    if kind not in ("dense", "conv"):
        return NUMBERS[KINDS[kind][1]]
    words = [*ACTIVATIONS, *(PADDINGS if kind == "conv" else ())]
    return f"{NUMBERS[KINDS[kind][1]]}, then one of {', '.join(words)}"


def _convolution(numbers: list[float], words: dict[str, Any]) -> Conv2D:
    filters, size, stride = map(_whole, [*numbers, *(3, 1)[len(numbers) - 1 :]])
    return Conv2D(filters, size, stride=stride, **words)


def _number(word: str) -> float | None:
    try:
        number = float(word)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _whole(number: float) -> Any:
    """As an int where it is whole; the layer refuses any other."""
    return int(number) if number.is_integer() else number
