"""Progress where the standard streams are missing, closed, broken or too simple."""

import io
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from pynn import SGD, Dense, Network, fit, load
from pynn.cli import main
from pynn.show.bars import Bar


class Simple:
    """A stream as a console in a window may have it: it can write, and nothing else."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> None:
        self.text += text


class Broken(io.StringIO):
    """A terminal that has gone away."""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        raise BrokenPipeError(32, "Broken pipe")


def closed() -> io.StringIO:
    stream = io.StringIO()
    stream.close()
    return stream


STREAMS: dict[str, Callable[[], object]] = {
    "missing": lambda: None, "closed": closed, "simple": Simple, "broken": Broken,
}  # fmt: skip


@pytest.mark.parametrize("make", STREAMS.values(), ids=STREAMS)
def test_fit_does_not_depend_on_its_stream(
    make: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", make())
    network = Network([Dense(2, "softmax")], inputs=3)
    history = fit(network, np.eye(3), [0, 1, 1], loss="cross_entropy", optimizer=SGD(), epochs=3)
    assert len(history["loss"]) == 3
    bar = Bar()
    bar.drawn = -1.0  # long ago
    bar.draw(0.5)
    bar.clear()
    if isinstance(sys.stderr, Simple):
        assert sys.stderr.text.count("\n") == 3 and "epoch 3/3 loss" in sys.stderr.text


def test_stream_that_is_closed_meanwhile_ends_the_display_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    network = Network([Dense(2, "softmax")], inputs=3)

    class Closing(SGD):
        def update(self, *arguments: object, **words: object) -> None:
            stream.close()
            super().update(*arguments, **words)  # type: ignore[arg-type]

    words = {"loss": "cross_entropy", "epochs": 2}
    history = fit(network, np.eye(3), [0, 1, 1], optimizer=Closing(), **words)
    assert stream.closed and len(history["loss"]) == 2


@pytest.mark.parametrize("make", [lambda: None, closed], ids=["missing", "closed"])
def test_command_line_works_in_silence_without_streams(
    make: Callable[[], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", make())
    monkeypatch.setattr(sys, "stderr", make())
    where = tmp_path / "a.npz"
    assert main(["planar", "--dataset", "xor", "--epochs", "3", "--save", str(where)]) == 0
    assert load(where).outputs == 1
    assert main(["info", str(where)]) == 0
    assert main(["info", str(tmp_path / "none.npz")]) == 2
    with pytest.raises(SystemExit) as end:
        main(["planar", "--colour", "red"])
    assert end.value.code == 2
