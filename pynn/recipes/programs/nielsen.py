"""nielsen: handwritten digits with NumPy, after network.py of Michael Nielsen's book.

    z = w a + b,  a = f(z)      cost = (1/m) sum of 1/2 |a - y|^2 over its m examples
    delta = (a - y) f'(z) in the last layer, (w.T delta) f'(z) in the one before it
    w -= (eta/m) delta a.T      b -= (eta/m) delta, summed over the examples

Mini-batches of 10, shuffled, eta = 3. Peculiar: weights begin standard normal however many
inputs a neuron has, all biases drawn first; so |z| is large and f flat. 784-30-10 comes near
95 % all the same, 784-100-10 usually gets stuck. `lecun` weights, the smaller the more
inputs there are, cure it.
"""

from itertools import pairwise

import numpy as np

from pynn import SGD, Dense, Network, SquaredError, show, train
from pynn.recipes.data import count_right, digit_rows, read_mnist

published = {"normal": "near 95 %"}
hidden = show.setting("hidden", [30], low=1, high=500, most=3)
rate = show.setting("learning_rate", 3.0, low=0.0001, high=100.0)
epochs = show.setting("epochs", 30, short=3, low=1, high=100)
images = show.setting("images", 50_000, short=10_000, low=100, high=50_000)
initial = show.setting("initial", "normal", options=("normal", "lecun", "both"))
seed = show.setting("seed", 0, low=0, high=4_294_967_295)
mnist = read_mnist(images)
y, sizes = digit_rows(mnist.y), [784, *hidden, 10]


def begin(name):
    layers = [Dense(units, "sigmoid", weights="lecun") for units in sizes[1:]]
    network = Network(layers, inputs=784, seed=seed, dtype="float64")
    random = np.random.RandomState(seed)
    b = {f"dense_{k}.bias": random.randn(n) for k, n in enumerate(sizes[1:], 1)}
    w = {f"dense_{k}.weights": random.randn(n, m).T for k, (m, n) in enumerate(pairwise(sizes), 1)}
    network.set_parameters(b | w if name == "normal" else b)
    return network, np.random.default_rng(seed)  # of the order


if initial != "lecun" and 100 in hidden:
    show.line("Standard normal weights usually get stuck with 100 neurons; lecun cures it.")
names = ["normal", "lecun"] if initial == "both" else [initial]
begun = {name: begin(name) for name in names}
for epoch in show.progress(range(1, epochs + 1)):
    for name in show.progress(names):
        network, order = begun[name]
        words = {"optimizer": SGD(rate), "batch_size": 10, "seed": order}
        steps = train(network, mnist.x, y, loss=SquaredError("mean"), **words)
        for _ in show.progress(range(0, images, 500)):
            steps.advance(50)
        right, tests = count_right(network, mnist), len(mnist.y_test)
        show.curve(name, epoch, right / tests)
        show.line(f"Epoch {epoch}: {right} / {tests} {name}")
        if epoch == epochs:
            known = published.get(name, "") if hidden == [30] else ""
            show.compare(name, known, f"{right / tests:.2%}", sizes="-".join(map(str, sizes)))
            weights = network.parameters["dense_1.weights"].T
            show.image(weights.reshape(-1, 28, 28), name="weights", signed=True)
