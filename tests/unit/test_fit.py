"""`fit`: its history is what `evaluate` measures, and its progress is fit for people and files."""

import io
import re
import sys

import numpy as np
import pytest

from pynn import SGD, Adam, Dense, Diverged, Network, SquaredError, evaluate, fit, train
from pynn.show.bars import Progress

RNG = np.random.default_rng(5)
X = RNG.standard_normal((50, 3))
Y = (X[:, 0] > X[:, 1]).astype(int)
WORDS = {"loss": "cross_entropy", "batch_size": 8, "seed": 3}


def small() -> Network:
    return Network([Dense(5, "tanh"), Dense(2, "softmax")], inputs=3, seed=1)


def test_history_equals_evaluation_after_each_epoch() -> None:
    fitted, stepped = small(), small()
    history = fit(
        fitted, X[:40], Y[:40], optimizer=Adam(0.02), epochs=3, verbose=False,
        validation=(X[40:], Y[40:]), **WORDS,
    )  # fmt: skip
    measured, totals = [], []
    for step in train(stepped, X[:40], Y[:40], optimizer=Adam(0.02), epochs=3, **WORDS):
        totals.append(step.loss * step.examples)
        if step.ends_epoch:
            measured.append(evaluate(stepped, X[40:], Y[40:], loss="cross_entropy"))
    assert list(history) == ["loss", "accuracy", "validation_loss", "validation_accuracy"]
    assert history["validation_loss"] == [m.loss for m in measured]
    assert history["validation_accuracy"] == [m.accuracy for m in measured]
    wanted = np.array(totals).reshape(3, 5).sum(axis=1) / 40
    np.testing.assert_allclose(history["loss"], wanted, rtol=1e-12)


def test_history_without_validation_tells_of_the_training_alone() -> None:
    history = fit(small(), X, Y, optimizer=SGD(), epochs=2, verbose=False, **WORDS)
    assert list(history) == ["loss", "accuracy"] and len(history["loss"]) == 2
    assert all(type(value) is float for values in history.values() for value in values)
    nothing = fit(small(), X, Y, optimizer=SGD(), epochs=0, verbose=False, **WORDS)
    assert nothing == {"loss": [], "accuracy": []}


def test_history_of_a_summed_loss_is_the_sum_over_the_epoch() -> None:
    network = Network([Dense(1, weights="zeros")], inputs=3)
    words = {"batch_size": 8, "optimizer": SGD(1e-12), "epochs": 1, "verbose": False}
    history = fit(network, X, Y, loss=SquaredError("sum"), **words)
    assert history["loss"][0] == pytest.approx(0.5 * Y.sum(), rel=1e-6)


def test_ten_fits_with_one_generator_are_one_of_ten_epochs() -> None:
    whole, parts = small(), small()
    words = WORDS | {"verbose": False}
    generator, optimizer = np.random.default_rng(3), Adam(0.02)
    ten = words | {"epochs": 10, "seed": np.random.default_rng(3)}
    history = fit(whole, X, Y, optimizer=Adam(0.02), **ten)
    got = [
        fit(parts, X, Y, optimizer=optimizer, **(words | {"seed": generator}))["loss"][0]
        for _ in range(10)
    ]
    assert got == history["loss"]
    for name, array in whole.parameters.items():
        np.testing.assert_array_equal(array, parts.parameters[name])


def test_validation_is_never_trained_on() -> None:
    with_validation, without = small(), small()
    fit(with_validation, X, Y, optimizer=SGD(), validation=(X, 1 - Y), verbose=False, **WORDS)
    fit(without, X, Y, optimizer=SGD(), verbose=False, **WORDS)
    for name, array in without.parameters.items():
        np.testing.assert_array_equal(array, with_validation.parameters[name])


def fitted_text(monkeypatch: pytest.MonkeyPatch, terminal: bool, between: float = 0.0) -> str:
    stream = io.StringIO()
    stream.isatty = lambda: terminal  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr("pynn.show.bars.BETWEEN", between)
    fit(small(), X, Y, optimizer=SGD(), epochs=2, validation=(X, Y), **WORDS)
    return stream.getvalue()


def test_file_or_pipe_gets_one_plain_line_an_epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    text = fitted_text(monkeypatch, terminal=False)
    number = r"\d+\.\d{4}"
    lines = text.splitlines()
    assert len(lines) == 2 and text.endswith(" s\n") and "\r" not in text
    for epoch, line in enumerate(lines, start=1):
        words = (
            f"epoch {epoch}/2 loss {number}  accuracy {number}  "
            f"validation loss {number}  validation accuracy {number}"
        )
        assert re.fullmatch(words + r"  \d+\.\d s", line)


def test_terminal_gets_a_bar_that_is_overwritten(monkeypatch: pytest.MonkeyPatch) -> None:
    text = fitted_text(monkeypatch, terminal=True)
    assert text.count("\n") == 2 and text.endswith("\n")
    first = text.split("\n")[0].split("\r")[1:]  # what the line showed, one after another
    assert len(first) == 7 + 1  # 50 examples in batches of 8, then the finished epoch
    bars = [shown[shown.index("[") + 1 : shown.index("]")] for shown in first[:-1]]
    assert all(len(bar) == 24 for bar in bars)
    filled = [bar.count("=") for bar in bars]
    assert filled == sorted(filled) and filled[-1] == 24
    assert "[" not in first[-1] and first[-1].startswith("epoch 1/2 loss ")


def test_shorter_line_covers_all_of_a_longer_one(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    stream.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr("pynn.show.bars.BETWEEN", 0.0)
    with Progress(1, shown=True) as progress:
        for loss in (123456.0, 0.5, 0.25):
            progress.step(1, 1, 3, loss)
    first, second, third = (line.rstrip("\n") for line in stream.getvalue().split("\r")[1:])
    assert len(first) == len(second) > len(second.rstrip())
    assert third.rstrip().endswith("loss 0.2500")


def test_terminal_is_redrawn_no_oftener_than_it_should(monkeypatch: pytest.MonkeyPatch) -> None:
    text = fitted_text(monkeypatch, terminal=True, between=1e9)
    assert "[" not in text.split("\n")[1]  # one drawing at most, at the very start


def test_interrupted_bar_leaves_the_cursor_on_a_new_line(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    stream.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr("pynn.show.bars.BETWEEN", 0.0)
    network = Network([Dense(1)], inputs=3)
    with pytest.raises(Diverged):
        fit(network, X * 1e3, Y, loss="squared_error", optimizer=SGD(1e3), epochs=50, batch_size=8)
    assert stream.getvalue().endswith("\n")


def test_quiet_fit_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    fit(small(), X, Y, optimizer=SGD(), epochs=2, verbose=False, **WORDS)
    assert capsys.readouterr() == ("", "")


def test_progress_goes_to_standard_error_only(capsys: pytest.CaptureFixture[str]) -> None:
    fit(small(), X, Y, optimizer=SGD(), epochs=1, **WORDS)
    written = capsys.readouterr()
    assert written.out == "" and written.err.startswith("epoch 1/1 loss ")
