"""bp_mnist: back-propagation with NumPy, 784-500-10, saved to a file and tested from it.

    a1 = f(X W1 + b1)     loss = 1/2 sum (a2 - Y)^2
    a2 = f(a1 W2 + b2)    d2 = (a2 - Y) f'(z2)     d1 = (d2 W2.T) f'(z1)
    W2 -= 0.1 (a1.T d2) / 3    b2 -= 0.1 sum d2 / 3    and W1, b1 likewise from X and d1

Batches of three images, in the order of the file, never shuffled. Peculiar: the loss is the
sum over the batch while its gradients are divided by 3, which is SGD on the sum with learning
rate 0.1 / 3. W1, 3 MB, changes 200,000 times: `advance` takes 32 batches at a time.
"""

import io

import numpy as np

from pynn import SGD, Dense, Network, SquaredError, show, train
from pynn.recipes.data import count_right, digit_rows, read_mnist

published = {"accuracy from the file": "96.48 %"}
epochs = show.setting("epochs", 10, short=2, low=1, high=100)
images = show.setting("images", 60_000, short=6_000, low=99, high=60_000)
rate = show.setting("learning_rate", 0.1, low=0.0001, high=10.0)
seed = show.setting("seed", 0, low=0, high=4_294_967_295)
mnist = read_mnist(images)
Y, tests = digit_rows(mnist.y), len(mnist.y_test)


def network_of(W1, b1, W2, b2):
    layers = [Dense(500, "sigmoid"), Dense(10, "sigmoid")]
    network = Network(layers, inputs=784, dtype="float64")
    network.set_parameters({"dense_1.weights": W1, "dense_1.bias": b1})
    network.set_parameters({"dense_2.weights": W2, "dense_2.bias": b2})
    return network


random = np.random.RandomState(seed)
W1, b1 = 0.01 * random.randn(784, 500), 0.01 * random.randn(500)
W2, b2 = 0.01 * random.randn(500, 10), 0.01 * random.randn(10)
network = network_of(W1, b1, W2, b2)
for epoch in show.progress(range(1, epochs + 1)):
    words = {"optimizer": SGD(rate / 3), "batch_size": 3, "shuffle": False}
    steps = train(network, mnist.x, Y, loss=SquaredError("sum"), **words)
    for _ in show.progress(range(0, images, 96)):
        step = steps.advance(32)
    right = count_right(network, mnist)
    show.curve("accuracy", epoch, right / tests)
    show.line(f"epoch {epoch}: loss {step.loss:.6f}, {right / tests:.2%} right")

file = io.BytesIO()
W1, b1, W2, b2 = network.parameters.values()
np.savez(file, w1=W1, b1=b1, w2=W2, b2=b2)
show.file("bp_mnist.npz", file.getvalue())
with np.load(io.BytesIO(file.getvalue()), allow_pickle=False) as saved:
    tested = network_of(saved["w1"], saved["b1"], saved["w2"], saved["b2"])
name, right = "accuracy from the file", count_right(tested, mnist)
show.curve(name, epochs, right / tests)
show.compare(name, published[name], f"{100 * right / tests:.2f} %")
show.image(tested.parameters["dense_1.weights"].T.reshape(-1, 28, 28), name="weights", signed=True)
