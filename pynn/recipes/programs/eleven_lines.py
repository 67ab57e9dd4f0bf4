"""eleven_lines: a neural network in eleven lines, and one with a hidden layer.

    l1 = f(X syn0)    l2_delta = (y - l2) f'(l2)               syn1 += l1.T l2_delta
    l2 = f(l1 syn1)   l1_delta = (l2_delta syn1.T) f'(l1)      syn0 += X.T l1_delta

Peculiar: no biases; the third input is always 1 and serves as one. The gradient is a sum over
all four examples and the learning rate is 1, so neither is to be seen. Part one learns any y
that one input decides; for XOR, part two's y, it stays at 0.5.
"""

import numpy as np

from pynn import SGD, Dense, Network, SquaredError, show, train

published = {
    "part one": ["0.00966449", "0.99211957", "0.99358898", "0.00786506"],
    "part one on XOR": ["0.5", "0.5", "0.5", "0.5"],
    "mean error": ["0.500628229093", "0.00899024507125", "0.0060486255435",
                   "0.00482794013965", "0.00412270116481", "0.00365084766242"],
    "part two": ["0.00225305", "0.99723356", "0.99635205", "0.00456238"],
}  # fmt: skip
seed = show.setting("seed", 1, low=0, high=4_294_967_295)
X = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
y = np.array([[0, 1, 1, 0]]).T


def begin(X, *units):
    random = np.random.RandomState(seed).random_sample
    layers = [Dense(count, "sigmoid", bias=False) for count in units]
    network = Network(layers, inputs=3, dtype="float64")
    for name, array in network.parameters.items():  # syn0, syn1
        network.parameters[name] = 2 * random(array.shape) - 1
    words = {"loss": SquaredError("sum"), "optimizer": SGD(1.0), "batch_size": 4, "shuffle": False}
    return network, train(network, X, y, epochs=None, **words)


def part_one(name, X):
    network, steps = begin(X, 1)
    for update in show.progress(range(10_000)):
        if update == 9_999:  # what the post prints is had before the last update
            l1 = network.predict(X)
        next(steps)
    show.compare(name, published[name], l1)


part_one("part one", np.array([[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]]))
part_one("part one on XOR", X)

# Part two: five hidden neurons between inputs and output.
network, steps = begin(X, 5, 1)
for update in show.progress(range(60_000)):
    if update % 1_000 == 0 or update == 59_999:
        l2 = network.predict(X)
        error = np.mean(np.abs(y - l2))
        show.curve("mean error", update, error)
    if update % 10_000 == 0:
        show.line(f"Error:{error:.12g}")
        show.compare("mean error", published["mean error"][update // 10_000], error, updates=update)
    next(steps)
show.compare("part two", published["part two"], l2)
