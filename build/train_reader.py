"""Trains the two networks that read drawings, and writes them into pynn/reader/.

    npm install --prefix build/reader        fonts of people's hands, for letters
    pip install pillow                       reads them
    PYTHONPATH=. python build/train_reader.py        about an hour on two cores

Everything is drawn from fixed seeds: the same machine and NumPy give the same files again. What
the networks then read is measured with images that neither was trained on, and kept with them in
pynn/reader/provenance.json. MNIST's files lie in dist/mnist once the site has been built.
"""

import argparse
import json
import platform
import time
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from paths import ROOT
from reader.examples import by_hands, others, redrawn
from reader.letters import DIGITS, HELD_OUT, LETTERS, Written, written_by_hands

import pynn
from pynn import (
    Adam,
    Augmentation,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    MaxPool2D,
    Network,
    accuracy,
    fit,
    save,
)
from pynn.classes import one_hot
from pynn.datasets import mnist
from pynn.schedules import CosineDecay

FOLDER = ROOT / "pynn/reader"
# Of each weight's 23 binary places so many are kept: a file takes a quarter less of a first visit,
# and no probability changes by more than 0.0004.
PLACES = 12
# Each of MNIST's training images is drawn again so many times, and as many drawings are no digit.
ROUNDS = 3
# Each digit and letter of a font, so many times over, to train on and to test with.
HANDS, HANDS_TEST = 30, 10
AUGMENT = Augmentation(shift=1.0, turn=8.0, scale=0.08, image_shape=(28, 28, 1))
BATCH, RATE = 100, 0.002
# Of the right answer, spread over all: a network that is asked for certainty learns to boast.
DOUBT = 0.05
# One in so many drawings of none is shown to the digits' network too, which is to say of it that
# every digit is as likely (Hendrycks et al. 2019, "Deep anomaly detection with outlier exposure").
EXPOSED = 3

Labels = npt.NDArray[np.uint8]


def digit_network() -> Network:
    """Ten probabilities of a digit's image."""
    return Network(
        [
            *(Conv2D(16, 5, activation="relu"), MaxPool2D(2)),
            *(Conv2D(32, 5, activation="relu"), MaxPool2D(2)),
            *(Flatten(), Dropout(0.3), Dense(64, activation="relu")),
            Dense(10, activation="softmax"),
        ],
        inputs=(28, 28, 1),
        seed=0,
    )


def likeness_network() -> Network:
    """Two probabilities of a drawing's image: that it is a digit, and that it is none."""
    return Network(
        [
            *(Conv2D(12, 5, activation="relu"), MaxPool2D(2)),
            *(Conv2D(24, 5, activation="relu"), MaxPool2D(2)),
            *(Flatten(), Dropout(0.2), Dense(56, activation="relu")),
            Dense(2, activation="softmax"),
        ],
        inputs=(28, 28, 1),
        seed=1,
    )


def doubtful(classes: Labels, count: int) -> Any:
    """Targets of these classes that leave some doubt."""
    return one_hot(classes, count) * (1 - DOUBT) + DOUBT / count


