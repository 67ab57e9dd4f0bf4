"""`fit`: some epochs of `train`, with a progress bar, and a history of how it went."""

import numpy as np
import numpy.typing as npt

from pynn.augmentation import Augmentation
from pynn.chance import Seed
from pynn.limits import check_flag
from pynn.losses import Loss, get_loss
from pynn.metrics import evaluate
from pynn.network import Network, check_network
from pynn.optimizer import Optimizer
from pynn.show.fit_progress import fit_progress
from pynn.targets import as_examples
from pynn.training import train


def fit(
    network: Network,
    x: npt.ArrayLike,
    y: npt.ArrayLike,
    *,
    loss: str | Loss,
    optimizer: Optimizer,
    batch_size: int = 32,
    epochs: int = 1,
    seed: Seed = 0,
    shuffle: bool = True,
    augment: Augmentation | None = None,
    validation: tuple[npt.ArrayLike, npt.ArrayLike] | None = None,
    verbose: bool = True,
) -> dict[str, list[float]]:
    """Trains for some epochs and tells how it went; the other words are `train`'s.

    validation  (x, y) that are measured after every epoch and never trained on
    verbose     a progress bar on the standard error stream; where `show.to` leads, live curves

    Ten calls with epochs=1, seed=rng and one optimizer are one with epochs=10, for
    rng = np.random.default_rng(0) made once.

    Returns lists with one number an epoch: "loss" (of the epoch, while the weights
    moved) and, with validation, "validation_loss" and "validation_accuracy".
    """
    check_network("fit", network)
    verbose = check_flag("fit", "verbose", verbose)
    loss = get_loss(loss)
    history: dict[str, list[float]] = {"loss": []}
    if epochs is None:
        raise ValueError(
            "fit: expected epochs as a whole number >= 0, got None; train goes on for ever"
        )
    if validation is not None:
        # Better now than after the first epoch.
        if not isinstance(validation, (tuple, list)) or len(validation) != 2:
            raise ValueError(
                f"fit: expected validation as a pair (x, y), got {type(validation).__name__}"
            )
        validation = as_examples("validation", network, *validation, loss)
        history |= {"validation_loss": [], "validation_accuracy": []}
    steps = train(
        network,
        x,
        y,
        loss=loss,
        optimizer=optimizer,
        batch_size=batch_size,
        epochs=epochs,
        seed=seed,
        shuffle=shuffle,
        augment=augment,
    )
    if validation is not None:
        network.units.after(steps.batches.rows).check(np.asarray(validation[0]))
    with fit_progress(epochs, verbose) as progress:
        while done := steps.group():
            step = done[-1]
            progress.step(step.epoch, step.step, step.steps, steps.running.value)
            if not step.ends_epoch:
                continue
            history["loss"].append(steps.running.value)
            if validation is not None:
                measured = evaluate(network, *validation, loss=loss)
                history["validation_loss"].append(measured.loss)
                history["validation_accuracy"].append(measured.accuracy)
            progress.epoch({name: values[-1] for name, values in history.items()})
    return history
