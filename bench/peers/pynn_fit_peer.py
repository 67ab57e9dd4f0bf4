"""pynn by `fit`, an epoch at a time, with one generator for all of them."""

from typing import Any

import numpy as np
import pynn_peer

from pynn import fit


def about() -> str:
    return pynn_peer.about()


class Peer(pynn_peer.Peer):
    def __init__(self, task: dict[str, Any], x: np.ndarray, y: np.ndarray) -> None:
        super().__init__(task, x, y)
        self.x, self.y, self.batch, self.rng = x, y, task["batch"], np.random.default_rng(0)

    def epoch(self) -> None:
        fit(
            self.network,
            self.x,
            self.y,
            loss=self.steps.loss,
            optimizer=self.steps.optimizer,
            batch_size=self.batch,
            seed=self.rng,
            verbose=False,
        )
