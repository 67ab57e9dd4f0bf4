"""`fit`: some epochs of `train`, with a progress bar, and a history of how it went."""

import inspect
from collections.abc import Callable
from typing import Any

import numpy.typing as npt

from pynn.augmentation import Augmentation
from pynn.chance import Seed
from pynn.early_stopping import EarlyStopping
from pynn.example_weights import ClassWeight, weights_of
from pynn.history import BestNetwork, Course, Epoch, History
from pynn.limits import check_flag, shown
from pynn.losses import Loss, get_loss
from pynn.matmul import Array
from pynn.network import Network, check_network
from pynn.optimizer import Optimizer
from pynn.targets import as_examples
from pynn.training import train
from pynn.training_steps import Training
from pynn.validation import given, split

OnEpoch = Callable[[Epoch], bool | None]


def fit(
    network: Network,
    x: npt.ArrayLike,
    y: npt.ArrayLike,
    *,
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
    """Trains for some epochs and tells how it went; the words above `validation` are `train`'s.

    validation        (x, y) that are measured after every epoch and never trained on
    validation_split  such a share of x and y instead, between 0 and 1, drawn by the seed
                      (Keras takes the last rows)
    early_stopping    ends it when a number gets no better, see `EarlyStopping`
    on_epoch          is called with an `Epoch` after each; True ends the training there
    verbose           a progress bar on the standard error stream, or below the cell of a
                      notebook; where `show.to` leads, live curves

    Ten calls with epochs=1, seed=rng and one optimizer are one with epochs=10, for
    rng = np.random.default_rng(0) made once.

    Returns lists with one number an epoch: "loss" and, where y names classes, "accuracy",
    else "mean_absolute_error" and "r2", all of the epoch while the weights moved; and with
    validation the same as it was after it, "validation_loss" and so on. So has Keras, whose
    losses have the penalties in them.
    """
    loss, held_out = checked(
        network, loss, epochs, validation, validation_split, early_stopping, on_epoch, verbose
    )
    if validation_split is not None:
        rows, targets = as_examples("fit", network, x, y, loss)
        kept, measured = split(len(rows), validation_split, seed)
        held_out, x, y = (rows[measured], targets[measured]), rows[kept], targets[kept]
        if sample_weight is not None:
            sample_weight = weights_of("fit", sample_weight, len(rows))[kept]
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
        sample_weight=sample_weight,
        class_weight=class_weight,
        clip_norm=clip_norm,
    )
    if held_out is not None:
        network.units.after(steps.batches.rows).check(held_out[0])
    return follow(steps, Course(steps, held_out), epochs, early_stopping, on_epoch, verbose)


def checked(
    network: Network,
    loss: str | Loss,
    epochs: int | None,
    validation: Any,
    validation_split: float | None,
    early_stopping: object,
    on_epoch: object,
    verbose: object,
) -> tuple[Loss, tuple[Array, Array] | None]:
    """The loss, and rows and targets of `validation` if there are any.

    Raises ValueError for those of `fit`'s words that are not `train`'s.
    """
    check_network("fit", network)
    check_flag("fit", "verbose", verbose)
    loss = get_loss(loss)
    if epochs is None:
        raise ValueError(
            "fit: expected epochs as a whole number >= 0, got None; train goes on for ever"
        )
    if not (on_epoch is None or takes_one(on_epoch)):
        raise ValueError(f"fit: expected on_epoch as a function of an Epoch, got {shown(on_epoch)}")
    if not isinstance(early_stopping, EarlyStopping | None):
        raise ValueError(
            f"fit: expected early_stopping as an EarlyStopping, got {shown(early_stopping)}"
        )
    if validation is None:
        return loss, None
    if validation_split is not None:
        raise ValueError("fit: expected validation or validation_split, got both")
    return loss, given(network, validation, loss)


def takes_one(function: object) -> bool:
    """Whether this can be called with one word."""
    if not callable(function) or isinstance(function, type):
        return False
    try:
        inspect.signature(function).bind(None)
    except TypeError:
        return False
    except ValueError:  # one of Python's own, which has no signature
        pass
    return True


def follow(
    steps: Training,
    course: Course,
    epochs: int,
    early_stopping: EarlyStopping | None,
    on_epoch: OnEpoch | None,
    verbose: bool,
) -> History:
    """Does the epochs of a training, and tells how it went. The words are `fit`'s."""
    from pynn.show.fit_progress import fit_progress  # only who fits shows anything

    network, best = steps.network, None
    if early_stopping is not None:
        course.check_watched("early_stopping", early_stopping.watch)
        best = BestNetwork(network, early_stopping)
    if (watched := getattr(steps.optimizer.learning_rate, "watch", None)) is not None:
        course.check_watched("the schedule", watched)
    with fit_progress(epochs, verbose) as progress:
        try:
            while done := steps.group():
                step = done[-1]
                progress.step(step.epoch, step.step, step.steps, steps.running.value)
                if not step.ends_epoch:
                    continue
                told = Epoch(step.epoch, epochs, course.end_epoch(), network, steps.optimizer)
                progress.epoch(told.measured)
                ends = on_epoch(told) if on_epoch is not None else None
                if ends is not None:
                    check_flag("fit", "what on_epoch returns", ends)
                if (best is not None and best.is_over(told.measured)) or ends:
                    break
        finally:
            if best is not None:
                best.bring_back()
    return course.history
