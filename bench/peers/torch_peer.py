"""PyTorch on one thread, with the mini-batches taken from one tensor (a DataLoader is slower)."""

from itertools import pairwise
from typing import Any

import numpy as np
import torch
from torch import nn

ACTIVATIONS = {"relu": nn.ReLU, "sigmoid": nn.Sigmoid, "tanh": nn.Tanh}
AT_ONCE = 100
OPTIMIZERS = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}


def about() -> str:
    return f"PyTorch {torch.__version__}"


class Peer:
    def __init__(self, task: dict[str, Any], x: np.ndarray, y: np.ndarray) -> None:
        torch.set_num_threads(1)
        torch.manual_seed(0)
        sizes, activation = task["sizes"], ACTIVATIONS[task["activation"]]
        layers: list[nn.Module] = []
        self.shape = (-1, sizes[0])
        if task["convolutions"]:
            self.shape, side, channels = (-1, 1, 28, 28), 28, 1
            for filters, size in task["convolutions"]:
                layers += [nn.Conv2d(channels, filters, size), activation(), nn.MaxPool2d(2)]
                side, channels = (side - size + 1) // 2, filters
            layers.append(nn.Flatten())
            sizes = [channels * side * side, *sizes[1:]]
        for fan_in, fan_out in pairwise(sizes):
            layers += [nn.Linear(fan_in, fan_out), activation()]
        self.network = nn.Sequential(*layers[:-1])
        self.binary = sizes[-1] == 1
        self.loss = nn.BCEWithLogitsLoss() if self.binary else nn.CrossEntropyLoss()
        self.optimizer = OPTIMIZERS[task["optimizer"]](self.network.parameters(), lr=task["rate"])
        self.x, self.batch = self.inputs(x), task["batch"]
        self.y = torch.from_numpy(y[:, None].astype(np.float32) if self.binary else y.astype(int))

    def inputs(self, x: np.ndarray) -> torch.Tensor:
        scale = 255 if x.dtype == np.uint8 else 1
        return torch.from_numpy(x.astype(np.float32) / np.float32(scale)).reshape(self.shape)

    def epoch(self) -> None:
        for rows in torch.randperm(len(self.x)).split(self.batch):
            self.optimizer.zero_grad()
            self.loss(self.network(self.x[rows]), self.y[rows]).backward()
            self.optimizer.step()

    def accuracy(self, x: torch.Tensor, y: np.ndarray) -> float:
        with torch.no_grad():
            # More at once take longer: their numbers fit no cache.
            z = torch.cat([self.network(rows) for rows in x.split(AT_ONCE)]).numpy()
        return float(np.mean((z[:, 0] > 0 if self.binary else z.argmax(axis=1)) == y))
