"""A program's text: what is known of it beforehand, and the run in slices."""

import traceback
from typing import Any

import pytest

from pynn import show
from pynn.settings import Choice, Integer, Layers, Real
from pynn.show.record import Record
from pynn.show.script import Script
from pynn.show.stage import Stage

TEXT = '''"""demo: a program."""
from pynn import show

published = {"sum": "45", "parts": ["1", "2"]}
high = show.setting("high", 10, short=4, low=1, high=99)
rate = show.setting("rate", 0.5, low=0.0, high=1.0)
sizes = show.setting("sizes", [3, 4], low=1, high=9, most=2)
start = show.setting("start", "a", options=("a", "b"))
total = 0


def inner(times):
    done = 0
    for turn in show.progress(range(times)):
        done += turn
    return done


def outer(times):
    return inner(times) + 0


def plain(value):
    return [value for _ in range(2)][0]


for turn in show.progress(range(high)):
    total += plain(turn) + outer(1)
    show.line(f"{turn} {total}")
else:
    show.line("over")
more = inner(3)
show.compare("sum", published["sum"], total)
'''


def demo(text: str = TEXT) -> Script:
    return Script(text, "demo.py")


def test_text_tells_its_settings_results_and_calls_beforehand() -> None:
    script = demo()
    assert script.about == "demo: a program."
    assert script.table == [
        Integer("high", 10, 1, 99), Real("rate", 0.5, 0.0, 1.0),
        Layers("sizes", "3,4", 1, 9, 2), Choice("start", "a", ("a", "b")),
    ]  # fmt: skip
    assert script.short == {"high": 4}
    assert script.published == {"sum": ["45"], "parts": ["1", "2"]}
    assert {"setting", "progress", "line", "compare"} == script.shows
    assert script.changed({"high": 4, "start": "a"}) == {"high": (10, 4)}


def test_setting_that_is_not_written_out_is_refused_beforehand() -> None:
    with pytest.raises(ValueError, match=r"^setting: expected numbers and words as they are, got "):
        demo("from pynn import show\nx = 3\nshow.setting('a', x, low=1, high=9)\n")


def test_slices_show_the_same_as_the_run_at_a_stretch() -> None:
    whole, sliced = Record(), Record()
    with show.to(whole):
        names = demo().run({"high": 10})
    slices = list(demo().slices(Stage(sliced, {"high": 10})))
    assert whole.take() == sliced.take() and whole.compared == sliced.compared
    assert whole.compared[0].here == "45" and names["more"] == 3
    # A pause before every turn of every loop, and one that finds no more turns.
    assert len(slices) == 11 + 10 * 2 + 4


def test_a_run_in_slices_stands_still_between_them_and_shows_only_on_its_stage() -> None:
    record, other = Record(), Record()
    with show.to(other):
        slices = demo().slices(Stage(record, {}))
        for _ in range(4):
            next(slices)
        lines = record.take().lines
        assert lines == ["0 0"]
        next(slices)
        show.line("mine")
        list(slices)
    assert other.take().lines == ["mine"]
    assert record.take().lines[-1] == "over"


def test_a_run_that_is_left_ends_its_program() -> None:
    text = (
        "from pynn import show\ntry:\n    for _ in show.progress(range(9)):\n        pass\n"
        "finally:\n    show.line('left')\n"
    )
    record = Record()
    stage = Stage(record, {})
    slices: Any = demo(text).slices(stage)
    next(slices)
    slices.close()
    assert record.take().lines == ["left"]


@pytest.mark.parametrize("text", ["1 / 0\n", "\nfor _ in show.progress([1]):\n    1 / 0\n"])
def test_an_error_of_the_program_names_its_own_line(text: str) -> None:
    script = demo("from pynn import show\n" + text)
    with pytest.raises(ZeroDivisionError) as caught:
        list(script.slices(Stage(Record(), {})))
    last = traceback.extract_tb(caught.value.__traceback__)[-1]
    assert (last.filename, last.lineno) == ("demo.py", script.text.splitlines().index(
        "1 / 0" if "1 / 0" in script.text.splitlines() else "    1 / 0") + 1)  # fmt: skip


def test_a_program_without_a_loop_runs_in_one_slice() -> None:
    record = Record()
    assert list(demo("from pynn import show\nshow.line(1)\n").slices(Stage(record, {}))) == []
    assert record.take().lines == ["1"]
