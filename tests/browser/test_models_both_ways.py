"""A model gives the same probabilities in the browser and natively, wherever it was trained."""

import base64
import gzip
import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page
from serving import Server
from worker_page import ask_worker

from pynn import Adam, Network, fit, load, save
from pynn.settings.architecture import layers_of

WORKER = Path(__file__).resolve().parent / "python_worker.js"
# Trains the one network in the browser, and asks it and the one that was sent about all images.
PROGRAM = """
import base64, gzip, io
import numpy as np
from pynn import Adam, Network, fit, load, save
from pynn.settings.architecture import layers_of

def images(packed):
    return np.frombuffer(gzip.decompress(base64.b64decode(packed)), np.uint8).reshape(-1, 28, 28)

x, x_test = images({train!r}), images({test!r})
y = np.frombuffer(base64.b64decode({labels!r}), np.uint8)
layers, shape = layers_of({architecture!r}, "relu")
own = Network(layers, inputs=shape, seed=0)
fit(own, x, y, loss="cross_entropy", optimizer=Adam(0.002), batch_size=50, epochs=1, seed=0,
    verbose=False)
saved = io.BytesIO()
save(own, saved)
sent = load(io.BytesIO(base64.b64decode({model!r})))
answers = np.stack([network.predict(x_test) for network in (own, sent)])
base64.b64encode(gzip.compress(answers.astype("<f4").tobytes())).decode() + " " + (
    base64.b64encode(saved.getvalue()).decode())
"""


@pytest.mark.parametrize(
    "architecture",
    [
        "784-128-10",
        pytest.param("784-c8x5-bn-p2-c16x3w-a2-flat-drop0.2-32-10", marks=pytest.mark.long),
    ],
)
def test_probabilities_are_the_same_on_all_test_images(
    architecture: str,
    dist: Path,
    copied_site: Path,
    page: Page,
    serve_site: Callable[[Path], Server],
) -> None:
    page.set_default_timeout(0)

    def pixels(name: str, head: int = 16) -> bytes:
        return gzip.decompress((dist / f"mnist/{name}.gzip").read_bytes())[head:]

    test = b"".join(pixels(f"test-images-{shard:02d}.idx3-ubyte") for shard in (0, 1))
    train = pixels("train-images-00.idx3-ubyte")[: 2000 * 784]
    labels = pixels("train-labels.idx1-ubyte", 8)[:2000]
    x_test = np.frombuffer(test, np.uint8).reshape(-1, 28, 28)
    assert len(x_test) == 10_000

    layers, shape = layers_of(architecture, "relu")
    native = Network(layers, inputs=shape, seed=1)
    x = np.frombuffer(train, np.uint8).reshape(-1, 28, 28)
    y = np.frombuffer(labels, np.uint8)
    fit(native, x, y, loss="cross_entropy", optimizer=Adam(0.002), batch_size=50, verbose=False)
    model = io.BytesIO()
    save(native, model)

    def text(content: bytes) -> str:
        return base64.b64encode(content).decode()

    program = PROGRAM.format(
        train=text(gzip.compress(train)),
        test=text(gzip.compress(test)),
        labels=text(labels),
        architecture=architecture,
        model=text(model.getvalue()),
    )
    reply = ask_worker(page, copied_site, serve_site, WORKER, program)
    assert "error" not in reply, reply
    packed, saved = map(base64.b64decode, reply["text"].split(" "))
    answers = np.frombuffer(gzip.decompress(packed), "<f4").reshape(2, 10_000, 10)
    trained_there = load(io.BytesIO(saved))
    for network, there in ((trained_there, answers[0]), (native, answers[1])):
        here = network.predict(x_test)
        assert here.max(axis=1).mean() > 0.5, "it has learned something"
        np.testing.assert_allclose(there, here, atol=1e-5, rtol=0)
