# A small network learns XOR. Change anything, then press Run (Ctrl+Enter).
import numpy as np

from pynn import Adam, Dense, Network, show, train

x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
y = np.array([0, 1, 1, 0])

network = Network([Dense(4, activation="tanh"), Dense(1, activation="sigmoid")], inputs=2, seed=7)

points = {"train": np.column_stack([x, y])}
words = {"loss": "binary_cross_entropy", "optimizer": Adam(0.05), "batch_size": 4}
for step in train(network, x, y, epochs=200, **words):
    if step.epoch % 5 == 0:
        show.curve("loss", step.epoch, step.loss)
        show.map(network, (-0.5, 1.5, -0.5, 1.5), points=points)

show.network(network)
answers = network.predict(x)
for k in range(4):
    print(x[k], "->", answers[k].round(3))
