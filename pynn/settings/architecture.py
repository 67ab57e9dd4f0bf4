"""Networks that read digits, written as a line: 784-c16x5-p2-flat-64-10.

Between the 784 pixels and the ten answers stands a part for each layer, in order:

    128      dense, so many neurons          flat     images laid out as rows
    c16x5    convolution, filters x window   bn       batch normalisation
    c16x3w   the same, images as wide after  drop0.3  dropout of that share
    p2  a2   largest, or mean, of 2 x 2
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pynn.layers import (
    AvgPool2D,
    BatchNorm,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    Layer,
    MaxPool2D,
    Shape,
)
from pynn.settings.kinds import SettingsError, as_text, shown

PIXELS, ANSWERS = "784", "10"
IMAGE: Shape = (28, 28, 1)
MOST_LAYERS, MOST_PARAMETERS = 12, 2_000_000

Make = Callable[[re.Match[str], str], Layer]
# What a part looks like, its largest numbers, and the layer that it is.
PARTS: tuple[tuple[str, tuple[int, ...], Make], ...] = (
    (r"(\d{1,4})", (2000,), lambda m, f: Dense(int(m[1]), activation=f)),
    (
        r"c(\d{1,3})x(\d{1,2})(w?)",
        (128, 11),
        lambda m, f: Conv2D(
            int(m[1]), int(m[2]), activation=f, padding="same" if m[3] else "valid"
        ),
    ),
    (r"p(\d)", (7,), lambda m, f: MaxPool2D(int(m[1]))),
    (r"a(\d)", (7,), lambda m, f: AvgPool2D(int(m[1]))),
    (r"flat", (), lambda m, f: Flatten()),
    (r"bn", (), lambda m, f: BatchNorm()),
    (r"drop(0?\.\d{1,2})", (), lambda m, f: Dropout(float(m[1]))),
)
WANTED = "128, c16x5, p2, a2, flat, bn or drop0.3"


@dataclass(frozen=True)
class Architecture:
    """A line as above. Raises SettingsError.

    options  some to begin with
    suits    of those that other settings than the usual suit: which, and their values
    """

    name: str
    default: str
    options: tuple[str, ...]
    suits: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    kind: str = "architecture"

    def read(self, given: object) -> str:
        text = as_text(given).strip().lower()
        first, *parts = text.split("-")
        if first != PIXELS or not parts or parts[-1] != ANSWERS:
            raise SettingsError(
                "architecture",
                f"{self.name}: expected {PIXELS}-…-{ANSWERS}, got {shown(given) or 'nothing'}",
                name=self.name,
                got=shown(given),
            )
        try:
            plan_of(text, self.name)
        except SettingsError as error:
            error.values["line"] = shown(text)
            raise
        return text


def layers_of(text: str, activation: str, who: str = "architecture") -> tuple[list[Layer], Shape]:
    """Fresh layers, and the inputs' shape: 784 in a row where the first one is dense."""
    parts = text.split("-")[1:]
    if len(parts) > MOST_LAYERS:
        got = str(len(parts))
        raise SettingsError(
            "layers_most",
            f"{who}: expected at most {MOST_LAYERS} layers, got {got}",
            name=who,
            got=got,
            high=MOST_LAYERS,
        )
    layers = [_layer(part, number, activation, who) for number, part in enumerate(parts[:-1], 1)]
    layers.append(Dense(int(ANSWERS), activation="softmax"))
    # Rows have one shape only; what comes before a dense layer may be rows too.
    first = next(layer for layer in layers if not isinstance(layer, (Dropout, BatchNorm)))
    return layers, (int(PIXELS),) if isinstance(first, Dense) else IMAGE


def plan_of(text: str, who: str = "architecture") -> list[dict[str, Any]]:
    """For each layer its part of the line, the shape of what comes out, and its parameters.

    Raises SettingsError at the first that cannot be, with those before it.
    """
    layers, shape = layers_of(text, "relu", who)
    rows: list[dict[str, Any]] = []
    for part, layer in zip(text.split("-")[1:], layers, strict=True):
        try:
            params, shape = layer.shapes(shape)
        except ValueError as error:
            why = _misfit(part, shape)
            raise _refused(who, part, len(rows) + 1, str(error), why, shape, rows) from None
        count = sum(map(math.prod, params.values()))
        rows.append({"part": part, "shape": list(shape), "parameters": count})
        if sum(row["parameters"] for row in rows) > MOST_PARAMETERS:
            sentence = f"expected at most {MOST_PARAMETERS:,} parameters in all, got {count:,} here"
            raise _refused(who, part, len(rows), sentence, "parameters", shape, rows)
    return rows


def source_of(layer: Layer) -> str:
    """The layer, as a script makes it."""
    kind, config = type(layer).__name__, layer.config
    words = [
        repr(config[name])
        for name in ("units", "filters", "kernel_size", "size", "rate")
        if name in config
    ]
    if "activation" in config:
        words.append(f'activation="{config["activation"]}"')
    if config.get("padding") == "same":
        words.append('padding="same"')
    return f"{kind}({', '.join(words)})"


def _layer(part: str, number: int, activation: str, who: str) -> Layer:
    for pattern, most, make in PARTS:
        if found := re.fullmatch(pattern, part, re.ASCII):
            numbers = [int(group) for group in found.groups() if group and group.isdigit()]
            if all(1 <= n <= limit for n, limit in zip(numbers, most, strict=False)):
                try:
                    return make(found, activation)
                except ValueError as error:
                    raise _refused(who, part, number, str(error), "words") from None
            limits = " x ".join(map(str, most))
            raise _refused(who, part, number, f"expected 1 to {limits}, got {part}", "words")
    wanted = f"expected {WANTED}, got {shown(part) or 'nothing'}"
    raise _refused(who, part, number, wanted, "words")


def _refused(
    who: str,
    part: str,
    number: int,
    sentence: str,
    why: str,
    shape: Shape = (),
    rows: Sequence[dict[str, Any]] = (),
) -> SettingsError:
    """`why` is a word, for a page that says it in its own language."""
    return SettingsError(
        "layer",
        f"{who}: layer {number} ({shown(part)}): {sentence}",
        name=who,
        got=shown(part),
        place=number,
        why=why,
        shape=" x ".join(map(str, shape)),
        plan=list(rows),
    )


def _misfit(part: str, shape: Shape) -> str:
    """Why the layer does not take inputs of that shape."""
    if len(shape) == 1 and part[0] in "cpaf":
        return "rows"  # it needs images, and rows of numbers come
    if len(shape) == 3 and part.isdigit():
        return "images"  # it needs rows of numbers, and images come
    return "small"  # the images have become too small for it
