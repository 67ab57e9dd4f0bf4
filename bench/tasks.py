"""What is trained: the nets of the bench, in words that every peer understands."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Task:
    name: str
    about: str
    sizes: tuple[int, ...]
    examples: int
    activation: str = "relu"
    batch: int = 64
    rate: float = 0.1
    optimizer: str = "sgd"
    kind: str = "dense"  # or "conv": 8 filters of 5 x 5, pooled by 2, then the outputs
    data: str = "mnist"  # or "xor"
    tests: int = 10_000
    epochs: int = 1  # in one measurement
    rounds: int = 5

    def plain(self) -> dict[str, Any]:
        return {**asdict(self), "sizes": list(self.sizes)}


MNIST_10K = Task("mnist-10k", "784-128-10, 10,000 images, batch 64", (784, 128, 10), 10_000)
MNIST_60K = Task(
    "mnist-60k", "784-128-10, 60,000 images, batch 64", (784, 128, 10), 60_000, rounds=3
)
WIDE = Task(
    "batch-3",
    "784-500-10, sigmoid, 2,000 images, batch 3",
    (784, 500, 10),
    2_000,
    activation="sigmoid",
    batch=3,
    rate=0.05,
    tests=2_000,
    rounds=3,
)
XOR = Task(
    "playground",
    "the playground's default: XOR, 2-8-1, tanh, Adam, 100 epochs of one step",
    (2, 8, 1),
    4,
    activation="tanh",
    batch=16,
    rate=0.03,
    optimizer="adam",
    data="xor",
    tests=4,
    epochs=100,
)
CONVOLUTIONAL = Task(
    "conv",
    "28 x 28 - 8 filters of 5 x 5, pooled by 2 - 10, 2,000 images, batch 64",
    (784, 10),
    2_000,
    kind="conv",
    tests=2_000,
    rounds=3,
)

TASKS = (MNIST_10K, MNIST_60K, WIDE, XOR, CONVOLUTIONAL)
QUICK = Task("mnist-2k", "784-128-10, 2,000 images, batch 64", (784, 128, 10), 2_000, rounds=2)
