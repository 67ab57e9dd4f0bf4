"""PyTorch: networks as `torch.nn.Sequential` and back, and the state dicts of these.

    model = to_torch(network)                    # answers x (n, channels, height, width)
    network = from_torch(model, (28, 28, 1))     # answers x (n, height, width, channels)
    arrays = state_dict(network)                 # the same numbers, without PyTorch
    load_state_dict(network, arrays)

`images.transpose(0, 3, 1, 2)` puts the channels of images in front, as PyTorch has them;
`pynn.torch_layout` says what else lies otherwise there. An activation is a module of its own,
and a linear one is none. The momentum of a batch normalisation is 1 - ours. Pixels are numbers
from 0 to 1: only pynn scales bytes.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from pynn.layers import Shape
from pynn.limits import MOST, as_numbers, cast, check_whole, shown
from pynn.matmul import Array
from pynn.network import Network, check_network
from pynn.torch_layout import NAMES, Places, fed, layout, modules_of
from pynn.torch_modules import layers_of

if TYPE_CHECKING:
    import torch


def to_torch(network: Network) -> "torch.nn.Sequential":
    """A Sequential that gives the same answers up to rounding, in evaluation mode.

    It has the network's dtype, and x is (n, channels, height, width) where it is images.
    Padding that is not the same on both sides becomes a ZeroPad2d. Raises ValueError for
    layers and activations of one's own, ImportError where PyTorch is missing.
    """
    check_network("to_torch", network)
    torch = _imported("to_torch")
    # Modules draw weights when they are made; the caller's own draws shall stay what they are.
    with torch.random.fork_rng(devices=[]):
        modules = [
            getattr(torch.nn, kind)(**words)
            for layer, shape in fed(network)
            for kind, words in modules_of("to_torch", layer, shape)
        ]
    model = torch.nn.Sequential(*modules)
    model.to(getattr(torch, network.dtype.name))
    arrays = state_dict(network).items()
    model.load_state_dict({name: torch.from_numpy(array) for name, array in arrays})
    return model.eval()


def state_dict(network: Network) -> dict[str, Array]:
    """Copies of its numbers, by the names and in the shapes that `to_torch` gives them.

    "0.weight" say. Of a batch normalisation the count of mini-batches is not among them.
    Raises ValueError for layers and activations of one's own.
    """
    check_network("state_dict", network)
    arrays = network.state().arrays
    return {
        name: arrays[own].reshape(-1)[places] for name, own, places in layout("state_dict", network)
    }


def load_state_dict(network: Network, state: Mapping[str, Any]) -> None:
    """Copies the numbers of a Sequential's state dict, arrays or tensors, into a network.

    Of the indices in names ("3.weight") the order alone counts, so modules without numbers
    may stand anywhere. Either all are taken or, when one does not fit or is not finite, none.
    Raises ValueError.
    """
    check_network("load_state_dict", network)
    _load("load_state_dict", network, state)


def from_torch(model: "torch.nn.Sequential", inputs: int | Shape) -> Network:
    """A network that gives the answers of a Sequential in evaluation mode, up to rounding.

    inputs  how many numbers one example has, or an image's shape (height, width, channels)

    It has the model's dtype, float32 or float64. An activation stands right behind its Linear
    or Conv2d (torch.nn.utils.fuse_conv_bn_eval makes one of a convolution and what normalises
    it), and zeros around images are as many as Conv2D's "same" sets. Parameters that a module
    does without, as in Conv2d(bias=False), are zeros or ones here and held. Raises ValueError
    for what pynn does not have, and names the module by its index and kind.
    """
    torch = _imported("from_torch")
    if getattr(type(model), "forward", None) is not torch.nn.Sequential.forward:
        raise ValueError(f"from_torch: expected a torch.nn.Sequential, got {type(model).__name__}")
    given = inputs if isinstance(inputs, (tuple, list)) and inputs else (inputs,)
    shape: Shape = tuple(check_whole("from_torch", "inputs", n, most=MOST) for n in given)
    layers, places = layers_of(list(model), shape, torch)
    state = {f"{at}.{key}": a for at in places for key, a in model[at].state_dict().items()}
    dtypes = {str(a.dtype).removeprefix("torch.") for a in state.values()} - {"int64"}
    if not (dtypes <= {"float32"} or dtypes == {"float64"}):
        got = " and ".join(sorted(dtypes))
        raise ValueError(f"from_torch: expected numbers of float32 or float64, got {got}")
    network = Network(layers, shape, dtype="".join(dtypes) or "float32")
    for name, layer, at in zip(network.layer_names, network.layers, places, strict=True):
        for key, array in layer.params.items():
            if f"{at}.{NAMES[key]}" not in state:
                state[f"{at}.{NAMES[key]}"] = array  # as it begins
                network.held[f"{name}.{key}"] = True
    _load("from_torch", network, state)
    return network


def _load(who: str, network: Network, state: Mapping[str, Any]) -> None:
    """See `load_state_dict`; `who` begins the error's sentence."""
    theirs = _by_module(who, state)
    ours: dict[int, dict[str, tuple[str, Places]]] = {}
    for full, own, places in layout(who, network):
        at, _, name = full.partition(".")
        ours.setdefault(int(at), {})[name] = own, places
    if len(theirs) != len(ours):
        raise ValueError(f"{who}: expected numbers of {len(ours)} modules, got of {len(theirs)}")
    found = {}
    for (index, given), wanted in zip(sorted(theirs.items()), ours.values(), strict=True):
        if given.keys() != wanted.keys():
            owner = next(iter(wanted.values()))[0].partition(".")[0]
            names, got = (", ".join(sorted(some)) for some in (wanted, given))
            raise ValueError(f"{who}: expected {names} of module {index} for {owner}, got {got}")
        for name, (own, places) in wanted.items():
            expected = f"{who}: expected {index}.{name} for {own}"
            array = _array(expected, given[name], network.dtype)
            if array.shape != places.shape:
                raise ValueError(f"{expected} of shape {places.shape}, got {array.shape}")
            found[own] = np.empty(network.arrays[own].shape, network.dtype)
            found[own].reshape(-1)[places] = array
    with network.lock:
        for own, array in found.items():
            np.copyto(network.arrays[own], array)


def _by_module(who: str, state: Mapping[str, Any]) -> dict[int, dict[str, Any]]:
    """The entries of a state dict, by the index in their names and what is behind it."""
    if not isinstance(state, Mapping):
        raise ValueError(f"{who}: expected arrays by name, got {type(state).__name__}")
    entries: dict[int, dict[str, Any]] = {}
    for full, value in state.items():
        at, _, name = full.rpartition(".") if isinstance(full, str) else ("", "", "")
        if not (at.isascii() and at.isdecimal()):
            raise ValueError(f"{who}: expected names like 0.weight, got {shown(full)}")
        if name != "num_batches_tracked":
            entries.setdefault(int(at), {})[name] = value
    return entries


def _array(expected: str, value: Any, dtype: np.dtype[Any]) -> Array:
    """An array or a tensor as finite numbers of this dtype. ValueError, begun with `expected`."""
    if hasattr(value, "detach"):  # a tensor, of whatever device and precision
        value = value.detach().cpu().double().numpy()
    array = cast(as_numbers(expected, value), dtype)
    if not np.isfinite(array).all():
        raise ValueError(f"{expected} as finite numbers, got NaN or infinity")
    return array


def _imported(who: str) -> Any:
    try:
        import torch
    except ImportError:
        raise ImportError(
            f"{who}: expected PyTorch to be installed, got none; pip install torch"
        ) from None
    return torch
