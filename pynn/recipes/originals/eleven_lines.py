"""eleven_lines in NumPy alone: the sigmoid, its slope, and two matrices."""

import numpy as np

from pynn import show

published = {
    "part one": ["0.00966449", "0.99211957", "0.99358898", "0.00786506"],
    "part two": ["0.00225305", "0.99723356", "0.99635205", "0.00456238"],
}
seed = show.setting("seed", 1, low=0, high=4_294_967_295)


def f(x):
    return 1 / (1 + np.exp(-x))


# Part one: three inputs, one output. The third input is always 1.
X = np.array([[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]])
y = np.array([[0, 1, 1, 0]]).T
np.random.seed(seed)
syn0 = 2 * np.random.random((3, 1)) - 1
for _ in show.progress(range(10_000)):
    l1 = f(X @ syn0)
    syn0 += X.T @ ((y - l1) * l1 * (1 - l1))
show.compare("part one", published["part one"], l1)

# Part two: five hidden neurons between them learn XOR.
X = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
np.random.seed(seed)
syn0 = 2 * np.random.random((3, 5)) - 1
syn1 = 2 * np.random.random((5, 1)) - 1
for update in show.progress(range(60_000)):
    l1 = f(X @ syn0)
    l2 = f(l1 @ syn1)
    if update % 10_000 == 0:
        error = np.mean(np.abs(y - l2))
        show.curve("mean error", update, error)
        show.line(f"Error:{error:.12g}")
    l2_delta = (y - l2) * l2 * (1 - l2)
    l1_delta = (l2_delta @ syn1.T) * l1 * (1 - l1)
    syn1 += l1.T @ l2_delta
    syn0 += X.T @ l1_delta
show.compare("part two", published["part two"], l2)
