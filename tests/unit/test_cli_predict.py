"""`pynn predict`: pictures, arrays and tables, and what is none of them."""

import sys
from pathlib import Path

import numpy as np
import pytest
from cli_helpers import Capture, as_json, printed, refused, write_flowers, write_houses

from pynn import load
from pynn.commands.pictures import read_picture, read_pnm
from pynn.datasets import mnist
from pynn.matmul import Array


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def digits(small_mnist: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A model that reads digits well enough."""
    from pynn.cli import main

    path = str(tmp_path_factory.mktemp("models") / "digits.npz")
    assert main(["train", str(small_mnist), "--epochs", "4", "--save", path, "--json"]) == 0
    return path


@pytest.fixture(scope="module")
def images(small_mnist: Path) -> tuple[Array, Array]:
    return mnist(small_mnist, train=1)[1]  # type: ignore[return-value]


def write_pgm(name: str, image: Array) -> str:
    Path(name).write_bytes(b"P5 %d %d 255\n" % image.shape[::-1] + image.tobytes())
    return name


def as_photo(image: Array) -> Array:
    """Dark ink on light paper, large, and not in the middle."""
    large = np.kron(255 - image, np.ones((5, 5), np.uint8))
    return np.pad(large, ((40, 10), (5, 70)), constant_values=255)


def test_pictures_of_digits_are_prepared_as_on_the_page(
    digits: str, images: tuple[Array, Array], capsys: Capture
) -> None:
    x, y = images
    right = 0
    Path("many").mkdir()
    for row in range(40):
        write_pgm(f"many/{row:02}.pgm", as_photo(x[row]))
    found = as_json(capsys, "predict", digits, "many")["predictions"]
    right = sum(one["class"] == str(y[row]) for row, one in enumerate(found))
    assert len(found) == 40 and right >= 36 and found[3]["name"] == "many/03.pgm"
    # What has the right size and a black edge already is taken as it is.
    write_pgm("as_it_is.pgm", x[0])
    [found] = as_json(capsys, "predict", digits, "as_it_is.pgm")["predictions"]
    outputs = load(digits).network.predict(x[:1])[0]
    np.testing.assert_allclose(list(found["probabilities"].values()), outputs, atol=1e-6)


def test_arrays_are_many_examples_or_one_picture(
    digits: str, images: tuple[Array, Array], capsys: Capture
) -> None:
    x, _ = images
    np.save("three.npy", x[:3])
    np.savez("two.npz", x=x[:2].reshape(2, 784) / 255.0)
    np.save("one.npy", as_photo(x[0]))
    lines = printed(capsys, "predict", digits, "three.npy", "two.npz", "one.npy").splitlines()
    names = [line.split("\t")[0] for line in lines]
    assert names == ["three.npy[0]", "three.npy[1]", "three.npy[2]",
                     "two.npz[0]", "two.npz[1]", "one.npy"]  # fmt: skip
    answers = [line.split("\t")[1] for line in lines]
    assert answers[:2] == answers[3:5] and answers[5] == answers[0]
    text = printed(capsys, "predict", digits, "one.npy", "--probabilities")
    assert text.count("\t") == 11 and "\t9 0." in text


def test_tables_are_answered_line_by_line(capsys: Capture) -> None:
    write_flowers(Path("iris.csv"))
    words = ("--epochs", "30", "--learning-rate", "0.01", "--save", "iris.npz")
    printed(capsys, "train", "iris.csv", *words)
    Path("new.csv").write_text("width,length,same\n0.001,1100,5\n0,1000,5\n")
    lines = printed(capsys, "predict", "iris.npz", "new.csv").splitlines()
    assert [line.split("\t")[:2] for line in lines] == [
        ["new.csv:2", "versicolor"], ["new.csv:3", "setosa"],
    ]  # fmt: skip
    np.save("new.npy", np.array([1100, 0.001, 5]))
    assert "\tversicolor\t" in printed(capsys, "predict", "iris.npz", "new.npy")
    assert len(as_json(capsys, "predict", "iris.npz", "iris.csv")["predictions"]) == 90
    sentence = refused(capsys, "predict", "iris.npz", write_pgm("a.pgm", np.eye(9, dtype=np.uint8)))
    assert sentence == "pynn: a.pgm: expected 3 numbers, got a picture"


def test_numbers_are_in_their_units(capsys: Capture) -> None:
    write_houses(Path("houses.csv"))
    words = ("--task", "regression", "--target", "price", "--epochs", "60", "--save", "h.npz")
    printed(capsys, "train", "houses.csv", *words, "--learning-rate", "0.01")
    Path("new.csv").write_text("age;area\n50;100\n")
    [found] = as_json(capsys, "predict", "h.npz", "new.csv")["predictions"]
    assert found["numbers"][0] == pytest.approx(310_000, rel=0.05)


def test_other_pictures_are_scaled(capsys: Capture) -> None:
    rng = np.random.default_rng(0)
    y = np.arange(60) % 2
    x = (rng.uniform(0, 100, (60, 6, 4, 3)) + 155 * y[:, None, None, None]).astype(np.uint8)
    np.savez("c.npz", x=x, y=np.array(["dark", "light"])[y])
    learned = ("--epochs", "30", "--learning-rate", "0.03")
    for name, layers in (("rows", "8"), ("images", "conv:2:3")):
        words = (*learned, "--layers", layers, "--save", f"{name}.npz")
        printed(capsys, "train", "c.npz", *words)
        Path("big.ppm").write_bytes(b"P6 8 12 255 " + np.full((12, 8, 3), 240, np.uint8).tobytes())
        assert "\tlight\t" in printed(capsys, "predict", f"{name}.npz", "big.ppm")
        grey = write_pgm("grey.pgm", np.full((12, 8), 20, np.uint8))
        assert "\tdark\t" in printed(capsys, "predict", f"{name}.npz", grey)


def test_png_is_read_where_pillow_is(
    digits: str, images: tuple[Array, Array], monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    image = pytest.importorskip("PIL.Image")
    image.fromarray(as_photo(images[0][0])).save("a.png")
    write_pgm("a.pgm", as_photo(images[0][0]))
    np.testing.assert_array_equal(read_picture(Path("a.png")), read_pnm(Path("a.pgm")))
    assert "\t" in printed(capsys, "predict", digits, "a.png")
    Path("b.png").write_bytes(b"no picture")
    sentence = refused(capsys, "predict", digits, "b.png")
    assert sentence == "pynn: b.png: expected a picture, got another file"
    monkeypatch.setitem(sys.modules, "PIL", None)
    sentence = refused(capsys, "predict", digits, "a.png")
    assert "a.png: expected Pillow to read it, got none; pip install pillow" in sentence


def test_plain_pictures_of_all_kinds() -> None:
    rows = [[0, 5], [10, 20]]
    for content in (b"P2 # a\n2 2\n#b\n20\n0 5 10 20", b"P5\n2 2 20\n\0\x05\x0a\x14"):
        Path("a.pgm").write_bytes(content)
        np.testing.assert_array_equal(read_pnm(Path("a.pgm")), np.rint(np.array(rows) * 12.75))
    Path("a.pgm").write_bytes(b"P5 1 1 65535\n\xff\xff")
    assert read_pnm(Path("a.pgm")).tolist() == [[255]]
    for content in (b"", b"P5", b"P5 2 2 255\n123", b"P9 1 1 1 1", b"P2 1 1 9\n10", b"P5 0 1 9 ",
                    b"P5 99999 99999 255 1", b"P2 1 1 9 x", b"P2 1 1 9\n-1", b"#"):  # fmt: skip
        Path("a.pgm").write_bytes(content)
        with pytest.raises(ValueError, match="expected a PGM or PPM picture, got another file"):
            read_pnm(Path("a.pgm"))


def test_what_cannot_be_answered_is_one_sentence(digits: str, capsys: Capture) -> None:
    Path("empty").mkdir()
    assert "empty: expected files of .pgm" in refused(capsys, "predict", digits, "empty")
    assert refused(capsys, "predict", digits, "no.pgm") == "pynn: no.pgm: No such file or directory"
    Path("a.txtx").write_text("")
    assert "a.txtx: expected a file of .pgm .ppm" in refused(capsys, "predict", digits, "a.txtx")
    white = write_pgm("white.pgm", np.full((30, 30), 255, np.uint8))
    assert "expected ink on paper, got an empty picture" in refused(
        capsys, "predict", digits, white
    )
    Path("a.npy").write_bytes(b"12345")
    assert "a.npy: expected an array that NumPy saved" in refused(
        capsys, "predict", digits, "a.npy"
    )
    np.save("a.npy", np.array(["x"]))
    assert "a.npy: expected numbers x, got x" in refused(capsys, "predict", digits, "a.npy")
    assert (
        refused(capsys, "predict", "no.npz", "a.npy") == "pynn: no.npz: No such file or directory"
    )
    assert "FILE" in refused(capsys, "predict", digits)
