"""skyone in NumPy alone: one image at a time, with the hidden error of its own."""

import numpy as np

from pynn import show
from pynn.recipes.data import read_mnist

published = {"as published": "about 95 %"}
images = show.setting("images", 60_000, short=10_000, low=100, high=60_000)
rate = show.setting("learning_rate", 0.3, low=0.0001, high=10.0)
epochs = show.setting("epochs", 2, short=1, low=1, high=100)  # the post names no number
seed = show.setting("seed", 0, low=0, high=4_294_967_295)
mnist = read_mnist(images)

random = np.random.RandomState(seed)
wih = random.normal(0.0, 784**-0.5, (100, 784))
who = random.normal(0.0, 100**-0.5, (10, 100))


def f(x):
    return 1 / (1 + np.exp(-x))


def inputs(pixels):
    return pixels / 255 * 0.99 + 0.01


def right():
    hidden = f(inputs(mnist.x_test) @ wih.T)
    return np.mean(f(hidden @ who.T).argmax(axis=1) == mnist.y_test)


for epoch in show.progress(range(epochs)):
    for number in show.progress(range(images)):
        i = inputs(mnist.x[number])[:, None]
        t = np.full((10, 1), 0.01)
        t[mnist.y[number]] = 0.99
        h = f(wih @ i)
        o = f(who @ h)
        output_error = t - o
        hidden_error = who.T @ output_error  # without the factor o (1 - o)
        who += rate * (output_error * o * (1 - o)) @ h.T
        wih += rate * (hidden_error * h * (1 - h)) @ i.T
    show.curve("as published", (epoch + 1) * images, right())
show.compare("as published", published["as published"], f"{right():.2%}")
show.image(wih.reshape(-1, 28, 28), name="weights", signed=True)
