"""What is in a model file: inputs, layers, parameters, and what was learned."""

import argparse
from typing import Any

from pynn.commands.about import About, guessed, opened
from pynn.commands.learning import WORDS
from pynn.network import Network
from pynn.options import print_json
from pynn.paths import as_path
from pynn.state import State

EXAMPLE = """\
example:
  pynn info iris.npz --json
"""


def add(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=run)
    parser.add_argument("model", metavar="MODEL", help="a file that pynn saved")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(options: argparse.Namespace) -> None:
    network, about, state = opened(as_path("MODEL", options.model))
    if options.json:
        print_json({"model": options.model, **plain(network, about, state)})
        return
    print(f"{options.model}: inputs {' x '.join(map(str, network.input_shape))}, {network.dtype}")
    print(network.summary())
    if about.classes:
        print(f"classes: {', '.join(about.classes)}")
    if about.columns:
        print(f"columns: {', '.join(about.columns)}")
    if about.target:
        print(f"target: {about.target}")
    if state is not None:
        print(f"training: {', '.join(f'{k} {v}' for k, v in training(state).items())}")


def plain(network: Network, about: About, state: State | None) -> dict[str, Any]:
    """Everything but the numbers."""
    layers = [
        {
            "name": name,
            "kind": type(layer).__name__,
            **{key: value for key, value in layer.config.items() if is_plain(value)},
            "output": list(layer.output_shape),
            "parameters": sum(array.size for array in layer.params.values()),
        }
        for name, layer in zip(network.layer_names, network.layers, strict=True)
    ]
    return {
        "inputs": list(network.input_shape),
        "outputs": network.outputs,
        "dtype": network.dtype.name,
        "exact": network.exact,
        "pixels": network.units.pixels,
        "parameters": sum(array.size for array in network.parameters.values()),
        "layers": layers,
        "about": about.plain() if about != guessed(network) else None,
        "training": None if state is None else training(state),
    }


def training(state: State) -> dict[str, Any]:
    """Where the training stands, and the words of `pynn train` that differ from none."""
    batches, optimizer = state.part("batches"), state.part("optimizer")
    words = state.plain.get(WORDS)
    found = {
        "epoch": batches.plain.get("epoch"),
        "mini-batch": batches.plain.get("taken"),
        "optimizer": optimizer.plain.get("kind"),
        "updates": optimizer.plain.get("updates"),
    }
    known = words if isinstance(words, dict) else {}
    return found | {name: known[name] for name in ("data", "epochs") if name in known}


def is_plain(value: object) -> bool:
    return isinstance(value, (str, int, float, bool)) or value is None