def trained(network: Network, x: Any, targets: Any, epochs: int) -> Network:
    optimizer = Adam(CosineDecay(RATE, epochs * -(-len(x) // BATCH)))
    fit(
        network,
        images(x),
        targets,
        loss="cross_entropy",
        optimizer=optimizer,
        batch_size=BATCH,
        epochs=epochs,
        seed=0,
        augment=AUGMENT,
    )
    return network


def examples(data: Path) -> dict[str, Any]:
    """Images and what they are, of each kind; those to test with come from MNIST's test images."""
    (x, y), (x_test, y_test) = mnist(data)
    written = written_by_hands()
    known = [one for one in written if one.hand not in HELD_OUT]
    strange = [one for one in written if one.hand in HELD_OUT]
    digits, letters = among(known, DIGITS), [one.strokes for one in among(known, LETTERS)]
    drawn = [redrawn(x, seed) for seed in range(ROUNDS)]
    return {
        "x": np.concatenate([x.reshape(-1, 784), *drawn, by_hands(digits, HANDS, seed=400)]),
        "y": np.concatenate([np.tile(y, 1 + ROUNDS), np.tile(classes(digits), HANDS)]),
        "others": others(x, y, letters, ROUNDS * len(x), seed=100),
        "x_test": x_test,
        "y_test": y_test,
        "drawn_test": images(redrawn(x_test, seed=200)),
        "others_test": images(others(x_test, y_test, letters, len(x_test), seed=300)),
        "hands_test": images(by_hands(among(strange, DIGITS), HANDS_TEST, seed=500)),
        "hands_classes": np.tile(classes(among(strange, DIGITS)), HANDS_TEST),
        "letters_test": images(by_hands(among(strange, LETTERS), HANDS_TEST, seed=600)),
    }


def among(written: list[Written], characters: str) -> list[Written]:
    return [one for one in written if one.character in characters]


def classes(written: list[Written]) -> Labels:
    return np.array([int(one.character) for one in written], np.uint8)


def images(rows: Any) -> Any:
    return rows.reshape(-1, 28, 28)


def measured(digits: Network, likeness: Network, made: dict[str, Any]) -> dict[str, float]:
    def like(name: str) -> float:
        return float((likeness.predict(made[name])[:, 0] > 0.5).mean())

    return {
        "MNIST's 10,000 test images, read": accuracy(digits, made["x_test"], made["y_test"]),
        "the same redrawn by other hands, read": accuracy(
            digits, made["drawn_test"], made["y_test"]
        ),
        "MNIST's test images, taken for digits": like("x_test"),
        "the same redrawn, taken for digits": like("drawn_test"),
        "digits of eight hands not learned from, read": accuracy(
            digits, made["hands_test"], made["hands_classes"]
        ),
        "the same, taken for digits": like("hands_test"),
        "their letters, taken for digits": like("letters_test"),
        "10,000 drawings of none, taken for digits": like("others_test"),
    }


def rounded(network: Network) -> Network:
    """The same network, its weights to `PLACES` binary places of their mantissas."""
    dropped = 23 - PLACES
    for array in network.parameters.values():
        bits = array.view(np.uint32)
        bits += np.uint32(1 << (dropped - 1))
        bits >>= np.uint32(dropped)
        bits <<= np.uint32(dropped)
    return network


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=ROOT / "dist/mnist")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--epochs", type=int, nargs=2, default=(14, 10), help="of each network")
    asked = parser.parse_args()
    began = time.perf_counter()
    made = examples(asked.data)
    print(f"{len(made['x']):,} digits, {len(made['others']):,} others", flush=True)
    exposed = made["others"][::EXPOSED]
    seen = np.concatenate([made["x"], exposed])
    targets = np.concatenate([doubtful(made["y"], 10), np.full((len(exposed), 10), 0.1)])
    digits = rounded(trained(digit_network(), seen, targets, asked.epochs[0]))
    save(digits, asked.folder / "digits.npz")
    kinds = np.repeat(np.array([0, 1], np.uint8), [len(made["x"]), len(made["others"])])
    seen = np.concatenate([made["x"], made["others"]])
    likeness = rounded(trained(likeness_network(), seen, doubtful(kinds, 2), asked.epochs[1]))
    save(likeness, asked.folder / "likeness.npz")
    told = {
        "command": "PYTHONPATH=. python build/train_reader.py",
        "data": [
            "MNIST (LeCun, Cortes, Burges; CC BY-SA 3.0)",
            "fonts of people's hands (build/reader/package.json; OFL 1.1 and Apache 2.0)",
            "drawings made by build/reader",
        ],
        "made with": {
            "pynn": pynn.__version__,
            "numpy": np.__version__,
            "python": platform.python_version(),
        },
        "examples": {"digits": len(made["x"]), "others": len(made["others"])},
        "epochs": {"digits": asked.epochs[0], "likeness": asked.epochs[1]},
        "measured": measured(digits, likeness, made),
    }
    text = json.dumps(told, indent=1)
    (asked.folder / "provenance.json").write_text(text + "\n", "utf-8")
    print(f"{text}\n({time.perf_counter() - began:.0f} s)")


if __name__ == "__main__":
    main()
