"""`mnist()` without a folder: the usual places, then a download that is checked."""

import gzip
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from pynn.datasets import download, mnist, published, read_idx

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home without files, and no network."""
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("PYNN_DATA", raising=False)
    monkeypatch.setattr(download, "MIRRORS", ("http://127.0.0.1:9/",))


@pytest.fixture(scope="module")
def packed(mnist_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files as mirrors have them."""
    folder = tmp_path_factory.mktemp("mirror")
    for name in download.FILES:
        content = gzip.compress((mnist_folder / name).read_bytes(), 1, mtime=0)
        (folder / f"{name}.gz").write_bytes(content)
    return folder


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *words: object) -> None:
        pass


@pytest.fixture
def serve() -> Iterator[Callable[[Path], str]]:
    """Serves a folder; the address."""
    servers = []

    def start(folder: Path) -> str:
        handler = partial(Quiet, directory=str(folder))
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        servers.append((server, thread))
        return f"http://127.0.0.1:{server.server_address[1]}/"

    yield start
    for server, thread in servers:
        server.shutdown()
        server.server_close()
        thread.join()


def test_files_are_published_ones(mnist_folder: Path) -> None:
    assert download.is_mnist(mnist_folder)


@pytest.mark.parametrize(
    "place",
    ["~/.cache/pynn/mnist", "~/given", "~/given/mnist", "MNIST", "MNIST/raw", "mnist", "data",
     "data/MNIST", "data/MNIST/raw"],
)  # fmt: skip
def test_usual_places_are_looked_at(
    place: str, mnist_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "given" in place:
        monkeypatch.setenv("PYNN_DATA", "~/given")
    assert download.found() is None
    path = Path(place).expanduser()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(mnist_folder)
    assert download.found() == path
    assert mnist(train=100)[0][0].shape == (100, 28, 28)


def test_other_images_under_the_same_names_are_not_taken(small_mnist: Path) -> None:
    Path("data").symlink_to(small_mnist)
    assert download.found() is None


def test_file_of_keras_is_taken(small_mnist: Path) -> None:
    (x, y), (x_test, y_test) = mnist(small_mnist)
    path = Path("~/.keras/datasets/mnist.npz").expanduser()
    path.parent.mkdir(parents=True)
    np.savez(path, x_train=x, y_train=y, x_test=x_test, y_test=y_test)
    for ours, theirs in zip(mnist(train=200, seed=3), mnist(small_mnist, 200, 3), strict=True):
        for one, other in zip(ours, theirs, strict=True):
            np.testing.assert_array_equal(one, other)
    np.savez(path, x=x)
    with pytest.raises(ValueError, match="mnist: expected x_train, y_train, x_test, y_test in"):
        mnist()


def test_download_is_checked_and_kept(
    packed: Path,
    serve: Callable[[Path], str],
    tmp_path: Path,
    mnist_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    wrong = tmp_path / "wrong"
    wrong.mkdir()
    (wrong / "train-images-idx3-ubyte.gz").write_bytes(b"no gzip")
    (wrong / "train-labels-idx1-ubyte.gz").write_bytes(gzip.compress(b"others"))
    # The next mirror is asked for what the first does not have, or has otherwise.
    monkeypatch.setattr(download, "MIRRORS", (serve(wrong), serve(packed)))
    _, (x, y) = mnist()
    np.testing.assert_array_equal(x, read_idx(mnist_folder / "t10k-images-idx3-ubyte"))
    folder = tmp_path / ".cache/pynn/mnist"
    assert {path.name for path in folder.iterdir()} == {f"{name}.gz" for name in download.FILES}
    assert capsys.readouterr() == ("", "")  # no bar where there is no terminal
    # And is not fetched again.
    monkeypatch.setattr(download, "MIRRORS", ("http://127.0.0.1:9/",))
    np.testing.assert_array_equal(mnist(train=10)[1][1], y)


def test_a_broken_download_is_gone_on_with(
    packed: Path, serve: Callable[[Path], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = tmp_path / "some"
    some.mkdir()
    first = next(iter(download.FILES))
    (some / f"{first}.gz").symlink_to(packed / f"{first}.gz")
    monkeypatch.setenv("PYNN_DATA", str(tmp_path / "kept"))
    monkeypatch.setattr(download, "MIRRORS", (serve(some),))
    with pytest.raises(ValueError, match="expected to download train-labels-idx1-ubyte"):
        mnist()
    assert [path.name for path in (tmp_path / "kept/mnist").iterdir()] == [f"{first}.gz"]


def test_without_a_network_it_is_said_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ValueError) as caught:
        mnist()
    sentence = str(caught.value)
    assert sentence.startswith("mnist: expected to download train-images-idx3-ubyte.gz, got ")
    assert f"put MNIST's four files into {tmp_path}/.cache/pynn/mnist, or name" in sentence
    assert "\n" not in sentence and not (tmp_path / ".cache").exists()


def test_a_page_says_that_it_cannot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "emscripten")
    with pytest.raises(ValueError, match="Python in a page cannot download them"):
        mnist()


def test_command_line_finds_it_too(mnist_folder: Path) -> None:
    env = os.environ | {"PYTHONPATH": str(ROOT), "PYNN_DATA": str(mnist_folder)}
    words = ["train", "mnist", "--epochs", "1", "--batch-size", "500", "--layers", "16", "--json"]
    done = subprocess.run(
        [sys.executable, "-m", "pynn", *words], env=env, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0 and '"accuracy"' in done.stdout and done.stderr == ""


def test_whoever_has_the_files_at_hand_is_asked_first(
    mnist_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(published, "_bring", lambda name: asked.append(name))
    Path("MNIST").symlink_to(mnist_folder)
    with pytest.raises(ValueError, match=r"in mnist$"):
        mnist()
    assert asked[0] == "train-labels.idx1-ubyte.gzip"
