"""Writes a network for other programs; the file's ending says which.

    .onnx         for onnxruntime and others (needs onnx)
    .safetensors  arrays by name, and what pynn makes the layers from
    .npz          pynn's own file, of the network alone without its training
    .pt           a state dict for torch.load (needs PyTorch)

What `pynn train` knows beside the network, such as names of classes and the units of columns,
is written to FILE.json.
"""

import argparse
import json
from collections.abc import Callable
from pathlib import Path

from pynn.commands.about import beside_of, guessed, opened
from pynn.files import save
from pynn.network import Network
from pynn.options import place_to_save, print_json
from pynn.paths import as_path
from pynn.settings import SettingsError

EXAMPLE = """\
examples:
  pynn export iris.npz iris.onnx
  pynn export iris.npz iris.model --to safetensors
"""


def add(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=run)
    parser.add_argument("model", metavar="MODEL", help="a file that `pynn train` or pynn saved")
    parser.add_argument("file", metavar="FILE", help="where to write it")
    parser.add_argument("--to", metavar="X", help=f"{', '.join(WRITERS)}; the file's ending else")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(options: argparse.Namespace) -> None:
    place = place_to_save(options.file, "FILE")
    assert place is not None
    source = as_path("MODEL", options.model)
    kind = options.to or ENDINGS.get(place.suffix.lower(), "")
    if kind not in WRITERS:
        wanted = ", ".join(WRITERS if options.to else ENDINGS)
        who = "--to" if options.to else "FILE"
        raise SettingsError("choice", f"{who}: expected one of {wanted}, got {options.to or place}")
    network, about, _ = opened(source)
    if place.exists() and place.samefile(source):
        raise SettingsError("choice", f"FILE: expected another file than MODEL, got {place}")
    try:
        WRITERS[kind](network, place)
    except ImportError as error:
        raise ValueError(str(error)) from None
    beside = None
    if about != guessed(network):
        beside = beside_of(place)
        beside.write_text(json.dumps(about.plain(), ensure_ascii=False, indent=1) + "\n", "utf-8")
    written = [str(path) for path in (place, beside) if path is not None]
    if options.json:
        print_json({"model": options.model, "format": kind, "saved": written})
    else:
        print("\n".join(f"saved {path}" for path in written))


def to_onnx(network: Network, place: Path) -> None:
    from pynn.onnx import export_onnx

    export_onnx(network, place)


def to_safetensors(network: Network, place: Path) -> None:
    from pynn.files import write_at_once
    from pynn.safetensors import to_safetensors

    write_at_once(place, to_safetensors(network))


def to_torch(network: Network, place: Path) -> None:
    from pynn.torch import to_torch

    model = to_torch(network)
    import torch

    torch.save(model.state_dict(), place)


WRITERS: dict[str, Callable[[Network, Path], None]] = {
    "onnx": to_onnx,
    "safetensors": to_safetensors,
    "npz": save,
    "torch": to_torch,
}
ENDINGS = {".onnx": "onnx", ".safetensors": "safetensors", ".npz": "npz", ".pt": "torch"}
