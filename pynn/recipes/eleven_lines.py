"""eleven_lines: a neural network in eleven lines, and one with a hidden layer.

The first program that many readers ever ran. Part one has three inputs and one sigmoid
output, l1 = f(X syn0); part two has five hidden neurons between them:

    l1 = f(X syn0)    l2_delta = (y - l2) f'(l2)               syn1 += l1.T l2_delta
    l2 = f(l1 syn1)   l1_delta = (l2_delta syn1.T) f'(l1)      syn0 += X.T l1_delta

That is gradient descent with learning rate 1 on 1/2 sum (y - l2)^2, all four examples at
once. `l1_delta` is made with syn1 as it was, before its own update.

Peculiar: no biases; the third input is always 1 and serves as one. The learning rate is 1 and so
not to be seen; the gradient is a sum, not a mean. The outputs it prints are those before the last
update. Part one learns any y that one input decides; for XOR (part two's y) it stays at 0.5.
"""

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from pynn import SGD, Dense, Network, SquaredError, train
from pynn.limits import is_int, shown
from pynn.recipes.recipe import Program, Weights, given_or_drawn, starts

TITLE = "11 行 Python 代码实现神经网络"
SOURCE = 'reposted in many blogs, after Andrew Trask, "A Neural Network in 11 lines of Python"'

X_ONE = np.array([[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]])
X_TWO = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
Y = np.array([0, 1, 1, 0])


@starts(default_seed=1)
def start(
    weights: Weights | None, seed: int, *, X: npt.ArrayLike | None = None,
    y: npt.ArrayLike = Y, part: int = 2,
) -> Program:  # fmt: skip
    if not is_int(part) or part not in (1, 2):
        raise ValueError(f"eleven_lines: expected part 1 or 2, got {shown(part)}")
    rng, sizes = np.random.RandomState(seed), [3, 1] if part == 1 else [3, 5, 1]
    shapes = enumerate(pairwise(sizes))
    drawn = {f"syn{k}": 2 * rng.random_sample(shape) - 1 for k, shape in shapes}
    layers = [Dense(units, "sigmoid", bias=False) for units in sizes[1:]]
    network = Network(layers, inputs=3, dtype="float64")
    X = (X_ONE if part == 1 else X_TWO) if X is None else X
    steps = train(network, X, y, loss=SquaredError("sum"), optimizer=SGD(1.0),
                  batch_size=2**31, epochs=None, shuffle=False)  # fmt: skip
    return Program(network, steps, given_or_drawn("eleven_lines", weights, drawn), turned=False)
