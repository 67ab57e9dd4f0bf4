"""skyone: a simple neural-network framework, with a hidden error of its own.

    h = f(wih i)    wih += 0.3 (he * h * (1 - h)) i.T     where he = who.T (t - o)
    o = f(who h)    who += 0.3 ((t - o) * o * (1 - o)) h.T

784-100-10 without biases, one MNIST image at a time, in the order of the file. Peculiar: `he`
lacks the factor o (1 - o) of back-propagation. So `who` follows the squared error, and `wih`
the binary cross-entropy, whose gradient before f is o - t. Together they are the gradient of
nothing, and yet it learns. Beside it runs a network with the squared error alone.
"""

import numpy as np

from pynn import SGD, BinaryCrossEntropy, Dense, SquaredError, show, train
from pynn.recipes.data import count_right, digit_rows, read_mnist
from pynn.recipes.split import SplitNetwork

published = {"as published": "about 95 %", "single loss": ""}
images = show.setting("images", 60_000, short=10_000, low=100, high=60_000)
rate = show.setting("learning_rate", 0.3, low=0.0001, high=10.0)
epochs = show.setting("epochs", 2, short=1, low=1, high=100)  # the post names no number
seed = show.setting("seed", 0, low=0, high=4_294_967_295)
mnist = read_mnist(images)


def inputs(pixels):
    return pixels / 255 * 0.99 + 0.01


def begin(hidden):
    random = np.random.RandomState(seed)
    layers = [Dense(100, "sigmoid", bias=False), Dense(10, "sigmoid", bias=False)]
    network = SplitNetwork(layers, inputs=784, hidden=hidden, dtype="float64")
    wih = random.normal(0.0, 784**-0.5, (100, 784))
    who = random.normal(0.0, 100**-0.5, (10, 100))
    network.set_parameters({"dense_1.weights": wih.T, "dense_2.weights": who.T})
    return network


loss = SquaredError("sum")
networks = {"as published": begin(BinaryCrossEntropy("sum")), "single loss": begin(loss)}
for epoch in show.progress(range(epochs)):
    for first in show.progress(range(0, images, 5000)):  # all would take 376 MB in float64
        pixels, digits = mnist.x[first : first + 5000], mnist.y[first : first + 5000]
        X, T = inputs(pixels), digit_rows(digits) * 0.98 + 0.01
        for name in show.progress(list(networks)):
            words = {"optimizer": SGD(rate), "batch_size": 1, "shuffle": False}
            steps = train(networks[name], X, T, loss=loss, **words)
            for _ in show.progress(range(0, len(X), 100)):
                steps.advance(100)
            seen = epoch * images + first + len(X)
            right = count_right(networks[name], mnist, inputs) / len(mnist.y_test)
            show.curve(name, seen, right)
            show.line(f"{seen:,} images, {name}: {right:.2%} right")
            if seen == epochs * images:
                show.compare(name, published[name], f"{right:.2%}")
                wih = networks[name].parameters["dense_1.weights"].T
                show.image(wih.reshape(-1, 28, 28), name="weights", signed=True)
