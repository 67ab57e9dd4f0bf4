"""Networks that read digits: what can be chosen, how one is made or taken from a file, and what
goes in and can be seen of it."""

import io
import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from pynn.activations import hidden
from pynn.augmentation import Augmentation
from pynn.digits import normalize
from pynn.exact.activations import EXACT_ACTIVATIONS
from pynn.files import ModelFileError, load_network
from pynn.frame import Frame, make_frame, to_scale
from pynn.layers import Shape
from pynn.live.folder import DATASETS, MNIST
from pynn.live.rates import SCHEDULES
from pynn.losses import get_loss
from pynn.matmul import Array
from pynn.network import Network
from pynn.optimizers import OPTIMIZERS
from pynn.settings import Choice, Integer, Real, Table
from pynn.settings.architecture import IMAGE, Architecture, layers_of
from pynn.settings.kinds import check_size

IMAGE_UNITS = 32
LOSS = "cross_entropy"

# The published programs have 784-100-10, 784-30-10 and 784-500-10. The last one is of LeNet-5's
# shape (LeCun et al. 1998, "Gradient-based learning applied to document recognition").
PRESETS = (
    *("784-10", "784-30-10", "784-32-10", "784-100-10", "784-128-10"),
    *("784-256-128-10", "784-500-10"),
    CONVOLUTION := "784-c16x5-p2-c32x5-p2-flat-drop0.3-64-10",
    LENET := "784-c6x5w-a2-c16x5-a2-flat-120-84-10",
)
# The usual momentum of 0.1 takes the first of them past 98 % and then apart.
SUITS = {key: {"optimizer": "adam", "learning_rate": 0.002} for key in (CONVOLUTION, LENET)}

TABLE: Table = (
    Architecture("architecture", "784-128-10", PRESETS, SUITS),
    Choice("dataset", MNIST, DATASETS),
    Choice("subset", "10000", ("1000", "5000", "10000", "60000")),
    Choice("activation", "relu", hidden(EXACT_ACTIVATIONS)),
    Choice("optimizer", "momentum", tuple(OPTIMIZERS)),
    Real("learning_rate", 0.1, 1e-5, 10.0),
    *SCHEDULES,
    Integer("batch_size", 64, 1, 1000),
    Integer("epochs", 10, 1, 1000),
    Integer("patience", 0, 0, 100),
    Real("augment_shift", 0.0, 0.0, 8.0),
    Real("augment_turn", 0.0, 0.0, 45.0),
    Real("augment_scale", 0.0, 0.0, 0.5),
    Real("augment_thickness", 0.0, 0.0, 0.9),
    Real("augment_noise", 0.0, 0.0, 0.5),
    Integer("seed", 0, 0, 2**32 - 1),
)


# The settings that change the training images.
AUGMENT = frozenset(row.name for row in TABLE if row.name.startswith("augment_"))


def from_settings(settings: dict[str, Any]) -> Network:
    """The network that settings["architecture"] describes."""
    layers, inputs = layers_of(settings["architecture"], settings["activation"])
    return Network(layers, inputs=inputs, seed=settings["seed"])


def augmentation(settings: Mapping[str, Any], shape: Shape = IMAGE) -> Augmentation | None:
    """What changes the training images each time that they are learned from, as inputs of `shape`.

    None where all its limits are 0.
    """
    words = {name.removeprefix("augment_"): settings[name] for name in sorted(AUGMENT)}
    if not any(words.values()):
        return None
    return Augmentation(**words, image_shape=IMAGE[:2] if len(shape) == 1 else None)


def augmented(settings: dict[str, Any], images: Array, seed: int) -> dict[str, Array]:
    """(n, 28, 28), 0 to 1: these images as they are, and as they may be learned from."""
    augment, plain = augmentation(settings), images.reshape(-1, *IMAGE) / 255.0
    rng = np.random.default_rng(seed)
    changed = plain if augment is None else augment(plain, rng).clip(0.0, 1.0)
    return {"plain": plain[..., 0], "changed": changed[..., 0]}


def from_file(content: bytes) -> Network:
    """Any network that takes images of 28 x 28 and gives ten probabilities.

    Raises ModelFileError.
    """
    network = load_network(io.BytesIO(content))
    if math.prod(network.input_shape) != 784 or network.outputs != 10:
        raise ModelFileError(
            "wrong_shape",
            f"the model file: expected a network of 28 x 28 or 784 inputs and 10 outputs, "
            f"got {network.input_shape} and {network.outputs}",
        )
    if network.units.pixels is False:
        raise ModelFileError(
            "not_pixels",
            "the model file: expected a network that has learned from pixels, got one that "
            "has learned from other numbers",
        )
    try:
        network.as_rows(np.zeros((1, 28, 28), np.uint8))
        get_loss(LOSS).check_output(network.last.activation)
    except ValueError as error:
        raise ModelFileError("wrong_shape", str(error)) from error
    return network


def sizes(network: Network) -> list[Any]:
    """The inputs, and each layer's outputs: how many, or [height, width, channels]."""
    shapes = [network.input_shape, *(layer.output_shape for layer in network.layers)]
    return [shape[0] if len(shape) == 1 else list(shape) for shape in shapes]


def weight_images(network: Network) -> Array:
    """(m, 28, 28) in -1 to 1: what the first units look for, or the first filters of a convolution.

    m is 0 where the first weights make no images.
    """
    weights = next(w for layer in network.layers if (w := layer.params.get("weights")) is not None)
    with np.errstate(invalid="ignore"):
        if weights.shape[0] == 784:
            images = weights[:, :IMAGE_UNITS].T.reshape(-1, 28, 28)
        elif weights.ndim == 4 and weights.shape[2] == 1:
            # A window of few pixels, seen from near.
            near = np.arange(28) * len(weights) // 28
            images = weights[near][:, near, 0, :IMAGE_UNITS].transpose(2, 0, 1)
        else:
            return np.zeros((0, 28, 28))
        return to_scale(np.nan_to_num(images), axis=(1, 2))


def answered(network: Network, side: int, ink: bytes) -> Frame:
    """What a drawing of side x side bytes becomes, and its answer. Raises SettingsError."""
    check_size("ink", ink, side * side, f" for a side of {side}")
    image = normalize(np.frombuffer(ink, np.uint8).reshape(side, side))
    with np.errstate(over="ignore", invalid="ignore"):
        probabilities = np.nan_to_num(network.predict(image[np.newaxis])[0])
    answer = int(probabilities.argmax()) if image.any() else None
    arrays = {"input": image.reshape(28, 28), "probabilities": probabilities}
    return make_frame({"answer": answer}, arrays)
