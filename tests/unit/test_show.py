"""`show`: what a program shows, on a terminal and recorded, and one sentence for odd things."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pynn import SGD, Dense, Network, fit, show
from pynn.show.items import Compared, Diagram, File, Images, Item, Line, Plane, Point
from pynn.show.record import MOST_LINES, MOST_POINTS, Record
from pynn.show.stage import present


def recorded(call: Any, *given: Any, **words: Any) -> Record:
    with show.to(record := Record()):
        call(*given, **words)
    assert isinstance(record, Record)
    return record


class Shares(Record):
    def __init__(self) -> None:
        super().__init__()
        self.all: list[float] = []

    def progress(self, share: float) -> None:
        self.all.append(share)


# Curves -------------------------------------------------------------------------------------
def test_rows_are_several_points_of_a_curve() -> None:
    rows = recorded(show.curve, "loss", range(3), [0.5, 0.25, np.nan], chart="losses")
    points = rows.take().points
    assert [(point.x, point.chart) for point in points] == [
        (0.0, "losses"), (1.0, "losses"), (2.0, "losses"),
    ]  # fmt: skip
    assert [point.y for point in points[:2]] == [0.5, 0.25] and np.isnan(points[2].y)
    assert all(type(point.y) is float for point in points)


@pytest.mark.parametrize(
    ("x", "y"), [([1, 2], [1, 2, 3]), ([1, 2], 3), (1, [2]), ([[1]], [[1]]), ([1, "a"], [1, 2])]
)
def test_points_that_do_not_go_together_are_refused(x: object, y: object) -> None:
    with pytest.raises(ValueError, match=r"^curve: expected [^\n]+$"):
        show.curve("loss", x, y)  # type: ignore[arg-type]


# Results beside published ones ---------------------------------------------------------------
@pytest.mark.parametrize(
    ("published", "here", "told"),
    [
        ("0.5006", 0.50062823, "0.5006"),
        ("3", np.float64(2.71), "3"),
        ("", 0.25, "0"),
        ("96.48 %", "96.6 %", "96.6 %"),
        ("about 95 %", 12, "12"),
    ],
)
def test_compared_number_has_as_many_decimals_as_were_published(
    published: str, here: Any, told: str
) -> None:
    (one,) = recorded(show.compare, "error", published, here, updates=10).compared
    assert one == Compared("error", published, told, {"updates": 10})


def test_compared_array_gives_a_result_for_each_published_one() -> None:
    record = recorded(show.compare, "outputs", ["0.50", "1.0"], np.array([[0.123], [0.96]]))
    assert [(one.published, one.here) for one in record.compared] == [
        ("0.50", "0.12"),
        ("1.0", "1.0"),
    ]
    with pytest.raises(ValueError, match=r"^compare: expected as many .*, got 3 beside 2$"):
        show.compare("outputs", ["0", "1"], [1, 2, 3])


# Loops ---------------------------------------------------------------------------------------
def test_progress_of_loops_one_in_the_other_goes_from_0_to_1() -> None:
    with show.to(record := Shares()):
        assert list(show.progress("abc")) == ["a", "b", "c"]
    assert isinstance(record, Shares)
    assert record.all == [0.0, 1 / 3, 2 / 3, 1.0]
    with show.to(record := Shares()):
        for _ in show.progress(range(2)):
            for _ in show.progress(range(2)):
                pass
            for _ in show.progress([]):
                pass
    assert isinstance(record, Shares)
    assert record.all[:6] == [0.0, 0.0, 0.25, 0.5, 0.5, 0.5] and record.all[-1] == 1.0


def test_loop_that_is_left_early_no_longer_counts() -> None:
    with show.to(record := Shares()):
        for turn in show.progress(range(4)):
            if turn == 2:
                break
        assert list(show.progress(range(2))) == [0, 1]
    assert isinstance(record, Shares)
    assert record.all == [0.0, 0.25, 0.5, 0.0, 0.5, 1.0]


@pytest.mark.parametrize("items", [iter([1]), 3, None, (i for i in range(3))])
def test_loop_without_a_known_end_is_refused(items: Any) -> None:
    with pytest.raises(ValueError, match=r"^progress: expected items that can be counted, got "):
        show.progress(items)


# Settings ------------------------------------------------------------------------------------
def test_setting_is_the_published_one_unless_another_is_wanted() -> None:
    assert show.setting("epochs", 30, short=3, low=1, high=100) == 30
    assert show.setting("hidden", [30], low=1, high=500, most=3) == [30]
    assert show.setting("data", "") == ""
    wanted = {"epochs": "7", "rate": "0,5", "hidden": "20;10", "start": "b", "data": "there"}
    with show.to(Record(), wanted):
        assert show.setting("epochs", 30, short=3, low=1, high=100) == 7
        assert show.setting("rate", 0.1, low=0.0, high=1.0) == 0.5
        assert show.setting("hidden", [30], low=1, high=500, most=3) == [20, 10]
        assert show.setting("start", "a", options=("a", "b")) == "b"
        assert show.setting("data", "") == "there"
    with (
        show.to(Record(), {"epochs": 101}),
        pytest.raises(ValueError, match=r"^epochs: expected 1 to 100, got 101$"),
    ):
        show.setting("epochs", 30, low=1, high=100)
    with pytest.raises(ValueError, match=r"^setting: expected low and high for the number a"):
        show.setting("a", 1)


def test_stages_within_one_another_come_back_to_the_one_before() -> None:
    usual, outer, inner = present(), Record(), Record()
    with show.to(outer, {"a": 2}):
        with show.to(inner):
            show.line("in")
            assert show.setting("a", 1, low=0, high=9) == 1
        show.line("out")
        assert show.setting("a", 1, low=0, high=9) == 2
    assert present() is usual
    assert (inner.take().lines, outer.take().lines) == (["in"], ["out"])


# A terminal ----------------------------------------------------------------------------------
def test_terminal_prints_lines_results_and_files_as_they_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    from pynn.show.terminal import Terminal

    with show.to(Terminal()):
        show.line("epoch 1")
        show.compare("mean error", "0.50", 0.496, updates=10_000)
        show.curve("loss", 1, 0.5)
        show.image(np.eye(3))
        show.compare("accuracy", "", "91 %", sizes="2-1")
        show.file("w.bin", b"12")
    out, err = capsys.readouterr()
    assert [line.split() for line in out.splitlines()] == [
        ["epoch", "1"],
        ["published", "here"],
        ["mean", "error", "(10,000", "updates)", "0.50", "0.50"],
        ["accuracy", "(sizes", "2-1)", "-", "91", "%"],
        ["saved", "w.bin"],
    ]
    assert err == "" and (tmp_path / "w.bin").read_bytes() == b"12"


# A record ------------------------------------------------------------------------------------
def test_record_gives_what_is_new_and_the_newest_of_a_name() -> None:
    network = Network([Dense(2, "softmax")], inputs=2)
    record = Record()
    with show.to(record):
        show.line("one")
        show.image(np.zeros((2, 2)), name="a")
        show.image(np.ones((3, 2, 2)), name="a", signed=True)
        show.map(network, (0, 1, 0, 1), {"train": [[0, 0, 1]]})
        show.file("f", b"1")
        show.file("f", b"2")
    taken = record.take()
    assert taken.lines == ["one"] and isinstance(taken.plane, Plane)
    assert taken.images["a"].images.shape == (3, 2, 2) and taken.images["a"].signed
    assert record.files == {"f": File("f", b"2")}
    again = record.take()
    assert (again.lines, again.points, again.images, again.plane) == ([], [], {}, None)


def test_record_keeps_a_flood_within_bounds_and_every_last_point() -> None:
    record = Record()
    with show.to(record):
        for place in range(MOST_LINES + 5):
            show.line(place)
        for place in range(5 * MOST_POINTS + 3):
            show.curve("a", place, 0.5)
        show.curve("b", 7, 0.5)
    taken = record.take()
    assert len(taken.lines) == MOST_LINES and record.left_out == 5
    of_a = [point.x for point in taken.points if point.curve == "a"]
    assert len(of_a) <= MOST_POINTS and of_a[-1] == 5 * MOST_POINTS + 2
    assert [point.x for point in taken.points if point.curve == "b"] == [7]


def test_map_has_its_top_row_first_and_refuses_other_networks() -> None:
    network = Network([Dense(2, "softmax", bias=False)], inputs=2, dtype="float64")
    network.parameters["dense_1.weights"] = [[0, 0], [0, 9]]  # class 1 in the upper half
    chances = Plane(network, (-1, 1, -2, 2)).chances()
    assert chances.shape == (2, 60, 60)
    assert (chances[1, :29] > 0.5).all() and (chances[1, 31:] < 0.5).all()
    with pytest.raises(ValueError, match=r"^map: expected a network of 2 inputs, got \(3,\)$"):
        show.map(Network([Dense(2, "softmax")], inputs=3), (0, 1, 0, 1))


def test_items_compare_and_lines_are_text() -> None:
    record = recorded(show.line, 3.5)
    assert record.take().lines == [Line("3.5").text]
    assert isinstance(recorded(show.image, np.eye(2), "x").take().images["x"], Images)


# Networks, tables and trainings ----------------------------------------------------------------
def test_network_is_shown_as_it_was_at_that_moment() -> None:
    network = Network([Dense(3, "tanh"), Dense(1, "sigmoid")], inputs=2, seed=1)
    before = network.parameters["dense_1.weights"].copy()
    diagram = recorded(show.network, network).diagram
    network.parameters["dense_1.weights"][...] = 9.0
    assert isinstance(diagram, Diagram)
    assert diagram.inputs == (2,)
    assert [(shape, size) for _, shape, size in diagram.layers] == [((3,), 9), ((1,), 4)]
    np.testing.assert_array_equal(diagram.weights[0], before)
    with pytest.raises(ValueError, match=r"^network: expected a Network, got str$"):
        show.network("no network")  # type: ignore[arg-type]


def test_table_takes_arrays_and_mixed_rows_and_prints_them_in_columns(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show.table([["tanh", 0.25], ["relu", 12]], head=["activation", "loss"])
    assert capsys.readouterr().out == "activation  loss\ntanh        0.25\nrelu          12\n"
    table = recorded(show.table, np.array([[1 / 3, 2], [3, 4]])).tables[""]
    assert table.rows == [["0.333333", "2"], ["3", "4"]]
    assert recorded(show.table, [1, "two"]).tables[""].rows == [["1"], ["two"]]
    assert recorded(show.table, []).tables[""].rows == []


@pytest.mark.parametrize(
    ("rows", "head", "message"),
    [
        ([[1, 2], [3]], None, r"^table: expected rows of one length, got \[1, 2\]$"),
        ([[1, 2]], ["a"], r"^table: expected rows of one length, got \[1, 2\]$"),
        ("text", None, r"^table: expected rows as lists, got 'text'$"),
        (7, None, r"^table: expected rows as lists, got 7$"),
    ],
)
def test_odd_table_is_refused(rows: Any, head: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        show.table(rows, head)


def test_fit_shows_its_numbers_as_curves_where_somebody_watches() -> None:
    class Kept(Shares):
        def __init__(self) -> None:
            super().__init__()
            self.points: list[Point] = []

        def item(self, item: Item) -> None:
            assert isinstance(item, Point)
            self.points.append(item)

    x, y = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0.0], [1], [1], [0]])
    network = Network([Dense(1, "sigmoid")], inputs=2, seed=0)
    words: dict[str, Any] = {"loss": "squared_error", "optimizer": SGD(0.1), "batch_size": 2}
    with show.to(kept := Kept()):
        history = fit(network, x, y, epochs=3, validation=(x, y), **words)
        fit(network, x, y, epochs=3, verbose=False, **words)
    told: dict[str, list[float]] = {}
    for point in kept.points:
        told.setdefault(point.curve.replace(" ", "_"), []).append(point.y)
    assert told == history
    assert {point.chart for point in kept.points} == {"loss", "accuracy"}
    assert kept.all[-1] == 1.0
    assert kept.all == sorted(kept.all)
