"""quadrants in NumPy alone: ReLU, softmax, and four gradients by hand."""

import numpy as np

from pynn import show

published = {"test points": ["not all right", "1 2 3 4"]}
seed = show.setting("seed", 1, low=0, high=4_294_967_295)

X = np.array([[2, 1], [-1, 1], [-1, -1], [1, -1]])
X_test = np.array([[2, 2], [-2, 2], [-2, -2], [2, -2]])
t = np.array([0, 1, 2, 3])  # the quadrants 1 to 4

random = np.random.RandomState(seed)
W1, b1 = random.randn(2, 50), np.zeros((1, 50))
W2, b2 = random.randn(50, 4), np.zeros((1, 4))


def forward(X):
    H = np.maximum(0, X @ W1 + b1)
    scores = H @ W2 + b2
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return H, powers / powers.sum(axis=1, keepdims=True)


for update in show.progress(range(1, 10_001)):
    H, P = forward(X)
    loss = -np.mean(np.log(P[range(4), t]))
    d_scores = P.copy()
    d_scores[range(4), t] -= 1
    d_scores /= 4
    d_hidden = d_scores @ W2.T
    d_hidden[H <= 0] = 0
    W2 -= 0.001 * (H.T @ d_scores + 0.001 * W2)
    b2 -= 0.001 * d_scores.sum(axis=0)
    W1 -= 0.001 * (X.T @ d_hidden + 0.001 * W1)
    b1 -= 0.001 * d_hidden.sum(axis=0)
    if update % 100 == 0:
        show.curve("loss", update, loss)
    if update in (100, 10_000):
        here = " ".join(map(str, forward(X_test)[1].argmax(axis=1) + 1))
        show.line(f"after {update:,} updates loss {loss:.6f}, the test points are in {here}")
        show.compare("test points", published["test points"][update // 10_000], here,
                     updates=update)  # fmt: skip
