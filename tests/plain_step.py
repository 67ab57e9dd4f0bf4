"""One step of a small network, computed plainly: in double precision, number by number."""

import math
from typing import Any

import numpy as np

from pynn import Network

Arrays = dict[str, Any]
FUNCTIONS = {
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "tanh": math.tanh,
    "relu": lambda z: max(z, 0.0),
    "leaky_relu": lambda z: z if z > 0 else 0.01 * z,
    "linear": lambda z: z,
}
SLOPES = {
    "sigmoid": lambda a: a * (1 - a),
    "tanh": lambda a: 1 - a * a,
    "relu": lambda a: 1.0 if a > 0 else 0.0,
    "leaky_relu": lambda a: 1.0 if a > 0 else 0.01,
    "linear": lambda a: 1.0,
}


def each(function: Any, *arrays: Any) -> Any:
    return np.vectorize(function, otypes=[float])(*arrays)


def plain_step(network: Network, x: Any, target: int, rate: float, scales: Any) -> Arrays:
    """Every array by layer and letter, ("dense_1", "z") say, and the loss as ("loss", "L").

    scales  by layer number, what dropout drew
    """
    found: Arrays = {}
    x = np.asarray(x, float)
    known: list[Arrays] = []
    for at, (name, layer) in enumerate(zip(network.layer_names, network.layers, strict=True)):
        own: Arrays = {"x": x, "p": {k: np.asarray(v, float) for k, v in layer.params.items()}}
        kind, config = type(layer).__name__, layer.config
        if kind in ("Dense", "Conv2D"):
            z = own["z"] = forward_dense(x, own["p"]) if kind == "Dense" else conv(x, own, config)
            found[name, "z"] = z
            activation = layer.activation.name
            if activation == "softmax":
                found[name, "s"] = z - z.max()
                found[name, "e"] = each(math.exp, z - z.max())
                x = found[name, "e"] / found[name, "e"].sum()
            else:
                x = each(FUNCTIONS[activation], z)
        elif kind == "MaxPool2D" or kind == "AvgPool2D":
            x = pool(x, config["size"], max if kind == "MaxPool2D" else np.mean)
        elif kind == "Flatten":
            x = x.reshape(-1)
        elif kind == "Dropout":
            x = x * scales[at]
        else:
            rows = x.reshape(-1, x.shape[-1])
            mean, variance = rows.mean(axis=0), rows.var(axis=0)
            if len(rows) == 1:
                mean, variance = (
                    np.asarray(layer.statistics[s], float) for s in ("mean", "variance")
                )
            own["root"] = np.sqrt(variance + config["epsilon"])
            own["normal"] = (x - mean) / own["root"]
            x = own["normal"] * own["p"]["scale"] + own["p"]["shift"]
        own["a"] = found[name, "a"] = x
        known.append(own)
    hot = np.eye(len(x))[target]
    found["loss", "L"] = np.array([-math.log(x[target])])
    da = None
    for at in reversed(range(len(known))):
        own, layer, name = known[at], network.layers[at], network.layer_names[at]
        kind, config, grads = type(layer).__name__, layer.config, {}
        if kind in ("Dense", "Conv2D"):
            slope = SLOPES.get(layer.activation.name)
            dz = own["a"] - hot if da is None else da * each(slope, own["a"])
            found[name, "dz"] = dz
            back = back_dense if kind == "Dense" else back_conv
            grads["weights"], grads["bias"], da = back(own, dz, config)
            penalty = layer.l2 * own["p"]["weights"] + layer.l1 * np.sign(own["p"]["weights"])
            grads["weights"] = grads["weights"] + penalty
            found[name, "dW"], found[name, "db"] = grads["weights"], grads["bias"]
        elif kind in ("MaxPool2D", "AvgPool2D"):
            da = unpool(own, da, config["size"], kind == "MaxPool2D")
        elif kind == "Flatten":
            da = da.reshape(own["x"].shape)
        elif kind == "Dropout":
            da = da * scales[at]
        else:
            rows, normal = (v.reshape(-1, v.shape[-1]) for v in (da, own["normal"]))
            grads["scale"], grads["shift"] = (rows * normal).sum(axis=0), rows.sum(axis=0)
            found[name, "dγ"], found[name, "dβ"] = grads["scale"], grads["shift"]
            n = len(rows)
            centred = rows if n == 1 else rows - rows.mean(0) - normal * (rows * normal).mean(0)
            da = (centred * own["p"]["scale"] / own["root"]).reshape(da.shape)
        found[name, "dx"] = da
        for key, gradient in grads.items():
            found[f"{name}.{key}", "W"] = own["p"][key] - rate * gradient
    return found


def forward_dense(x: Any, p: Arrays) -> Any:
    units = range(p["weights"].shape[1])
    return np.array([math.fsum(x * p["weights"][:, j]) + p["bias"][j] for j in units])


def back_dense(own: Arrays, dz: Any, config: Any) -> tuple[Any, Any, Any]:
    return np.outer(own["x"], dz), dz, own["p"]["weights"] @ dz


def windows(own: Arrays, config: Any) -> Any:
    """For each (y, x) of the output, and each place of the window, the pixel, if there is one."""
    size, stride, same = config["kernel_size"], config["stride"], config["padding"] == "same"
    height, width, _ = own["x"].shape
    out = [-(-(side if same else side - size + 1) // stride) for side in (height, width)]
    margins = [
        max((n - 1) * stride + size - side, 0) // 2 if same else 0
        for n, side in zip(out, (height, width), strict=True)
    ]
    for y, x, i, j in np.ndindex(*out, size, size):
        row, column = y * stride + i - margins[0], x * stride + j - margins[1]
        if 0 <= row < height and 0 <= column < width:
            yield (y, x), (i, j), (row, column)


def conv(x: Any, own: Arrays, config: Any) -> Any:
    weights, all_windows = own["p"]["weights"], list(windows(own, config))
    height, width = np.max([at for at, _, _ in all_windows], axis=0) + 1
    z = np.zeros((height, width, weights.shape[3])) + own["p"]["bias"]
    for at, place, pixel in all_windows:
        z[at] += x[pixel] @ weights[place]
    return z


def back_conv(own: Arrays, dz: Any, config: Any) -> tuple[Any, Any, Any]:
    weights = own["p"]["weights"]
    d_weights, dx = np.zeros_like(weights), np.zeros_like(own["x"])
    for at, place, pixel in windows(own, config):
        d_weights[place] += np.outer(own["x"][pixel], dz[at])
        dx[pixel] += weights[place] @ dz[at]
    return d_weights, dz.sum(axis=(0, 1)), dx


def pool(x: Any, size: int, of: Any) -> Any:
    height, width, channels = x.shape[0] // size, x.shape[1] // size, x.shape[2]
    a = np.zeros((height, width, channels))
    for y, c, k in np.ndindex(*a.shape):
        a[y, c, k] = of(x[y * size : (y + 1) * size, c * size : (c + 1) * size, k].ravel())
    return a


def unpool(own: Arrays, da: Any, size: int, largest: bool) -> Any:
    dx = np.zeros_like(own["x"])
    for y, c, k in np.ndindex(*da.shape):
        square = own["x"][y * size : (y + 1) * size, c * size : (c + 1) * size, k]
        if largest:
            i, j = np.unravel_index(square.argmax(), square.shape)
            dx[y * size + i, c * size + j, k] = da[y, c, k]
        else:
            dx[y * size : (y + 1) * size, c * size : (c + 1) * size, k] = da[y, c, k] / size**2
    return dx
