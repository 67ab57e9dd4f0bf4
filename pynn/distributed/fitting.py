"""`fit` on a cluster."""

from typing import Any

import numpy.typing as npt

from pynn.augmentation import Augmentation
from pynn.chance import Seed
from pynn.distributed.training import prepared
from pynn.early_stopping import EarlyStopping
from pynn.example_weights import ClassWeight
from pynn.fitting import OnEpoch, checked, follow
from pynn.history import Course, History
from pynn.losses import Loss
from pynn.network import Network
from pynn.optimizer import Optimizer


def fit(
    network: Network,
    x: Any,
    y: Any = None,
    *,
    client: Any,
    members: int | None = None,
    local_steps: int | None = None,
    loss: str | Loss,
    optimizer: str | Optimizer,
    batch_size: int = 32,
    epochs: int = 1,
    seed: Seed = 0,
    shuffle: bool = True,
    augment: Augmentation | None = None,
    sample_weight: npt.ArrayLike | None = None,
    class_weight: ClassWeight | None = None,
    clip_norm: float | None = None,
    validation: tuple[npt.ArrayLike, npt.ArrayLike] | None = None,
    validation_split: float | None = None,
    early_stopping: EarlyStopping | None = None,
    on_epoch: OnEpoch | None = None,
    verbose: bool = True,
) -> History:
    """Trains for some epochs on a cluster and tells how it went, as `pynn.fit` does.

    The words up to `clip_norm` are those of `pynn.distributed.train`, the others `pynn.fit`'s.
    What is measured after an epoch is measured here: `validation` are arrays, and the rows
    that `validation_split` draws come here.
    """
    loss, held_out = checked(
        network, loss, epochs, validation, validation_split, early_stopping, on_epoch, verbose
    )
    words = loss, optimizer, batch_size, epochs, seed, shuffle, augment, clip_norm
    steps, measured, extremes = prepared(
        "fit",
        network,
        x,
        y,
        client,
        members,
        local_steps,
        words,
        (sample_weight, class_weight),
        validation_split,
    )
    held_out = held_out or measured
    if held_out is not None:
        network.units.after(extremes).check(held_out[0])
    return follow(steps, Course(steps, held_out), epochs, early_stopping, on_epoch, verbose)
