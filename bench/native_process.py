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
    n, tests = task["examples"], task["tests"]
    if task["data"] == "xor":
        parts: tuple[Any, ...] = (*XOR, *XOR)
    elif task["data"] == "noise":
        parts = (*noise(n, 0), *noise(tests, 1))
    else:
        parts = (
            read_images(MNIST, "train", n),
            read_labels(MNIST, "train")[:n],
            read_images(MNIST, "test", tests),
            read_labels(MNIST, "test")[:tests],
        )
    host.prepare(peer, json.dumps(task), *parts)


def noise(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return rng.integers(1, 256, (count, 784), np.uint8), rng.integers(0, 10, count, np.uint8)


def timed(what: str) -> float:
    start = time.perf_counter()
    getattr(host, what)()
    return time.perf_counter() - start


def answer(peer: str, method: str, *args: Any) -> Any:
    if method == "about":
        return host.about(peer)
    if method == "prepare":
        return prepare(peer, *args)
    if method == "timed":
        return timed(*args)
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
