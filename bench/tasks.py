"""What is trained: the nets of the bench, in words that every peer understands."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Task:
    name: str
    about: str
    sizes: tuple[int, ...]  # of the images, the hidden layers and the outputs
    examples: int
    activation: str = "relu"
    batch: int = 64
    rate: float = 0.1
    optimizer: str = "sgd"
    # (filters, size) of each convolution in front of the dense layers, each pooled by 2.
    convolutions: tuple[tuple[int, int], ...] = ()
    data: str = "mnist"  # or "noise", images without a zero; or "xor"
    tests: int = 10_000
    epochs: int = 1  # in one measurement
    rounds: int = 5
    timed: str = "epoch"  # or "accuracy": the answers for all test images
    long: bool = False  # peers that need minutes for it sit out

    def plain(self) -> dict[str, Any]:
        return asdict(self)


MNIST_10K = Task("mnist-10k", "784-128-10, 10,000 images, batch 64", (784, 128, 10), 10_000)
MNIST_60K = Task(
    "mnist-60k", "784-128-10, 60,000 images, batch 64", (784, 128, 10), 60_000, rounds=3
)
NOISE = Task(
    "noise",
    "784-128-10, 10,000 images of noise without a zero, batch 64",
    (784, 128, 10),
    10_000,
    data="noise",
)
WIDE = Task(
    "wide",
    "784-500-10, 60,000 images, batch 64",
    (784, 500, 10),
    60_000,
    rounds=3,
    long=True,
)
SMALL_BATCHES = Task(
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
    convolutions=((8, 5),),
    tests=2_000,
    rounds=3,
)
LENET = Task(
    "lenet",
    "LeNet's shape (6 filters of 5 x 5, pooled - 16 of 5 x 5, pooled - 120 - 84 - 10), "
    "2,000 images, batch 64",
    (784, 120, 84, 10),
    2_000,
    convolutions=((6, 5), (16, 5)),
    tests=2_000,
    rounds=3,
)
ANSWERS = tuple(
    Task(
        f"answers-{name}",
        f"{about}: the answers for 10,000 images",
        sizes,
        2_000,
        convolutions=convolutions,
        timed="accuracy",
        rounds=3,
    )
    for name, about, sizes, convolutions in (
        ("dense", "784-128-10", (784, 128, 10), ()),
        ("conv", "8 filters of 5 x 5, pooled by 2 - 10", (784, 10), ((8, 5),)),
        ("lenet", "LeNet's shape", (784, 120, 84, 10), ((6, 5), (16, 5))),
    )
)

TASKS = (
    MNIST_10K,
    MNIST_60K,
    WIDE,
    NOISE,
    SMALL_BATCHES,
    XOR,
    CONVOLUTIONAL,
    LENET,
    *ANSWERS,
)
QUICK = Task("mnist-2k", "784-128-10, 2,000 images, batch 64", (784, 128, 10), 2_000, rounds=2)
QUICK_LENET = Task(
    "lenet-500",
    "LeNet's shape, 500 images, batch 64",
    LENET.sizes,
    500,
    convolutions=LENET.convolutions,
    tests=500,
    rounds=2,
)
