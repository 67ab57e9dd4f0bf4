"""quadrants: a very small two-layer network says in which quadrant a point lies.

Four training points, one in each quadrant, and four test points further out. With
H = relu(X W1 + b1) and P = softmax(H W2 + b2), 50 hidden neurons,

    loss = -mean(log P[t])
    dY = (P - onehot(t)) / 4    dW2 = H.T dY + reg W2    dH = dY W2.T where H > 0
    dW1 = X.T dH + reg W1       db1, db2 the sums of dH, dY
    every weight -= 0.001 times its gradient, all four points at once, 10,000 times

Peculiar: the L2 penalty reg = 0.001 is added to the gradients of the weights, not of the
biases, and not to the loss that is printed. 10,000 updates place all four test points
and 100 do not, says the post, and so it is. What it does not say: that depends on the
seed, for four training points leave most of the plane open. Of the seeds 0 to 29, four
still have one test point in the wrong quadrant.
"""

import numpy as np
import numpy.typing as npt

from pynn import SGD, Dense, Network, train
from pynn.limits import as_numbers
from pynn.recipes.recipe import Program, Weights, given_or_drawn, starts

TITLE, SOURCE = "Python跑一个超简单的两层神经网络", "a Chinese blog post"
X = np.array([[2, 1], [-1, 1], [-1, -1], [1, -1]])
X_TEST = np.array([[2, 2], [-2, 2], [-2, -2], [2, -2]])
T = np.array([1, 2, 3, 4])


@starts(default_seed=1)
def start(
    weights: Weights | None, seed: int, *, X: npt.ArrayLike = X, t: npt.ArrayLike = T
) -> Program:
    """`t` holds quadrants 1 to 4 as in the post, class numbers 0 to 3, or one-hot rows."""
    rng, classes = np.random.RandomState(seed), as_numbers("quadrants: expected t", t)
    if classes.ndim == 1 and classes.size and classes.min() > 0:
        classes = classes - 1
    drawn = {"W1": rng.randn(2, 50), "b1": np.zeros((1, 50)),
             "W2": rng.randn(50, 4), "b2": np.zeros((1, 4))}  # fmt: skip
    layers = [Dense(50, "relu", l2=0.001), Dense(4, "softmax", l2=0.001)]
    network = Network(layers, inputs=2, dtype="float64")
    steps = train(network, X, classes, loss="cross_entropy", optimizer=SGD(0.001),
                  batch_size=max(1, classes.size), epochs=None, shuffle=False)  # fmt: skip
    return Program(network, steps, given_or_drawn("quadrants", weights, drawn), turned=False)
