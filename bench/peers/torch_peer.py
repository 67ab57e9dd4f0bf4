"""PyTorch on one thread, with the mini-batches taken from one tensor (a DataLoader is slower)."""

from itertools import pairwise
from typing import Any

import numpy as np
import torch
from torch import nn

ACTIVATIONS = {"relu": nn.ReLU, "sigmoid": nn.Sigmoid, "tanh": nn.Tanh}
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
        if task["kind"] == "conv":
            self.shape = (-1, 1, 28, 28)
            layers = [nn.Conv2d(1, 8, 5), activation(), nn.MaxPool2d(2), nn.Flatten()]
            sizes = [8 * 12 * 12, sizes[-1]]
        for fan_in, fan_out in pairwise(sizes):
            layers += [nn.Linear(fan_in, fan_out), activation()]
        self.network = nn.Sequential(*layers[:-1])
        self.binary = sizes[-1] == 1
        self.loss = nn.BCEWithLogitsLoss() if self.binary else nn.CrossEntropyLoss()
        self.optimizer = OPTIMIZERS[task["optimizer"]](self.network.parameters(), lr=task["rate"])
        self.x, self.batch = self._tensor(x), task["batch"]
        self.y = torch.from_numpy(y[:, None].astype(np.float32) if self.binary else y.astype(int))

    def _tensor(self, x: np.ndarray) -> torch.Tensor:
        scale = 255 if x.dtype == np.uint8 else 1
        return torch.from_numpy(x.astype(np.float32) / np.float32(scale)).reshape(self.shape)

    def epoch(self) -> None:
        for rows in torch.randperm(len(self.x)).split(self.batch):
            self.optimizer.zero_grad()
            self.loss(self.network(self.x[rows]), self.y[rows]).backward()
            self.optimizer.step()

    def accuracy(self, x: np.ndarray, y: np.ndarray) -> float:
        with torch.no_grad():
            z = self.network(self._tensor(x)).numpy()
        return float(np.mean((z[:, 0] > 0 if self.binary else z.argmax(axis=1)) == y))
