"""The other side of `native.py`: `python native_process.py PEER`, requests on standard input."""

import importlib
import json
import sys
import time
from pathlib import Path
from typing import Any

import host
import numpy as np

from pynn.datasets.mnist import read_images, read_labels

MNIST = Path(__file__).resolve().parent.parent / "dist" / "mnist"
XOR = np.array([[-1, -1], [-1, 1], [1, -1], [1, 1]], np.float32), np.array([0, 1, 1, 0])


def prepare(peer: str, task: dict[str, Any]) -> None:
    if task["data"] == "xor":
        parts: tuple[Any, ...] = (*XOR, *XOR)
    else:
        n, tests = task["examples"], task["tests"]
        parts = (
            read_images(MNIST, "train", n),
            read_labels(MNIST, "train")[:n],
            read_images(MNIST, "test", tests),
            read_labels(MNIST, "test")[:tests],
        )
    host.prepare(peer, json.dumps(task), *parts)


def timed_epoch() -> float:
    start = time.perf_counter()
    host.epoch()
    return time.perf_counter() - start


def answer(peer: str, method: str, *args: Any) -> Any:
    if method == "about":
        return host.about(peer)
    if method == "prepare":
        return prepare(peer, *args)
    if method == "epoch":
        return timed_epoch()
    if method == "call":
        module, name, *rest = args
        return json.loads(getattr(importlib.import_module(module), name)(*rest))
    return host.accuracy()


def main() -> None:
    peer = sys.argv[1]
    for line in sys.stdin:
        try:
            reply = {"value": answer(peer, *json.loads(line))}
        except Exception as error:
            reply = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(reply), flush=True)


if __name__ == "__main__":
    main()
